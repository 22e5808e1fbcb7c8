"""F48, F49: the schema is brought up to date in one step, after a backup; a newer one is refused untouched."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from dxassess.errors import DatabaseForeign, DatabaseNewer
from dxassess.storage import migrate, open_database
from dxassess.storage.schema import metadata
from dxassess.storage.sqlite import APPLICATION_ID
from tests.conftest import new_voice
from tests.storage.versions import NEXT, NOW, with_one_more


def known_versions():
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def test_the_newest_version_is_the_one_the_fast_start_looks_for():
    assert known_versions()[-1] == migrate.HEAD
    assert known_versions() == [f"{number:04d}" for number in range(1, len(known_versions()) + 1)]


def test_migrations_make_exactly_the_tables_that_queries_see(database):
    with database._access.writing() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        found = inspect(connection)
        for table in metadata.sorted_tables:
            checks = {check["name"] for check in found.get_check_constraints(table.name)}
            assert checks == {
                constraint.name
                for owner in (table, *table.columns)
                for constraint in owner.constraints
                if type(constraint).__name__ == "CheckConstraint"
            }
            assert found.get_pk_constraint(table.name)["constrained_columns"] == [
                column.name for column in table.primary_key.columns
            ]


def test_on_sqlite_every_table_is_strict_and_the_file_carries_our_mark(sqlite_database, sqlite_path):
    with closing(sqlite3.connect(sqlite_path)) as connection:
        strict = {
            name: bool(flag)
            for _, name, kind, _, _, flag in connection.execute("PRAGMA table_list")
            if kind == "table" and not name.startswith("sqlite_")
        }
        assert {name for name, flag in strict.items() if not flag} == {"alembic_version"}
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (int(migrate.HEAD),)


OLDER = sorted(Path(__file__).parent.glob("older/*.sql"))


def test_there_is_a_filled_database_of_every_version():
    assert [path.stem for path in OLDER] == known_versions()


@pytest.mark.parametrize("dump", OLDER, ids=lambda path: path.stem)
def test_a_filled_database_of_any_version_opens_with_its_closed_rounds_unchanged(dump, sqlite_path):
    with closing(sqlite3.connect(sqlite_path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
    database = open_database(str(sqlite_path))
    store = database.store(database.organisations()[0].id)
    closed = [found for found in store.rounds() if found.closed]
    assert closed
    for found in closed:
        store.verify(found.id)
        assert store.answers(found.id)
        assert store.histograms(found.id)
    database.close()
    older = dump.stem != migrate.HEAD
    assert len(list(sqlite_path.parent.glob("*-before-*.sqlite"))) == older


def test_a_filled_postgresql_database_of_the_first_version_keeps_its_closed_rounds(
    postgres, monkeypatch, sqlite_path
):
    address = postgres.new_database("template1")
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate, "HEAD", "0001")
        open_database(address).close()
    with closing(sqlite3.connect(sqlite_path)) as dump, psycopg.connect(address) as connection:
        dump.executescript(OLDER[0].read_text(encoding="utf-8"))
        connection.execute("SET session_replication_role = replica")
        names = dump.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
        )
        for (name,) in names.fetchall():
            rows = dump.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in rows.description]
            places = ", ".join(["%s"] * len(columns))
            insert = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})"
            connection.cursor().executemany(insert, rows.fetchall())
    database = open_database(address)
    store = database.store(database.organisations()[0].id)
    closed = [found for found in store.rounds() if found.closed]
    assert closed
    for found in closed:
        store.verify(found.id)
        assert store.workshop(found.id) is None
        assert store.histograms(found.id) and store.answers(found.id)
    database.close()


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """Teach the program a next version; its last statement can be made to fail."""

    def teach(last="pass"):
        added = 'op.execute("ALTER TABLE respondents ADD COLUMN consented TEXT")'
        monkeypatch.setattr(migrate, "FOLDER", with_one_more(tmp_path, added, last))
        monkeypatch.setattr(migrate, "HEAD", NEXT)

    return teach


def _filled(path, tiny):
    database = open_database(str(path))
    voice = new_voice(database, tiny)
    voice.say_all()
    voice.close()
    database.close()
    return voice.round


def test_a_backup_is_written_before_a_migration_and_numbers_stay(
    sqlite_path, tiny, next_version, tmp_path, monkeypatch
):
    closed = _filled(sqlite_path, tiny)
    next_version()
    database = open_database(str(sqlite_path), backups=tmp_path / "deep" / "backups")
    store = database.store(database.organisations()[0].id)
    store.verify(closed.id)
    assert store.round(closed.id) == closed
    database.close()
    (copy,) = (tmp_path / "deep" / "backups").iterdir()
    assert copy.name.startswith("dx-") and copy.name.endswith(f"-before-{NEXT}.sqlite")
    monkeypatch.undo()
    old = open_database(str(copy))
    old.store(old.organisations()[0].id).verify(closed.id)
    old.close()
    with pytest.raises(DatabaseNewer):
        open_database(str(sqlite_path))


def test_a_migration_that_fails_changes_nothing(sqlite_path, tiny, next_version):
    closed = _filled(sqlite_path, tiny)
    next_version('raise RuntimeError("half way")')
    with pytest.raises(RuntimeError, match="half way"):
        open_database(str(sqlite_path))
    with closing(sqlite3.connect(sqlite_path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (int(NOW),)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(respondents)")]
    assert "consented" not in columns
    next_version()
    database = open_database(str(sqlite_path))
    database.store(database.organisations()[0].id).verify(closed.id)
    database.close()


def test_a_new_or_current_database_is_not_backed_up(sqlite_path, tiny):
    _filled(sqlite_path, tiny)
    open_database(str(sqlite_path)).close()
    assert [path.name for path in sqlite_path.parent.iterdir()] == [sqlite_path.name]


def _set_newer(address):
    database = open_database(address)
    with database._access.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0042'"))
    database.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_newer_database_is_refused(kind, request, sqlite_path):
    address = str(sqlite_path) if kind == "sqlite" else request.getfixturevalue("postgres").new_database()
    _set_newer(address)
    with pytest.raises(DatabaseNewer) as refused:
        open_database(address)
    assert (refused.value.values["found"], refused.value.values["known"]) == ("0042", migrate.HEAD)


def test_a_newer_file_is_refused_by_its_number_before_a_byte_is_touched(sqlite_path):
    with closing(sqlite3.connect(sqlite_path)) as connection:
        connection.execute("CREATE TABLE from_the_future (x)")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 42")
    before = sqlite_path.read_bytes(), sqlite_path.stat().st_mtime_ns
    with pytest.raises(DatabaseNewer):
        open_database(str(sqlite_path))
    assert (sqlite_path.read_bytes(), sqlite_path.stat().st_mtime_ns) == before
    assert [path.name for path in sqlite_path.parent.iterdir()] == [sqlite_path.name]


@pytest.mark.parametrize(
    "content",
    [
        b"not a database at all, but long enough to look at" * 100,
        b"PK\x03\x04",
        b"SQLite format 3\x00" + b"\xff" * 2000,
    ],
)
def test_what_is_no_database_is_refused_untouched(sqlite_path, content):
    sqlite_path.write_bytes(content)
    with pytest.raises(DatabaseForeign):
        open_database(str(sqlite_path))
    assert sqlite_path.read_bytes() == content


def test_a_database_of_another_program_is_refused_untouched(sqlite_path):
    with closing(sqlite3.connect(sqlite_path)) as connection:
        connection.execute("CREATE TABLE organisations (x)")
    before = sqlite_path.read_bytes()
    with pytest.raises(DatabaseForeign):
        open_database(str(sqlite_path))
    assert sqlite_path.read_bytes() == before


def test_on_postgresql_it_is_told_before_a_filled_database_is_migrated_that_no_backup_is_made(
    postgres, tiny, next_version
):
    address, told = postgres.new_database("template1"), []
    open_database(address, tell=told.append).close()
    open_database(address, tell=told.append).close()
    assert told == []
    closed = _filled(address, tiny)
    next_version('raise RuntimeError("half way")')
    with pytest.raises(RuntimeError, match="half way"):
        open_database(address, tell=told.append)
    assert told == ["postgresql_no_backup"]
    next_version()
    database = open_database(address, tell=told.append)
    database.store(database.organisations()[0].id).verify(closed.id)
    database.close()
    assert told == ["postgresql_no_backup"] * 2


def test_on_sqlite_where_a_backup_is_made_nothing_is_told(sqlite_path, tiny, next_version):
    told = []
    _filled(sqlite_path, tiny)
    next_version()
    open_database(str(sqlite_path), tell=told.append).close()
    assert told == []


def test_on_postgresql_a_database_of_another_program_is_refused(postgres):
    address = postgres.new_database("template1")
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE customers (x int)")
    with pytest.raises(DatabaseForeign):
        open_database(address)


def test_an_empty_file_becomes_a_database(sqlite_path):
    sqlite_path.touch()
    database = open_database(str(sqlite_path))
    assert database.organisations() == ()
    database.close()


def test_opening_a_current_database_does_not_load_alembic(sqlite_path):
    open_database(str(sqlite_path)).close()
    program = (
        "import sys; from dxassess.storage import open_database; open_database(sys.argv[1]).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert (
        subprocess.run([sys.executable, "-c", program, str(sqlite_path)], cwd=root, check=False).returncode
        == 0
    )
