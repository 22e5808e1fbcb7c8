"""Who is drawn among whom when raters are re-sampled: people of one role, and apart those who voted in both rounds and in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dxassess.assessment.names import folded

Kind = Literal["both", "before", "after"]


@dataclass(frozen=True, slots=True)
class Rater:
    """One person of a named round: the levels given, by indicator id."""

    name: str
    role: str
    levels: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Unit:
    """Somebody who is drawn, with what they said in each of two rounds; None where they did not vote."""

    role: str
    before: Rater | None
    after: Rater | None

    @property
    def kind(self) -> Kind:
        """In which of the rounds they voted."""
        if self.before is None:
            return "after"
        return "both" if self.after is not None else "before"


def units(before: Sequence[Rater], after: Sequence[Rater]) -> tuple[Unit, ...]:
    """The people of two rounds; one unit for who voted in both, known by a name and role nobody else of either round has.

    A single such person stays two: there is nobody to draw them among.
    """
    earlier, later = _by_name(before), _by_name(after)
    both = [key for key in earlier if key in later]
    if len(both) < 2:
        both = []
    pairs = [Unit(earlier[key].role, earlier[key], later[key]) for key in both]
    met = {id(rater) for key in both for rater in (earlier[key], later[key])}
    left = [Unit(rater.role, rater, None) for rater in before if id(rater) not in met]
    come = [Unit(rater.role, None, rater) for rater in after if id(rater) not in met]
    return (*pairs, *left, *come)


def strata(people: Sequence[Unit]) -> tuple[tuple[int, ...], ...]:
    """The units by number, in groups of two or more: those of one role and kind.

    Who is alone joins the smallest group of the same kind, else people who voted in both rounds, of the own role if there are any.
    One group of one is left only where there is nobody to join.
    """
    groups: dict[tuple[Kind, str], list[int]] = {}
    for number, unit in enumerate(people):
        groups.setdefault((unit.kind, unit.role), []).append(number)
    while alone := next(
        (key for key, group in groups.items() if len(group) < 2 and _near(groups, key)), None
    ):
        home = min(_near(groups, alone), key=lambda key: len(groups[key]))
        groups[home] = sorted((*groups[home], *groups.pop(alone)))
    return tuple(map(tuple, groups.values()))


def _near(
    groups: Mapping[tuple[Kind, str], Sequence[int]], alone: tuple[Kind, str]
) -> list[tuple[Kind, str]]:
    """The groups a single person may join, the nearest ones only."""
    kind, role = alone
    others = [key for key in groups if key != alone]
    same = [key for key in others if key[0] == kind]
    both = [key for key in others if key[0] == "both"]
    return same or [key for key in both if key[1] == role] or both


def _by_name(raters: Sequence[Rater]) -> dict[tuple[str, str], Rater]:
    keys = [(folded(rater.name), rater.role) for rater in raters]
    often = Counter(keys)
    return {key: rater for key, rater in zip(keys, raters, strict=True) if key[0] and often[key] == 1}
