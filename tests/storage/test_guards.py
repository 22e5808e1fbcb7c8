"""What the database itself refuses, whoever writes: changed answers, rows that point at another organisation, wrong types."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import exc, text

from dxassess.assessment.model import Answer, State
from dxassess.errors import RoundDamaged
from dxassess.storage import open_database
from dxassess.storage.schema import metadata
from tests.conftest import new_voice
from tests.storage.voters import ITEM, new_room


def refused(database, statement):
    with pytest.raises(exc.DBAPIError) as error, database._access.writing() as connection:
        connection.execute(text(statement))
    return str(error.value.orig)


@pytest.mark.parametrize("table", ["answers", "events", "editions"])
def test_what_was_written_is_never_changed_or_deleted(database, voice, table):
    voice.say_all()
    column = {"answers": "comment", "events": "who", "editions": "text"}[table]
    assert "only appended to" in refused(database, f"UPDATE {table} SET {column} = 'x'")
    assert "only appended to" in refused(database, f"DELETE FROM {table}")


def test_a_whole_table_cannot_be_emptied_on_postgresql(database, voice):
    if database.place.startswith("postgresql"):
        assert "only appended to" in refused(database, "TRUNCATE answers CASCADE")


def test_insert_or_replace_does_not_get_around_it(sqlite_database, sqlite_voice):
    sqlite_voice.say("tiny.1", 1)
    statement = "INSERT OR REPLACE INTO answers SELECT * FROM answers"
    assert "only appended to" in refused(sqlite_database, statement)


def test_a_closed_round_takes_no_row_and_no_change(database, voice):
    voice.say_all()
    voice.close()
    copy = COPY_ANSWER.format(round="round", respondent="respondent", organisation="organisation")
    assert "the round is closed" in refused(database, copy)
    assert "the round is closed" in refused(database, "UPDATE rounds SET title = 'x'")


COPY_ANSWER = (
    "INSERT INTO answers (organisation, sequence, round, ballot, respondent, indicator, state, level, evidence, comment,"
    " conditions, edition_hash, idempotency_key, recorded)"
    " SELECT {organisation}, sequence + 1000, {round}, ballot, {respondent}, indicator, state, level, evidence, comment,"
    " conditions, edition_hash, 'copy', recorded FROM answers WHERE indicator = 'tiny.1'"
)


def test_a_row_cannot_point_at_another_organisation(database, tiny):
    mine, other = new_voice(database, tiny, "甲社"), new_voice(database, tiny, "乙社")
    mine.say("tiny.1", 1)
    theirs = "(SELECT round FROM rounds WHERE organisation <> (SELECT organisation FROM answers))"
    copy = COPY_ANSWER.format(organisation="organisation", round=theirs, respondent="respondent")
    assert "foreign key" in refused(database, copy).lower()
    assert other.store.answers(other.round.id) == ()


@pytest.mark.parametrize("level", ["3.5", "'x'", "-1", "X'33'"])
def test_a_level_is_a_whole_number_from_zero(sqlite_database, sqlite_voice, level):
    sqlite_voice.say("tiny.1", 1)
    copy = COPY_ANSWER.format(round="round", respondent="respondent", organisation="organisation")
    message = refused(
        sqlite_database,
        copy.replace("state, level, evidence", f"state, {level}, evidence").replace(
            f"indicator, state, {level}, evidence", "indicator, state, level, evidence", 1
        ),
    )
    assert "level" in message


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_the_organisation_comes_first_in_every_key(table):
    keys = [[column.name for column in table.primary_key.columns]]
    keys += [list(key.column_keys) for key in table.foreign_key_constraints]
    keys += [
        [column.name for column in key.columns]
        for key in table.constraints
        if type(key).__name__ == "UniqueConstraint"
    ]
    assert {key[0] for key in keys} == {"organisation"}


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_no_column_has_a_word_of_sql_as_its_name_and_all_tables_are_strict(table):
    assert not {column.name for column in table.columns} & {
        "at",
        "order",
        "user",
        "end",
        "group",
        "by",
        "to",
        "key",
    }
    assert table.dialect_options["sqlite"]["strict"]


@pytest.fixture
def held(database, tiny):
    """An anonymous round after its reveal, with a vote and a decision."""
    room = new_room(database, tiny, "it", named=False)
    room.vote(room.seats[0], 1)
    room.move("talk")
    words = {"reason": "", "dissent": (), "idea": "", "by": "山田"}
    answer = Answer(ITEM, State.ANSWERED, 1)
    room.store.decide(room.round.id, answer, based_on=None, key="k", **words)
    return room


def test_decisions_are_only_appended_and_a_workshop_stays(database, held):
    for statement in ("UPDATE decisions SET reason = 'x'", "DELETE FROM decisions"):
        assert "only appended to" in refused(database, statement)
    assert "a workshop stays" in refused(database, "DELETE FROM workshops")
    if database.place.startswith("postgresql"):
        assert "only appended to" in refused(database, "TRUNCATE decisions")


def test_the_groups_of_an_anonymous_round_are_fixed_for_good(database, held):
    for groups in ("NULL", "'[[\"it\"]]'"):
        message = refused(database, f"UPDATE workshops SET shown_groups = {groups}")
        assert "the groups are fixed" in message


def test_a_closed_round_takes_no_decision_and_its_workshop_no_change(database, held):
    held.close()
    assert "the round is closed" in refused(database, "UPDATE workshops SET focus = 'x'")
    copy = (
        "INSERT INTO decisions SELECT organisation, sequence + 100, round, indicator, answer - 1, reason, dissent, idea,"
        " decided_by, based_on, recorded FROM decisions"
    )
    assert "the round is closed" in refused(database, copy)


def test_what_was_kept_of_a_closed_workshop_and_its_decisions_is_under_the_hash(sqlite_path, tiny):
    database = open_database(str(sqlite_path))
    room = new_room(database, tiny, "it", "it", "it")
    for seat in room.seats:
        room.vote(seat, 1)
    room.move("talk")
    answer = Answer(ITEM, State.ANSWERED, 1)
    words = {"reason": "理由", "dissent": (), "idea": "", "by": "山田"}
    room.store.decide(room.round.id, answer, based_on=None, key="k", **words)
    closed, organisation = room.close(), room.store.organisation_id
    database.close()
    original = sqlite_path.read_bytes()
    for change in (
        "UPDATE decisions SET reason = '別の理由'",
        "UPDATE workshops SET shown_groups = '[]'",
        "UPDATE workshops SET phase = 'first'",
        "DELETE FROM decisions",
        "DELETE FROM workshops",
    ):
        sqlite_path.write_bytes(original)
        with closing(sqlite3.connect(sqlite_path)) as raw, raw:
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute(f'DROP TRIGGER "{name}"')
            assert raw.execute(change).rowcount == 1
        database = open_database(str(sqlite_path))
        with pytest.raises(RoundDamaged):
            database.store(organisation).verify(closed.id)
        database.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE seats SET secret_hash = X'00'",
        "UPDATE invitations SET token_hash = X'00'",
        "UPDATE invitations SET kind = 'personal'",
        "UPDATE workshops SET phase = 'over'",
        "UPDATE workshops SET minutes = 1441",
        "UPDATE workshops SET minutes = 'x'",
    ],
)
def test_rows_of_voting_keep_their_form(sqlite_database, tiny, change):
    new_room(sqlite_database, tiny, "it")
    assert refused(sqlite_database, change)
