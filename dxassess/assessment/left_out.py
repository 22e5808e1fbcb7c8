"""What there is to spend, what actions lead to, and why those were left out that were not chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from dxassess.assessment.action import Action
from dxassess.assessment.scoring import exact
from dxassess.catalogue.model import Edition


@dataclass(frozen=True, slots=True)
class Limits:
    """What there is: yen of the first year, person-days, the day by which everything is done; None: no limit.

    `running`: actions that are under way go on in any case.
    """

    yen: int | None = None
    days: Decimal | None = None
    by: date | None = None
    running: bool = False


Why = Literal["late", "no_effect", "needs", "excluded", "yen", "days", "less"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An action that was not chosen and why; `because` is the action it waits for or that stands against it."""

    action: Action
    why: Why
    because: Action | None = None


def lifted(
    edition: Edition, currents: Mapping[str, Fraction], actions: Iterable[Action]
) -> dict[str, Fraction]:
    """The levels after these actions, by indicator id: what they add up to, up to the top of the scale."""
    top = exact(edition.scale.values[-1])
    added: dict[str, Fraction] = {}
    for action in actions:
        for indicator, lift in action.lifts.items():
            added[indicator] = added.get(indicator, Fraction()) + Fraction(lift)
    return {one: min(top, level + added[one]) if one in added else level for one, level in currents.items()}


def is_late(action: Action, limits: Limits) -> bool:
    """Whether an action is due after the day by which everything is to be done."""
    return limits.by is not None and action.due is not None and action.due > limits.by


def left_out(
    edition: Edition,
    currents: Mapping[str, Fraction],
    actions: Sequence[Action],
    chosen: Sequence[Action],
    done: Sequence[Action],
    limits: Limits,
) -> Iterable[LeftOut]:
    """Those of the open `actions` that are not `chosen`, each with why. Who needs more than there is is told the limit, not the need."""
    known = {action.id: action for action in actions}
    taken = {action.id for action in (*chosen, *done)}
    for action in actions:
        if action.id in taken:
            continue
        missing = next((need for need in sorted(action.needs - taken)), None)
        against = next((one for one in (*chosen, *done) if _exclude(one, action)), None)
        if is_late(action, limits):
            yield LeftOut(action, "late")
        elif against:
            yield LeftOut(action, "excluded", against)
        elif lifted(edition, currents, [*chosen, action]) == lifted(edition, currents, chosen):
            yield LeftOut(action, "no_effect")
        elif missing is not None:
            why = _beyond([action, *_needed(action, known, taken)], chosen, limits)
            yield LeftOut(action, "needs", known.get(missing)) if why == "less" else LeftOut(action, why)
        else:
            yield LeftOut(action, _beyond([action], chosen, limits))


def _needed(action: Action, known: Mapping[str, Action], taken: Set[str]) -> list[Action]:
    """What an action needs that is not taken, and what that needs, each once."""
    found: dict[str, Action] = {}
    waiting = [action]
    while waiting:
        for need in waiting.pop().needs - taken - found.keys():
            if need in known:
                found[need] = known[need]
                waiting.append(known[need])
    return list(found.values())


def _exclude(one: Action, other: Action) -> bool:
    return one.id in other.excludes or other.id in one.excludes


def _beyond(more: Sequence[Action], chosen: Sequence[Action], limits: Limits) -> Why:
    """Which limit these would break beside those chosen; `less` where none."""
    if limits.yen is not None and sum(each.first_year for each in (*chosen, *more)) > limits.yen:
        return "yen"
    days = sum((each.effort or Decimal() for each in (*chosen, *more)), Decimal())
    if limits.days is not None and days > limits.days:
        return "days"
    return "less"
