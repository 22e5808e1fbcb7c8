"""A ballot as it is handed out: nothing in it is alive, only answers can be changed, and it fits on paper."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition, edition_from_text
from dxassess.exchange.paper_looks import HIGHEST, height
from dxassess.exchange.paper_rows import TEXT_LIMIT
from dxassess.exchange.paper_sheet import COLUMNS
from dxassess.exchange.workbook.writing import cell_text, footer_text, sheet_name
from dxassess.text import LANGUAGES, Language, Words
from tests.exchange.papers import ORGANISATION, blank, columns, filled, held, opened, paper, read, rows

DX2019 = Path(__file__).parents[2] / "indicators" / "dx2019"
EVIL = '=HYPERLINK("http://example.com","x")'


def first_sheet(raw: bytes) -> Any:
    return opened(raw).worksheets[0]


def xml(raw: bytes) -> str:
    """Every part of the file, one after the other."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


@pytest.fixture(scope="module")
def dx2019() -> Edition:
    return load_edition(DX2019)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_for_whom_and_what_and_how(tiny: Edition, language: Language) -> None:
    sheet = first_sheet(blank(tiny, language=language))
    words = Words(language)
    top = [str(sheet.cell(row, 1).value) for row in range(1, 6)]
    assert words("paper.title") in top[0]
    assert "第1回" in top[0]
    assert words("paper.vote_first") in top[0]
    assert all(said in top[1] for said in (ORGANISATION.name, "佐藤 1", "経営"))
    assert [line[:2] for line in top[2:]] == ["1.", "2.", "3."]
    assert "0–3" in top[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_has_a_row_with_its_question_and_all_levels(
    dx2019: Edition, language: Language
) -> None:
    sheet = first_sheet(blank(dx2019, language=language))
    header, named = columns(sheet)
    assert list(named) == list(COLUMNS)
    placed = rows(sheet)
    assert list(placed) == [indicator.code for indicator in dx2019.scored]
    for indicator in dx2019.scored:
        row = placed[indicator.code]
        assert sheet.cell(row, named["name"]).value == indicator.title[language]
        assert sheet.cell(row, named["question"]).value == indicator.question[language]
        levels = str(sheet.cell(row, named["levels"]).value)
        assert [line[0] for line in levels.splitlines()] == list("012345")
        assert all(text[language] in levels for text in indicator.levels.values())
        assert all(sheet.cell(row, named[name]).value is None for name in COLUMNS[4:])
    bands = [
        sheet.cell(row, 2).value for row in range(header + 1, sheet.max_row) if row not in placed.values()
    ]
    assert [
        dx2019.head.tree.sections[0].title[language],
        dx2019.head.tree.sections[1].title[language],
    ] == bands[:2]


def test_a_number_is_a_text_so_that_no_date_is_made_of_it(tiny: Edition) -> None:
    sheet = first_sheet(blank(tiny))
    cells = [sheet.cell(row, 1) for row in rows(sheet).values()]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        (code, "s", "@") for code in ("1", "1-1", "2", "2-1")
    ]


def test_only_the_cells_of_an_answer_can_be_changed(tiny: Edition) -> None:
    book = opened(blank(tiny))
    sheet = book.worksheets[0]
    assert all(each.protection.sheet for each in book.worksheets)
    _, named = columns(sheet)
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    expected = {
        sheet.cell(row, named[name]).coordinate for row in rows(sheet).values() for name in COLUMNS[4:]
    }
    assert open_cells == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_targets_and_reasons_are_offered_from_the_second_sheet(
    tiny: Edition, language: Language
) -> None:
    book = opened(blank(tiny, language=language))
    sheet, choices = book.worksheets
    offered: dict[str, list[object]] = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            name, _, area = rule.formula1.rpartition("!")
            assert name.strip("='") == choices.title
            found = choices[area.replace("$", "")]
            offered[str(rule.sqref)] = [cell.value for (cell,) in found]
    assert list(offered.values()) == [
        [0, 1, 2, 3, "?", "-"],
        [0, 1, 2, 3],
        [reason[language] for reason in tiny.head.not_applicable],
    ]
    assert list(offered) == ["E7:E12", "F7:F12", "G7:G12"]


def test_what_is_offered_is_what_is_read(tiny: Edition) -> None:
    """Every answer of the list comes back, and every reason in both languages."""
    for language in LANGUAGES:
        raw = blank(tiny, language=language)
        choices = opened(raw).worksheets[1]
        answers = [choices.cell(row, 1).value for row in range(3, 9)]
        reason = tiny.head.not_applicable[1][language]
        for answer in answers:
            said = {"answer": answer, **({"reason": reason} if answer == "-" else {})}
            ballots, problems = read(tiny, filled(raw, {"1": said}))
            assert (len(ballots), problems) == (1, [])


def test_a_text_that_is_too_long_is_refused_while_it_is_typed(tiny: Edition) -> None:
    rules = first_sheet(blank(tiny)).data_validations.dataValidation
    (limit,) = [rule for rule in rules if rule.type == "textLength"]
    assert int(limit.formula1) == TEXT_LIMIT


def test_it_prints_on_a4_with_its_headings_on_every_page(tiny: Edition) -> None:
    sheet = first_sheet(blank(tiny))
    page = sheet.page_setup
    assert (page.paperSize, page.orientation, page.fitToWidth or 1, page.fitToHeight) == (
        9,
        "landscape",
        1,
        0,
    )
    assert sheet.print_title_rows == "$6:$6"
    assert sheet.freeze_panes == "C7"
    assert "佐藤 1" in sheet.oddFooter.left.text


