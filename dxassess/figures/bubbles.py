"""Tasks as bubbles: how hard to link across, the effect upwards, the hours a year as the size, the department as the shape.

Grades are whole numbers, so many tasks share a place: those stand side by side in its cell and never cover each other. Each
carries a number; `key` says which task it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle
from math import ceil, sqrt

from dxassess.figures import style
from dxassess.figures.style import Figure, Part, RoleMark
from dxassess.text import Words

GRADES = (1, 2, 3, 4, 5)
CELL = 56
"""Width of a grade on a phone and its least height, in pixels."""
ABREAST = 3
"""How many bubbles stand side by side in a cell at most."""
LARGEST, SMALLEST = 44.0, 18.0
"""Diameter of the largest bubble, and of one whose number is still legible."""
APART = 2
TINT = 0.3
FIRST = 2.5
"""Up to here a link is easy, and from the other end on an effect large: where a small start looks first."""

MARKS = (
    RoleMark("#B54708", "circle", "●"),
    RoleMark("#0072B2", "square", "■"),
    RoleMark("#00734F", "diamond", "◆"),
    RoleMark("#B2478A", "hexagon", "⬢"),
    RoleMark("#8A5A00", "pentagon", "⬟"),
    RoleMark("#5B6773", "octagon", "⯃"),
)
"""How departments look in the order they come, dark enough for a sign in a text; from the seventh on they repeat."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One task with its two grades 1–5. `hours` a year, None where nobody has said; `department` may be empty."""

    name: str
    department: str
    linking: int
    effect: int
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A bubble with its number, its mark, its place in grades and its diameter in pixels."""

    bubble: Bubble
    number: int
    mark: RoleMark
    x: float
    y: float
    diameter: float


def draw(bubbles: Sequence[Bubble], words: Words) -> Figure:
    """All bubbles, numbered from 1 in the order given; whole axes of 1 to 5."""
    high = _height(bubbles)
    frame = style.layout(
        "",
        high * len(GRADES),
        key=(words("figure.bubbles.size"), words("figure.bubbles.up")) if bubbles else (),
        left=34,
        right=16,
        bottom=52,
        above=4,
    )
    frame["xaxis"] = {**_axis(), "title": _title(words("figure.bubbles.across"))}
    frame["yaxis"] = _axis()
    if not bubbles:
        return style.empty(frame, words("figure.bubbles.empty"))
    frame["shapes"] = [_where_to_look()]
    return {"data": [_trace(each, words) for each in _placed(bubbles, high)], "layout": frame}


def key(bubbles: Sequence[Bubble], words: Words) -> tuple[tuple[RoleMark, str, str], ...]:
    """By department its mark, its name, and its tasks with their numbers in one line."""
    marks = _marks(bubbles)
    return tuple(
        (
            marks[department],
            department or words("figure.bubbles.elsewhere"),
            words("common.comma").join(
                words("figure.bubbles.entry", number=number, name=each.name)
                for number, each in enumerate(bubbles, start=1)
                if each.department == department
            ),
        )
        for department in marks
    )


def describe(bubbles: Sequence[Bubble], words: Words) -> str:
    """The chart in sentences, one task after the other."""
    if not bubbles:
        return words("figure.bubbles.empty")
    return " ".join(
        words(
            "figure.bubbles.said",
            number=number,
            name=each.name,
            department=each.department or words("figure.bubbles.elsewhere"),
            axes=_axes(each, words),
            hours=_hours(each, words),
        )
        for number, each in enumerate(bubbles, start=1)
    )


def _cells(bubbles: Sequence[Bubble]) -> Mapping[tuple[int, int], list[int]]:
    """Which bubbles share a place, by their position."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for position, each in enumerate(bubbles):
        cells[each.linking, each.effect].append(position)
    return cells


def _grid(members: int) -> tuple[int, int]:
    """In how many columns and rows so many bubbles stand in a cell."""
    columns = min(ABREAST, ceil(sqrt(members)))
    return columns, ceil(members / columns)


