"""What a KPI and a measured value must be like to be kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from dxassess.assessment.kpi import Kpi, check_amount, check_day, check_rate, checked, folded
from dxassess.errors.effects import (
    AmountNegative,
    AmountOverHundred,
    AmountTooLarge,
    DayUnlikely,
    HourlyRateUnlikely,
    KpiBaselineIncomplete,
    KpiNameMissing,
    KpiNameTaken,
    KpiUnitMissing,
)

HOURS = Kpi("請求書の入力時間", unit="時間", baseline=Decimal(120), baseline_on=date(2026, 3, 31), id="a")
SHARE = Kpi("紙の割合", "other", "％", id="b")


def test_a_whole_kpi_is_kept_as_it_is():
    assert checked(HOURS, [HOURS, SHARE]) == HOURS
    assert checked(SHARE, []) == SHARE


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": "　 "}, KpiNameMissing),
        ({"name": "紙 の割合"}, KpiNameTaken),
        ({"unit": " "}, KpiUnitMissing),
        ({"baseline_on": None}, KpiBaselineIncomplete),
        ({"baseline": None}, KpiBaselineIncomplete),
        ({"baseline": Decimal(-1)}, AmountNegative),
        ({"target": Decimal(-1)}, AmountNegative),
        ({"target": Decimal(10) ** 15}, AmountTooLarge),
    ],
)
def test_what_cannot_be_kept(change, error):
    with pytest.raises(error):
        checked(replace(HOURS, **change), [SHARE])


def test_names_and_units_are_compared_without_width_case_and_blanks():
    assert folded(" Ｋｐｉ　１ ") == folded("kpi1")


def test_shares_go_from_nothing_to_the_whole_and_hours_are_never_negative():
    for amount in (None, Decimal(0), Decimal(100)):
        check_amount(SHARE, amount)
    for kpi, amount, error in (
        (SHARE, "100.1", AmountOverHundred),
        (SHARE, "-1", AmountNegative),
        (HOURS, "-1", AmountNegative),
        (HOURS, "-1e15", AmountTooLarge),
    ):
        with pytest.raises(error):
            check_amount(kpi, Decimal(amount))
    check_amount(replace(SHARE, unit="点"), Decimal(-5))
    check_amount(replace(HOURS, kind="yen", unit="円"), Decimal(-5))


def test_a_day_is_not_in_the_future_and_not_long_ago():
    today = date(2026, 11, 22)
    check_day(HOURS, today, today)
    for day in (date(2026, 11, 23), date(1999, 12, 31)):
        with pytest.raises(DayUnlikely):
            check_day(HOURS, day, today)


def test_an_hour_is_worth_one_yen_to_a_million():
    check_rate(1)
    check_rate(1_000_000)
    for yen in (0, -5, 1_000_001):
        with pytest.raises(HourlyRateUnlikely):
            check_rate(yen)


def test_a_gain_has_its_direction_and_needs_a_baseline():
    assert HOURS.gain(Decimal(100)) == 20
    assert replace(HOURS, better="higher").gain(Decimal("100.5")) == Fraction(-39, 2)
    assert SHARE.gain(Decimal(5)) is None


def test_a_target_on_the_wrong_side_is_noticed():
    assert replace(HOURS, target=Decimal(130)).target_behind
    assert not replace(HOURS, target=Decimal(90)).target_behind
    assert not HOURS.target_behind
    assert not replace(SHARE, target=Decimal(1)).target_behind


def test_a_unit_may_be_written_as_people_write_it():
    assert HOURS.spellings == ("時間", "h", "hour", "hours")
    assert SHARE.spellings == ("％",)
    assert HOURS.adds_up and not SHARE.adds_up
