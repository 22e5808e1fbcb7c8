"""Where the pace of the last rounds leads: their values ●, the line through them, and between which days it meets the target ○."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dxassess.assessment.arrival import Arrival
from dxassess.assessment.realism import YEAR
from dxassess.catalogue.model import Scale
from dxassess.figures import style
from dxassess.figures.style import Figure, Part
from dxassess.text import Words

HEIGHT, SIDE = 250, 0.06
CLOSE = 0.14
"""Ticks nearer than this share of the axis would write over each other."""


@dataclass(frozen=True, slots=True)
class Way:
    """The values of the rounds, each with its day, the target they go to, and what was made of them."""

    points: Sequence[tuple[date, Fraction]]
    target: Fraction | None
    found: Arrival


def draw(way: Way, scale: Scale, words: Words, title: str = "", top: Fraction | None = None) -> Figure:
    """Values on true days; from the newest on the paces that are possible as a fan, up to the target."""
    axis = style.value_axis(scale, words, values=[*(value for _, value in way.points), way.target, top])
    across = _days(way, words)
    frame = style.layout(
        title,
        HEIGHT,
        key=style.key(words, "current", *(("target",) if way.target is not None else ())),
        left=44,
        right=34,
        bottom=26 + style.rows_below(across),
        above=14,
    )
    frame["xaxis"], frame["yaxis"] = across, axis
    if not way.points:
        return style.empty(frame, words("figure.arrival.empty"))
    return {"data": [*_fan(way), *_line(way), _values(way, words), *_meeting(way, words)], "layout": frame}


def describe(way: Way, words: Words) -> str:
    """The chart in words: every value with its day, and the days between which the target is met."""
    if not way.points:
        return words("figure.arrival.empty")
    said = [
        words("figure.arrival.said", day=words.date(day), value=words.number(value))
        for day, value in way.points
    ]
    if way.found.earliest and way.found.latest:
        said.append(_between(way.found.earliest, way.found.latest, words))
    return words("common.comma").join(said)


def month(day: date, words: Words) -> str:
    """`2027年3月`, `March 2027`: an estimate is no surer than its month."""
    return words("figure.arrival.month", year=day.year, month=words.month(day.month))


def _between(earliest: date, latest: date, words: Words) -> str:
    return words("figure.arrival.between", earliest=month(earliest, words), latest=month(latest, words))


def _days(way: Way, words: Words) -> Part:
    known = [day for day, _ in way.points]
    marks = [*known[:1], *known[-1:], *((way.found.likely,) if way.found.likely else ())]
    ends = [day.toordinal() for day in (*known, *((way.found.latest,) if way.found.latest else ()))] or [0]
    reach = max(1, ends[-1] - ends[0])
    shown: list[date] = []
    for day in reversed(marks):
        if not shown or shown[-1].toordinal() - day.toordinal() > reach * CLOSE:
            shown.append(day)
    return {
        "range": [ends[0] - reach * SIDE, ends[-1] + reach * SIDE],
        "tickvals": [day.toordinal() for day in shown],
        "ticktext": [words("figure.kpi.tick", month=day.month, year=day.year) for day in shown],
        "tickfont": {"size": style.SMALL_SIZE, "color": style.QUIET},
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "linecolor": style.AXIS,
        "ticks": "",
    }


def _fan(way: Way) -> list[Part]:
    found = way.found
    if found.earliest is None or found.latest is None or way.target is None or found.since is None:
        return []
    begin = way.points[-1][0].toordinal()
    ends = (found.earliest.toordinal(), found.latest.toordinal())
    goal = float(way.target)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [begin, *ends, begin],
            "y": [found.start, goal, goal, found.start],
            "fill": "toself",
            "fillcolor": style.ACCENT_FILL,
            "line": {"color": style.ACCENT_SOFT, "width": 1, "dash": "2px,4px"},
            "hoverinfo": "skip",
        }
    ]


def _line(way: Way) -> list[Part]:
    """The line that was laid through the values, and on to the target where it gets there."""
    found = way.found
    if found.pace is None or found.start is None or found.since is None or found.until is None:
        return []
    length = Fraction((found.until - found.since).days, YEAR)
    xs, ys = (
        [found.since.toordinal(), found.until.toordinal()],
        [found.start - found.pace * float(length), found.start],
    )
    if found.likely and way.target is not None:
        xs, ys = [*xs, found.likely.toordinal()], [*ys, float(way.target)]
    line = {"color": style.ACCENT, "width": 1.75, "dash": "4px,4px"}
    return [{"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line, "hoverinfo": "skip"}]


def _values(way: Way, words: Words) -> Part:
    last = len(way.points) - 1
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [day.toordinal() for day, _ in way.points],
        "y": [float(value) for _, value in way.points],
        "marker": {**style.CURRENT, "size": 10},
        "text": [words.number(value) if at in (0, last) else "" for at, (_, value) in enumerate(way.points)],
        "textposition": "bottom center",
        "textfont": {"size": style.TEXT_SIZE, "color": style.ACCENT},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            style.hover(words("figure.arrival.said", day=words.date(day), value=words.number(value)))
            for day, value in way.points
        ],
    }


def _meeting(way: Way, words: Words) -> list[Part]:
    """The target on its line: over the interval of days where there is one, else at the newest round."""
    if way.target is None:
        return []
    goal, newest = float(way.target), way.points[-1][0]
    found = way.found
    days = (found.earliest, found.latest) if found.earliest and found.latest else None
    at = found.likely or newest
    bar = {
        "type": "scatter",
        "mode": "lines",
        "x": [day.toordinal() for day in days or ()],
        "y": [goal] * len(days or ()),
        "line": {"color": style.ACCENT, "width": 4},
        "hoverinfo": "skip",
    }
    mark = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [at.toordinal()],
        "y": [goal],
        "marker": style.TARGET,
        "text": [words.number(way.target)],
        "textposition": "top center",
        "textfont": {"size": style.TEXT_SIZE, "color": style.ACCENT},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [style.hover(_between(*days, words)) if days else ""],
    }
    return [*([bar] if days else []), mark]
