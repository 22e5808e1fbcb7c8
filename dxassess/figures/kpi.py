"""A KPI over its periods: its values ●, the baseline they started from, and the target ○ they go to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from dxassess.figures import style
from dxassess.figures.ledger import number_axis
from dxassess.figures.lettering import escaped
from dxassess.figures.style import Figure, Part
from dxassess.text import Words

HEIGHT, ROOM = 240, 6
MARGIN_DAYS = 20


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one period; `counts`: whether it is in the sums."""

    first: date
    last: date
    amount: Decimal
    counts: bool


@dataclass(frozen=True, slots=True)
class Series:
    """The points in the order of time, with the lines they are looked at beside; None where there is none."""

    points: Sequence[Point]
    baseline: Decimal | None
    target: Decimal | None


def draw(series: Series, words: Words, unit: str, title: str = "") -> Figure:
    """The line of the values, interrupted where a period has none; baseline and target as lines across."""
    known = [each for each in (series.baseline, series.target) if each is not None]
    values = [float(each) for each in (*known, *(point.amount for point in series.points))]
    across = _days(series.points, words)
    frame = style.layout(
        title,
        HEIGHT,
        key=_key(words),
        left=84,
        right=34,
        bottom=26 + style.rows_below(across),
        above=24,
    )
    frame["xaxis"], frame["yaxis"] = across, number_axis(values, words)
    if not series.points:
        return style.empty(frame, words("figure.kpi.empty"))
    unit_above = {"xanchor": "right", "yanchor": "bottom", "xshift": -6, "yshift": 6}
    frame["annotations"].append(style.text(0, 1, escaped(unit), xref="paper", yref="paper", **unit_above))
    lines = _across(series, frame["xaxis"]["range"])
    return {"data": [*lines, _values(series.points, words, unit)], "layout": frame}


def describe(series: Series, words: Words, unit: str) -> str:
    """The chart in words: every value with the last day of its period."""
    if not series.points:
        return words("figure.kpi.empty")
    return words("common.comma").join(_said(point, words, unit) for point in series.points)


def _key(words: Words) -> tuple[str, ...]:
    marks = (
        ("●", style.ACCENT, "counted"),
        ("●", style.AXIS, "not_counted"),
        ("┈", style.QUIET, "baseline"),
        ("┅", style.ACCENT, "target"),
    )
    names = [
        f'<span style="color:{colour}"><b>{sign}</b></span> {words(f"figure.kpi.{name}")}'
        for sign, colour, name in marks
    ]
    return tuple(" &nbsp; ".join(names[start : start + 2]) for start in (0, 2))


def _days(points: Sequence[Point], words: Words) -> Part:
    """An axis of days, with a label below every so many periods, counted back from the newest."""
    step = max(1, -(-len(points) // ROOM))
    shown = list(points[::-1][::step][::-1])
    ends = [point.last.toordinal() for point in points] or [0]
    return {
        "range": [min(ends) - MARGIN_DAYS, max(ends) + MARGIN_DAYS],
        "tickvals": [point.last.toordinal() for point in shown],
        "ticktext": [
            words("figure.kpi.tick", month=point.last.month, year=point.last.year) for point in shown
        ],
        "tickfont": {"size": style.SMALL_SIZE, "color": style.QUIET},
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "linecolor": style.AXIS,
        "ticks": "",
    }


def _across(series: Series, reach: Sequence[float]) -> list[Part]:
    looks = (
        (series.baseline, {"color": style.QUIET, "width": 1.5, "dash": "2px,4px"}),
        (series.target, {"color": style.ACCENT, "width": 1.75, "dash": "4px,4px"}),
    )
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(reach),
            "y": [float(level)] * 2,
            "line": line,
            "hoverinfo": "skip",
        }
        for level, line in looks
        if level is not None
    ]


def _values(points: Sequence[Point], words: Words, unit: str) -> Part:
    xs: list[int] = []
    ys: list[float | None] = []
    texts: list[str] = []
    colours: list[str] = []
    for before, point in pairwise((None, *points)):
        assert point is not None
        if before is not None and (point.first - before.last).days > 1:
            xs, ys, texts, colours = (
                [*xs, point.first.toordinal()],
                [*ys, None],
                [*texts, ""],
                [*colours, style.AXIS],
            )
        xs.append(point.last.toordinal())
        ys.append(float(point.amount))
        texts.append(style.hover(_said(point, words, unit)))
        colours.append(style.ACCENT if point.counts else style.AXIS)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": xs,
        "y": ys,
        "connectgaps": False,
        "line": {"color": style.ACCENT, "width": 3},
        "marker": {"symbol": "circle", "size": 10, "color": colours},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": texts,
    }


def _said(point: Point, words: Words, unit: str) -> str:
    return words("figure.kpi.said", day=words.date(point.last), amount=words.level(point.amount), unit=unit)
