"""Every item in one view: a line from today to the target, keys bold, groups apart.

An item without a level of today has its sign in the right-hand margin (`?`, `–` or an empty outline), never at level 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dxassess.assessment.model import State
from dxassess.catalogue.model import Scale
from dxassess.figures import style
from dxassess.figures.lettering import escaped, lines, width
from dxassess.figures.style import Figure, Part, Value
from dxassess.text import Words

LABEL, WIDE_LABEL = 10.4, 26.0
"""Widest label in em: broken so that a phone keeps room for the scale, or (asked for) in one line."""
INDENT, LINE, ROW, GAP, HEADING = 8, 16, 27, 12, 24


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """One item. `state` says why there is no `current`; `group` is the label of the group it belongs to."""

    code: str
    label: str
    current: Value
    target: Value
    last: Value
    state: State
    key: bool
    group: str


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with its label broken, its place in pixels from the top and its hover text."""

    row: DumbbellRow
    label: tuple[str, ...]
    y: float
    hover: str


def draw(
    rows: Sequence[DumbbellRow], scale: Scale, words: Words, title: str | None = None, *, wide: bool = False
) -> Figure:
    """All rows in the order given; neighbours of one group stand together. `wide`: labels in one line, for a large screen.

    `title` is the sentence above, `""` for none.
    """
    placed, headings, height = _laid_out(rows, WIDE_LABEL if wide else LABEL, scale, words)
    filled = _filled(rows)
    frame = style.layout(
        headline(rows, words) if title is None else title,
        max(height, 240),
        key=_key(rows, words),
        left=_left(placed),
        right=_right(rows, words),
        bottom=36,
        above=26,
    )
    frame["xaxis"] = {**style.value_axis(scale, words), "side": "top"}
    frame["yaxis"] = style.paper_axis(max(height, 240))
    if not filled:
        return style.empty(
            {**frame, "margin": {**frame["margin"], "l": 36, "r": 36}}, words("figure.dumbbell.empty")
        )
    frame["shapes"] = [_rule(item.y, *frame["xaxis"]["range"]) for item in placed]
    frame["annotations"] += [
        *_foot(frame["xaxis"]),
        *(_heading(label, y, frame) for label, y in headings),
        *(part for item in placed for part in _words(item, frame["margin"]["l"], words)),
    ]
    return {"data": _traces(placed), "layout": frame}


def describe(rows: Sequence[DumbbellRow], scale: Scale, words: Words) -> str:
    """The chart in sentences, one item after the other."""
    if not _filled(rows):
        return words("figure.dumbbell.empty")
    return "\n".join(_said(row, scale, words) for row in rows)


def headline(rows: Sequence[DumbbellRow], words: Words) -> str:
    """The sentence above the chart."""
    if not _filled(rows):
        return words("figure.dumbbell.title_empty")
    aimed = any(row.target is not None for row in rows)
    return words("figure.dumbbell.title" if aimed else "figure.dumbbell.title_no_target")


def _filled(rows: Sequence[DumbbellRow]) -> bool:
    return any(row.current is not None or row.target is not None for row in rows)


def _key(rows: Sequence[DumbbellRow], words: Words) -> tuple[str, ...]:
    """Explains the marks that occur: today and target always, last time and signs only where one stands."""
    states = [state.value for state in style.STATE_SIGNS if any(_sign(row) is state for row in rows)]
    last = ["last"] if any(row.last is not None for row in rows) else []
    return style.key(words, "current", "target", *last, *states)


def _sign(row: DumbbellRow) -> State | None:
    """The state that stands in the margin in place of a level."""
    if row.current is not None:
        return None
    return State.OPEN if row.state is State.ANSWERED else row.state


def _laid_out(
    rows: Sequence[DumbbellRow], ems: float, scale: Scale, words: Words
) -> tuple[list[_Placed], list[tuple[str, float]], float]:
    """Rows and group headings from the top down; a group that opens with its key item needs no heading."""
    placed: list[_Placed] = []
    headings: list[tuple[str, float]] = []
    y = 0.0
    for group, members in groupby(rows, key=lambda row: row.group):
        found = list(members)
        y += GAP if placed else 4
        if group and not found[0].key:
            headings.append((group, y + HEADING / 2))
            y += HEADING
        for row in found:
            label = lines(f"{row.code} {row.label}", ems)
            high = ROW + LINE * (len(label) - 1)
            placed.append(_Placed(row, label, y + high / 2, _hover(row, scale, words)))
            y += high
    return placed, headings, y + 4


