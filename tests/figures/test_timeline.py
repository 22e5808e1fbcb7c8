from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dxassess.figures import timeline
from dxassess.text import Words


def test_rounds_stand_in_the_order_held_and_once_each(held: Callable, point: Callable) -> None:
    early, late = held(2025, 1), held(2026, 1)
    lines = [("a", [point(late, "1")]), ("b", [point(early, "1"), point(late, "2")])]
    assert timeline.rounds_of(lines) == (early, late)


def test_the_year_is_written_where_it_begins(held: Callable, ja: Words) -> None:
    rounds = [held(2025, 3), held(2025, 4), held(2026, 1)]
    assert timeline.quarter_axis(rounds, ja, 10)["ticktext"] == ["Q3<br>25年度", "Q4", "Q1<br>26年度"]


def test_on_a_crowded_axis_no_two_neighbours_write_their_years(held: Callable, ja: Words) -> None:
    rounds = [held(year, 1) for year in range(2019, 2027)]
    years = [text.partition("<br>")[2] for text in timeline.quarter_axis(rounds, ja, 8)["ticktext"]]
    assert years == ["", "20年度", "", "22年度", "", "24年度", "", "26年度"]
    few = timeline.quarter_axis(rounds[:6], ja, 8)["ticktext"]
    assert all("年度" in text for text in few)


def test_two_rounds_of_one_quarter_are_told_apart_by_title(held: Callable, ja: Words) -> None:
    rounds = [held(2025, 2, "本社", day=date(2025, 7, 1)), held(2025, 2, "<工場>", day=date(2025, 9, 1))]
    assert timeline.quarter_axis(rounds, ja, 10)["ticktext"] == ["Q2<br>25年度<br>本社", "Q2<br>&lt;工場&gt;"]


def test_among_many_rounds_those_of_one_quarter_are_counted(held: Callable, ja: Words) -> None:
    rounds = [held(2025, 1, day=date(2025, 4, day)) for day in range(1, 8)]
    assert timeline.quarter_axis(rounds, ja, 10)["ticktext"][1:3] == ["Q1(2)", "Q1(3)"]


def test_of_many_rounds_every_so_many_is_labelled_and_the_newest_always() -> None:
    assert timeline.spaced(20, 10) == tuple(range(1, 20, 2))
    assert timeline.spaced(3, 10) == (0, 1, 2)
    assert timeline.spaced(0, 10) == ()


def test_a_round_without_value_is_a_gap(held: Callable, point: Callable) -> None:
    rounds = [held(2025, quarter) for quarter in (1, 2, 3)]
    points = [point(rounds[0], "1"), point(rounds[1], None), point(rounds[2], "2")]
    found = timeline.trace(points, "value", rounds, ["", "", ""])
    assert found["y"] == [1.0, None, 2.0]
    assert found["connectgaps"] is False


def test_another_edition_breaks_the_line(held: Callable, point: Callable) -> None:
    rounds = [held(2025, 1), held(2025, 2, edition="newer")]
    points = [point(rounds[0], "1", "2"), point(rounds[1], "2", "3")]
    for field, ends in (("value", [1.0, None, 2.0]), ("target", [2.0, None, 3.0])):
        assert timeline.trace(points, field, rounds, ["a", "b"])["y"] == ends
    assert [found.reason for found in timeline.breaks(points, rounds)] == ["edition"]


def test_other_items_that_apply_break_the_line_with_the_reason(
    held: Callable, point: Callable, ja: Words
) -> None:
    rounds = [held(2025, 1), held(2025, 2)]
    points = [point(rounds[0], "1", m=4), point(rounds[1], "1", n=3, m=3)]
    (found,) = timeline.breaks(points, rounds)
    assert found.x == 0.5
    assert timeline.reason(found, ja) == "対象の項目 4→3"


def test_an_item_still_unanswered_does_not_break_the_line(held: Callable, point: Callable) -> None:
    rounds = [held(2025, 1), held(2025, 2)]
    assert timeline.breaks([point(rounds[0], "1", n=3), point(rounds[1], "1", n=4)], rounds) == ()


def test_a_break_across_a_gap_is_found_too(held: Callable, point: Callable) -> None:
    rounds = [held(2025, 1), held(2025, 2), held(2025, 3, edition="newer")]
    points = [point(rounds[0], "1"), point(rounds[1], None), point(rounds[2], "1")]
    assert [found.x for found in timeline.breaks(points, rounds)] == [1.0]


def test_only_the_newest_unbroken_stretch_may_be_read_as_one(held: Callable, point: Callable) -> None:
    rounds = [held(2025, 1), held(2025, 2, edition="newer"), held(2025, 3, edition="newer")]
    points = [point(rounds[0], "1"), point(rounds[1], "2"), point(rounds[2], "3")]
    assert timeline.unbroken(points) == tuple(points[1:])


def test_a_hover_text_says_round_value_counts_and_target(held: Callable, point: Callable, ja: Words) -> None:
    (found,) = timeline.hovers("全指標", [point(held(2025, 1, "<春>"), "1.625", "2", n=3)], ja)
    assert found == "全指標<br>2025年度 第1四半期「&lt;春&gt;」<br>現在 1.63（4 項目中 3 項目）<br>目標 2.00"
