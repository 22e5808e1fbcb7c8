"""Targets of earlier rounds: every item has one outcome, and the outcomes add up to the items."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.comparison import Column, comparison
from dxassess.assessment.model import Answer, State
from dxassess.assessment.scoring import current_marks, score
from dxassess.assessment.targets import OUTCOMES, aims

TREE = {"id": "all", "items": ["1", "2", "3"]}
DAY = date(2026, 7, 1)


@pytest.fixture(scope="session")
def compared(framework, make):
    """Rounds from (level or state, target) by code; the last was held on 1 July."""
    edition = framework(TREE)

    def build(*rounds):
        columns = []
        for number, said in enumerate(rounds, 1):
            answers = {}
            for code, (level, target) in said.items():
                state = level if isinstance(level, State) else State.ANSWERED
                answers[f"t.{code}"] = Answer(
                    f"t.{code}", state, None if isinstance(level, State) else level, target
                )
            day = DAY.replace(month=DAY.month - len(rounds) + number)
            held = replace(make.round(number), held_on=day)
            columns.append(Column(held, edition, answers, score(edition, current_marks(answers.values()))))
        return comparison(columns)

    return build


def outcome(found, due=None):
    return aims(found, due or {})[0].outcome


@pytest.mark.parametrize(
    ("now", "due", "expected"),
    [
        (3, None, "reached"),
        (4, DAY.replace(year=2020), "reached"),
        (2, None, "no_day"),
        (2, DAY, "missed"),
        (2, DAY.replace(day=2), "not_due"),
        (State.CANNOT_SAY, DAY, "no_level"),
        (State.OPEN, None, "no_level"),
        (State.NOT_APPLICABLE, DAY, "not_applicable"),
    ],
)
def test_a_target_is_held_against_the_level_of_the_last_round_on_its_day(compared, now, due, expected):
    found = compared({"1": (1, 3)}, {"1": (now, 5)})
    assert outcome(found, {"t.1": due} if due else {}) == expected


def test_an_items_own_day_goes_before_that_of_its_group(compared):
    found = compared({"1": (1, 3)}, {"1": (2, None)})
    assert outcome(found, {"all": DAY}) == "missed"
    assert outcome(found, {"all": DAY, "t.1": DAY.replace(day=9)}) == "not_due"


def test_the_newest_target_set_before_the_last_round_counts_and_one_that_was_lowered_says_so(compared):
    found = compared({"1": (1, 4)}, {"1": (1, 2)}, {"1": (2, 5)})
    aim = aims(found, {})[0]
    assert (aim.outcome, aim.target, aim.lowered, aim.since) == ("reached", 2, 4, found.rounds[1])
    found = compared({"1": (1, 2)}, {"1": (1, 4)}, {"1": (2, None)})
    aim = aims(found, {})[0]
    assert (aim.outcome, aim.target, aim.lowered) == ("no_day", 4, None)


def test_a_target_set_in_the_last_round_is_not_one_of_an_earlier_round(compared):
    assert outcome(compared({"1": (1, None)}, {"1": (1, 3)})) == "no_target"


@pytest.mark.parametrize(
    ("levels", "is_new"),
    [
        ((1, 3), True),
        ((3, 3), False),
        ((3, 1, 3), False),
        ((State.CANNOT_SAY, 1, 4), True),
        ((1, 2), False),
        ((1, State.OPEN), False),
    ],
)
def test_a_target_is_new_where_no_earlier_round_was_at_it(compared, levels, is_new):
    (aim, *_) = aims(compared(*({"1": (level, 3)} for level in levels)), {})
    assert aim.is_new is is_new


LEVELS = st.one_of(st.integers(0, 5), st.sampled_from([State.CANNOT_SAY, State.NOT_APPLICABLE, State.OPEN]))
SAID = st.dictionaries(
    st.sampled_from(["1", "2", "3"]), st.tuples(LEVELS, st.one_of(st.none(), st.integers(0, 5)))
)


@given(
    rounds=st.lists(SAID, min_size=2, max_size=4),
    due=st.dictionaries(st.sampled_from(["t.1", "all"]), st.dates()),
)
def test_the_outcomes_add_up_to_the_items(compared, rounds, due):
    found = aims(compared(*rounds), due)
    assert sum([aim.outcome == each for aim in found].count(True) for each in OUTCOMES) == 3
    assert all((aim.target is None) == (aim.outcome in ("no_target", "not_applicable")) for aim in found)
