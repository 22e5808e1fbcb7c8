"""The effect ledger: what all KPIs gained and were expected to gain, summed up over fiscal quarters, and what it cost.

Hours and yen add up; everything else is only followed. A period belongs to the quarter it ends in. All exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from dxassess.assessment.account import Account, Step, done_on, done_since_baseline
from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi
from dxassess.assessment.model import FiscalQuarter, fiscal_quarter

WhyWithout = Literal["no_kpi", "no_day", "no_value"]


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
    """A fiscal quarter: what was measured and expected in it, and both since the start."""

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


def quarters(accounts: Iterable[Account]) -> tuple[QuarterSum, ...]:
    """The sums by quarter, from the first to the last in which something counts, none left out between."""
    steps: dict[FiscalQuarter, list[tuple[Kpi, Step]]] = {}
    for each in accounts:
        for step in each.steps if each.kpi.adds_up else ():
            steps.setdefault(step.quarter, []).append((each.kpi, step))
    if not steps:
        return ()
    spans = list(_quarters_between(min(steps), max(steps)))
    mine = [steps.get(quarter, []) for quarter in spans]
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
    """What the done actions cost; with a `year` what that fiscal year bears: the one-off cost of those done in it, the yearly cost of all
    that were done by its end. An action without any day bears on no year."""
    done = [(action, _year(action, first_month)) for action in actions if action.status is Status.DONE]
    borne = [(action, when) for action, when in done if year is None or (when is not None and when <= year)]
    return Cost(
        len(borne),
        sum(action.one_off or 0 for action, when in borne if year is None or when == year),
        sum(action.yearly or 0 for action, _ in borne),
        sum(action.one_off is None and action.yearly is None for action, _ in borne),
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
        if done_since_baseline(action, each.kpi)
        for value in each.values
    )
    return None if counted else "no_value"
