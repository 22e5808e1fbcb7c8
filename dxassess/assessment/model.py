"""The values answers are made of. Pure: no I/O, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from dxassess.catalogue.model import Edition, Level

Ballot = Literal["agreed", "first", "second"]
AGREED: Ballot = "agreed"


class State(StrEnum):
    """Where an indicator stands in one voice. `OPEN` counts as not answered, whatever else was written beside it."""

    OPEN = "open"
    ANSWERED = "answered"
    CANNOT_SAY = "cannot_say"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one voice says of one indicator, whole.

    `level` and `target` are values of the edition's scale; `amount` and `target_amount` belong to quantitative
    indicators (a Decimal in the indicator's unit, or the id of a choice). `reason` is the id of a not-applicable reason.
    """

    indicator: str
    state: State = State.OPEN
    level: Level | None = None
    target: Level | None = None
    amount: Decimal | str | None = None
    target_amount: Decimal | str | None = None
    reason: str | None = None
    evidence: str = ""
    comment: str = ""
    conditions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer as the store keeps it: with its sequence number, whose it is and when it came (UTC)."""

    answer: Answer
    sequence: int
    round: str
    ballot: Ballot
    respondent: str
    role: str
    recorded: datetime


@dataclass(frozen=True, slots=True, order=True)
class FiscalQuarter:
    """A quarter of a fiscal year; the year is named after the calendar year it starts in."""

    year: int
    quarter: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """A company whose data meets no other's. `first_month` 1–12 opens its fiscal year."""

    id: str
    name: str
    industry: str
    size: str
    first_month: int = 4
    timezone: str = "Asia/Tokyo"
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """One assessment: which edition, when, open or closed. `version` rises with every change of the round itself."""

    id: str
    title: str
    edition: str
    revision: int
    edition_hash: str
    held_on: date
    quarter: FiscalQuarter
    previous: str | None = None
    closed: bool = False
    closed_at: datetime | None = None
    closed_by: str = ""
    reopened: int = 0
    version: int = 1
    content_hash: str | None = None
    anonymity_minimum: int = 3
    named: bool = True


@dataclass(frozen=True, slots=True)
class Respondent:
    """A person (or the organisation's one voice) in a round. `role` is one of the edition's, or "organisation"."""

    id: str
    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """What the organisation's one voice says in a round: the newest answers by indicator, all of one moment."""

    held: Round
    edition: Edition
    speaker: Respondent
    recorded: Mapping[str, Recorded]

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers alone, by indicator."""
        return {indicator: found.answer for indicator, found in self.recorded.items()}


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the log: what happened to which thing, by whom, when (UTC)."""

    sequence: int
    what: str
    subject: str
    who: str
    recorded: datetime
    detail: dict[str, object] = field(default_factory=dict)


def fiscal_quarter(day: date, first_month: int) -> FiscalQuarter:
    """The fiscal quarter a day lies in. `first_month` 1–12; ValueError otherwise."""
    if not 1 <= first_month <= 12:
        raise ValueError(first_month)
    months = day.year * 12 + day.month - first_month
    return FiscalQuarter(months // 12, months % 12 // 3 + 1)


def local_day(moment: datetime, timezone: str) -> date:
    """The calendar day of a UTC moment where the organisation is.

    ValueError when `moment` carries no zone, or lies so near the years 1 or 9999 that the day there has no date.
    """
    if moment.tzinfo is None:
        raise ValueError(moment)
    try:
        return moment.astimezone(UTC).astimezone(ZoneInfo(timezone)).date()
    except OverflowError:
        raise ValueError(moment) from None
