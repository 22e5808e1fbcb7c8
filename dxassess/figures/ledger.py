"""The effect ledger over the quarters: what was gained since the start ● beside what was expected ○."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxassess.figures import style
from dxassess.figures.lettering import escaped
from dxassess.figures.style import Figure, Part
from dxassess.text import Number, Quarter, Words

HEIGHT, ROOM = 250, 8
"""Pixels of the drawing; how many quarters are labelled."""


@dataclass(frozen=True, slots=True)
class Point:
    """What came together up to the end of a quarter, in the unit of the chart."""

    quarter: Quarter
    measured: Number
    expected: Number


def draw(points: Sequence[Point], words: Words, unit: str, title: str = "") -> Figure:
    """Both lines over the quarters, from nothing up. `unit` stands above the axis."""
    across = _quarters(points, words)
    frame = style.layout(
        title,
        HEIGHT,
        key=_key(words),
        left=84,
        right=34,
        bottom=26 + style.rows_below(across),
        above=24,
    )
    frame["xaxis"], frame["yaxis"] = across, _amounts(points, words)
    if not points:
        return style.empty(frame, words("figure.ledger.empty"))
    frame["annotations"].append(_unit(unit))
    return {
        "data": [_line(points, words, unit, "expected"), _line(points, words, unit, "measured")],
        "layout": frame,
    }


def describe(points: Sequence[Point], words: Words, unit: str) -> str:
    """The chart in sentences, a quarter each."""
    if not points:
        return words("figure.ledger.empty")
    return "\n".join(_said(point, words, unit) for point in points)


def number_axis(values: Sequence[float], words: Words) -> Part:
    """An axis of round numbers over all `values` and nothing, with a little room above."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    high = high if high > low else low + 1.0
    room = (high - low) * 0.14
    places = style.round_steps(low, high)
    return {
        "range": [low - (room if low < 0 else 0), high + room],
        "tickvals": places,
        "ticktext": [written(place, words) for place in places],
        "tickfont": {"size": style.SMALL_SIZE, "color": style.QUIET},
        "gridcolor": style.GRID,
        "zeroline": True,
        "zerolinecolor": style.AXIS,
        "fixedrange": True,
        "ticks": "",
    }


def written(value: float, words: Words) -> str:
    """A round number at an axis: whole ones with their thousands apart."""
    return words.number(value, 0) if value == int(value) else words.level(value)


def _key(words: Words) -> tuple[str, ...]:
    marks = (("●", "measured"), ("○", "expected"))
    line = " &nbsp; ".join(
        f'<span style="color:{style.ACCENT}"><b>{sign}</b></span> {words(f"figure.ledger.{name}")}'
        for sign, name in marks
    )
    return (line,)


def _unit(unit: str) -> Part:
    return style.text(
        0,
        1,
        escaped(unit),
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="bottom",
        xshift=-6,
        yshift=6,
    )


def _amounts(points: Sequence[Point], words: Words) -> Part:
    values = [float(value) for point in points for value in (point.measured, point.expected)]
    return number_axis(values, words)


def _quarters(points: Sequence[Point], words: Words) -> Part:
    """A label below every quarter, or every so many counted back from the newest; the year where it begins."""
    step = max(1, -(-len(points) // ROOM))
    shown = range(len(points) - 1, -1, -step)[::-1]
    return {
        "range": [-0.5, max(len(points), 1) - 0.5],
        "tickvals": list(shown),
        "ticktext": [_tick(points, place, place == shown[0], words) for place in shown],
        "tickfont": {"size": style.SMALL_SIZE, "color": style.QUIET},
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "linecolor": style.AXIS,
        "ticks": "",
    }


def _tick(points: Sequence[Point], place: int, first: bool, words: Words) -> str:
    quarter = points[place].quarter
    label = words("figure.quarter_tick", quarter=quarter.quarter, nth=0)
    if first or quarter.quarter == 1:
        year = words("figure.year_tick", year=f"{quarter.year % 100:02d}")
        return f"{label}<br>{year}"
    return label


def _line(points: Sequence[Point], words: Words, unit: str, name: str) -> Part:
    values = [float(getattr(point, name)) for point in points]
    is_measured = name == "measured"
    labels = [""] * (len(values) - 1) + [words.number(values[-1], 0)]
    return {
        "type": "scatter",
        "mode": "lines+markers+text" if is_measured else "lines+markers",
        "x": list(range(len(points))),
        "y": values,
        "line": {
            "color": style.ACCENT,
            "width": 3 if is_measured else 1.75,
            "dash": "solid" if is_measured else "4px,4px",
        },
        "marker": {**style.CURRENT, "size": 10} if is_measured else {**style.TARGET, "size": 11},
        "text": labels if is_measured else None,
        "textposition": "top center" if values[-1] >= float(points[-1].expected) else "bottom center",
        "textfont": {"size": style.TEXT_SIZE, "color": style.ACCENT},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [style.hover(_said(point, words, unit)) for point in points],
    }


def _said(point: Point, words: Words, unit: str) -> str:
    return words(
        "figure.ledger.said",
        quarter=words.short_quarter(point.quarter),
        measured=words.number(point.measured, 0),
        expected=words.number(point.expected, 0),
        unit=unit,
    )
