from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dxassess.figures import matrix, style
from dxassess.figures.matrix import Point
from dxassess.text import Words


def point(number: int, effort: str, lift: str, title: str = "x") -> Point:
    return Point(number, title, Decimal(effort), Fraction(lift))


TWO = [point(1, "10", "1/8", "請求書 <自動>"), point(2, "2.5", "1/2")]


def test_effort_goes_across_and_the_rise_upwards(words: Words, strict: Callable) -> None:
    figure = strict(matrix.draw(TWO, words))
    assert figure["data"][0]["x"] == [10.0, 2.5]
    assert figure["data"][0]["y"] == [0.125, 0.5]
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 0
    assert high > 10


def test_the_four_corners_and_both_axes_are_named(words: Words, said: Callable) -> None:
    text = said(matrix.draw(TWO, words)).replace("<br>", "").replace(" ", "")
    for name in ("quick", "large", "small", "heavy", "effort", "lift"):
        assert words(f"figure.matrix.{name}").replace(" ", "") in text


def test_each_point_has_its_number_and_tells_its_name(words: Words, said: Callable) -> None:
    figure = matrix.draw(TWO, words)
    assert "<b>1</b>" in said(figure)
    assert "請求書 &lt;自動&gt;" in figure["data"][0]["hovertext"][0].replace("<br>", " ")
    assert "+0.13" in matrix.describe(TWO, words).split("\n")[0]


def test_actions_at_one_place_share_a_label(words: Words, said: Callable) -> None:
    assert "<b>1,2</b>" in said(matrix.draw([point(1, "5", "1/4"), point(2, "5.0", "2/8")], words))


PLACES = st.tuples(st.integers(0, 60), st.integers(0, 40))


@given(st.lists(PLACES, min_size=1, max_size=25))
def test_no_two_labels_meet_and_none_covers_a_point(places: list[tuple[int, int]]) -> None:
    spots = matrix.placed([point(number, str(x), f"{y}/40") for number, (x, y) in enumerate(places, start=1)])
    free = [spot for spot in spots if spot.shift]
    for one, other in combinations(free, 2):
        assert one.box[1] <= other.box[0] or other.box[1] <= one.box[0] or (
            one.box[3] <= other.box[2] or other.box[3] <= one.box[2]
        )  # fmt: skip
    assert len(free) >= min(len(spots), 12)


def test_nothing_that_lifts_and_nothing_that_costs_still_stands_on_axes(
    words: Words, strict: Callable
) -> None:
    figure = strict(matrix.draw([point(1, "0", "0")], words))
    assert figure["layout"]["yaxis"]["range"][1] > 0
    assert figure["layout"]["xaxis"]["range"][1] > 0


def test_without_points_the_axes_stand_with_the_next_step(
    words: Words, strict: Callable, said: Callable
) -> None:
    figure = strict(matrix.draw([], words))
    assert figure["data"] == [style.NOTHING]
    assert words("figure.matrix.empty")[:5] in said(figure)
    assert matrix.describe([], words) == words("figure.matrix.empty")
