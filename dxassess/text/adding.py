"""With how many decimals printed parts add up to their printed total."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dxassess.text import Number, rounded


def adding_up(parts: Iterable[Number], total: Number, least: int, most: int) -> int | None:
    """The fewest decimals from `least` to `most` with which the parts, each rounded on its own, add up to the rounded total.

    None where they do with none of these; nothing is ever rounded another way to make it come out.
    """
    known = list(parts)
    for places in range(least, most + 1):
        if sum((rounded(part, places) for part in known), Decimal()) == rounded(total, places):
            return places
    return None
