from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest

from dxassess.catalogue.model import Scale
from dxassess.figures import recognition, style
from dxassess.figures.recognition import RecognitionRow, RolePoint
from dxassess.figures.roles import FURTHER, role_key, role_marks
from dxassess.text import Words

ROLES = {"management": "経営", "it": "IT部門"}


def row(
    code: str = "1",
    label: str = "体制",
    due: Fraction | None = Fraction(3, 4),
    means: tuple[Fraction | int, ...] = (3, Fraction(1, 3)),
) -> RecognitionRow:
    points = tuple(
        RolePoint(role, mean, 0, 3, 3 + at) for at, (role, mean) in enumerate(zip(ROLES, means, strict=False))
    )
    return RecognitionRow(code, label, points, Fraction(3, 2), due, 7)


def marks_of(figure: dict) -> list[dict]:
    return [trace for trace in figure["data"] if trace["mode"] == "markers"]


def test_each_role_has_a_mark_of_its_own_colour_and_shape_at_its_mean(
    scale: Scale, words: Words, strict: Callable
) -> None:
    management, it = marks_of(strict(recognition.draw([row(), row("2")], ROLES, scale, words)))
    assert management["x"] == [3.0, 3.0]
    assert it["x"] == [1 / 3, 1 / 3]
    assert management["marker"]["symbol"] == "circle"
    assert it["marker"]["symbol"] == "diamond"
    assert management["marker"]["color"] != it["marker"]["color"]


def test_a_thin_line_runs_from_the_lowest_to_the_highest_vote(scale: Scale, ja: Words) -> None:
    lines = recognition.draw([row()], ROLES, scale, ja)["data"][::2]
    assert [(line["mode"], line["x"]) for line in lines] == [("lines", [0.0, 3.0, None])] * 2


def test_marks_of_one_row_never_lie_on_one_another_though_roles_agree(scale: Scale, ja: Words) -> None:
    management, it = marks_of(recognition.draw([row(means=(2, 2))], ROLES, scale, ja))
    assert it["y"][0] - management["y"][0] == recognition.LANE


def test_a_band_runs_from_view_to_view(scale: Scale, ja: Words) -> None:
    shapes = recognition.draw([row()], ROLES, scale, ja)["layout"]["shapes"]
    (band,) = [shape for shape in shapes if shape["type"] == "rect"]
    assert (band["x0"], band["x1"]) == (pytest.approx(1 / 3), 3.0)


def test_with_one_role_there_is_no_band(scale: Scale, ja: Words) -> None:
    shapes = recognition.draw([row(means=(2,))], ROLES, scale, ja)["layout"]["shapes"]
    assert [shape["type"] for shape in shapes] == ["line"]


def test_the_axis_is_the_whole_scale(scale: Scale, ja: Words) -> None:
    assert recognition.draw([row()], ROLES, scale, ja)["layout"]["xaxis"]["range"] == [0.0, 3.0]


def test_on_the_right_stands_the_part_due_to_roles_or_a_dash(scale: Scale, ja: Words) -> None:
    figure = recognition.draw([row(), row("2", due=None)], ROLES, scale, ja)
    right = [note["text"] for note in figure["layout"]["annotations"] if note.get("xshift") == 14]
    assert right == ["<b>0.75</b>", "<b>–</b>"]


def test_the_key_explains_every_role_the_line_and_the_figure(scale: Scale, ja: Words, said: Callable) -> None:
    found = said(recognition.draw([row()], ROLES, scale, ja))
    assert "<b>●</b></span> 経営" in found
    assert "<b>◆</b></span> IT部門" in found
    assert "細い線" in found
    assert "役割による分" in found


def test_rows_never_touch_and_stand_in_the_order_given(scale: Scale, ja: Words) -> None:
    many = [row(str(number), "とても長い名前の指標についての設問") for number in range(35)]
    figure = recognition.draw(many, ROLES, scale, ja)
    ys = marks_of(figure)[0]["y"]
    assert all(after - before >= 2 * recognition.LINE for before, after in pairwise(ys))
    assert figure["layout"]["yaxis"]["range"][0] > ys[-1]


def test_a_hover_text_says_each_role_with_its_people(scale: Scale, ja: Words) -> None:
    hover = marks_of(recognition.draw([row()], ROLES, scale, ja))[0]["hovertext"][0]
    assert "経営 3.00（3人、0〜3）" in hover
    assert "IT部門 0.33（4人、0〜3）" in hover


def test_where_every_vote_of_a_role_is_the_same_it_says_so(ja: Words) -> None:
    alike = RecognitionRow("1", "体制", (RolePoint("it", 2, 2, 2, 3),), 0, 0, 3)
    assert "IT部門 2.00（3人、どの票も 2）" in recognition.describe([alike], ROLES, ja)


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        (Fraction(1), "役割による差が最も大きいのは「1 体制」です"),
        (Fraction(0), "役割による差が見える項目はありません"),
        (None, "1票だけの役割があり、役割による分は分けられません。2人の違いが最も大きいのは「1 体制」です"),
    ],
)
def test_the_sentence_above_names_the_item_on_which_roles_differ_most(
    due: Fraction | None, sentence: str, ja: Words
) -> None:
    assert recognition.headline([row(due=due)], ja) == sentence


def test_a_label_or_a_role_cannot_smuggle_markup_in(scale: Scale, ja: Words, said: Callable) -> None:
    figure = recognition.draw([row(label="<i>体制</i>")], {**ROLES, "it": "<i>IT</i>"}, scale, ja)
    assert "<i>" not in said(figure) + str(figure["data"])


def test_before_the_first_vote_the_scale_stands_with_the_next_step(
    scale: Scale, words: Words, strict: Callable
) -> None:
    figure = strict(recognition.draw([], {}, scale, words))
    assert figure["data"] == [style.NOTHING]
    assert figure["layout"]["xaxis"]["range"] == [0.0, 3.0]
    assert recognition.describe([], {}, words) == words("figure.recognition.empty")


def test_in_words_every_item_is_a_line(ja: Words) -> None:
    assert recognition.describe([row()], ROLES, ja) == (
        "1 体制: 経営 3.00（3人、0〜3）、IT部門 0.33（4人、0〜3）。2人の違い 平均 1.50、うち役割による分 0.75（7人）。"
    )


def test_roles_the_house_does_not_know_get_the_next_free_mark() -> None:
    marks = role_marks(["finance", "it", "business+dx"])
    assert (marks["finance"], marks["business+dx"]) == (FURTHER[0], FURTHER[1])
    assert marks["it"].symbol == "diamond"
    assert len({mark.symbol for mark in role_marks(list("abcde")).values()}) == 5


def test_a_long_key_breaks_into_lines() -> None:
    assert len(role_key({"it": "名前の長い部門である情報部門", "dx": "名前の長い部門である変革部門"})) == 2
