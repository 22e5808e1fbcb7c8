"""What people type for a measure: the ways numbers are written here, and nothing that only looks like one."""

from decimal import Decimal

import pytest

from dxassess.catalogue.model import Bilingual, Measure, Option
from dxassess.errors import MeasureNotUnderstood
from dxassess.usecases.amounts import read_amount

BOTH = Bilingual(ja="日", en="days")
DAYS = Measure(unit=BOTH, better="lower", decimals=1)
PACE = Measure(unit=BOTH, better="higher", choices=(Option(id="fast", ja="速い", en="Fast"),))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("１２．５", "12.5"),
        ("1,234", "1234"),
        ("１，２３４", "1234"),
        ("▲3", "-3"),
        ("△1,234,567.8", "-1234567.8"),
        ("−3.5", "-3.5"),
        ("-3", "-3"),
        ("－３", "-3"),
        (" 7 ", "7"),
        ("　７　", "7"),
        ("0", "0"),
        ("0.0", "0.0"),
        ("007", "7"),
        ("3.", "3"),
        (".5", "0.5"),
        ("123456789012345678", "123456789012345678"),
    ],
)
def test_numbers_are_read_as_people_here_write_them(typed, amount):
    assert read_amount(DAYS, typed, "日") == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "  ", "　"])
def test_blank_is_no_amount(typed):
    assert read_amount(DAYS, typed, "日") is None
    assert read_amount(PACE, typed, "日") is None


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "1e5",
        "٣",
        "③",
        "5²",
        "㎏",
        "NaN",
        "inf",
        "-",
        "▲",
        ".",
        "1.2.3",
        "--1",
        "1_0",
        "12日",
        "1.25",
        "0.10",
        "1 2",
        "½",
        "1" * 19,
        "1,2",
        "12,34",
        "1,,234",
        ",1",
        "1,",
    ],
)
def test_anything_else_is_refused_by_name(typed):
    with pytest.raises(MeasureNotUnderstood) as refused:
        read_amount(DAYS, typed, "日")
    assert refused.value.values == {"value": typed, "unit": "日", "decimals": 1}


def test_a_choice_is_read_by_its_id_only():
    assert read_amount(PACE, "fast", "日") == "fast"
    for typed in ("Fast", "slow", "1"):
        with pytest.raises(MeasureNotUnderstood):
            read_amount(PACE, typed, "日")
