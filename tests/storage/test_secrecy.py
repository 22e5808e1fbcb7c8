"""F57: until the reveal nobody reads a vote, by whatever a store can be asked; single votes of an anonymous round never.

Each way of asking is also tried with the rule taken away: then the vote must come out, or the test would prove nothing.
"""

import inspect
import logging
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import exc, text

from dxassess.assessment import voting
from dxassess.assessment.model import Answer, State
from dxassess.assessment.recognition import Sides
from dxassess.errors import (
    AnswerKeyTaken,
    AnswerUnknown,
    DxAssessError,
    StaleAnswer,
    VoteOver,
    VotesSecret,
)
from dxassess.storage import Store, Token, open_database, sight
from dxassess.storage.schema import answers
from dxassess.storage.sight import EVERY, Sight
from tests.conftest import DAY
from tests.storage.voters import ITEM, OTHER, SECRET_WORD, new_room, voice_of, votes_in

ASKED = {
    "answers": lambda store, about: store.answers(about.round),
    "answers of a ballot": lambda store, about: store.answers(about.round, ballot=about.ballot),
    "answers of a person": lambda store, about: store.answers(about.round, respondent=about.person),
    "answer": lambda store, about: store.answer(about.round, about.person, ITEM, about.ballot),
    "recorded": lambda store, about: store.recorded(about.sequence),
    "history": lambda store, about: store.history(about.round, ITEM),
    "histograms": lambda store, about: store.histograms(about.round),
    "events": lambda store, about: store.events(1000),
    "events_of": lambda store, about: store.events_of(about.round, "answer_refused"),
}
COUNTED = {
    "revealed": lambda store, about: store.revealed(about.round),
    "comments": lambda store, about: store.comments(about.round),
    "comments of an item": lambda store, about: store.comments(about.round, ITEM),
    "evidenced": lambda store, about: store.evidenced(about.round),
    "flags": lambda store, about: store.flags(about.round, Sides(), about.ballot),
}
ALWAYS = {
    "voice": lambda store, about: store.voice(about.round),
    "voices": lambda store, about: store.voices(about.round),
    "agreed": lambda store, about: store.agreed(about.round),
    "round": lambda store, about: store.round(about.round),
    "rounds": lambda store, about: store.rounds(),
    "organisation": lambda store, about: store.organisation,
    "organisation_id": lambda store, about: store.organisation_id,
    "edition": lambda store, about: store.edition(about.edition),
    "respondents": lambda store, about: store.respondents(about.round),
    "participants": lambda store, about: store.participants(about.round),
    "invitations": lambda store, about: store.invitations(about.round),
    "workshop": lambda store, about: store.workshop(about.round),
    "turnout": lambda store, about: store.turnout(about.round),
    "decisions": lambda store, about: store.decisions(about.round),
    "own_roles": lambda store, about: store.own_roles(),
    "actions": lambda store, about: store.actions(),
    "action_versions": lambda store, about: store.action_versions(about.round),
    "notes": lambda store, about: store.notes(about.round),
    "plan_nodes": lambda store, about: store.plan_nodes("tiny"),
    "candidates": lambda store, about: store.candidates(),
    "wave_notes": lambda store, about: store.wave_notes(),
    "kpis": lambda store, about: store.kpis(),
    "readings": lambda store, about: store.readings(),
    "hourly_rate": lambda store, about: store.hourly_rate(),
    "planned_rounds": lambda store, about: store.planned_rounds(),
    "pulse": lambda store, about: store.pulse(),
    "as_of": lambda store, about: store.as_of(datetime.now(UTC) + timedelta(days=1)),
    "verify": lambda store, about: store.verify(about.round),
    "rebuild_current": lambda store, about: store.rebuild_current(),
    "invited": lambda store, about: store.invited(about.invitation),
    "invited_to": lambda store, about: store.invited_to(about.invitation),
    "open_workshop": lambda store, about: store.open_workshop(about.round, "x"),
    "remember_board": lambda store, about: store.remember_board(about.round, focus=ITEM),
    "correct_round": lambda store, about: store.correct_round(about.round, 1, "別名", DAY, "x"),
}
FROM_THE_SEAT = {"ballot", "stands", "cast", "take_role", "another_device", "join", "enter"}
REVEALS = {"step", "close_round"}
TELLS_NOTHING = {
    *("start_round", "update_organisation", "add_respondent", "add_participant", "invite", "revoke"),
    *("remove_participant", "reopen_round", "add_role", "hide_role", "decide"),
    *("keep_action", "set_plan_node"),
    *("keep_candidate", "keep_candidates", "withdraw_candidate", "add_wave_note"),
    *("keep_kpi", "record_readings", "set_hourly_rate"),
    *("keep_planned", "drop_planned", "start_planned", "settle_planned"),
    *("keep_action", "keep_actions", "add_note", "set_plan_node"),
}


