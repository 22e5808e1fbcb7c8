"""Whether the indicators that actions were to raise moved more, between two rounds, than the others. It tells no cause: what was
chosen to be raised differs from the rest in more than the action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dxassess.assessment.account import done_on
from dxassess.assessment.action import Action

FEW = 5
"""Fewer indicators than this on a side say little."""


@dataclass(frozen=True, slots=True)
class Side:
    """`n` indicators with a level in both rounds, and by how many levels they moved on average; None for no indicator."""

    n: int
    mean: Fraction | None

    @property
    def is_few(self) -> bool:
        """Too few to read anything into."""
        return self.n < FEW


@dataclass(frozen=True, slots=True)
class Touched:
    """The indicators that `actions` done between the rounds were to raise, beside the others."""

    touched: Side
    untouched: Side
    actions: tuple[Action, ...]

    @property
    def difference(self) -> Fraction | None:
        """How much more the touched ones moved; None where a side has none."""
        if self.touched.mean is None or self.untouched.mean is None:
            return None
        return self.touched.mean - self.untouched.mean


def compared(
    before: Mapping[str, Fraction],
    after: Mapping[str, Fraction],
    actions: Iterable[Action],
    since: date,
    until: date,
) -> Touched:
    """`before` and `after`: levels by indicator in two rounds of one edition, held on `since` and `until`.

    Only indicators with a level in both count. An action counts when it was done after `since`, up to `until`.
    """
    done = tuple(
        action for action in actions if (day := done_on(action)) is not None and since < day <= until
    )
    raised = {indicator for action in done for indicator in action.lifts}
    moved = {one: after[one] - before[one] for one in before if one in after}
    return Touched(
        _side([change for one, change in moved.items() if one in raised]),
        _side([change for one, change in moved.items() if one not in raised]),
        tuple(action for action in done if any(one in moved for one in action.lifts)),
    )


def _side(changes: list[Fraction]) -> Side:
    return Side(len(changes), sum(changes, Fraction()) / len(changes) if changes else None)
