"""The sums of the effect ledger as somebody makes them by hand from the exported values: nothing of the program in here."""

from __future__ import annotations

import calendar
import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

LENGTH = {"monthly": 1, "quarterly": 3, "yearly": 12}
Quarter = tuple[int, int]
Sums = dict[Quarter, tuple[Fraction, Fraction]]


def rows_of(raw: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by their headings."""
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def by_quarter(raw: bytes, kpis: Iterable[Mapping[str, Any]], first_month: int, today: date) -> Sums:
    """Hours and yen gained by fiscal quarter (year it begins in, 1–4) from the exported values, headed in Japanese.

    `kpis`: name, kind, better, frequency, baseline and baseline_on of each, as they are shown on its form.
    """
    sums: dict[Quarter, list[Fraction]] = defaultdict(lambda: [Fraction(), Fraction()])
    for kpi in kpis:
        if kpi["kind"] == "other" or kpi["baseline"] is None:
            continue
        newest: dict[int, tuple[date, Fraction]] = {}
        for row in rows_of(raw):
            if row["KPI"] == kpi["name"]:
                day = date.fromisoformat(row["日付"])
                period = _months(day, first_month) // LENGTH[kpi["frequency"]]
                newest[period] = max(newest.get(period, (date.min, Fraction())), (day, Fraction(row["値"])))
        for period, (_, amount) in newest.items():
            month = (period + 1) * LENGTH[kpi["frequency"]] - 1
            if kpi["baseline_on"] < _end(month, first_month) <= today:
                gain = Fraction(kpi["baseline"]) - amount
                quarter = month // 12, month % 12 // 3 + 1
                sums[quarter][kpi["kind"] == "yen"] += gain if kpi["better"] == "lower" else -gain
    return {quarter: (hours, yen) for quarter, (hours, yen) in sums.items()}


def up_to(sums: Sums, quarter: Quarter) -> tuple[Fraction, Fraction]:
    """Hours and yen cumulated up to the end of a quarter."""
    mine = [gained for each, gained in sums.items() if each <= quarter]
    return sum((hours for hours, _ in mine), Fraction()), sum((yen for _, yen in mine), Fraction())


def _months(day: date, first_month: int) -> int:
    """Months since the fiscal year 0 began."""
    return day.year * 12 + day.month - first_month


def _end(month: int, first_month: int) -> date:
    year, place = divmod(month + first_month - 1, 12)
    return date(year, place + 1, calendar.monthrange(year, place + 1)[1])
