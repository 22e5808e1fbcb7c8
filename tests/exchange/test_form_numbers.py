"""Whatever stands in the cells of the numbers: every item gets one, no two alike, and what is sound stays as it is."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.exchange.form_headings import level_of, meaning
from dxassess.exchange.form_numbers import Placed, codes_of, number_of
from dxassess.exchange.form_titles import split_number
from dxassess.exchange.workbook.values import Cell, Fault, Formula

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,69}")
CELLS: st.SearchStrategy[Cell | None] = st.one_of(
    st.none(),
    st.integers(0, 60_000),
    st.floats(0, 20, allow_nan=False).map(lambda number: round(number, 1)),
    st.text(max_size=12),
    st.from_regex(r"[1-9]-[1-9]", fullmatch=True),
    st.sampled_from(["4月1日", "1-Apr", "Q1", "q1", "n1", "1", Fault("#N/A"), Formula(3), Formula(), True]),
    st.datetimes(datetime(1950, 1, 1), datetime(2050, 1, 1)),
)


@given(st.lists(st.tuples(CELLS, st.integers(0, 3)), max_size=25))
def test_every_item_gets_a_number_and_no_two_the_same(rows: list[tuple[Cell | None, int]]) -> None:
    placed = [Placed(number_of(cell), section, "n") for cell, section in rows]
    codes = [code for code, _ in codes_of(placed)]
    assert len({code.lower() for code in codes}) == len(codes) == len(rows)
    assert all(CODE.fullmatch(code) for code in codes)


@given(st.lists(st.from_regex(r"[1-9](-[1-9])?", fullmatch=True), unique=True, max_size=20))
def test_sound_numbers_stay_as_they_are(codes: list[str]) -> None:
    assert codes_of([Placed(number_of(code), 1) for code in codes]) == [(code, "printed") for code in codes]


@given(st.integers(1, 12), st.integers(1, 28), st.integers(2019, 2035))
def test_a_number_that_became_a_date_goes_on_from_the_one_before(head: int, tail: int, year: int) -> None:
    for day in (datetime(year, head, tail), f"{head}月{tail}日", f"{year}/{head}/{tail}"):
        found = codes_of([Placed(number_of(str(head)), 1), Placed(number_of(day), 1)])
        assert found == [(str(head), "printed"), (f"{head}-{tail}", "restored")]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("定性指標No.", "number"),
        ("Ｎｏ", "running"),
        ("項　番", "number"),
        ("設 問", "question"),
        ("【大分類】", "section1"),
        ("目標（例えば3年後）", "answer"),
        ("現在の成熟度レベル", "answer"),
        ("成熟度レベル", "level_number"),
        ("Capability area", "section"),
        ("レ\nベ\nル\n3", "level"),
        ("Level 2 – Managed", "level"),
        ("単位", "unit"),
    ],
)
def test_what_a_heading_means(heading: str, field: str) -> None:
    found = meaning(heading)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize("heading", ["", "3年後", "4-1", "3.5", "住所", "あ" * 61, "2026年度", "12"])
def test_what_no_heading_is(heading: str) -> None:
    assert meaning(heading) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [("レベル３ 部門横断", (3, "部門横断")), ("Lv.3", (3, "")), ("3：全部", (3, "全部")), ("１", (1, "")), ("1 - Initial", (1, "Initial"))],
)  # fmt: skip
def test_a_level_and_its_name(text: str, level: tuple[int, str]) -> None:
    assert level_of(text) == level


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4-1 体制", ("4-1", "体制")),
        ("問3．記録", ("3", "記録")),
        ("ID.AM-1: Devices", ("ID.AM-1", "Devices")),
        ("(2) 水やり", ("2", "水やり")),
        ("①味", None),
        ("体制", None),
        ("3年後の姿", None),
        ("KPI の設定", None),
    ],
)
def test_a_number_before_a_name(text: str, found: tuple[str, str] | None) -> None:
    assert split_number(text) == found
