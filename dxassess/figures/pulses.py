"""The pulses between the full rounds of a line: hollow triangles beside it, never a part of it.

Not a figure of its own; `trend` and `small_multiples` stand on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dxassess.assessment.model import Round
from dxassess.assessment.progress import Point
from dxassess.figures import style, timeline
from dxassess.figures.lettering import clipped
from dxassess.figures.style import Part
from dxassess.figures.timeline import Lines
from dxassess.text import Words


def traces(
    between: Lines, number: int, rounds: Sequence[Round], words: Words, size: int, **where: object
) -> list[Part]:
    """The marks of the line at the place `number`, none where no pulse measured any of it."""
    label, points = between[number] if between else ("", ())
    if not points:
        return []
    at = timeline.positions(rounds)
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [at[point.round.id] for point in points],
            "y": [style.place(point.value) for point in points],
            "marker": {**style.PULSE, "size": size},
            "cliponaxis": False,
            "hoverinfo": "text",
            "hovertext": [_hover(label, point, words) for point in points],
            **where,
        }
    ]


def key(between: Lines) -> tuple[str, ...]:
    """The mark to explain, where there is any."""
    return ("pulse",) if any(points for _, points in between) else ()


def merged(points: Iterable[Point], between: Iterable[Point]) -> tuple[Point, ...]:
    """A line of one indicator, which a pulse measures as a full round does, in the order held."""
    return tuple(sorted([*points, *between], key=lambda point: point.round.held_on))


def said(between: Lines, words: Words) -> list[str]:
    """The pulses of every line in words."""
    return [
        words(
            "figure.pulse_said",
            label=label,
            quarter=words.short_quarter(point.round.quarter),
            value=words.number(point.value),
            counted=counted(point, words),
        )
        for label, points in between
        for point in points
    ]


def counted(point: Point, words: Words) -> str:
    """On how many measured indicators a point after a pulse stands, and how many are carried forward."""
    return words("rhythm.measured", n=point.counts.n, m=point.carried or 0)


def sources(point: Point, words: Words) -> str:
    """From which rounds how many are carried forward, the newest first."""
    return from_rounds(point.sources or (), words)


def from_rounds(found: Iterable[tuple[Round, int]], words: Words) -> str:
    """Rounds with how many levels are from each, in the order given."""
    return words("common.comma").join(
        words("rhythm.measured_from", m=count, quarter=words.quarter(held.quarter), title=held.title)
        for held, count in found
    )


def _hover(label: str, point: Point, words: Words) -> str:
    place = words(
        "figure.round", quarter=words.quarter(point.round.quarter), title=clipped(point.round.title, 24)
    )
    value = words("figure.hover.pulse", value=words.number(point.value))
    return style.hover(label, place, value, counted(point, words))
