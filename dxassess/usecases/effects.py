"""The effect ledger: what was expected of the actions, what was measured, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from dxassess.assessment.account import Account, account
from dxassess.assessment.action import Action
from dxassess.assessment.effects import (
    Cost,
    QuarterSum,
    Total,
    WhyWithout,
    cost,
    quarters,
    total,
    without_effect,
)
from dxassess.assessment.kpi import Reading
from dxassess.assessment.model import Round, fiscal_quarter
from dxassess.assessment.period import Frequency, Period
from dxassess.assessment.touched import Touched, compared
from dxassess.catalogue.model import Edition
from dxassess.exchange.safe_csv import Cell, csv_of
from dxassess.storage import Store
from dxassess.text import Words
from dxassess.usecases.application import Application
from dxassess.usecases.progress import asks
from dxassess.usecases.result import Standings, sound_standings
from dxassess.usecases.rounds import standing, today

STEP_COLUMNS = ("kpi", "unit", "first", "last", "quarter", "baseline", "value", "gain", "expected", "adds_up")


@dataclass(frozen=True, slots=True)
class Book:
    """The whole ledger at one moment. `year` is the fiscal year of `today`; `rate` yen per hour, None where nobody has said."""

    today: date
    first_month: int
    rate: int | None
    accounts: tuple[Account, ...]
    readings: tuple[Reading, ...]
    actions: tuple[Action, ...]

    @property
    def year(self) -> int:
        """The fiscal year of today."""
        return fiscal_quarter(self.today, self.first_month).year

    @property
    def quarters(self) -> tuple[QuarterSum, ...]:
        """The sums by fiscal quarter."""
        return quarters(self.accounts)

    @property
    def without(self) -> tuple[tuple[Action, WhyWithout], ...]:
        """Done actions without a measured effect, and why."""
        return without_effect(self.actions, {each.kpi.id: each for each in self.accounts})

    @property
    def stale(self) -> tuple[Account, ...]:
        """The KPIs whose values are missing."""
        return tuple(each for each in self.accounts if each.standing == "stale")

    def total(self, year: int | None = None) -> Total:
        """Everything since the start, or what lies in one fiscal year."""
        return total(self.accounts, year)

    def cost(self, year: int | None = None) -> Cost:
        """What the done actions cost; with a `year` only those done in it."""
        return cost(self.actions, self.first_month, year)

    def not_counted(self, why: str) -> int:
        """How many values of KPIs that add up are in no sum for this reason."""
        return sum(value.why == why for each in self.accounts if each.kpi.adds_up for value in each.values)


@dataclass(frozen=True, slots=True)
class Movement:
    """Indicators touched by actions beside the others, between two closed rounds of one edition."""

    edition: Edition
    before: Round
    after: Round
    found: Touched


def book(app: Application, store: Store) -> Book:
    """The ledger as it stands now."""
    with store.one_moment() as moment:
        kpis, readings, actions = moment.kpis(), moment.readings(), moment.actions()
        rate, organisation = moment.hourly_rate(), moment.organisation
    now = today(app, store)
    by_kpi: dict[str, list[Reading]] = {kpi.id: [] for kpi in kpis}
    for reading in readings:
        by_kpi[reading.kpi].append(reading)
    month = organisation.first_month
    accounts = tuple(account(kpi, by_kpi[kpi.id], actions, month, now) for kpi in kpis)
    return Book(now, month, rate, accounts, readings, actions)


def movements(app: Application, store: Store) -> tuple[Movement, ...]:
    """Each closed round beside the last one before it that asked the same, or more, the newest first; damaged rounds are left out."""
    closed = [found for held in standing(store).closed if (found := sound_standings(app, store, held))]
    actions = store.actions()
    return tuple(
        Movement(
            after.edition,
            before.held,
            after.held,
            compared(
                _levels(before, after.edition),
                _levels(after, after.edition),
                actions,
                before.held.held_on,
                after.held.held_on,
            ),
        )
        for before, after in reversed(list(_pairs(closed)))
    )


def _pairs(closed: Sequence[Standings]) -> Iterator[tuple[Standings, Standings]]:
    for number, after in enumerate(closed):
        before = next((each for each in reversed(closed[:number]) if asks(each.edition, after.edition)), None)
        if before:
            yield before, after


def called(period: Period, frequency: Frequency, first_month: int, words: Words) -> str:
    """A period as people call it: `2026年11月`, `2026年度 第3四半期`, `2026年度`."""
    if frequency == "monthly":
        month = words.month(period.first.month)
        return words("effects.period_month", year=period.first.year, month=month)
    quarter = fiscal_quarter(period.last, first_month)
    if frequency == "quarterly":
        return words.quarter(quarter)
    return words("effects.period_year", year=quarter.year)


def steps_csv(found: Book, words: Words) -> bytes:
    """Every period behind the sums, to be added up again by hand: one row each, with what was measured and expected in it."""
    heads = [words(f"effects.step_{name}") for name in STEP_COLUMNS]
    return csv_of(heads, _steps(found, words))


def _steps(found: Book, words: Words) -> Iterator[tuple[Cell, ...]]:
    for each in found.accounts:
        kpi = each.kpi
        amounts = {value.period: value.reading.amount for value in each.values}
        for step in each.steps:
            yield (
                kpi.name,
                kpi.unit,
                step.period.first.isoformat(),
                step.period.last.isoformat(),
                words.quarter(step.quarter),
                kpi.baseline,
                amounts.get(step.period),
                None if step.measured is None else _exact(step.measured),
                _exact(step.expected),
                words("effects.adds_up_yes" if kpi.adds_up else "effects.adds_up_no"),
            )


def _exact(value: Fraction) -> Decimal:
    """A difference of decimals is one itself, however many digits it has."""
    with localcontext(prec=100):
        return Decimal(value.numerator) / value.denominator


def _levels(found: Standings, asked: Edition) -> dict[str, Fraction]:
    """The levels of what an edition asks."""
    values = {item.id: found.today[item.id].value for item in asked.scored if item.id in found.today}
    return {one: value for one, value in values.items() if value is not None}
