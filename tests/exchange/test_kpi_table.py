"""Values of KPIs out of a spreadsheet: read as people write them in Japan, or refused whole with every row named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.kpi import Kpi, Reading
from dxassess.errors import TableProblems
from dxassess.exchange.kpi_table import kpi_table, read_kpi_table

TODAY = date(2026, 11, 22)
HOURS = Kpi("入力の時間", "hours", "時間", id="a" * 32)
RATE = Kpi("差戻し率", "other", "%", id="b" * 32)
COST = Kpi("費用", "yen", "円", id="c" * 32)
KPIS = (HOURS, RATE, COST)


def read(text, encoding="utf-8"):
    return read_kpi_table(text.encode(encoding), "a.csv", KPIS, TODAY)


def refused(text):
    with pytest.raises(TableProblems) as error:
        read(text)
    return [(problem.code, problem.line) for problem in error.value.problems]


def test_a_table_as_excel_writes_it_in_japan():
    text = 'ＫＰＩ,日付,値,単位,メモ\n入力の時間,令和８年４月３０日,"１，１０５",時間,=1\n費用,R8.5.31,\\1,\n差戻し率,2026/5/31,12.5％,,\n'
    found = read(text, "cp932")
    assert [(row.line, row.reading) for row in found.rows] == [
        (2, Reading(HOURS.id, date(2026, 4, 30), Decimal(1105), "=1")),
        (3, Reading(COST.id, date(2026, 5, 31), Decimal(1))),
        (4, Reading(RATE.id, date(2026, 5, 31), Decimal("12.5"))),
    ]


def test_rows_without_a_value_say_nothing():
    found = read("KPI,Day,Value\n入力の時間,2026-04-30,\n費用,2026-04-30,5\n")
    assert (len(found.rows), found.blank) == (1, (2,))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("別のもの,2026-04-30,1", "csv.kpi_unknown"),
        ("入力の時間,2026-04-30,1円", "csv.kpi_amount"),
        ("入力の時間,2026-04-30,多い", "csv.kpi_amount"),
        ("入力の時間,4月30日,1", "csv.day"),
        ("入力の時間,,1", "csv.kpi_day_missing"),
        ("入力の時間,2026-11-23,1", "error.DayUnlikely"),
        ("入力の時間,1999-12-31,1", "error.DayUnlikely"),
        ("入力の時間,2026-04-30,-1", "error.AmountNegative"),
        ("差戻し率,2026-04-30,101", "error.AmountOverHundred"),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_row_and_nothing_is(row, code):
    assert refused(f"KPI,Day,Value\n費用,2026-04-30,5\n{row}\n") == [(code, 3)]


def test_a_wrong_unit_and_a_day_twice_are_named():
    assert refused("KPI,日付,値,単位\n入力の時間,2026-04-30,1,日\n") == [("csv.kpi_unit", 2)]
    assert refused("KPI,日付,値\n費用,2026-04-30,1\n費用,令和8年4月30日,2\n") == [("csv.kpi_twice", 3)]


def test_all_problems_come_at_once():
    assert len(refused("KPI,日付,値\n別,2026-04-30,1\n費用,昨日,1\n費用,2026-04-30,x\n")) == 3


AMOUNTS = st.decimals(0, 100, places=2)
NOTES = st.text(alphabet="=+-'@aあ, \"", max_size=8).map(str.strip)


@given(values=st.dictionaries(st.dates(date(2025, 1, 1), TODAY), st.tuples(AMOUNTS, NOTES), max_size=6))
@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_written_is_read_again_unchanged(language, values):
    readings = [Reading(RATE.id, day, amount, note) for day, (amount, note) in values.items()]
    found = read_kpi_table(kpi_table(KPIS, readings, language), "a.csv", KPIS, TODAY)
    assert [row.reading for row in found.rows] == sorted(readings, key=lambda each: each.day)


def test_what_was_taken_back_is_not_written():
    day = date(2026, 4, 30)
    raw = kpi_table(KPIS, [Reading(COST.id, day, Decimal(5)), Reading(COST.id, day, None)], "ja")
    assert raw.decode("utf-8-sig").splitlines() == ["KPI,日付,値,単位,メモ"]
