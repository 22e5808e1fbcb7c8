"""The votes on one indicator side by side: a column per role, as they stand now and, after a second vote, as they stood before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.agreement import mean_level
from dxassess.assessment.anonymity import roles_of
from dxassess.assessment.histogram import Cell
from dxassess.catalogue.model import Scale


@dataclass(frozen=True, slots=True)
class Column:
    """One role (or group). `now` and `before` count votes by the place on the scale; `before` is None without a second vote.

    `mean` and `mean_before` in levels, None without a level.
    """

    role: str
    now: tuple[int, ...]
    before: tuple[int, ...] | None
    mean: Fraction | None
    mean_before: Fraction | None
    cannot_say: int
    not_applicable: int

    @property
    def left(self) -> tuple[int, ...]:
        """By place, how many votes of the first ballot stand there no more; zeros without a second vote."""
        if self.before is None:
            return (0,) * len(self.now)
        return tuple(max(was - now, 0) for was, now in zip(self.before, self.now, strict=True))


def columns(
    first: Iterable[Cell], second: Iterable[Cell], scale: Scale, order: Sequence[str] = ()
) -> tuple[Column, ...]:
    """The columns of one indicator from the cells of its ballots, those named in `order` first.

    In an anonymous round the groups of the second ballot may be wider than those of the first: each stands beside all of
    the first it holds. ValueError when the cells speak of several indicators or fields.
    """
    before, after = list(first), list(second)
    subjects = {(cell.indicator, cell.field) for cell in (*before, *after)}
    if len(subjects) > 1:
        raise ValueError(sorted(subjects))
    made = [_column(cell, before, scale) for cell in after] or [_column(cell, None, scale) for cell in before]
    place = {role: number for number, role in enumerate(order)}
    return tuple(sorted(made, key=lambda each: (place.get(each.role, len(place)), each.role)))


def _column(cell: Cell, before: Sequence[Cell] | None, scale: Scale) -> Column:
    was = None if before is None else _together(cell, before)
    return Column(
        cell.role,
        cell.counts,
        was,
        mean_level(cell.counts, scale.values),
        None if was is None else mean_level(was, scale.values),
        cell.cannot_say,
        cell.not_applicable,
    )


def _together(cell: Cell, before: Sequence[Cell]) -> tuple[int, ...]:
    """The votes of the first ballot of everybody a cell of the second speaks of."""
    inside = [each.counts for each in before if set(roles_of(each.role)) <= set(roles_of(cell.role))]
    return tuple(sum(column) for column in zip(*inside, strict=True)) if inside else (0,) * len(cell.counts)
