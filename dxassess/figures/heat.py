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
DARK = 0.5
"""From this share of the scale on, white letters are read better than dark ones."""


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
    colours = style.level_colours(len(scale.levels))
    last = max(1, len(colours) - 1)
    return tuple(
        Shade(colour, style.PAPER if place / last > DARK else style.INK)
        for place, colour in enumerate(colours)
    )


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
