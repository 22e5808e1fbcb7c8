"""How far apart people see one indicator, in levels. Everything is exact and comes from histograms per role.

A histogram counts votes by place on the scale; whoever gave no level is in none, so blanks drop out. A difference of two
people is the distance of their levels: 0 up to the length of the scale (5 on 0–5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from math import comb
from typing import Literal

from dxassess.assessment.scoring import exact
from dxassess.catalogue.model import Level

Histogram = Sequence[int]
Votes = Mapping[str, Histogram]
Values = Sequence[Level]


@dataclass(frozen=True, slots=True)
class Differences:
    """The mean pairwise difference of one indicator and its two exact splits. In levels; None where there is no pair.

    `mean`: two people picked at random differ by so much (Gini's mean difference, C. Gini 1912; unbiased from 2 votes).

    By pairs: `mean` = `within` + `between`. `within` is what pairs inside a role add, `between` what pairs across roles
    add: each the mean over its own pairs (`within_mean`, `between_mean`) times its share of all pairs. `between` is large
    wherever there are many roles, even when they see alike; it says between whom the differences lie, not why.

    By cause: `mean` = `inside_roles` + `due_to_roles`. `inside_roles` is the mean difference inside a role, roles weighted
    by people; `due_to_roles` the excess of every two roles times its share of pairs (an energy or Cramér distance: Székely
    & Rizzo 2013, J. Stat. Plan. Inference 143:1249). It is 0 on average when roles do not matter, so it can be a little
    negative and is not clipped. Both are None while one role has a single vote: its inside cannot be known.
    """

    votes: int
    pairs: int
    mean: Fraction | None
    within_pairs: int
    within: Fraction | None
    within_mean: Fraction | None
    between_pairs: int
    between: Fraction | None
    between_mean: Fraction | None
    inside_roles: Fraction | None
    due_to_roles: Fraction | None


@dataclass(frozen=True, slots=True)
class RolePair:
    """Two roles on one indicator. In levels; None where votes are missing.

    `across`: mean difference between a member of the one and a member of the other (a vote each). `within`: mean of the
    two roles' mean differences inside (two votes each). `excess` = `across` − `within`: the part due to the role, 0 on
    average when the two see alike, not clipped. `difference`: mean of `first` − mean of `second`, for the direction.
    """

    first: str
    second: str
    votes: tuple[int, int]
    across: Fraction | None
    within: Fraction | None
    excess: Fraction | None
    difference: Fraction | None


@dataclass(frozen=True, slots=True)
class Furthest:
    """The two roles that see something most differently, and by which measure: `amount` in levels, signed as measured.

    `by` is `excess` when every two roles that can be compared have one; otherwise (a role has a single vote) all are
    compared by the size of `difference`, so that one measure ranks them all.
    """

    first: str
    second: str
    by: Literal["excess", "difference"]
    amount: Fraction


def pooled(votes: Votes) -> tuple[int, ...]:
    """The histogram of all roles together."""
    return tuple(sum(column) for column in zip(*votes.values(), strict=True))


def mean_level(histogram: Histogram, values: Values) -> Fraction | None:
    """Mean of the levels given; None without votes."""
    votes = sum(histogram)
    return _sum(histogram, values) / votes if votes else None


def mean_difference(histogram: Histogram, values: Values) -> Fraction | None:
    """Mean of |a − b| over all pairs of votes, in levels; None below two votes."""
    pairs = comb(sum(histogram), 2)
    return _inside(histogram, values) / pairs if pairs else None


def differences(votes: Votes, values: Values) -> Differences:
    """The mean pairwise difference over all votes of an indicator, split by role. `values` are the scale's, ascending."""
    together = pooled(votes)
    n = sum(together)
    within_pairs = sum(comb(sum(histogram), 2) for histogram in votes.values())
    pairs, between_pairs = comb(n, 2), comb(n, 2) - within_pairs
    total = _inside(together, values)
    inside = sum((_inside(histogram, values) for histogram in votes.values()), Fraction())
    own = _inside_roles(votes, values)
    mean = total / pairs if pairs else None
    return Differences(
        n,
        pairs,
        mean,
        within_pairs,
        inside / pairs if pairs else None,
        inside / within_pairs if within_pairs else None,
        between_pairs,
        (total - inside) / pairs if pairs else None,
        (total - inside) / between_pairs if between_pairs else None,
        own,
        mean - own if mean is not None and own is not None else None,
    )


def role_pair(votes: Votes, values: Values, first: str, second: str) -> RolePair:
    """How far two roles of `votes` are from one another."""
    one, other = votes[first], votes[second]
    pairs = sum(one) * sum(other)
    insides = mean_difference(one, values), mean_difference(other, values)
    means = mean_level(one, values), mean_level(other, values)
    across = _across(one, other, values) / pairs if pairs else None
    within = _half_sum(*insides)
    return RolePair(
        first,
        second,
        (sum(one), sum(other)),
        across,
        within,
        across - within if across is not None and within is not None else None,
        means[0] - means[1] if means[0] is not None and means[1] is not None else None,
    )


def role_pairs(votes: Votes, values: Values) -> tuple[RolePair, ...]:
    """Every two roles of `votes`, in the order of its keys."""
    return tuple(role_pair(votes, values, first, second) for first, second in combinations(votes, 2))


def furthest(pairs: Iterable[RolePair]) -> Furthest | None:
    """The two roles furthest apart on an indicator; None without two roles that voted. Of equals the first."""
    return furthest_of((pair.first, pair.second, pair.excess, pair.difference) for pair in pairs)


def furthest_of(
    pairs: Iterable[tuple[str, str, Fraction | None, Fraction | None]],
) -> Furthest | None:
    """The same for (first, second, excess, difference) from anywhere, such as means over a whole round."""
    known = [(first, second, excess, gap) for first, second, excess, gap in pairs if gap is not None]
    excesses = [(excess, first, second) for first, second, excess, _ in known if excess is not None]
    if excesses and len(excesses) == len(known):
        amount, first, second = max(excesses, key=lambda each: each[0])
        return Furthest(first, second, "excess", amount)
    if not known:
        return None
    first, second, _, gap = max(known, key=lambda each: abs(each[3]))
    return Furthest(first, second, "difference", gap)


def r_wg(histogram: Histogram, values: Values) -> Fraction | None:
    """Agreement within a group on one item: 1 − s² / σ²_E; 1 full agreement, 0 as good as random, negative worse than that.

    s² is the sample variance (n − 1) of the votes, σ²_E the variance when every level is equally likely: (A² − 1) / 12 for
    A levels one apart (35/12 for 0–5). Never clipped. None below two votes, or on a scale of one level.
    James, Demaree & Wolf 1984, J. Applied Psychology 69:85–98.
    """
    n = sum(histogram)
    random = _sum_of_squares([1] * len(values), values) / len(values)
    if n < 2 or not random:
        return None
    return 1 - _sum_of_squares(histogram, values) / (n - 1) / random


def _sum(histogram: Histogram, values: Values) -> Fraction:
    return sum((n * exact(v) for n, v in zip(histogram, values, strict=True)), Fraction())


def _half_sum(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else (one + other) / 2


def _inside(histogram: Histogram, values: Values) -> Fraction:
    """Sum of |a − b| over all pairs: between two neighbouring levels lie all pairs with one vote below and one above."""
    below, total, n = 0, Fraction(), sum(histogram)
    for votes, (low, high) in zip(histogram, pairwise(values), strict=False):
        below += votes
        total += below * (n - below) * (exact(high) - exact(low))
    return total


def _across(one: Histogram, other: Histogram, values: Values) -> Fraction:
    """Sum of |a − b| over all pairs of a vote of `one` and a vote of `other`."""
    both = [a + b for a, b in zip(one, other, strict=True)]
    return _inside(both, values) - _inside(one, values) - _inside(other, values)


def _inside_roles(votes: Votes, values: Values) -> Fraction | None:
    voted = [histogram for histogram in votes.values() if sum(histogram)]
    if not voted or any(sum(histogram) == 1 for histogram in voted):
        return None
    people = sum(map(sum, voted))
    shares = (_inside(each, values) * sum(each) / comb(sum(each), 2) for each in voted)
    return sum(shares, Fraction()) / people


def _sum_of_squares(histogram: Histogram, values: Values) -> Fraction:
    """Sum of the squared distances from the mean; `histogram` is not empty of votes."""
    mean = mean_level(histogram, values) or Fraction()
    return sum((n * (exact(v) - mean) ** 2 for n, v in zip(histogram, values, strict=True)), Fraction())
