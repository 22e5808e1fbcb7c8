"""What a sound workbook holds comes out as it is, whichever program wrote it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from math import isclose

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter

from dxassess.exchange.workbook.book import read
from dxassess.exchange.workbook.reader import Upload, read_workbooks
from dxassess.exchange.workbook.styles import moment, shows_date
from dxassess.exchange.workbook.values import Cell, Fault, Formula, Grid, Workbook, address
from tests.exchange import workbooks as made
from tests.exchange.workbooks import bare, cell, changed, packed, parts, row, workbook


def grids(raw: bytes) -> tuple[Grid, ...]:
    (found,) = read_workbooks([Upload("a.xlsx", raw)])
    assert isinstance(found, Workbook), found
    return found.grids


def cells(raw: bytes) -> dict[str, Cell]:
    """The cells of the first sheet by their address."""
    return {address(place): value for place, value in grids(raw)[0].cells.items()}


def saved(book: openpyxl.Workbook) -> bytes:
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


@pytest.mark.parametrize(("place", "said"), [((1, 1), "A1"), ((5, 26), "Z5"), ((5, 27), "AA5"), ((1048576, 16384), "XFD1048576")])  # fmt: skip
def test_a_cell_is_called_as_people_call_it(place: tuple[int, int], said: str) -> None:
    assert address(place) == said
    assert said.startswith(get_column_letter(place[1]))


def test_texts_numbers_and_what_is_neither() -> None:
    rows = row(
        cell("A1", 0, 't="s"'), cell("B1", 3), cell("C1", "3.0"), cell("D1", "3.5"), cell("E1", 1, 't="b"'),
        cell("F1", "#N/A", 't="e"'), cell("G1", "nan"), cell("H1", "1e999"), cell("I1", "1.1805916207174113E+21"),
        '<c r="J1" t="inlineStr"><is><t xml:space="preserve"> 3 </t></is></c>', '<c r="K1" s="0"/>', cell("L1", "", 't="str"'),
        cell("M1", "2026-04-01", 't="d"'), cell("N1", "someday", 't="d"'), cell("O1", 7, 't="b"'), cell("P1", 1, 't="z"'),
    )  # fmt: skip
    assert cells(workbook(rows, strings="<si><t>体制</t></si>")) == {
        "A1": "体制", "B1": 3, "C1": 3, "D1": 3.5, "E1": True, "F1": Fault("#N/A"), "G1": Fault("nan"),
        "H1": Fault("1e999"), "I1": 2**70, "J1": " 3 ", "M1": datetime(2026, 4, 1), "N1": Fault("someday"),
        "O1": Fault("7"), "P1": Fault("1"),
    }  # fmt: skip


def test_a_text_is_whole_and_how_it_is_read_aloud_is_no_part_of_it() -> None:
    strings = (
        "<si><r><t>体</t></r><r><rPr><b/></rPr><t>制</t></r><rPh sb='0' eb='2'><t>タイセイ</t></rPh><phoneticPr/></si>"
        "<si><t>a_x000D_\nb_x005F_x0041_</t></si>"
    )
    own = '<c r="C1" t="inlineStr"><is><r><t>一</t></r><rPh><t>イチ</t></rPh><r><t>二</t></r></is></c>'
    found = cells(workbook(row(cell("A1", 0, 't="s"'), cell("B1", 1, 't="s"'), own), strings=strings))
    assert found == {"A1": "体制", "B1": "a\r\nb_x0041_", "C1": "一二"}


def test_a_formula_is_marked_and_so_is_every_cell_it_fills() -> None:
    rows = row(
        '<c r="A1"><f>1+2</f><v>3</v></c>', '<c r="B1" t="str"><f>"a"</f><v>a</v></c>', '<c r="C1"><f>1/0</f></c>',
        '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', '<c r="E1"><f t="array" ref="E1:E2">F1:F2</f><v>1</v></c>',
        '<c r="G1"><f t="shared" ref="G1:G9" si="0">A1</f><v>3</v></c>',
    ) + row(cell("E2", 2), cell("G2", 5))  # fmt: skip
    assert cells(workbook(rows)) == {
        "A1": Formula(3), "B1": Formula("a"), "C1": Formula(None), "D1": Formula(None), "E1": Formula(1),
        "E2": Formula(2), "G1": Formula(3), "G2": 5,
    }  # fmt: skip


def test_cells_that_do_not_say_where_they_are_follow_each_other() -> None:
    assert cells(workbook(row(bare(1), bare(2), cell("E1", 3), bare(4)) + row(bare(5)))) == {
        "A1": 1,
        "B1": 2,
        "E1": 3,
        "F1": 4,
        "A2": 5,
    }


STYLES = (
    '<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="56"/></cellXfs>'
)


def test_a_number_is_a_date_when_its_format_says_so() -> None:
    rows = row(*(cell(f"{letter}1", 46113, f's="{style}"') for letter, style in zip("ABCDE", (0, 1, 2, 3, 9), strict=True)))  # fmt: skip
    april = datetime(2026, 4, 1)
    found = cells(workbook(rows + row(cell("A2", 1e300, 's="1"')), styles=STYLES))
    assert found == {"A1": 46113, "B1": april, "C1": april, "D1": april, "E1": 46113, "A2": Fault("1e+300")}
    old_mac = cells(workbook(rows, styles=STYLES, book='<workbookPr date1904="1"/>'))
    assert old_mac["B1"] == datetime(2030, 4, 2)


@pytest.mark.parametrize(
    "code", ["yyyy-mm-dd", "m/d", 'm"月"d"日"', "[$-411]ggge年m月d日", "h:mm", "[h]:mm", "d-mmm", "MM/DD/YY"]
)
def test_a_format_of_dates_or_times_is_known(code: str) -> None:
    assert shows_date(code)


@pytest.mark.parametrize(
    "code", ["General", "0", "0.00E+00", "#,##0", '"d"0', "[Red]0", r"\d0", "@", "0%", "[=1]0;0", "0_d"]
)
def test_a_format_of_numbers_is_known(code: str) -> None:
    assert not shows_date(code)


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_days_are_counted_as_excel_counts_them(day: date) -> None:
    wanted = datetime(day.year, day.month, day.day)
    number = openpyxl.utils.datetime.to_excel(wanted)
    assert moment(number, False) == wanted


def test_hidden_rows_and_columns_are_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number in range(1, 6):
        sheet.append([number, number, number])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions.group("B", "C", hidden=True)
    (grid,) = grids(saved(book))
    assert (grid.hidden_rows, grid.hidden_columns) == ({3}, {2, 3})


def test_of_hidden_columns_only_those_are_told_that_are_read() -> None:
    hidden = '<cols><col min="1" max="9999999" hidden="1"/></cols><sheetData>'
    raw = changed(workbook(row(cell("A1", 1))), made.SHEET, "<sheetData>", hidden)
    assert len(grids(raw)[0].hidden_columns) == 200


def test_hidden_sheets_and_merged_cells_are_told() -> None:
    book = openpyxl.Workbook()
    for name, state in (("票", "visible"), ("隠", "hidden"), ("深", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet["B2"] = name
        sheet.merge_cells("B2:C4")
    book.create_chartsheet("図")
    book.remove(book["Sheet"])
    found = grids(saved(book))
    assert [(grid.name, grid.hidden) for grid in found] == [("票", False), ("隠", True), ("深", True)]
    assert [grid.cells for grid in found] == [{(2, 2): name} for name in "票隠深"]
    assert {grid.merged for grid in found} == {((2, 2, 4, 3),)}


def test_names_of_parts_may_be_written_in_other_ways() -> None:
    content = parts(row(cell("A1", 3)))
    content["XL/Worksheets/Sheet1.xml"] = content.pop(made.SHEET)
    content[made.RELATED] = content[made.RELATED].replace('"worksheets/', '"/xl/worksheets/')
    assert cells(packed(content)) == {"A1": 3}


def test_names_in_xml_may_have_prefixes_and_another_encoding() -> None:
    text = made.sheet(row(cell("A1", 3), cell("B1", "体", 't="str"')))
    text = text.replace("xmlns=", "xmlns:x=")
    for tag in ("worksheet", "sheetData", "row", "c", "v"):
        text = text.replace(f"<{tag}", f"<x:{tag}").replace(f"</{tag}", f"</x:{tag}")
    declared = f'<?xml version="1.0" encoding="UTF-16"?>{text.replace("x:colour", "colour")}'
    assert cells(packed(parts() | {made.SHEET: declared.encode("utf-16")})) == {"A1": 3, "B1": "体"}


def test_a_workbook_without_shared_texts_and_styles_is_read() -> None:
    content = parts(row(cell("A1", 3, 's="5"')))
    for name in (made.STRINGS, made.STYLES):
        del content[name]
    content[made.RELATED] = content[made.RELATED].split('<Relationship Id="r2"')[0] + "</Relationships>"
    assert cells(packed(content)) == {"A1": 3}


def test_a_link_to_another_file_is_not_followed() -> None:
    raw = changed(workbook(row(cell("A1", 3))), made.RELATED, 'Target="styles.xml"', 'Target="file:///etc/passwd" TargetMode="External"')  # fmt: skip
    assert cells(raw) == {"A1": 3}


def test_a_file_is_known_by_its_bytes() -> None:
    one, same, other = (workbook(row(cell("A1", number))) for number in (1, 1, 2))
    digests = [found.digest for found in read_workbooks([Upload(n, raw) for n, raw in (("a", one), ("b", same), ("c", other))]) if isinstance(found, Workbook)]  # fmt: skip
    assert digests[0] == digests[1] != digests[2]


PRINTABLE = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="￾￿"), min_size=1, max_size=30
)
VALUES = st.one_of(
    PRINTABLE.filter(lambda text: text.strip() and not text.startswith("=")),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(lambda when: when.replace(microsecond=0)),
)
PLACES = st.tuples(st.integers(1, 60), st.integers(1, 20))
SHEETS = st.dictionaries(PLACES, VALUES, min_size=1, max_size=12)


def _near(found: object, wanted: object) -> bool:
    """A time of day is a fraction of a number: it comes back to the second."""
    if isinstance(found, datetime) and isinstance(wanted, datetime):
        return abs(found - wanted) < timedelta(seconds=1)
    if isinstance(wanted, float) and isinstance(found, int | float):
        return isclose(found, wanted, rel_tol=1e-15)  # xlsxwriter writes 16 digits
    return found == wanted and isinstance(found, bool) == isinstance(wanted, bool)


@settings(max_examples=60, deadline=None)
@given(SHEETS)
def test_what_openpyxl_and_xlsxwriter_write_comes_back(content: dict[tuple[int, int], object]) -> None:
    ours = openpyxl.Workbook()
    for place, value in content.items():
        ours.active.cell(*place).value = value
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw, {"default_date_format": "yyyy-mm-dd hh:mm:ss", "strings_to_formulas": False, "strings_to_urls": False}) as theirs:  # fmt: skip
        sheet = theirs.add_worksheet()
        for (line, column), value in content.items():
            sheet.write(line - 1, column - 1, value)
    for written in (saved(ours), raw.getvalue()):
        found = _as_read(written)
        assert found.keys() == content.keys()
        assert [place for place, value in content.items() if not _near(found[place], value)] == []


@settings(max_examples=60, deadline=None)
@given(SHEETS)
def test_we_read_what_openpyxl_reads(content: dict[tuple[int, int], object]) -> None:
    book = openpyxl.Workbook()
    for place, value in content.items():
        book.active.cell(*place).value = value
    raw = saved(book)
    read_by_openpyxl = openpyxl.load_workbook(io.BytesIO(raw)).active
    found = _as_read(raw)
    assert [place for place in content if not _near(found[place], read_by_openpyxl.cell(*place).value)] == []


def _as_read(raw: bytes) -> dict[tuple[int, int], object]:
    """As the other process reads it, here."""
    from dxassess.exchange.workbook.reader import _grid

    return dict(_grid(read(raw)[0]).cells)


def test_rich_text_of_openpyxl_comes_back_whole() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText("a", TextBlock(InlineFont(b=True), "b"), " c")
    assert cells(saved(book)) == {"A1": "ab c"}


def test_a_moment_of_today_is_a_date() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = datetime.now(UTC).date()
    assert isinstance(cells(saved(book))["A1"], datetime)