def in_one_moment(store, about):
    with store.one_moment() as now:
        return [now.answers(about.round), now.histograms(about.round), now.voice(about.round)]


def append(store, about):
    """Write in the person's name, with the number and the key of their vote."""
    seen = []
    answer = Answer(ITEM, State.ANSWERED, 1)
    tries = [
        ("first", about.person, None),
        ("first", about.person, seen.append),
        ("agreed", about.voice, None),
    ]
    for ballot, who, merge in tries:
        try:
            rest = {"key": about.key, "ballot": ballot, "based_on": None, "merge": merge}
            seen.append(store.append(about.round, who, answer, **rest))
        except (DxAssessError, ValueError) as refused:
            seen.append(refused.args)
    return seen


def append_many(store, about):
    seen = []
    for ballot, who in (("first", about.person), ("agreed", about.voice)):
        try:
            seen += store.append_many(about.round, [(who, ballot, Answer(ITEM), about.key)])
        except (DxAssessError, ValueError) as refused:
            seen.append(refused.args)
    return seen


ALWAYS |= {"one_moment": in_one_moment, "append": append, "append_many": append_many}


class About:
    """What somebody who wants to know a vote could name: everything but the secret of the seat."""

    def __init__(self, room, ballot="first"):
        store, seat = room.store, room.seats[0]
        record = room.vote(seat, 3, key="key", comment=SECRET_WORD)
        with pytest.raises(StaleAnswer):
            store.cast(seat, ITEM, 1, "late", lambda _, seen, now: None if seen != now else refused_vote())
        for other in room.seats[1:]:
            room.vote(other, 3, comment=SECRET_WORD)
            for item in (OTHER, "tiny.1-1", "tiny.2-1"):
                room.vote(other, 3, item)
        voice = voice_of(room)
        voice.say(ITEM, 1)
        self.round, self.person, self.sequence = room.round.id, record.respondent, record.sequence
        self.voice, self.edition = store.agreed(room.round.id).id, room.round.edition_hash
        self.invitation, self.ballot = room.invitation, ballot
        with store._reading() as scope:
            rows = scope.connection.exec_driver_sql("SELECT sequence, idempotency_key FROM answers")
            self.key = dict(map(tuple, rows))[record.sequence]


def refused_vote():
    return Answer(ITEM, State.ANSWERED, 2, comment=SECRET_WORD)


def asked(way, store, about):
    try:
        return way(store, about)
    except DxAssessError as refused:
        return refused


@pytest.fixture
def room(database, tiny):
    """An open vote of six people."""
    return new_room(database, tiny, "management", "management", "management", "it", "it", "it")


def test_every_public_method_of_the_store_is_looked_at():
    public = {name for name, _ in inspect.getmembers(Store) if not name.startswith("_")}
    ways = {name.split(" ")[0] for name in (*ASKED, *COUNTED, *ALWAYS)}
    assert public == ways | FROM_THE_SEAT | REVEALS | TELLS_NOTHING


def told(ways, store, about):
    """The ways of asking that told a vote."""
    found = {way: asked(ask, store, about) for way, ask in ways.items()}
    return {way for way, value in found.items() if list(votes_in(value)) or (way == "evidenced" and value)}


