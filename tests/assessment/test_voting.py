"""Which vote is open and which votes may be read, phase by phase."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dxassess.assessment.voting import NEXT, Turnout, Workshop, everyone, open_ballot, readable


def at(phase):
    return Workshop("r", phase, 1, datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.parametrize(
    ("phase", "voting", "shown"),
    [
        ("first", "first", {"agreed"}),
        ("talk", None, {"agreed", "first"}),
        ("second", "second", {"agreed", "first"}),
        ("done", None, {"agreed", "first", "second"}),
    ],
)
def test_a_vote_is_secret_while_it_is_open(phase, voting, shown):
    assert open_ballot(at(phase)) == voting
    assert readable(at(phase)) == shown
    assert voting not in readable(at(phase))


def test_without_a_workshop_no_vote_is_open_and_none_is_read():
    assert open_ballot(None) is None
    assert readable(None) == {"agreed"}


def test_the_phases_follow_one_another_and_what_was_revealed_stays_so():
    phase, passed = "first", []
    while phase is not None:
        assert not passed or readable(at(passed[-1])) <= readable(at(phase))
        passed.append(phase)
        phase = NEXT[phase]
    assert passed == ["first", "talk", "second", "done"]


def test_the_first_vote_asks_everything_the_second_what_was_reopened_and_nothing_is_asked_between():
    assert at("first").asks("1")
    assert not at("talk").asks("1")
    assert not at("done").asks("1")
    assert at("second").asks("1")
    some = replace(at("second"), asked=("1",))
    assert (some.asks("1"), some.asks("2")) == (True, False)
    assert not replace(at("second"), asked=()).asks("1")


def test_everybody_is_the_sum_of_the_roles():
    there = [Turnout("it", 4, 3, 30, 1, 2), Turnout("dx", 2, 1, 5, 1, 0)]
    total = everyone(there)
    assert (total.people, total.started, total.answers, total.finished, total.invited) == (6, 4, 35, 2, 2)
    assert (total.left, total.busy) == (4, 2)
    assert everyone([]).people == 0
