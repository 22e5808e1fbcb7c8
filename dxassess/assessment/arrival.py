"""When a target is reached if the pace stays what it was: a straight line through the rounds, and how sure it is.

Ordinary least squares of value on day; the interval is Fieller's (1954, JRSS B 16: 175-185) for the day on which that line meets
the target, with Student's t of n - 2. It covers 80 %: of ten such intervals about eight hold the day, if the pace stays. Values are
made of whole levels, so no line is taken to be surer than the step of one indicator allows (a uniform error: step / √12). Floats: these are estimates, not values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import sqrt
from typing import Literal

from dxassess.assessment.realism import LEAST_DAYS, YEAR

LEAST_ROUNDS = 3
MOST_ROUNDS = 8
"""Older rounds say little about the pace of today."""
COVERS = Fraction(4, 5)
FARTHEST = 10
"""Years. A pace that is measured over two or three years says nothing about a day further away."""
WIDEST = 3
"""Years. Nobody can plan with an interval that is wider."""
LEAST_ITEMS = 3
"""With fewer indicators a single one of them makes the pace."""

# Student's t, 0.9 quantile, for 1, 2, 3 … degrees of freedom (any published table, such as Fisher & Yates 1938, table III).
_T = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440)

Why = Literal["rounds", "days", "items", "few", "target", "pace", "noise", "late", "far", "wide"]


@dataclass(frozen=True, slots=True)
class Basis:
    """What the values stand on: `items` indicators with a level in every round, of the `asked` ones of the newest; `step`: by how much
    a value moves when one of the items moves by one level. `reached`: over all items with a level the newest round is at its target.
    `noisy`: the change over these rounds is no more than what re-sampling the raters gives."""

    items: int
    asked: int
    step: Fraction
    reached: bool = False
    noisy: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a value moves and when it meets its target.

    `pace` and its ends `slowest`, `fastest` in levels a year; None where they cannot be said. `earliest` … `latest`: the interval of
    the day, and `likely` the day the line itself meets the target; None where that cannot be said, and then `why` tells:
    `rounds` fewer than three, `days` fewer than 180 between first and last, `items` no more than half of them have a level in all
    rounds, or the others are what is missing, `few` fewer than three have, `target` none is set, `pace` it may as well stand still or fall, `noise` it is no more than who
    happened to answer, `late` it should have been reached by today but was not in the newest round, `far` beyond ten years, `wide` the
    interval is wider than three. `reached`: the newest value is there already. `start`: the line's value on the day of the newest round.
    """

    rounds: int
    since: date | None = None
    until: date | None = None
    pace: float | None = None
    slowest: float | None = None
    fastest: float | None = None
    start: float | None = None
    earliest: date | None = None
    likely: date | None = None
    latest: date | None = None
    reached: bool = False
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A least-squares line: mean day and value, slope a day, squared spread of the days, scatter, and t for its degrees."""

    n: int
    day: float
    value: float
    slope: float
    spread: float
    scatter: float
    t: float

    @property
    def error(self) -> float:
        """Half the width of the slope's interval."""
        return self.t * self.scatter / sqrt(self.spread)

    def at(self, day: float) -> float:
        return self.value + self.slope * (day - self.day)


def arrival(
    points: Sequence[tuple[date, Fraction]], target: Fraction | None, basis: Basis, today: date
) -> Arrival:
    """When the newest of these values, in the order of their days, gets to the target (in levels) at the pace of the last rounds.

    No day before `today` is named.
    """
    points = points[-MOST_ROUNDS:]
    n = len(points)
    if n < LEAST_ROUNDS:
        return Arrival(n, why="rounds")
    since, until = points[0][0], points[-1][0]
    if (until - since).days < LEAST_DAYS:
        return Arrival(n, since, until, why="days")
    if 2 * basis.items <= basis.asked:
        return Arrival(n, since, until, why="items")
    if basis.items < LEAST_ITEMS:
        return Arrival(n, since, until, why="few")
    line = _fitted(points, basis.step)
    found = Arrival(
        n,
        since,
        until,
        pace=line.slope * YEAR,
        slowest=(line.slope - line.error) * YEAR,
        fastest=(line.slope + line.error) * YEAR,
        start=line.at(until.toordinal()),
    )
    if target is None:
        return replace(found, why="target")
    if basis.reached:
        return replace(found, reached=True)
    if points[-1][1] >= target:
        return replace(found, why="items")
    if basis.noisy:
        return replace(found, why="noise")
    return _meeting(found, line, float(target), max(until, today))


def _fitted(points: Sequence[tuple[date, Fraction]], step: Fraction) -> _Line:
    n = len(points)
    days = [float(day.toordinal()) for day, _ in points]
    values = [float(value) for _, value in points]
    day, value = sum(days) / n, sum(values) / n
    spread = sum((each - day) ** 2 for each in days)
    slope = sum((x - day) * (y - value) for x, y in zip(days, values, strict=True)) / spread
    left = sum((y - value - slope * (x - day)) ** 2 for x, y in zip(days, values, strict=True))
    scatter = max(sqrt(left / (n - 2)), float(step) / sqrt(12))
    return _Line(n, day, value, slope, spread, scatter, _T[n - 3])


def _meeting(found: Arrival, line: _Line, target: float, today: date) -> Arrival:
    """Fieller: the days on which a line that is still possible meets the target; none of them before today."""
    sure = line.slope**2 - line.error**2
    if line.slope <= 0 or sure <= 0:
        return replace(found, why="pace")
    rise = target - line.value
    share = line.t * line.scatter
    root = sqrt(
        share**2 * (line.slope**2 / line.n + rise**2 / line.spread - share**2 / (line.n * line.spread))
    )
    first, last = (line.slope * rise - root) / sure, (line.slope * rise + root) / sure
    soon = today.toordinal()
    days = [round(line.day + after) for after in (first, rise / line.slope, last)]
    if days[-1] > soon + FARTHEST * YEAR:
        return replace(found, why="far")
    if days[-1] < soon:
        return replace(found, why="late")
    days = [max(soon, day) for day in days]
    if days[-1] - days[0] > WIDEST * YEAR:
        return replace(found, why="wide")
    earliest, likely, latest = (date.fromordinal(day) for day in days)
    return replace(found, earliest=earliest, likely=likely, latest=latest)
