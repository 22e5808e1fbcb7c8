"""Months, and quarters and years of the fiscal year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.model import fiscal_quarter
from dxassess.assessment.period import (
    FREQUENCIES,
    Period,
    following,
    newest_over,
    period_of,
    previous,
    stretch,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("frequency", "first_month", "first", "last"),
    [
        ("monthly", 4, date(2028, 2, 1), date(2028, 2, 29)),
        ("quarterly", 4, date(2028, 1, 1), date(2028, 3, 31)),
        ("quarterly", 3, date(2027, 12, 1), date(2028, 2, 29)),
        ("yearly", 4, date(2027, 4, 1), date(2028, 3, 31)),
        ("yearly", 1, date(2028, 1, 1), date(2028, 12, 31)),
        ("yearly", 3, date(2027, 3, 1), date(2028, 2, 29)),
    ],
)
def test_the_period_of_a_day_in_february(frequency, first_month, first, last):
    assert period_of(date(2028, 2, 15), frequency, first_month) == Period(first, last)


@given(DAYS, st.sampled_from(FREQUENCIES), st.integers(1, 12))
def test_every_day_lies_in_one_period_and_periods_follow_without_a_gap(day, frequency, first_month):
    period = period_of(day, frequency, first_month)
    assert period.first <= day <= period.last
    after = following(period, frequency, first_month)
    assert after.first == period.last + timedelta(days=1)
    assert previous(after, frequency, first_month) == period
    inner = {fiscal_quarter(each, first_month) for each in (period.first, period.last)}
    assert len(inner) == (2 if frequency == "yearly" else 1)


@given(DAYS, st.sampled_from(FREQUENCIES), st.integers(1, 12))
def test_the_newest_period_that_is_over_ends_today_or_before(day, frequency, first_month):
    found = newest_over(day, frequency, first_month)
    assert found.last <= day < following(found, frequency, first_month).last


def test_a_stretch_has_both_ends_and_none_backwards():
    one, two = (period_of(date(2026, month, 1), "monthly", 4) for month in (4, 6))
    assert [each.first.month for each in stretch(one, two, "monthly", 4)] == [4, 5, 6]
    assert list(stretch(two, one, "monthly", 4)) == []