def test_before_the_reveal_no_way_of_asking_tells_a_vote(room):
    about = About(room)
    refused = {way for way in COUNTED if isinstance(asked(COUNTED[way], room.store, about), VotesSecret)}
    assert refused == set(COUNTED)
    assert told(ASKED | ALWAYS, room.store, about) == set()


def test_without_the_rule_each_way_would_tell_it(room, monkeypatch):
    about = About(room)
    for seat in room.seats:
        room.store.cast(
            seat,
            ITEM,
            None,
            "e",
            lambda _, seen, now: Answer(ITEM, now.state, now.level, evidence=SECRET_WORD),
        )
    monkeypatch.setattr(voting, "readable", lambda workshop: frozenset(EVERY))
    assert told(ASKED | COUNTED, room.store, about) == set(ASKED | COUNTED)


def test_asking_for_counts_before_the_reveal_is_refused_with_a_sentence(room):
    about = About(room)
    for ask in COUNTED.values():
        with pytest.raises(VotesSecret) as refused:
            ask(room.store, about)
        assert refused.value.values == {"title": "第1回"}


def test_a_vote_is_not_found_by_its_number_and_nothing_tells_it_from_a_number_nobody_has(room):
    about = About(room)
    for sequence in (about.sequence, 10**6):
        with pytest.raises(AnswerUnknown) as refused:
            room.store.recorded(sequence)
        assert refused.value.values == {"sequence": sequence}


def test_the_key_of_a_vote_opens_nothing(room):
    about = About(room)
    with pytest.raises(AnswerKeyTaken) as refused:
        room.store.append(about.round, about.voice, Answer(ITEM), key=about.key, based_on=None)
    assert refused.value.values == {}
    with pytest.raises(AnswerKeyTaken):
        room.store.append_many(about.round, [(about.voice, "agreed", Answer(ITEM), about.key)])
    with pytest.raises(ValueError, match="seat"):
        room.store.append(
            about.round, about.person, Answer(ITEM), key=about.key, ballot="first", based_on=None
        )


def test_the_second_vote_is_secret_again_while_the_first_is_read(room):
    about = About(room, ballot="second")
    room.move("talk")
    room.move("second")
    record = room.vote(room.seats[0], 0, comment="二回目の言葉")
    about.sequence = record.sequence
    for way, ask in ASKED.items():
        found = asked(ask, room.store, about)
        assert "second" not in {getattr(vote, "ballot", "") for vote in votes_in(found)}, way
        assert "二回目の言葉" not in repr(found), way


@pytest.mark.parametrize("ended", ["reveal", "close"])
def test_after_the_reveal_and_after_the_round_is_closed_a_named_vote_is_read(room, ended):
    about = About(room)
    room.move("talk") if ended == "reveal" else room.close()
    assert told(ASKED, room.store, about) == set(ASKED)


def test_a_round_without_a_workshop_tells_votes_only_when_it_is_closed(database, tiny):
    room = new_room(database, tiny)
    held = room.store.start_round("外の票", tiny, room.round.held_on, room.round.quarter, None, "山田")
    person = room.store.add_respondent(held.id, "it")
    room.store.append_many(held.id, [(person.id, "first", refused_vote(), "k")])
    assert room.store.answers(held.id) == ()
    closed = room.store.close_round(held.id, 1, "山田")
    assert [vote.answer.level for vote in room.store.answers(held.id)] == [2]
    reopened = room.store.reopen_round(held.id, closed.version, "山田", "直す")
    assert len(room.store.answers(reopened.id)) == 1
    with pytest.raises(ValueError, match="seat"):
        room.store.append_many(held.id, [(person.id, "first", refused_vote(), "k2")])


# --- anonymous rounds


@pytest.fixture
def anonymous(database, tiny):
    """An open anonymous vote: five of IT, two of the management."""
    return new_room(database, tiny, *["it"] * 5, *["management"] * 2, named=False)


