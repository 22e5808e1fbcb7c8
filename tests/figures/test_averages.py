from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from dxassess.catalogue.model import Aggregate, PublishedAverage, Scale
from dxassess.figures import averages, style
from dxassess.figures.averages import AverageRow
from dxassess.text import Words

PUBLISHED = PublishedAverage(
    year=2024,
    group="all",
    of="all",
    n=1349,
    current_mean=1.25,
    publisher="IPA",
    source="ipa.go.jp/press/1.html; b.jp",
)
NOW, TARGET, LAST = Fraction(13, 8), Fraction(5, 2), Fraction(1)


@pytest.fixture
def row() -> AverageRow:
    return AverageRow("全指標", NOW, TARGET, LAST, PUBLISHED, 34, 35)


def xs(figure: dict) -> list[object]:
    """Published, last, target and current, as they are drawn."""
    return [trace["x"][0] for trace in figure["data"][-4:]]


def test_every_mark_stands_at_its_exact_value(
    row: AverageRow, scale: Scale, words: Words, strict: Callable
) -> None:
    figure = strict(averages.draw([row], scale, words))
    assert xs(figure) == [1.25, 1.0, 2.5, 1.625]
    assert figure["layout"]["xaxis"]["range"] == [0.0, 3.0]


@pytest.mark.parametrize(
    ("now", "target", "side"), [("3", "3", "r"), ("2.9", "3", "r"), ("0", "0", "l"), ("0", "0.3", "l")]
)
def test_two_numbers_beside_their_marks_have_room_at_the_end_of_the_axis(
    scale: Scale, words: Words, now: str, target: str, side: str
) -> None:
    found = AverageRow("全指標", Fraction(now), Fraction(target), None, None, 4, 4)
    margin = averages.draw([found], scale, words)["layout"]["margin"]
    assert margin[side] >= 9 + 32
    assert margin["l" if side == "r" else "r"] == averages.SIDE


def test_numbers_are_rounded_half_up_only_as_text(row: AverageRow, scale: Scale, ja: Words) -> None:
    assert averages.draw([row], scale, ja)["data"][-1]["text"] == ["<b>1.63</b>"]


def test_the_published_average_says_how_many_when_and_where(
    row: AverageRow, scale: Scale, ja: Words, said: Callable
) -> None:
    figure = averages.draw([row], scale, ja)
    assert "1.25 &nbsp;IPA 2024年、n=1,349" in said(figure)
    assert "ipa.go.jp/press/1.html; b.jp" in figure["data"][-1]["hovertext"][0].replace("<br>", " ")


@pytest.mark.parametrize(
    ("publisher", "note"),
    [
        ("経済産業省", "経済産業省 2024年、n=1,349"),
        ("都道府県の産業振興公社連合会", "2024年"),
        ("産業振興公社の連合会", "産業振興公社の連合会 2024年"),
        (None, "ipa.go.jp 2024年、n=1,349"),
    ],
)
def test_beside_the_mark_stands_what_finds_room_and_nothing_is_cut(
    publisher: str | None, note: str, scale: Scale, ja: Words, said: Callable
) -> None:
    published = PUBLISHED.model_copy(update={"publisher": publisher})
    figure = averages.draw([AverageRow("全指標", NOW, TARGET, LAST, published, 34, 35)], scale, ja)
    assert f"&nbsp;{note}" in said(figure).split("\n")[-1]
    assert "…" not in said(figure)


@pytest.mark.parametrize(
    ("aggregate", "called"),
    [("mean", "平均"), ("weighted_mean", "加重平均"), ("sum", "合計"), ("min", "最小")],
)
def test_a_sum_and_a_minimum_are_not_called_a_mean(aggregate: Aggregate, called: str, ja: Words) -> None:
    row = AverageRow("全指標", NOW, TARGET, None, None, 1, 1, aggregate=aggregate)
    assert averages.headline([row], ja) == f"全指標の{called}は 1.63、目標は 2.50 です"