def test_nothing_people_wrote_becomes_a_formula_or_a_link(tiny: Edition) -> None:
    organisation = replace(ORGANISATION, name=EVIL)
    text = tiny.text.replace("研修は行われていますか。", "=1+1").replace('"ja":"研修"', '"ja":"@SUM(A1)"')
    edition = edition_from_text(text.replace("該当する業務がない", "+1"))
    made = paper(edition, organisation=organisation, name="-1+2", role="http://example.com")
    raw = blank(
        edition,
        organisation=organisation,
        name="-1+2",
        role="http://example.com",
        held=replace(held(edition), title=EVIL),
    )
    assert made.name == "-1+2"
    assert "<f>" not in xml(raw)
    assert "<hyperlink" not in xml(raw)
    assert EVIL in str(first_sheet(raw)["A1"].value)
    assert "=1+1" in [cell.value for row in first_sheet(raw).iter_rows() for cell in row]


HARD = "\x00\x07\ud83d が\ufffe_x0041_ <b>&amp; \u202e\u200b"


def test_no_character_breaks_a_ballot(tiny: Edition) -> None:
    organisation = replace(ORGANISATION, name=f"{HARD}&G&[File]")
    raw = blank(tiny, organisation=organisation, name="😀" * 40_000, role=HARD)
    sheet = first_sheet(raw)
    said = str(sheet["A2"].value)
    assert "が" in said
    assert "_x0041_ <b>&amp;" in said
    assert len(said.encode("utf-16-le")) <= 2 * 32_767
    assert said.endswith("…")
    assert read(tiny, raw)[1] == []


def test_a_footer_obeys_no_command_of_a_name(tiny: Edition) -> None:
    raw = blank(tiny, organisation=replace(ORGANISATION, name="9A&B &P" + "x" * 300))
    footer = first_sheet(raw).oddFooter
    assert footer.left.text.startswith("9A＆B ＆P")
    assert footer.left.size == 8
    assert len(footer.left.text) <= 255


def test_an_anonymous_ballot_carries_no_name(tiny: Edition) -> None:
    raw = blank(tiny, held=held(tiny, named=False), name="佐藤 花子")
    assert "佐藤" not in xml(raw)
    assert "匿名" in str(first_sheet(raw)["A2"].value)


def test_the_same_ballot_is_the_same_file(tiny: Edition) -> None:
    assert blank(tiny) == blank(tiny)
    assert blank(tiny) != blank(tiny, 2)


def test_our_own_wording_is_marked_and_the_source_is_named(dx2019: Edition) -> None:
    book = opened(blank(dx2019))
    said = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert said.count(dx2019.head.notice.ja) == 2
    assert dx2019.head.source.ja in said


def scaled(tiny: Edition, values: list[float]) -> Edition:
    """The tiny edition on another scale, described once for all indicators."""
    import json

    content = json.loads(tiny.text)
    levels = [{"value": value, "name": {"ja": f"段階{value}", "en": f"Step {value}"}} for value in values]
    content["head"]["scale"] = {"described": "scale", "levels": levels}
    content["head"].pop("suggestion")
    content["head"].pop("thresholds")
    content.pop("benchmarks")
    for indicator in content["indicators"].values():
        indicator.pop("levels", None)
    return edition_from_text(json.dumps(content))


@pytest.mark.parametrize(
    ("values", "offered"),
    [
        ([0, 0.5, 1], "0, 0.5, 1"),
        ([1, 2], "1, 2"),
        (list(range(101)), "0–100"),
        ([0, 25, 50, 100], "0, 25, 50, 100"),
    ],
)
def test_any_scale_has_a_ballot(tiny: Edition, values: list[float], offered: str) -> None:
    edition = scaled(tiny, values)
    raw = blank(edition)
    assert offered in str(first_sheet(raw)["A3"].value)
    ballots, problems = read(edition, filled(raw, {"1": {"answer": values[-1], "target": values[0]}}))
    assert problems == []
    answer = ballots[0].answers["tiny.1"]
    assert (answer.level, answer.target) == (values[-1], values[0])


def test_a_row_is_as_high_as_its_longest_text_and_never_too_high() -> None:
    one = height(["a", "短い"], [10, 10], "ja")
    assert height(["a", "長い文" * 10], [10, 10], "ja") > 4 * one > height(["a\nb"], [10], "ja")
    assert height(["a" * 10_000], [10], "en") == HIGHEST


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_is_called_what_a_sheet_can_be_called(language: Language) -> None:
    for key in ("paper.title", "paper.choices"):
        name = Words(language)(key)
        assert sheet_name(name) == name
    assert sheet_name("'a[b]:c*d?e/f\\g'") == "a b  c d e f g"
    assert sheet_name("😀" * 40) == "😀" * 15
    assert sheet_name("''") == "�"


def test_what_a_cell_cannot_hold_is_replaced_and_what_is_too_long_is_marked() -> None:
    assert cell_text("a\x00b\r\nc\ud800\uffff\t") == "a�b\nc��\t"
    assert cell_text("か\u3099") == "が"
    assert cell_text("a" * 32_767) == "a" * 32_767
    assert cell_text("a" * 32_768) == "a" * 32_766 + "…"
    assert cell_text("😀" * 20_000) == "😀" * 16_383 + "…"
    assert footer_text("a&b\nc") == "a＆b c"


def test_reading_and_writing_ballots_costs_nothing_at_the_start() -> None:
    import subprocess
    import sys

    code = "import sys, dxassess.exchange.paper_sheet, dxassess.exchange.paper_reader; print('xlsxwriter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
