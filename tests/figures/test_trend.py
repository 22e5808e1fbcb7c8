from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from dxassess.catalogue.model import Scale
from dxassess.figures import style, trend
from dxassess.text import Words


def test_each_average_has_a_panel_with_the_whole_scale(
    held: Callable, point: Callable, scale: Scale, words: Words, strict: Callable
) -> None:
    rounds = [held(2025, 1), held(2025, 2)]
    lines = [
        (name, [point(rounds[0], "1", "3"), point(rounds[1], "1.5", "3")]) for name in ("全", "人", "道具")
    ]
    figure = strict(trend.draw(lines, scale, words))
    assert [figure["layout"][axis]["range"] for axis in ("yaxis", "yaxis2", "yaxis3")] == [[0.0, 3.0]] * 3
    assert [trace["yaxis"] for trace in figure["data"]] == ["y", "y", "y2", "y2", "y3", "y3"]
    target, current = figure["data"][:2]
    assert current["x"] == [0, 1]
    assert current["y"] == [1.0, 1.5]
    assert target["y"] == [3.0, 3.0]
    assert "dash" in target["line"]


def test_the_panels_reach_to_a_sum_beyond_the_scale(
    held: Callable, point: Callable, scale: Scale, words: Words, strict: Callable
) -> None:
    lines = [("合計", [point(held(2025, 1), "6", "48")]), ("人", [point(held(2025, 1), "1")])]
    layout = strict(trend.draw(lines, scale, words))["layout"]
    assert [layout[axis]["range"] for axis in ("yaxis", "yaxis2")] == [[0.0, 48.0]] * 2
    layout = strict(trend.draw(lines, scale, words, top=Fraction(60)))["layout"]
    assert [layout[axis]["range"] for axis in ("yaxis", "yaxis2")] == [[0.0, 60.0]] * 2


def test_panels_do_not_overlap(held: Callable, point: Callable, scale: Scale, ja: Words) -> None:
    layout = trend.draw([(name, [point(held(2025, 1), "1")]) for name in "abc"], scale, ja)["layout"]
    assert layout["yaxis"]["domain"][0] > layout["yaxis2"]["domain"][1]
    assert layout["yaxis2"]["domain"][0] > layout["yaxis3"]["domain"][1]


def test_every_point_is_labelled_and_says_when_items_are_missing(
    held: Callable, point: Callable, scale: Scale, ja: Words
) -> None:
    rounds = [held(2025, 1), held(2025, 2)]
    current = trend.draw([("全", [point(rounds[0], "1", n=3), point(rounds[1], "2")])], scale, ja)["data"][1]
    assert current["text"][0].startswith("1.00<br>")
    assert "3/4" in current["text"][0]
    assert current["text"][1].startswith("2.00<br>")
    assert "4/4" in current["text"][1]


def test_a_whole_point_before_the_newest_is_its_value_alone(
    held: Callable, point: Callable, scale: Scale, ja: Words
) -> None:
    points = [point(held(2025, quarter), "1") for quarter in (1, 2)]
    current = trend.draw([("全", points)], scale, ja)["data"][1]
    assert current["text"][0] == "1.00"


def test_a_number_stands_on_the_side_away_from_its_target(
    held: Callable, point: Callable, scale: Scale, ja: Words
) -> None:
    rounds = [held(2025, 1), held(2025, 2)]
    points = [point(rounds[0], "1", "2"), point(rounds[1], "2", "1")]
    current = trend.draw([("全", points)], scale, ja)["data"][1]
    assert current["textposition"] == ["bottom center", "top center"]


@pytest.mark.parametrize(
    ("value", "target", "n", "side"),
    [
        ("0.1", "2", 4, "top center"),
        ("0.1", None, 4, "top center"),
        ("0.6", "2", 4, "bottom center"),
        ("0.6", "2", 3, "top center"),
        ("0.1", "0.4", 4, "bottom center"),
    ],
)
def test_a_number_near_the_axis_stands_above_its_point_where_the_target_leaves_room(
    held: Callable,
    point: Callable,
    scale: Scale,
    ja: Words,
    value: str,
    target: str | None,
    n: int,
    side: str,
) -> None:
    points = [point(held(2025, 1), value, target, n=n), point(held(2025, 2), "1")]
    current = trend.draw([("全", points)], scale, ja)["data"][1]
    assert current["textposition"][0] == side


def test_a_break_is_drawn_with_its_reason(
    held: Callable, point: Callable, scale: Scale, words: Words, strict: Callable, said: Callable
) -> None:
    rounds = [held(2025, 1), held(2025, 2, edition="newer")]
    figure = strict(trend.draw([("全", [point(rounds[0], "1"), point(rounds[1], "2")])], scale, words))
    assert words("figure.break.edition") in said(figure)
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [0.5]
    assert figure["data"][1]["y"] == [1.0, None, 2.0]


def test_the_title_tells_only_the_unbroken_stretch(
    held: Callable, point: Callable, scale: Scale, ja: Words, said: Callable
) -> None:
    rounds = [held(2025, 1), held(2025, 2, edition="newer"), held(2025, 3, edition="newer")]
    points = [point(held, value) for held, value in zip(rounds, ("0.2", "1.25", "1.75"), strict=True)]
    found = said(trend.draw([("全指標", points)], scale, ja)).replace("<br>", "")
    assert "1.25 から 1.75" in found
    assert "0.2 から" not in found


def test_one_round_says_when_the_line_begins(
    held: Callable, point: Callable, scale: Scale, ja: Words, said: Callable
) -> None:
    assert "次の回から" in said(trend.draw([("全", [point(held(2025, 1), "1")])], scale, ja))


def test_a_label_cannot_smuggle_markup_in(
    held: Callable, point: Callable, scale: Scale, ja: Words, said: Callable
) -> None:
    figure = trend.draw([("<i>全</i>", [point(held(2025, 1, "<i>春</i>"), "1")])], scale, ja)
    assert "<i>" not in said(figure) + str(figure["data"])


def test_without_a_closed_round_the_axes_stand_with_the_next_step(
    held: Callable, point: Callable, scale: Scale, words: Words, strict: Callable
) -> None:
    for lines in ([], [("全", [])], [("全", [point(held(2025, 1), None)])]):
        figure = strict(trend.draw(lines, scale, words))
        assert figure["data"] == [style.NOTHING]
        assert figure["layout"]["yaxis"]["range"] == [0.0, 3.0]
        assert trend.describe(lines, scale, words) == words("figure.trend.empty")


def test_in_words_a_line_names_every_quarter(
    held: Callable, point: Callable, scale: Scale, ja: Words
) -> None:
    points = [point(held(2025, 1), "1"), point(held(2025, 2), None, "2")]
    assert trend.describe([("全", points)], scale, ja) == "全: 25年度Q1 1.00、25年度Q2 –。目標 2.00。"
