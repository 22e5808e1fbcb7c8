"""Targets set in an earlier round beside the level now: reached, missed, or not due yet. Exact; each item has exactly one outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from dxassess.assessment.comparison import Comparison, ItemLine
from dxassess.assessment.model import Round, State

Outcome = Literal["reached", "missed", "not_due", "no_day", "no_level", "not_applicable", "no_target"]
OUTCOMES: tuple[Outcome, ...] = (
    *("reached", "missed", "not_due", "no_day", "no_level"),
    *("not_applicable", "no_target"),
)


@dataclass(frozen=True, slots=True)
class Aim:
    """An item's target and what became of it by the last round.

    `target` is the newest one set before the last round, in the round `since`; `due` the day the plan gives it today. `lowered`: the
    highest target of an earlier one of these rounds, where it was higher. None where there is none.

    `outcome`: `no_day`, below the target, which has no day; `no_level`, the last round has no level to hold against it.
    """

    line: ItemLine
    outcome: Outcome
    target: Fraction | None = None
    since: Round | None = None
    due: date | None = None
    lowered: Fraction | None = None

    @property
    def is_new(self) -> bool:
        """It is reached now, and was not in any earlier one of these rounds as far as they have a level."""
        if self.outcome != "reached" or self.target is None:
            return False
        return all(at.level is None or at.level < self.target for at in self.line.at[:-1])


def aims(found: Comparison, due: Mapping[str, date]) -> tuple[Aim, ...]:
    """What became of the target of every item of the last round, in its order. `due`: days by indicator id or group id; an item's own
    day goes before its group's."""
    return tuple(
        _aim(found.rounds, line, due.get(line.item.id) or due.get(line.group)) for line in found.items
    )


def _aim(rounds: Sequence[Round], line: ItemLine, due: date | None) -> Aim:
    if line.at[-1].state is State.NOT_APPLICABLE:
        return Aim(line, "not_applicable")
    known = [
        (held, at.target) for held, at in zip(rounds, line.at[:-1], strict=False) if at.target is not None
    ]
    if not known:
        return Aim(line, "no_target")
    since, target = known[-1]
    highest = max(earlier for _, earlier in known)
    lowered = highest if highest > target else None
    outcome = _outcome(line.at[-1].level, target, due, rounds[-1].held_on)
    return Aim(line, outcome, target, since, due, lowered)


def _outcome(level: Fraction | None, target: Fraction, due: date | None, today: date) -> Outcome:
    if level is None:
        return "no_level"
    if level >= target:
        return "reached"
    if due is None:
        return "no_day"
    return "missed" if due <= today else "not_due"
