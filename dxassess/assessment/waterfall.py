"""The bars of a waterfall: few enough for a phone, and still adding up to the difference exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.movement import Input, Kind, Movement, Part

MOST = 10
FEWEST_MOVED = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """A step from `start` to `end`: one part, or all the indicators that moved and do not stand alone, with what went into it."""

    kind: Kind
    start: Fraction
    end: Fraction
    inputs: tuple[Input, ...]

    @property
    def change(self) -> Fraction:
        return self.end - self.start


def bars(found: Movement, most: int = MOST) -> tuple[Bar, ...]:
    """The parts as at most `most` steps (three more where there are many reasons): of the indicators that moved those with the
    largest effect stand alone, in the order of the form, and after them all others as one step with their exact sum."""
    moved = found.of("moved")
    room = max(FEWEST_MOVED, most - (len(found.parts) - len(moved)))
    largest = sorted(moved, key=lambda part: -abs(part.change))[: room if len(moved) <= room else room - 1]
    rest = [part for part in moved if part not in largest]
    alone = [part for part in moved if part in largest]
    laid: list[Bar] = []
    at = found.parts[0].before if found.parts else Fraction()
    for group in (found.of("revision", "not_applicable", "unanswered"), alone):
        for part in group:
            laid.append(_bar([part], at))
            at = laid[-1].end
    if rest:
        laid.append(_bar(rest, at))
        at = laid[-1].end
    for part in found.of("who", "answered", "applicable", "added"):
        laid.append(_bar([part], at))
        at = laid[-1].end
    return tuple(laid)


def _bar(parts: list[Part], at: Fraction) -> Bar:
    inputs = tuple(one for part in parts for one in part.inputs)
    return Bar(parts[0].kind, at, at + sum((part.change for part in parts), Fraction()), inputs)
