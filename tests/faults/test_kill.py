"""F1, F2, F3: killed in the middle of saves, of a migration, of closing a round, of an import, of a backup."""

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from statistics import median

import psycopg
import pytest

from dxassess.storage import migrate, open_database
from dxassess.text import Words
from dxassess.usecases import hand_out
from tests.conftest import new_voice, seated
from tests.exchange.papers import filled
from tests.faults import saving
from tests.storage.versions import NEXT, NOW, with_one_more

REOPEN_SECONDS = 0.05

NEXT_MIGRATION = (
    'op.execute("CREATE TABLE extra (organisation BLOB NOT NULL, n INTEGER NOT NULL) STRICT")',
    'op.execute("INSERT INTO extra SELECT organisation, 1 FROM organisations")',
    'op.execute("ALTER TABLE respondents ADD COLUMN consented TEXT")',
    'op.execute("UPDATE respondents SET consented = name")',
    'op.execute("ALTER TABLE histograms RENAME TO old_histograms")',
    'op.execute("CREATE TABLE histograms AS SELECT * FROM old_histograms")',
    'op.execute("DROP TABLE old_histograms")',
    'op.execute("CREATE INDEX ix_extra ON extra (organisation, n)")',
)


@pytest.fixture
def prepared(sqlite_path, tiny):
    """A file with one open round and four people, closed again; and the ids in it."""
    database = open_database(str(sqlite_path))
    voice = new_voice(database, tiny)
    voice.say_all()
    seats = [seat.clear for seat in seated(voice, saving.SAVERS)]
    organisation = voice.store.organisation.id
    database.close()
    return sqlite_path, organisation, voice.round.id, seats


@pytest.mark.parametrize("kills", [50, pytest.param(1000, marks=pytest.mark.long)])
def test_no_acknowledged_answer_is_lost_when_the_program_is_killed_while_saving(
    prepared, children, tmp_path, kills
):
    path, organisation, round_id, seats = prepared
    acknowledged = tmp_path / "acknowledged"
    acknowledged.touch()
    chance = random.Random(1)
    reopened = []
    for run in range(kills):
        size = acknowledged.stat().st_size
        arguments = (str(path), organisation, seats, str(acknowledged), str(run))
        child = children.Process(target=saving.save_until_killed, args=arguments)
        child.start()
        _wait_until(lambda size=size: acknowledged.stat().st_size > size)
        time.sleep(chance.uniform(0, 0.06))
        child.kill()
        child.join()
        begun = time.perf_counter()
        database = open_database(str(path))
        reopened.append(time.perf_counter() - begun)
        database.close()
        _nothing_lost_nothing_half(path, acknowledged)
    database = open_database(str(path))
    store = database.store(organisation)
    store.step(round_id, 1, "talk", "山田")
    standing = store.answers(round_id)
    assert store.rebuild_current() == len(standing)
    assert store.answers(round_id) == standing
    database.quick_check()
    database.close()
    lines = len(acknowledged.read_text().splitlines())
    slow = sorted(reopened)
    print(
        f"{kills} kills, {lines} acknowledged, 0 lost; reopened in {1e3 * median(slow):.1f} ms (median),"
        f" {1e3 * slow[len(slow) * 99 // 100]:.1f} ms (99 of 100), {1e3 * slow[-1]:.1f} ms (longest)"
    )
    assert lines >= kills
    assert median(reopened) <= REOPEN_SECONDS


def test_on_postgresql_no_acknowledged_answer_is_lost_either(postgres, tiny, children, tmp_path):
    address = postgres.new_database()
    database = open_database(address)
    voice = new_voice(database, tiny)
    seats = [seat.clear for seat in seated(voice, saving.SAVERS)]
    acknowledged = tmp_path / "acknowledged"
    acknowledged.touch()
    for run in range(10):
        size = acknowledged.stat().st_size
        arguments = (address, voice.store.organisation_id, seats, str(acknowledged), str(run))
        child = children.Process(target=saving.save_until_killed, args=arguments)
        child.start()
        _wait_until(lambda size=size: acknowledged.stat().st_size > size + 500)
        child.kill()
        child.join()
        with psycopg.connect(address) as connection:
            kept = {key for (key,) in connection.execute("SELECT idempotency_key FROM answers")}
        assert set(acknowledged.read_text().splitlines()) - kept == set()
    voice.store.step(voice.round.id, 1, "talk", "山田")
    standing = voice.store.answers(voice.round.id)
    assert voice.store.rebuild_current() == len(standing)
    assert voice.store.answers(voice.round.id) == standing
    database.close()


