"""Where the actions that are planned or under way lead: over the same items as today and the targets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dxassess.assessment.action import Action, Status
from dxassess.assessment.model import Answer, State
from dxassess.usecases.outlook import outlook, still_to_go

ANSWERS = {
    "tiny.1": Answer("tiny.1", State.ANSWERED, 1, target=3),
    "tiny.2": Answer("tiny.2", State.ANSWERED, 2),
    "tiny.2-1": Answer("tiny.2-1", State.CANNOT_SAY, target=3),
}


def act(status, **lifts):
    return Action("x", "tiny", {f"tiny.{one}": Decimal(lift) for one, lift in lifts.items()}, status)


def test_only_what_is_planned_or_under_way_counts_and_a_level_ends_at_the_top(tiny):
    actions = [
        act(Status.PLANNED, **{"1": "0.5"}),
        act(Status.DOING, **{"2": "5", "2-1": "1"}),
        act(Status.IDEA, **{"1": "1"}),
        act(Status.DONE, **{"1": "1"}),
    ]
    found = outlook(tiny, ANSWERS, actions)
    assert (found.actions, found.items) == (2, 2)
    assert found.levels == {"tiny.1": Fraction(3, 2), "tiny.2": 3}
    assert found.touched == {"tiny.1", "tiny.2"}


def test_all_three_means_stand_on_the_items_that_have_a_level(tiny):
    whole = outlook(tiny, ANSWERS, [act(Status.PLANNED, **{"1": "1"})]).whole
    assert (whole.now, whole.then, whole.target) == (Fraction(3, 2), 2, Fraction(5, 2))


def test_what_is_left_to_a_target():
    assert still_to_go(Fraction(3, 2), 3) == Fraction(3, 2)
    assert still_to_go(Fraction(4), 3) == 0
    assert still_to_go(Fraction(1), None) == 0
