from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from dxassess.catalogue.model import Scale
from dxassess.figures import small_multiples
from dxassess.text import Words


@pytest.mark.parametrize("count", [1, 2, 9, 10])
def test_panels_stand_three_in_a_row_inside_the_figure(
    count: int, held: Callable, point: Callable, scale: Scale, words: Words, strict: Callable
) -> None:
    rounds = [held(2025, 1), held(2025, 2)]
    groups = [(f"{number} 分野", [point(held, "1", "3") for held in rounds]) for number in range(count)]
    layout = strict(small_multiples.draw(groups, scale, words))["layout"]
    axes = [layout[name] for name in layout if name.startswith(("xaxis", "yaxis"))]
    assert len(axes) == 2 * count
    assert all(0 <= axis["domain"][0] < axis["domain"][1] <= 1 for axis in axes)
    starts = {layout[name]["domain"][0] for name in layout if name.startswith("xaxis")}
    assert len(starts) == min(3, count)


def test_every_panel_has_the_same_whole_scale(
    held: Callable, point: Callable, scale: Scale, ja: Words
) -> None:
    groups = [(str(number), [point(held(2025, 1), str(number))]) for number in range(3)]
    layout = small_multiples.draw(groups, scale, ja)["layout"]
    assert {tuple(layout[axis]["range"]) for axis in ("yaxis", "yaxis2", "yaxis3")} == {(0.0, 3.0)}


def test_every_panel_reaches_to_a_sum_beyond_the_scale(
    held: Callable, point: Callable, scale: Scale, ja: Words
) -> None:
    groups = [(str(number), [point(held(2025, 1), str(number * 5))]) for number in range(3)]
    layout = small_multiples.draw(groups, scale, ja)["layout"]
    assert {tuple(layout[axis]["range"]) for axis in ("yaxis", "yaxis2", "yaxis3")} == {(0.0, 10.0)}
    layout = small_multiples.draw(groups, scale, ja, top=Fraction(20))["layout"]
    assert {tuple(layout[axis]["range"]) for axis in ("yaxis", "yaxis2", "yaxis3")} == {(0.0, 20.0)}


def test_a_panel_holds_today_as_a_line_and_the_target_as_dashes(
    held: Callable, point: Callable, scale: Scale, ja: Words
) -> None:
    rounds = [held(2025, quarter) for quarter in (1, 2, 3)]
    points = [point(rounds[0], "1", "2"), point(rounds[1], None), point(rounds[2], "2", "3")]
    target, current = small_multiples.draw([("人", points)], scale, ja)["data"]
    assert current["y"] == [1.0, None, 2.0]
    assert "dash" not in current["line"]
    assert target["y"] == [2.0, None, 3.0]
    assert "dash" in target["line"]


def test_the_newest_value_and_target_stand_by_the_title(
    held: Callable, point: Callable, scale: Scale, ja: Words, said: Callable
) -> None:
    figure = small_multiples.draw([("人", [point(held(2025, 1), "1.625", "3")])], scale, ja)
    assert "●1.63 ○3.00" in said(figure)


@pytest.mark.parametrize(("n", "m", "expected"), [(3, 4, "3/4 items"), (1, 1, "1/1 item<"), (0, 0, "")])
def test_on_how_many_items_the_newest_value_stands_is_below_it(
    held: Callable, point: Callable, scale: Scale, said: Callable, n: int, m: int, expected: str
) -> None:
    points = [point(held(2025, 1), "1"), point(held(2025, 2), "1", n=n, m=m)]
    en = Words("en")
    written = said(small_multiples.draw([("People", points)], scale, en))
    assert expected in written
    assert ("item" in written.replace(en("figure.small_multiples.broken"), "")) is (m > 0)


def test_why_lines_break_is_said_once(
    held: Callable, point: Callable, scale: Scale, ja: Words, said: Callable
) -> None:
    first, second = held(2025, 1), held(2025, 2)
    whole = [("人", [point(first, "1"), point(second, "2")])] * 3
    broken = [("人", [point(first, "1", m=4), point(second, "2", n=3, m=3)])] * 3
    assert said(small_multiples.draw(whole, scale, ja)).count("線の切れ目") == 0
    assert said(small_multiples.draw(broken, scale, ja)).count("線の切れ目") == 1


def test_a_label_cannot_smuggle_markup_in(
    held: Callable, point: Callable, scale: Scale, ja: Words, said: Callable
) -> None:
    figure = small_multiples.draw([("<i>全</i>", [point(held(2025, 1, "<i>春</i>"), "1")])], scale, ja)
    assert "<i>" not in said(figure) + str(figure["data"])


def test_without_a_closed_round_empty_panels_stand_with_the_next_step(
    held: Callable, point: Callable, scale: Scale, words: Words, strict: Callable
) -> None:
    for groups in ([], [("人", [])], [("人", [point(held(2025, 1), None)])]):
        figure = strict(small_multiples.draw(groups, scale, words))
        assert all(trace["y"] == [None] for trace in figure["data"])
        assert small_multiples.describe(groups, scale, words) == words("figure.small_multiples.empty")


def test_in_words_every_panel_is_a_line(held: Callable, point: Callable, scale: Scale, ja: Words) -> None:
    groups = [(name, [point(held(2025, 1), "1", "2")]) for name in ("人", "道具")]
    assert small_multiples.describe(groups, scale, ja).splitlines() == [
        "人: 25年度Q1 1.00。目標 2.00。",
        "道具: 25年度Q1 1.00。目標 2.00。",
    ]


def test_a_long_name_makes_the_panels_taller_and_is_not_cut(
    held: Callable, point: Callable, scale: Scale, ja: Words, said: Callable
) -> None:
    name = "ビジョン実現の基盤としてのITシステムの構築と運用の見直し"
    points = [point(held(2025, 1), "1")]
    long, short = (small_multiples.draw([(label, points)], scale, ja) for label in (name, "人"))
    assert name in said(long).replace("<br>", "")
    assert long["layout"]["height"] > short["layout"]["height"]
