from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import pairwise

from dxassess.assessment.arrival import Basis, arrival
from dxassess.catalogue.model import Scale
from dxassess.figures import arrival as figure
from dxassess.figures import style
from dxassess.figures.arrival import Way
from dxassess.text import Words

POINTS = [
    (date(2026, month, 1), Fraction(value, 10)) for month, value in ((1, 10), (4, 12), (7, 14), (10, 16))
]


def way(target: str | None, points=POINTS) -> Way:
    goal = None if target is None else Fraction(target)
    return Way(
        points,
        goal,
        arrival(points, goal, Basis(35, 35, Fraction(1, 35)), points[-1][0] if points else date.min),
    )


def test_values_stand_on_their_days_and_the_fan_ends_between_the_days_of_the_interval(
    words: Words, scale: Scale, strict: Callable
) -> None:
    found = way("2.0")
    fan, line, values, bar, target = strict(figure.draw(found, scale, words))["data"]
    assert values["x"] == [day.toordinal() for day, _ in POINTS]
    assert values["y"] == [1.0, 1.2, 1.4, 1.6]
    assert fan["x"][1:3] == bar["x"] == [found.found.earliest.toordinal(), found.found.latest.toordinal()]
    assert line["y"][-1] == target["y"][0] == 2.0
    assert target["x"] == [found.found.likely.toordinal()]


def test_where_no_day_can_be_named_there_is_no_fan_and_the_target_stands_at_the_newest_round(
    words: Words, scale: Scale, strict: Callable
) -> None:
    falling = [(day, 5 - value) for day, value in POINTS]
    line, values, target = strict(figure.draw(way("4.5", falling), scale, words))["data"]
    assert (line["y"][0] > line["y"][1], len(values["x"])) == (True, 4)
    assert target["x"] == [POINTS[-1][0].toordinal()]


def test_without_a_target_none_is_drawn_and_with_two_rounds_no_line(
    words: Words, scale: Scale, strict: Callable
) -> None:
    assert len(strict(figure.draw(way(None), scale, words))["data"]) == 2
    assert len(strict(figure.draw(way(None, POINTS[:2]), scale, words))["data"]) == 1


def test_labels_that_would_meet_are_left_out_the_newest_stay(words: Words, scale: Scale) -> None:
    near = way("1.61")
    ticks = figure.draw(near, scale, words)["layout"]["xaxis"]["tickvals"]
    assert near.found.likely.toordinal() in ticks
    assert all(a - b > 10 for a, b in pairwise(ticks))


def test_without_rounds_the_axes_stand_with_what_will_be_here(
    words: Words, scale: Scale, strict: Callable, said: Callable
) -> None:
    nothing = way(None, [])
    drawn = strict(figure.draw(nothing, scale, words))
    assert drawn["data"] == [style.NOTHING]
    assert words("figure.arrival.empty")[:5] in said(drawn)
    assert figure.describe(nothing, words) == words("figure.arrival.empty")


def test_the_chart_in_words(ja: Words) -> None:
    said = figure.describe(way("2.0"), ja)
    assert said.startswith("2026年1月1日 1.00")
    assert "2027年" in said and said.endswith("目標へ届く見込み")
    assert figure.describe(way(None), ja).endswith("2026年10月1日 1.60")