def test_one_average_leaves_no_blank_paper(row: AverageRow, scale: Scale, ja: Words) -> None:
    heights = [averages.draw([row] * count, scale, ja)["layout"]["height"] for count in (1, 2, 3)]
    assert heights[1] - heights[0] == heights[2] - heights[1] == averages.BAND


def test_a_long_name_takes_more_lines_and_is_not_cut(scale: Scale, ja: Words, said: Callable) -> None:
    name = "ビジョン実現の基盤としてのITシステムの構築と運用の見直し"
    figure = averages.draw([AverageRow(name, NOW, TARGET, LAST, PUBLISHED, 1, 1)] * 2, scale, ja)
    assert name in said(figure).replace("<br>", "")
    assert figure["layout"]["yaxis"]["range"][0] == 2 * (averages.BAND + averages.LABEL_LINE)


def test_without_a_title_the_page_says_the_sentence(row: AverageRow, scale: Scale, ja: Words) -> None:
    names = [note.get("name") for note in averages.draw([row], scale, ja, "")["layout"]["annotations"]]
    assert "title" not in names


def test_every_mean_says_n_of_m(row: AverageRow, scale: Scale, words: Words, said: Callable) -> None:
    assert words.n_of_m(34, 35) in said(averages.draw([row], scale, words))
    assert words.n_of_m(34, 35) in averages.describe([row], scale, words)


def test_what_is_missing_is_not_drawn(scale: Scale, words: Words, strict: Callable) -> None:
    figure = strict(averages.draw([AverageRow("全指標", NOW, None, None, None, 3, 4)], scale, words))
    assert xs(figure) == [None, None, None, 1.625]
    assert figure["data"][-2]["text"] == [""]


@pytest.mark.parametrize(
    ("now", "target", "sides"),
    [
        ("1", "2", ["top center", "top center"]),
        ("1", "1.2", ["top left", "top right"]),
        ("1.2", "1", ["top right", "top left"]),
    ],
)
def test_near_numbers_step_aside(now: str, target: str, sides: list[str], scale: Scale, ja: Words) -> None:
    data = averages.draw([AverageRow("全", Fraction(now), Fraction(target), None, None, 1, 1)], scale, ja)[
        "data"
    ]
    assert [data[-1]["textposition"][0], data[-2]["textposition"][0]] == sides


def test_a_label_cannot_smuggle_markup_in(row: AverageRow, scale: Scale, ja: Words, said: Callable) -> None:
    figure = averages.draw([AverageRow("<a href='x'>全</a>", NOW, TARGET, LAST, PUBLISHED, 1, 2)], scale, ja)
    assert "<a href" not in said(figure)
    assert "<a href" not in str(figure["data"])


def test_the_title_says_the_first_average_as_the_chart_does(
    row: AverageRow, scale: Scale, ja: Words, said: Callable
) -> None:
    assert "全指標の平均は 1.63、目標は 2.50 です" in said(averages.draw([row], scale, ja))


def test_a_title_of_the_caller_stands_instead(
    row: AverageRow, scale: Scale, ja: Words, said: Callable
) -> None:
    assert "目標まであと少しです" in said(averages.draw([row], scale, ja, "目標まであと少しです"))


def test_before_the_first_answer_the_scale_stands_with_the_next_step(
    scale: Scale, words: Words, strict: Callable, said: Callable
) -> None:
    for rows in ([], [AverageRow("全指標", None, None, None, PUBLISHED, 0, 35)]):
        figure = strict(averages.draw(rows, scale, words))
        assert figure["data"] == [style.NOTHING]
        assert figure["layout"]["xaxis"]["range"] == [0.0, 3.0]
        assert words("figure.averages.empty") == averages.describe(rows, scale, words)
        assert len(figure["layout"]["annotations"]) == 2


def test_in_words_the_chart_says_all_its_marks(row: AverageRow, scale: Scale, ja: Words) -> None:
    sentence = averages.describe([row], scale, ja)
    assert all(number in sentence for number in ("1.63", "2.50", "1.00", "1.25", "n=1,349"))
