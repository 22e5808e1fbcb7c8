"""KPIs and their values: typed, out of a table, taken back; what an hour is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dxassess.assessment.kpi import Kpi
from dxassess.errors import TableProblems
from dxassess.errors.effects import (
    AmountNotUnderstood,
    DayUnlikely,
    HourlyRateUnlikely,
    KpiChanged,
    KpiMeasured,
)
from dxassess.text import Words
from dxassess.usecases.kpis import (
    keep_kpi,
    read_table,
    record,
    set_rate,
    take_table,
    templates,
    usual_day,
    values_csv,
    withdraw,
)

JA = Words("ja")


@pytest.fixture
def hours(house):
    return keep_kpi(house.app, house.store, Kpi("入力の時間", "hours"))


def test_a_value_is_recorded_as_people_type_it(house, hours):
    record(house.app, house.store, hours, date(2026, 10, 31), "１，２００ 時間", "速報", "佐藤")
    (kept,) = house.store.readings()
    assert (kept.amount, kept.day, kept.note, kept.who) == (Decimal(1200), date(2026, 10, 31), "速報", "佐藤")


@pytest.mark.parametrize("typed", ["", "たくさん", "12円", "1e3"])
def test_what_is_no_amount_is_refused(house, hours, typed):
    with pytest.raises(AmountNotUnderstood):
        record(house.app, house.store, hours, date(2026, 10, 31), typed)
    assert house.store.readings() == ()


def test_nothing_is_measured_in_the_future(house, hours):
    with pytest.raises(DayUnlikely):
        record(house.app, house.store, hours, date(2026, 11, 23), "1")
    ahead = replace(hours, baseline=Decimal(1), baseline_on=date(2026, 12, 31))
    with pytest.raises(DayUnlikely):
        keep_kpi(house.app, house.store, ahead)
    assert house.store.kpis() == (hours,)


def test_the_usual_day_is_the_end_of_the_newest_period_that_is_over(house, hours):
    assert usual_day(house.app, house.store, hours) == date(2026, 10, 31)
    assert usual_day(house.app, house.store, replace(hours, frequency="quarterly")) == date(2026, 9, 30)
    assert usual_day(house.app, house.store, replace(hours, frequency="yearly")) == date(2026, 3, 31)


def test_who_changes_what_somebody_else_changed_is_told(house, hours):
    keep_kpi(house.app, house.store, replace(hours, owner="鈴木"), "鈴木")
    with pytest.raises(KpiChanged) as late:
        keep_kpi(house.app, house.store, replace(hours, owner="高橋"), "高橋")
    assert late.value.values["by"] == "鈴木"
    assert house.store.kpis()[0].owner == "鈴木"


def test_a_table_is_looked_at_before_it_is_taken(house, hours):
    record(house.app, house.store, hours, date(2026, 9, 30), "5")
    record(house.app, house.store, hours, date(2026, 8, 31), "6")
    raw = "KPI,日付,値\n入力の時間,2026-08-31,6\n入力の時間,2026-09-30,7\n入力の時間,2026-10-31,8\n".encode()
    seen = read_table(house.app, house.store, raw, "a.csv")
    assert [each.change for each in seen.rows] == ["same", "changed", "new"]
    assert len(house.store.readings()) == 2
    take_table(house.app, house.store, raw, "a.csv", "佐藤")
    assert [reading.amount for reading in house.store.readings()] == [5, 6, 7, 8]
    assert read_table(house.app, house.store, raw, "a.csv").news == ()


def test_of_a_table_with_a_problem_nothing_is_taken(house, hours):
    raw = "KPI,日付,値\n入力の時間,2026-10-31,8\n別,2026-10-31,8\n".encode()
    with pytest.raises(TableProblems):
        take_table(house.app, house.store, raw, "a.csv")
    assert house.store.readings() == ()


def test_what_is_taken_back_stays_in_the_log_and_leaves_the_export(house, hours):
    record(house.app, house.store, hours, date(2026, 10, 31), "8")
    withdraw(house.store, hours, date(2026, 10, 31), "佐藤")
    assert len(house.store.readings()) == 2
    assert values_csv(house.store, "ja").decode("utf-8-sig").count("\n") == 1


def test_the_hourly_rate_is_whole_yen_and_may_be_forgotten(house):
    set_rate(house.store, "３，２００円")
    assert house.store.hourly_rate() == 3200
    for typed in ("0", "-1", "3200.5", "高い", "9999999"):
        with pytest.raises(HourlyRateUnlikely):
            set_rate(house.store, typed)
    assert house.store.hourly_rate() == 3200
    set_rate(house.store, " ")
    assert house.store.hourly_rate() is None


def test_templates_are_our_own_and_the_measures_of_the_editions(tiny):
    found = templates([tiny], JA)
    assert [each.measure for each in found if each.measure] == ["q-days"]
    assert all(each.kpi.name and (each.kpi.unit or each.kpi.adds_up) for each in found)
    assert any(each.kpi.kind == "hours" for each in found)


def test_how_a_kpi_is_measured_stays_once_it_has_values(house, hours):
    changed = keep_kpi(house.app, house.store, replace(hours, frequency="quarterly"))
    record(house.app, house.store, changed, date(2026, 9, 30), "70")
    with pytest.raises(KpiMeasured):
        keep_kpi(house.app, house.store, replace(changed, frequency="monthly"))
    assert keep_kpi(house.app, house.store, replace(changed, owner="佐藤")).owner == "佐藤"


def test_what_is_no_longer_measured_takes_no_values_from_a_table(house, hours):
    keep_kpi(house.app, house.store, replace(hours, retired=True))
    with pytest.raises(TableProblems):
        take_table(house.app, house.store, "KPI,日付,値\n入力の時間,2026-10-31,8\n".encode(), "a.csv")


def test_a_table_without_a_column_for_notes_leaves_the_notes_alone(house, hours):
    record(house.app, house.store, hours, date(2026, 10, 31), "8", "速報")
    raw = "KPI,日付,値\n入力の時間,2026-10-31,8\n".encode()
    assert read_table(house.app, house.store, raw, "a.csv").news == ()
    with_one = "KPI,日付,値,メモ\n入力の時間,2026-10-31,8,\n".encode()
    assert len(read_table(house.app, house.store, with_one, "a.csv").news) == 1
