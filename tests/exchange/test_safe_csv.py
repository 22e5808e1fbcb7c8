"""No cell of ours is computed by a spreadsheet, and every text comes back as it was."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.exchange.safe_csv import csv_of, guarded, unguarded

WORDS = st.text(alphabet=st.sampled_from("'=+-@\t\r\n＝a1 ,\""), max_size=6) | st.text(max_size=8)


@given(text=WORDS)
def test_a_guarded_text_comes_back(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@SUM", "＝A1", "\tx", "'=1", "''-1"])
def test_what_a_spreadsheet_would_compute_begins_with_a_quote(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "4-1", "'quoted'", "入力"])
def test_other_texts_stand_as_they_are(text):
    assert guarded(text) == text == unguarded(text)


def test_numbers_stand_as_numbers_and_nothing_as_a_blank():
    raw = csv_of(["=h", "n"], [("-x", Decimal("-1.50")), (None, 3), ("a\nb", Decimal("1E+3"))])
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert rows == [["'=h", "n"], ["'-x", "-1.50"], ["", "3"], ["a\nb", "1000"]]
