from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dxassess.assessment.action import Action, Status
from dxassess.figures import gantt, style
from dxassess.text import Words

TODAY = date(2026, 11, 22)
LATE = Action(
    "請求書 <自動>", "tiny", status=Status.DOING, start=date(2026, 10, 1), due=date(2026, 11, 20), id="a"
)
NEXT = Action("研修", "tiny", start=date(2026, 12, 1), due=date(2027, 3, 31), needs=frozenset("a"), id="b")
ONLY_DUE = Action("点検", "tiny", status=Status.PLANNED, due=date(2027, 1, 10), id="c")
UNDATED = Action("いつか", "tiny", id="d")


def test_a_bar_runs_from_the_first_day_to_the_end_of_the_last(words: Words, strict: Callable) -> None:
    bars = strict(gantt.draw([LATE, NEXT, UNDATED], TODAY, words))["data"][0]
    assert bars["base"] == [LATE.start.toordinal(), NEXT.start.toordinal()]
    assert bars["x"] == [51, 121]
    assert bars["y"] == sorted(bars["y"])


def test_today_is_a_line_with_its_day_in_words(words: Words, said: Callable) -> None:
    figure = gantt.draw([LATE], TODAY, words)
    assert figure["layout"]["shapes"][0]["x0"] == figure["layout"]["shapes"][0]["x1"] == TODAY.toordinal()
    assert words("figure.gantt.today", day=words.date(TODAY)) in said(figure)


def test_what_is_overdue_has_a_mark_a_line_up_to_today_and_a_word(words: Words, said: Callable) -> None:
    figure = gantt.draw([LATE, NEXT], TODAY, words)
    marks = figure["data"][2]
    assert (marks["x"], marks["marker"]["symbol"]) == ([date(2026, 11, 21).toordinal()], "diamond")
    (delay,) = figure["layout"]["shapes"][1:]
    assert (delay["x0"], delay["x1"]) == (date(2026, 11, 21).toordinal(), TODAY.toordinal())
    assert said(figure).count("◆") == 1
    in_time = gantt.draw([NEXT], TODAY, words)
    assert in_time["data"][2]["x"] == [None]
    assert "◆" not in said(in_time)


def test_each_bar_says_its_name_its_status_and_its_days(words: Words, said: Callable) -> None:
    text = said(gantt.draw([LATE, ONLY_DUE], TODAY, words))
    assert "請求書 &lt;自動&gt;" in text
    assert words("action.status_doing") in text
    assert words("figure.gantt.until", due=words.date(ONLY_DUE.due))[:6] in text


@pytest.mark.parametrize("status", Status)
def test_no_two_statuses_look_alike(words: Words, strict: Callable, status: Status) -> None:
    figure = strict(gantt.draw([replace(NEXT, status=status)], TODAY, words))
    marker = figure["data"][0]["marker"]
    looks = {(look.fill, look.line, look.hatch) for look in gantt.LOOKS.values()}
    assert len(looks) == len(Status)
    assert (marker["color"][0], marker["pattern"]["shape"][0]) == (
        gantt.LOOKS[status].fill,
        gantt.LOOKS[status].hatch,
    )


def test_an_idea_is_hatched(words: Words) -> None:
    assert gantt.LOOKS[Status.IDEA].hatch


def test_a_single_day_is_a_point_one_can_see(words: Words) -> None:
    points = gantt.draw([ONLY_DUE, NEXT], TODAY, words)["data"][1]
    assert points["x"] == [ONLY_DUE.due.toordinal() + 0.5]


def test_what_needs_another_has_an_arrow_from_its_end(words: Words) -> None:
    figure = gantt.draw([LATE, NEXT], TODAY, words)
    (arrow,) = [note for note in figure["layout"]["annotations"] if note["showarrow"]]
    assert (arrow["ax"], arrow["x"]) == (date(2026, 11, 21).toordinal(), NEXT.start.toordinal())
    alone = gantt.draw([NEXT], TODAY, words)
    assert not [note for note in alone["layout"]["annotations"] if note["showarrow"]]


@pytest.mark.parametrize("days", [0, 10, 40, 200, 900, 5000, 100_000, 2_900_000])
def test_few_months_are_labelled_however_long_it_takes(words: Words, strict: Callable, days: int) -> None:
    long = replace(NEXT, start=TODAY, due=TODAY + timedelta(days))
    axis = strict(gantt.draw([long], TODAY, words))["layout"]["xaxis"]
    assert 1 <= len(axis["tickvals"]) <= 5
    assert all(date.fromordinal(place).day == 1 for place in axis["tickvals"])
    assert axis["range"][0] < TODAY.toordinal()
    assert axis["range"][1] > long.due.toordinal()


def test_without_days_the_axis_stands_with_the_next_step(
    words: Words, strict: Callable, said: Callable
) -> None:
    figure = strict(gantt.draw([UNDATED], TODAY, words))
    assert figure["data"] == [style.NOTHING]
    assert words("figure.gantt.empty")[:5] in said(figure)
    assert gantt.describe([UNDATED], TODAY, words) == words("figure.gantt.empty")


def test_the_chart_is_told_action_by_action(words: Words) -> None:
    first, second = gantt.describe([LATE, UNDATED, NEXT], TODAY, words).split("\n")
    assert LATE.title in first
    assert "◆" in first
    assert NEXT.title in second
