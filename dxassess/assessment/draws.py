"""Drawing raters with replacement, all draws at once: a row per draw. The rule and its sources stand in `resampling`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dxassess.assessment.agreement import Values, Votes
from dxassess.assessment.scoring import exact
from dxassess.assessment.strata import Rater, Unit, strata
from dxassess.catalogue.model import Edition, Section

DRAWS = 1_000
LEAST = 1e-9
Numbers = NDArray[np.float64]


def weighted(people: Sequence[Unit], generator: np.random.Generator) -> Numbers:
    """How much each person (columns) counts in each draw (rows)."""
    weights = np.ones((DRAWS, len(people)))
    for group in strata(people):
        n = len(group)
        weights[:, list(group)] = generator.multinomial(n - 1, [1 / n] * n, size=DRAWS) * (n / (n - 1))
    return weights


def of_people(raters: Sequence[Rater | None], ids: Sequence[str], weights: Numbers) -> Numbers:
    """The mean level of each indicator in each draw, nan where nobody drawn gave one; None stands for who did not vote."""
    levels, given = np.zeros((len(raters), len(ids))), np.zeros((len(raters), len(ids)))
    place = {one: number for number, one in enumerate(ids)}
    for row, rater in enumerate(raters):
        for indicator, level in rater.levels.items() if rater else ():
            if indicator in place:
                levels[row, place[indicator]], given[row, place[indicator]] = float(level), 1
    return _divided(weights @ levels, weights @ given)


def of_votes(
    votes: Mapping[str, Votes], ids: Sequence[str], values: Values, generator: np.random.Generator
) -> Numbers:
    """The same from histograms by indicator and role: each indicator, and each role of it, is drawn by itself."""
    points = np.array([float(exact(value)) for value in values])
    total, given = np.zeros((DRAWS, len(ids))), np.zeros((DRAWS, len(ids)))
    for column, indicator in enumerate(ids):
        for histogram in votes.get(indicator, {}).values():
            n = sum(histogram)
            if n > 1:
                counts = generator.multinomial(n - 1, np.array(histogram) / n, size=DRAWS)
                total[:, column] += counts @ points * (n / (n - 1))
            else:
                total[:, column] += float(np.array(histogram) @ points)
            given[:, column] += n
    return _divided(total, given)


def _divided(total: Numbers, given: Numbers) -> Numbers:
    found: Numbers = np.where(given > 0, total / np.maximum(given, LEAST), np.nan)
    return found


def aggregated(
    edition: Edition, section: Section, known: Mapping[str, int], drawn: Numbers
) -> Numbers | None:
    """A section's value in every draw, put together as `scoring` does; an indicator nobody drawn rated keeps its mean over the draws."""
    parts: list[tuple[Numbers, float]] = []
    codes = section.codes() if section.over == "items" else section.items
    for indicator in (edition.by_code[code] for code in codes):
        if indicator.id in known:
            column = drawn[:, known[indicator.id]]
            filled = np.where(np.isnan(column), np.nanmean(column), column)
            parts.append((filled, float(exact(indicator.weight))))
    for child in section.sections if section.over == "children" else ():
        below = aggregated(edition, child, known, drawn)
        if below is not None:
            parts.append((below, float(exact(child.weight))))
    if not parts:
        return None
    values, weights = np.stack([value for value, _ in parts]), np.array([weight for _, weight in parts])
    if section.aggregate == "min":
        return np.asarray(values.min(axis=0))
    if section.aggregate == "sum":
        return np.asarray(values.sum(axis=0))
    return np.asarray(np.average(values, axis=0, weights=weights if section.aggregate != "mean" else None))
