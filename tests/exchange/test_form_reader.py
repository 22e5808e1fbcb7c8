"""Workbooks of many layouts, spoilt in every way people and spreadsheets spoil them: what is understood, told, refused."""

from __future__ import annotations

from datetime import datetime
from itertools import cycle, permutations
from time import monotonic

import openpyxl
import pytest

from dxassess.catalogue.form import Choices
from dxassess.errors import Problem
from dxassess.exchange.form_reader import understand
from dxassess.exchange.workbook.reader import read_workbooks
from dxassess.exchange.workbook.values import Grid, Upload, Workbook
from dxassess.text import LANGUAGES, Words, sentences
from tests.exchange import workbooks
from tests.exchange.forms import (
    GARDEN,
    LAYOUTS,
    LIKE_2019,
    beside_other_things,
    bilingual,
    book,
    codes,
    levels_as_columns,
    levels_as_rows,
    levels_by_name,
    like_2019,
    measures_apart,
    merge,
    noted,
    put,
    read,
    saved,
    section_rows,
    sections_only,
    several_sheets,
    without_numbers,
)

HEADS = ["番号", "分類", "項目", "設問", "目標"]


def simple(*rows: list[object], heads: list[object] | None = None) -> openpyxl.Workbook:
    """A workbook of one small table."""
    made = book("表")
    put(made["表"], [heads or HEADS, *rows])
    return made


