"""Every item as the roles see it: a mark per role at its mean, a thin line over its votes, a band from view to view.

Rows stand in the order given, the largest part due to roles first; that part is the figure on the right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dxassess.catalogue.model import Scale
from dxassess.figures import style
from dxassess.figures.dumbbell import LABEL
from dxassess.figures.lettering import escaped, lines, width
from dxassess.figures.roles import role_key, role_marks
from dxassess.figures.style import Figure, Part, RoleMark, Value
from dxassess.text import Words

LANE, PAD, LINE, SIZE = 10, 12, 16, 10
"""Pixels: height of a role's lane, space between two rows, a line of a label, a mark."""
BAND = "rgba(20,83,154,0.10)"


@dataclass(frozen=True, slots=True)
class RolePoint:
    """What one role says of an item: the mean of `n` levels, its lowest and its highest. Only roles with a level."""

    role: str
    mean: Value
    low: Value
    high: Value
    n: int


@dataclass(frozen=True, slots=True)
class RecognitionRow:
    """One item. `mean`: mean pairwise difference of its `n` votes in levels; `due`: its part due to roles."""

    code: str
    label: str
    points: tuple[RolePoint, ...]
    mean: Value
    due: Value
    n: int

    @property
    def name(self) -> str:
        """Number and title."""
        return f"{self.code} {self.label}"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with its label broken, where it begins and ends in pixels from the top, and its hover text."""

    row: RecognitionRow
    label: tuple[str, ...]
    top: float
    bottom: float
    hover: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def draw(
    rows: Sequence[RecognitionRow],
    roles: Mapping[str, str],
    scale: Scale,
    words: Words,
    title: str | None = None,
) -> Figure:
    """The rows in the order given. `roles`: the label of every role that occurs, in the order of their lanes.

    `title` is the sentence above, `""` for none.
    """
    placed, height = _laid_out(rows, roles, words)
    frame = style.layout(
        headline(rows, words) if title is None else title,
        max(height, 240),
        key=_key(roles, words),
        left=_left(placed),
        right=_right(rows, words),
        bottom=36,
        above=26,
    )
    frame["xaxis"] = {**style.value_axis(scale, words), "side": "top"}
    frame["yaxis"] = style.paper_axis(max(height, 240))
    if not rows:
        bare = {**frame, "margin": {**frame["margin"], "l": 36, "r": 36}}
        return style.empty(bare, words("figure.recognition.empty"))
    frame["shapes"] = [part for item in placed for part in _ground(item, *frame["xaxis"]["range"])]
    frame["annotations"] += [*_foot(frame["xaxis"])]
    for item in placed:
        frame["annotations"] += _words(item, frame["margin"]["l"], words)
    return {"data": _traces(placed, roles), "layout": frame}


def describe(rows: Sequence[RecognitionRow], roles: Mapping[str, str], words: Words) -> str:
    """The chart in sentences, one item after the other."""
    if not rows:
        return words("figure.recognition.empty")
    return "\n".join(
        words(
            "figure.recognition.said",
            label=row.name,
            views=words("common.comma").join(_views(row, roles, words)),
            difference=_difference(row, words),
        )
        for row in rows
    )


def headline(rows: Sequence[RecognitionRow], words: Words) -> str:
    """The sentence above the chart: the item with the largest part due to roles.

    Where some role has a single vote everywhere that part cannot be told: then the first item, on which people differ most.
    """
    if not rows:
        return words("figure.recognition.title_empty")
    due = rows[0].due
    if due is None:
        return words("figure.recognition.title_alone", label=rows[0].name)
    if due <= 0:
        return words("figure.recognition.title_even")
    return words("figure.recognition.title", label=rows[0].name)


def _key(roles: Mapping[str, str], words: Words) -> tuple[str, ...]:
    return (*role_key(roles), words("figure.recognition.key_spread"), words("figure.recognition.key_due"))


def _laid_out(
    rows: Sequence[RecognitionRow], roles: Mapping[str, str], words: Words
) -> tuple[list[_Placed], float]:
    """Rows from the top down, each as high as its lanes or its label need."""
    placed: list[_Placed] = []
    y = PAD / 2
    for row in rows:
        label = lines(row.name, LABEL)
        high = max(LANE * len(row.points), LINE * len(label), 2 * LANE)
        placed.append(_Placed(row, label, y, y + high, _hover(row, roles, words)))
        y += high + PAD
    return placed, y


def _left(placed: Sequence[_Placed]) -> int:
    """Room for the widest line of all labels, so that none is cut."""
    widest = max((width(line) for item in placed for line in item.label), default=0)
    return round(style.EDGE + widest * style.SMALL_SIZE + 14)


def _right(rows: Sequence[RecognitionRow], words: Words) -> int:
    widest = max((width(words.number(row.due)) for row in rows), default=0)
    return round(14 + widest * style.TEXT_SIZE + 8)


def _ground(item: _Placed, low: float, high: float) -> list[Part]:
    """A line under the row, and the band from the lowest to the highest role."""
    y = item.bottom + PAD / 2
    rule = {"color": style.GRID, "width": 1}
    found: list[Part] = [
        {"type": "line", "x0": low, "x1": high, "y0": y, "y1": y, "line": rule, "layer": "below"}
    ]
    means = [float(point.mean) for point in item.row.points if point.mean is not None]
    if len(means) > 1:
        band: Part = {"type": "rect", "x0": min(means), "x1": max(means), "y0": item.top, "y1": item.bottom}
        found.append({**band, "fillcolor": BAND, "line": {"width": 0}, "layer": "below"})
    return found


def _foot(axis: Part) -> list[Part]:
    """The levels once more below the last row: the chart is taller than a screen."""
    place: Part = {"yref": "paper", "xanchor": "center", "yanchor": "top", "yshift": -4}
    return [
        style.text(x, 0, label, **place) for x, label in zip(axis["tickvals"], axis["ticktext"], strict=True)
    ]


def _words(item: _Placed, left: int, words: Words) -> list[Part]:
    """The label on the left, the part due to roles on the right."""
    place: Part = {"xref": "paper", "xanchor": "left", "yanchor": "middle", "color": style.INK}
    label = "<br>".join(escaped(line) for line in item.label)
    due = f"<b>{words.number(item.row.due)}</b>"
    return [
        style.text(0, item.middle, label, xshift=style.EDGE - left, hovertext=item.hover, **place),
        style.text(1, item.middle, due, xshift=14, size=style.TEXT_SIZE, hovertext=item.hover, **place),
    ]


def _traces(placed: Sequence[_Placed], roles: Mapping[str, str]) -> list[Part]:
    """For each role the lines over its votes, then its marks."""
    marks = role_marks(list(roles))
    found: list[Part] = []
    for role in roles:
        own = [(item, point, y) for item in placed for point, y in _lanes(item) if point.role == role]
        found += [_spread(own, marks[role]), _means(own, marks[role])]
    return found


def _lanes(item: _Placed) -> list[tuple[RolePoint, float]]:
    """The roles of a row, one below the other around its middle."""
    points = item.row.points
    first = item.middle - LANE * (len(points) - 1) / 2
    return [(point, first + LANE * number) for number, point in enumerate(points)]


def _spread(own: Sequence[tuple[_Placed, RolePoint, float]], mark: RoleMark) -> Part:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for _, point, y in own:
        xs += [style.place(point.low), style.place(point.high), None]
        ys += [y, y, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": {"color": mark.colour, "width": 1.5},
        "opacity": 0.6,
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _means(own: Sequence[tuple[_Placed, RolePoint, float]], mark: RoleMark) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [style.place(point.mean) for _, point, _ in own],
        "y": [y for _, _, y in own],
        "marker": {"symbol": mark.symbol, "size": SIZE, "color": mark.colour, "line": {"width": 0}},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [item.hover for item, _, _ in own],
    }


def _views(row: RecognitionRow, roles: Mapping[str, str], words: Words) -> list[str]:
    return [
        words(
            "figure.recognition.view_alike" if point.low == point.high else "figure.recognition.view",
            role=roles[point.role],
            mean=words.number(point.mean),
            n=point.n,
            low=words.level(point.low),
            high=words.level(point.high),
        )
        for point in row.points
    ]


def _difference(row: RecognitionRow, words: Words) -> str:
    return words(
        "figure.recognition.difference", mean=words.number(row.mean), due=words.number(row.due), n=row.n
    )


def _hover(row: RecognitionRow, roles: Mapping[str, str], words: Words) -> str:
    return style.hover(row.name, *_views(row, roles, words), _difference(row, words))
