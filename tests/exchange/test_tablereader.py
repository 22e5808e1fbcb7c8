"""A table out of a spreadsheet: whatever encoding, width and headings it comes in, or a sentence that names the row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dxassess.exchange.cells import amount_of, day_of
from dxassess.exchange.tablereader import MAX_BYTES, MAX_ROWS, Column, TableReader

COLUMNS = (
    Column("name", "アクション", "Action", required=True),
    Column("cost", "費用", "Cost"),
    Column("due", "期限", "Due"),
)


def read(text, encoding="utf-8"):
    reader = TableReader("a.csv", COLUMNS)
    return reader, reader.lines(text.encode(encoding) if isinstance(text, str) else text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1200", "1200"), ("1,200", "1200"), ("１，２００", "1200"), ("１２．５", "12.5"), ("▲3", "-3"), ("△ 3".replace(" ", ""), "-3"),
        ("−4", "-4"), ("¥1,234,567", "1234567"), ("\\1,234", "1234"), ("1200円", "1200"), ("1,200 円", "1200"), (" 0.25 ", "0.25"),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text, amount):
    assert amount_of(text, ["円"]) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "円", "1,50", "12,34,567", "1e3", "nan", "1時間", "--3", "1.2.3", "①", "1 200"]
)
def test_what_is_no_amount(text):
    with pytest.raises(ValueError, match=r".*"):
        amount_of(text, ["円"])


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-31", "2026/5/31", "2026.5.31", "2026年5月31日", "２０２６年５月３１日", "令和8年5月31日", "令和８年５月３１日", "R8.5.31",
        "r8/05/31", "2026-05-31 00:00:00", " 令和 8 年 5 月 31 日 ",
    ],
)  # fmt: skip
def test_days_as_people_write_them(text):
    assert day_of(text) == date(2026, 5, 31)


def test_the_first_year_of_an_era_is_gannen():
    assert day_of("令和元年5月1日") == date(2019, 5, 1)
    assert day_of("平成31年4月30日") == date(2019, 4, 30)


@pytest.mark.parametrize(
    "text", ["5月31日", "26-05-31", "2026-02-30", "元年5月1日", "31/5/2026", "令和8年", "昨日", "2026-5"]
)
def test_what_is_no_day(text):
    with pytest.raises(ValueError, match=r".*"):
        day_of(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("heads", ["アクション,費用", "Action,Cost", "ａｃｔｉｏｎ,COST", "name,cost"])
def test_headings_in_either_language_any_encoding_and_separator(encoding, between, heads):
    text = f"{heads}\r\n請求書,100\r\n".replace(",", between)
    reader, lines = read(text, encoding)
    assert not reader.problems
    assert [(line.number, line["name"], line["cost"], line["due"]) for line in lines] == [
        (2, "請求書", "100", "")
    ]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "empty", 0),
        ("費用\n1\n", "column_missing", 1),
        ("アクション,色\nA,赤\n", "column_unknown", 1),
        ("アクション,Action\nA,B\n", "column_twice", 1),
        ("アクション,費用\nA,1,2\n", "ragged", 2),
        ('アクション\n"A', "quotes", 2),
        (b"\xff\xfe\x00", "encoding", 1),
        (b"a" * (MAX_BYTES + 1), "file_too_large", 0),
        ("アクション\n" + "A\n" * (MAX_ROWS + 1), "too_many_rows", MAX_ROWS + 2),
    ],
)
def test_what_is_wrong_is_named_with_its_row(text, code, line):
    reader, _ = read(text)
    assert [(each.code, each.line) for each in reader.problems] == [(f"csv.{code}", line)]


def test_a_short_row_has_blank_cells():
    reader, (line,) = read("アクション,費用\nA\n")
    assert not reader.problems
    assert line["cost"] == ""


def test_a_cell_that_cannot_be_read_is_reported_under_its_heading():
    reader, (line,) = read("アクション,費用\nA,多い\n")
    assert reader.cell(line, "cost", amount_of, "amount") is None
    assert reader.cell(line, "due", day_of, "day") is None
    (problem,) = reader.problems
    assert (problem.code, problem.line) == ("csv.amount", 2)
    assert problem.values == {"column": "費用", "value": "多い"}
