"""Slopes: what is noise is dashed and says so in words, labels never overlap, nothing is drawn without both ends."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.resampling import Verdict
from dxassess.figures import slopes, style
from dxassess.figures.slopes import Slope


@pytest.fixture
def ends(held):
    return held(2026, 1), held(2026, 2)


def line(label="1 人", first="1", last="2", verdict="beyond", alike=True):
    return Slope(label, first and Fraction(first), last and Fraction(last), verdict, alike)


def test_a_line_runs_from_the_first_to_the_last_value_on_the_whole_scale(ends, scale, words, strict, said):
    figure = strict(slopes.draw([line(first="3/2")], ends, scale, words))
    (trace,) = figure["data"]
    assert (trace["x"], trace["y"]) == ([0.0, 1.0], [1.5, 2.0])
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < 0
    assert high > 3
    for written in ("1.50", "2.00", "+0.50", words.short_quarter(ends[0].quarter)):
        assert written in said(figure)


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_what_may_be_said_of_a_change_is_written_and_not_told_by_colour_alone(
    ends, scale, words, said, verdict
):
    slope = line(verdict=verdict)
    figure = slopes.draw([slope], ends, scale, words)
    assert words(f"compare.short_{verdict}") in said(figure)
    assert words(f"compare.verdict_{verdict}") in said(figure)
    assert words(f"compare.verdict_{verdict}") in slopes.describe([slope], words)
    look = figure["data"][0]["line"]
    assert ("dash" in look) == (verdict in ("within", "against", "unsaid"))


def test_a_change_over_other_items_is_marked(ends, scale, words, said):
    figure = slopes.draw([line(alike=False)], ends, scale, words)
    assert words("compare.other_items", change="+1.00") in said(figure)


def test_without_both_ends_there_is_no_line_and_without_any_line_the_next_step(
    ends, scale, words, strict, said
):
    figure = strict(slopes.draw([line(first=None), line("2")], ends, scale, words))
    assert len(figure["data"]) == 1
    figure = strict(slopes.draw([line(last=None)], ends, scale, words))
    assert figure["data"] == [style.NOTHING]
    assert slopes.describe([line(last=None)], words) == words("figure.slopes.empty")


def test_names_people_gave_are_shown_letter_by_letter(ends, scale, words, said):
    assert "&lt;b&gt;" in said(slopes.draw([line("<b>")], ends, scale, words))


def test_sums_stand_on_an_axis_up_to_the_most_they_can_come_to(ends, scale, ja):
    figure = slopes.draw([line(last="12")], ends, scale, ja, top=Fraction(20))
    assert figure["layout"]["yaxis"]["range"][1] > 20


@given(st.lists(st.floats(0, 5), min_size=1, max_size=12))
def test_labels_keep_their_distance_their_order_and_the_frame(values):
    found = slopes.places(values, 0.4, -0.2, 5.2)
    order = sorted(range(len(values)), key=lambda number: values[number])
    placed = [found[number] for number in order]
    assert all(after - before >= 0.4 - 1e-9 for before, after in pairwise(placed))
    assert all(-0.2 - 1e-9 <= place <= 5.2 + 1e-9 for place in placed)


def test_a_label_with_room_stands_at_its_value():
    assert slopes.places([1, 3], 0.5, 0, 5) == [1, 3]
    assert slopes.places([2, 2], 0.5, 0, 5) == [1.75, 2.25]
