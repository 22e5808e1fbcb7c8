"""When a target is reached: the line, Fieller's interval by its own definition, and every reason to say nothing."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dxassess.assessment.arrival import MOST_ROUNDS, Arrival, Basis
from dxassess.assessment.arrival import arrival as made

FIRST = date(2024, 5, 15)
QUARTER = 91


def line(*values: str | int | Fraction) -> list[tuple[date, Fraction]]:
    """A value a quarter."""
    return [(FIRST + timedelta(QUARTER * at), Fraction(value)) for at, value in enumerate(values)]


def arrival(
    points,
    target: Fraction | None,
    items: int,
    asked: int,
    today: date = FIRST,
    noisy: bool = False,
    reached: bool = False,
) -> Arrival:
    """For a mean, that one item moves by a level divided by their number."""
    return made(points, target, Basis(items, asked, Fraction(1, items or 1), reached, noisy), today)


def test_a_straight_line_meets_its_target_where_it_is_drawn():
    found = arrival(line("1.0", "1.2", "1.4", "1.6", "1.8"), Fraction(2), 35, 35)
    assert found.likely == FIRST + timedelta(QUARTER * 5)
    assert found.earliest < found.likely < found.latest
    assert found.pace == pytest.approx(0.2 / QUARTER * 365)
    assert found.start == pytest.approx(1.8)
    assert (found.why, found.reached, found.rounds) == (None, False, 5)


def test_four_scattered_rounds_by_hand():
    """Slope of 0, 1, 2, 3 quarters on 1.0, 1.5, 1.4, 2.1: 0.32 a quarter, scatter √(0.108/2); t = 1.886."""
    found = arrival(line("1.0", "1.5", "1.4", "2.1"), None, 35, 35)
    half = 1.886 * sqrt(0.108 / 2) / sqrt(5)
    year = 365 / QUARTER
    assert found.pace == pytest.approx(0.32 * year)
    assert (found.slowest, found.fastest) == pytest.approx(((0.32 - half) * year, (0.32 + half) * year))


@pytest.mark.parametrize(
    ("points", "target", "items", "why"),
    [
        ([], 3, 0, "rounds"),
        (line(1, 2), 3, 4, "rounds"),
        ([(FIRST, Fraction(1)), (FIRST, Fraction(1)), (FIRST + timedelta(179), Fraction(2))], 3, 4, "days"),
        (line(1, 2, 3), 5, 17, "items"),
        (line(1, 2, 3), 3, 35, "items"),
        (line(1, 2, 3), 5, 0, "items"),
        (line(1, 2, 3), None, 35, "target"),
        (line(3, 2, 1), 5, 35, "pace"),
        (line(2, 2, 2), 5, 35, "pace"),
        (line(1, "2.9", "1.2", "2.8"), 5, 35, "pace"),
        (line("1.00", "1.05", "1.10", "1.15"), 5, 35, "far"),
        (line(1, "1.3", "1.25", "1.5", "1.5"), 3, 35, "wide"),
    ],
)
def test_what_cannot_be_said_is_not_said_and_the_reason_is_given(points, target, items, why):
    found = arrival(points, None if target is None else Fraction(target), items, 35)
    assert (found.why, found.earliest, found.likely, found.latest) == (why, None, None, None)


def test_with_fewer_than_three_items_a_single_one_would_make_the_pace():
    assert arrival(line(1, "1.2", "1.4"), Fraction(2), 2, 2).why == "few"
    assert arrival(line(1, "1.2", "1.4"), Fraction(2), 3, 3).why != "few"


def test_a_move_within_the_noise_of_who_answered_leads_to_no_day():
    found = arrival(line("1.0", "1.2", "1.4"), Fraction(2), 35, 35, noisy=True)
    assert (found.why, found.earliest, found.pace is None) == ("noise", None, False)
    assert arrival(line("1.0", "1.2", "1.4"), Fraction(1), 35, 35, noisy=True, reached=True).reached


def test_no_day_that_is_over_is_named():
    points, target = line("1.0", "1.2", "1.4", "1.6", "1.8"), Fraction(2)
    early = arrival(points, target, 35, 35)
    between = early.earliest + (early.latest - early.earliest) / 2
    assert arrival(points, target, 35, 35, between).earliest == between
    assert arrival(points, target, 35, 35, early.latest).latest == early.latest
    assert arrival(points, target, 35, 35, early.latest + timedelta(2)).why == "late"


def test_a_line_that_was_at_the_target_long_ago_names_no_day_out_of_the_calendar():
    """A series of an attacker: rose, then the newest round fell; the line meets its target thousands of years back."""
    sums = (34, 44, 64, 68, 70, 151, 159, 37)
    points = line(*(Fraction(each, 35) for each in sums))
    found = arrival(points, Fraction(38, 35), 35, 35, date(2026, 11, 27))
    assert (found.earliest, found.why in ("pace", "far", "late", "wide")) == (None, True)


@given(st.lists(st.integers(0, 175), min_size=3, max_size=10), st.integers(0, 175))
def test_whatever_the_series_no_day_lies_before_today_nor_out_of_the_calendar(sums, goal):
    today = date(2026, 11, 27)
    found = arrival(line(*(Fraction(each, 35) for each in sums)), Fraction(goal, 35), 35, 35, today)
    days = [found.earliest, found.likely, found.latest]
    assert days == [None] * 3 or days == sorted(days)
    assert found.earliest is None or found.earliest >= today


def test_a_target_that_is_reached_is_said_to_be():
    found = arrival(line(1, 2, 3), Fraction(3), 35, 35, reached=True)
    assert (found.reached, found.why, found.earliest) == (True, None, None)


def test_no_day_before_the_newest_round_is_named():
    found = arrival(line("1", "1.4", "1.3", "1.9", "1.6"), Fraction("1.61"), 35, 35)
    assert found.earliest == found.likely == FIRST + timedelta(QUARTER * 4)
    assert found.latest > found.earliest


def test_a_line_without_scatter_is_no_surer_than_whole_levels_allow():
    few, many = (arrival(line(1, "1.2", "1.4"), Fraction(2), items, items) for items in (5, 50))
    assert few.latest - few.earliest > many.latest - many.earliest > timedelta(0)


def test_of_many_rounds_the_newest_eight_count():
    flat_then_rising = line(*[1] * 20, *(1 + Fraction(at, 10) for at in range(MOST_ROUNDS)))
    found = arrival(flat_then_rising, Fraction(3), 35, 35)
    assert found.rounds == MOST_ROUNDS
    assert found.pace == pytest.approx(0.1 / QUARTER * 365)


@given(
    st.lists(st.integers(0, 6), min_size=3, max_size=8),
    st.integers(1, 200),
)
def test_at_both_ends_the_target_lies_just_inside_the_band_of_the_line(off_the_line, to_go):
    values = [1 + Fraction(20 * at + each, 100) for at, each in enumerate(off_the_line)]
    target = values[-1] + Fraction(to_go, 100)
    points = line(*values)
    found = arrival(points, target, 35, 35)
    assume(found.earliest is not None and found.earliest > points[-1][0])
    days = [day.toordinal() for day, _ in points]
    n, mean = len(days), sum(days) / len(days)
    spread = sum((day - mean) ** 2 for day in days)
    slope = found.pace / 365
    level = sum(map(float, values)) / n
    scatter = max(
        sqrt(
            sum((float(v) - level - slope * (d - mean)) ** 2 for d, v in zip(days, values, strict=True))
            / (n - 2)
        ),
        1 / (35 * sqrt(12)),
    )
    t = {3: 3.078, 4: 1.886, 5: 1.638, 6: 1.533, 7: 1.476, 8: 1.440}[n]
    for day in (found.earliest, found.latest):
        off = day.toordinal() - mean
        band = t * scatter * sqrt(1 / n + off**2 / spread)
        one_day = abs(slope) + t * scatter / sqrt(spread)
        assert abs(abs(float(target) - level - slope * off) - band) <= one_day


def test_about_eight_in_ten_intervals_hold_the_true_day():
    chance = random.Random(1954)
    true_day = FIRST + timedelta(QUARTER * 12)
    held = told = 0
    for _ in range(600):
        points = line(*(Fraction(str(round(1 + 0.15 * at + chance.gauss(0, 0.06), 4))) for at in range(7)))
        found = arrival(points, Fraction("2.8"), 100, 100)
        if found.earliest is not None:
            told += 1
            held += found.earliest <= true_day <= found.latest
    assert told > 500
    assert 0.75 < held / told < 0.85
