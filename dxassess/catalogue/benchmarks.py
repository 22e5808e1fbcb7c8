"""What was published of an edition's averages: figures by year and group, and how fast companies rose."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dxassess.catalogue.values import Bilingual, Ident, Line, Option, ShortName, Value

Size = Literal["up_to_20", "up_to_100", "up_to_300", "up_to_1000", "over_1000"]
"""How many employees an organisation has."""


class PublishedAverage(Value):
    """One published figure: of which node, which year and group, how many organisations, by whom, where it was read."""

    year: int = Field(ge=1900, le=2999)
    group: Ident
    of: Ident
    n: int | None = Field(default=None, ge=1)
    current_mean: float | None = None
    current_median: float | None = None
    target_mean: float | None = None
    target_median: float | None = None
    publisher: ShortName | None = None
    source: Line


class PublishedPace(Value):
    """By how many levels the average `of` a node changed in the same companies from the year `since` to the year `until`."""

    since: int = Field(ge=1900, le=2999)
    until: int = Field(ge=1900, le=2999)
    group: Ident
    of: Ident
    n: int | None = Field(default=None, ge=1)
    change: float
    publisher: ShortName
    source: Line


class Comparable(Value):
    """Which published groups stand beside organisations of these sizes: the nearest first, then what stands in for it."""

    sizes: tuple[Size, ...] = Field(min_length=1)
    groups: tuple[Ident, ...] = Field(min_length=1)


class Benchmarks(Value):
    """Published averages of this edition, the words for their groups, and the warning that belongs to them.

    `target_years`: in how many years the published targets were to be reached, as the form asks. `comparable` and its `basis`, how the
    groups were matched with sizes, are no part of what people saw: they are not stored with a round (`exclude`).
    """

    groups: tuple[Option, ...]
    warning: Bilingual
    averages: tuple[PublishedAverage, ...]
    paces: tuple[PublishedPace, ...] = ()
    target_years: int | None = Field(default=None, ge=1)
    comparable: tuple[Comparable, ...] = Field(default=(), exclude=True)
    basis: Bilingual | None = Field(default=None, exclude=True)
