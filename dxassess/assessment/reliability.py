"""Krippendorff's alpha over several indicators: do people tell the indicators apart in the same way?

Its trap: when all indicators stand at similar levels alpha falls to about 0 though people agree; so it is never shown alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import krippendorff
import numpy as np
from numpy.typing import NDArray

from dxassess.assessment.agreement import Histogram

RESAMPLES = 1_000
SEED = 20_190_731
CONFIDENCE = 0.95
LEAST_ITEMS = 2
LEAST_ITEMS_FOR_INTERVAL = 5
LEAST_DEFINED = 0.95


class Reliability(StrEnum):
    """What can be said: a number; everyone gave one and the same level everywhere; too few votes to say anything."""

    MEASURED = "measured"
    EVERYONE_AGREES = "everyone_agrees"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Alpha:
    """`value`: 1 full agreement, 0 as by chance, negative when people disagree in a system; None unless measured.

    `low`, `high`: 95 % percentile interval from resampled indicators, None when it cannot be made. `items` have two votes
    or more and hold `votes` votes; only these count. Of `resamples`, `undefined` gave no alpha and stay out.
    """

    state: Reliability
    value: float | None
    low: float | None
    high: float | None
    items: int
    votes: int
    resamples: int
    undefined: int


def alpha(histograms: Iterable[Histogram]) -> Alpha:
    """Ordinal alpha from one histogram of all votes per indicator; levels count by their order only.

    1 − D_o / D_e, the observed over the expected disagreement, with Krippendorff's ordinal metric. K. Krippendorff 2004,
    Content Analysis, chapter 11; 2011, Computing Krippendorff's Alpha-Reliability. Computed by the `krippendorff` package.

    Interval: indicators are drawn with replacement `RESAMPLES` times with a fixed seed (Zapf et al. 2016, BMC Med. Res.
    Methodol. 16:93). A draw in which everybody agrees everywhere has no alpha: it is counted and left out; when more than
    5 % of the draws are so, there are fewer than five indicators (not enough different draws), or all draws give the same
    value, there is no interval.
    """
    counts = [histogram for histogram in histograms if sum(histogram) >= 2]
    votes = sum(map(sum, counts))
    if len(counts) < LEAST_ITEMS:
        return Alpha(Reliability.TOO_FEW, None, None, None, len(counts), votes, 0, 0)
    table = np.array(counts, dtype=np.int64)
    if _same_everywhere(table):
        return Alpha(Reliability.EVERYONE_AGREES, None, None, None, len(counts), votes, 0, 0)
    drawn = _resampled(table) if len(counts) >= LEAST_ITEMS_FOR_INTERVAL else []
    undefined = drawn.count(None)
    low, high = _interval([value for value in drawn if value is not None], len(drawn))
    return Alpha(Reliability.MEASURED, _alpha(table), low, high, len(counts), votes, len(drawn), undefined)


def _same_everywhere(table: NDArray[np.int64]) -> bool:
    return bool((table.sum(axis=0) > 0).sum() == 1)


def _alpha(table: NDArray[np.int64]) -> float:
    return float(krippendorff.alpha(value_counts=table, level_of_measurement="ordinal"))


def _resampled(table: NDArray[np.int64]) -> list[float | None]:
    generator, n = np.random.default_rng(SEED), len(table)
    draws = (table[rows] for rows in generator.integers(0, n, size=(RESAMPLES, n)))
    return [None if _same_everywhere(draw) else _alpha(draw) for draw in draws]


def _interval(values: list[float], drawn: int) -> tuple[float | None, float | None]:
    if not drawn or len(values) < LEAST_DEFINED * drawn:
        return None, None
    if min(values) == max(values):
        return None, None
    low, high = np.quantile(values, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)
