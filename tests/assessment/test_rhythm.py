"""The fiscal year by quarters, the days on which the next rounds would fit, and what a planned round may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.model import FiscalQuarter, Round, fiscal_quarter
from dxassess.assessment.period import Period
from dxassess.assessment.rhythm import (
    AHEAD,
    PlannedRound,
    ahead,
    before,
    check_day,
    check_free,
    done_as,
    fiscal_year,
    fitting_days,
    quarter_period,
)
from dxassess.errors.rhythm import PlannedDayTaken, PlannedDayUnlikely

TODAY = date(2026, 11, 26)
MONTHS = st.integers(1, 12)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def held(day: date, edition: str = "t", title: str = "回") -> Round:
    return Round(f"r{day}", title, edition, 1, "", day, fiscal_quarter(day, 4))


def planned(day: date, state: str = "planned", number: int = 1) -> PlannedRound:
    return PlannedRound("予定", "t", day, state=state, id=f"p{number}", number=number)


@pytest.mark.parametrize("day", [date(2000, 1, 1), TODAY, TODAY + AHEAD])
def test_a_round_may_be_planned_for_a_day_within_three_years(day: date) -> None:
    check_day(day, TODAY)


@pytest.mark.parametrize("day", [date(1999, 12, 31), TODAY + AHEAD + timedelta(days=1), date.max])
def test_a_day_long_ago_or_far_ahead_is_refused(day: date) -> None:
    with pytest.raises(PlannedDayUnlikely) as error:
        check_day(day, TODAY)
    assert error.value.values == {"day": day, "earliest": date(2000, 1, 1), "latest": TODAY + AHEAD}


def test_two_rounds_of_one_edition_on_one_day_are_refused_by_name() -> None:
    mine, day = planned(TODAY, number=1), TODAY
    check_free(mine, [mine], [held(day, "other")])
    check_free(mine, [planned(day, "dropped", 2), planned(day, "started", 3)], [])
    with pytest.raises(PlannedDayTaken) as error:
        check_free(mine, [planned(day, number=2)], [])
    assert error.value.values == {"day": day, "title": "予定"}
    with pytest.raises(PlannedDayTaken):
        check_free(replace(mine, id=""), [], [held(day)])


def test_what_waits_is_neither_started_nor_dropped_and_goes_by_day() -> None:
    first, second, third = (planned(TODAY, number=2), planned(TODAY, number=3), planned(date(2026, 1, 1)))
    gone = planned(TODAY, "dropped", 4), planned(TODAY, "started", 5)
    assert ahead([second, *gone, first, third]) == (third, first, second)


@given(DAYS, MONTHS)
def test_a_day_lies_in_its_quarter_and_the_quarter_before_ends_the_day_before(day: date, month: int) -> None:
    quarter = fiscal_quarter(day, month)
    period = quarter_period(quarter, month)
    assert period.first <= day <= period.last
    assert quarter_period(before(quarter), month).last == period.first - timedelta(days=1)


def test_the_quarter_before_the_first_is_the_last_of_the_year_before() -> None:
    assert before(FiscalQuarter(2026, 1)) == FiscalQuarter(2025, 4)
    assert before(FiscalQuarter(2026, 3)) == FiscalQuarter(2026, 2)


def test_a_fiscal_year_has_four_quarters_with_what_was_held_and_is_planned() -> None:
    spring, autumn, pulse = held(date(2026, 4, 1)), held(date(2026, 12, 31)), held(date(2026, 10, 1))
    later, gone = planned(date(2027, 3, 31)), planned(date(2027, 3, 30), "dropped", 2)
    year = fiscal_year(2026, 4, [spring, autumn], [pulse], [later, gone])
    assert [each.quarter for each in year] == [FiscalQuarter(2026, number) for number in (1, 2, 3, 4)]
    assert [each.full for each in year] == [(spring,), (), (autumn,), ()]
    assert [each.pulses for each in year] == [(), (), (pulse,), ()]
    assert [each.planned for each in year] == [(), (), (), (later,)]
    assert [each.is_free for each in year] == [False, True, False, False]
    assert (year[0].period.first, year[3].period) == (
        date(2026, 4, 1),
        Period(date(2027, 1, 1), date(2027, 3, 31)),
    )


def test_without_a_round_the_last_month_of_each_quarter_begins_a_round() -> None:
    assert fitting_days(TODAY, 4, [], [], []) == (
        date(2026, 12, 1),
        date(2027, 3, 1),
        date(2027, 6, 1),
        date(2027, 9, 1),
    )


def test_the_next_rounds_lie_as_far_into_their_quarter_as_the_last_and_on_working_days() -> None:
    last = held(date(2026, 8, 26))
    assert fitting_days(TODAY, 4, [held(date(2026, 5, 1)), last], [], []) == (
        date(2026, 11, 26),
        date(2027, 2, 26),
        date(2027, 5, 27),
        date(2027, 8, 26),
    )


def test_quarters_with_a_round_a_pulse_or_a_plan_are_left_out() -> None:
    full, pulse = [held(date(2026, 11, 1))], [held(date(2027, 1, 15))]
    assert fitting_days(TODAY, 4, full, pulse, [planned(date(2027, 4, 20))]) == (date(2027, 7, 30),)


def test_a_day_that_is_over_is_put_off_to_today_and_a_weekend_to_the_monday_after() -> None:
    saturday = date(2026, 11, 28)
    assert fitting_days(saturday, 4, [held(date(2026, 7, 1))], [], [])[0] == date(2026, 11, 30)


def test_on_the_last_days_of_a_quarter_a_weekend_has_to_do() -> None:
    saturday = date(2027, 5, 29)
    assert fitting_days(saturday, 3, [held(date(2026, 7, 1))], [], [])[0] == date(2027, 5, 31)
    sunday = date(2026, 5, 31)
    assert fitting_days(sunday, 3, [held(date(2025, 7, 1))], [], [])[0] == sunday


def test_how_many_days_ago_a_planned_round_was_to_be_held() -> None:
    plan = planned(TODAY)
    days = [plan.days_past(TODAY + timedelta(days=more)) for more in (-3, 0, 1, 400)]
    assert days == [0, 0, 1, 400]


def test_a_round_of_its_edition_in_its_quarter_after_it_was_planned_may_stand_for_a_planned_one() -> None:
    plan, made = planned(date(2026, 11, 25)), date(2026, 10, 20)
    first, near = held(date(2026, 10, 20)), held(date(2026, 11, 27))
    others = [held(date(2026, 10, 19)), held(date(2027, 1, 1)), replace(near, edition="other")]
    assert done_as(plan, [first, near, *others], made, 4) == near
    assert done_as(plan, [first, *others], made, 4) == first
    assert done_as(plan, others, made, 4) is None


@given(DAYS, MONTHS, st.lists(DAYS, max_size=4))
def test_what_is_suggested_lies_in_a_free_quarter_ahead(day: date, month: int, rounds: list[date]) -> None:
    found = fitting_days(day, month, [held(each) for each in rounds], [], [])
    taken = {fiscal_quarter(each, month) for each in rounds}
    quarters = [fiscal_quarter(each, month) for each in found]
    assert quarters == sorted(set(quarters)) and len(quarters) <= 4
    assert all(each >= day for each in found)
    assert not taken & set(quarters)
