"""Rounds by the edition they were held in: a stretch is a run of rounds of one edition; between two stands a seam.

Not a figure of its own; `bridge` stands on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dxassess.assessment.bridge import Cell, Row
from dxassess.catalogue.model import Edition
from dxassess.figures import style
from dxassess.figures.lettering import escaped, lettered, lines
from dxassess.figures.style import Part
from dxassess.text import Words

EMS, LEAST = 24.0, 4.0
"""Em that all rounds together take on a phone, and the least that words are given."""
NAME_LINE = 15
"""Height of a line of a name."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of rounds of one edition on one scale: their first and last place and the edition's short name.

    `own`: it is the viewed edition. `fits`: its scale is the viewed one.
    """

    first: int
    last: int
    name: str
    own: bool
    fits: bool

    @property
    def rounds(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


def stretches(editions: Sequence[Edition], here: Edition, words: Words) -> tuple[Stretch, ...]:
    """The stretches of rounds, each round given by the edition it was held in, in order."""
    found: list[Stretch] = []
    for _, run in groupby(enumerate(editions), key=lambda each: (each[1].id, each[1].scale.values)):
        places = list(run)
        edition = places[-1][1]
        fits = edition.scale.values == here.scale.values
        name, own = words.of(edition.head.short), edition.id == here.id
        found.append(Stretch(places[0][0], places[-1][0], name, own, fits))
    return tuple(found)


def notes(run: Stretch, row: Row, count: int, words: Words) -> list[Part]:
    """Above a stretch its edition; inside it why there is no level, where that holds for all its rounds."""
    ems = EMS * len(run.rounds) / count
    name = style.text(
        run.middle,
        1,
        "<br>".join(escaped(line) for line in _named(run, count)),
        yref="y domain",
        yanchor="bottom",
        yshift=16,
        align="center",
    )
    why = why_empty(run, [row.cells[place] for place in run.rounds])
    if why is None:
        return [name]
    return [
        name,
        style.text(
            run.middle,
            0.5,
            lettered(words(f"editions.figure.{why}"), max(ems, LEAST)),
            yref="y domain",
            align="center",
            bgcolor=style.PAPER,
        ),
    ]


def room_above(runs: Sequence[Stretch], count: int) -> int:
    """Pixels that the names of the stretches take above the drawing; none of them is cut."""
    return NAME_LINE * max((len(_named(run, count)) for run in runs), default=1)


def _named(run: Stretch, count: int) -> tuple[str, ...]:
    return lines(run.name, max(EMS * len(run.rounds) / count, LEAST))


def why_empty(run: Stretch, cells: Sequence[Cell]) -> str | None:
    """Why no level can stand in a stretch (a key of `editions.figure`); None where one can."""
    if all(cell.kind == "broken" for cell in cells):
        return "not_asked" if run.own else "none"
    if all(cell.kind == "bridged" for cell in cells) and not run.fits:
        return "other_scale"
    return None


def seam(run: Stretch) -> Part:
    """The line before a stretch: here the edition changes."""
    return {
        "type": "line",
        "x0": run.first - 0.5,
        "x1": run.first - 0.5,
        "y0": 0,
        "y1": 1.3,
        "yref": "y domain",
        "line": {"color": style.QUIET, "width": 1.5, "dash": "2px,4px"},
    }