def _wait_until(condition):
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.002)


def _nothing_lost_nothing_half(path, acknowledged):
    with closing(sqlite3.connect(path)) as connection:
        kept = {key for (key,) in connection.execute("SELECT idempotency_key FROM answers")}
        newest = connection.execute(
            "SELECT count(*) FROM (SELECT max(sequence) AS m FROM answers GROUP BY round, ballot, respondent, indicator)"
            " WHERE m NOT IN (SELECT sequence FROM current_answers)"
        ).fetchone()
        counter = connection.execute(
            "SELECT sequence - max((SELECT max(sequence) FROM answers), (SELECT max(sequence) FROM events),"
            " (SELECT max(number) FROM respondents)) FROM organisations"
        ).fetchone()
    assert set(acknowledged.read_text().splitlines()) - kept == set()
    assert (newest, counter) == ((0,), (0,))


@pytest.fixture
def next_version(tmp_path):
    """A folder of migrations with one version more than there is."""
    return with_one_more(tmp_path, *NEXT_MIGRATION)


def _everything(path):
    """Version, tables and rows of a file."""
    with closing(sqlite3.connect(path)) as connection:
        tables = sorted(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        names = [name for name, sql in tables if sql.startswith("CREATE TABLE")]
        rows = {name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for name in names}
        return connection.execute("PRAGMA user_version").fetchone(), tables, rows


def test_a_kill_during_a_migration_leaves_the_old_or_the_new_schema_with_all_rows(
    prepared, run_child, next_version, tmp_path, monkeypatch
):
    path = prepared[0]
    original = path.read_bytes()
    old = _everything(path)
    assert run_child(saving.open_and_die, str(path), str(next_version), NEXT, 10**9) == 0
    new = _everything(path)
    assert (old[0], new[0]) == ((int(NOW),), (int(NEXT),))
    seen = set()
    for moment in range(1, 40):
        path.write_bytes(original)
        code = run_child(saving.open_and_die, str(path), str(next_version), NEXT, moment)
        state = _everything(path)
        assert state in (old, new)
        seen.add(state[0])
        if code == 0:
            break
        assert code == -9
        assert run_child(saving.open_and_die, str(path), str(next_version), NEXT, 10**9) == 0
        assert _everything(path) == new
    assert moment >= 15
    assert code == 0
    for copy in path.parent.glob(f"dx-*-before-{NEXT}.sqlite"):
        assert _everything(copy) == old


def test_a_kill_while_a_new_database_is_made_leaves_nothing_in_the_way(tmp_path, run_child):
    for moment in range(1, 100):
        path = tmp_path / f"{moment}.sqlite"
        code = run_child(saving.open_and_die, str(path), str(migrate.FOLDER), migrate.HEAD, moment)
        database = open_database(str(path))
        assert database.organisations() == ()
        database.close()
        if code == 0:
            break
    assert moment > 20
    assert code == 0


def test_a_kill_while_a_round_is_closed_leaves_it_open_or_closed_with_its_hash(prepared, run_child):
    path, organisation, round_id, _ = prepared
    original = path.read_bytes()
    closed = []
    for moment in range(1, 40):
        for beside in ("-wal", "-shm"):
            Path(f"{path}{beside}").unlink(missing_ok=True)
        path.write_bytes(original)
        code = run_child(saving.close_and_die, str(path), organisation, round_id, moment)
        database = open_database(str(path))
        store = database.store(organisation)
        found = store.round(round_id)
        store.verify(round_id)
        assert found.closed == (found.content_hash is not None)
        assert (store.events(1)[0].what == "round_closed") == found.closed
        assert (store.workshop(round_id).phase == "done") == found.closed
        assert len(store.answers(round_id)) == 4
        closed.append(found.closed)
        database.close()
        if code == 0:
            break
    assert code == 0
    assert moment > 8
    assert closed == [False] * (moment - 1) + [True]


LAST_WEEK = b"the backup of last week"


PAPERS = 40
PER_PAPER = {"tiny.1": 1, "tiny.1-1": 2, "tiny.2": 3}


@pytest.fixture
def papers(sqlite_path, tiny, tmp_path):
    """A file with a round whose vote is open, and forty ballots filled in, in a folder."""
    database = open_database(str(sqlite_path))
    voice = new_voice(database, tiny)
    store, held = voice.store, voice.round
    store.open_workshop(held.id, "山田")
    folder = tmp_path / "papers"
    folder.mkdir()
    people = [("it", f"人{number:02d}") for number in range(PAPERS)]
    said = {indicator.removeprefix("tiny."): {"answer": level} for indicator, level in PER_PAPER.items()}
    for file in hand_out(store, held, people, Words("ja")):
        (folder / file.name).write_bytes(filled(file.content, said))
    organisation = store.organisation.id
    database.close()
    return sqlite_path, organisation, held.id, folder


def _votes(path, round_id):
    """By person, what stands on the first ballot."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT hex(a.respondent), a.indicator, a.level FROM answers a JOIN current_answers c"
            " ON a.sequence = c.sequence WHERE a.ballot = 'first' AND hex(a.round) = ?",
            [round_id.upper()],
        ).fetchall()
    found: dict[str, dict[str, int]] = {}
    for who, indicator, level in rows:
        found.setdefault(who, {})[indicator] = level
    return found


def test_a_kill_while_forty_ballots_are_imported_leaves_whole_ballots_and_a_rerun_ends_equal(
    papers, run_child
):
    path, organisation, round_id, folder = papers
    original = path.read_bytes()
    whole = []
    for moment in (1, 450, 700, 1000, 10**9):
        for beside in ("-wal", "-shm"):
            Path(f"{path}{beside}").unlink(missing_ok=True)
        path.write_bytes(original)
        arguments = (str(path), organisation, round_id, str(folder))
        code = run_child(saving.enter_papers_and_die, *arguments, moment)
        assert code == (0 if moment == 10**9 else -9)
        before = _votes(path, round_id)
        assert all(votes == PER_PAPER for votes in before.values())
        whole.append(len(before))
        assert run_child(saving.enter_papers_and_die, *arguments, 10**9) == 0
        after = _votes(path, round_id)
        assert len(after) == PAPERS
        assert all(votes == PER_PAPER for votes in after.values())
        with closing(sqlite3.connect(path)) as connection:
            (rows,) = connection.execute("SELECT count(*) FROM answers").fetchone()
        assert rows == PAPERS * len(PER_PAPER)
    assert whole[0] == 0
    assert whole == sorted(whole)
    assert len(set(whole)) > 3
    assert whole[-1] == PAPERS


MOMENTS = ["before the copy", "after the copy", "before the name", "after the name"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_during_a_backup_leaves_the_old_file_or_the_whole_new_one(
    prepared, run_child, tmp_path, moment
):
    path, fresh, older = prepared[0], tmp_path / "fresh.sqlite", tmp_path / "older.sqlite"
    older.write_bytes(LAST_WEEK)
    for to in (fresh, older):
        assert run_child(saving.back_up_and_die, str(path), str(to), moment) == -9
    if moment == "after the name":
        assert _everything(fresh) == _everything(older) == _everything(path)
    else:
        assert not fresh.exists()
        assert older.read_bytes() == LAST_WEEK


def test_a_kill_in_the_middle_of_the_copying_leaves_the_old_file(prepared, children, tmp_path):
    """Ten megabytes; killed as soon as the first of them lie in the file beside it."""
    path, older = prepared[0], tmp_path / "older.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE ballast (x)")
        connection.executemany("INSERT INTO ballast VALUES (zeroblob(1000000))", [()] * 10)
    halves = 0
    for _ in range(10):
        older.write_bytes(LAST_WEEK)
        child = children.Process(target=saving.back_up, args=(str(path), str(older)))
        child.start()
        partial = older.with_name(f"{older.name}.{child.pid}.partial")
        _wait_until(lambda partial=partial: partial.exists() and partial.stat().st_size)
        child.kill()
        child.join()
        if partial.exists():
            halves += 1
            assert older.read_bytes() == LAST_WEEK
            partial.unlink()
        else:
            assert _everything(older) == _everything(path)
    assert halves > 0
