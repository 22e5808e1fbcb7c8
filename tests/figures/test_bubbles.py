from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.figures import bubbles, style
from dxassess.figures.bubbles import CELL, MARKS, SMALLEST, Bubble
from dxassess.text import Words


def task(name: str, linking: int, effect: int, hours: object = None, department: str = "経理") -> Bubble:
    return Bubble(name, department, linking, effect, None if hours is None else Decimal(str(hours)))


def sizes(found: Sequence[Bubble]) -> list[float]:
    return [trace["marker"]["size"] for trace in bubbles.draw(found, Words("ja"))["data"]]


def test_a_task_stands_at_its_two_grades_on_whole_axes(words: Words, strict: Callable) -> None:
    figure = strict(bubbles.draw([task("請求書", 2, 5, 100), task("発注", 4, 1, 100)], words))
    assert [(trace["x"], trace["y"], trace["text"]) for trace in figure["data"]] == [
        ([2.0], [5.0], ["1"]),
        ([4.0], [1.0], ["2"]),
    ]
    for axis in ("xaxis", "yaxis"):
        assert figure["layout"][axis]["range"] == [0.5, 5.5]
    assert figure["layout"]["xaxis"]["title"]["text"] == words("figure.bubbles.across")


def test_the_tinted_corner_is_that_of_easy_links_and_large_effect(ja: Words) -> None:
    (corner,) = bubbles.draw([task("x", 1, 1)], ja)["layout"]["shapes"]
    assert (corner["x0"], corner["x1"], corner["y0"], corner["y1"]) == (0.5, 2.5, 3.5, 5.5)


def test_the_area_follows_the_hours_down_to_what_is_legible() -> None:
    large, half, tiny, none, open_one = sizes(
        [task("a", 1, 1, 1000), task("b", 2, 2, 500), task("c", 3, 3, 1), task("d", 4, 4, 0), task("e", 5, 5)]
    )
    assert (half / large) ** 2 == pytest.approx(0.5)
    assert tiny == none == open_one == SMALLEST
    assert sizes([task("a", 1, 1, 0)]) == [SMALLEST]


def test_hours_nobody_has_said_are_white_and_zero_hours_are_not(words: Words) -> None:
    unsaid, zero = bubbles.draw([task("a", 1, 1), task("b", 2, 2, 0)], words)["data"]
    assert unsaid["marker"]["color"] == style.PAPER
    assert zero["marker"]["color"] != style.PAPER
    assert words("figure.bubbles.hours_open") in unsaid["hovertext"][0]
    assert words("figure.bubbles.hours", hours=0) in zero["hovertext"][0]


def test_departments_differ_in_shape_and_colour_and_the_key_says_which_number_is_which(words: Words) -> None:
    found = [
        task("請求書", 1, 1),
        task("給与", 2, 2, department="人事"),
        task("決算", 3, 3),
        task("郵便", 4, 4, department=""),
    ]
    marks = [trace["marker"]["symbol"] for trace in bubbles.draw(found, words)["data"]]
    assert marks == ["circle", "square", "circle", "diamond"]
    comma = words("common.comma")
    assert bubbles.key(found, words) == (
        (MARKS[0], "経理", comma.join(("1 請求書", "3 決算"))),
        (MARKS[1], "人事", "2 給与"),
        (MARKS[2], words("figure.bubbles.elsewhere"), "4 郵便"),
    )
    assert len({mark.symbol for mark in MARKS}) == len({mark.colour for mark in MARKS}) == len(MARKS)


def test_more_departments_than_marks_still_have_one_each(ja: Words) -> None:
    found = [task(str(n), 1, 1, department=str(n)) for n in range(len(MARKS) + 1)]
    key = bubbles.key(found, ja)
    assert len(key) == len(found)
    assert key[0][0] == key[-1][0]


@given(
    st.lists(st.tuples(st.integers(1, 2), st.integers(1, 2), st.integers(0, 900)), min_size=1, max_size=30)
)
def test_no_bubble_covers_another_on_a_phone_or_leaves_its_cell(rows: list) -> None:
    found = [task(str(n), *row) for n, row in enumerate(rows)]
    figure = bubbles.draw(found, Words("ja"))
    margin = figure["layout"]["margin"]
    high = (figure["layout"]["height"] - margin["t"] - margin["b"]) / 5
    placed = {
        trace["text"][0]: (trace["x"][0] * CELL, trace["y"][0] * high, trace["marker"]["size"])
        for trace in figure["data"]
    }
    assert len(placed) == len(found)
    for (x, y, size), (other_x, other_y, other) in combinations(placed.values(), 2):
        assert hypot(x - other_x, y - other_y) >= (size + other) / 2
    for number, each in enumerate(found, start=1):
        x, y, size = placed[str(number)]
        assert abs(x - each.linking * CELL) + size / 2 <= CELL / 2
        assert abs(y - each.effect * high) + size / 2 <= high / 2


def test_names_are_never_markup(words: Words, strict: Callable) -> None:
    figure = strict(bubbles.draw([task("<b>太字</b>", 1, 1, department="<i>経理</i>")], words))
    assert "<b>太" not in figure["data"][0]["hovertext"][0]
    assert "&lt;b&gt;太字" in figure["data"][0]["hovertext"][0]


def test_the_chart_is_told_in_sentences(words: Words) -> None:
    said = bubbles.describe([task("請求書", 2, 5, 1500), task("郵便", 4, 1, department="")], words)
    assert words("figure.bubbles.axes", effect=5, linking=2) in said
    assert words("figure.bubbles.hours", hours="1,500") in said
    assert words("figure.bubbles.hours_open") in said
    assert words("figure.bubbles.elsewhere") in said


def test_without_tasks_the_axes_stand_with_the_next_step(
    words: Words, strict: Callable, said: Callable
) -> None:
    figure = strict(bubbles.draw([], words))
    assert figure["data"] == [style.NOTHING]
    assert words("figure.bubbles.empty")[:5] in said(figure)
    assert bubbles.describe([], words) == words("figure.bubbles.empty")
    assert bubbles.key([], words) == ()
