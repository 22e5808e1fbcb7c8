"""Where the actions that are planned or under way lead if they work as expected: of the whole, of each group and indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.action import UNDER_WAY, Action
from dxassess.assessment.model import Answer
from dxassess.assessment.path import currents_of, lifted
from dxassess.assessment.scoring import exact, score
from dxassess.catalogue.model import Edition, Level, Section


@dataclass(frozen=True, slots=True)
class Step:
    """What a plan does to a section: its value now, then, and by the targets; None where there is none."""

    section: Section
    now: Fraction | None
    then: Fraction | None
    target: Fraction | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the `actions` that are planned or under way lead to. `levels` by indicator id; `touched` those they raise; `whole` the
    edition's first average over the `items` that have a level."""

    actions: int
    levels: Mapping[str, Fraction]
    touched: frozenset[str]
    whole: Step
    items: int


def outlook(edition: Edition, answers: Mapping[str, Answer], actions: Iterable[Action]) -> Outlook:
    """From these answers, with those of the actions that are planned or under way."""
    chosen = [action for action in actions if action.status in UNDER_WAY]
    currents = currents_of(answers)
    levels = lifted(edition, currents, chosen)
    touched = frozenset(one for action in chosen for one in action.lifts if one in currents)
    return Outlook(len(chosen), levels, touched, next(steps_of(edition, answers, levels)), len(currents))


def steps_of(
    edition: Edition, answers: Mapping[str, Answer], levels: Mapping[str, Fraction]
) -> Iterator[Step]:
    """The first average, then each group: today, with these `levels`, and by the targets.

    All three over the same items, those that have a level; one without a target stays where it is.
    """
    currents = currents_of(answers)
    targets = {
        one: level if (aim := answers[one].target) is None else exact(aim) for one, level in currents.items()
    }
    now, then, aimed = (
        score(edition, {one: [level] for one, level in each.items()}) for each in (currents, levels, targets)
    )
    for section in dict.fromkeys([edition.head.averages[0], *edition.head.groups]):
        yield Step(edition.sections[section], now[section].value, then[section].value, aimed[section].value)


def still_to_go(level: Fraction, target: Level | None) -> Fraction:
    """How many levels are left to a target; nothing where it is reached, or where there is none."""
    return Fraction() if target is None else max(Fraction(), exact(target) - level)
