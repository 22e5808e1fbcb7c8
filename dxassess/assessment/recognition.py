"""The recognition gap: how differently the roles see one organisation, indicator by indicator and over a round.

Made from histograms per role and indicator, so a closed round looks the same for ever. The organisation's one voice is not
a view and stays out. In an anonymous round `cells` are those that `anonymity.shown` lets through; a role is then a group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from dxassess.assessment.agreement import (
    Differences,
    Furthest,
    Histogram,
    RolePair,
    Values,
    Votes,
    differences,
    furthest,
    furthest_of,
    mean_level,
    pooled,
    r_wg,
    role_pairs,
)
from dxassess.assessment.anonymity import roles_of
from dxassess.assessment.histogram import Cell, Field
from dxassess.assessment.model import AGREED, Ballot
from dxassess.catalogue.model import Edition, Level

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sides:
    """Which roles lead the company and which do the work. A role in neither is on no side; so is a group of both."""

    executive: frozenset[str] = frozenset()
    field: frozenset[str] = frozenset()

    def leads(self, group: str) -> bool:
        """All roles of the group are executive."""
        return set(roles_of(group)) <= self.executive

    def works(self, group: str) -> bool:
        """All roles of the group belong to the field."""
        return set(roles_of(group)) <= self.field


@dataclass(frozen=True, slots=True)
class RoleView:
    """What one role says of one indicator: `n` levels, their mean, the lowest and the highest (None without a level)."""

    role: str
    n: int
    mean: Fraction | None
    low: Level | None
    high: Level | None
    cannot_say: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class ItemRecognition:
    """One indicator as all roles see it. `everyone` is all of them together; `votes` the histograms by role.

    `executive_minus_field`: mean of all executives' levels − mean of all of the field's, in levels; None unless both voted.
    """

    indicator: str
    votes: Votes
    roles: tuple[RoleView, ...]
    everyone: RoleView
    differences: Differences
    pairs: tuple[RolePair, ...]
    furthest: Furthest | None
    executive_minus_field: Fraction | None
    r_wg: Fraction | None


@dataclass(frozen=True, slots=True)
class PairSummary:
    """Two roles over a round, in levels. `difference` and `distance`: mean of the signed and of the absolute differences
    of means over `n` indicators; `excess`: mean over the `n_excess` indicators where both have two votes, not clipped."""

    first: str
    second: str
    n: int
    difference: Fraction
    distance: Fraction
    n_excess: int
    excess: Fraction | None


@dataclass(frozen=True, slots=True)
class RecognitionSummary:
    """A round in one line: plain means over the `n` of `m` indicators with two votes or more; None when `n` is 0.

    `mean` = `within` + `between` exactly. `due_to_roles` stands on `n_roles` indicators, `executive_minus_field` on
    `n_sides`; both keep their sign and are not clipped. `furthest` compares the roles over all indicators, by mean excess or,
    where a role has single votes, by `distance`; two roles that met on less than half of the indicators stay out of it.
    """

    n: int
    m: int
    mean: Fraction | None
    within: Fraction | None
    between: Fraction | None
    n_roles: int
    due_to_roles: Fraction | None
    n_sides: int
    executive_minus_field: Fraction | None
    pairs: tuple[PairSummary, ...]
    furthest: Furthest | None


@dataclass(frozen=True, slots=True)
class Recognition:
    """A ballot of a round: every scored indicator of the edition in its order, also those without a vote."""

    ballot: Ballot
    items: tuple[ItemRecognition, ...]
    summary: RecognitionSummary


def recognition(
    edition: Edition, cells: Iterable[Cell], ballot: Ballot, sides: Sides, subject: Field = "current"
) -> Recognition:
    """The views of one ballot, by role in the edition's order, further roles after them by name.

    ValueError for the agreed voice: it is no view.
    """
    if ballot == AGREED:
        raise ValueError(ballot)
    own = [cell for cell in cells if cell.ballot == ballot and cell.field == subject]
    known = [role.id for role in edition.head.roles]
    roles = _in_order({cell.role for cell in own}, known)
    found = {(cell.indicator, cell.role): cell for cell in own}
    items = tuple(
        _item(
            indicator.id,
            {role: found[indicator.id, role] for role in roles if (indicator.id, role) in found},
            edition.scale.values,
            sides,
        )
        for indicator in edition.scored
    )
    return Recognition(ballot, items, summary(items, roles))


def section_votes(edition: Edition, found: Recognition, section: str) -> tuple[tuple[int, ...], ...]:
    """The histograms of all votes by indicator below a section, as `reliability.alpha` takes them."""
    below = {edition.by_code[code].id for code in edition.sections[section].codes()}
    return tuple(pooled(item.votes) for item in found.items if item.indicator in below and item.votes)


def on_what(found: Recognition, first: str, second: str, k: int) -> tuple[tuple[str, RolePair], ...]:
    """The `k` indicators on which two roles' means lie furthest apart, widest first, ties in the order of the tree."""
    pairs = [
        (abs(pair.difference), item.indicator, pair)
        for item in found.items
        for pair in item.pairs
        if (pair.first, pair.second) == (first, second) and pair.difference is not None
    ]
    widest = sorted(pairs, key=lambda each: -each[0])[:k]
    return tuple((indicator, pair) for _, indicator, pair in widest)


