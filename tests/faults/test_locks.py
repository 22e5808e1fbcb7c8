"""F7–F10, F13, F15: several at once, in threads and in other programs."""

import ast
import inspect
import os
import pkgutil
import re
import sqlite3
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

import dxassess.storage
from dxassess.assessment.model import Answer, State
from dxassess.errors import DatabaseBusy, RoundChanged, RoundClosed, SecondWriter, StaleAnswer
from dxassess.storage import cautions, open_database
from tests.conftest import DAY, new_voice
from tests.faults import saving

ITEM = "tiny.1"
TIMES = 200
NAMES = ("山田", "佐藤")


def test_a_save_waits_five_seconds_unless_told_otherwise():
    assert inspect.signature(open_database).parameters["wait_seconds"].default == 5.0


def test_locked_by_another_program_a_save_gives_up_in_time_and_reads_go_on(
    sqlite_path, tiny, children, tmp_path
):
    database = open_database(str(sqlite_path), wait_seconds=0.4)
    voice = new_voice(database, tiny)
    first = voice.say(ITEM, 1)
    ready = tmp_path / "ready"
    holder = children.Process(target=saving.hold_lock, args=(str(sqlite_path), str(ready), 30.0))
    holder.start()
    while not ready.exists():
        time.sleep(0.005)
    begun = time.monotonic()
    with ThreadPoolExecutor(3) as pool:
        attempts = [
            pool.submit(voice.store.correct_round, voice.round.id, 1, "改", DAY, "山田") for _ in range(3)
        ]
        errors = [attempt.exception() for attempt in attempts]
    assert time.monotonic() - begun < 0.4 + 0.4
    assert {type(error) for error in errors} == {DatabaseBusy}
    assert errors[0].values == {"place": str(sqlite_path), "seconds": 0.4}
    begun = time.monotonic()
    assert voice.store.answers(voice.round.id) == (first,)
    assert time.monotonic() - begun < 0.1
    with pytest.raises(DatabaseBusy):
        voice.say(ITEM, 2, key="click")
    holder.kill()
    holder.join()
    record = voice.say(ITEM, 2, key="click")
    assert voice.store.history(voice.round.id, ITEM) == (first, record)
    database.close()


def _at_once(count, action):
    barrier = threading.Barrier(count)

    def act(number):
        barrier.wait()
        try:
            return action(number)
        except (RoundChanged, RoundClosed, StaleAnswer) as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))


def test_of_two_facilitators_closing_in_the_same_instant_exactly_one_wins(database, tiny):
    voice = new_voice(database, tiny)
    for number in range(TIMES):
        started = voice.store.start_round(
            f"第{number}回", tiny, voice.round.held_on, voice.round.quarter, None, "山田"
        )
        results = _at_once(2, lambda who, id_=started.id: voice.store.close_round(id_, 1, NAMES[who]))
        lost = [result for result in results if isinstance(result, RoundChanged)]
        (won,) = [result for result in results if not isinstance(result, RoundChanged)]
        assert len(lost) == 1
        assert lost[0].values == {"title": won.title, "by": won.closed_by, "when": won.closed_at}
        assert won.closed_by == NAMES[results.index(won)]
    voice.store.verify(won.id)
    closings = [event for event in voice.store.events(10_000) if event.what == "round_closed"]
    assert len(closings) == TIMES


def test_a_click_while_the_round_is_closed_is_in_it_or_refused(database, tiny):
    for number in range(10):
        voice = new_voice(database, tiny, f"社{number}")
        people = [voice.store.add_respondent(voice.round.id, "it").id for _ in range(7)]

        def act(which, voice=voice, people=people):
            if which == 3:
                return voice.store.close_round(voice.round.id, 1, "山田")
            answer = Answer(ITEM, State.ANSWERED, level=1)
            person = people[which - (which > 3)]
            return voice.store.append(
                voice.round.id, person, answer, key=person, ballot="first", based_on=None
            )

        results = _at_once(8, act)
        voice.store.verify(voice.round.id)
        taken = {result for result in results[:3] + results[4:] if not isinstance(result, RoundClosed)}
        assert set(voice.store.answers(voice.round.id)) == taken


