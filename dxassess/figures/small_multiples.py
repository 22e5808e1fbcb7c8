"""One small panel per group, three in a row, all on the same scale: where does it move, where does it stand still?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dxassess.assessment.model import Round
from dxassess.assessment.progress import Point
from dxassess.catalogue.model import Scale
from dxassess.figures import pulses, style, timeline
from dxassess.figures.lettering import lettered, lines
from dxassess.figures.style import Figure, Part
from dxassess.figures.timeline import Lines
from dxassess.text import Words

COLUMNS, PANEL, HEAD, LABEL_LINE = 3, 218, 102, 15
"""Panels in a row, height of a panel, how much of it its title takes, and what each line past the third adds to both."""
LABEL, LINES = 7.6, 3
CROWDED = 8
"""From more rounds than this on, the points are drawn smaller."""
_SPACE = 0.055


def draw(
    groups: Lines,
    scale: Scale,
    words: Words,
    title: str | None = None,
    top: Fraction | None = None,
    between: Lines = (),
) -> Figure:
    """Each group as (title, points of the closed rounds): today as a line, the target as dashes. `title`: `""` for none.

    `top` is the most a group can come to, where sums reach beyond the scale; `between` are the points after pulses, group by group.
    """
    rounds = timeline.rounds_of([*groups, *between])
    filled = timeline.filled(groups)
    shown = groups if filled else [("", ())] * COLUMNS
    rows = -(-len(shown) // COLUMNS)
    tallest = max(len(lines(label, LABEL)) for label, _ in shown)
    more = LABEL_LINE * max(0, tallest - LINES)
    high = PANEL + more
    frame = style.layout(
        headline(groups, words) if title is None else title,
        high * rows,
        key=style.key(words, "current_line", "target_line", *pulses.key(between)),
        left=34,
        right=22,
        bottom=78,
    )
    axis = style.value_axis(scale, words, values=[*timeline.values_of(groups), top])
    for number in range(len(shown)):
        frame[_axis("xaxis", number)] = _across(number, rounds, words)
        frame[_axis("yaxis", number)] = _up(number, rows, (HEAD + more) / high, axis)
    if not filled:
        return style.empty(frame, words("figure.small_multiples.empty"), _nowhere(len(shown)))
    frame["annotations"] += _words_of(groups, rounds, words)
    lined = enumerate(groups)
    data = [part for number, line in lined for part in _traces(number, line, rounds, words, between)]
    return {"data": data, "layout": frame}


def _words_of(groups: Lines, rounds: Sequence[Round], words: Words) -> list[Part]:
    """What is written on the panels."""
    return [
        *(_name(number, line, words) for number, line in enumerate(groups)),
        *(part for number in range(len(groups)) for part in _ends(number, len(groups), rounds, words)),
        *_remark(groups, rounds, words),
    ]


def _nowhere(panels: int) -> list[Part]:
    """What keeps empty panels standing."""
    return [
        {**style.NOTHING, "xaxis": _axis("x", number), "yaxis": _axis("y", number)}
        for number in range(panels)
    ]


def describe(groups: Lines, scale: Scale, words: Words, between: Lines = ()) -> str:
    """The panels in sentences, one after the other, then the pulses."""
    if not timeline.filled(groups):
        return words("figure.small_multiples.empty")
    told = [timeline.said(label, points, words) for label, points in groups]
    return "\n".join([*told, *pulses.said(between, words)])


def headline(groups: Lines, words: Words) -> str:
    """The sentence above the panels."""
    return words(
        "figure.small_multiples.title" if timeline.filled(groups) else "figure.small_multiples.title_empty"
    )


def _axis(name: str, number: int) -> str:
    return name if number == 0 else f"{name}{number + 1}"


def _across(number: int, rounds: Sequence[Round], words: Words) -> Part:
    """The rounds of one panel, all of one width; what they are is said by `_ends`."""
    width = (1 - _SPACE * (COLUMNS - 1)) / COLUMNS
    start = number % COLUMNS * (width + _SPACE)
    return {
        **timeline.quarter_axis(rounds, words, 1),
        "range": [-0.35, max(len(rounds), 2) - 0.65],
        "domain": [start, min(1.0, start + width)],
        "anchor": _axis("y", number),
        "showticklabels": False,
    }


def _up(number: int, rows: int, head: float, axis: Part) -> Part:
    """The whole scale of one panel, a faint line per level; only the ends are named, at the left-most panels."""
    top = 1 - number // COLUMNS / rows
    last = len(axis["ticktext"]) - 1
    ends = [text if place in (0, last) else "" for place, text in enumerate(axis["ticktext"])]
    return {
        **axis,
        "ticktext": ends,
        "showticklabels": number % COLUMNS == 0,
        "domain": [max(0.0, top - 1 / rows), top - head / rows],
        "anchor": _axis("x", number),
    }


def _name(number: int, line: tuple[str, Sequence[Point]], words: Words) -> Part:
    """Above a panel: its title and, in figures, the newest value and target, and on how many items the value stands."""
    label, points = line
    last = points[-1] if points else None
    figures = words(
        "figure.small_multiples.newest",
        value=words.number(last.value if last else None),
        target=words.number(last.target if last else None),
    )
    return style.text(
        0,
        1,
        f'<b>{lettered(label, LABEL)}</b><br><span style="color:{style.ACCENT}">{figures}</span>{_counted(last, words)}',
        xref=f"{_axis('x', number)} domain",
        yref=f"{_axis('y', number)} domain",
        xanchor="left",
        yanchor="bottom",
        yshift=6,
        color=style.INK,
    )


def _counted(point: Point | None, words: Words) -> str:
    """Below the figures, small and quiet: n of m of the newest point; empty where there is none, or nothing that applies."""
    if point is None or not point.counts.m:
        return ""
    counts = {"n": point.counts.n, "m": point.counts.m}
    one = point.counts.m == 1
    part = words("figure.small_multiples.counted_one" if one else "figure.small_multiples.counted", **counts)
    return f'<br><span style="color:{style.QUIET};font-size:{style.SMALL_SIZE}px">{part}</span>'


def _ends(number: int, count: int, rounds: Sequence[Round], words: Words) -> list[Part]:
    """The first and the last quarter, below the lowest panel of each column."""
    if number + COLUMNS < count:
        return []
    place: Part = {
        "xref": f"{_axis('x', number)} domain",
        "yref": f"{_axis('y', number)} domain",
        "yanchor": "top",
    }
    first, last = _quarter(rounds[0], words), _quarter(rounds[-1], words)
    left = style.text(0, 0, first, xanchor="left", yshift=-2, **place)
    right = style.text(1, 0, last, xanchor="right", yshift=-2, **{**place, "align": "right"})
    return [left, right] if len(rounds) > 1 else [left]


def _quarter(held: Round, words: Words) -> str:
    return words("figure.end_tick", quarter=held.quarter.quarter, year=f"{held.quarter.year % 100:02d}")


def _remark(groups: Lines, rounds: Sequence[Round], words: Words) -> list[Part]:
    """Why lines break, said once below all panels."""
    if not any(timeline.breaks(points, rounds) for _, points in groups):
        return []
    sentence = lettered(words("figure.small_multiples.broken"), 28)
    shift = {"xshift": style.EDGE - 34, "yshift": -42}
    return [style.text(0, 0, sentence, xref="paper", yref="paper", xanchor="left", yanchor="top", **shift)]


def _traces(
    number: int, line: tuple[str, Sequence[Point]], rounds: Sequence[Round], words: Words, between: Lines
) -> list[Part]:
    label, points = line
    texts = timeline.hovers(label, points, words)
    where = {"xaxis": _axis("x", number), "yaxis": _axis("y", number)}
    dashed = {"color": style.ACCENT, "width": 1.5, "dash": "3px,3px"}
    solid = {"color": style.ACCENT, "width": 2.5}
    size = 6 if len(rounds) <= CROWDED else 4
    return [
        timeline.trace(
            points,
            "target",
            rounds,
            texts,
            mode="lines+markers",
            line=dashed,
            marker={
                **style.TARGET,
                "size": size,
                "line": {"color": style.ACCENT, "width": 1.5 if size == 6 else 1},
            },
            **where,
        ),
        timeline.trace(
            points,
            "value",
            rounds,
            texts,
            mode="lines+markers",
            line=solid,
            marker={**style.CURRENT, "size": size},
            **where,
        ),
        *pulses.traces(between, number, rounds, words, size + 2, **where),
    ]
