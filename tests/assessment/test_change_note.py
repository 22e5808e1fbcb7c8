"""The change note: facts with a number each, in a fixed order, and nothing where there is no number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from types import SimpleNamespace

import pytest

from dxassess.assessment.account import done_between
from dxassess.assessment.action import Action, Status
from dxassess.assessment.change_note import (
    Answered,
    Finished,
    KeysAtLowest,
    Largest,
    LikeForLike,
    Reopened,
    Target,
    Told,
    Value,
    WithinNoise,
    change_note,
)
from dxassess.assessment.model import Event, State
from dxassess.assessment.movement import Side, movement
from dxassess.assessment.scoring import score
from dxassess.catalogue.model import Edition

CODES = ["1", "2", "3", "4", "5", "6", "7", "8"]


@pytest.fixture(scope="module")
def eight(framework: Callable[..., Edition]) -> Edition:
    return framework({"id": "all", "items": CODES})


@pytest.fixture
def noted(make: SimpleNamespace) -> Callable[..., list]:
    def build(edition, before, after, targets=None, actions=(), reopened=(), noise=None):
        marks = [
            {f"t.{code}": [mark] for code, mark in said.items()}
            for said in (before or {}, after, targets or {})
        ]
        then, now, aims = (score(edition, each) for each in marks)
        way = movement(Side(edition, then), Side(edition, now), "all") if before is not None else None
        return list(
            change_note(Told(make.round(2), edition, now, aims), "all", way, actions, reopened, noise)
        )

    return build


def of(facts, kind):
    return next((fact for fact in facts if isinstance(fact, kind)), None)


def test_the_first_round_has_its_value_and_its_target_alone(eight, noted) -> None:
    facts = noted(eight, None, {"1": 2, "2": 1}, {"1": 3, "3": 3})
    assert [type(fact) for fact in facts] == [Value, Target]
    assert (facts[0].before, facts[0].change, facts[0].after.value) == (None, None, Fraction(3, 2))
    assert facts[1] == Target(Fraction(3), Fraction(1), 1, 8)


def test_without_a_value_nothing_is_said(eight, noted) -> None:
    assert noted(eight, {"1": 1}, {"1": State.CANNOT_SAY}, {"1": 3}) == []


def test_a_round_that_has_nothing_in_common_is_only_named_by_its_value(eight, noted) -> None:
    facts = noted(eight, {"1": 1}, {"2": 3})
    assert [type(fact) for fact in facts] == [Value]
    assert (facts[0].change, facts[0].why_not) == (2, "common")


def test_the_largest_rises_and_falls_are_named_and_ties_are_counted(eight, noted) -> None:
    before = dict.fromkeys(CODES, 2)
    after = {"1": 3, "2": 5, "3": 3, "4": 3, "5": 3, "6": 0, "7": 2, "8": 2}
    facts = noted(eight, before, after)
    rose, fell = (fact for fact in facts if isinstance(fact, Largest))
    assert (rose.rose, [(item.code, change) for item, change in rose.moved], rose.tied) == (
        True,
        [("2", 3), ("1", 1), ("3", 1)],
        2,
    )
    assert (fell.rose, [(item.code, change) for item, change in fell.moved], fell.tied) == (
        False,
        [("6", -2)],
        0,
    )
    assert of(facts, LikeForLike) == LikeForLike(Fraction(5, 8), 8, 6)
    assert of(facts, Answered) is None


def test_what_came_and_what_left_is_counted_with_what_it_did(eight, noted) -> None:
    facts = noted(eight, {"1": 2, "2": 4, "3": State.NOT_APPLICABLE}, {"1": 2, "3": 0, "4": 4})
    found = of(facts, Answered)
    assert [item.code for item in found.came] == ["4", "3"]
    assert [item.code for item in found.left] == ["2"]
    assert found.change == -1
    assert of(facts, Largest) is None


def test_a_target_that_is_reached_has_nothing_missing(eight, noted) -> None:
    assert of(noted(eight, None, {"1": 3}, {"1": 2}), Target).missing == -1


def test_the_distance_to_the_target_is_over_items_that_have_both(eight, noted) -> None:
    """Today 2 and 1, targets 3 and 3 for these, and a target of 5 for an item that has no level: 3 − 1.5, not 11/3 − 1.5."""
    found = of(noted(eight, None, {"1": 2, "2": 1}, {"1": 3, "2": 3, "3": 5}), Target)
    assert found == Target(Fraction(3), Fraction(3, 2), 2, 8)
    assert of(noted(eight, None, {"1": 2}, {"3": 5}), Target) is None


def test_what_is_noise_follows_what_moved(eight, noted) -> None:
    said = WithinNoise(1, 2)
    facts = noted(eight, {"1": 1}, {"1": 2}, noise=said)
    assert [type(fact) for fact in facts[:4]] == [Value, LikeForLike, WithinNoise, Largest]
    assert of(noted(eight, {"1": 1}, {"2": 3}, noise=said), WithinNoise) is None


def test_key_questions_at_the_lowest_level_are_named_where_there_are_subs(framework, noted) -> None:
    tree = {"id": "all", "items": ["1", "1-1", "2"]}
    plain = framework(tree)
    edition = plain.model_copy(
        update={
            "indicators": {
                known: one.model_copy(update={"kind": "sub", "parent": "t.1"}) if one.code == "1-1" else one
                for known, one in plain.indicators.items()
            }
        }
    )
    edition = type(edition).model_validate(edition.model_dump())
    said = {"1": 0, "1-1": 0, "2": 1}
    found = of(noted(edition, None, said), KeysAtLowest)
    assert (found.level, [key.code for key in found.keys]) == (0, ["1"])
    assert of(noted(plain, None, said), KeysAtLowest) is None
    assert of(noted(edition, None, {"1": 1}), KeysAtLowest) is None


def test_actions_and_reopened_rounds_stand_last(eight, noted, make) -> None:
    action = Action("研修", "t", status=Status.DONE, finished=date(2026, 5, 1))
    event = Event(1, "round_reopened", "r", "山田", datetime(2026, 5, 1, tzinfo=UTC), {"reason": "直す"})
    again = Reopened(make.round(1), 1, event)
    facts = noted(eight, None, {"1": 1}, actions=[action], reopened=[again])
    assert facts[1:] == [Finished((action,)), again]


def test_only_actions_done_between_the_two_days_count(make) -> None:
    before, after = (
        replace(make.round(1), held_on=date(2026, 4, 1)),
        replace(make.round(2), held_on=date(2026, 7, 1)),
    )
    done = {
        name: Action(name, "t", status=Status.DONE, finished=day, number=number)
        for number, (name, day) in enumerate(
            [
                ("on the first day", date(2026, 4, 1)),
                ("last", date(2026, 7, 1)),
                ("between", date(2026, 5, 1)),
                ("later", date(2026, 7, 2)),
            ]
        )
    }
    others = [
        Action("open", "t", status=Status.DOING),
        Action("no day", "t", status=Status.DONE),
        Action("elsewhere", "u", status=Status.DONE, finished=date(2026, 5, 1)),
    ]
    found = done_between([*done.values(), *others], "t", before.held_on, after.held_on)
    assert [action.title for _, action in found] == ["between", "last"]
