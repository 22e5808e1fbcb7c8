"""The averages over the rounds: one panel each, so that every line stands by its own target and no number hides another."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dxassess.assessment.model import Round
from dxassess.assessment.progress import Point
from dxassess.catalogue.model import Aggregate, Scale
from dxassess.figures import pulses, style, timeline
from dxassess.figures.lettering import lettered
from dxassess.figures.lettering import lines as broken
from dxassess.figures.style import Figure, Part
from dxassess.figures.timeline import Lines
from dxassess.text import Words

PANEL, HEAD, LABEL_LINE = 216, 62, 19
"""Height of a panel and of what stands above its drawing, and what each further line of a long name adds to both."""
LABEL = 22.0
NUMBER, LINE = 26, 16
"""Height that a number at its point takes, and what a second line adds."""
ROOM = 8


def draw(
    lines: Lines,
    scale: Scale,
    words: Words,
    title: str | None = None,
    aggregate: Aggregate = "mean",
    top: Fraction | None = None,
    between: Lines = (),
) -> Figure:
    """Each line as (label, points of the closed rounds); all panels share the rounds and the whole scale,
    up to `top` for sums beyond it.

    `title` is the sentence above (`""`: none); without it the first line, of which `aggregate` says what it is, is put
    into words. `between` are the points after pulses, line by line: marks of their own. Lines break where a round has no value, where the edition changes and where other items apply.
    """
    rounds = timeline.rounds_of([*lines, *between])
    axis = style.value_axis(scale, words, values=[*timeline.values_of(lines), top])
    frame = _frame(lines, axis, words, headline(lines, words, aggregate) if title is None else title, between)
    if not timeline.filled(lines):
        return style.empty(frame, words("figure.trend.empty"))
    frame["annotations"] += [
        part for number, line in enumerate(lines) for part in _notes(number, line, rounds, words)
    ]
    frame["shapes"] = [part for number, line in enumerate(lines) for part in _seams(number, line, rounds)]
    return {
        "data": [
            part
            for number, line in enumerate(lines)
            for part in [
                *_traces(number, line, rounds, words, frame["yaxis"]["range"]),
                *pulses.traces(between, number, rounds, words, 11, xaxis="x", yaxis=_axis("y", number)),
            ]
        ],
        "layout": frame,
    }


def _frame(lines: Lines, axis: Part, words: Words, title: str, between: Lines) -> Part:
    """The empty panels, one per line, below each other."""
    count = len(lines) if timeline.filled(lines) else 1
    head = HEAD + LABEL_LINE * (_tallest(lines) - 1)
    high = PANEL + head - HEAD
    across = timeline.quarter_axis(timeline.rounds_of([*lines, *between]), words, ROOM)
    frame = style.layout(
        title,
        high * max(count, 1),
        key=style.key(words, "current_line", "target_line", *pulses.key(between)),
        left=40,
        right=34,
        bottom=26 + style.rows_below(across),
    )
    frame["xaxis"] = {**across, "anchor": "y" if count < 2 else f"y{count}"}
    for number in range(count):
        frame[_axis("yaxis", number)] = _panel(number, count, head / high, dict(axis))
    return frame


def describe(lines: Lines, scale: Scale, words: Words, between: Lines = ()) -> str:
    """The chart in sentences, one line after the other, then the pulses."""
    if not timeline.filled(lines):
        return words("figure.trend.empty")
    told = [timeline.said(label, points, words) for label, points in lines]
    return "\n".join([*told, *pulses.said(between, words)])


def _axis(name: str, number: int) -> str:
    return name if number == 0 else f"{name}{number + 1}"


def _tallest(lines: Lines) -> int:
    """Lines of the longest name."""
    return max((len(broken(label, LABEL)) for label, _ in lines), default=1)


def _panel(number: int, count: int, head: float, axis: Part) -> Part:
    top = 1 - number / count
    return {
        **axis,
        "domain": [max(0.0, top - 1 / count), top - head / count],
        "anchor": "x",
    }


def headline(lines: Lines, words: Words, aggregate: Aggregate = "mean") -> str:
    """What the first line did over its last unbroken stretch."""
    if not timeline.filled(lines):
        return words("figure.trend.title_empty")
    label, points = lines[0]
    called = words(f"figure.aggregate.{aggregate}")
    stretch = timeline.unbroken(points)
    if len(stretch) < 2:
        value = stretch[-1].value if stretch else None
        return words("figure.trend.title_one", label=label, aggregate=called, last=words.number(value))
    first, last = stretch[0], stretch[-1]
    return words(
        "figure.trend.title",
        label=label,
        aggregate=called,
        first=words.number(first.value),
        last=words.number(last.value),
        first_quarter=words.short_quarter(first.round.quarter),
        last_quarter=words.short_quarter(last.round.quarter),
    )


def _notes(
    number: int, line: tuple[str, Sequence[Point]], rounds: Sequence[Round], words: Words
) -> list[Part]:
    """The panel's name, and the reason of every break in its line."""
    label, points = line
    axis = _axis("y", number)
    name = style.text(
        0,
        1,
        f"<b>{lettered(label, LABEL)}</b>",
        xref="paper",
        yref=f"{axis} domain",
        xanchor="left",
        yanchor="bottom",
        xshift=style.EDGE - 40,
        yshift=22,
        size=15,
        color=style.INK,
    )
    return [
        name,
        *(
            timeline.note(
                found.x,
                1,
                timeline.reason(found, words),
                yref=f"{axis} domain",
                yanchor="bottom",
                xanchor=_side(found.x, len(rounds)),
            )
            for found in timeline.breaks(points, rounds)
        ),
    ]


