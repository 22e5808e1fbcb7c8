"""Printed steps add up to the printed difference, and printed parts to their printed sum."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from dxassess.text import rounded
from dxassess.text.adding import printed_parts, printed_steps

fractions = st.lists(st.fractions(-5, 5), min_size=1, max_size=12)


def test_steps_of_one_35th_add_up_as_printed() -> None:
    values = list(accumulate([Fraction(1, 35)] * 3, initial=Fraction(2)))
    assert printed_steps(values, 3) == [Decimal("0.029"), Decimal("0.028"), Decimal("0.029")]
    assert printed_parts([Fraction(1, 3)] * 3, 2) == [Decimal("0.33"), Decimal("0.34"), Decimal("0.33")]
    assert printed_steps([Fraction(1)], 3) == printed_parts([], 2) == []


@given(fractions, st.integers(0, 4))
def test_every_printed_step_leads_to_the_next_printed_value(values, places) -> None:
    at = rounded(values[0], places)
    for value, step in zip(values[1:], printed_steps(values, places), strict=True):
        at += step
        assert at == rounded(value, places)


@given(fractions, st.integers(0, 4))
def test_printed_parts_add_up_and_are_hardly_bent(parts, places) -> None:
    shown = printed_parts(parts, places)
    assert sum(shown) == rounded(sum(parts, Fraction()), places)
    assert all(
        abs(one - part) <= Fraction(1, 10**places)
        for one, part in zip(map(Fraction, shown), parts, strict=True)
    )
