"""Impact and effort: each action a numbered point, four corners in words. Which number is which stands in a list below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from dxassess.figures import style
from dxassess.figures.lettering import escaped, lettered, width
from dxassess.figures.style import Figure, Part
from dxassess.text import Words

HEIGHT = 360
ABOVE, BELOW = 0.32, 0.22
"""Room over the highest point and under zero, as a share of the highest, for the words of the corners."""
WORDS = 10.0
"""Em of the words in a corner before they break: half the axis of a phone."""
MARK, LABEL, FREE = 12, 15, 38
"""Pixels: a point, the height of a label, what the words of a corner take."""
STEP = 16
CORNERS = (("quick", 0, 1), ("large", 1, 1), ("small", 0, 0), ("heavy", 1, 0))


@dataclass(frozen=True, slots=True)
class Point:
    """An action: its number in the list, its effort in person-days, and by how many levels it alone lifts the average."""

    number: int
    title: str
    effort: Decimal
    lift: Fraction


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where one or more points stand, in pixels from the lower left on a phone, and how far above it (or below) their numbers are."""

    points: tuple[Point, ...]
    x: float
    y: float
    label: str
    shift: float = 0.0

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of the label."""
        half = (width(self.label) * style.TEXT_SIZE + 6) / 2
        middle = self.y + self.shift
        return self.x - half, self.x + half, middle - LABEL / 2, middle + LABEL / 2


def draw(points: Sequence[Point], words: Words) -> Figure:
    """All points; several at one place share a label."""
    across, up = _reach(points)
    frame = style.layout("", HEIGHT, left=48, right=24, bottom=52, above=26)
    frame["xaxis"] = {**_axis(across, words), "zeroline": False, "range": [-0.04 * across, 1.06 * across]}
    frame["yaxis"] = {**_axis(up, words), "range": [-BELOW * up, (1 + ABOVE) * up]}
    if not points:
        return style.empty(frame, words("figure.matrix.empty"))
    frame["shapes"] = [_line(across / 2, "x"), _line(up / 2, "y")]
    frame["annotations"] += [
        *_axis_names(words),
        *(_corner(name, right, top, words) for name, right, top in CORNERS),
        *(_number(spot) for spot in placed(points)),
    ]
    return {"data": [_marks(points, words)], "layout": frame}


def describe(points: Sequence[Point], words: Words) -> str:
    """The chart in sentences, one action after the other."""
    return "\n".join(_said(point, words) for point in points) or words("figure.matrix.empty")


def placed(points: Sequence[Point]) -> list[_Spot]:
    """Every place once, each label as near above or below its point as no other label and no other point is.

    Labels move up and down only: on a wider screen points stand further apart, and so do their labels.
    """
    found: list[_Spot] = []
    spots = list(_spots(points))
    for spot in spots:
        free = (moved for moved in _moves(spot) if not _meets(moved, found, spots))
        found.append(next(free, spot))
    return found


def _reach(points: Sequence[Point]) -> tuple[float, float]:
    across = max((float(point.effort) for point in points), default=0.0)
    up = max((float(point.lift) for point in points), default=0.0)
    return across or 1.0, up or 1.0


def _spots(points: Sequence[Point]) -> Iterator[_Spot]:
    across, up = _reach(points)
    places: dict[tuple[Decimal, Fraction], list[Point]] = {}
    for point in points:
        places.setdefault((point.effort, point.lift), []).append(point)
    for (effort, lift), there in places.items():
        x = (float(effort) / across + 0.04) / 1.1 * style.PHONE_AXIS
        y = (float(lift) / up + BELOW) / (1 + ABOVE + BELOW) * HEIGHT
        yield _Spot(tuple(there), x, y, ",".join(str(point.number) for point in there))


def _moves(spot: _Spot) -> Iterator[_Spot]:
    """The label nearer and farther, above before below, inside the drawing and clear of the words of the corners."""
    shifts = chain.from_iterable((far, -far) for far in range(STEP, HEIGHT, STEP // 2))
    for shift in shifts:
        if FREE < spot.y + shift < HEIGHT - FREE:
            yield _Spot(spot.points, spot.x, spot.y, spot.label, shift)


def _meets(moved: _Spot, labels: Sequence[_Spot], spots: Sequence[_Spot]) -> bool:
    left, right, bottom, top = moved.box
    boxes = [label.box for label in labels]
    half = MARK / 2
    boxes += [(spot.x - half, spot.x + half, spot.y - half, spot.y + half) for spot in spots]
    return any(left < r and lo < right and bottom < hi and down < top for lo, r, down, hi in boxes)


def _axis(reach: float, words: Words) -> Part:
    places = style.round_steps(0.0, reach)
    return {
        "tickvals": places,
        "ticktext": [words.level(place) for place in places],
        "tickfont": {"size": style.SMALL_SIZE, "color": style.QUIET},
        "tickangle": 0,
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": style.AXIS,
        "fixedrange": True,
        "ticks": "",
    }


def _line(place: float, axis: str) -> Part:
    """Between a half and the other."""
    other = "y" if axis == "x" else "x"
    line = {"color": style.GRID, "width": 2}
    ends = {f"{axis}0": place, f"{axis}1": place, f"{other}0": 0, f"{other}1": 1, f"{other}ref": "paper"}
    return {"type": "line", "line": line, "layer": "below", **ends}


def _axis_names(words: Words) -> Iterator[Part]:
    paper: Part = {"xref": "paper", "yref": "paper"}
    across, up = words("figure.matrix.effort"), words("figure.matrix.lift")
    yield style.text(1, 0, escaped(across), **paper, xanchor="right", yanchor="top", yshift=-24)
    yield style.text(0, 1, escaped(up), **paper, xanchor="left", yanchor="bottom", xshift=-40, yshift=4)


def _corner(name: str, right: int, top: int, words: Words) -> Part:
    side = "right" if right else "left"
    return style.text(
        right,
        top,
        lettered(words(f"figure.matrix.{name}"), WORDS),
        xref="paper",
        yref="paper",
        xanchor=side,
        align=side,
        yanchor="top" if top else "bottom",
        yshift=-2 if top else 2,
    )


def _number(spot: _Spot) -> Part:
    """The numbers of a place, with a thin line to their point."""
    point = spot.points[0]
    return {
        **style.text(float(point.effort), float(point.lift), f"<b>{escaped(spot.label)}</b>"),
        **{"font": {"size": style.TEXT_SIZE, "color": style.INK}},
        **{"showarrow": True, "ax": 0, "ay": -spot.shift, "arrowhead": 0, "arrowwidth": 1},
        **{"arrowcolor": style.AXIS, "standoff": MARK / 2, "borderpad": 0, "name": "number"},
    }


def _marks(points: Sequence[Point], words: Words) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [style.place(point.effort) for point in points],
        "y": [style.place(point.lift) for point in points],
        "marker": style.CURRENT,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [style.hover(*_said(point, words).split("\n")) for point in points],
    }


def _said(point: Point, words: Words) -> str:
    return words(
        "figure.matrix.said",
        number=point.number,
        title=point.title,
        effort=words.level(point.effort),
        lift=words.signed(point.lift),
    )