@pytest.mark.parametrize("phase", ["secret", "revealed", "closed", "reopened"])
def test_single_votes_of_an_anonymous_round_are_never_told(anonymous, phase):
    about = About(anonymous)
    if phase == "revealed":
        anonymous.move("talk")
    elif phase != "secret":
        anonymous.close()
    if phase == "reopened":
        anonymous.store.reopen_round(about.round, anonymous.round.version, "山田", "直す")
    for way, ask in (ASKED | ALWAYS).items():
        found = asked(ask, anonymous.store, about)
        assert list(votes_in(found)) == [], way
        assert "氏名" not in repr(found), way


def test_without_the_rule_of_anonymous_rounds_each_way_would_tell_them(anonymous, monkeypatch):
    about = About(anonymous)
    anonymous.move("talk")
    everything = Sight(frozenset(EVERY), frozenset(EVERY))
    for module in ("readings", "log"):
        monkeypatch.setattr(f"dxassess.storage.{module}.sight", lambda scope, found: everything)
    assert told(ASKED, anonymous.store, about) == set(ASKED)


def test_what_an_anonymous_round_tells_is_made_of_groups_no_smaller_than_the_minimum(anonymous):
    About(anonymous)
    anonymous.move("talk")
    seen = anonymous.store.revealed(anonymous.round.id)
    assert seen.groups.groups == (("it", "management"),)
    assert {cell.role for cell in seen.first} == {"it+management"}
    assert all(sum(cell.counts) >= 3 for cell in seen.first)
    said = anonymous.store.comments(anonymous.round.id)
    assert {comment.role for comment in said} == {"it+management"}
    assert {(comment.level, comment.name) for comment in said} == {(None, "")}


def test_nobody_has_a_name_in_an_anonymous_round_not_even_in_the_database(anonymous):
    store, round_id = anonymous.store, anonymous.round.id
    store.add_participant(round_id, "it", "氏名")
    store.add_respondent(round_id, "it", "氏名")
    with store._reading() as scope:
        names = {row[0] for row in scope.connection.exec_driver_sql("SELECT name FROM respondents")}
    assert names == {""}


def test_the_groups_of_an_anonymous_round_stay_as_fixed_at_the_first_reveal(anonymous):
    About(anonymous)
    anonymous.move("talk")
    fixed = anonymous.store.workshop(anonymous.round.id).groups
    anonymous.sit("management", "management", "management")
    anonymous.move("second")
    for seat in anonymous.seats:
        anonymous.vote(seat, 1)
    anonymous.move("done")
    assert anonymous.store.workshop(anonymous.round.id).groups == fixed
    closed = anonymous.close()
    assert anonymous.store.workshop(closed.id).groups == fixed
    assert {cell.role for cell in anonymous.store.revealed(closed.id).second} == {"it+management"}


def test_closing_fixes_the_groups_of_a_vote_that_was_never_revealed(anonymous):
    About(anonymous)
    closed = anonymous.close()
    workshop = anonymous.store.workshop(closed.id)
    assert (workshop.phase, workshop.groups) == ("done", (("it", "management"),))
    assert anonymous.store.revealed(closed.id).groups.groups == workshop.groups
    anonymous.store.verify(closed.id)


# --- tokens


@pytest.fixture
def talkative(database_url, caplog):
    """A database whose every statement is written into the log."""
    for name in (None, "sqlalchemy.engine", "sqlalchemy.pool"):
        caplog.set_level(logging.DEBUG, logger=name)
    opened = open_database(database_url)
    yield opened
    opened.close()


