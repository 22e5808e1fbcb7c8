"""What was published of an average, group by group and year by year, beside one's own. Never joined by a line: the companies differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxassess.catalogue.model import PublishedAverage, Scale
from dxassess.figures import style
from dxassess.figures.lettering import lettered
from dxassess.figures.style import Figure, Part
from dxassess.text import Words

ROW, LABEL_UP = 46, 17


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One published figure and whom it is about, in words; `beside`: the one that stands beside one's own value."""

    average: PublishedAverage
    group: str
    beside: bool


def draw(
    rows: Sequence[PublishedRow], own: Fraction | None, scale: Scale, words: Words, title: str = ""
) -> Figure:
    """A row per published figure, the value on the scale, who and how many above it; one's own value runs through all rows."""
    height = ROW * max(len(rows), 2)
    axis = style.value_axis(scale, words, names=True, values=[own])
    frame = style.layout(
        title,
        height,
        key=style.key(words, *(("current",) if own is not None else ()), "published"),
        left=36,
        right=48,
        bottom=28 + style.rows_below(axis),
        above=8,
    )
    frame["xaxis"], frame["yaxis"] = axis, style.paper_axis(height)
    if not rows:
        return style.empty(frame, words("figure.published.empty"))
    low = axis["range"][0]
    frame["annotations"] += [_label(at, row, low, words) for at, row in enumerate(rows)]
    return {"data": [*_own(own, len(rows), words), _marks(rows, words)], "layout": frame}


def describe(rows: Sequence[PublishedRow], words: Words) -> str:
    """Every figure in words."""
    if not rows:
        return words("figure.published.empty")
    return "\n".join(_said(row, words) for row in rows)


def _said(row: PublishedRow, words: Words) -> str:
    return words(
        "figure.published.said", about=_about(row, words), value=words.number(row.average.current_mean)
    )


def _about(row: PublishedRow, words: Words) -> str:
    number = row.average.n
    n = words("figure.published_n", n=words.number(number, 0)) if number else words("figure.published.no_n")
    return words("figure.published.about", year=row.average.year, group=row.group, n=n)


def _label(at: int, row: PublishedRow, low: float, words: Words) -> Part:
    about = lettered(_about(row, words), 40)
    return style.text(
        low,
        at * ROW + LABEL_UP,
        f"<b>{about}</b>" if row.beside else about,
        xanchor="left",
        yanchor="bottom",
        xshift=-4,
        color=style.INK if row.beside else style.QUIET,
    )


def _own(own: Fraction | None, rows: int, words: Words) -> list[Part]:
    if own is None:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines+markers+text",
            "x": [float(own)] * 2,
            "y": [0, rows * ROW],
            "line": {"color": style.ACCENT, "width": 1.5},
            "marker": {**style.CURRENT, "size": [0, 12]},
            "text": ["", words.number(own)],
            "textposition": "top right",
            "textfont": {"size": 15, "color": style.ACCENT},
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    ]


def _marks(rows: Sequence[PublishedRow], words: Words) -> Part:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [row.average.current_mean for row in rows],
        "y": [at * ROW + LABEL_UP + 11 for at in range(len(rows))],
        "marker": {
            **style.PUBLISHED_MARK,
            "symbol": ["diamond" if row.beside else "diamond-open" for row in rows],
        },
        "text": [words.number(row.average.current_mean) for row in rows],
        "textposition": "middle right",
        "textfont": {"size": style.TEXT_SIZE, "color": style.QUIET},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [style.hover(_said(row, words), row.average.source) for row in rows],
    }
