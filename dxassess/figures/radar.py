"""The groups as a radar: what is today filled, the target as a dashed hollow outline, a missing group as a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import radians, sin

from dxassess.catalogue.model import Scale
from dxassess.figures import bars, style
from dxassess.figures.bars import Group
from dxassess.figures.lettering import lettered, lines, width
from dxassess.figures.style import Figure, Part
from dxassess.text import Words

HEIGHT, SIDE, LABELS = 320, 92, 46
RIM = 8
"""Between the circle and the names, so that a mark at the highest level covers none of them."""
FEWEST, MOST = 3, 12
"""How many groups make a radar."""
MOST_NAMED = 6
"""Rings that find room for their number."""
_PHONE_HALF, _PHONE_RADIUS = 179, 87


def draw(
    groups: Sequence[Group],
    scale: Scale,
    words: Words,
    title: str | None = None,
    top: Fraction | None = None,
) -> Figure:
    """One spoke per group, clockwise from the top, the axis the whole scale, up to `top` for sums beyond it.

    One or two groups make no shape, and more than twelve no legible one: they are drawn as bars. `title` is the sentence
    above, `""` for none.
    """
    sentence = headline(groups, words) if title is None else title
    if groups and not FEWEST <= len(groups) <= MOST:
        return bars.draw(groups, scale, words, sentence, top)
    filled = bars.filled(groups)
    frame = style.layout(
        sentence,
        HEIGHT,
        key=style.key(words, "current", "target"),
        left=SIDE,
        right=SIDE,
        bottom=LABELS,
        above=LABELS,
    )
    frame["polar"] = _polar(
        groups, style.value_axis(scale, words, values=[*bars.values_of(groups), top]), words
    )
    if not filled:
        nowhere = {"type": "scatterpolar", "r": [None], "theta": [0], "mode": "markers", "hoverinfo": "skip"}
        return style.empty(frame, words("figure.radar.empty"), [nowhere])
    centre = frame["polar"]["radialaxis"]["range"][0]
    return {"data": _traces(groups, centre, words), "layout": frame}


def describe(groups: Sequence[Group], scale: Scale, words: Words) -> str:
    """The chart in sentences, one spoke after the other."""
    if not bars.filled(groups):
        return words("figure.radar.empty")
    return " ".join(_said(group, words) for group in groups)


def headline(groups: Sequence[Group], words: Words) -> str:
    """The sentence above the chart: how to read its marks."""
    if not bars.filled(groups):
        return words("figure.radar.title_empty")
    kind = "shape" if FEWEST <= len(groups) <= MOST else "bars"
    aimed = any(group.target is not None for group in groups)
    return words(f"figure.radar.title_{kind}" if aimed else f"figure.radar.title_{kind}_alone")


def _said(group: Group, words: Words) -> str:
    return words(
        "figure.radar.said",
        label=group.label,
        current=words.number(group.current),
        target=words.number(group.target),
    )


def _polar(groups: Sequence[Group], axis: Part, words: Words) -> Part:
    radial = {
        name: axis[name] for name in ("range", "tickvals", "ticktext", "tickfont", "tickangle", "gridcolor")
    }
    named = -(-len(radial["ticktext"]) // MOST_NAMED)
    radial["ticktext"] = [
        words if place % named == 0 else "" for place, words in enumerate(radial["ticktext"])
    ]
    between = 90 + 180 / max(len(groups), 1)
    return {
        "bgcolor": style.PAPER,
        "radialaxis": {**radial, "angle": between, "tickangle": between, "showline": False, "ticks": ""},
        "angularaxis": {
            "rotation": 90,
            "direction": "clockwise",
            "tickvals": [_angle(number, len(groups)) for number in range(len(groups))],
            "ticktext": [
                _spoke(group, _angle(number, len(groups)), words) for number, group in enumerate(groups)
            ],
            "tickfont": {"size": style.SMALL_SIZE, "color": style.INK},
            "gridcolor": style.GRID,
            "linecolor": style.AXIS,
            "ticks": "outside",
            "ticklen": RIM,
            "tickcolor": "rgba(0,0,0,0)",
        },
    }


def _spoke(group: Group, angle: float, words: Words) -> str:
    label = _fitted(group.label, _room(angle))
    if group.current is not None:
        return label
    return f'<span style="color:{style.QUIET}">{label}<br>{words("figure.radar.missing")}</span>'


def _fitted(name: str, room: float) -> str:
    """A name in lines; one with a word that is wider than its room is set smaller, so that a phone shows it whole."""
    widest = max(width(line) for line in lines(name, room))
    label = lettered(name, room)
    if widest <= room:
        return label
    return f'<span style="font-size:{max(9.0, style.SMALL_SIZE * room / widest):.1f}px">{label}</span>'


def _room(angle: float) -> float:
    """How many em a label beside the circle may take on a phone: little at the sides, more above and below."""
    return min(9, (_PHONE_HALF - _PHONE_RADIUS * abs(sin(radians(angle))) - RIM - 8) / style.SMALL_SIZE)


def _angle(number: int, count: int) -> float:
    return 360 * number / count


def _traces(groups: Sequence[Group], centre: float, words: Words) -> list[Part]:
    texts = [bars.hover(group, words) for group in groups]
    current, target = [group.current for group in groups], [group.target for group in groups]
    solid = {"color": style.ACCENT, "width": 2.5}
    dashed = {"color": style.ACCENT, "width": 1.75, "dash": "4px,4px"}
    return [
        _fill(current, centre),
        {**_outline(target, texts), "line": dashed, "marker": {**style.TARGET, "size": 10}},
        {**_outline(current, texts), "line": solid, "marker": {**style.CURRENT, "size": 9}},
    ]


def _outline(values: Sequence[Fraction | None], texts: Sequence[str]) -> Part:
    """The ring through all values; where one is missing the ring is open."""
    ring = [*range(len(values)), 0]
    return {
        "type": "scatterpolar",
        "mode": "lines+markers",
        "r": [style.place(values[number]) for number in ring],
        "theta": [_angle(number, len(values)) for number in ring],
        "connectgaps": False,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [texts[number] for number in ring],
    }


def _fill(values: Sequence[Fraction | None], centre: float) -> Part:
    """The area under neighbouring values; a missing one cuts it back to the centre, it never pulls it there."""
    r: list[float | None] = []
    theta: list[float | None] = []
    for run in _runs(values):
        whole = len(run) > len(values)
        r += [*([] if whole else [centre]), *(style.place(values[number]) for number in run), centre, None]
        theta += [_angle(number, len(values)) for number in ([] if whole else run[:1])]
        theta += [*(_angle(number, len(values)) for number in run), _angle(run[-1], len(values)), None]
        if whole:
            del r[-2], theta[-2]
    return {
        "type": "scatterpolar",
        "mode": "lines",
        "r": r,
        "theta": theta,
        "fill": "toself",
        "fillcolor": style.ACCENT_FILL,
        "line": {"width": 0, "color": "rgba(0,0,0,0)"},
        "hoverinfo": "skip",
    }


def _runs(values: Sequence[Fraction | None]) -> Iterator[list[int]]:
    """Neighbours that all have a value, around the circle; a complete circle comes back to its first spoke."""
    count = len(values)
    if all(value is not None for value in values):
        yield [*range(count), 0]
        return
    gap = next(number for number, value in enumerate(values) if value is None)
    run: list[int] = []
    for step in range(1, count + 1):
        number = (gap + step) % count
        if values[number] is not None:
            run.append(number)
        elif run:
            yield run
            run = []