def summary(items: Sequence[ItemRecognition], roles: Sequence[str]) -> RecognitionSummary:
    """The means over indicators. `roles` gives the order of the pairs."""
    known = [item.differences for item in items if item.differences.pairs]
    due = _there(each.due_to_roles for each in known)
    sides = _there(item.executive_minus_field for item in items)
    pairs = _pair_summaries(items, roles)
    most = max((pair.n for pair in pairs), default=0)
    return RecognitionSummary(
        len(known),
        len(items),
        _mean(_there(each.mean for each in known)),
        _mean(_there(each.within for each in known)),
        _mean(_there(each.between for each in known)),
        len(due),
        _mean(due),
        len(sides),
        _mean(sides),
        pairs,
        furthest_of((p.first, p.second, p.excess, p.distance) for p in pairs if 2 * p.n >= most),
    )


def _item(indicator: str, cells: Mapping[str, Cell], values: Values, sides: Sides) -> ItemRecognition:
    votes = {role: cell.counts for role, cell in cells.items()}
    pairs = role_pairs(votes, values)
    leading = [counts for role, counts in votes.items() if sides.leads(role)]
    working = [counts for role, counts in votes.items() if sides.works(role)]
    return ItemRecognition(
        indicator,
        votes,
        tuple(_view(role, [cell], values) for role, cell in cells.items()),
        _view("", list(cells.values()), values),
        differences(votes, values),
        pairs,
        furthest(pairs),
        _minus(_mean_of(leading, values), _mean_of(working, values)),
        r_wg(pooled(votes), values),
    )


def _view(role: str, cells: Sequence[Cell], values: Values) -> RoleView:
    counts = pooled({cell.role: cell.counts for cell in cells})
    given = [value for value, n in zip(values, counts, strict=False) if n]
    return RoleView(
        role,
        sum(counts),
        mean_level(counts, values),
        given[0] if given else None,
        given[-1] if given else None,
        sum(cell.cannot_say for cell in cells),
        sum(cell.not_applicable for cell in cells),
    )


def _pair_summaries(items: Sequence[ItemRecognition], roles: Sequence[str]) -> tuple[PairSummary, ...]:
    gathered: dict[tuple[str, str], list[RolePair]] = {pair: [] for pair in combinations(roles, 2)}
    for item in items:
        for pair in item.pairs:
            gathered[pair.first, pair.second].append(pair)
    return tuple(_there(_pair_summary(first, second, pairs) for (first, second), pairs in gathered.items()))


def _pair_summary(first: str, second: str, pairs: Sequence[RolePair]) -> PairSummary | None:
    gaps = _there(pair.difference for pair in pairs)
    mean, distance = _mean(gaps), _mean([abs(gap) for gap in gaps])
    if mean is None or distance is None:
        return None
    excesses = _there(pair.excess for pair in pairs)
    return PairSummary(first, second, len(gaps), mean, distance, len(excesses), _mean(excesses))


def _in_order(roles: Iterable[str], known: Sequence[str]) -> list[str]:
    """Roles as the edition orders them, groups by their first role, others after them by name."""
    place = {role: at for at, role in enumerate(known)}
    return sorted(roles, key=lambda role: (min(place.get(each, len(place)) for each in roles_of(role)), role))


def _mean_of(histograms: Sequence[Histogram], values: Values) -> Fraction | None:
    return mean_level([sum(column) for column in zip(*histograms, strict=True)], values)


def _minus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other


def _there(found: Iterable[T | None]) -> list[T]:
    return [each for each in found if each is not None]


def _mean(numbers: Sequence[Fraction]) -> Fraction | None:
    return sum(numbers, Fraction()) / len(numbers) if numbers else None
