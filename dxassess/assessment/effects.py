"""The effect ledger: what actions were expected to change in the KPIs, and what was measured, summed up over fiscal quarters.

A period counts once it is over and where it ends after the day of the baseline. What was gained in it is baseline − amount where
lower is better, amount − baseline where higher is. What an action was to change is expected of each period that ends on or after
the day it was done; one done before the baseline was measured is in the baseline already. Hours and yen add up; everything else is
only followed. All exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.model import FiscalQuarter, fiscal_quarter
from dxassess.assessment.period import Period, newest_over, period_of, stretch

NotCounted = Literal["no_baseline", "before", "running"]
Standing = Literal["none", "fresh", "stale", "retired"]
WhyWithout = Literal["no_kpi", "no_day", "no_value"]


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


@dataclass(frozen=True, slots=True)
class Amounts:
    """Hours and yen that were gained, apart. Hours become yen only by an hourly rate."""

    hours: Fraction = Fraction()
    yen: Fraction = Fraction()

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.hours + other.hours, self.yen + other.yen)

    def valued(self, rate: int | None) -> Fraction:
        """All of it in yen; without a rate the hours count nothing."""
        return self.yen + self.hours * (rate or 0)


@dataclass(frozen=True, slots=True)
class QuarterSum:
    """A fiscal quarter: what was measured and expected in it, and both since the start. A period belongs to the quarter it ends in."""

    quarter: FiscalQuarter
    measured: Amounts
    expected: Amounts
    measured_so_far: Amounts
    expected_so_far: Amounts


@dataclass(frozen=True, slots=True)
class Total:
    """Of a stretch of time: what was measured and expected; `n` of the `m` periods of all KPIs that add up have a value."""

    measured: Amounts
    expected: Amounts
    n: int
    m: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What done actions cost in yen: `one_off` once, `yearly` each year, neither spread over time; `unsaid` of the `n` say neither."""

    n: int
    one_off: int
    yearly: int
    unsaid: int


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


def quarters(accounts: Iterable[Account]) -> tuple[QuarterSum, ...]:
    """The sums by quarter, from the first to the last in which something counts, none left out between."""
    steps = [(each.kpi, step) for each in accounts if each.kpi.adds_up for step in each.steps]
    found = sorted({step.quarter for _, step in steps})
    if not found:
        return ()
    spans = list(_quarters_between(found[0], found[-1]))
    mine = [[(kpi, step) for kpi, step in steps if step.quarter == quarter] for quarter in spans]
    measured = [_measured(each) for each in mine]
    expected = [_expected(each) for each in mine]
    so_far = accumulate(measured), accumulate(expected)
    return tuple(QuarterSum(*row) for row in zip(spans, measured, expected, *so_far, strict=True))


def total(accounts: Iterable[Account], year: int | None = None) -> Total:
    """Everything since the start, or what lies in one fiscal year."""
    steps = [
        (each.kpi, step)
        for each in accounts
        if each.kpi.adds_up
        for step in each.steps
        if year is None or step.quarter.year == year
    ]
    n = sum(step.measured is not None for _, step in steps)
    return Total(_measured(steps), _expected(steps), n, len(steps))


def cost(actions: Iterable[Action], first_month: int, year: int | None = None) -> Cost:
    """What the done actions cost; with a `year` only those done in that fiscal year."""
    mine = [
        action
        for action in actions
        if action.status is Status.DONE and (year is None or _year(action, first_month) == year)
    ]
    unsaid = sum(action.one_off is None and action.yearly is None for action in mine)
    return Cost(
        len(mine), sum(each.one_off or 0 for each in mine), sum(each.yearly or 0 for each in mine), unsaid
    )


def without_effect(
    actions: Iterable[Action], accounts: Mapping[str, Account]
) -> tuple[tuple[Action, WhyWithout], ...]:
    """Done actions without a measured effect: they name no KPI, have no day, or no KPI of theirs, its baseline measured by that day,
    has a value that counts of a period that ended on or after it."""
    return tuple(
        (action, why)
        for action in actions
        if action.status is Status.DONE and (why := _why_without(action, accounts)) is not None
    )


def done_on(action: Action) -> date | None:
    """The day a done action was done: the one that was said, else its due day; None for an action that is not done."""
    return (action.finished or action.due) if action.status is Status.DONE else None


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
        if kpi.id in action.effects and (day := _done_since_baseline(action, kpi)) is not None
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


def _done_since_baseline(action: Action, kpi: Kpi) -> date | None:
    day = done_on(action)
    return None if day and kpi.baseline_on and day < kpi.baseline_on else day


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


def _measured(steps: Iterable[tuple[Kpi, Step]]) -> Amounts:
    return _summed((kpi, step.measured or Fraction()) for kpi, step in steps)


def _expected(steps: Iterable[tuple[Kpi, Step]]) -> Amounts:
    return _summed((kpi, step.expected) for kpi, step in steps)


def _summed(gains: Iterable[tuple[Kpi, Fraction]]) -> Amounts:
    sums = {"hours": Fraction(), "yen": Fraction()}
    for kpi, gain in gains:
        sums[kpi.kind] += gain
    return Amounts(**sums)


def _quarters_between(first: FiscalQuarter, last: FiscalQuarter) -> Iterator[FiscalQuarter]:
    for number in range(first.year * 4 + first.quarter - 1, last.year * 4 + last.quarter):
        yield FiscalQuarter(number // 4, number % 4 + 1)


def _year(action: Action, first_month: int) -> int | None:
    day = done_on(action)
    return fiscal_quarter(day, first_month).year if day else None


def _why_without(action: Action, accounts: Mapping[str, Account]) -> WhyWithout | None:
    mine = [accounts[kpi] for kpi in action.effects if kpi in accounts]
    if not mine:
        return "no_kpi"
    day = done_on(action)
    if day is None:
        return "no_day"
    counted = any(
        value.gain is not None and value.period.last >= day
        for each in mine
        if _done_since_baseline(action, each.kpi)
        for value in each.values
    )
    return None if counted else "no_value"
