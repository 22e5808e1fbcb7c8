"""Forms of layouts nobody expected: each keeps every row and every text, or says which it did not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from dxassess.catalogue.form import Choices, Field
from dxassess.catalogue.model import Bilingual, Edition
from dxassess.catalogue.short import short_of
from dxassess.usecases.catalogues import About, lender, planned, written
from dxassess.usecases.shelf import Shelf
from tests.exchange.forms import book, codes, merge, noted, put, read


def three_rows_of_headings() -> openpyxl.Workbook:
    """A middle row of headings nobody knows, over the levels; the number and the question reach down past it."""
    made = book("表")
    sheet = made["表"]
    heads: Sequence[Sequence[object]] = (
        ["設問番号", "設問", "成熟度レベル", None, None, "回答欄", None],
        [None, None, "店の中での取組", None, "店の外", "現在", "目標年"],
        [None, None, "レベル0", "レベル1", "レベル2", "レベル", "年"],
    )
    rows = [[f"1-{n}", f"窓を拭いていますか。その{n}", "拭かない", "たまに拭く", "町の窓も拭く", 1, 2030] for n in (1, 2)]  # fmt: skip
    put(sheet, [["店の窓"], *heads, *rows])
    for area in ("A2:A4", "B2:B4", "C2:E2", "C3:D3", "F2:G2"):
        merge(sheet, area)
    return made


def test_a_row_of_headings_nobody_knows_between_two_others_hides_no_levels() -> None:
    found = read(three_rows_of_headings())
    assert codes(found) == ["1-1", "1-2"]
    assert dict(found.items[1].levels) == {0: "拭かない", 1: "たまに拭く", 2: "町の窓も拭く"}


def test_an_item_with_its_levels_in_one_cell_is_no_row_of_headings() -> None:
    made = book("表")
    put(made["表"], [["番号", "設問", "選択肢", "回答"], *([n, f"質問{n}はどうですか", "0. なし\n1. 一部\n2. 全部", None] for n in (1, 2))])  # fmt: skip
    assert codes(read(made)) == ["1", "2"]


def test_an_example_below_the_headings_is_no_row_of_headings() -> None:
    made = book("表")
    put(made["表"], [["設問の番号・名称", "設問", "現在", "目標"], ["記入例", "例の質問", "3", "4"], ["1-1", "窓はありますか"]])  # fmt: skip
    found = read(made)
    assert [item.question.ja for item in found.items] == ["窓はありますか"]
    assert [(left.row, left.why) for left in found.left] == [(2, "example")]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("1-1①", "1-1-1"), ("1-1(2)", "1-1-2"), ("１－１（３）", "1-1-3"), ("Ⅰ-1-(4)", "I-1-4"), ("⑤", "5"), ("2-⑥", "2-6"), ("(7)", "7")],
)  # fmt: skip
def test_a_number_in_a_circle_or_in_brackets_is_one_part_more(written: str, read_as: str) -> None:
    made = book("表")
    put(made["表"], [["設問番号", "設問", "現在"], [written, "窓はありますか"]])
    assert codes(read(made)) == [read_as]


def test_numbers_that_begin_anew_in_each_narrow_section_carry_both_and_make_no_subs() -> None:
    made = book("表")
    rows = [
        ["本", "集める", "①"],
        [None, None, "②"],
        [None, "並べる", "①"],
        [None, None, "②"],
        ["人", "迎える", "①"],
    ]
    put(made["表"], [["大項目", "中項目", "№", "問い", "評価"], *[[*row, f"質問{n}ですか"] for n, row in enumerate(rows)]])  # fmt: skip
    found = read(made)
    assert codes(found) == ["1-1-1", "1-1-2", "1-2-1", "1-2-2", "2-1-1"]
    assert not any(item.parent for item in found.items)


def test_a_number_that_stands_there_again_is_no_sub_of_the_first() -> None:
    made = book("表")
    put(made["表"], [["番号", "設問", "現在"], ["4", "窓はありますか"], ["5", "戸はありますか"], ["4", "床はありますか"]])  # fmt: skip
    found = read(made)
    assert codes(found) == ["4", "5", "4.2"]
    assert not any(item.parent for item in found.items)


@pytest.mark.parametrize(
    ("cell", "levels"),
    [
        ("0. なし\n1. 一部\nただし記録なし\n2. 全部", {0: "なし", 1: "一部\nただし記録なし", 2: "全部"}),
        ("1．なし　2．時々　3．いつも", {1: "なし", 2: "時々", 3: "いつも"}),
    ],
)
def test_levels_in_one_cell_keep_all_their_words(cell: str, levels: dict[int, str]) -> None:
    made = book("表")
    put(
        made["表"], [["番号", "設問", "選択肢", "回答"], *([n, f"質問{n}はどうですか", cell] for n in (1, 2))]
    )
    assert [dict(item.levels) for item in read(made).items] == [levels, levels]


def test_short_words_in_the_columns_of_levels_are_no_ticks() -> None:
    made = book("表")
    put(
        made["表"],
        [["番号", "設問", "レベル0", "レベル1", "レベル2"], ["1", "窓はありますか", "無", "有", "良い"]],
    )
    assert dict(read(made).items[0].levels) == {0: "無", 1: "有", 2: "良い"}


def test_names_of_levels_beside_their_texts_are_the_names_of_the_scale() -> None:
    made = book("表")
    rows = [["番号", "設問", "成熟度", "判断基準"]]
    for n in (1, 2):
        rows += [[f"{n}", f"窓{n}はありますか", "レベル0\n未着手", f"窓{n}はまだない"], ["", "", "レベル1\n開始", f"窓{n}がある"]]  # fmt: skip
    put(made["表"], [[value or None for value in row] for row in rows])
    assert [(step.value, step.name) for step in read(made).steps] == [(0, "未着手"), (1, "開始")]


def test_scored_and_measured_on_a_sheet_each_are_not_called_by_their_sheets() -> None:
    made = book("定性指標", "定量指標")
    put(made["定性指標"], [["柱", "番号", "設問", "現在"], ["土", "1-1", "土はありますか"], ["土", "1-2", "砂はありますか"], ["水", "2-1", "水はありますか"]])  # fmt: skip
    put(made["定量指標"], [["柱", "番号", "指標名", "単位", "実績"], ["土", 1, "土の量", "kg"]])
    found = read(made)
    assert [item.path for item in found.items] == [("土",), ("土",), ("水",), ("土",)]


def test_questions_that_are_formulas_without_results_are_told_with_their_rows() -> None:
    made = book("表")
    put(made["表"], [["番号", "設問", "現在"], *([f"1-{n}", f"=VLOOKUP(A{n + 1},Z:Z,1,0)"] for n in (1, 2))])
    found = read(made)
    (problem,) = found.problems
    assert (problem.code, problem.values["rows"]) == ("form.no_results", ("2", "3"))
    assert [left.row for left in found.left] == [2, 3]


def test_a_section_that_begins_in_english_and_ends_in_japanese_is_cut_alike_in_both() -> None:
    short = short_of(Bilingual(ja="Digital Gardeningの推進体制", en="Digital Gardeningの推進体制"))
    assert short is not None
    assert short.ja == short.en


def test_tables_side_by_side_are_refused_and_not_read_as_one() -> None:
    made = book("表")
    put(made["表"], [["番号", "設問", "現在", None] * 2, *(["1", "左の問い", None, None, "3", "右の問い"] for _ in range(1))])  # fmt: skip
    found = read(made)
    assert [problem.code for problem in found.problems] == ["form.side_by_side"]
    left: dict[tuple[str, str], Field | None] = {("表", letter): None for letter in "EFG"}
    assert [item.question.ja for item in read(made, Choices(columns=left)).items] == ["左の問い"]


def test_a_block_for_each_item_is_refused_and_its_levels_are_no_items() -> None:
    made = book("表")
    for n in range(3):
        put(made["表"], [[f"【{n + 1}】 窓口"], ["レベル", "内容", "該当"], [0, "ない"], [1, "少し"], [2, "全部"]], 1 + 6 * n)  # fmt: skip
    found = read(made)
    assert found.items == ()
    assert [problem.code for problem in found.problems] == ["form.no_table"]


def test_headings_in_two_languages_and_with_marks_of_notes_are_known() -> None:
    made = book("表")
    put(
        made["表"],
        [["No.\n番号", "点検項目　※1", "Question / 設問", "現状値"], ["A1", "窓", "窓はありますか"]],
    )
    (item,) = read(made).items
    assert (item.code, item.title.ja, item.question.ja) == ("A1", "窓", "窓はありますか")


def test_a_number_and_a_name_above_the_numbers_below_it_are_a_section() -> None:
    made = book("表")
    rows = [["4", "Soil"], ["4.1", "Sand", "Is there sand?"], ["4.2", "Clay", "Is there clay?"], ["5", "Water", "Is there water?"]]  # fmt: skip
    put(made["表"], [["Clause", "Title", "Requirement", "Current"], *rows])
    found = read(made)
    assert [(item.code, item.path) for item in found.items][:2] == [
        ("4.1", ("4 Soil",)),
        ("4.2", ("4 Soil",)),
    ]
    assert "numbered_heading" in noted(found)


@pytest.mark.parametrize(
    ("heading", "ends"),
    [("評価（1～5）", (1, 5)), ("Score 0-4", (0, 4)), ("現在 ０〜３", (0, 3)), ("現在", (0, 5)), ("現在 2024-25", (0, 5))],
)  # fmt: skip
def test_the_steps_a_heading_of_the_answers_says_are_the_scale(heading: str, ends: tuple[int, int]) -> None:
    made = book("表")
    put(made["表"], [["番号", "設問", heading, "目標"], ["1", "窓はありますか"]])
    found = read(made)
    assert (found.steps[0].value, found.steps[-1].value) == ends
    assert ("scale_said" in noted(found)) == (heading not in ("現在", "現在 2024-25"))


@pytest.mark.parametrize(
    "rows",
    [
        [["番号", "日付", "項目", "内容", "金額", "備考"], [1, "2026-04-02", "交通費", "電車で移動", 300]],
        [["No", "議題", "内容", "担当", "期限"], [1, "予算", "予算を決める", "鈴木", "5/1"]],
        [["番号", "項目", "担当", "開始", "備考"], [1, "設計", "鈴木", "4/1"]],
    ],
)
def test_a_list_of_costs_or_tasks_is_no_self_assessment(rows: list[list[object]]) -> None:  # fmt: skip
    made = book("表")
    put(made["表"], rows)
    assert [problem.code for problem in read(made).problems] in (["form.no_table"], ["form.no_assessment"])


def sheets_numbered_anew(*names: str) -> openpyxl.Workbook:
    made = book(*names)
    for name in names:
        put(made[name], [["番号", "設問", "現在"], *[[n, f"{name}の問い{n}"] for n in (1, 2)]])
    return made


def test_a_section_put_before_the_others_makes_no_item_another_one(tmp_path: Path, tiny: Edition) -> None:
    shelf = Shelf({"tiny": tiny}, tmp_path)
    about = About("niwa", "庭", "", official=False)
    first = written(shelf, planned(shelf, read(sheets_numbered_anew("水", "土")), about, lender(shelf)))
    again = planned(shelf, read(sheets_numbered_anew("光", "水", "土")), about, lender(shelf))
    before = {each.code: each.title.ja for each in first.scored}
    after = {each.code: each.title.ja for each in again.edition.scored}
    assert before.items() <= after.items()
    assert [difference.what for difference in again.differences] == ["added", "added"]
