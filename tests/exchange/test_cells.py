from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.model import State
from dxassess.catalogue.model import Bilingual, Scale, ScaleLevel
from dxassess.exchange.cells import codes_behind_date, few, folded, kept, levels_of, mark_of, numbered, shown

NAME = Bilingual(ja="名", en="name")


def _levels(*values: float) -> dict[Fraction, float]:
    return levels_of(Scale(levels=tuple(ScaleLevel(value=value, name=NAME) for value in values)))


SIX = _levels(0, 1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    "text", ["3", "３", "3.0", "3.0000000000000", "３．０", " 3 ", "\u30003\u3000", "\t3\xa0"]
)
def test_a_level_is_a_plain_decimal_number_narrow_or_full_width(text: str) -> None:
    assert mark_of(text, SIX) == 3
    assert type(mark_of(text, SIX)) is int


REFUSED = """٣ ③ ³ ₃ 𝟑 ३ Ⅲ 三 1_0 1e0 3e0 +3 -1 -0 -0.0 −1 03 00 .5 3. 3,0 0x3 nan NaN inf -inf ∞ True true None null
6 3.5 3/1 1/2 =3 '3 "3" 3点 レベル3 -- ?? 3? -3 ー ― n/a N/A x 3\u200b \u202e3 2.9999999999999999 3.00000000000000
99999999999999999999 1180591620717411303424 3\x003 3\x7f １＿０"""


@pytest.mark.parametrize("text", REFUSED.split())
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        mark_of(text, SIX)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\t"])
def test_a_blank_cell_is_not_answered(text: str) -> None:
    assert mark_of(text, SIX) is None


@pytest.mark.parametrize("text", ["?", "？", " ? "])
def test_a_question_mark_is_cannot_say(text: str) -> None:
    assert mark_of(text, SIX) is State.CANNOT_SAY


@pytest.mark.parametrize("text", ["-", "－", "−", "–", " - "])
def test_a_dash_is_not_applicable(text: str) -> None:
    assert mark_of(text, SIX) is State.NOT_APPLICABLE


def test_only_the_scales_own_numbers_are_levels() -> None:
    halves = _levels(-1, 0, 0.1, 2.5)
    assert [mark_of(text, halves) for text in ("-1", "－1", "−1", "–1", "-1.0", "0", "0.10", "2.5")] == [
        -1,
        -1,
        -1,
        -1,
        -1,
        0,
        0.1,
        2.5,
    ]
    for text in ("1", "2", "0.11", "-2.5", "-0"):
        with pytest.raises(ValueError):
            mark_of(text, halves)


@given(st.text(max_size=8))
def test_no_text_whatever_is_anything_but_a_mark_or_refused(text: str) -> None:
    try:
        mark = mark_of(text, SIX)
    except ValueError:
        return
    assert mark is None or mark in (State.CANNOT_SAY, State.NOT_APPLICABLE) or mark in SIX.values()


@pytest.mark.parametrize(
    "text",
    [
        "4月1日",
        "４月１日",
        "2026年4月1日",
        "1-Apr",
        "01-Apr",
        "1-APR",
        "1-Apr-26",
        "1 April 2026",
        "Apr-01",
        "Apr 1, 2026",
        "2024-04-01",
        "2024/4/1",
        "2024-04-01 00:00:00",
        "2024-04-01T00:00:00",
        "4/1",
        "4/1/2026",
        "04/01/26 0:00",
        "1/4",
        "4-Jan",
        "46113",
    ],
)
def test_a_date_names_the_code_a_spreadsheet_made_it_from(text: str) -> None:
    assert codes_behind_date(text, ["4", "4-1"]) == ("4-1",)


def test_a_date_that_fits_two_codes_names_both() -> None:
    assert codes_behind_date("4/1", ["1-4", "4-1"]) == ("4-1", "1-4")


@pytest.mark.parametrize(
    "text", ["4-1", "41", "4", "x", "1-foo", "4月", "", "2024", "123456", "9.1", "q-days"]
)
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    assert codes_behind_date(text, ["4-1"]) is None


def test_a_leap_day_is_found_behind_its_serial_number() -> None:
    assert codes_behind_date("45351", ["2-28", "2-29"]) == ("2-29",)


def test_a_date_of_no_code_is_still_a_date() -> None:
    assert codes_behind_date("2024-12-31", ["4-1"]) == ()


def test_names_are_compared_without_width_case_and_invisible_characters() -> None:
    assert folded("　ＩＴ\u200b ") == folded("it")
    assert folded("か\u3099") == folded("が") == folded("\ufeffが")
    assert numbered("４‐１") == numbered("4−1") == numbered(" 4–1\u200b") == "4-1"
    assert kept(" か\u3099 ") == "が"


def test_what_is_shown_in_a_message_is_short_and_hides_nothing() -> None:
    assert shown("3\u200b\x07\u202e") == "3<U+200B><U+0007><U+202E>"
    assert shown("あ" * 60) == "あ" * 60
    assert shown("あ" * 10_000) == "あ" * 59 + "…"


def test_a_long_list_says_that_it_goes_on() -> None:
    assert few(range(3), 3) == ("0", "1", "2")
    assert few(range(4), 3) == ("0", "1", "2", "…")
