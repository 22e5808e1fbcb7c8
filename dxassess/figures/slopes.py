"""Slope chart: each line from the first round to the last; what lies within the noise of who answered is dashed and grey, and says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.model import Round
from dxassess.assessment.resampling import Verdict
from dxassess.catalogue.model import Scale
from dxassess.figures import style
from dxassess.figures.lettering import clipped, escaped
from dxassess.figures.style import Figure, Part
from dxassess.text import Words

LEFT, RIGHT = 74, 166
LABEL = 11.5
ROW, LOWEST, EDGE = 35, 300, 18
"""Pixels: a label on the right, the least height, and what the outer labels need beyond the scale."""
FROM, TO, BESIDE = 0.0, 1.0, 1.06
"""The rounds across, and where a label begins: a thin line leads to it from the end of its own."""

LOOKS: dict[Verdict, Part] = {
    "beyond": {"color": style.ACCENT, "width": 3},
    "still": {"color": style.ACCENT, "width": 1.5},
    "within": {"color": style.PUBLISHED, "width": 2, "dash": "6px,4px"},
    "against": {"color": style.PUBLISHED, "width": 2, "dash": "6px,4px"},
    "unsaid": {"color": style.PUBLISHED, "width": 2, "dash": "2px,4px"},
}


@dataclass(frozen=True, slots=True)
class Slope:
    """One line: its values in the first and the last round (None where it has none), and what may be said of the change.

    `alike`: both values stand on the same items.
    """

    label: str
    first: Fraction | None
    last: Fraction | None
    verdict: Verdict
    alike: bool = True

    @property
    def change(self) -> Fraction | None:
        """The last − the first."""
        return None if self.first is None or self.last is None else self.last - self.first


def draw(
    slopes: Sequence[Slope],
    ends: tuple[Round, Round],
    scale: Scale,
    words: Words,
    top: Fraction | None = None,
) -> Figure:
    """All slopes that have both ends. `top`: the most a value can come to, where sums reach beyond the scale."""
    shown = [slope for slope in slopes if slope.change is not None]
    height = max(LOWEST, ROW * len(shown))
    frame = style.layout(
        "", height + 2 * EDGE, key=_key(shown, words), left=LEFT, right=RIGHT, bottom=30, above=4
    )
    axis = style.value_axis(scale, words, values=[top, *(slope.last for slope in shown)])
    low, high = axis["range"]
    room = EDGE * (high - low) / height
    frame["yaxis"] = {**axis, "showticklabels": False, "range": [low - room, high + room]}
    frame["xaxis"] = {"range": [-0.02, BESIDE], "visible": False, "fixedrange": True}
    if not shown:
        return style.empty(frame, words("figure.slopes.empty"))
    step = (high - low) / height
    beside = places(
        [float(slope.last or 0) for slope in shown], (ROW - 2) * step, low - EDGE * step, high + EDGE * step
    )
    frame["shapes"] = [
        *(_rule((x, low), (x, high)) for x in (FROM, TO)),
        *(_rule((TO, float(slope.last or 0)), (BESIDE, y)) for slope, y in zip(shown, beside, strict=True)),
    ]
    frame["annotations"] += [
        *_round_names(ends, words),
        *_levels(axis),
        *_values(shown, (low, high), step, words),
        *(_name(slope, y, words) for slope, y in zip(shown, beside, strict=True)),
    ]
    return {"data": [_line(slope, words) for slope in shown], "layout": frame}


def describe(slopes: Sequence[Slope], words: Words) -> str:
    """The chart in sentences, one line after the other."""
    shown = [slope for slope in slopes if slope.change is not None]
    if not shown:
        return words("figure.slopes.empty")
    return "\n".join(_said(slope, words) for slope in shown)


def places(values: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Where labels of these values stand so that neighbours are `least` apart: as near to them as that allows, in their order, and
    between `low` and `high` where there is room for all."""
    order = sorted(range(len(values)), key=lambda number: values[number])
    groups: list[tuple[float, list[int]]] = []
    for number in order:
        groups.append((values[number], [number]))
        while len(groups) > 1 and _reach(groups[-2], least)[1] + least > _reach(groups[-1], least)[0]:
            later, earlier = groups.pop(), groups.pop()
            members = [*earlier[1], *later[1]]
            groups.append((sum(values[member] for member in members) / len(members), members))
    found = [0.0] * len(values)
    for middle, members in groups:
        start = _reach((middle, members), least)[0]
        for place, member in enumerate(members):
            found[member] = start + place * least
    return _kept_inside([found[number] for number in order], order, least, low, high)


