"""Items × rounds as a heat table: a level is one hue from light to dark with its number printed in it.

What has no level is a sign and no colour: □ not answered, ? cannot say, – does not apply, ／ not asked. It is a table of text and not a
drawing, so that the names of the items stay in place while many rounds are pushed sideways, and every cell can be read aloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.comparison import ItemAt
from dxassess.assessment.model import Round
from dxassess.catalogue.model import Scale
from dxassess.figures import style
from dxassess.text import Words

NOT_ASKED = "／"
INKS, BLACK = (style.INK, style.PAPER), "#000000"
READABLE = 4.5
"""The least contrast of text (WCAG 2.2, AA); where neither ink has it, black has."""


@dataclass(frozen=True, slots=True)
class Shade:
    """How a level looks: its colour and that of the number on it."""

    colour: str
    ink: str


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: what is written, and the place of its level on the scale (None: no level, no colour)."""

    text: str
    shade: int | None


def shades(scale: Scale) -> tuple[Shade, ...]:
    """How each level of a scale looks, the lowest first."""
    return tuple(
        Shade(colour, next((ink for ink in INKS if contrast(ink, colour) >= READABLE), BLACK))
        for colour in style.level_colours(len(scale.levels))
    )


def contrast(one: str, other: str) -> float:
    """How well one colour (`#RRGGBB`) is read on the other, 1–21, as WCAG 2.2 reckons it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def cell(at: ItemAt, scale: Scale, words: Words) -> HeatCell:
    """An item in one round."""
    if at.level is not None:
        return HeatCell(words.level(at.level), _place(at.level, scale))
    return HeatCell(NOT_ASKED if at.state is None else style.STATE_SIGNS.get(at.state, ""), None)


def heads(rounds: Sequence[Round], words: Words) -> tuple[tuple[str, str], ...]:
    """Over each column the quarter and the fiscal year; rounds of one quarter are counted."""
    found: list[tuple[str, str]] = []
    for number, held in enumerate(rounds):
        same = [other.quarter == held.quarter for other in rounds]
        nth = sum(same[: number + 1])
        key = "figure.quarter_tick_nth" if sum(same) > 1 else "figure.quarter_tick"
        year = words("figure.year_tick", year=f"{held.quarter.year % 100:02d}")
        found.append((words(key, quarter=held.quarter.quarter, nth=nth), year))
    return tuple(found)


def _place(level: Fraction, scale: Scale) -> int:
    """The place of a level on the scale; of one between two, the nearer below."""
    return max((place for place, value in enumerate(scale.values) if value <= level), default=0)


def _luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
