"""Ballots come back in every state people leave files in; what is not understood is refused by file and cell."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl.styles import PatternFill

from dxassess.assessment.model import Answer, State
from dxassess.assessment.paper import TEXT_LIMIT, PaperBallot
from dxassess.catalogue.model import Edition, edition_from_text
from dxassess.errors import Problem
from dxassess.exchange.paper_code import PaperCode, code_of, is_code
from dxassess.exchange.paper_reader import without_values
from dxassess.text import LANGUAGES, Language, Words
from tests.exchange import workbooks
from tests.exchange.papers import blank, columns, filled, opened, paper, read, rows, saved

ONE, TWO, THREE, FOUR = "tiny.1", "tiny.1-1", "tiny.2", "tiny.2-1"
REASON = "該当する業務がない"


def good(edition: Edition, *files: Any, **more: object) -> list[PaperBallot]:
    ballots, problems = read(edition, *files, **more)
    assert [Words("en").problem(problem) for problem in problems] == []
    return ballots


def only(edition: Edition, *files: Any, **more: object) -> Problem:
    """The one problem of these files, of which none is taken."""
    ballots, problems = read(edition, *files, **more)
    assert ballots == []
    (problem,) = problems
    for language in LANGUAGES:
        assert "{" not in Words(language).problem(problem)
    return problem


def cells(edition: Edition, **said: object) -> Problem:
    """The one problem of a ballot with these cells in the row of 1-1."""
    return only(edition, filled(blank(edition), {"1-1": said}))


def edited(raw: bytes, change: Callable[[Any], None]) -> bytes:
    """A ballot with its first sheet changed."""
    book = opened(raw)
    change(book.worksheets[0])
    return saved(book)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_filled_in_comes_back(tiny: Edition, language: Language) -> None:
    reason = tiny.head.not_applicable[0][language]
    raw = filled(
        blank(tiny, language=language),
        {
            "1": {"answer": 3, "target": 2, "evidence": "議事録\nが", "comment": " 😀 "},
            "1-1": {"answer": "?"},
            "2": {"answer": "-", "reason": reason},
            "2-1": {"comment": 2025},
        },
    )
    (ballot,) = good(tiny, raw)
    assert ballot.answers == {
        ONE: Answer(ONE, State.ANSWERED, 3, 2, evidence="議事録\nが", comment="😀"),
        TWO: Answer(TWO, State.CANNOT_SAY),
        THREE: Answer(THREE, State.NOT_APPLICABLE, reason="no-business"),
        FOUR: Answer(FOUR, comment="2025"),
    }
    assert (ballot.file, ballot.vote, ballot.respondent.name) == ("1.xlsx", "first", "佐藤 1")


def test_a_ballot_left_blank_says_nothing(tiny: Edition) -> None:
    (ballot,) = good(tiny, blank(tiny))
    assert ballot.answers == {}


@pytest.mark.parametrize("value", ["3", "３", 3, 3.0, " 3 ", "3.0"])
def test_a_level_is_one_of_the_scales_own(tiny: Edition, value: object) -> None:
    (ballot,) = good(tiny, filled(blank(tiny), {"1": {"answer": value, "target": value}}))
    assert ballot.answers == {ONE: Answer(ONE, State.ANSWERED, 3, 3)}


@pytest.mark.parametrize(
    "value",
    [3.5, "٣", "③", "1_0", True, "nan", "inf", 2**70, -1, 4, "3点", "レベル3", date(2026, 3, 1), "TRUE", "ー", 2.99999999999999],
)  # fmt: skip
@pytest.mark.parametrize("column", ["answer", "target"])
def test_everything_else_is_refused_by_name_and_cell(tiny: Edition, column: str, value: object) -> None:
    problem = cells(tiny, **{column: value})
    assert problem.code == f"paper.{column}_unknown"
    assert problem.cell == {"answer": "E9", "target": "F9"}[column]
    shown = (
        value.isoformat() if isinstance(value, date) else str(value).upper() if value is True else str(value)
    )
    for language in LANGUAGES:
        assert shown[:16] in Words(language).problem(problem)  # a cell has no more digits
        assert Words(language).problem(problem).startswith(f"1.xlsx:{problem.cell}: ")


@pytest.mark.parametrize("value", ["?", "-"])
def test_a_target_is_a_level(tiny: Edition, value: str) -> None:
    assert cells(tiny, answer=1, target=value).code == "paper.target_unknown"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"answer": "-"}, "reason_missing"),
        ({"answer": "-", "reason": "何となく"}, "reason_unknown"),
        ({"answer": 2, "reason": REASON}, "reason_without"),
        ({"reason": REASON}, "reason_without"),
        ({"answer": "-", "reason": REASON, "target": 3}, "target_without"),
        ({"answer": "=1+1"}, "formula"),
        ({"comment": '=HYPERLINK("http://example.com")'}, "formula"),
        ({"answer": "#N/A"}, "fault"),
        ({"comment": "a" * (TEXT_LIMIT + 1)}, "text_too_long"),
    ],
)
def test_an_answer_that_is_none_is_named_with_its_cell(
    tiny: Edition, said: dict[str, object], code: str
) -> None:
    problem = cells(tiny, **said)
    assert problem.code == f"paper.{code}"
    assert problem.cell in ("E9", "G9", "I9")


def test_a_control_character_is_named(tiny: Edition) -> None:
    raw = filled(blank(tiny), {"1-1": {"comment": "ここ"}})
    raw = workbooks.changed(raw, workbooks.SHEET, "ここ", "a_x0007_b")
    assert only(tiny, raw).values["character"] == "U+0007"


def test_every_problem_of_a_ballot_is_told_at_once(tiny: Edition) -> None:
    raw = filled(
        blank(tiny),
        {"1": {"answer": 9, "target": 9}, "1-1": {"answer": "x", "comment": "=1"}, "2": {"answer": 1}},
    )
    ballots, problems = read(tiny, raw)
    assert ballots == []
    assert [problem.cell for problem in problems] == ["E8", "F8", "E9", "I9"]


# --- whose it is


def test_a_ballot_of_another_organisation_round_edition_or_vote_is_known(tiny: Edition) -> None:
    raw = blank(tiny)
    assert only(tiny, raw, organisation="9" * 32).code == "paper.other_organisation"
    assert only(tiny, raw, round="9" * 32).code == "paper.other_round"
    assert only(tiny, raw, vote="second").code == "paper.other_vote"
    raised = edition_from_text(tiny.text.replace('"revision":1', '"revision":2'))
    assert only(raised, raw).code == "paper.other_edition"


@pytest.mark.parametrize("code", ["tag_unknown", "tag_ended", "tag_used"])
def test_a_tag_that_is_nobodys_now_says_why(tiny: Edition, code: str) -> None:
    assert only(tiny, blank(tiny), whose=lambda tag: code).code == f"paper.{code}"


def with_code(raw: bytes, change: Callable[[str], str | None]) -> bytes:
    def apply(sheet: Any) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and is_code(cell.value):
                    cell.value = change(cell.value)

    return edited(raw, apply)


def test_a_ballot_without_its_code_is_not_guessed(tiny: Edition) -> None:
    raw = blank(tiny)
    assert only(tiny, with_code(raw, lambda code: None)).code == "paper.code_missing"
    assert only(tiny, with_code(raw, lambda code: code[:90])).code == "paper.code_damaged"
    assert (
        only(tiny, with_code(raw, lambda code: code.replace("paper/1", "paper/2"))).code
        == "paper.code_damaged"
    )
    assert only(tiny, with_code(raw, lambda code: code + "x")).code == "paper.tag_unknown"
    assert only(tiny, workbooks.workbook()).code == "paper.code_missing"


def test_a_code_may_be_moved_and_repeated_but_not_be_joined_by_another(tiny: Edition) -> None:
    def elsewhere(code: str) -> Callable[[Any], None]:
        def apply(sheet: Any) -> None:
            sheet.parent.worksheets[1]["F40"] = code

        return apply

    mine, other = (str(paper(tiny, person).code) for person in (1, 2))
    assert len(good(tiny, edited(blank(tiny), elsewhere(f"  {mine}\n")))) == 1
    assert only(tiny, edited(blank(tiny), elsewhere(other))).code == "paper.two_codes"


def test_a_code_is_read_as_it_is_written() -> None:
    code = PaperCode("o", "r", "first", "e", "t-_=")
    assert code_of(str(code)) == code
    assert code_of(f"{code} more=1") is None
    assert code_of(str(code).replace("round=", "rond=")) is None
    assert code_of("dxassess-paper/1 " + "a" * 5_000) is None


def test_two_ballots_of_one_person_are_both_refused_by_name(tiny: Edition) -> None:
    mine = filled(blank(tiny, 1), {"1": {"answer": 1}})
    again = filled(blank(tiny, 1), {"1": {"answer": 2}})
    broken = filled(blank(tiny, 1), {"1": {"answer": 9}})
    other = filled(blank(tiny, 2), {"1": {"answer": 3}})
    ballots, problems = read(tiny, ("a.xlsx", mine), ("b.xlsx", other), ("c.xlsx", again))
    assert [ballot.file for ballot in ballots] == ["b.xlsx"]
    assert [(problem.file, problem.code, problem.values["others"]) for problem in problems] == [
        ("a.xlsx", "paper.twice", ["c.xlsx"]),
        ("c.xlsx", "paper.twice", ["a.xlsx"]),
    ]
    ballots, problems = read(tiny, ("a.xlsx", mine), ("d.xlsx", broken))
    assert ballots == []
    assert [problem.code for problem in problems] == ["paper.twice", "paper.answer_unknown", "paper.twice"]


def test_the_same_file_twice_is_two_ballots_of_one_person(tiny: Edition) -> None:
    raw = filled(blank(tiny), {"1": {"answer": 1}})
    ballots, problems = read(tiny, ("用紙.xlsx", raw), ("用紙.xlsx", raw))
    assert ballots == []
    assert [problem.file for problem in problems] == ["用紙.xlsx", "用紙 (2).xlsx"]


def test_forty_good_ones_are_offered_beside_a_bad_one(tiny: Edition) -> None:
    files = [(f"{n:02d}.xlsx", filled(blank(tiny, n), {"1": {"answer": n % 4}})) for n in range(1, 41)]
    bad = ("悪い.xlsx", filled(blank(tiny, 41), {"2": {"answer": "六"}}))
    began = time.monotonic()
    ballots, problems = read(tiny, *files[:20], bad, *files[20:], ("b.xlsx", b"nothing"))
    assert time.monotonic() - began < 6
    assert [ballot.answers[ONE].level for ballot in ballots] == [n % 4 for n in range(1, 41)]
    assert [(problem.file, problem.cell) for problem in problems] == [("悪い.xlsx", "E11"), ("b.xlsx", "")]


# --- what people and programs do to the sheet


def test_rows_and_columns_may_be_moved(tiny: Edition) -> None:
    raw = filled(blank(tiny), {"1": {"answer": 1}, "2-1": {"answer": 2, "comment": "c"}})

    def shift(sheet: Any) -> None:
        sheet.insert_rows(1, 7)
        sheet.insert_cols(1, 2)
        sheet.cell(3, 1).value = "メモ"
        header, named = columns(sheet)
        sheet.cell(header, named["comment"] + 1).value = "確認済み"
        sheet.cell(header + 2, named["comment"] + 1).value = "済"
        sheet.insert_rows(header + 3)
        sheet.cell(header + 3, named["number"]).value = "ここから後は急ぎ"

    (ballot,) = good(tiny, edited(raw, shift))
    assert {answer.indicator: answer.level for answer in ballot.answers.values()} == {ONE: 1, FOUR: 2}


def test_rows_may_be_in_another_order_or_gone(tiny: Edition) -> None:
    def swap(sheet: Any) -> None:
        placed = rows(sheet)
        one, two = placed["1"], placed["2"]
        for column in range(1, sheet.max_column + 1):
            a, b = sheet.cell(one, column), sheet.cell(two, column)
            a.value, b.value = b.value, a.value
        sheet.delete_rows(placed["2-1"])

    raw = edited(filled(blank(tiny), {"1": {"answer": 1}, "2": {"answer": 2}}), swap)
    (ballot,) = good(tiny, raw)
    assert {answer.indicator: answer.level for answer in ballot.answers.values()} == {ONE: 1, THREE: 2}


def test_headings_may_be_wider_broken_or_in_the_other_language(tiny: Edition) -> None:
    def rename(sheet: Any) -> None:
        header, named = columns(sheet)
        for name, said in (("answer", "ＡＮＳＷＥＲ"), ("reason", "該当 しない\n理由"), ("number", " No. ")):
            sheet.cell(header, named[name]).value = said

    raw = edited(filled(blank(tiny), {"1": {"answer": 1}}), rename)
    assert good(tiny, raw)[0].answers[ONE].level == 1


@pytest.mark.parametrize("name", ["target", "comment", "name"])
def test_a_heading_that_is_gone_or_twice_is_named(tiny: Edition, name: str) -> None:
    def put(said: str | None, column: str) -> Callable[[Any], None]:
        def apply(sheet: Any) -> None:
            header, named = columns(sheet)
            sheet.cell(header, named[column]).value = said

        return apply

    gone = only(tiny, edited(blank(tiny), put("別の列", name)))
    assert (gone.code, gone.cell) == ("paper.column_missing", "A6")
    twice = only(tiny, edited(blank(tiny), put("回答", name)))
    assert (twice.code, twice.values["column"]) == ("paper.column_twice", "回答")
    assert only(tiny, edited(blank(tiny), put(None, "answer"))).code == "paper.no_table"


def test_two_tables_or_a_hidden_one_are_refused(tiny: Edition) -> None:
    def copy(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet)

    def hide(sheet: Any) -> None:
        sheet.sheet_state = "hidden"
        sheet.parent.active = 1

    assert only(tiny, edited(blank(tiny), copy)).code == "paper.two_tables"
    assert only(tiny, edited(blank(tiny), hide)).values["sheet"] == "投票用紙"


def test_hidden_sheets_beside_the_table_do_not_matter(tiny: Edition) -> None:
    def add(sheet: Any) -> None:
        sheet.parent.create_sheet("隠").sheet_state = "veryHidden"

    assert len(good(tiny, edited(blank(tiny), add))) == 1


@pytest.mark.parametrize("area", ["E8:E9", "D9:E9", "A8:A9", "E9:H9"])
def test_merged_cells_leave_open_what_was_answered(tiny: Edition, area: str) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells(area)

    problem = only(tiny, edited(blank(tiny), merge))
    assert (problem.code, problem.values["area"]) == ("paper.merged", area)


@pytest.mark.parametrize("area", ["A1:I1", "C8:D8", "B30:I31"])
def test_merged_cells_elsewhere_do_not_matter(tiny: Edition, area: str) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells(area)

    assert len(good(tiny, edited(filled(blank(tiny), {"1": {"answer": 1}}), merge))) == 1


def numbered(raw: bytes, code: str, number: object, name: str | None = "") -> bytes:
    """A ballot in which another number stands in the row of an indicator (and another name)."""

    def apply(sheet: Any) -> None:
        _, named = columns(sheet)
        row = rows(sheet)[code]
        sheet.cell(row, named["number"]).value = number
        if name != "":
            sheet.cell(row, named["name"]).value = name

    return edited(raw, apply)


@pytest.mark.parametrize(
    "number", [datetime(2026, 1, 1), "1月1日", "1-Jan", "2026-01-01", "1/1", "１－１", " 1‐1 "]
)
def test_a_number_that_became_a_date_is_taken_back(tiny: Edition, number: object) -> None:
    raw = filled(blank(tiny), {"1-1": {"answer": 2}})
    (ballot,) = good(tiny, numbered(raw, "1-1", number))
    assert ballot.answers == {TWO: Answer(TWO, State.ANSWERED, 2)}
    (nameless,) = good(tiny, numbered(raw, "1-1", number, None))
    assert nameless.answers == ballot.answers


@pytest.mark.parametrize("number", [datetime(2026, 7, 19), "7月19日"])
def test_a_date_no_number_can_have_become_is_refused(tiny: Edition, number: object) -> None:
    problem = only(tiny, numbered(filled(blank(tiny), {"1-1": {"answer": 2}}), "1-1", number))
    assert (problem.code, problem.cell) == ("paper.number_date", "A9")
    assert "1-1" in Words("ja").problem(problem)


def test_a_date_two_numbers_can_have_become_is_told_by_the_name_or_refused(dx2019_like: Edition) -> None:
    raw = filled(blank(dx2019_like), {"1-2": {"answer": 2}})
    (ballot,) = good(dx2019_like, numbered(raw, "1-2", datetime(2026, 1, 2)))
    assert list(ballot.answers) == [FOUR]
    refused = numbered(raw, "1-2", datetime(2026, 1, 2), None)
    assert only(dx2019_like, refused).code == "paper.number_date"


@pytest.fixture(scope="module")
def dx2019_like(tiny: Edition) -> Edition:
    """Two items whose numbers become the same date: 2-1 and 1-2."""
    text = tiny.text.replace('"code":"1-1"', '"code":"2-1 "').replace('"code":"2-1"', '"code":"1-2"')
    text = (
        text.replace('"2-1 "', '"2-1"')
        .replace('["1","1-1"]', '["1","2-1"]')
        .replace('["2","2-1"]', '["2","1-2"]')
    )
    return edition_from_text(text)


@pytest.mark.parametrize("number", [1, 1.0, "１", "1"])
def test_a_number_may_be_a_number(tiny: Edition, number: object) -> None:
    raw = filled(blank(tiny), {"1": {"answer": 2}})
    assert list(good(tiny, numbered(raw, "1", number))[0].answers) == [ONE]


@pytest.mark.parametrize(
    ("number", "code"),
    [("9-9", "number_unknown"), (True, "number_unknown"), ("=1+1", "number_unknown"), (None, "number_missing"), ("q-days", "number_unknown")],
)  # fmt: skip
def test_an_answer_without_a_known_number_is_refused(tiny: Edition, number: object, code: str) -> None:
    problem = only(tiny, numbered(filled(blank(tiny), {"1": {"answer": 2}}), "1", number))
    assert (problem.code, problem.cell) == (f"paper.{code}", "A8")


def test_a_row_whose_name_is_anothers_has_shifted(tiny: Edition) -> None:
    def shift(sheet: Any) -> None:
        """As when a cell is inserted into one column alone."""
        _, named = columns(sheet)
        for row in range(12, 8, -1):
            sheet.cell(row, named["number"]).value = sheet.cell(row - 1, named["number"]).value

    ballots, problems = read(tiny, edited(filled(blank(tiny), {"1-1": {"answer": 2}}), shift))
    assert ballots == []
    assert [(problem.code, problem.cell) for problem in problems] == [("paper.name_differs", "B9")]


def test_a_number_twice_is_named_with_both_cells(tiny: Edition) -> None:
    raw = filled(blank(tiny), {"1": {"answer": 1}, "1-1": {"answer": 2}})
    problem = only(tiny, numbered(raw, "1-1", "1", "学び"))
    assert (problem.code, problem.cell, problem.values["first"]) == ("paper.row_twice", "A9", "A8")


def test_colours_notes_and_other_sheets_change_nothing(tiny: Edition) -> None:
    def colour(sheet: Any) -> None:
        sheet["E8"].fill = PatternFill("solid", fgColor="FFFF00")
        sheet["K2"] = "=1+1"
        sheet.parent.create_sheet("集計")["A1"] = "=SUM(投票用紙!E8:E11)"

    assert len(good(tiny, edited(filled(blank(tiny), {"1": {"answer": 1}}), colour))) == 1


# --- before the reveal


def test_without_values_a_problem_does_not_tell_what_was_written(tiny: Edition) -> None:
    for said in ({"answer": "3点"}, {"target": "3!"}, {"answer": "-", "reason": "3だから"}):
        problem = without_values(cells(tiny, **said))
        assert (problem.cell, problem.file) in {("E9", "1.xlsx"), ("F9", "1.xlsx"), ("G9", "1.xlsx")}
        for language in LANGUAGES:
            assert not any(
                str(value) in Words(language).told(problem) for value in said.values() if value != "-"
            )


def test_without_values_it_is_not_told_whether_an_item_applies(tiny: Edition) -> None:
    contradictions = (
        {"answer": "-"},
        {"answer": 2, "reason": REASON},
        {"answer": "-", "reason": REASON, "target": 3},
    )
    assert len({repr(without_values(cells(tiny, **said))) for said in contradictions}) == 1


def test_what_is_no_vote_is_told_all_the_same(tiny: Edition) -> None:
    problem = only(tiny, blank(tiny), round="9" * 32)
    assert without_values(problem) == problem


def test_a_tag_is_never_told(tiny: Edition) -> None:
    for files in ([blank(tiny), blank(tiny)], [with_code(blank(tiny), lambda code: code + "x")]):
        _, problems = read(tiny, *files)
        assert problems
        assert "tag-001" not in repr(problems)
