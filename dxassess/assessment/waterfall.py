"""The bars of a waterfall: few enough for a phone, and still adding up to the difference exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.movement import Input, Kind, Movement, Part

MOST = 15
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
    return _laid(found, _grouped(found, most))


def rows(found: Movement, most: int = MOST) -> tuple[Bar, ...]:
    """Every part as a step of its own, in the order of `bars`: those of the last common step one after the other."""
    return _laid(found, [[part] for group in _grouped(found, most) for part in group])


def _grouped(found: Movement, most: int) -> list[list[Part]]:
    moved = found.of("moved")
    room = max(FEWEST_MOVED, most - (len(found.parts) - len(moved)))
    largest = sorted(moved, key=lambda part: -abs(part.change))[: room if len(moved) <= room else room - 1]
    first = found.of("revision", "not_applicable", "unanswered")
    last = found.of("who", "answered", "applicable", "added")
    alone = [part for part in moved if part in largest]
    rest = [part for part in moved if part not in largest]
    return [*([part] for part in (*first, *alone)), *([rest] if rest else []), *([part] for part in last)]


def _laid(found: Movement, groups: list[list[Part]]) -> tuple[Bar, ...]:
    """Step after step, from the value the parts begin with."""
    at = found.parts[0].before if found.parts else Fraction()
    steps: list[Bar] = []
    for parts in groups:
        inputs = tuple(one for part in parts for one in part.inputs)
        end = at + sum((part.change for part in parts), Fraction())
        steps.append(Bar(parts[0].kind, at, end, inputs))
        at = end
    return tuple(steps)
