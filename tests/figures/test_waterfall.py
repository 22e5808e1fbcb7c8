"""A waterfall: floating bars between two marks, on the stretch the value went through, each with its sign."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest

from dxassess.assessment.movement import Input, Part
from dxassess.assessment.waterfall import Bar
from dxassess.catalogue.model import Edition
from dxassess.figures import style, waterfall
from dxassess.figures.waterfall import Ends, label_of, levels
from dxassess.text import Words

ENDS = Ends(Fraction(5, 3), Fraction(23, 12), "春 <A>", "秋")


@pytest.fixture
def steps(tiny: Edition) -> tuple[Bar, ...]:
    one, two, three = (tiny.by_code[code] for code in ("1", "1-1", "2"))

    def put(item, before, after) -> Input:
        return Input(item, before, after, Fraction(1))

    return (
        Bar("unanswered", Fraction(5, 3), Fraction(3, 2), (put(three, Fraction(3), None),)),
        Bar("moved", Fraction(3, 2), Fraction(7, 4), (put(one, Fraction(1), Fraction(2)),)),
        Bar(
            "moved",
            Fraction(7, 4),
            Fraction(2),
            (put(one, Fraction(1), Fraction(2)), put(two, Fraction(0), Fraction(1))),
        ),
        Bar(
            "who",
            Fraction(2),
            Fraction(23, 12),
            (put(one, Fraction(1), Fraction(2)), put(two, Fraction(0), Fraction(1))),
        ),
    )


def test_bars_float_from_where_the_last_ended_and_falls_are_hatched(
    steps, words: Words, strict: Callable
) -> None:
    figure = strict(waterfall.draw(steps, ENDS, words, ""))
    bars, before, after = figure["data"]
    assert bars["base"] == pytest.approx([1.5, 1.5, 1.75, 23 / 12])
    assert bars["x"] == pytest.approx([1 / 6, 1 / 4, 1 / 4, 1 / 12])
    assert bars["marker"]["pattern"]["shape"] == ["/", "", "", "/"]
    assert (
        bars["marker"]["color"] == style.ACCENT
    )  # Plotly hatches in this colour: one per bar would hide paper on paper
    assert bars["marker"]["pattern"]["bgcolor"] == style.PAPER
    assert (before["x"], after["x"]) == ([pytest.approx(5 / 3)], [pytest.approx(23 / 12)])
    assert before["marker"]["symbol"] == style.LAST["symbol"]
    assert after["marker"]["symbol"] == style.CURRENT["symbol"]


def test_the_axis_is_the_stretch_the_value_went_through(steps, words: Words) -> None:
    axis = waterfall.draw(steps, ENDS, words, "")["layout"]["xaxis"]
    low, high = axis["range"]
    assert 1.3 < low < 1.5
    assert 2 < high < 2.2
    assert axis["ticktext"] == ["1.6", "1.8", "2.0"]


def test_threads_lead_from_one_step_to_the_next(steps, words: Words) -> None:
    layout = waterfall.draw(steps, ENDS, words, "")["layout"]
    threads = [shape["x0"] for shape in layout["shapes"]]
    assert threads == pytest.approx([5 / 3, 1.5, 1.75, 2, 23 / 12])
    assert all(shape["y0"] < shape["y1"] for shape in layout["shapes"])


def test_every_step_is_named_with_its_sign_in_the_chart_and_in_words(
    steps, words: Words, said: Callable
) -> None:
    shown, told = said(waterfall.draw(steps, ENDS, words, "")), waterfall.describe(steps, ENDS, words)
    assert "春 &lt;A&gt;" in shown
    for step, change in zip(steps, ("−0.167", "+0.250", "+0.250", "−0.083"), strict=True):
        assert f"{label_of(step, words)} {change}" in told
        assert change in shown
    assert told.splitlines()[0] == "春 <A> 1.667"
    assert told.splitlines()[-1] == "秋 1.917"


def test_the_printed_steps_add_up(words: Words, said: Callable, tiny: Edition) -> None:
    """Three steps of 1/35: printed one by one they would come to 0.087, but the value goes from 2.000 to 2.086."""
    values = [Fraction(2) + Fraction(number, 35) for number in range(4)]
    one = Input(tiny.by_code["1"], Fraction(1), Fraction(2), Fraction(1))
    way = [Bar("moved", start, end, (one,)) for start, end in pairwise(values)]
    ends = Ends(values[0], values[-1], "A", "B")
    told = waterfall.describe(way, ends, words)
    assert [line.split()[-1] for line in told.splitlines()] == [
        "2.000",
        "+0.029",
        "+0.028",
        "+0.029",
        "2.086",
    ]
    assert said(waterfall.draw(way, ends, words, "")).count("+0.028") == 1


def test_labels_name_one_item_and_count_several(steps, words: Words, tiny: Edition) -> None:
    title = words.of(tiny.by_code["2"].title)
    assert label_of(steps[0], words) == words(
        "movement.part_one", part=words("movement.part_unanswered"), name=f"2 {title}"
    )
    assert "1→2" in label_of(steps[1], words)
    assert label_of(steps[2], words) == words("movement.further", n=2)
    assert label_of(steps[3], words) == words("movement.part_n", part=words("movement.part_who"), n=2)
    weighed = Part("revision", Fraction(1), Fraction(2), ())
    assert label_of(weighed, words) == words("movement.part_revision")


def test_both_levels_of_an_item_have_the_same_digits(tiny: Edition, words: Words) -> None:
    def of(before, after):
        return levels(Input(tiny.by_code["1"], before, after, Fraction(1)), words)

    assert of(Fraction(1), Fraction(2)) == ("1", "2")
    assert of(Fraction(1), Fraction(7, 4)) == ("1.00", "1.75")
    assert of(None, Fraction(3)) == ("–", "3")


def test_two_equal_values_without_steps_are_two_marks(words: Words, strict: Callable) -> None:
    figure = strict(waterfall.draw([], Ends(Fraction(2), Fraction(2), "A", "B"), words, ""))
    assert len(figure["data"]) == 2
    assert figure["layout"]["xaxis"]["range"] == [1.98, 2.02]


def test_a_tiny_way_still_has_ticks_that_differ(words: Words) -> None:
    figure = waterfall.draw([], Ends(Fraction(2), Fraction(2001, 1000), "A", "B"), words, "")
    texts = figure["layout"]["xaxis"]["ticktext"]
    assert len(set(texts)) == len(texts) > 1


def test_without_two_values_it_says_what_will_stand_here(
    words: Words, strict: Callable, said: Callable
) -> None:
    figure = strict(waterfall.draw([], None, words, ""))
    assert words("figure.waterfall.empty")[:6] in said(figure)
    assert waterfall.describe([], None, words) == words("figure.waterfall.empty")


def test_what_was_told_from_who_answered_is_labelled_with_the_change_inside(
    tiny: Edition, words: Words
) -> None:
    item, third = tiny.by_code["1"], Fraction(1, 3)
    name = f"1 {words.of(item.title)}"

    def label(told, people: int = 0) -> str:
        one = Input(item, Fraction(1), Fraction(4, 5), None, None, third, third, told, people)
        return label_of(Bar("moved", Fraction(1), Fraction(4, 3), (one,)), words)

    assert label("person", 3) == words("movement.item_people", name=name, n=3, by="+0.33")
    assert label("person") == words("movement.item_person", name=name, by="+0.33")
    assert label("role") == words("movement.item_role", name=name, by="+0.33")
    assert label(None) == words("movement.item_level", name=name, before="1.00", after="0.80")
