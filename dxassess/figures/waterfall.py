"""From last time to now, step by step: what raised the value is a filled bar, what lowered it a hatched one, each with its sign.

The axis shows only the stretch the value went through; the two values are marks and no bars, so that no length misleads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.movement import Input, Part
from dxassess.assessment.waterfall import Bar
from dxassess.catalogue.model import Indicator
from dxassess.figures import style
from dxassess.figures.lettering import escaped, lines
from dxassess.figures.style import Figure
from dxassess.figures.style import Part as Drawn
from dxassess.text import Words, rounded
from dxassess.text.adding import printed_steps

LABEL = 24.0
"""Em of a label before it breaks: it stands above its bar."""
LINE, BAR, GAP = 19, 16, 14
PLACES = 3
"""Decimals of a step: with two, a step of 1/35 would often print as its neighbour."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The value before and now, each with its words; both are there."""

    before: Fraction
    after: Fraction
    before_label: str
    after_label: str


@dataclass(frozen=True, slots=True)
class _Row:
    label: tuple[str, ...]
    said: str
    y: float


def draw(steps: Sequence[Bar], ends: Ends | None, words: Words, title: str) -> Figure:
    """The earlier value as a tick, a bar per step in the order given, today's value as a dot. Without `ends` the drawn empty state."""
    rows, height = _rows(steps, ends, words)
    frame = style.layout(title, height, key=_key(words), left=30, right=30, bottom=44, above=10)
    frame["yaxis"] = style.paper_axis(height)
    if ends is None:
        frame["xaxis"] = _axis([Fraction(), Fraction(1)], words)
        return style.empty(frame, words("figure.waterfall.empty"))
    axis = _axis([ends.before, ends.after, *(step.end for step in steps)], words)
    frame["xaxis"] = axis
    frame["annotations"] += [_name(row, axis["range"][0]) for row in rows]
    frame["shapes"] = _threads(steps, ends, rows)
    return {
        "data": [
            *_bars(steps, rows[1:-1], words),
            _end(ends.before, rows[0], style.LAST | {"size": 18}),
            _end(ends.after, rows[-1], style.CURRENT),
        ],
        "layout": frame,
    }


def describe(steps: Sequence[Bar], ends: Ends | None, words: Words) -> str:
    """The chart in sentences, a step each."""
    if ends is None:
        return words("figure.waterfall.empty")
    return "\n".join(
        [
            _line(ends.before_label, words.number(ends.before, PLACES)),
            *(_line(label_of(step, words), said) for step, said in _signed(steps, words)),
            _line(ends.after_label, words.number(ends.after, PLACES)),
        ]
    )


def item_name(item: Indicator, words: Words) -> str:
    """Number and name of an indicator."""
    return f"{item.code} {words.of(item.title)}"


def label_of(step: Part | Bar, words: Words) -> str:
    """A part or a bar in words: the indicator that moved, or the reason with the indicator or how many it is about."""
    if step.kind == "moved" and len(step.inputs) > 1:
        return words("movement.further", n=len(step.inputs))
    if step.kind == "moved":
        one = step.inputs[0]
        if one.told is not None:
            return told_of(one, words)
        before, after = levels(one, words)
        return words("movement.item_level", name=item_name(one.indicator, words), before=before, after=after)
    reason = words(f"movement.part_{step.kind}")
    if len(step.inputs) == 1:
        return words("movement.part_one", part=reason, name=item_name(step.inputs[0].indicator, words))
    return words("movement.part_n", part=reason, n=len(step.inputs)) if step.inputs else reason


def told_of(one: Input, words: Words) -> str:
    """An indicator with what changed inside the groups that are in both rounds, where this was told from who answered."""
    name = item_name(one.indicator, words)
    if one.people:
        return words("movement.item_people", name=name, n=one.people, by=words.signed(one.by))
    return words(f"movement.item_{one.told}", name=name, by=words.signed(one.by))


def levels(one: Input, words: Words) -> tuple[str, str]:
    """The levels before and after with the same digits: as they stand on the scale, or with two decimals where one is a mean."""
    known = [level for level in (one.before, one.after) if level is not None]
    if all(level.denominator == 1 for level in known):
        return words.level(one.before), words.level(one.after)
    return words.number(one.before), words.number(one.after)


def changes(steps: Sequence[Bar], words: Words) -> list[str]:
    """The change of every step as it is printed: from one printed value to the next, so that they add up."""
    values = [*(step.start for step in steps[:1]), *(step.end for step in steps)]
    return [words.signed(change, PLACES) for change in printed_steps(values, PLACES)]


