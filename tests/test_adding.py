"""Printed parts add up to their printed total, or it is said that they do not; nothing is bent to make them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dxassess.text import rounded
from dxassess.text.adding import adding_up


def test_the_fewest_decimals_with_which_the_printed_numbers_add_up() -> None:
    assert adding_up([Fraction(1, 4), Fraction(1, 2)], Fraction(3, 4), 2, 4) == 2
    assert adding_up([Fraction(1, 8), Fraction(1, 8)], Fraction(1, 4), 2, 4) == 3
    assert adding_up([Fraction(1, 3)] * 3, Fraction(1), 2, 6) is None
    assert adding_up([], Fraction(0), 2, 3) == 2


@given(st.lists(st.fractions(-5, 5), max_size=12))
def test_what_is_found_does_add_up(parts) -> None:
    places = adding_up(parts, sum(parts, Fraction()), 2, 5)
    if places is not None:
        assert sum(rounded(part, places) for part in parts) == rounded(sum(parts, Fraction()), places)
