"""The levels of an indicator in words, as the figure of its votes takes them."""

from __future__ import annotations

from dxassess.catalogue.model import Edition, Indicator
from dxassess.figures.strip import StripLevel
from dxassess.text import Words


def strip_levels(words: Words, edition: Edition, item: Indicator) -> tuple[StripLevel, ...]:
    """Each level with its name and what it means on this item: its own text, or the scale's."""
    found = []
    for level in edition.scale.levels:
        described = item.levels.get(level.value) or level.character
        found.append(StripLevel(level.value, words.of(level.name), words.of(described) if described else ""))
    return tuple(found)
