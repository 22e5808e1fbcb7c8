"""Whether targets can be reached in time: the organisation's own pace, and what was published, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dxassess.assessment.model import Round
from dxassess.assessment.path import currents_of
from dxassess.assessment.realism import Pace, needed_pace, own_pace, times
from dxassess.assessment.scoring import exact
from dxassess.catalogue.benchmarks import Benchmarks, PublishedAverage, PublishedPace
from dxassess.catalogue.model import Edition, Option
from dxassess.errors import RoundDamaged
from dxassess.storage import Store
from dxassess.usecases.application import Application
from dxassess.usecases.planning import Plan
from dxassess.usecases.progress import asks
from dxassess.usecases.result import Standings, standings
from dxassess.usecases.rounds import standing, today


@dataclass(frozen=True, slots=True)
class Wish:
    """What companies aimed at, as published: `gap` levels on average, in `years`; of that much the published average is made."""

    gap: Fraction
    years: int
    average: PublishedAverage


@dataclass(frozen=True, slots=True)
class Paces:
    """`own`: the organisation's, None where it cannot be said. `published`, with its `group`, and `wish`: None where the edition has none.

    `gap` is the mean target gap of the plan's items in levels; None without any.
    """

    own: Pace | None
    published: PublishedPace | None
    group: Option | None
    wish: Wish | None
    gap: Fraction | None


@dataclass(frozen=True, slots=True)
class Realism:
    """What one target asks: levels a year until `due`, and how many times the own pace that is (None: cannot be said)."""

    needed: Fraction
    times: Fraction | None


def paces(app: Application, store: Store, found: Plan) -> Paces:
    """The paces to hold the plan's targets against."""
    shipped = app.editions.get(found.edition.id)
    benchmarks = shipped.benchmarks if shipped else None
    published = next(iter(benchmarks.paces), None) if benchmarks else None
    gaps = [line.terms.target_gap for line in found.order]
    return Paces(
        own_pace(_closed_levels(app, store, found.held, found.edition)),
        published,
        _group(benchmarks, published),
        _wish(benchmarks, found.edition.head.tree.id),
        sum(gaps, Fraction()) / len(gaps) if gaps else None,
    )


def realism(app: Application, store: Store, found: Plan, indicator: str, own: Pace | None) -> Realism | None:
    """What the target of an indicator (by id) asks for a year; None without a target, a gap or a day that is still to come."""
    line = next((line for line in found.order if line.terms.indicator == indicator), None)
    said = found.said.get(indicator)
    if line is None or said is None or said.due is None or line.terms.target_gap == 0:
        return None
    needed = needed_pace(line.terms.target_gap, today(app, store), said.due)
    if needed is None:
        return None
    return Realism(needed, times(needed, own.per_year) if own else None)


def _closed_levels(
    app: Application, store: Store, held: Round, edition: Edition
) -> list[tuple[date, dict[str, Fraction]]]:
    """The agreed levels of the closed rounds up to the day of this one that ask what it asks, or more; of the items it asks."""
    asked = {item.id for item in edition.scored}
    found: list[tuple[date, dict[str, Fraction]]] = []
    for each in standing(store).closed:
        if each.edition == edition.id and each.held_on <= held.held_on:
            try:
                there = standings(app, store, each)
            except RoundDamaged:
                continue
            levels = _levels(there, asked)
            if levels and asks(there.edition, edition):
                found.append((each.held_on, levels))
    return found


def _levels(there: Standings, asked: set[str]) -> dict[str, Fraction]:
    return {one: level for one, level in currents_of(there.answers).items() if one in asked}


def _group(benchmarks: Benchmarks | None, published: PublishedPace | None) -> Option | None:
    if benchmarks is None or published is None:
        return None
    return next(group for group in benchmarks.groups if group.id == published.group)


def _wish(benchmarks: Benchmarks | None, root: str) -> Wish | None:
    """The newest published target of the whole beside the published average of that year and group."""
    if benchmarks is None or benchmarks.target_years is None:
        return None
    both = [
        each
        for each in benchmarks.averages
        if each.of == root and each.current_mean is not None and each.target_mean is not None
    ]
    if not both:
        return None
    last = max(both, key=lambda each: each.year)
    assert last.current_mean is not None and last.target_mean is not None
    return Wish(exact(last.target_mean) - exact(last.current_mean), benchmarks.target_years, last)
