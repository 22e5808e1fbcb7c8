"""Steps from value to value as they are printed: they add up to the printed difference."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise

from dxassess.text import Number, rounded


def printed_steps(values: Iterable[Number], places: int) -> list[Decimal]:
    """The steps between neighbours of `values`, each the difference of the two as printed with so many decimals.

    So every printed step leads from one printed value to the next; it can be one in the last digit off the step rounded on its own.
    """
    return [after - before for before, after in pairwise(rounded(value, places) for value in values)]


def printed_parts(parts: Iterable[Number], places: int) -> list[Decimal]:
    """Parts as printed with so many decimals so that they add up to their sum as printed, in the order given."""
    return printed_steps(accumulate(parts, initial=Fraction()), places)
