from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from dxassess.figures import kpi, style
from dxassess.figures.kpi import Point, Series
from dxassess.text import Words


def month(number: int, amount: str, counts: bool = True) -> Point:
    return Point(date(2026, number, 1), date(2026, number, 28), Decimal(amount), counts)


APRIL = Point(date(2026, 4, 1), date(2026, 4, 30), Decimal(110), True)
MAY = Point(date(2026, 5, 1), date(2026, 5, 31), Decimal(100), True)
AUGUST = Point(date(2026, 8, 1), date(2026, 8, 31), Decimal("70.5"), False)
SERIES = Series([APRIL, MAY, AUGUST], Decimal(120), Decimal(60))


def test_the_line_breaks_where_a_period_has_no_value(words: Words, strict: Callable) -> None:
    figure = strict(kpi.draw(SERIES, words, "時間"))
    assert figure["data"][-1]["y"] == [110.0, 100.0, None, 70.5]
    assert figure["data"][-1]["connectgaps"] is False


def test_what_does_not_count_has_another_colour(words: Words) -> None:
    colours = kpi.draw(SERIES, words, "時間")["data"][-1]["marker"]["color"]
    assert (colours[0], colours[-1]) == (style.ACCENT, style.AXIS)


def test_baseline_and_target_are_lines_across_where_there_are_any(words: Words, strict: Callable) -> None:
    assert [line["y"] for line in kpi.draw(SERIES, words, "")["data"][:2]] == [[120.0] * 2, [60.0] * 2]
    assert len(strict(kpi.draw(Series([APRIL], None, None), words, ""))["data"]) == 1


def test_the_unit_is_written_letter_by_letter(words: Words, said: Callable) -> None:
    assert "&lt;b&gt;" in said(kpi.draw(SERIES, words, "<b>"))


def test_of_many_periods_a_few_are_labelled_the_newest_among_them(ja: Words) -> None:
    points = [month(number, "1") for number in range(1, 13)]
    axis = kpi.draw(Series(points, None, None), ja, "")["layout"]["xaxis"]
    assert len(axis["tickvals"]) <= kpi.ROOM
    assert axis["ticktext"][-1] == "12月<br>2026"


def test_without_values_the_axes_stand_with_the_next_step(
    words: Words, strict: Callable, said: Callable
) -> None:
    nothing = Series([], Decimal(1), None)
    figure = strict(kpi.draw(nothing, words, ""))
    assert figure["data"] == [style.NOTHING]
    assert words("figure.kpi.empty")[:5] in said(figure)
    assert kpi.describe(nothing, words, "") == words("figure.kpi.empty")


def test_the_chart_in_words(ja: Words) -> None:
    assert kpi.describe(SERIES, ja, "時間").endswith("2026年8月31日までの期間 70.5時間")