def test_tokens_are_in_no_log_no_error_no_row_and_no_text_of_a_value(talkative, tiny, caplog):
    room = new_room(talkative, tiny, "it")
    store, person = room.store, room.store.add_participant(room.round.id, "it", "佐藤")
    personal, device, seat = (Token.new(store.organisation_id) for _ in range(3))
    store.invite(room.round.id, personal, person, "山田")
    store.join(personal, seat)
    store.another_device(seat, device)
    room.vote(seat, 1)
    refusals = []
    for attempt in (
        lambda: store.join(personal, Token.new(store.organisation_id)),
        lambda: store.ballot(Token.new(store.organisation_id)),
        lambda: store.join(Token.new(store.organisation_id), seat),
    ):
        with pytest.raises(DxAssessError) as refused:
            attempt()
        refusals += [refused.value, refused.value.values, str(refused.value)]
    tokens = [room.invitation, personal, device, seat, *room.seats]
    told = repr([refusals, tokens, store.invitations(room.round.id), store.events(1000), store.ballot(seat)])
    with store._reading() as scope:
        for table in ("invitations", "seats", "events", "answers", "respondents"):
            told += repr(scope.connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall())
    everything = told + caplog.text
    assert "INSERT INTO seats" in everything
    for token in tokens:
        assert token.clear not in everything
        assert token.clear.encode().hex() not in everything


def test_a_token_is_256_random_bits_bound_to_its_organisation(room):
    organisation = room.store.organisation_id
    tokens = {Token.new(organisation).clear for _ in range(200)}
    assert len({token[22:] for token in tokens}) == 200
    assert {len(token) for token in tokens} == {64}
    for clear in tokens:
        read = Token.read(clear)
        assert (read.organisation, read.clear) == (organisation, clear)
        assert len(read.digest) == 64 and clear not in read.digest
    assert repr(read) == str(read) == f"{read}" == "Token(…)"


@pytest.mark.parametrize(
    "written",
    ["", "x", "=" * 64, "あ" * 64, "A" * 63, "A" * 65, "A" * 63 + "+", "A" * 62 + "==", "A" * 63 + "\n"],
)
def test_what_has_not_the_form_of_a_token_is_none(written):
    assert Token.read(written) is None


def test_nothing_is_read_of_others_while_a_vote_is_cast(room, monkeypatch):
    """The statements of one vote name the voter alone."""
    About(room)
    monkeypatch.setattr("dxassess.storage.readings._listed", None)
    monkeypatch.setattr(sight, "sight", None)
    assert room.vote(room.seats[1], 2).answer.level == 2


def test_an_error_nobody_foresaw_tells_no_value_that_was_to_be_kept(sqlite_database, tiny):
    room = new_room(sqlite_database, tiny)
    entry = {"sequence": 10**6, "round": room.round.id, "comment": SECRET_WORD}
    with pytest.raises(exc.DBAPIError) as refused, room.store._writing() as scope:
        scope.insert(answers, [entry])
    assert "INSERT INTO answers" in str(refused.value)
    assert SECRET_WORD not in str(refused.value)


def test_what_comes_after_the_reveal_is_refused_by_the_database_itself(room):
    about = About(room)
    room.move("talk")
    with pytest.raises(VoteOver):
        room.vote(room.seats[0], 1)
    copy = (
        "INSERT INTO answers (organisation, sequence, round, ballot, respondent, indicator, state, level, evidence,"
        " comment, conditions, edition_hash, idempotency_key, recorded) SELECT organisation, 100000, round, ballot,"
        " respondent, indicator, state, 0, evidence, comment, conditions, edition_hash, 'copy', recorded"
        f" FROM answers WHERE sequence = {about.sequence}"
    )
    with pytest.raises(exc.DBAPIError, match="not open"), room.store._writing() as scope:
        scope.connection.execute(text(copy))


def test_a_seat_sees_its_own_votes_and_nobody_elses(room):
    About(room)
    one, other = room.seats[:2]
    mine = room.store.ballot(one)
    assert {vote.respondent for vote in mine.votes} == {mine.seat.respondent}
    assert {vote.answer.indicator for vote in mine.votes} == {ITEM}
    assert len(room.store.ballot(other).votes) == 4
    assert mine.seat.respondent != room.store.ballot(other).seat.respondent
    with pytest.raises(DxAssessError):
        room.store.ballot(Token(uuid.uuid4().hex * 2))