def test_of_two_tabs_answering_in_the_same_instant_one_is_told_and_both_are_in_the_log(database, tiny):
    voice = new_voice(database, tiny)
    agreed = voice.store.agreed(voice.round.id).id
    standing = None
    for _ in range(20):

        def answer(tab, standing=standing):
            given = Answer(ITEM, State.ANSWERED, level=tab)
            return voice.store.append(voice.round.id, agreed, given, key=uuid.uuid4().hex, based_on=standing)

        results = _at_once(2, answer)
        (kept,) = [result for result in results if not isinstance(result, StaleAnswer)]
        assert voice.store.answers(voice.round.id) == (kept,)
        refused = voice.store.events(1)[0]
        assert refused.detail["answer"]["level"] == 1 - kept.answer.level
        standing = kept.sequence


BURSTS, SAVERS = 20, 40


@dataclass
class Burst:
    """Everybody saves in the same instant: how long each waited, and what it cost this program (seconds)."""

    waits: list[float]
    cpu: float


def _bursts(voice):
    """Twenty times forty. What each one had read before is what stands: nobody is refused."""
    people = [voice.store.add_respondent(voice.round.id, "it").id for _ in range(SAVERS)]
    before = {}
    for turn in range(BURSTS):

        def save(number, turn=turn, before=before):
            person, answer = people[number], Answer(ITEM, State.ANSWERED, level=turn % 4)
            place = {"key": f"{turn}-{number}", "ballot": "first", "based_on": before.get(person)}
            begun = time.perf_counter()
            record = voice.store.append(voice.round.id, person, answer, **place)
            return time.perf_counter() - begun, record

        cpu = time.process_time()
        results = _at_once(SAVERS, save)
        cpu = time.process_time() - cpu
        before = {record.respondent: record.sequence for _, record in results}
        yield Burst([seconds for seconds, _ in results], cpu)


def test_forty_saving_in_the_same_instant_are_all_served(database, tiny):
    """F10: no error in twenty bursts."""
    voice = new_voice(database, tiny)
    for _ in _bursts(voice):
        pass
    closed = voice.close()
    assert len(voice.store.history(closed.id, ITEM)) == SAVERS * BURSTS


BARE = """CREATE TABLE bare (sequence INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, respondent TEXT NOT NULL,
    item TEXT NOT NULL, level INTEGER, at TEXT NOT NULL)"""


