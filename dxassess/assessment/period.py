"""The periods a KPI is measured in: months, and quarters and years of the organisation's fiscal year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Frequency = Literal["monthly", "quarterly", "yearly"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)

_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From its first to its last day, both in it."""

    first: date
    last: date


def period_of(day: date, frequency: Frequency, first_month: int) -> Period:
    """The period a day lies in. `first_month` 1–12 opens the fiscal year; ValueError where it begins before the year 1."""
    length = _MONTHS[frequency]
    months = day.year * 12 + day.month - 1
    begin = months - (months - first_month + 1) % length
    end = begin + length - 1
    last = date(end // 12, end % 12 + 1, monthrange(end // 12, end % 12 + 1)[1])
    return Period(date(begin // 12, begin % 12 + 1, 1), last)


def following(period: Period, frequency: Frequency, first_month: int) -> Period:
    """The period after."""
    return period_of(period.last + timedelta(days=1), frequency, first_month)


def previous(period: Period, frequency: Frequency, first_month: int) -> Period:
    """The period before."""
    return period_of(period.first - timedelta(days=1), frequency, first_month)


def newest_over(today: date, frequency: Frequency, first_month: int) -> Period:
    """The newest period that is over: its last day is today or before."""
    running = period_of(today, frequency, first_month)
    return running if running.last == today else previous(running, frequency, first_month)


def stretch(first: Period, last: Period, frequency: Frequency, first_month: int) -> Iterator[Period]:
    """All periods from one to another, both with them; none where the last is before the first."""
    here = first
    while here <= last:
        yield here
        here = following(here, frequency, first_month)
