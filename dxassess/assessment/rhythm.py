"""The rhythm of measuring: rounds that are planned, a fiscal year quarter by quarter, and on which days the next rounds would fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from dxassess.assessment.model import FiscalQuarter, Round, fiscal_quarter
from dxassess.assessment.period import Period, following, period_of
from dxassess.errors.rhythm import PlannedDayTaken, PlannedDayUnlikely

Kind = Literal["full", "pulse"]
KINDS: tuple[Kind, ...] = get_args(Kind)
State = Literal["planned", "started", "dropped"]

EARLIEST = date(2000, 1, 1)
AHEAD = timedelta(days=3 * 366)
QUARTERS = 4
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """A round that is to be held on `day`: full, or a pulse that asks `items` (by code) alone.

    `round` is the id of the round it became once started. `id` and `number` are the store's, as are `made` and `changed` (UTC);
    `version` rises with each change.
    """

    title: str
    edition: str
    day: date
    kind: Kind = "full"
    items: tuple[str, ...] = ()
    note: str = ""
    state: State = "planned"
    round: str | None = None
    id: str = ""
    number: int = 0
    version: int = 0
    made: datetime | None = None
    changed: datetime | None = None

    def days_past(self, today: date) -> int:
        """How many days ago it was to be held; 0 on its day and before."""
        return max((today - self.day).days, 0)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A fiscal quarter with the full rounds, the pulses and the rounds for one section whose day lies in it, closed or open, and those
    still planned."""

    quarter: FiscalQuarter
    period: Period
    full: tuple[Round, ...]
    pulses: tuple[Round, ...]
    planned: tuple[PlannedRound, ...]
    sections: tuple[Round, ...] = ()

    @property
    def is_free(self) -> bool:
        """Nothing was held, and nothing is planned."""
        return not (self.full or self.pulses or self.planned or self.sections)


def check_day(day: date, today: date) -> None:
    """A round is planned for a day from 2000 on and at most three years ahead: PlannedDayUnlikely."""
    latest = today + AHEAD
    if not EARLIEST <= day <= latest:
        raise PlannedDayUnlikely(day=day, earliest=EARLIEST, latest=latest)


def check_free(wanted: PlannedRound, others: Iterable[PlannedRound], rounds: Iterable[Round]) -> None:
    """No other round of its edition is planned for its day, none was held on it: PlannedDayTaken."""
    days = [(each.edition, each.day, each.title) for each in ahead(others) if each.id != wanted.id]
    days += [(each.edition, each.held_on, each.title) for each in rounds]
    for edition, day, title in days:
        if (edition, day) == (wanted.edition, wanted.day):
            raise PlannedDayTaken(day=day, title=title)


def ahead(planned: Iterable[PlannedRound]) -> tuple[PlannedRound, ...]:
    """Those neither started nor dropped, by their day."""
    waiting = [each for each in planned if each.state == "planned"]
    return tuple(sorted(waiting, key=lambda each: (each.day, each.number)))


def done_as(planned: PlannedRound, rounds: Iterable[Round], since: date, first_month: int) -> Round | None:
    """The round that may have been held in place of a planned one: of its edition, in its quarter, on or after `since` (its
    day, or the day it was planned where that is earlier); of several the one nearest to its day, None without one. `rounds` are of its kind and not the start of another plan."""
    quarter = fiscal_quarter(planned.day, first_month)
    mine = [
        each
        for each in rounds
        if each.edition == planned.edition and each.quarter == quarter and each.held_on >= since
    ]
    return min(mine, key=lambda each: abs(each.held_on - planned.day), default=None)


def quarter_period(quarter: FiscalQuarter, first_month: int) -> Period:
    """The days of a fiscal quarter; `first_month` 1–12 opens the fiscal year."""
    months = quarter.year * 12 + first_month - 1 + 3 * (quarter.quarter - 1)
    return period_of(date(months // 12, months % 12 + 1, 1), "quarterly", first_month)


def before(quarter: FiscalQuarter) -> FiscalQuarter:
    """The fiscal quarter before."""
    number = quarter.year * QUARTERS + quarter.quarter - 2
    return FiscalQuarter(number // QUARTERS, number % QUARTERS + 1)


def fiscal_year(
    year: int,
    first_month: int,
    full: Sequence[Round],
    pulses: Sequence[Round],
    planned: Sequence[PlannedRound],
    sections: Sequence[Round] = (),
) -> tuple[Quarter, ...]:
    """The four quarters of a fiscal year, each with what was held and is planned in it, by day."""
    return tuple(
        _quarter(FiscalQuarter(year, number), first_month, full, pulses, planned, sections)
        for number in range(1, QUARTERS + 1)
    )


def fitting_days(
    today: date,
    first_month: int,
    full: Sequence[Round],
    pulses: Sequence[Round],
    planned: Sequence[PlannedRound],
    sections: Sequence[Round] = (),
) -> tuple[date, ...]:
    """A day for each quarter from this one on, four in all, in which nothing was held and nothing is planned.

    As far into the quarter as the newest full round was into its own (without one: where its last month begins), not before
    today, and no Saturday or Sunday where the quarter allows.
    """
    period = period_of(today, "quarterly", first_month)
    last = max((held.held_on for held in full), default=None)
    days: list[date] = []
    for _ in range(QUARTERS):
        here = _quarter(
            fiscal_quarter(period.first, first_month), first_month, full, pulses, planned, sections
        )
        if here.is_free:
            days.append(_fitting(period, _way_into(last, first_month), max(today, period.first)))
        period = following(period, "quarterly", first_month)
    return tuple(days)


def _quarter(
    quarter: FiscalQuarter,
    first_month: int,
    full: Sequence[Round],
    pulses: Sequence[Round],
    planned: Sequence[PlannedRound],
    sections: Sequence[Round] = (),
) -> Quarter:
    period = quarter_period(quarter, first_month)
    return Quarter(
        quarter,
        period,
        tuple(_within(period, full)),
        tuple(_within(period, pulses)),
        tuple(each for each in ahead(planned) if period.first <= each.day <= period.last),
        tuple(_within(period, sections)),
    )


def _within(period: Period, rounds: Iterable[Round]) -> Iterator[Round]:
    return (held for held in rounds if period.first <= held.held_on <= period.last)


def _way_into(last: date | None, first_month: int) -> int | None:
    """How many days after the start of its quarter a round was held."""
    return None if last is None else (last - period_of(last, "quarterly", first_month).first).days


def _fitting(period: Period, days: int | None, earliest: date) -> date:
    wished = period.last.replace(day=1) if days is None else period.first + timedelta(days=days)
    found = min(max(wished, earliest), period.last)
    off = found.weekday() - _SATURDAY
    if off < 0:
        return found
    friday, monday = found - timedelta(days=off + 1), found + timedelta(days=2 - off)
    if friday >= earliest:
        return friday
    return monday if monday <= period.last else found