def _kept_inside(
    sorted_places: list[float], order: Sequence[int], least: float, low: float, high: float
) -> list[float]:
    for place, value in enumerate(sorted_places):
        sorted_places[place] = max(value, low if place == 0 else sorted_places[place - 1] + least)
    for place in reversed(range(len(sorted_places))):
        roof = high if place == len(sorted_places) - 1 else sorted_places[place + 1] - least
        sorted_places[place] = min(sorted_places[place], roof)
    found = [0.0] * len(order)
    for place, number in enumerate(order):
        found[number] = sorted_places[place]
    return found


def _reach(group: tuple[float, list[int]], least: float) -> tuple[float, float]:
    half = least * (len(group[1]) - 1) / 2
    return group[0] - half, group[0] + half


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Part:
    line = {"color": style.AXIS, "width": 1}
    return {
        "type": "line",
        "x0": start[0],
        "y0": start[1],
        "x1": end[0],
        "y1": end[1],
        "line": line,
        "layer": "below",
    }


def _levels(axis: Part) -> list[Part]:
    """The levels of the scale at the outer left."""
    return [
        style.text(0, y, label, xref="paper", xanchor="left", yanchor="middle", xshift=style.EDGE - LEFT)
        for y, label in zip(axis["tickvals"], axis["ticktext"], strict=True)
    ]


def _round_names(ends: tuple[Round, Round], words: Words) -> list[Part]:
    return [
        style.text(
            x,
            0,
            escaped(words.short_quarter(held.quarter)),
            yref="paper",
            yanchor="top",
            yshift=-4,
            xanchor="center",
            color=style.INK,
        )
        for x, held in zip((FROM, TO), ends, strict=True)
    ]


def _values(shown: Sequence[Slope], bounds: tuple[float, float], step: float, words: Words) -> list[Part]:
    """The values of the first round, each once, kept apart; `step`: the height of a pixel."""
    known = sorted({slope.first for slope in shown if slope.first is not None})
    room = EDGE * step
    where = places([float(value) for value in known], 15 * step, bounds[0] - room, bounds[1] + room)
    return [
        style.text(
            FROM, y, words.number(value), xanchor="right", yanchor="middle", xshift=-7, color=style.INK
        )
        for value, y in zip(known, where, strict=True)
    ]


def _name(slope: Slope, y: float, words: Words) -> Part:
    """A line's name, its value, the change and what may be said of it."""
    name = f'<span style="color:{style.INK}"><b>{escaped(clipped(slope.label, LABEL))}</b></span>'
    return style.text(
        BESIDE,
        y,
        f"{name}<br>{escaped(_moved(slope, words))}",
        xanchor="left",
        yanchor="middle",
        xshift=3,
        hovertext=_hover(slope, words),
    )


def _moved(slope: Slope, words: Words) -> str:
    return words(
        "figure.slopes.moved",
        value=words.number(slope.last),
        change=_change(slope, words),
        verdict=words(f"compare.short_{slope.verdict}"),
    )


def _hover(slope: Slope, words: Words) -> str:
    return style.hover(
        slope.label, *(words("figure.slopes.way", **_numbers(slope, words)), _verdict(slope, words))
    )


def _said(slope: Slope, words: Words) -> str:
    way = words("figure.slopes.way", **_numbers(slope, words))
    return words("figure.slopes.said", label=slope.label, way=way, verdict=_verdict(slope, words))


def _numbers(slope: Slope, words: Words) -> dict[str, str]:
    return {
        "first": words.number(slope.first),
        "last": words.number(slope.last),
        "change": _change(slope, words),
    }


def _change(slope: Slope, words: Words) -> str:
    change = words.signed(slope.change)
    return change if slope.alike else words("compare.other_items", change=change)


def _verdict(slope: Slope, words: Words) -> str:
    return words(f"compare.verdict_{slope.verdict}")


def _line(slope: Slope, words: Words) -> Part:
    look = LOOKS[slope.verdict]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [FROM, TO],
        "y": [style.place(slope.first), style.place(slope.last)],
        "line": look,
        "marker": {
            "symbol": ["line-ns", "circle"],
            "size": [9, 9],
            "color": look["color"],
            "line": {"width": 2, "color": look["color"]},
        },
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [_hover(slope, words)] * 2,
    }


def _key(shown: Sequence[Slope], words: Words) -> tuple[str, ...]:
    """What the kinds of line mean, of those that occur."""
    signs = {"beyond": "━", "still": "─", "within": "┅", "against": "┅", "unsaid": "┈"}
    found = dict.fromkeys(
        (signs[verdict], LOOKS[verdict]["color"], words(f"compare.verdict_{verdict}"))
        for verdict in LOOKS
        if any(slope.verdict == verdict for slope in shown)
    )
    return tuple(f'<span style="color:{colour}"><b>{sign}</b></span> {name}' for sign, colour, name in found)
