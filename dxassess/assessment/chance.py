"""What chance alone gives: the excess of two roles when the roles do not matter, by shuffling who belongs to which role.

Permutation test (Fisher 1935; for energy statistics Székely & Rizzo 2013). Seed and number of shufflings are fixed, so the
same votes give the same limit with one version of numpy. Floats: these are limits, not values. With three against three no
single indicator can ever exceed its limit (there are ten ways to part six people): speak of the mean over all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dxassess.assessment.agreement import Values, Votes, pooled

SHUFFLES = 1_999
SEED = 20_190_731
SHARE = 0.95
ALIKE = 1e-9
AT_ONCE = 1_000_000
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chance:
    """`limit`: the excess, in levels, that `SHARE` of the shufflings do not exceed. `p`: share of shufflings that reach
    `observed`, counted with the observed one (never 0). `exceeds`: `observed` lies above `limit`.

    `shuffled` says what was dealt anew: votes, indicator by indicator, or people with all they said.
    """

    observed: float
    limit: float
    p: float
    exceeds: bool
    shuffles: int
    shuffled: Literal["votes", "people"]


def chance_of_item(votes: Votes, values: Values, first: str, second: str) -> Chance | None:
    """The chance limit of two roles' excess on one indicator. None unless both have two votes."""
    return chance_of_mean([votes], values, first, second)


def chance_of_mean(items: Iterable[Votes], values: Values, first: str, second: str) -> Chance | None:
    """The chance limit of two roles' mean excess over the indicators where both have two votes; None without one.

    Histograms do not tell who is strict everywhere, so each indicator is shuffled by itself. Where people are strict or
    mild as persons the true limit is wider: prefer `chance_of_people` where single ballots are at hand.
    """
    generator, distances = np.random.default_rng(SEED), _distances(values)
    observed, shuffled, used = 0.0, np.zeros(SHUFFLES), 0
    for votes in items:
        one, other = (np.array(votes.get(role, [0] * len(values))) for role in (first, second))
        if min(one.sum(), other.sum()) < 2:
            continue
        both = one + other
        dealt = generator.multivariate_hypergeometric(both, int(one.sum()), size=SHUFFLES)
        observed += float(_excess(one.astype(np.float64), other.astype(np.float64), distances))
        shuffled += _excess(dealt.astype(np.float64), both - dealt, distances)
        used += 1
    return _chance(observed / used, shuffled / used, "votes") if used else None


def chance_of_furthest(votes: Votes, values: Values) -> Chance | None:
    """The chance limit of the largest excess among all pairs of roles on one indicator: the fair limit for the pair that
    was picked because it is the largest. Roles with fewer than two votes stay out; None when fewer than two roles are left.
    """
    kept = {role: histogram for role, histogram in votes.items() if sum(histogram) >= 2}
    if len(kept) < 2:
        return None
    distances, generator = _distances(values), np.random.default_rng(SEED)
    people = np.repeat(np.arange(len(values)), pooled(kept))
    dealt = generator.permuted(np.tile(people, (SHUFFLES, 1)), axis=1)
    ends = np.cumsum([sum(histogram) for histogram in kept.values()])[:-1]
    hands = [_counted(hand, len(values)) for hand in np.split(dealt, ends, axis=1)]
    found = [np.array(histogram, dtype=np.float64) for histogram in kept.values()]
    return _chance(float(_largest(found, distances)), _largest(hands, distances), "votes")


def chance_of_people(
    ballots: Sequence[tuple[str, Mapping[str, int]]], values: Values, first: str, second: str
) -> Chance | None:
    """The chance limit of two roles' mean excess over all indicators, people shuffled whole: (role, place on the scale by
    indicator) each. None unless on some indicator both roles have two votes.
    """
    ours = [ballot for ballot in ballots if ballot[0] in (first, second)]
    marks = _one_hot([said for _, said in ours], len(values))
    member = np.array([role == first for role, _ in ours], dtype=np.bool_)
    shuffled = np.random.default_rng(SEED).permuted(np.tile(member, (SHUFFLES, 1)), axis=1)
    distances = _distances(values)
    observed = _mean_excess(member[np.newaxis], marks, distances)[0]
    if np.isnan(observed):
        return None
    parts = np.array_split(shuffled, 1 + SHUFFLES * marks[:1].size // AT_ONCE)
    means = np.concatenate([_mean_excess(part, marks, distances) for part in parts])
    return _chance(float(observed), means[~np.isnan(means)], "people")


def _chance(observed: float, shuffled: Numbers, what: Literal["votes", "people"]) -> Chance:
    limit = float(np.quantile(shuffled, SHARE, method="inverted_cdf"))
    reached = int((shuffled >= observed - ALIKE).sum())
    p = (reached + 1) / (len(shuffled) + 1)
    return Chance(observed, limit, p, observed > limit + ALIKE, len(shuffled), what)


def _distances(values: Values) -> Numbers:
    points = np.array([float(value) for value in values])
    distances: Numbers = np.abs(points[:, np.newaxis] - points[np.newaxis, :])
    return distances


def _excess(a: Numbers, b: Numbers, distances: Numbers) -> Numbers:
    """Excess of histograms in the last axis; nan where one of the two has fewer than two votes."""
    n, m = a.sum(axis=-1), b.sum(axis=-1)
    across, inside = ((a @ distances) * b).sum(axis=-1), ((a @ distances) * a).sum(axis=-1)
    outside = ((b @ distances) * b).sum(axis=-1)
    enough = (n >= 2) & (m >= 2)
    n, m = np.where(enough, n, 2), np.where(enough, m, 2)
    excess = across / (n * m) - (inside / (n * (n - 1)) + outside / (m * (m - 1))) / 2
    found: Numbers = np.where(enough, excess, np.nan)
    return found


def _largest(hands: Sequence[Numbers], distances: Numbers) -> Numbers:
    return np.asarray(
        np.max([_excess(one, other, distances) for one, other in combinations(hands, 2)], axis=0)
    )


def _counted(hand: NDArray[np.int64], places: int) -> Numbers:
    return np.stack([(hand == place).sum(axis=1, dtype=np.float64) for place in range(places)], axis=1)


def _one_hot(said: Sequence[Mapping[str, int]], places: int) -> Numbers:
    indicators = sorted({indicator for each in said for indicator in each})
    marks = np.zeros((len(said), len(indicators), places))
    for row, each in enumerate(said):
        for indicator, place in each.items():
            marks[row, indicators.index(indicator), place] = 1
    return marks


def _mean_excess(members: NDArray[np.bool_], marks: Numbers, distances: Numbers) -> Numbers:
    """Mean excess over indicators for every dealing of people (a row of `members`); nan where no indicator has one."""
    people, indicators, places = marks.shape
    flat = marks.reshape(people, indicators * places)
    one = (members @ flat).reshape(len(members), indicators, places)
    found = _excess(one, marks.sum(axis=0) - one, distances)
    there = ~np.isnan(found)
    total, n = np.where(there, found, 0).sum(axis=1), there.sum(axis=1)
    means: Numbers = np.where(n > 0, total / np.maximum(n, 1), np.nan)
    return means
