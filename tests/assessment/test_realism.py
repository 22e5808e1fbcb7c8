"""What a target asks for a year, beside the pace so far."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from dxassess.assessment.realism import Pace, needed_pace, own_pace, times

SPRING, NEXT_SPRING, SUMMER = date(2025, 4, 1), date(2026, 4, 1), date(2025, 7, 1)
ONE, TWO = Fraction(1), Fraction(2)


def test_the_pace_is_the_mean_rise_of_the_items_that_had_a_level_on_both_days():
    before, after = {"a": ONE, "b": ONE, "c": TWO}, {"a": TWO, "b": ONE, "d": TWO}
    assert own_pace([(SPRING, before), (SUMMER, {}), (NEXT_SPRING, after)]) == Pace(
        Fraction(1, 2), 2, SPRING, NEXT_SPRING
    )


def test_half_a_year_counts_twice():
    found = own_pace([(date(2026, 1, 1), {"a": ONE}), (date(2026, 7, 2), {"a": TWO})])
    assert found is not None
    assert found.per_year == Fraction(365, 182)


@pytest.mark.parametrize(
    "rounds",
    [
        [],
        [(SPRING, {"a": ONE})],
        [(SPRING, {"a": ONE}), (SUMMER, {"a": TWO})],
        [(SPRING, {"a": ONE}), (NEXT_SPRING, {"b": TWO})],
    ],
)
def test_without_two_rounds_half_a_year_apart_with_the_same_items_there_is_no_pace(rounds):
    assert own_pace(rounds) is None


def test_what_a_target_asks_for_a_year():
    assert needed_pace(TWO, SPRING, NEXT_SPRING) == 2
    assert needed_pace(ONE, SPRING, date(2027, 4, 1)) == Fraction(1, 2)
    assert needed_pace(ONE, SPRING, SPRING) is None
    assert needed_pace(ONE, NEXT_SPRING, SPRING) is None


def test_how_many_times_the_pace_so_far():
    assert times(ONE, Fraction(1, 4)) == 4
    assert times(ONE, Fraction(0)) is None
    assert times(ONE, Fraction(-1, 4)) is None
