from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest

from dxassess.assessment.model import State
from dxassess.catalogue.model import Scale
from dxassess.figures import dumbbell, style
from dxassess.figures.dumbbell import DumbbellRow
from dxassess.text import Words


def row(
    code: str,
    current: Fraction | int | None,
    target: Fraction | int | None = None,
    *,
    last: int | None = None,
    state: State = State.ANSWERED,
    key: bool = False,
    group: str = "人",
    label: str = "体制",
) -> DumbbellRow:
    return DumbbellRow(code, label, current, target, last, state, key, group)


ROWS = [
    row("1", 1, 3, last=0, key=True),
    row("1-1", None, 2, state=State.CANNOT_SAY),
    row("2", None, state=State.NOT_APPLICABLE, key=True, group="道具"),
    row("2-1", None, state=State.OPEN, group="道具"),
]


def on_the_right(figure: dict) -> list[str]:
    notes = figure["layout"]["annotations"]
    return [note["text"] for note in notes if note.get("xshift") == 14]


def test_each_item_runs_from_today_to_its_target(scale: Scale, words: Words, strict: Callable) -> None:
    line, target, last, current = strict(dumbbell.draw(ROWS, scale, words))["data"]
    assert current["x"] == [1.0, None, None, None]
    assert target["x"] == [3.0, 2.0, None, None]
    assert last["x"] == [0.0, None, None, None]
    assert line["x"] == [1.0, 3.0, None]


def test_nothing_is_said_of_targets_where_there_is_none(words: Words) -> None:
    assert dumbbell.headline([row("1", 1)], words) == words("figure.dumbbell.title_no_target")
    assert dumbbell.headline(ROWS, words) == words("figure.dumbbell.title")


def test_what_has_no_level_stands_in_the_margin_and_never_at_zero(scale: Scale, ja: Words) -> None:
    figure = dumbbell.draw(ROWS, scale, ja)
    assert on_the_right(figure) == ["<b>1</b> → 3", "<b>?</b> → 2", "<b>–</b>", "<b>□</b>"]
    assert figure["data"][3]["x"][1:] == [None, None, None]


def test_an_answer_without_a_level_counts_as_not_answered(scale: Scale, ja: Words) -> None:
    assert on_the_right(dumbbell.draw([row("1", None, 2)], scale, ja)) == ["<b>□</b> → 2"]


def test_the_key_explains_only_signs_that_occur(scale: Scale, ja: Words, said: Callable) -> None:
    assert "わからない" in said(dumbbell.draw(ROWS, scale, ja))
    assert "わからない" not in said(dumbbell.draw(ROWS[:1], scale, ja))


def test_key_items_are_bold_and_the_others_are_not(scale: Scale, ja: Words, said: Callable) -> None:
    found = said(dumbbell.draw(ROWS, scale, ja))
    assert "<b>1 体制</b>" in found
    assert "<b>1-1 体制</b>" not in found


def test_groups_without_a_key_item_get_a_heading(scale: Scale, ja: Words, said: Callable) -> None:
    assert "道具" in said(dumbbell.draw([row("1", 1, group="道具")], scale, ja))
    assert "道具" not in said(dumbbell.draw([row("1", 1, group="道具", key=True)], scale, ja))


def test_rows_never_touch_and_stand_in_the_order_given(scale: Scale, ja: Words) -> None:
    many = [row(str(number), 1, 2, label="とても長い名前の指標についての設問") for number in range(35)]
    figure = dumbbell.draw(many, scale, ja)
    ys = figure["data"][3]["y"]
    assert figure["layout"]["annotations"][-2]["text"].count("<br>") == 1
    assert all(after - before >= 27 + 16 for before, after in pairwise(ys))
    assert figure["layout"]["yaxis"]["range"][0] > ys[-1]


def test_the_margin_is_as_wide_as_the_widest_label(scale: Scale, ja: Words) -> None:
    short = dumbbell.draw([row("1", 1)], scale, ja)["layout"]["margin"]["l"]
    long = dumbbell.draw([row("1", 1, label="名前の長い指標です")], scale, ja)["layout"]["margin"]["l"]
    assert long - short > 6 * 12


def test_on_a_large_screen_a_label_keeps_one_line(scale: Scale, ja: Words, said: Callable) -> None:
    rows = [row("8", 1, label="ビジョン実現の基盤としてのITシステムの構築")]
    assert "基盤としての<br>" in said(dumbbell.draw(rows, scale, ja))
    assert "8 ビジョン実現の基盤としてのITシステムの構築" in said(dumbbell.draw(rows, scale, ja, wide=True))


def test_a_mean_of_several_voices_shows_two_decimals(scale: Scale, ja: Words) -> None:
    assert on_the_right(dumbbell.draw([row("1", Fraction(7, 3), Fraction(3))], scale, ja)) == [
        "<b>2.33</b> → 3"
    ]


def test_a_hover_text_names_the_level(scale: Scale, ja: Words) -> None:
    assert dumbbell.draw(ROWS, scale, ja)["data"][3]["hovertext"][0] == (
        "1 体制<br>現在 1 試行<br>目標 3<br>前回 0"
    )


def test_a_label_cannot_smuggle_markup_in(scale: Scale, ja: Words, said: Callable) -> None:
    figure = dumbbell.draw([row("1", 1, label="<i>体制</i>", group="<i>人</i>")], scale, ja)
    assert "<i>" not in said(figure) + str(figure["data"])


def test_last_time_is_explained_only_where_it_stands(scale: Scale, words: Words, said: Callable) -> None:
    with_last, without = (said(dumbbell.draw([row("1", 1, last=last)], scale, words)) for last in (0, None))
    assert words("figure.mark.last") in with_last
    assert words("figure.mark.last") not in without


@pytest.mark.parametrize("rows", [[], [row("1", None, state=State.OPEN)]])
def test_before_the_first_answer_the_scale_stands_with_the_next_step(
    rows: list[DumbbellRow], scale: Scale, words: Words, strict: Callable
) -> None:
    figure = strict(dumbbell.draw(rows, scale, words))
    assert figure["data"] == [style.NOTHING]
    assert figure["layout"]["xaxis"]["range"] == [0.0, 3.0]
    assert dumbbell.describe(rows, scale, words) == words("figure.dumbbell.empty")


def test_in_words_every_item_is_a_line(scale: Scale, ja: Words) -> None:
    assert dumbbell.describe(ROWS, scale, ja).splitlines() == [
        "1 体制: 現在 1 試行。目標 3。",
        "1-1 体制: 「わからない」と回答しています。目標 2。",
        "2 体制: 該当しません。目標 –。",
        "2-1 体制: 未回答です。目標 –。",
    ]
