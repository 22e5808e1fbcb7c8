"""Decisions: appended with the agreed answer, never overwritten, and found again over the years."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from dxassess.assessment.decision import Dissent
from dxassess.assessment.model import State
from dxassess.errors import (
    AnswerKeyTaken,
    LevelOffScale,
    ReasonUnknown,
    RoundClosed,
    StaleDecision,
    TextNotStorable,
)
from dxassess.usecases import decide, decision_record, decisions_of, questionnaire
from tests.usecases.gathering import gathered
from tests.usecases.voting import voted

WORDS = {
    "reason": "規程はあるが、現場では使われていない",
    "dissent": (Dissent("IT部門", "まだ早い"), Dissent("佐藤", "根拠が古い")),
    "idea": "四半期ごとに見直す",
    "by": "山田",
}


@pytest.fixture
def room(any_house):
    """A named round after its reveal, on a database of each kind."""
    gathering = gathered(any_house, "management", "it")
    gathering.vote_all({"1": [3, 0]})
    gathering.reveal()
    return gathering


def said(room, change, based_on=None, key="k", code="1", **words):
    return decide(room.house.store, room.held, room.item(code), change, based_on=based_on, key=key, **words)


def test_a_decision_stands_beside_the_agreed_answer_written_with_it(room):
    found = said(room, {"level": 2, "target": 3, "evidence": "規程"}, **WORDS)
    asked = questionnaire(room.house.store, room.held)
    assert asked.recorded["tiny.1"] == found.answer
    assert (found.answer.answer.level, found.answer.answer.target, found.answer.answer.evidence) == (
        2,
        3,
        "規程",
    )
    assert (found.reason, found.dissent, found.idea, found.by) == tuple(WORDS.values())
    assert (found.round, found.indicator, found.based_on) == (room.held.id, "tiny.1", None)
    assert decisions_of(room.house.store, room.held) == (found,)


def test_a_room_may_agree_that_it_cannot_say_or_that_it_does_not_apply(room):
    assert said(room, {"state": State.CANNOT_SAY}).answer.answer.state is State.CANNOT_SAY
    other = said(room, {"reason": "no-business"}, key="n", code="2")
    assert (other.answer.answer.state, other.answer.answer.reason) == (State.NOT_APPLICABLE, "no-business")


def test_deciding_anew_keeps_every_decision(room):
    first = said(room, {"level": 2}, **WORDS)
    second = said(room, {"level": 1}, first.answer.sequence, key="k2", reason="考え直した")
    assert (second.based_on, second.answer.answer.level, second.dissent) == (first.answer.sequence, 1, ())
    assert decisions_of(room.house.store, room.held) == (first, second)


def test_the_same_key_again_is_the_same_decision_and_opens_no_other(room):
    found = said(room, {"level": 2}, **WORDS)
    assert said(room, {"level": 3}, **WORDS) == found
    assert len(decisions_of(room.house.store, room.held)) == 1
    with pytest.raises(AnswerKeyTaken):
        said(room, {"level": 2}, code="2")
    room.house.say(room.held, "2", 1)
    answer_key = "own"
    room.house.keep(room.held, "1-1", {"level": 1}, key=answer_key)
    with pytest.raises(AnswerKeyTaken):
        said(room, {"level": 2}, key=answer_key, code="1-1")


def test_a_decision_on_what_somebody_decided_anew_is_refused_with_what_is_newer_and_both_are_in_the_log(room):
    first = said(room, {"level": 2}, **WORDS)
    newer = said(room, {"level": 1}, first.answer.sequence, key="k2", by="佐藤", reason="証拠がない")
    with pytest.raises(StaleDecision) as stale:
        said(room, {"level": 3}, first.answer.sequence, key="k3", by="山田", reason="戦略にある")
    assert stale.value.newer == newer
    assert {name: stale.value.values[name] for name in ("indicator", "by")} == {
        "indicator": "1",
        "by": "佐藤",
    }
    store = room.house.store
    assert decisions_of(store, room.held) == (first, newer)
    assert questionnaire(store, room.held).recorded["tiny.1"] == newer.answer
    (refused,) = store.events_of(room.held.id, "decision_refused")
    assert (refused.who, refused.detail["reason"], refused.detail["indicator"]) == (
        "山田",
        "戦略にある",
        "tiny.1",
    )
    (answer,) = store.events_of(room.held.id, "answer_refused")
    assert answer.detail["answer"]["level"] == 3


def test_where_only_the_agreed_answer_was_changed_nothing_newer_is_a_decision(room):
    first = said(room, {"level": 2}, **WORDS)
    room.house.say(room.held, "1", 3)
    with pytest.raises(StaleDecision) as stale:
        said(room, {"level": 1}, first.answer.sequence, key="k2")
    assert (stale.value.newer, stale.value.values["by"]) == (None, "")
    for wrong in (None, 10**6, -1):
        with pytest.raises(StaleDecision):
            said(room, {"level": 1}, wrong, key=f"k{wrong}")


def test_of_two_facilitators_deciding_in_the_same_instant_one_is_told_of_the_other(room):
    with ThreadPoolExecutor(2) as pool:
        standing = None
        for turn in range(25):
            together = Barrier(2)

            def act(who, turn=turn, standing=standing, together=together):
                together.wait()
                try:
                    return said(room, {"level": who}, standing, key=f"{turn}.{who}", by=f"進行{who}")
                except StaleDecision as stale:
                    return stale.newer

            one, other = pool.map(act, range(2))
            assert one == other
            standing = one.answer.sequence
    assert len(decisions_of(room.house.store, room.held)) == 25
    assert len(room.house.store.events_of(room.held.id, "decision_refused")) == 25


@pytest.mark.parametrize(
    ("change", "words", "error"),
    [
        ({"level": 7}, {}, LevelOffScale),
        ({"state": State.NOT_APPLICABLE}, {}, ReasonUnknown),
        ({"level": 1}, {"reason": "\x00"}, TextNotStorable),
        ({"level": 1}, {"idea": "\x1b"}, TextNotStorable),
        ({"level": 1}, {"dissent": (Dissent("IT", "\x07"),)}, TextNotStorable),
    ],
)
def test_what_cannot_be_kept_writes_neither_answer_nor_decision(room, change, words, error):
    with pytest.raises(error):
        said(room, change, **words)
    assert decisions_of(room.house.store, room.held) == ()
    assert questionnaire(room.house.store, room.held).recorded == {}


def test_a_closed_round_takes_no_decision_and_keeps_those_it_has_under_its_hash(room):
    found = said(room, {"level": 2}, **WORDS)
    closed = room.close()
    with pytest.raises(RoundClosed):
        said(room, {"level": 1}, found.answer.sequence, key="late")
    assert decisions_of(room.house.store, closed) == (found,)
    room.house.store.verify(closed.id)


def test_the_record_holds_votes_levels_reasons_dissent_and_ideas_of_all_rounds(any_house):
    early = voted(any_house, {"it": {"1": [1, 2]}}, day=date(2026, 5, 1))
    room = gathered(any_house, "management", "it", previous=early)
    room.vote(room.seats[0], "1", 3, comment="戦略にある")
    room.vote(room.seats[1], "1", 0)
    secret = decision_record(any_house.store, room.edition, room.item("1"))
    assert [(each.held.id, each.secret) for each in secret.rounds] == [
        (early.id, False),
        (room.held.id, True),
    ]
    assert (secret.rounds[1].first, secret.rounds[1].comments) == ((), ())
    room.reveal()
    decided = said(room, {"level": 2}, **WORDS)
    room.second("1")
    room.vote(room.seats[0], "1", 2)
    room.reveal()
    past, now = decision_record(any_house.store, room.edition, room.item("1")).rounds
    assert {cell.role: cell.counts for cell in past.first} == {"it": (0, 1, 1, 0)}
    assert (past.agreed, past.decisions) == (None, ())
    assert {cell.role: cell.counts for cell in now.first} == {"management": (0, 0, 0, 1), "it": (1, 0, 0, 0)}
    assert {cell.role: cell.counts for cell in now.second} == {"management": (0, 0, 1, 0), "it": (1, 0, 0, 0)}
    assert (now.agreed, now.decisions) == (decided.answer, (decided,))
    assert [each.comment for each in now.comments] == ["戦略にある", "戦略にある"] or len(now.comments) == 1


def test_a_damaged_round_is_named_in_the_record_and_not_shown(house, flipped):
    held = voted(house, {"it": {"1": [1, 2]}})
    broken = flipped(house, held)
    edition = next(iter(house.app.editions.values()))
    found = decision_record(broken.store, edition, edition.by_code["1"])
    assert (found.rounds, [each.id for each in found.damaged]) == ((), [held.id])


def test_the_record_of_an_anonymous_round_shows_groups_alone(any_house):
    room = gathered(any_house, *["it"] * 4, "management", named=False)
    for seat in room.seats:
        room.vote(seat, "1", 2, comment="言葉")
    room.close()
    (found,) = decision_record(any_house.store, room.edition, room.item("1")).rounds
    assert [cell.role for cell in found.first] == ["it+management"]
    assert {(each.role, each.level) for each in found.comments} == {("it+management", None)}