def items(*numbers: object) -> openpyxl.Workbook:
    """A table whose rows have these numbers."""
    return simple(
        *([number, "花", f"項目{n}", f"問い{n}をしていますか。"] for n, number in enumerate(numbers))
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_to_the_last_item(layout: str) -> None:
    made, expected = LAYOUTS[layout]
    found = read(made())
    assert codes(found) == expected
    assert found.problems == ()
    assert all(item.title.ja and item.question.ja for item in found.items)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_everything_that_is_told_has_a_sentence_in_both_languages(layout: str) -> None:
    found = read(LAYOUTS[layout][0]())
    for language in LANGUAGES:
        for note in found.notes:
            assert Words(language).told(Problem(f"form.note_{note.code}", "", values=dict(note.values)))
        assert all(f"form.left_{left.why}" in sentences() for left in found.left)


def test_a_form_like_that_of_2019_gives_sections_kinds_and_subs_and_no_answers() -> None:
    found = read(like_2019())
    assert [item.path for item in found.items][:4] == [("庭の視点", "土")] * 2 + [("庭の視点", "水")] * 2
    assert [item.parent for item in found.items] == ["", "", "", "3", "3", "", ""]
    assert [item.kind for item in found.items].count("quantitative") == 1
    assert found.title == "庭の手入れ 自己診断フォーマット"
    assert "写真" not in repr(found.items)
    assert [(left.row, left.why) for left in found.left] == [(15, "note")]
    assert "column_unsure" in noted(found)


def test_of_two_columns_of_one_heading_the_longer_texts_are_the_questions_in_any_order() -> None:
    swapped = [[*row[:5], row[6], row[5], *row[7:]] for row in GARDEN]
    found = read(like_2019(swapped))
    assert [item.title.ja for item in found.items] == [row[5] for row in GARDEN]


def test_levels_below_an_item_are_its_levels() -> None:
    found = read(levels_as_rows())
    assert [sorted(item.levels) for item in found.items] == [[1, 2, 3, 4]] * 3
    assert [item.path for item in found.items] == [("Dough",), ("Dough",), ("Oven",)]
    assert found.scale_from == "rows"


def test_levels_in_columns_under_a_merged_heading_carry_their_names() -> None:
    found = read(levels_as_columns())
    assert [(step.value, step.name) for step in found.steps] == [(0, "未着手"), (1, "試行"), (2, "定着"), (3, "改善")]  # fmt: skip
    assert found.items[0].levels[2] == "貸出の段階2の様子です。"
    assert [item.path for item in found.items] == [("窓口",), ("窓口",), ("蔵書",), ("蔵書",)]


def test_columns_where_levels_are_ticked_give_the_scale_and_no_texts() -> None:
    found = read(
        simple(["1", "花", "水やり", "していますか。", None, "○"], heads=[*HEADS[:4], "0", "1", "2"])
    )
    assert (found.scale_from, len(found.steps), found.items[0].levels) == ("columns", 3, {})


def test_sheets_are_read_together_without_examples_and_hidden_ones_and_the_legend_is_the_scale() -> None:
    found = read(several_sheets())
    assert [item.path for item in found.items] == [("厨房",), ("厨房",), ("売り場",), ("売り場",)]
    assert {"sheet_same", "sheet_hidden_left", "placed"} <= noted(found)
    assert (found.steps[0].name, found.steps[0].character) == ("なし", "まだです。")
    chosen = read(several_sheets(), Choices(sheets=("売り場",)))
    assert codes(chosen) == ["1", "2"]


def test_rows_that_name_sections_carry_down_and_notes_examples_and_totals_are_left() -> None:
    found = read(section_rows())
    assert [item.path for item in found.items] == [("第１章 店内",), ("第１章 店内",), ("第２章 店外",)]
    assert [left.why for left in found.left] == ["example", "total", "note", "after"]


def test_both_languages_key_and_sub_and_levels_in_one_cell_are_kept() -> None:
    found = read(bilingual())
    assert (found.items[0].title.ja, found.items[0].title.en) == ("棚割り", "Shelving")
    assert [(item.part, item.parent) for item in found.items] == [("key", ""), ("sub", "A1"), ("key", "")]
    assert found.items[0].levels == {0: "なし", 1: "一部", 2: "全部"}


def test_where_nothing_is_called_a_name_the_narrowest_section_is_the_name() -> None:
    found = read(without_numbers())
    assert [item.title.ja for item in found.items] == ["種まき", "植え替え", "剪定", "雪囲い"]
    assert "counted" in noted(found)


def test_a_second_table_of_measures_has_units() -> None:
    (measure,) = read(measures_apart()).measured
    assert (measure.code, measure.unit) == ("T1", "kg")


def test_what_stands_around_a_table_is_not_taken_for_items() -> None:
    found = read(beside_other_things())
    assert [item.path for item in found.items] == [("①味",), ("①味",), ("②席",), ("②席",)]
    assert found.items[0].question.ja == "豆の決まりがありますか。\n担当は決まっていますか。"
    assert [note.values["sheet"] for note in found.notes if note.code == "sheet_other"] == ["改訂履歴", "FAQ"]
    assert "sheet_same" in noted(found)
    assert found.title == "喫茶店の成熟度 診断シート"


def test_levels_that_have_only_names_are_numbered_from_the_left_and_told() -> None:
    found = read(levels_by_name())
    assert next((step.value, step.name) for step in found.steps) == (1, "Beginning")
    assert len(found.items[3].levels) == 4
    assert {"levels_named", "numbers_in_names"} <= noted(found)


def test_a_column_without_numbers_a_person_calls_levels_is_one() -> None:
    heads = [*HEADS[:4], "はじめ", "おわり"]
    made = simple(["1", "花", "水やり", "しますか。", "まだです。はじめです。", "できました。おわりです。"], heads=heads)  # fmt: skip
    columns = {("表", "E"): "level", ("表", "F"): "level"}
    found = read(made, Choices(columns=columns))  # type: ignore[arg-type]
    assert [(step.value, step.name) for step in found.steps] == [(1, "はじめ"), (2, "おわり")]


def test_a_column_of_sentences_beside_the_names_is_the_question_whatever_it_is_called() -> None:
    heads = ["No", "柱", "評価項目", "評価の観点", "現在値", "目標値"]
    rows = [["1", "花", "水やり", "水をやる時間が決まっていますか。"], ["2", None, "土", "土を入れ替える時期が決まっていますか。"]]  # fmt: skip
    found = read(simple(*rows, heads=heads))
    assert [(item.path, item.title.ja, item.question.ja[:3]) for item in found.items] == [(("花",), "水やり", "水をや"), (("花",), "土", "土を入")]  # fmt: skip
    assert "column_unsure" in noted(found)


def test_three_columns_of_sections_are_a_form_where_somebody_is_assessed() -> None:
    found = read(sections_only())
    assert found.items[2].path == ("GROW", "Water (GR.WA)")
    assert found.items[0].title.en == "Soil is tested once a year"


def test_a_name_and_its_question_in_one_cell_are_told_apart() -> None:
    made = simple(["1", "花", "水やり\n毎日水をやりますか。"], heads=["番号", "分類", "指標", "現在", "目標"])
    (item,) = read(made).items
    assert (item.title.ja, item.question.ja) == ("水やり", "毎日水をやりますか。")


@pytest.mark.parametrize(
    "written",
    ["４－１", "4−1", "4ー1", "'4-1", "４―１", "4‐1", "問4-1", "(4-1)", " 4 - 1 ", "4-1.", "No.4-1"],
)
def test_however_a_number_is_written_it_is_that_number(written: str) -> None:
    assert codes(read(items("4", written)))[1] == "4-1"


@pytest.mark.parametrize("mangled", [datetime(2026, 4, 1), "4月1日", "1-Apr", "4/1", 46113, "2026/4/1"])
def test_a_number_that_became_a_date_is_restored_and_told(mangled: object) -> None:
    found = read(items("4", mangled))
    assert codes(found) == ["4", "4-1"]
    assert found.items[1].numbering == "restored"
    (note,) = [note for note in found.notes if note.code == "restored"]
    assert note.values["code"] == "4-1"


def test_a_date_that_may_be_either_way_goes_on_from_the_number_before_it() -> None:
    assert codes(read(items("1", datetime(2026, 2, 1), "5", datetime(2026, 2, 5)))) == ["1", "1-2", "5", "5-2"]  # fmt: skip


def test_a_zero_a_spreadsheet_dropped_is_restored() -> None:
    found = read(items(*(round(4 + n / 10, 1) for n in range(1, 10)), 4.1, 4.11))
    assert codes(found)[-3:] == ["4.9", "4.10", "4.11"]


def test_a_number_a_person_corrects_stands_as_they_say() -> None:
    choices = Choices(numbers={("表", 3): "9-9"})
    assert codes(read(items("4", "4月1日"), choices)) == ["4", "9-9"]


def test_a_repeated_number_is_told_and_never_drops_a_row() -> None:
    found = read(items("1", "2", "2", "3"))
    assert codes(found) == ["1", "2", "2.2", "3"]
    assert "repeated" in noted(found)


def test_two_numbers_a_person_makes_alike_are_refused() -> None:
    found = read(items("1", "2"), Choices(numbers={("表", 3): "1"}))
    assert [problem.code for problem in found.problems] == ["form.number_twice"]


@pytest.mark.parametrize("code", ["edition", "benchmarks", "con", "a..b", "経-1", "a/b", "x" * 34])
def test_a_number_that_can_be_no_file_is_refused(code: str) -> None:
    found = read(items("1", "2"), Choices(numbers={("表", 3): code}))
    assert [problem.code for problem in found.problems] == ["form.number_off"]


def test_a_number_that_is_missing_or_cannot_be_one_is_counted() -> None:
    found = read(items("1", None, "経-1"))
    assert codes(found) == ["1", "n1", "n2"]
    assert [item.printed for item in found.items] == ["1", "", "経-1"]


def test_hidden_rows_are_told_and_can_be_left_out() -> None:
    made = items("1", "2", "3")
    made["表"].row_dimensions[3].hidden = True
    found = read(made)
    assert (codes(found), "hidden_rows" in noted(found)) == (["1", "2", "3"], True)
    without = read(made, Choices(without_hidden=True))
    assert (codes(without), [left.why for left in without.left]) == (["1", "3"], ["hidden"])


def test_a_hidden_column_is_read_and_told() -> None:
    made = items("1", "2")
    made["表"].column_dimensions["A"].hidden = True
    assert "column_hidden" in noted(read(made))


def test_a_sheet_that_alone_has_the_table_is_read_though_it_is_hidden() -> None:
    made = items("1", "2")
    made.create_sheet("表紙")
    made["表"].sheet_state = "hidden"
    made.active = 1
    found = read(made)
    assert (codes(found), "sheet_hidden_used" in noted(found)) == (["1", "2"], True)


def test_formulas_count_as_what_they_showed_and_one_without_a_result_is_left_with_the_reason() -> None:
    row = [workbooks.cell(f"{letter}1", text, 't="str"') for letter, text in zip("ABCD", HEADS, strict=False)]
    shown = '<c r="A2"><f>ROW()-1</f><v>1</v></c>' + "".join(
        workbooks.cell(f"{letter}2", text, 't="str"') for letter, text in zip("BCD", ("花", "水やり", "していますか。"), strict=True)
    )  # fmt: skip
    blank = '<c r="A3"><v>2</v></c><c r="C3"><f>表2!A1</f></c>'
    raw = workbooks.workbook(
        f'<row r="1">{"".join(row)}</row><row r="2">{shown}</row><row r="3">{blank}</row>'
    )
    found = read(raw)
    assert codes(found) == ["1"]
    assert [(left.row, left.why) for left in found.left] == [(3, "formula")]


def test_a_question_over_several_rows_is_one() -> None:
    made = simple(["1", "花", "水やり", "水をやりますか。"], [None, None, None, "雨の日もですか。"], ["2", "花", "土", "土は。"])  # fmt: skip
    found = read(made)
    assert found.items[0].question.ja == "水をやりますか。\n雨の日もですか。"
    assert "continued" in noted(found)


def test_headings_repeated_on_every_printed_page_are_no_items() -> None:
    found = read(simple(["1", "花", "水やり", "しますか。"], [*HEADS], ["2", "花", "土", "ありますか。"]))
    assert codes(found) == ["1", "2"]


def test_a_section_column_without_merged_cells_is_carried_down_until_a_wider_one_begins() -> None:
    heads = ["番号", "大分類", "中分類", "項目", "設問"]
    rows = [
        ["1", "花", "春", "a", "問い一"],
        ["2", None, None, "b", "問い二"],
        ["3", "木", None, "c", "問い三"],
    ]
    found = read(simple(*rows, heads=heads))
    assert [item.path for item in found.items] == [("花", "春"), ("花", "春"), ("木",)]


def test_where_areas_are_merged_downward_a_blank_cell_outside_is_blank() -> None:
    heads = ["番号", "大分類", "中分類", "項目", "設問"]
    rows = [
        ["1", "花", "春", "a", "問い一"],
        ["2", None, None, "b", "問い二"],
        ["3", None, None, "c", "問い三"],
    ]
    made = simple(*rows, heads=heads)
    merge(made["表"], "C2:C3")
    assert [item.path for item in read(made).items] == [("花", "春"), ("花", "春"), ("花",)]


def test_an_area_merged_over_many_rows_names_the_section_of_all_of_them() -> None:
    heads = ["番号", "大分類", "中分類", "項目", "設問"]
    made = simple(*([str(n), None, None, f"項目{n}", f"問い{n}"] for n in range(1, 61)), heads=heads)
    put(made["表"], [["花", "春"]], 2, 2)
    put(made["表"], [["秋"]], 32, 3)
    for area in ("B2:B61", "C2:C31", "C32:C61"):
        merge(made["表"], area)
    paths = [item.path for item in read(made).items]
    assert paths == [("花", "春")] * 30 + [("花", "秋")] * 30


def test_columns_may_stand_in_any_order() -> None:
    columns = {"番号": "7", "大分類": "花", "項目": "水やり", "設問": "水をやりますか。", "目標": None}
    for order in permutations(columns):
        (item,) = read(simple([columns[head] for head in order], heads=list(order))).items
        assert (item.code, item.path, item.title.ja, item.question.ja) == (
            "7",
            ("花",),
            "水やり",
            "水をやりますか。",
        )


@pytest.mark.parametrize("areas", [0, 10_000])
def test_a_sheet_full_of_headings_and_areas_is_read_in_time(areas: int) -> None:
    words = cycle(["設問", "番号", "目標", "水やり", "レベル1", "3", "大分類"])
    cells = {(row, column): next(words) for row in range(1, 2_001) for column in range(1, 48)}
    merged = ((1, 1, 1_048_576, 16_384),) * areas
    begun = monotonic()
    understand(Workbook("a.xlsx", "0" * 64, (Grid("表", False, cells, merged),)))
    assert monotonic() - begun < 60


def test_renamed_headings_can_be_named_by_a_person() -> None:
    made = simple(["1", "あ", "水やり", "しますか。"], heads=["甲", "乙", "丙", "丁"])
    assert [problem.code for problem in read(made).problems] == ["form.no_table"]
    columns = {("表", "A"): "number", ("表", "B"): "section", ("表", "C"): "title", ("表", "D"): "question"}
    found = read(made, Choices(heads={"表": 1}, columns=columns))  # type: ignore[arg-type]
    (item,) = found.items
    assert (item.code, item.path, item.title.ja, item.question.ja) == ("1", ("あ",), "水やり", "しますか。")


def test_a_column_a_person_sets_aside_is_not_read() -> None:
    found = read(like_2019(), Choices(columns={("自己診断", "C"): None}))
    assert found.items[0].path == ("土",)


@pytest.mark.parametrize(
    "rows",
    [
        [["氏名", "電話", "住所"], ["佐藤", "03-0000-0000", "東京"]],
        [["日付", "勘定科目", "借方", "貸方"], ["2026/4/1", "売上", 1000, 0]],
        [["No", "項目", "担当", "期限", "備考"], [1, "買い物", "佐藤", "4/1", "急ぎ"]],
        [["ID", "名称", "種別", "状態"], ["A1", "机", "家具", "良"]],
        [["No", "品名", "単価", "数量", "金額"], [1, "りんご", 100, 3, 300]],
        [["これは手紙です。"], ["よろしくお願いします。"]],
        [["Month", "Revenue", "Cost"], ["April", 10, 5]],
        [],
    ],
)
def test_a_workbook_of_something_else_is_refused_with_what_it_begins_with(rows: list[list[object]]) -> None:
    made = book("Sheet1")
    put(made["Sheet1"], rows)
    found = read(made)
    assert [problem.code for problem in found.problems] == ["form.no_table"]
    assert found.items == ()
    assert Words("ja").problem(found.problems[0])


def test_headings_without_rows_are_refused() -> None:
    assert [problem.code for problem in read(simple()).problems] == ["form.no_items"]


def test_a_text_too_long_for_a_catalogue_is_refused_with_its_row() -> None:
    (problem,) = read(simple(["1", "花", "水やり", "あ" * 2_001])).problems
    assert (problem.code, problem.values["row"]) == ("form.text_too_long", 2)


def test_what_a_legend_says_is_cut_where_it_is_a_page_long() -> None:
    made = several_sheets()
    made["レベルの説明"]["C2"] = "あ" * 3_000
    assert len(read(made).steps[0].character) == 500


def test_only_measures_are_no_assessment() -> None:
    assert "form.none_scored" in [problem.code for problem in read(like_2019([GARDEN[5]])).problems]


@pytest.mark.parametrize("count", [501, 1_900])
def test_more_items_than_anybody_answers_are_refused(count: int) -> None:
    assert [problem.code for problem in read(items(*range(1, count + 1))).problems] == ["form.too_many"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "workbook.empty"),
        (b"a,b\n", "workbook.only_text"),
        (workbooks.bomb(), "workbook.too_much"),
        (saved(like_2019())[:-40], "workbook.damaged"),
    ],
)
def test_a_hostile_file_never_gets_here(raw: bytes, code: str) -> None:
    (refused,) = read_workbooks([Upload("f.xlsx", raw)])
    assert isinstance(refused, Problem)
    assert refused.code == code


def test_invisible_and_control_characters_are_gone() -> None:
    found = read(simple(["1", "花", "水\u200bやり\ufeff", "し_x0007_ますか。\u202e"]))
    assert (found.items[0].title.ja, found.items[0].question.ja) == ("水やり", "しますか。")


def test_headings_in_other_widths_and_with_brackets_are_known() -> None:
    heads = [str(head).replace("No", "Ｎｏ").replace("定性定量", "定性／定量（※）") for head in LIKE_2019]
    assert codes(read(like_2019(heads=heads))) == LAYOUTS["like 2019"][1]


@pytest.mark.parametrize("at", [1, 6, 40])
def test_headings_may_stand_anywhere(at: int) -> None:
    made = book("表")
    put(made["表"], [HEADS, ["1", "花", "水やり", "しますか。"]], at, 5)
    assert codes(read(made)) == ["1"]
