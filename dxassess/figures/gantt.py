"""The actions over time: a bar from start to due day, what is overdue marked by shape and word, what needs what by an arrow.

Each bar has its name, its days and its status in words above it, so that no colour is needed to read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dxassess.assessment.action import Action, Status
from dxassess.figures import style
from dxassess.figures.lettering import escaped, lines
from dxassess.figures.style import Figure, Part
from dxassess.text import Words

LABEL = 26.0
"""Em of a label before it breaks: it stands above its bar."""
LINE, BAR, GAP, TOP = 18, 14, 18, 24
TICKS = 5
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 24000)
"""Months from one label of the axis to the next."""
LEAST = 30
"""Days the axis spans at least."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a status is drawn: filled, outlined or hatched."""

    fill: str
    line: str
    hatch: str = ""
    ink: str = style.ACCENT_SOFT


LOOKS = {
    Status.IDEA: _Look(style.PAPER, style.ACCENT, "/"),
    Status.PLANNED: _Look(style.ACCENT_SOFT, style.ACCENT),
    Status.DOING: _Look(style.ACCENT, style.ACCENT),
    Status.DONE: _Look(style.AXIS, style.QUIET),
    Status.STOPPED: _Look(style.PAPER, style.QUIET, "x", style.AXIS),
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """An action with its lines of words, and where its bar stands in pixels from the top."""

    action: Action
    name: tuple[str, ...]
    about: tuple[str, ...]
    y: float

    @property
    def first(self) -> int:
        """Its first day as a number; the only one where one is known."""
        return _ends(self.action)[0].toordinal()

    @property
    def last(self) -> int:
        """The day after its last one."""
        return _ends(self.action)[1].toordinal() + 1


def draw(actions: Sequence[Action], today: date, words: Words) -> Figure:
    """A row for each action, in the order given; those without any day are left to the page."""
    placed, height = _laid_out([action for action in actions if action.start or action.due], today, words)
    frame = style.layout("", max(height, 200), left=36, right=36, bottom=30)
    frame["xaxis"] = _axis(placed, today, words)
    frame["yaxis"] = style.paper_axis(max(height, 200))
    if not placed:
        return style.empty(frame, words("figure.gantt.empty"))
    low = frame["xaxis"]["range"][0]
    frame["shapes"] = [_today(today, height), *(_delay(item, today) for item in _late(placed, today))]
    frame["annotations"] += [
        _today_said(today, words),
        *(_label(item, low) for item in placed),
        *_arrows(placed),
    ]
    late = list(_late(placed, today))
    return {"data": [_bars(placed, today, words), _days(placed), _marks(late)], "layout": frame}


def describe(actions: Sequence[Action], today: date, words: Words) -> str:
    """The chart in sentences, one action after the other."""
    said = [
        words("figure.gantt.said", title=action.title, about=about(action, today, words))
        for action in actions
        if action.start or action.due
    ]
    return "\n".join(said) or words("figure.gantt.empty")


def about(action: Action, today: date, words: Words) -> str:
    """Status and days of an action in words, and whether it is overdue."""
    status = words(f"action.status_{action.status}")
    if action.start and action.due:
        days = words("figure.gantt.days", start=words.date(action.start), due=words.date(action.due))
    elif action.start:
        days = words("figure.gantt.from", start=words.date(action.start))
    else:
        days = words("figure.gantt.until", due=words.date(_ends(action)[1]))
    key = "figure.gantt.late" if action.is_overdue(today) else "figure.gantt.about"
    return words(key, status=status, days=days)


def _ends(action: Action) -> tuple[date, date]:
    start, due = action.start or action.due, action.due or action.start
    assert start and due
    return start, due


def _laid_out(actions: Sequence[Action], today: date, words: Words) -> tuple[list[_Placed], float]:
    placed: list[_Placed] = []
    y = float(TOP)
    for action in actions:
        name, said = lines(action.title, LABEL, 2), lines(about(action, today, words), LABEL)
        y += LINE * (len(name) + len(said))
        placed.append(_Placed(action, name, said, y + BAR / 2 + 4))
        y += BAR + GAP
    return placed, y


def _axis(placed: Sequence[_Placed], today: date, words: Words) -> Part:
    """Days as numbers, labelled by months in the page's own words: Plotly's dates speak English."""
    low = min([today.toordinal(), *(item.first for item in placed)])
    high = max([today.toordinal(), low + LEAST, *(item.last for item in placed)])
    months = _months(low, high)
    return {
        "range": [low - (high - low) * 0.02, high + (high - low) * 0.02],
        "tickvals": [month.toordinal() for month in months],
        "ticktext": [words("figure.gantt.month", year=month.year, month=month.month) for month in months],
        "tickfont": {"size": style.SMALL_SIZE, "color": style.QUIET},
        "tickangle": 0,
        "gridcolor": style.GRID,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
    }


def _months(low: int, high: int) -> list[date]:
    """The first days of at most `TICKS` months between two days, evenly apart."""
    first, last = date.fromordinal(low), date.fromordinal(min(high, date.max.toordinal()))
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    if first.day > 1:
        start += 1
    step = next(step for step in STEPS if end - start < step * TICKS)
    shown = range(start + -start % step, end + 1, step)
    return [date(month // 12, month % 12 + 1, 1) for month in shown]


def _bars(placed: Sequence[_Placed], today: date, words: Words) -> Part:
    looks = [LOOKS[item.action.status] for item in placed]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [item.last - item.first for item in placed],
        "base": [item.first for item in placed],
        "y": [item.y for item in placed],
        "width": [BAR] * len(placed),
        "marker": {
            "color": [look.fill for look in looks],
            "line": {"color": [look.line for look in looks], "width": 1.5},
            "pattern": {
                "shape": [look.hatch for look in looks],
                "fgcolor": [look.ink for look in looks],
                "fillmode": "overlay",
                "size": 6,
            },
        },
        "hoverinfo": "text",
        "hovertext": [style.hover(item.action.title, about(item.action, today, words)) for item in placed],
    }


def _days(placed: Sequence[_Placed]) -> Part:
    """A point where a bar would be a single day, too narrow to be seen."""
    short = [item for item in placed if item.last - item.first == 1]
    looks = [LOOKS[item.action.status] for item in short]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [item.first + 0.5 for item in short] or [None],
        "y": [item.y for item in short] or [None],
        "marker": {
            "symbol": "circle",
            "size": BAR - 2,
            "color": [look.fill for look in looks],
            "line": {"color": [look.line for look in looks], "width": 2},
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _late(placed: Sequence[_Placed], today: date) -> Iterator[_Placed]:
    return (item for item in placed if item.action.is_overdue(today))


def _marks(late: Sequence[_Placed]) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [item.last for item in late] or [None],
        "y": [item.y for item in late] or [None],
        "marker": {
            "symbol": "diamond",
            "size": 13,
            "color": style.INK,
            "line": {"color": style.PAPER, "width": 1},
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _delay(item: _Placed, today: date) -> Part:
    """From the day it was due to today."""
    line = {"color": style.INK, "width": 2, "dash": "dot"}
    return {
        "type": "line",
        "x0": item.last,
        "x1": today.toordinal(),
        "y0": item.y,
        "y1": item.y,
        "line": line,
    }


def _today(today: date, height: float) -> Part:
    line = {"color": style.INK, "width": 1.5, "dash": "dash"}
    day = today.toordinal()
    return {"type": "line", "x0": day, "x1": day, "y0": TOP - 4, "y1": height, "line": line, "layer": "below"}


def _today_said(today: date, words: Words) -> Part:
    return style.text(
        today.toordinal(),
        TOP - 4,
        escaped(words("figure.gantt.today", day=words.date(today))),
        xanchor="auto",
        yanchor="bottom",
        color=style.INK,
    )


def _label(item: _Placed, low: float) -> Part:
    name = "<br>".join(escaped(line) for line in item.name)
    said = "<br>".join(escaped(line) for line in item.about)
    return style.text(
        low,
        item.y - BAR / 2 - 3,
        f'<b>{name}</b><br><span style="color:{style.QUIET}">{said}</span>',
        xanchor="left",
        yanchor="bottom",
        xshift=-12,
        size=style.SMALL_SIZE,
        color=style.INK,
        bgcolor="rgba(255,255,255,0.8)",
        borderpad=0,
    )


def _arrows(placed: Sequence[_Placed]) -> Iterator[Part]:
    """A thin arrow from the end of what is needed to the beginning of what needs it."""
    at = {item.action.id: item for item in placed}
    for item in placed:
        for need in sorted(item.action.needs):
            if need in at:
                yield {
                    **style.text(item.first, item.y, ""),
                    **{"ax": at[need].last, "ay": at[need].y, "axref": "x", "ayref": "y"},
                    **{"showarrow": True, "arrowhead": 2, "arrowwidth": 1, "arrowcolor": style.QUIET},
                }