def _left(placed: Sequence[_Placed]) -> int:
    """Room for the widest line of all labels, so that none is cut."""
    widest = max((_indented(item, width(line)) for item in placed for line in item.label), default=0)
    return round(style.EDGE + widest + 14)


def _right(rows: Sequence[DumbbellRow], words: Words) -> int:
    """Room for the widest pair of figures on the right."""
    widest = max((width(_figures(row, words, bold=False)) for row in rows), default=0)
    return round(14 + widest * style.TEXT_SIZE + 8)


def _indented(item: _Placed, ems: float) -> float:
    return ems * style.SMALL_SIZE * 1.08 if item.row.key else ems * style.SMALL_SIZE + INDENT


def _rule(y: float, low: float, high: float) -> Part:
    line = {"color": style.GRID, "width": 1}
    return {"type": "line", "x0": low, "x1": high, "y0": y, "y1": y, "line": line, "layer": "below"}


def _foot(axis: Part) -> list[Part]:
    """The levels once more below the last row: the chart is taller than a screen."""
    place: Part = {"yref": "paper", "xanchor": "center", "yanchor": "top", "yshift": -4}
    return [
        style.text(x, 0, label, **place) for x, label in zip(axis["tickvals"], axis["ticktext"], strict=True)
    ]


def _heading(label: str, y: float, frame: Part) -> Part:
    shift = style.EDGE - frame["margin"]["l"]
    return style.text(0, y, escaped(label), xref="paper", xanchor="left", xshift=shift, yanchor="middle")


def _words(item: _Placed, left: int, words: Words) -> Iterator[Part]:
    """The label on the left and, on the right, today and target in figures or the sign of the state."""
    row = item.row
    label = "<br>".join(escaped(line) for line in item.label)
    yield style.text(
        0,
        item.y,
        f"<b>{label}</b>" if row.key else label,
        xref="paper",
        xanchor="left",
        xshift=style.EDGE - left + (0 if row.key else INDENT),
        yanchor="middle",
        color=style.INK,
        hovertext=item.hover,
    )
    yield style.text(
        1,
        item.y,
        _figures(row, words),
        xref="paper",
        xanchor="left",
        xshift=14,
        yanchor="middle",
        size=style.TEXT_SIZE,
        color=style.INK,
        hovertext=item.hover,
    )


def _figures(row: DumbbellRow, words: Words, *, bold: bool = True) -> str:
    sign = _sign(row)
    now = words.level(row.current) if sign is None else style.STATE_SIGNS[sign]
    now = f"<b>{now}</b>" if bold else now
    return now if row.target is None else f"{now} → {words.level(row.target)}"


def _traces(placed: Sequence[_Placed]) -> list[Part]:
    texts = [item.hover for item in placed]
    ys = [item.y for item in placed]

    def marks(values: Sequence[Value], marker: Part) -> Part:
        return {
            "type": "scatter",
            "mode": "markers",
            "x": [style.place(value) for value in values],
            "y": ys,
            "marker": marker,
            "cliponaxis": False,
            "hoverinfo": "text",
            "hovertext": texts,
        }

    return [
        _connectors(placed),
        marks([item.row.target for item in placed], style.TARGET),
        marks([item.row.last for item in placed], style.LAST),
        marks([item.row.current for item in placed], style.CURRENT),
    ]


def _connectors(placed: Sequence[_Placed]) -> Part:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for item in placed:
        if item.row.current is not None and item.row.target is not None:
            xs += [style.place(item.row.current), style.place(item.row.target), None]
            ys += [item.y, item.y, None]
    line = {"color": style.ACCENT_SOFT, "width": 4}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": line,
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _now(row: DumbbellRow, scale: Scale, words: Words) -> str:
    sign = _sign(row)
    if sign is not None:
        return words(f"figure.state.{sign.value}")
    names = [words.of(level.name) for level in scale.levels if level.value == row.current]
    value = words.level(row.current)
    if names:
        return words("figure.hover.level", value=value, name=names[0])
    return words("figure.hover.now", value=value)


def _hover(row: DumbbellRow, scale: Scale, words: Words) -> str:
    found = [f"{row.code} {row.label}", _now(row, scale, words)]
    for name, value in (("target", row.target), ("last", row.last)):
        if value is not None:
            found.append(words(f"figure.hover.{name}", value=words.level(value)))
    return style.hover(*found)


def _said(row: DumbbellRow, scale: Scale, words: Words) -> str:
    target = words.level(row.target)
    return words(
        "figure.dumbbell.said", label=f"{row.code} {row.label}", now=_now(row, scale, words), target=target
    )
