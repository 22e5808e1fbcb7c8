"""The effect ledger: which periods count, what adds up, what is missing; every sum is one anybody can make again by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.account import account, done_on
from dxassess.assessment.action import Action, Status
from dxassess.assessment.effects import (
    Amounts,
    Cost,
    cost,
    quarters,
    total,
    without_effect,
)
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.model import FiscalQuarter, fiscal_quarter
from dxassess.assessment.period import FREQUENCIES, period_of

TODAY = date(2026, 11, 22)
APRIL = 4
HOURS = Kpi("請求書の入力", unit="時間", baseline=Decimal(120), baseline_on=date(2026, 3, 31), id="h")
YEN = Kpi(
    "外注費",
    "yen",
    "円",
    frequency="quarterly",
    baseline=Decimal(900_000),
    baseline_on=date(2026, 3, 31),
    id="y",
)
SHARE = Kpi("自動化率", "other", "%", "higher", baseline=Decimal(10), baseline_on=date(2026, 3, 31), id="s")
DONE = Action(
    "自動入力",
    "tiny",
    status=Status.DONE,
    effects={"h": Decimal(-30)},
    finished=date(2026, 6, 15),
    one_off=300_000,
)


def read(kpi, *values):
    """(month, day, amount) … of 2026, in the order they were recorded."""
    return [
        Reading(
            kpi.id, date(2026, month, day), None if amount is None else Decimal(str(amount)), sequence=number
        )
        for number, (month, day, amount) in enumerate(values)
    ]


def book(kpi, readings=(), actions=(), today=TODAY, first_month=APRIL):
    return account(kpi, readings, actions, first_month, today)


def gains(found):
    return [(value.period.first.month, value.gain, value.why) for value in found.values]


def test_a_month_gains_what_its_value_lies_below_the_baseline():
    found = book(HOURS, read(HOURS, (4, 30, 110), (5, 31, "100.5"), (6, 30, 130)))
    assert gains(found) == [(4, 10, None), (5, Fraction(39, 2), None), (6, -10, None)]
    assert (found.measured, found.n, len(found.steps)) == (Fraction(39, 2), 3, 7)


def test_the_newest_reading_of_a_day_and_the_last_day_of_a_period_count_and_a_withdrawn_one_does_not():
    readings = read(
        HOURS, (4, 30, 50), (4, 10, 1), (4, 30, 110), (5, 31, 90), (5, 31, None), (6, 30, 9), (6, 29, 8)
    )
    assert gains(book(HOURS, [*readings[:6], replace(readings[5], amount=None), readings[6]])) == [
        (4, 10, None),
        (6, 112, None),
    ]


def test_readings_of_other_kpis_are_theirs():
    assert book(HOURS, read(YEN, (6, 30, 1))).values == ()


@pytest.mark.parametrize(
    ("kpi", "day", "why"),
    [
        (HOURS, (3, 31), "before"),
        (HOURS, (11, 20), "running"),
        (replace(HOURS, baseline=None, baseline_on=None), (4, 30), "no_baseline"),
        (YEN, (10, 5), "running"),
    ],
)
def test_values_that_do_not_count_say_why(kpi, day, why):
    (value,) = book(kpi, read(kpi, (*day, 100))).values
    assert (value.gain, value.why) == (None, why)


def test_a_month_that_ends_today_is_over():
    (value,) = book(HOURS, read(HOURS, (11, 30, 100)), today=date(2026, 11, 30)).values
    assert value.gain == 20


def test_an_action_is_expected_to_work_in_every_period_that_ends_on_or_after_its_day():
    found = book(HOURS, (), [DONE])
    assert [step.expected for step in found.steps] == [0, 0, 30, 30, 30, 30, 30]
    assert (found.expected, found.measured, found.n) == (150, 0, 0)
    higher = replace(DONE, effects={"s": Decimal(5)})
    assert book(SHARE, (), [higher]).expected == 25
    by_due = replace(DONE, finished=None, due=date(2026, 10, 31))
    assert book(HOURS, (), [by_due]).expected == 30
    for other in (
        replace(DONE, status=Status.DOING),
        replace(DONE, effects={}),
        replace(DONE, finished=None),
        replace(DONE, finished=date(2026, 3, 30)),
    ):
        assert book(HOURS, (), [other]).expected == 0
    assert book(HOURS, (), [replace(DONE, finished=date(2026, 3, 31))]).expected == 210


def test_without_a_baseline_something_is_expected_and_nothing_measured():
    bare = replace(HOURS, baseline=None, baseline_on=None)
    found = book(bare, read(HOURS, (9, 30, 5)), [DONE])
    assert (found.expected, found.n, len(found.steps)) == (150, 0, 5)
    assert book(bare).steps == ()


def test_a_retired_kpi_keeps_its_sums_up_to_its_last_value():
    gone = replace(HOURS, retired=True)
    found = book(gone, read(HOURS, (7, 31, 100)), [DONE])
    assert (found.measured, found.expected, found.missed, found.standing) == (20, 60, 0, "retired")
    assert book(gone, (), [DONE]).steps == ()


@pytest.mark.parametrize(
    ("kpi", "values", "missed", "standing"),
    [
        (HOURS, [(10, 31, 1)], 0, "fresh"),
        (HOURS, [(11, 20, 1)], 0, "fresh"),
        (HOURS, [(9, 30, 1)], 1, "fresh"),
        (HOURS, [(8, 31, 1)], 2, "stale"),
        (HOURS, [], 7, "stale"),
        (replace(HOURS, baseline_on=date(2026, 10, 1)), [], 0, "none"),
        (replace(HOURS, baseline=None, baseline_on=None), [], 0, "none"),
        (YEN, [(6, 30, 1)], 1, "fresh"),
        (YEN, [], 2, "stale"),
        (replace(HOURS, frequency="yearly"), [], 0, "none"),
    ],
)
def test_a_kpi_is_stale_when_a_period_over_for_more_than_one_period_has_no_value(
    kpi, values, missed, standing
):
    found = book(kpi, read(kpi, *values))
    assert (found.missed, found.standing) == (missed, standing)


def test_the_latest_value_is_that_of_the_newest_period():
    assert book(HOURS).latest is None
    latest = book(HOURS, read(HOURS, (6, 30, 1), (5, 31, 2))).latest
    assert latest and latest.reading.amount == 1


def test_quarters_add_up_hours_and_yen_apart_and_leave_none_out():
    readings = [
        *read(HOURS, (4, 30, 110), (9, 30, 100)),
        *read(YEN, (6, 30, 850_000)),
        *read(SHARE, (6, 30, 50)),
    ]
    books = [book(kpi, readings, [DONE]) for kpi in (HOURS, YEN, SHARE)]
    found = quarters(books)
    assert [each.quarter for each in found] == [FiscalQuarter(2026, number) for number in (1, 2, 3)]
    assert [each.measured for each in found] == [
        Amounts(Fraction(10), Fraction(50_000)),
        Amounts(Fraction(20)),
        Amounts(),
    ]
    assert [each.expected.hours for each in found] == [30, 90, 30]
    assert [each.measured_so_far.hours for each in found] == [10, 30, 30]
    assert [each.expected_so_far.hours for each in found] == [30, 120, 150]
    whole = total(books)
    assert (whole.measured, whole.n, whole.m) == (found[-1].measured_so_far, 3, 9)
    assert whole.measured.valued(3_000) == 140_000
    assert whole.measured.valued(None) == 50_000
    assert quarters([books[2]]) == ()
    assert total([]) == total(books, 2025)


def test_a_year_alone_is_that_fiscal_year():
    early = replace(HOURS, baseline_on=date(2025, 12, 31))
    readings = [
        Reading("h", date(2026, 2, 28), Decimal(100)),
        Reading("h", date(2026, 4, 30), Decimal(90)),
    ]
    books = [book(early, readings)]
    assert [total(books, year).measured.hours for year in (2025, 2026, None)] == [20, 30, 50]


def test_quarters_between_two_far_apart_stand_with_nothing_in_them():
    gone = replace(HOURS, retired=True, baseline_on=date(2025, 3, 31), frequency="monthly")
    early = book(gone, [Reading("h", date(2025, 4, 30), Decimal(100))])
    late = book(
        replace(HOURS, id="l", baseline_on=date(2026, 9, 30)),
        [Reading("l", date(2026, 10, 31), Decimal(100))],
    )
    found = quarters([early, late])
    assert len(found) == 7
    assert [each.measured.hours for each in found] == [20, 0, 0, 0, 0, 0, 20]


def test_costs_of_done_actions_stand_as_they_were_said():
    actions = [
        DONE,
        replace(DONE, one_off=None, yearly=60_000, finished=date(2026, 2, 1)),
        replace(DONE, one_off=None, finished=None),
        replace(DONE, status=Status.DOING, one_off=9),
    ]
    assert cost(actions, APRIL) == Cost(3, 300_000, 60_000, 1)
    assert cost(actions, APRIL, 2026) == Cost(2, 300_000, 60_000, 0)
    assert cost(actions, APRIL, 2025) == Cost(1, 0, 60_000, 0)


def test_done_actions_without_a_measured_effect_say_why():
    books = {"h": book(HOURS, read(HOURS, (6, 30, 100)))}
    seen = replace(DONE, finished=date(2026, 6, 30))
    late = replace(DONE, finished=date(2026, 7, 1))
    early = replace(DONE, finished=date(2026, 3, 1))
    nowhere = replace(DONE, effects={"gone": Decimal(1)})
    dayless = replace(DONE, finished=None)
    doing = replace(DONE, status=Status.DOING)
    assert without_effect([seen, late, early, nowhere, dayless, doing], books) == (
        (late, "no_value"),
        (early, "no_value"),
        (nowhere, "no_kpi"),
        (dayless, "no_day"),
    )
    assert done_on(doing) is None


AMOUNTS = st.decimals(0, 10_000, places=2)
DAYS = st.dates(date(2024, 1, 1), TODAY)


@given(
    st.sampled_from(["hours", "yen"]),
    st.sampled_from(["lower", "higher"]),
    st.sampled_from(FREQUENCIES),
    st.integers(1, 12),
    AMOUNTS,
    DAYS,
    st.lists(st.tuples(DAYS, st.none() | AMOUNTS), max_size=40),
    st.integers(1, 20_000),
)
def test_the_cumulated_sum_is_the_sum_over_the_readings(
    kind, better, frequency, first_month, baseline, baseline_on, said, rate
):
    kpi = Kpi("k", kind, "u", better, frequency, baseline=baseline, baseline_on=baseline_on, id="k")
    readings = [Reading("k", day, amount, sequence=number) for number, (day, amount) in enumerate(said)]
    found = quarters([book(kpi, readings, first_month=first_month)])

    days = dict(said)
    periods = {}
    for day in sorted(days):
        if days[day] is not None:
            periods[period_of(day, frequency, first_month)] = days[day]
    by_hand, in_quarter = Fraction(), {}
    for period, amount in periods.items():
        if baseline_on < period.last <= TODAY:
            gain = (
                Fraction(baseline) - Fraction(amount)
                if better == "lower"
                else Fraction(amount) - Fraction(baseline)
            )
            by_hand += gain
            quarter = fiscal_quarter(period.last, first_month)
            in_quarter[quarter] = in_quarter.get(quarter, Fraction()) + gain
    so_far = found[-1].measured_so_far if found else Amounts()
    assert getattr(so_far, kind) == by_hand
    assert {each.quarter: getattr(each.measured, kind) for each in found if getattr(each.measured, kind)} == {
        quarter: gain for quarter, gain in in_quarter.items() if gain
    }
    assert so_far.valued(rate) == by_hand * (rate if kind == "hours" else 1)
