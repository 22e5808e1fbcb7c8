"""What the children of the fault tests do until they are killed. Imported by them, so it holds no tests."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import Engine, event

from dxassess.assessment.model import Answer, State
from dxassess.errors import RoundClosed
from dxassess.exchange.workbook.values import Upload
from dxassess.storage import Database, Token, backup, migrate, open_database
from dxassess.storage.booth import unique_key
from dxassess.usecases import enter_papers

SAVERS = 4
ITEMS = ("tiny.1", "tiny.1-1", "tiny.2", "tiny.2-1")


def save_until_killed(path: str, organisation: str, seats: list[str], acknowledged: str, run: str) -> None:
    """Four people vote from their seats; each key is written down after its vote was acknowledged."""
    store = open_database(path).store(organisation)
    note = os.open(acknowledged, os.O_WRONLY | os.O_APPEND)
    start = threading.Barrier(SAVERS)

    def save(seat: str) -> None:
        secret = Token(seat)
        mine = {vote.answer.indicator: vote.sequence for vote in store.ballot(secret).votes}
        start.wait()
        number = 0
        while True:
            number += 1
            item = ITEMS[number % len(ITEMS)]
            key = f"{run}-{number}"
            answer = Answer(item, State.ANSWERED, level=number % 4, comment="会議で合意" * (number % 50))
            vote = store.cast(secret, item, mine.get(item), key, lambda *_, answer=answer: answer)
            mine[item] = vote.sequence
            os.write(note, f"{unique_key(secret, key)}\n".encode())

    threads = [threading.Thread(target=save, args=(seat,)) for seat in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def kill_self() -> None:
    """Die as by `kill -9`: nothing is flushed, closed or told."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_statement(number: int) -> None:
    """From now on count statements, commits included, and die before the `number`-th."""
    count = 0

    def tick(*_: object) -> None:
        nonlocal count
        count += 1
        if count >= number:
            kill_self()

    event.listen(Engine, "before_cursor_execute", tick)
    event.listen(Engine, "commit", tick)


def close_and_die(path: str, organisation: str, round_id: str, number: int) -> None:
    """Close a round, dying before a statement of it."""
    store = open_database(path).store(organisation)
    die_at_statement(number)
    store.close_round(round_id, 1, "山田")


def enter_papers_and_die(path: str, organisation: str, round_id: str, folder: str, number: int) -> None:
    """Import every ballot of a folder, dying before a statement of it."""
    files = [Upload(file.name, file.read_bytes()) for file in sorted(Path(folder).iterdir())]
    store = open_database(path).store(organisation)
    die_at_statement(number)
    enter_papers(store, store.round(round_id), files)


def open_and_die(path: str, folder: str, head: str, number: int) -> None:
    """Open, and so migrate, dying before a statement of it. The backup counts as one."""
    use_migrations(folder, head)
    die_at_statement(number)
    open_database(path).close()


def use_migrations(folder: str, head: str) -> None:
    """Let the program know another newest version."""
    migrate.FOLDER, migrate.HEAD = Path(folder), head


def back_up(path: str, to: str) -> None:
    """Back up to the end."""
    open_database(path).backup(Path(to))


def back_up_and_die(path: str, to: str, moment: str) -> None:
    """Back up, dying at a named moment of it."""
    database = open_database(path)
    _die_at(moment)
    database.backup(Path(to))


def _die_at(moment: str) -> None:
    def dying(real: Callable[..., object], skip: int) -> Callable[..., object]:
        calls = 0

        def call(*arguments: object) -> object:
            nonlocal calls
            calls += 1
            if calls > skip:
                kill_self()
            return real(*arguments)

        return call

    if moment == "before the copy":
        backup._write = dying(backup._write, 0)
    elif moment == "after the copy":
        backup._sync = dying(backup._sync, 0)
    elif moment == "before the name":
        Path.replace = dying(Path.replace, 0)
    elif moment == "after the name":
        backup._sync = dying(backup._sync, 1)
    else:
        raise ValueError(moment)


def open_at(path: str, moment: float, found: str) -> None:
    """Open a database at a moment of the clock all share, create an organisation, and write down how it went."""
    time.sleep(max(0.0, moment - time.time()))
    try:
        database: Database = open_database(path)
        database.create_organisation(f"社 {os.getpid()}", "it", "small", 4)
        database.close()
        result = "ok"
    except Exception as error:
        result = f"{type(error).__name__} {error}"
    Path(found).write_text(result, encoding="utf-8")


def hold_lock(path: str, ready: str, seconds: float) -> None:
    """Keep another program's write lock on a file."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    Path(ready).touch()
    time.sleep(seconds)
    connection.execute("ROLLBACK")


def checkpoint_until_killed(path: str, ready: str) -> None:
    """Another program at the same file: it brings the log into the file again and again, and writes a little itself."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    Path(ready).touch()
    while True:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        connection.execute("UPDATE organisations SET size = size")
        time.sleep(0.002)  # whoever asks in between gets the lock


def checkpoint_after(path: str, seconds: float) -> None:
    """Another program brings the log into the file, a little later."""
    time.sleep(seconds)
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def try_to_lock(path: str, note: str) -> None:
    """Write down how an attempt of another program to write goes."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        connection.execute("BEGIN IMMEDIATE")
        found = "locked"
    except sqlite3.OperationalError as error:
        found = str(error)
    Path(note).write_text(found)


def wait_for(ready: Path) -> None:
    """Wait, at most 30 s, until a child says that it is ready."""
    limit = time.monotonic() + 30
    while not ready.exists():
        assert time.monotonic() < limit
        time.sleep(0.005)


def save_beside(
    address: str, organisation: str, round_id: str, people: list[str], note: str, zone: str
) -> None:
    """A program of its own, in a time zone of its own: everybody saves at once until the round is closed under them."""
    os.environ["TZ"] = zone
    time.tzset()
    store = open_database(address).store(organisation)
    acknowledged: list[list[object]] = []

    def save(person: str) -> None:
        before = None
        for number in range(10_000):
            answer = Answer(ITEMS[0], State.ANSWERED, level=number % 4)
            try:
                kept = store.append(
                    round_id, person, answer, key=f"{person}-{number}", ballot="first", based_on=before
                )
            except RoundClosed as closed:
                acknowledged.append(["closed", person, str(closed.values["when"])])
                return
            before = kept.sequence
            acknowledged.append([kept.sequence, person, kept.recorded.isoformat()])

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(save, people))
    Path(note).write_text(json.dumps(acknowledged), encoding="utf-8")
