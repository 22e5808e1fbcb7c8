"""Pulses on the charts of progress: marks of their own between the rounds, in no line, with what was measured in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dxassess.catalogue.model import Scale
from dxassess.figures import pulses, small_multiples, trend
from dxassess.text import Words


@pytest.fixture
def lines(held: Callable, point: Callable) -> list:
    """Two full rounds, with a pulse of the second quarter between them."""
    first, last = held(2025, 1), held(2025, 3)
    return [(name, [point(first, "1", "3"), point(last, "2", "3")]) for name in ("全", "人")]


@pytest.fixture
def between(held: Callable, point: Callable) -> list:
    """The first line was partly measured, nothing of the second."""
    return [("全", [replace(point(held(2025, 2), "1.5", n=1), sources=((held(2025, 1), 3),))]), ("人", [])]


@pytest.mark.parametrize("chart", [trend, small_multiples])
def test_a_pulse_stands_between_the_rounds_and_in_no_line(
    chart, lines: list, between: list, scale: Scale, words: Words, strict: Callable
) -> None:
    figure = strict(chart.draw(lines, scale, words, between=between))
    data = figure["data"]
    assert len(data) == 5
    target, current, pulse = data[:3]
    assert (current["x"], current["y"]) == ([0, 2], [1.0, 2.0])
    assert (pulse["x"], pulse["y"], pulse["mode"]) == ([1], [1.5], "markers")
    assert pulse["marker"]["symbol"] == "triangle-down-open"
    assert pulse["yaxis"] == current["yaxis"]
    assert words("rhythm.measured", n=1, m=3) in pulse["hovertext"][0].replace("<br>", "")
    assert target["x"] == [0, 2]


@pytest.mark.parametrize("chart", [trend, small_multiples])
def test_the_mark_is_explained_only_where_there_is_one(
    chart, lines: list, between: list, scale: Scale, words: Words, said: Callable
) -> None:
    name = words("figure.mark.pulse")
    assert name in said(chart.draw(lines, scale, words, between=between))
    assert name not in said(chart.draw(lines, scale, words))
    assert name not in said(chart.draw(lines, scale, words, between=[("全", []), ("人", [])]))
    assert len(chart.draw(lines, scale, words, between=[("全", []), ("人", [])])["data"]) == 4


@pytest.mark.parametrize("chart", [trend, small_multiples])
def test_whoever_does_not_see_the_chart_is_told_of_pulses_too(
    chart, lines: list, between: list, scale: Scale, words: Words
) -> None:
    told = chart.describe(lines, scale, words, between)
    assert words("rhythm.measured", n=1, m=3) in told
    assert told.startswith(chart.describe(lines, scale, words))
    assert len(told.splitlines()) == 3


def test_the_headline_tells_of_full_rounds_alone(
    lines: list, between: list, scale: Scale, words: Words
) -> None:
    with_pulse = trend.draw(lines, scale, words, between=between)["layout"]["annotations"]
    without = trend.draw(lines, scale, words)["layout"]["annotations"]
    assert [note["text"] for note in with_pulse if note.get("name") == "title"] == [
        note["text"] for note in without if note.get("name") == "title"
    ]


def test_an_indicator_has_one_line_of_what_was_measured_by_day(held: Callable, point: Callable) -> None:
    first, second, third = (point(held(2025, number), "1") for number in (1, 2, 3))
    assert pulses.merged([first, third], [second]) == (first, second, third)


def test_what_is_carried_forward_is_told_with_its_rounds(
    held: Callable, point: Callable, words: Words
) -> None:
    first, second = held(2025, 1, "春"), held(2025, 2, "夏")
    told = pulses.sources(replace(point(second, "1"), sources=((second, 1), (first, 2))), words)
    assert told.index("夏") < told.index("春")
    assert "2" in told
    assert pulses.sources(point(first, "1"), words) == ""
