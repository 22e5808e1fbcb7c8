"""Who answered: how much of an item's change is people changing their mind, and how much is other people answering.

The decomposition of a difference between two means over groups, exact: E. M. Kitagawa, “Components of a difference between
two rates”, Journal of the American Statistical Association 50 (1955), 1168–1194. A group is a person where both rounds know
their people by name and share at least one name, else a role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dxassess.assessment.anonymity import roles_of
from dxassess.assessment.histogram import Cell
from dxassess.assessment.names import folded
from dxassess.assessment.scoring import exact
from dxassess.catalogue.model import Level, Scale

By = Literal["person", "role"]
Group = tuple[str, str]
"""(folded name, "") for a person, ("", role) for a role."""


@dataclass(frozen=True, slots=True)
class Tally:
    """`n` levels that add up to `total`."""

    n: int
    total: Fraction

    @property
    def mean(self) -> Fraction:
        """The mean of the levels; there is at least one."""
        return self.total / self.n


Tallies = Mapping[Group, Tally]


@dataclass(frozen=True, slots=True)
class Voices:
    """The levels several people gave, by indicator id and group.

    `persons` is None where nobody may be told from the others. An indicator whose roles are shown together only is missing
    from `roles`.
    """

    roles: Mapping[str, Tallies]
    persons: Mapping[str, Tallies] | None = None

    @property
    def names(self) -> frozenset[str]:
        """The folded names of those who gave a level anywhere."""
        found = (self.persons or {}).values()
        return frozenset(name for tallies in found for name, _ in tallies if name)


def named_voices(votes: Iterable[tuple[str, str, str, Level]]) -> Voices:
    """From votes of a round whose people are known, each as (indicator id, name, role, level). Who has no name counts with the role."""
    roles: dict[str, dict[Group, Tally]] = {}
    persons: dict[str, dict[Group, Tally]] = {}
    for indicator, name, role, level in votes:
        known = folded(name)
        _add(roles.setdefault(indicator, {}), ("", role), level)
        _add(persons.setdefault(indicator, {}), (known, "") if known else ("", role), level)
    return Voices(roles, persons)


def shown_voices(cells: Iterable[Cell], scale: Scale) -> Voices:
    """From what may be seen of an anonymous round's votes (cells of one ballot, as `revealed` gives them)."""
    roles: dict[str, dict[Group, Tally]] = {}
    merged: set[str] = set()
    for cell in cells:
        if cell.field != "current":
            continue
        if len(roles_of(cell.role)) > 1:
            merged.add(cell.indicator)
        total = sum(
            (n * exact(level) for n, level in zip(cell.counts, scale.values, strict=True)), Fraction()
        )
        if any(cell.counts):
            roles.setdefault(cell.indicator, {})["", cell.role] = Tally(sum(cell.counts), total)
    return Voices({indicator: found for indicator, found in roles.items() if indicator not in merged})


def told_by(before: Voices, after: Voices) -> By:
    """By what the groups of two rounds are told apart."""
    return "person" if before.names & after.names else "role"


def tallies(voices: Voices, by: By, indicator: str) -> Tallies | None:
    """The groups behind an indicator; None where they cannot be told apart, or nobody gave a level."""
    known = voices.roles if by == "role" or voices.persons is None else voices.persons
    return known.get(indicator)


def parted(before: Tallies, after: Tallies) -> tuple[Fraction, Fraction]:
    """(changed minds, who answered) of the change of an indicator's mean; the two add up to it exactly. Neither side is empty.

    Among the groups that are in both: the change inside each at its mean share, and the change of shares at the mean level.
    Who answered is the latter, together with what leaving and joining groups moved the mean by. With no group in both it is all.
    """
    both = sorted(before.keys() & after.keys())
    change = _whole(after.values()).mean - _whole(before.values()).mean
    if not both:
        return Fraction(), change
    then, now = [before[group] for group in both], [after[group] for group in both]
    people_then, people_now = sum(one.n for one in then), sum(one.n for one in now)
    minds = sum(
        (
            (Fraction(old.n, people_then) + Fraction(new.n, people_now)) * (new.mean - old.mean)
            for old, new in zip(then, now, strict=True)
        ),
        Fraction(),
    )
    return minds / 2, change - minds / 2


def people_in_both(before: Tallies, after: Tallies) -> int:
    """How many people are behind the groups in both; 0 where some of these are not single people."""
    both = before.keys() & after.keys()
    return len(both) if all(name for name, _ in both) else 0


def _whole(found: Iterable[Tally]) -> Tally:
    known = list(found)
    return Tally(sum(one.n for one in known), sum((one.total for one in known), Fraction()))


def _add(groups: dict[Group, Tally], group: Group, level: Level) -> None:
    so_far = groups.get(group, Tally(0, Fraction()))
    groups[group] = Tally(so_far.n + 1, so_far.total + exact(level))
