"""Rounds along an axis: in which order they stand, what is written below them, where a line must break.

Not a figure of its own; `trend` and `small_multiples` stand on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from dxassess.assessment.model import Round
from dxassess.assessment.progress import Point
from dxassess.figures import style
from dxassess.figures.lettering import clipped, escaped, lettered
from dxassess.figures.style import Part
from dxassess.text import Words

Lines = Sequence[tuple[str, Sequence[Point]]]
Field = Literal["value", "target"]

TITLES = 6
"""Up to so many rounds, titles find room below the axis."""


@dataclass(frozen=True, slots=True)
class Break:
    """A step between two rounds that must not be read as progress: another edition, or other items that apply."""

    x: float
    reason: Literal["edition", "items"]
    before: Point
    after: Point


def rounds_of(lines: Lines) -> tuple[Round, ...]:
    """Every round of the lines once, in the order held."""
    found = {point.round.id: point.round for _, points in lines for point in points}
    return tuple(sorted(found.values(), key=lambda held: held.held_on))


def filled(lines: Lines) -> bool:
    """Is there anything to draw?"""
    return any(value is not None for value in values_of(lines))


def values_of(lines: Lines) -> list[Fraction | None]:
    """Every value and target of the lines, for the reach of their axis."""
    return [value for _, points in lines for point in points for value in (point.value, point.target)]


def breaks(points: Sequence[Point], rounds: Sequence[Round]) -> tuple[Break, ...]:
    """Where the line of these points is interrupted although both ends have a value."""
    at = positions(rounds)
    known = [point for point in points if point.value is not None]
    found: list[Break] = []
    for before, after in pairwise(known):
        reason = _reason(before, after)
        if reason:
            found.append(Break((at[before.round.id] + at[after.round.id]) / 2, reason, before, after))
    return tuple(found)


def unbroken(points: Sequence[Point]) -> tuple[Point, ...]:
    """The newest stretch of points with a value that may be read as one line."""
    known = [point for point in points if point.value is not None]
    start = max((number + 1 for number, pair in enumerate(pairwise(known)) if _reason(*pair)), default=0)
    return tuple(known[start:])


def _reason(before: Point, after: Point) -> Literal["edition", "items"] | None:
    if before.round.edition != after.round.edition:
        return "edition"
    return "items" if after.others or before.counts.m != after.counts.m else None


def reason(found: Break, words: Words) -> str:
    """The reason of a break, to stand on the chart."""
    before, after = found.before.counts.m, found.after.counts.m
    if found.reason == "items" and before == after:
        return words("figure.break.swapped")
    return words(f"figure.break.{found.reason}", before=before, after=after)


def positions(rounds: Sequence[Round]) -> dict[str, int]:
    """Place of each round on the axis: one step per round, however far apart they were."""
    return {held.id: number for number, held in enumerate(rounds)}


def quarter_axis(rounds: Sequence[Round], words: Words, room: int) -> Part:
    """The axis of the rounds: the quarter below each, the year where it begins; at most `room` of them labelled.

    Rounds that share a quarter carry their titles, or where there are many rounds a count.
    """
    shown = spaced(len(rounds), room)
    spacious = len(rounds) <= TITLES
    years = _years_written(rounds, shown)
    texts = [
        _tick(rounds[number], _apart(rounds, number), spacious, number in years, words) for number in shown
    ]
    return {
        "range": [-0.5, max(len(rounds), 1) - 0.5],
        "tickvals": list(shown),
        "ticktext": texts,
        "tickfont": {"size": style.SMALL_SIZE, "color": style.QUIET},
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "linecolor": style.AXIS,
        "ticks": "",
    }


def _years_written(rounds: Sequence[Round], shown: Sequence[int]) -> set[int]:
    """Of the labelled rounds those that say their year: where it begins, and on a crowded axis at no two neighbours."""
    apart = 1 if len(shown) <= TITLES else 2
    written: list[int] = []
    for place in range(len(shown) - 1, -1, -1):
        opens = place == 0 or rounds[shown[place]].quarter.year != rounds[shown[place - 1]].quarter.year
        if opens and (not written or written[-1] - place >= apart):
            written.append(place)
    return {shown[place] for place in written}


def spaced(count: int, room: int) -> tuple[int, ...]:
    """Numbers of the rounds that get a label: every so many, counted back from the newest."""
    step = max(1, -(-count // room))
    return tuple(range(count - 1, -1, -step))[::-1]


def _apart(rounds: Sequence[Round], number: int) -> int:
    """Which of the rounds of its quarter a round is, from 1; 0 when it is the only one."""
    quarter = rounds[number].quarter
    if sum(held.quarter == quarter for held in rounds) == 1:
        return 0
    return sum(held.quarter == quarter for held in rounds[: number + 1])


def _tick(held: Round, nth: int, spacious: bool, opens_year: bool, words: Words) -> str:
    quarter = held.quarter.quarter
    counted = nth and not spacious
    name = "figure.quarter_tick_nth" if counted else "figure.quarter_tick"
    parts = [words(name, quarter=quarter, nth=nth)]
    if opens_year:
        parts.append(words("figure.year_tick", year=f"{held.quarter.year % 100:02d}"))
    if nth and spacious:
        parts.append(lettered(held.title, 4, 3))
    return "<br>".join(parts)


def trace(
    points: Sequence[Point], field: Field, rounds: Sequence[Round], texts: Sequence[str], **more: object
) -> Part:
    """A line through the rounds; open where a round has no value and where `breaks` says so."""
    at = positions(rounds)
    xs: list[float] = []
    ys: list[float | None] = []
    hovers: list[str] = []
    last: Point | None = None
    for point, text in zip(points, texts, strict=True):
        value = style.place(getattr(point, field))
        if last is not None and value is not None and _reason(last, point):
            xs, ys, hovers = [*xs, at[point.round.id] - 0.5], [*ys, None], [*hovers, ""]
        if value is not None:
            last = point
        xs.append(at[point.round.id])
        ys.append(value)
        hovers.append(text)
    return {
        "type": "scatter",
        "x": xs,
        "y": ys,
        "connectgaps": False,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": hovers,
        **more,
    }


def hovers(label: str, points: Sequence[Point], words: Words) -> list[str]:
    """What is said beside each point of a line."""
    return [_hover(label, point, words) for point in points]


def _hover(label: str, point: Point, words: Words) -> str:
    counts = words.n_of_m(point.counts.n, point.counts.m)
    found = [
        label,
        words(
            "figure.round", quarter=words.quarter(point.round.quarter), title=clipped(point.round.title, 24)
        ),
        words("figure.hover.current", value=words.number(point.value), counts=counts),
    ]
    if point.target is not None:
        found.append(words("figure.hover.target", value=words.number(point.target)))
    return style.hover(*found)


def said(label: str, points: Iterable[Point], words: Words) -> str:
    """A line in words: the value of every round, a dash where there is none."""
    steps = words("common.comma").join(
        words(
            "figure.step", quarter=words.short_quarter(point.round.quarter), value=words.number(point.value)
        )
        for point in points
    )
    targets = [point.target for point in points if point.target is not None]
    return words(
        "figure.line_said", label=label, steps=steps, target=words.number(targets[-1] if targets else None)
    )


def note(x: float, y: float, sentence: str, **more: object) -> Part:
    """A short remark on the drawing."""
    return style.text(x, y, escaped(sentence), **more)
