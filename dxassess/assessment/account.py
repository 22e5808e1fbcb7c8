"""One KPI in the effect ledger: its values by period, which of them count, and what the actions were expected to change.

A period counts once it is over and where it ends after the day of the baseline. What was gained in it is baseline − amount where
lower is better, amount − baseline where higher is. What an action was to change is expected of each period that ends on or after
the day it was done; one done before the baseline was measured is in the baseline already. All exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.model import FiscalQuarter, fiscal_quarter
from dxassess.assessment.period import Period, newest_over, period_of, stretch

NotCounted = Literal["no_baseline", "before", "running"]
Standing = Literal["none", "fresh", "stale", "retired"]


@dataclass(frozen=True, slots=True)
class Value:
    """A KPI's value of one period: the newest reading of the last day that has one. `gain` in the KPI's unit, or why it has none:
    there is no baseline, the period ended on or before its day, or it is not over yet."""

    period: Period
    reading: Reading
    gain: Fraction | None
    why: NotCounted | None


@dataclass(frozen=True, slots=True)
class Step:
    """A period that counts: what was gained in it (None: nothing was measured), and what the actions done by its end were to gain."""

    period: Period
    quarter: FiscalQuarter
    measured: Fraction | None
    expected: Fraction


@dataclass(frozen=True, slots=True)
class Account:
    """One KPI in the ledger. `missed`: how many periods are over since the last one with a value (or since the baseline).

    `standing` is stale when a period that ended more than one full period ago is among the missed ones.
    """

    kpi: Kpi
    values: tuple[Value, ...]
    steps: tuple[Step, ...]
    missed: int
    standing: Standing

    @property
    def latest(self) -> Value | None:
        """The value of the newest period that has one."""
        return self.values[-1] if self.values else None

    @property
    def measured(self) -> Fraction:
        """What was gained in all periods that count, in the KPI's unit."""
        return sum((step.measured for step in self.steps if step.measured is not None), Fraction())

    @property
    def expected(self) -> Fraction:
        """What was to be gained in them."""
        return sum((step.expected for step in self.steps), Fraction())

    @property
    def n(self) -> int:
        """How many of the periods that count have a value."""
        return sum(step.measured is not None for step in self.steps)


def account(
    kpi: Kpi, readings: Iterable[Reading], actions: Sequence[Action], first_month: int, today: date
) -> Account:
    """One KPI with its values by period, the periods that count, and whether values are missing.

    `readings` are those of all KPIs, in the order they were recorded; `first_month` opens the fiscal year.
    """
    values = tuple(_values(kpi, readings, first_month, today))
    steps = tuple(_steps(kpi, values, actions, first_month, today))
    missed = _missed(kpi, values, first_month, today)
    return Account(kpi, values, steps, missed, _standing(kpi, values, missed))


def done_on(action: Action) -> date | None:
    """The day a done action was done: the one that was said, else its due day; None for an action that is not done."""
    return (action.finished or action.due) if action.status is Status.DONE else None


def done_between(
    actions: Iterable[Action], edition: str, since: date, until: date
) -> tuple[tuple[date, Action], ...]:
    """The actions for an edition (by id) done after one day and up to another, each with its day; the earliest first."""
    done = [
        (day, action)
        for action in actions
        if action.edition == edition and (day := done_on(action)) and since < day <= until
    ]
    return tuple(sorted(done, key=lambda each: (each[0], each[1].number)))


def done_since_baseline(action: Action, kpi: Kpi) -> date | None:
    """As `done_on`; None too where the baseline was measured only later, and has the effect in it already."""
    day = done_on(action)
    return None if day and kpi.baseline_on and day < kpi.baseline_on else day


def _values(kpi: Kpi, readings: Iterable[Reading], first_month: int, today: date) -> Iterator[Value]:
    newest = {each.day: each for each in readings if each.kpi == kpi.id}
    last = {
        period_of(day, kpi.frequency, first_month): found
        for day, found in sorted(newest.items())
        if found.amount is not None
    }
    for period, reading in sorted(last.items()):
        assert reading.amount is not None
        why = _not_counted(kpi, period, today)
        yield Value(period, reading, kpi.gain(reading.amount) if why is None else None, why)


def _not_counted(kpi: Kpi, period: Period, today: date) -> NotCounted | None:
    if kpi.baseline is None or kpi.baseline_on is None:
        return "no_baseline"
    if period.last <= kpi.baseline_on:
        return "before"
    return "running" if period.last > today else None


def _steps(
    kpi: Kpi, values: Sequence[Value], actions: Sequence[Action], first_month: int, today: date
) -> Iterator[Step]:
    gains = {value.period: value.gain for value in values}
    mine = [
        (day, kpi.turned(Fraction(action.effects[kpi.id])))
        for action in actions
        if kpi.id in action.effects and (day := done_since_baseline(action, kpi)) is not None
    ]
    start = kpi.baseline_on or min((day for day, _ in mine), default=None)
    if start is None or (kpi.retired and not values):
        return
    begin, end = (
        period_of(start, kpi.frequency, first_month),
        newest_over(today, kpi.frequency, first_month),
    )
    end = min(end, values[-1].period) if kpi.retired else end
    for period in stretch(begin, end, kpi.frequency, first_month):
        if _not_counted(kpi, period, today) != "before":
            expected = sum((gain for day, gain in mine if day <= period.last), Fraction())
            yield Step(period, fiscal_quarter(period.last, first_month), gains.get(period), expected)


def _missed(kpi: Kpi, values: Sequence[Value], first_month: int, today: date) -> int:
    """Periods over since the last one with a value; without any, since that of the baseline. 0 before there is either."""
    days = [value.period.last for value in values[-1:]] or [each for each in (kpi.baseline_on,) if each]
    if kpi.retired or not days:
        return 0
    known = period_of(days[0], kpi.frequency, first_month)
    newest = newest_over(today, kpi.frequency, first_month)
    return max(0, sum(1 for _ in stretch(known, newest, kpi.frequency, first_month)) - 1)


def _standing(kpi: Kpi, values: Sequence[Value], missed: int) -> Standing:
    if kpi.retired:
        return "retired"
    if missed > 1:
        return "stale"
    return "fresh" if values else "none"