def _bare_bursts(path):
    """The same bursts into one table of bare sqlite3, one connection for all: the processor time of each, in seconds."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(BARE)
    alone = threading.Lock()
    for turn in range(BURSTS):

        def save(number, turn=turn):
            with alone:
                connection.execute("BEGIN IMMEDIATE")
                standing = connection.execute(
                    "SELECT max(sequence) FROM bare WHERE respondent = ?", (str(number),)
                )
                standing.fetchone()
                row = (f"{turn}-{number}", str(number), ITEM, turn % 4, time.ctime())
                connection.execute(
                    "INSERT INTO bare (key, respondent, item, level, at) VALUES (?, ?, ?, ?, ?)", row
                )
                connection.execute("COMMIT")

        cpu = time.process_time()
        _at_once(SAVERS, save)
        yield time.process_time() - cpu
    connection.close()


def test_the_work_of_forty_saving_in_the_same_instant_stays_near_that_of_bare_sqlite(
    sqlite_database, tiny, tmp_path
):
    """F10, as a ratio: three times the processor time of one table without log, checks or idempotence; fails at 4.5."""
    bare = sorted(_bare_bursts(tmp_path / "bare.sqlite"))[BURSTS // 4]
    ours = sorted(burst.cpu for burst in _bursts(new_voice(sqlite_database, tiny)))[BURSTS // 4]
    assert ours <= 4.5 * bare


@pytest.mark.bench
def test_the_work_of_forty_saving_in_the_same_instant_fits_into_fifty_milliseconds(sqlite_database, tiny):
    """F10, so that the last waits no longer. Told as processor time, by the quarter of the bursts that cost least."""
    bursts = list(_bursts(new_voice(sqlite_database, tiny)))
    assert sorted(burst.cpu for burst in bursts)[BURSTS // 4] <= 0.05


@pytest.mark.bench
def test_of_forty_saving_in_the_same_instant_hardly_anybody_waits_fifty_milliseconds(
    sqlite_database, tiny, tmp_path
):
    """F10 in the database: p99 of twenty bursts, the best of three tries.

    Where a sync of the disk takes more than half a millisecond now, forty of them one after the other take that much longer.
    """
    disk = _sync_seconds(tmp_path / "probe")
    tries = []
    for number in range(3):
        bursts = _bursts(new_voice(sqlite_database, tiny, f"社{number}"))
        waits = sorted(seconds for burst in bursts for seconds in burst.waits)
        tries.append(waits[round(len(waits) * 0.99)])
        print(f"40 at once: p50 {waits[len(waits) // 2] * 1e3:.1f} ms, p99 {tries[-1] * 1e3:.1f} ms")
    print(f"one sync {disk * 1e3:.2f} ms")
    assert min(tries) <= 0.05 + SAVERS * max(0.0, disk - 0.0005)


def _sync_seconds(path):
    took = []
    with path.open("wb", buffering=0) as probe:
        for _ in range(200):
            begun = time.perf_counter()
            probe.write(b"x" * 8192)
            os.fsync(probe.fileno())
            took.append(time.perf_counter() - begun)
    return sum(took) / len(took)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("number", range(3))
def test_three_programs_opening_a_new_database_in_the_same_instant_all_work(
    kind, number, request, children, tmp_path, sqlite_path
):
    empty = "template1"
    address = (
        str(sqlite_path) if kind == "sqlite" else request.getfixturevalue("postgres").new_database(empty)
    )
    moment = time.time() + 0.3
    notes = [tmp_path / str(which) for which in range(3)]
    opened = [children.Process(target=saving.open_at, args=(address, moment, str(note))) for note in notes]
    for child in opened:
        child.start()
    for child in opened:
        child.join(30)
    assert [note.read_text(encoding="utf-8") for note in notes] == ["ok"] * 3
    database = open_database(address)
    assert len(database.organisations()) == 3
    database.close()


class _BusyAtFirst:
    """A connection whose switch to the log is refused at once a few times, as in a race of two new programs."""

    def __init__(self, refusals, code):
        self.refusals, self.code, self.asked = refusals, code, 0

    def execute(self, statement):
        self.asked += 1
        if self.asked <= self.refusals:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = self.code
            raise error
        return self

    def fetchone(self):
        return ("wal",)


def test_a_refused_switch_to_the_log_is_asked_for_again_only_while_another_is_busy(sqlite_database):
    busy = _BusyAtFirst(3, sqlite3.SQLITE_BUSY)
    sqlite_database._access._turn_on_log(busy)
    assert busy.asked == 4
    for refused in (_BusyAtFirst(10**9, sqlite3.SQLITE_CORRUPT), _BusyAtFirst(10**9, sqlite3.SQLITE_BUSY)):
        sqlite_database._access.wait_seconds = 0.05
        with pytest.raises(sqlite3.OperationalError):
            sqlite_database._access._turn_on_log(refused)


def test_switching_to_the_log_waits_for_another_program_to_let_go(sqlite_database, sqlite_path):
    copy = sqlite_path.with_name("copy.sqlite")
    sqlite_database.backup(copy)
    other = sqlite3.connect(copy, isolation_level=None, check_same_thread=False)
    assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM organisations").fetchone()
    release = threading.Timer(0.3, other.execute, ["ROLLBACK"])
    release.start()
    database = open_database(str(copy))
    database.create_organisation("甲社", "it", "small", 4)
    database.close()
    release.join()
    other.close()


def test_a_second_writer_in_one_process_is_refused(sqlite_database, sqlite_path, tmp_path):
    link = tmp_path / "link.sqlite"
    link.symlink_to(sqlite_path)
    for name in (str(sqlite_path), f"sqlite:///{sqlite_path}", str(link)):
        with pytest.raises(SecondWriter):
            open_database(name)
    sqlite_database.close()
    open_database(str(sqlite_path)).close()


def test_only_the_one_writer_writes_and_checkpoints(sqlite_database):
    with sqlite_database._access.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw.execute("PRAGMA query_only").fetchone() == (1,)
        assert raw.execute("PRAGMA wal_autocheckpoint").fetchone() == (0,)
        with pytest.raises(sqlite3.OperationalError):
            raw.execute("DELETE FROM histograms")
    with sqlite_database._access.writing() as connection:
        raw = connection.connection.driver_connection
        settings = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
        assert {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in settings} == settings


@pytest.mark.parametrize(
    ("version", "old"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 9), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_an_sqlite_with_the_fault_in_its_log_is_warned_of(version, old):
    assert cautions.sqlite_has_log_fault(version) is old


def test_the_warning_is_given_at_the_start(sqlite_path, monkeypatch):
    monkeypatch.setattr(cautions.sqlite3, "sqlite_version_info", (3, 40, 1))
    database = open_database(str(sqlite_path))
    assert "sqlite_old" in database.warnings
    database.close()


MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\nserver:/home /home/team nfs4 rw 0 0\n"
    "//server/share /mnt/our\\040share cifs rw 0 0\n/dev/sdb /home/team/local xfs rw 0 0\n"
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/dx.sqlite", "ext4"),
        ("/home/team/dx.sqlite", "nfs4"),
        ("/home/teams/dx.sqlite", "ext4"),
        ("/mnt/our share/a/dx.sqlite", "cifs"),
        ("/home/team/local/dx.sqlite", "xfs"),
    ],
)
def test_a_network_share_is_recognised(path, kind):
    assert cautions.file_system(Path(path), MOUNTS) == kind
    assert (kind in cautions.NETWORK) is (kind in ("nfs4", "cifs"))


WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)\b", re.IGNORECASE)


def test_every_write_begins_immediate(sqlite_path, tiny):
    """F9: a deferred transaction that reads and then writes is refused at once, and no timeout helps."""
    statements = []
    database = open_database(str(sqlite_path))
    access = database._access
    with access.writing() as connection:
        connection.connection.driver_connection.set_trace_callback(statements.append)
    voice = new_voice(database, tiny)
    voice.say_all()
    person = voice.store.add_respondent(voice.round.id, "it").id
    voice.store.append_many(voice.round.id, [(person, "first", Answer(ITEM), "k")])
    closed = voice.close()
    opened = voice.store.reopen_round(closed.id, closed.version, "山田", "理由")
    voice.store.correct_round(opened.id, opened.version, "改", DAY, "山田")
    voice.store.update_organisation(size="large")
    voice.store.rebuild_current()
    database.close()
    begun = None
    for statement in statements:
        if statement.startswith("BEGIN"):
            begun = statement
        elif statement in ("COMMIT", "ROLLBACK"):
            begun = None
        elif WRITES.match(statement):
            assert begun == "BEGIN IMMEDIATE"
    assert sum(bool(WRITES.match(statement)) for statement in statements) > 50


def test_transactions_are_begun_in_one_place_only():
    """Nothing but the two doors of `sqlite.py` and `postgresql.py` opens a connection or begins a transaction."""
    doors = {"sqlite", "postgresql", "backup"}
    for module in pkgutil.iter_modules(dxassess.storage.__path__):
        source = inspect.getsource(import_module(f"dxassess.storage.{module.name}"))
        called = {
            node.func.attr
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Call) and hasattr(node.func, "attr")
        }
        words = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
        begins = called & {"begin", "connect", "begin_nested", "executescript", "commit"}
        begins |= {word for word in words if isinstance(word, str) and word.startswith("BEGIN")}
        assert not begins or module.name in doors, (module.name, begins)
