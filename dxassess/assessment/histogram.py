"""How often each level was given: per ballot, role and indicator. What a closed round keeps beside its answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dxassess.assessment.model import Ballot, Recorded, State
from dxassess.assessment.scoring import Mark, current_mark, target_mark
from dxassess.catalogue.model import Scale

Field = Literal["current", "target"]
Key = tuple[Ballot, str, str, Field]


@dataclass(frozen=True, slots=True)
class Cell:
    """The answers of one role to one indicator: `counts[p]` of them chose the level at place `p` of the scale."""

    ballot: Ballot
    role: str
    indicator: str
    field: Field
    counts: tuple[int, ...]
    cannot_say: int
    not_applicable: int


def histograms(recorded: Iterable[Recorded], scale: Scale) -> tuple[Cell, ...]:
    """One cell for whatever somebody said something of, sorted by ballot, role, indicator and field.

    `recorded` holds the newest answer of each respondent. ValueError when a level is none of the scale's values.
    """
    marks: dict[Key, list[Mark]] = {}
    for record in recorded:
        for field, mark in _marks(record):
            if mark is not None:
                key: Key = (record.ballot, record.role, record.answer.indicator, field)
                marks.setdefault(key, []).append(mark)
    return tuple(_cell(key, marks[key], scale) for key in sorted(marks))


def _marks(record: Recorded) -> tuple[tuple[Field, Mark | None], tuple[Field, Mark | None]]:
    return ("current", current_mark(record.answer)), ("target", target_mark(record.answer))


def _cell(key: Key, marks: list[Mark], scale: Scale) -> Cell:
    counts = [0] * len(scale.values)
    for mark in marks:
        if not isinstance(mark, State):
            counts[scale.position(mark)] += 1
    return Cell(*key, tuple(counts), marks.count(State.CANNOT_SAY), marks.count(State.NOT_APPLICABLE))
