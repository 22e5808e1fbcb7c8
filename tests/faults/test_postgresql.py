"""PostgreSQL as a server of its own: it stops, crashes, ends sessions, is full, forbids writing, or is set up another way."""

import os
import signal
import time
import uuid
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import text

from dxassess.errors import (
    DatabaseAddressUnknown,
    DatabaseNotUtf8,
    DatabaseReadOnly,
    DatabaseUnreachable,
    DiskFull,
    DxAssessError,
    StorageError,
)
from dxassess.storage import open_database
from tests.conftest import Voice, new_voice, postgres_server

ITEM = "tiny.1"
SETTINGS = [
    "timezone = 'America/New_York'",
    "datestyle = 'SQL, DMY'",
    "intervalstyle = 'iso_8601'",
    "bytea_output = 'escape'",
    "client_encoding = 'LATIN1'",
    "default_transaction_isolation = 'serializable'",
    "default_transaction_deferrable = on",
    "standard_conforming_strings = off",
    "backslash_quote = off",
    "transform_null_equals = on",
    "extra_float_digits = -10",
    "lc_messages = 'C'",
    "statement_timeout = '10s'",
    "idle_in_transaction_session_timeout = '10s'",
]


@pytest.fixture(scope="module")
def own_server():
    """A server that may be stopped, crashed and started again."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def held(own_server, tiny):
    """Its address, an open database on it, and the voice of an organisation that has said something."""
    address = own_server.new_database()
    database = open_database(address, wait_seconds=2)
    voice = new_voice(database, tiny)
    voice.say(ITEM, 1)
    yield address, database, voice
    database.close()


def _administer(address, *statements):
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def _end_sessions(address):
    name = address.rsplit("/", 1)[1]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        )


def test_a_session_that_was_ended_meanwhile_costs_nobody_anything(held):
    address, database, voice = held
    for level in (2, 3):
        _end_sessions(address)
        assert voice.say(ITEM, level).answer.level == level
        _end_sessions(address)
        assert voice.store.answers(voice.round.id)[0].answer.level == level
        assert database.organisations()


def test_a_session_ended_in_the_middle_of_a_save_keeps_nothing_and_the_same_click_works_again(held):
    address, _, voice = held
    first = voice.store.answers(voice.round.id)
    with pytest.raises(DatabaseUnreachable), voice.store._writing() as scope:
        scope.lock()
        _end_sessions(address)
        scope.take()
    assert voice.store.answers(voice.round.id) == first
    assert voice.say(ITEM, 2, key="click").sequence == first[0].sequence + 1


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_was_stopped_is_told_and_goes_on_where_it_was(own_server, held, mode):
    _, database, voice = held
    first = voice.store.answers(voice.round.id)
    own_server.halt(mode)
    try:
        agreed = first[0].respondent
        for attempt in (
            lambda: voice.store.append(voice.round.id, agreed, first[0].answer, key="k", based_on=None),
            lambda: voice.store.answers(voice.round.id),
            database.organisations,
            lambda: database.create_organisation("乙社", "it", "small", 4),
        ):
            with pytest.raises(DatabaseUnreachable) as told:
                attempt()
            assert told.value.values == {"place": database.place}
    finally:
        own_server.resume()
    assert voice.store.answers(voice.round.id) == first
    once = voice.say(ITEM, 2, key="click")
    assert voice.say(ITEM, 2, key="click") == once
    assert voice.store.history(voice.round.id, ITEM) == (*first, once)


def test_after_a_crash_of_the_server_everything_acknowledged_is_there(own_server, held):
    """The crash is the server's, not the machine's: what it handed to the system is there."""
    _, _, voice = held
    said = [voice.say(ITEM, number % 4) for number in range(20)]
    own_server.halt("immediate")
    own_server.resume()
    assert voice.store.history(voice.round.id, ITEM)[1:] == tuple(said)


def test_a_process_of_the_server_that_dies_takes_nobody_along_for_long(held):
    """The server then ends every session and recovers: each of them is told, and what is tried after it works."""
    address, _, voice = held
    before = voice.store.answers(voice.round.id)
    dying = psycopg.connect(address)
    with pytest.raises(DatabaseUnreachable), voice.store._writing() as scope:
        os.kill(dying.info.backend_pid, signal.SIGKILL)
        scope.connection.execute(text("SELECT pg_sleep(30)"))
    dying.close()
    assert _patiently(lambda: voice.store.answers(voice.round.id)) == before
    assert voice.say(ITEM, 3).answer.level == 3


def _patiently(action, seconds=30):
    limit = time.monotonic() + seconds
    while True:
        try:
            return action()
        except DatabaseUnreachable:
            assert time.monotonic() < limit
            time.sleep(0.1)


@contextmanager
def _as_reader(address, *statements):
    """The address of a role that may look at everything and write nothing."""
    role = f"reader_{uuid.uuid4().hex}"
    _administer(
        address, f"CREATE ROLE {role} LOGIN", f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"
    )
    _administer(address, *(statement.format(role=role) for statement in statements))
    try:
        yield address.replace("dxassess@", f"{role}@")
    finally:
        _administer(address, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


@pytest.mark.parametrize(
    "more",
    [
        (),
        (
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}",
            "ALTER ROLE {role} SET default_transaction_read_only = on",
        ),
    ],
    ids=["without the right", "read-only transactions"],
)
def test_a_role_that_may_only_read_sees_everything_and_saves_say_why(held, tiny, more):
    address, _, voice = held
    known = voice.store.answers(voice.round.id)
    with _as_reader(address, *more) as theirs:
        database = open_database(theirs)
        store = database.store(voice.store.organisation_id)
        assert store.answers(voice.round.id) == known
        for _ in range(2):
            with pytest.raises(DatabaseReadOnly) as refused:
                Voice(store, tiny, voice.round, dict(voice.read)).say(ITEM, 2)
            assert refused.value.values == {"place": database.place}
        database.close()
    assert voice.store.answers(voice.round.id) == known


def test_a_role_without_any_right_is_told_at_the_start(held, own_server):
    address, _, _ = held
    with _as_reader(address, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}") as theirs:
        empty = own_server.new_database("template1").rsplit("/", 1)[1]
        for named in (theirs, theirs.replace(address.rsplit("/", 1)[1], empty)):
            with pytest.raises(DatabaseReadOnly):
                open_database(named)


def test_a_full_disk_of_the_server_is_told_and_the_same_click_works_once_there_is_room(held):
    address, database, voice = held
    first = voice.store.answers(voice.round.id)
    _administer(
        address,
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON answers FOR EACH ROW EXECUTE FUNCTION full_disk()",
    )
    for _ in range(2):
        with pytest.raises(DiskFull) as full:
            voice.say(ITEM, 2, key="click")
        assert full.value.values == {"place": database.place}
        assert voice.store.answers(voice.round.id) == first
    _administer(address, "DROP TRIGGER full_disk ON answers")
    record = voice.say(ITEM, 2, key="click")
    assert voice.store.history(voice.round.id, ITEM) == (*first, record)


@pytest.mark.parametrize("setting", SETTINGS)
def test_however_the_server_is_set_up_everything_is_read_back_as_it_was_written(held, tiny, setting):
    address, _, voice = held
    before = voice.store.answers(voice.round.id)
    _administer(address, f"ALTER DATABASE {address.rsplit('/', 1)[1]} SET {setting}")
    other = open_database(address)
    theirs = Voice(other.store(voice.store.organisation_id), tiny, voice.round, dict(voice.read))
    assert theirs.store.answers(voice.round.id) == before
    words = "𠮷野家 👩‍👩‍👧 \\ ' \" % :x 'a\\'\n"
    record = theirs.say(ITEM, 2, comment=words)
    assert voice.store.answers(voice.round.id) == theirs.store.answers(voice.round.id) == (record,)
    closed = theirs.store.close_round(voice.round.id, voice.round.version, "山田")
    assert voice.store.round(voice.round.id) == closed
    voice.store.verify(closed.id)
    theirs.store.verify(closed.id)
    assert voice.store.events() == theirs.store.events()
    other.close()


@pytest.mark.parametrize("encoding", ["EUC_JP", "LATIN1", "SQL_ASCII"])
def test_a_database_that_does_not_keep_text_as_utf8_is_refused_untouched(own_server, encoding):
    name = f"e{uuid.uuid4().hex}"
    _administer(
        own_server.address("template1"),
        f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'",
    )
    address = own_server.address(name)
    with pytest.raises(DatabaseNotUtf8) as refused:
        open_database(address)
    assert refused.value.values == {"place": address, "found": encoding}
    with psycopg.connect(address) as connection:
        assert connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone() == (0,)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("postgresql://dxassess@127.0.0.1:{port}/nowhere", DatabaseUnreachable),
        ("postgresql://dxassess@127.0.0.1:1/postgres", DatabaseUnreachable),
        ("postgresql://nobody:secret@127.0.0.1:{port}/postgres", DatabaseUnreachable),
        ("postgresql://dxassess:secret@name.invalid/postgres", DatabaseUnreachable),
        ("postgresql://dxassess:secret@127.0.0.1:many/postgres", DatabaseAddressUnknown),
        ("postgresql://dxassess:secret@127.0.0.1:{port}/postgres?colour=red", DatabaseAddressUnknown),
        ("mysql://dxassess:secret@127.0.0.1/postgres", DatabaseAddressUnknown),
        ("sqlite://", DatabaseAddressUnknown),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(own_server, address, kind):
    with pytest.raises(kind) as refused:
        open_database(address.format(port=own_server.port), wait_seconds=1)
    assert isinstance(refused.value, StorageError)
    assert "secret" not in str(refused.value.values)


def test_whatever_the_server_says_of_a_lost_session_is_told_as_unreachable(held):
    """57P… and 08…: shut down, crashed, not yet up, dropped; 25P03: ended because it was idle."""
    _, _, voice = held
    for state in ("57P01", "57P02", "57P03", "57P05", "25P03", "08006", "08P01"):
        with pytest.raises(DatabaseUnreachable), voice.store._writing() as scope:
            scope.connection.exec_driver_sql(
                f"DO $$ BEGIN RAISE EXCEPTION 'gone' USING ERRCODE = '{state}'; END $$"
            )
    with pytest.raises(Exception, match="division") as other, voice.store._writing() as scope:
        scope.connection.exec_driver_sql("SELECT 1 / 0")
    assert not isinstance(other.value, DxAssessError)
