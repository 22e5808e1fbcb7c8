"""F50: a database of 2.8 million answers is brought up to date within ten seconds, the copy made before it included."""

import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from dxassess.storage import migrate, open_database
from tests.storage.versions import NEXT, NOW, with_one_more

OLDER = {path.stem: path for path in sorted(Path(__file__).parent.glob("older/*.sql"))}
SECONDS_FOR_ALL, ALL = 10, 2_800_000
START_SECONDS = 1
# The hardest that can be asked of a step on SQLite: the table of answers made anew, with all its checks and indexes.
REBUILD = (
    "ask = op.get_bind().exec_driver_sql",
    "kept = ask(\"SELECT sql FROM sqlite_master WHERE tbl_name = 'answers' AND sql IS NOT NULL\").scalars().all()",
    "table, *rest = sorted(kept, key=lambda sql: not sql.startswith('CREATE TABLE'))",
    "op.execute(table.replace('answers', 'fresh', 1).replace('_answers', '_fresh'))",
    "op.execute('INSERT INTO fresh SELECT * FROM answers')",
    "ask('PRAGMA legacy_alter_table = ON')",
    "op.execute('DROP TABLE answers')",
    "op.execute('ALTER TABLE fresh RENAME TO answers')",
    "[ask(sql) for sql in rest]",
)


@pytest.fixture
def filled(sqlite_path):
    """A database of an older version with many answers more: (version, how many) → organisation, closed rounds' hashes."""

    def fill(version, count):
        with closing(sqlite3.connect(sqlite_path)) as connection:
            connection.executescript(OLDER[version].read_text(encoding="utf-8"))
            connection.execute("PRAGMA synchronous = OFF")
            columns = [row[1] for row in connection.execute("PRAGMA table_info(answers)")]
            fresh = {"sequence": "n + 1000000", "idempotency_key": "'k' || n"}
            values = ", ".join(fresh.get(column, f"one.{column}") for column in columns)
            connection.execute(
                f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}),"
                " one AS (SELECT answers.* FROM answers JOIN rounds USING (organisation, round)"
                " WHERE rounds.status = 'open' LIMIT 1)"
                f" INSERT INTO answers SELECT {values} FROM one, numbers"
            )
            connection.execute("UPDATE organisations SET sequence = sequence + 1000000 + ?", [count])
            connection.commit()

    return fill


EVERY = [(version, 28_000) for version in (*OLDER, "rebuilt")]
EVERY += [pytest.param(version, ALL, marks=pytest.mark.long) for version in OLDER]


@pytest.mark.parametrize(("version", "count"), EVERY)
def test_a_large_database_is_brought_up_to_date_in_time(
    sqlite_path, filled, tmp_path, monkeypatch, version, count
):
    """The work is told as processor time; of all answers the wait too, beside what one plain copy of the file takes now."""
    filled(NOW if version == "rebuilt" else version, count)
    before = _closed(sqlite_path)
    if version == "rebuilt":
        monkeypatch.setattr(migrate, "FOLDER", with_one_more(tmp_path, *REBUILD))
        monkeypatch.setattr(migrate, "HEAD", NEXT)
    begun, work = time.perf_counter(), time.process_time()
    database = open_database(str(sqlite_path))
    took, work = time.perf_counter() - begun, time.process_time() - work
    megabytes = sqlite_path.stat().st_size / 1e6
    print(f"{version}, {count} answers, {megabytes:.0f} MB: {took:.2f} s, {work:.2f} s of work")
    database.quick_check()
    store = database.store(database.organisations()[0].id)
    assert {found.id: found.content_hash for found in store.rounds() if found.closed} == before
    for round_id in before:
        store.verify(round_id)
    database.close()
    with closing(sqlite3.connect(sqlite_path)) as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone()[0] > count
        assert connection.execute("PRAGMA user_version").fetchone() == (int(migrate.HEAD),)
        if count < ALL:
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    copies = list(sqlite_path.parent.glob("dx-*-before-*.sqlite"))
    assert len(copies) == (version != NOW)
    copy = _copied(sqlite_path)
    print(f"one plain copy of it: {copy:.2f} s")
    shutil.rmtree(sqlite_path.parent)
    assert work <= START_SECONDS + SECONDS_FOR_ALL * count / ALL
    assert count < ALL or took <= SECONDS_FOR_ALL or took - copy <= SECONDS_FOR_ALL / 2


def _copied(path):
    begun = time.perf_counter()
    with path.open("rb") as source, path.with_name("probe").open("wb") as probe:
        shutil.copyfileobj(source, probe, 2**20)
        probe.flush()
        os.fsync(probe.fileno())
    return time.perf_counter() - begun


def _closed(path):
    with closing(sqlite3.connect(path)) as connection:
        return {
            id_.hex(): content
            for id_, content in connection.execute(
                "SELECT round, content_hash FROM rounds WHERE status = 'closed'"
            )
        }