def _side(x: float, count: int) -> str:
    """Words beside the left edge run to the right and the other way round, so that none is cut."""
    third = (count - 1) / 3
    return "left" if x < third else "right" if x > 2 * third else "center"


def _seams(number: int, line: tuple[str, Sequence[Point]], rounds: Sequence[Round]) -> list[Part]:
    dotted = {"color": style.AXIS, "width": 1.5, "dash": "2px,4px"}
    reach: Part = {"type": "line", "y0": 0, "y1": 1, "yref": f"{_axis('y', number)} domain", "line": dotted}
    return [{**reach, "x0": found.x, "x1": found.x} for found in timeline.breaks(line[1], rounds)]


def _traces(
    number: int,
    line: tuple[str, Sequence[Point]],
    rounds: Sequence[Round],
    words: Words,
    reach: Sequence[float],
) -> list[Part]:
    label, points = line
    texts = timeline.hovers(label, points, words)
    where = {"xaxis": "x", "yaxis": _axis("y", number)}
    target = timeline.trace(
        points,
        "target",
        rounds,
        texts,
        mode="lines+markers",
        line={"color": style.ACCENT, "width": 1.75, "dash": "4px,4px"},
        marker={**style.TARGET, "size": 9},
        **where,
    )
    current = timeline.trace(
        points,
        "value",
        rounds,
        texts,
        mode="lines+markers+text",
        line={"color": style.ACCENT, "width": 3},
        marker={**style.CURRENT, "size": 10},
        textfont={"size": style.TEXT_SIZE, "color": style.ACCENT},
        **where,
    )
    return [target, {**current, **_labels(current, points, rounds, words, reach)}]


def _labels(
    current: Part, points: Sequence[Point], rounds: Sequence[Round], words: Words, reach: Sequence[float]
) -> Part:
    """The value at each point (at every so many of a long line), with n of m below it at the newest and where items are missing."""
    at = timeline.positions(rounds)
    shown = set(timeline.spaced(len(rounds), ROOM))
    texts: dict[float, str] = {}
    sides: dict[float, str] = {}
    for point in points:
        x = at[point.round.id]
        texts[x] = words.number(point.value) if x in shown and point.value is not None else ""
        if texts[x] and (point.counts.n < point.counts.m or point is points[-1]):
            part = words("figure.part", n=point.counts.n, m=point.counts.m)
            texts[x] += f'<br><span style="color:{style.QUIET}">{part}</span>'
        sides[x] = _side_of_number(point, texts[x], reach)
    return {
        "text": [texts.get(x, "") for x in current["x"]],
        "textposition": [sides.get(x, "bottom center") for x in current["x"]],
    }


def _side_of_number(point: Point, written: str, reach: Sequence[float]) -> str:
    """Away from the target; above it where the axis leaves no room below, and the target none above."""
    if point.value is None:
        return "bottom center"
    pixels = (PANEL - HEAD) / (reach[1] - reach[0])
    needed = NUMBER + LINE * written.count("<br>")
    below = (float(point.value) - reach[0]) * pixels
    if point.target is None:
        return "top center" if below < needed else "bottom center"
    ahead = float(point.target - point.value) * pixels
    return "top center" if ahead < 0 or below < needed <= ahead else "bottom center"
