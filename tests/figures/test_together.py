from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from dxassess.assessment.model import Round
from dxassess.figures import style, together
from dxassess.figures.together import TogetherBar
from dxassess.text import Words


def bar(held: Round, mean: str | None = "1.5", due: str | None = "0.5", people: int = 12) -> TogetherBar:
    return TogetherBar(
        held, None if mean is None else Fraction(mean), None if due is None else Fraction(due), 30, 35, people
    )


def test_a_bar_per_round_carries_the_difference_and_its_foot_the_part_due_to_roles(
    held: Callable, words: Words, strict: Callable
) -> None:
    figure = strict(together.draw([bar(held(2025, 1)), bar(held(2025, 2), "1", "0.25")], words))
    whole, foot = figure["data"]
    assert (whole["y"], foot["y"]) == ([1.5, 1.0], [0.5, 0.25])
    assert [text.split("<br>")[0] for text in whole["text"]] == ["<b>1.50</b>", "<b>1.00</b>"]
    assert words("figure.together.part", due="0.25") in whole["text"][1]
    assert whole["marker"]["color"] != foot["marker"]["color"] == style.ACCENT
    assert figure["layout"]["barmode"] == "overlay"


def test_small_differences_look_small_and_large_ones_have_room(held: Callable, ja: Words) -> None:
    small = together.draw([bar(held(2025, 1), "0.1", "0")], ja)["layout"]["yaxis"]
    large = together.draw([bar(held(2025, 1), "2.9", "0")], ja)["layout"]["yaxis"]
    assert small["range"] == [0, together.LEAST]
    assert large["range"] == [0, 4]
    assert large["ticktext"] == ["0", "1", "2", "3", "4"]


def test_a_part_below_zero_or_unknown_has_no_foot_and_its_figure_is_told(held: Callable, ja: Words) -> None:
    figure = together.draw([bar(held(2025, 1), due="-0.1"), bar(held(2025, 2), due=None)], ja)
    assert figure["data"][1]["y"] == [0.0, None]
    below, unknown = figure["data"][0]["hovertext"]
    assert "役割による分 -0.10" in below.replace("<br>", "")
    assert "役割による分 –" in unknown.replace("<br>", "")
    assert "12人が投票、35 項目中 30 項目" in below.replace("<br>", "")


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        ("1", "2人の違いは 1.50（25年度Q1）から 1.00（25年度Q2）レベルへ縮まりました"),
        ("2", "2人の違いは 1.50（25年度Q1）から 2.00（25年度Q2）レベルへ広がりました"),
        ("1.5", "2人の違いは 1.50（25年度Q1）から 1.50（25年度Q2）レベルで変わりません"),
    ],
)
def test_the_sentence_says_whether_people_came_closer(
    last: str, sentence: str, held: Callable, ja: Words
) -> None:
    assert together.headline([bar(held(2025, 1)), bar(held(2025, 2), last)], ja) == sentence


def test_a_single_round_has_no_way_yet(held: Callable, words: Words) -> None:
    assert together.headline([bar(held(2025, 1))], words) == words("figure.together.title_one", last="1.50")


def test_before_the_first_vote_the_axis_stands_with_what_will_come(words: Words, strict: Callable) -> None:
    figure = strict(together.draw([], words))
    assert not any(trace["type"] == "bar" for trace in figure["data"])
    assert figure["layout"]["yaxis"]["range"] == [0, together.LEAST]
    assert together.describe([], words) == words("figure.together.empty")
    assert together.headline([], words) == words("figure.together.title_empty")


def test_in_words_every_round_is_a_line(held: Callable, ja: Words) -> None:
    assert together.describe([bar(held(2025, 1)), bar(held(2025, 2), None, None)], ja) == (
        "25年度Q1: 2人の違い 1.50、うち役割による分 0.50（12人）。\n25年度Q2: 2人の違い –、うち役割による分 –（12人）。"
    )
