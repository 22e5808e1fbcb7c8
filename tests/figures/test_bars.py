from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from dxassess.catalogue.model import Scale
from dxassess.figures import bars, style
from dxassess.figures.bars import Group
from dxassess.text import Words


def test_a_bar_runs_from_the_lowest_level_to_today(scale: Scale, words: Words, strict: Callable) -> None:
    found = [Group("1 人", Fraction(3, 2), Fraction(3)), Group("2 道具", Fraction(0), None)]
    figure = strict(bars.draw(found, scale, words, "x"))
    assert figure["data"][0]["x"] == [1.5, 0.0]
    assert figure["data"][1]["x"] == [3.0, None]
    assert figure["layout"]["xaxis"]["range"] == [0.0, 3.0]


def test_a_missing_value_has_no_bar_and_says_so(
    scale: Scale, words: Words, strict: Callable, said: Callable
) -> None:
    figure = strict(
        bars.draw([Group("1", None, Fraction(2)), Group("2", Fraction(1), None)], scale, words, "")
    )
    assert figure["data"][0]["x"] == [None, 1.0]
    assert said(figure).count(words("figure.radar.missing")) == 1


def test_bars_reach_to_a_sum_beyond_the_scale(scale: Scale, words: Words) -> None:
    figure = bars.draw([Group("1", Fraction(8), Fraction(10))], scale, words, "")
    assert figure["layout"]["xaxis"]["range"] == [0.0, 10.0]


def test_bars_of_sums_stand_on_an_axis_up_to_the_most_they_can_come_to(scale: Scale, ja: Words) -> None:
    axis = bars.draw([Group("1", Fraction(1), None)], scale, ja, "", top=Fraction(20))["layout"]["xaxis"]
    assert axis["range"] == [0.0, 20.0]
    assert not any("<br>" in tick for tick in axis["ticktext"])


def test_each_bar_has_its_name_and_numbers(scale: Scale, words: Words, said: Callable) -> None:
    figure = bars.draw([Group("1 <人>", Fraction(3, 2), Fraction(3))], scale, words, "")
    assert "1 &lt;人&gt;" in said(figure)
    assert "1.50" in said(figure)
    assert "3.00" in said(figure)


def test_without_values_the_axis_stands_with_the_next_step(
    scale: Scale, words: Words, strict: Callable, said: Callable
) -> None:
    figure = strict(bars.draw([Group("1", None, None)], scale, words, "まだ"))
    assert figure["data"] == [style.NOTHING]
    assert words("figure.radar.empty")[:5] in said(figure)