def whole(before: Fraction, after: Fraction, words: Words) -> str:
    """The way from the first value to the last as it is printed: what the printed steps add up to."""
    return words.signed(printed_steps([before, after], PLACES)[0], PLACES)


def _signed(steps: Sequence[Bar], words: Words) -> Iterator[tuple[Bar, str]]:
    return zip(steps, changes(steps, words), strict=True)


def _line(label: str, said: str) -> str:
    return f"{label} {said}"


def _rows(steps: Sequence[Bar], ends: Ends | None, words: Words) -> tuple[list[_Row], float]:
    if ends is None:
        return [], 200.0
    told = [
        (ends.before_label, words.number(ends.before, PLACES)),
        *((label_of(step, words), said) for step, said in _signed(steps, words)),
        (ends.after_label, words.number(ends.after, PLACES)),
    ]
    rows: list[_Row] = []
    y = 0.0
    for label, said in told:
        broken = lines(label, LABEL)
        y += LINE * len(broken)
        rows.append(_Row(broken, said, y + BAR / 2 + 3))
        y += BAR + GAP
    return rows, y


def _axis(values: Sequence[Fraction], words: Words) -> Drawn:
    """The stretch between the lowest and the highest value on the way, with a little room, and round numbers under it."""
    low, high = float(min(values)), float(max(values))
    room = max((high - low) * 0.08, 0.02)
    low, high = low - room, high + room
    places = style.round_steps(low, high)
    digits = max((_digits(place) for place in places), default=0)
    return {
        "range": [low, high],
        "tickvals": places,
        "ticktext": [words.number(place, digits) for place in places],
        "tickfont": {"size": style.SMALL_SIZE, "color": style.QUIET},
        "tickangle": 0,
        "gridcolor": style.GRID,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
    }


def _digits(value: float) -> int:
    """How many decimals a round number needs."""
    return next((places for places in range(6) if abs(value - float(rounded(value, places))) < 1e-9), 6)


def _key(words: Words) -> tuple[str, ...]:
    marks = (("■", "up"), ("▨", "down"), ("┃", "last"), ("●", "now"))
    named = [f"<b>{sign}</b> {words(f'figure.waterfall.{name}')}" for sign, name in marks]
    return (" &nbsp; ".join(named[:2]), " &nbsp; ".join(named[2:]))


def _name(row: _Row, low: float) -> Drawn:
    """What a step is and by how much, above its bar."""
    label = "<br>".join(escaped(line) for line in row.label)
    return style.text(
        low,
        row.y - BAR / 2 - 3,
        f'{label} &nbsp;<b><span style="color:{style.ACCENT}">{row.said}</span></b>',
        xanchor="left",
        yanchor="bottom",
        size=style.TEXT_SIZE,
        color=style.INK,
    )


def _bars(steps: Sequence[Bar], rows: Sequence[_Row], words: Words) -> list[Drawn]:
    if not steps:
        return []
    falls = [step.change < 0 for step in steps]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "x": [abs(float(step.change)) for step in steps],
            "base": [float(min(step.start, step.end)) for step in steps],
            "y": [row.y for row in rows],
            "width": [BAR] * len(steps),
            "marker": {
                "color": style.ACCENT,
                "line": {"color": style.ACCENT, "width": 1.5},
                "pattern": {
                    "shape": ["/" if fall else "" for fall in falls],
                    "fillmode": "replace",
                    "bgcolor": style.PAPER,
                    "size": 6,
                },
            },
            "cliponaxis": False,
            "hoverinfo": "text",
            "hovertext": [
                style.hover(
                    label_of(step, words),
                    said,
                    words(
                        "figure.waterfall.way",
                        start=words.number(step.start, PLACES),
                        end=words.number(step.end, PLACES),
                    ),
                )
                for step, said in _signed(steps, words)
            ],
        }
    ]


def _end(value: Fraction, row: _Row, mark: Drawn) -> Drawn:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [float(value)],
        "y": [row.y],
        "marker": mark,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [style.hover("".join(row.label), row.said)],
    }


def _threads(steps: Sequence[Bar], ends: Ends, rows: Sequence[_Row]) -> list[Drawn]:
    """Thin lines down from where one step ends to where the next begins."""
    values = [ends.before, *(step.end for step in steps)]
    return [
        {
            "type": "line",
            "x0": float(value),
            "x1": float(value),
            "y0": rows[place].y,
            "y1": rows[place + 1].y,
            "line": {"color": style.AXIS, "width": 1, "dash": "dot"},
            "layer": "below",
        }
        for place, value in enumerate(values)
    ]
