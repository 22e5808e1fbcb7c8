"""Today, with the plan, and the target: three marks on one line per section."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from dxassess.catalogue.model import Scale
from dxassess.figures import whatif
from dxassess.figures.whatif import Reach
from dxassess.text import Words

ONE, TWO, THREE = Fraction(1), Fraction(2), Fraction(3)


def test_each_section_has_its_three_marks_on_a_line(scale: Scale, words: Words, strict: Callable) -> None:
    found = [Reach("全体", ONE, Fraction(3, 2), THREE, whole=True), Reach("<人>", TWO, TWO, None)]
    figure = strict(whatif.draw(found, scale, words, ""))
    points = {trace["name"]: trace["x"] for trace in figure["data"]}
    assert points == {"now": [1.0, 2.0], "then": [1.5, 2.0], "target": [3.0, None]}
    assert [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"]] == [(1.0, 3.0), (2.0, 2.0)]
    assert figure["layout"]["xaxis"]["range"] == [0.0, 3.0]


def test_the_numbers_stand_beside_the_name_and_the_whole_is_bold(
    scale: Scale, words: Words, said: Callable
) -> None:
    found = [Reach("全体", ONE, TWO, THREE, whole=True), Reach("<人>", ONE, TWO, None)]
    shown = said(whatif.draw(found, scale, words, ""))
    assert "<b>全体</b>" in shown
    assert words("figure.whatif.numbers", now="1.00", then="2.00", target="3.00") in shown
    assert "&lt;人&gt;" in shown
    assert whatif.describe(found, words).splitlines() == [
        f"全体 {words('figure.whatif.numbers', now='1.00', then='2.00', target='3.00')}",
        f"<人> {words('figure.whatif.numbers_no_target', now='1.00', then='2.00')}",
    ]


def test_a_section_without_a_level_is_left_out(scale: Scale, words: Words) -> None:
    figure = whatif.draw([Reach("1", None, None, TWO), Reach("2", ONE, ONE, None)], scale, words, "")
    assert figure["data"][0]["x"] == [None]


def test_a_sum_beyond_the_scale_widens_the_axis(scale: Scale, words: Words) -> None:
    figure = whatif.draw([Reach("1", ONE, Fraction(8), None)], scale, words, "")
    assert figure["layout"]["xaxis"]["range"] == [0.0, 8.0]


def test_without_levels_it_says_what_will_stand_here(scale: Scale, words: Words, strict: Callable) -> None:
    figure = strict(whatif.draw([Reach("1", None, None, None)], scale, words, ""))
    assert words("figure.whatif.empty")[:6] in str(figure["layout"]["annotations"])
    assert whatif.describe([], words) == words("figure.whatif.empty")