def _height(bubbles: Sequence[Bubble]) -> int:
    """Of a cell, so that the fullest one holds its rows."""
    rows = max((_grid(len(members))[1] for members in _cells(bubbles).values()), default=1)
    return max(CELL, rows * round(SMALLEST + APART))


def _placed(bubbles: Sequence[Bubble], high: int) -> Iterator[_Placed]:
    marks, cells = _marks(bubbles), _cells(bubbles)
    grids = [_grid(len(members)) for members in cells.values()]
    largest = min(LARGEST, *(min(CELL / columns, high / rows) - APART for columns, rows in grids))
    most = max((each.hours for each in bubbles if each.hours), default=None)
    for (linking, effect), members in cells.items():
        columns, rows = _grid(len(members))
        for place, position in enumerate(members):
            row, column = divmod(place, columns)
            across = min(columns, len(members) - row * columns)
            yield _Placed(
                bubbles[position],
                position + 1,
                marks[bubbles[position].department],
                linking + (column - (across - 1) / 2) / columns,
                effect - (row - (rows - 1) / 2) / rows,
                _diameter(bubbles[position].hours, most, largest),
            )


def _diameter(hours: Decimal | None, most: Decimal | None, largest: float) -> float:
    """The area follows the hours, down to the smallest legible one; without hours the smallest."""
    share = float(hours / most) if hours and most else 0.0
    return max(SMALLEST, min(largest, largest * sqrt(share)))


def _marks(bubbles: Sequence[Bubble]) -> Mapping[str, RoleMark]:
    departments = dict.fromkeys(each.department for each in bubbles)
    return dict(zip(departments, cycle(MARKS), strict=False))


def _trace(each: _Placed, words: Words) -> Part:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [each.x],
        "y": [each.y],
        "text": [str(each.number)],
        "textposition": "middle center",
        "textfont": {"size": 11, "color": style.INK},
        "marker": {
            "symbol": each.mark.symbol,
            "size": each.diameter,
            "color": style.PAPER if each.bubble.hours is None else _light(each.mark.colour),
            "opacity": 1,
            "line": {"color": each.mark.colour, "width": 2},
        },
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            style.hover(
                words("figure.bubbles.entry", number=each.number, name=each.bubble.name),
                each.bubble.department,
                _axes(each.bubble, words),
                _hours(each.bubble, words),
            )
        ],
    }


def _light(colour: str) -> str:
    """A light tint of a colour that nothing shines through."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    red, green, blue = (round(255 - (255 - part) * TINT) for part in parts)
    return f"#{red:02X}{green:02X}{blue:02X}"


def _axes(bubble: Bubble, words: Words) -> str:
    return words("figure.bubbles.axes", effect=bubble.effect, linking=bubble.linking)


def _hours(bubble: Bubble, words: Words) -> str:
    if bubble.hours is None:
        return words("figure.bubbles.hours_open")
    return words("figure.bubbles.hours", hours=words.level(bubble.hours))


def _axis() -> Part:
    """1 to 5, the grid between the grades, so that each has a cell."""
    edges = [grade + 0.5 for grade in GRADES[:-1]]
    return {
        "range": [GRADES[0] - 0.5, GRADES[-1] + 0.5],
        "tickvals": list(GRADES),
        "ticktext": [str(grade) for grade in GRADES],
        "tickfont": {"size": style.SMALL_SIZE, "color": style.QUIET},
        "showgrid": False,
        "minor": {"tickvals": edges, "showgrid": True, "gridcolor": style.GRID},
        "zeroline": False,
        "fixedrange": True,
        "showline": True,
        "linecolor": style.AXIS,
        "mirror": True,
        "ticks": "",
    }


def _title(said: str) -> Part:
    return {"text": said, "font": {"size": style.SMALL_SIZE, "color": style.QUIET}, "standoff": 6}


def _where_to_look() -> Part:
    """The corner of large effect and easy links, tinted."""
    return {
        "type": "rect",
        "x0": GRADES[0] - 0.5,
        "x1": FIRST,
        "y0": GRADES[-1] + 1 - FIRST,
        "y1": GRADES[-1] + 0.5,
        "fillcolor": style.ACCENT_FILL,
        "line": {"width": 0},
        "layer": "below",
    }
