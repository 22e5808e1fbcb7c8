"""KPIs: what is measured, the values typed, pasted or uploaded, and what an hour is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from dxassess.assessment.kpi import HIGHEST_RATE, Better, Kind, Kpi, Reading, check_day
from dxassess.assessment.period import Frequency, newest_over
from dxassess.catalogue.model import Edition
from dxassess.errors.effects import AmountNotUnderstood, HourlyRateUnlikely
from dxassess.exchange.cells import amount_of, shown
from dxassess.exchange.kpi_table import Row, amount_in, kpi_table, read_kpi_table
from dxassess.storage import Store
from dxassess.text import Language, Words
from dxassess.usecases.application import Application
from dxassess.usecases.rounds import today

Change = Literal["new", "changed", "same"]
CHANGES: tuple[Change, ...] = ("new", "changed", "same")
OWN: tuple[tuple[str, Kind, Better, Frequency], ...] = (
    ("hours", "hours", "lower", "monthly"),
    ("returned", "other", "lower", "monthly"),
    ("rejects", "other", "lower", "monthly"),
    ("lead_time", "other", "lower", "monthly"),
    ("automated", "other", "higher", "quarterly"),
    ("paper", "other", "lower", "quarterly"),
    ("closing", "other", "lower", "monthly"),
    ("spending", "yen", "lower", "monthly"),
)
"""KPIs a back office often measures, in this tool's own words: `effects.template_<name>`."""


@dataclass(frozen=True, slots=True)
class Template:
    """Something to begin a KPI with. `measure` is the number of the edition's indicator, "" for one of this tool's own."""

    kpi: Kpi
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A row of a table beside what stands: `before` is the amount kept now, None where there is none."""

    row: Row
    before: Decimal | None
    change: Change


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table beside what stands. `blank`: the lines without a value, which are left alone."""

    rows: tuple[Compared, ...]
    blank: tuple[int, ...]

    def count(self, change: Change) -> int:
        """How many rows are new, changed or the same."""
        return sum(each.change == change for each in self.rows)

    @property
    def news(self) -> tuple[Reading, ...]:
        """What would be recorded."""
        return tuple(each.row.reading for each in self.rows if each.change != "same")


def templates(editions: Iterable[Edition], words: Words) -> tuple[Template, ...]:
    """What a KPI may begin with: this tool's own, then the quantitative indicators of the editions, in the language of `words`."""
    own = (Template(_own(name, kind, better, frequency, words)) for name, kind, better, frequency in OWN)
    official = (
        Template(
            Kpi(
                words.of(item.title),
                "other",
                words.of(item.measure.unit),
                "higher" if item.measure.better == "higher" else "lower",
                "yearly",
            ),
            item.code,
        )
        for edition in editions
        for item in edition.measured
        if item.measure and not item.measure.choices and item.measure.better != "neither"
    )
    return (*own, *official)


def keep_kpi(app: Application, store: Store, kpi: Kpi, by: str = "") -> Kpi:
    """Keep a new or a changed KPI. The KpiErrors; a baseline cannot have been measured in the future."""
    if kpi.baseline_on is not None:
        check_day(kpi, kpi.baseline_on, today(app, store))
    return store.keep_kpi(kpi, by)


def usual_day(app: Application, store: Store, kpi: Kpi) -> date:
    """The day a value is most likely about: the last one of the newest period that is over."""
    return newest_over(today(app, store), kpi.frequency, store.organisation.first_month).last


def record(
    app: Application, store: Store, kpi: Kpi, day: date, typed: str, note: str = "", by: str = ""
) -> Reading:
    """Record a value as somebody typed it, with or without its unit. AmountNotUnderstood, DayUnlikely and what `check_amount` raises."""
    try:
        amount = amount_in(kpi, typed)
    except ValueError:
        raise AmountNotUnderstood(name=kpi.name, value=shown(typed), unit=kpi.unit) from None
    check_day(kpi, day, today(app, store))
    return store.record_readings([Reading(kpi.id, day, amount, note)], by)[0]


def withdraw(store: Store, kpi: Kpi, day: date, by: str = "") -> None:
    """Take back the value of a day; it stays in the log and no longer counts."""
    store.record_readings([Reading(kpi.id, day, None)], by)


def read_table(app: Application, store: Store, raw: bytes, file: str) -> TableRead:
    """A table of values beside what stands; nothing is kept. TableProblems names every row that cannot be taken."""
    table = read_kpi_table(raw, file, store.kpis(), today(app, store))
    stand = {(each.kpi, each.day): each for each in store.readings()}
    return TableRead(tuple(_compared(row, stand) for row in table.rows), table.blank)


def take_table(app: Application, store: Store, raw: bytes, file: str, by: str = "") -> TableRead:
    """Record what is new or changed in a table, all or nothing; gives what was. TableProblems."""
    read = read_table(app, store, raw, file)
    store.record_readings(read.news, by)
    return read


def values_csv(store: Store, language: Language) -> bytes:
    """The values that stand as a CSV file, which `read_table` reads again."""
    return kpi_table(store.kpis(), store.readings(), language)


def set_rate(store: Store, typed: str, by: str = "") -> None:
    """Say what an hour is worth, as somebody typed it; blank forgets it. HourlyRateUnlikely."""
    yen: Decimal | None = None
    if typed.strip():
        try:
            yen = amount_of(typed, ("円", "yen", "jpy"))
        except ValueError:
            yen = Decimal()
        if yen != int(yen) or not yen:
            raise HourlyRateUnlikely(yen=shown(typed), most=HIGHEST_RATE)
    store.set_hourly_rate(None if yen is None else int(yen), by)


def _own(name: str, kind: Kind, better: Better, frequency: Frequency, words: Words) -> Kpi:
    unit = words(f"effects.template_{name}_unit")
    return Kpi(words(f"effects.template_{name}"), kind, unit, better, frequency)


def _compared(row: Row, stand: Mapping[tuple[str, date], Reading]) -> Compared:
    before = stand.get((row.kpi.id, row.reading.day))
    if before is None or before.amount is None:
        return Compared(row, None, "new")
    noted = row.reading.note.strip() if row.noted else before.note
    same = (before.amount, before.note) == (row.reading.amount, noted)
    return Compared(row, before.amount, "same" if same else "changed")
