"""Values of KPIs out of a table, and into one: a row per KPI and day. Either every row is taken or none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dxassess.assessment.kpi import Kpi, Reading, check_amount, check_day
from dxassess.assessment.names import folded
from dxassess.errors import KpiError, Problem, TableProblems
from dxassess.exchange.cells import amount_of, day_of, few, shown
from dxassess.exchange.safe_csv import csv_of, unguarded
from dxassess.exchange.tablereader import MAX_PROBLEMS, Column, Line, TableReader
from dxassess.text import Language

COLUMNS = (
    Column("kpi", "KPI", "KPI", required=True),
    Column("day", "日付", "Day", required=True),
    Column("amount", "値", "Value", required=True),
    Column("unit", "単位", "Unit"),
    Column("note", "メモ", "Note"),
)
_MONEY = ("¥", "￥", "\\")
"""The yen sign; in Shift_JIS it is the byte that is a backslash elsewhere."""
_UNSEEN = ("Cc", "Cs")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be taken: on which line it stands, and what it says. `noted`: whether it has a cell for the note at all."""

    line: int
    kpi: Kpi
    reading: Reading
    noted: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """What was read. `blank`: the lines without a value, which say nothing."""

    rows: tuple[Row, ...]
    blank: tuple[int, ...]


def amount_in(kpi: Kpi, text: str) -> Decimal:
    """An amount of a KPI as people write it, with or without its unit. ValueError for anything else, also for another unit."""
    if kpi.kind != "yen" and any(sign in text for sign in _MONEY):
        raise ValueError(text)
    return amount_of(text.strip().removeprefix("\\"), kpi.spellings)


def read_kpi_table(raw: bytes, file: str, kpis: Iterable[Kpi], today: date) -> Table:
    """The rows of a table, for KPIs found by their names. Raises TableProblems with every problem and its line."""
    reader = TableReader(file, COLUMNS)
    known = {folded(kpi.name): kpi for kpi in kpis}
    rows: dict[tuple[str, date], Row] = {}
    blank: list[int] = []
    for line in reader.lines(raw):
        if not line["amount"] and line["kpi"]:
            blank.append(line.number)
            continue
        row = _row(reader, line, known, today)
        if row is None:
            continue
        twin = rows.setdefault((row.kpi.id, row.reading.day), row)
        if twin is not row:
            reader.complain("kpi_twice", line.number, kpi=row.kpi.name, day=row.reading.day, first=twin.line)
    if reader.count:
        raise TableProblems(reader.problems, file=file, count=reader.count)
    return Table(tuple(rows.values()), tuple(blank))


def kpi_table(kpis: Sequence[Kpi], readings: Iterable[Reading], language: Language) -> bytes:
    """The values that stand, as a table `read_kpi_table` reads again: in the order of the KPIs, then of the days."""
    newest = {(each.kpi, each.day): each for each in readings}
    rows = [
        (kpi.name, day.isoformat(), found.amount, kpi.unit, found.note)
        for kpi in kpis
        for (of, day), found in sorted(newest.items())
        if of == kpi.id and found.amount is not None
    ]
    return csv_of([column.ja if language == "ja" else column.en for column in COLUMNS], rows)


def _row(reader: TableReader, line: Line, known: Mapping[str, Kpi], today: date) -> Row | None:
    kpi = known.get(folded(unguarded(line["kpi"])))
    if kpi is None:
        names = few([each.name for each in known.values()])
        reader.complain("kpi_unknown", line.number, kpi=shown(line["kpi"]), allowed=names)
        return None
    if kpi.retired:
        reader.complain("kpi_retired", line.number, kpi=kpi.name)
    unit = unguarded(line["unit"])
    if unit and folded(unit) not in map(folded, kpi.spellings):
        reader.complain("kpi_unit", line.number, kpi=kpi.name, unit=shown(unit), expected=kpi.unit)
    note = unguarded(line["note"])
    if any(unicodedata.category(letter) in _UNSEEN and letter not in "\t\n" for letter in note):
        reader.complain("kpi_note", line.number, note=shown(note))
    if not line["day"]:
        reader.complain("kpi_day_missing", line.number, kpi=kpi.name)
    day = reader.cell(line, "day", day_of, "day")
    amount = _amount(reader, line, kpi)
    if day is None or amount is None or not _likely(reader, line, kpi, day, amount, today):
        return None
    return Row(line.number, kpi, Reading(kpi.id, day, amount, note), "note" in line.cells)


def _amount(reader: TableReader, line: Line, kpi: Kpi) -> Decimal | None:
    try:
        return amount_in(kpi, line["amount"])
    except ValueError:
        value = shown(line["amount"])
        reader.complain("kpi_amount", line.number, kpi=kpi.name, value=value, expected=kpi.unit)
        return None


def _likely(reader: TableReader, line: Line, kpi: Kpi, day: date, amount: Decimal, today: date) -> bool:
    """Whether a value may be kept; what speaks against it is said in its own sentence."""
    try:
        check_day(kpi, day, today)
        check_amount(kpi, amount)
    except KpiError as error:
        reader.count += 1
        if len(reader.problems) < MAX_PROBLEMS:
            code = f"error.{type(error).__name__}"
            reader.problems.append(Problem(code, reader.file, line.number, error.values))
        return False
    return True
