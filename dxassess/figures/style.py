"""The one visual language of every chart: colours, marks, type, margins, the drawn empty state.

Marks, the same everywhere: now ● filled, planned ◐ pale, target ○ hollow, last time │ a tick, published average ◇ grey. What is not
answered, cannot be said or does not apply is a sign in the margin, never a place on the axis.
Figures are plain dicts; values become floats here, at the last moment. Sizes are pixels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

from dxassess.assessment.model import State
from dxassess.catalogue.model import Scale
from dxassess.figures.lettering import escaped, lettered, lines, width
from dxassess.text import Number, Words

Figure = dict[str, Any]
Part = dict[str, Any]
Value = Number | None

FONT = (
    '"Hiragino Sans", "Hiragino Kaku Gothic ProN", "BIZ UDPGothic", "Yu Gothic UI", "Yu Gothic", Meiryo, '
    '"Noto Sans JP", "Noto Sans CJK JP", system-ui, sans-serif'
)
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 17, 13, 12

INK = "#1F2933"
QUIET = "#5B6773"
GRID = "#E6E9ED"
AXIS = "#B8C0C8"
ACCENT = "#14539A"
ACCENT_SOFT = "#B4CCE8"
ACCENT_FILL = "rgba(20,83,154,0.16)"
PUBLISHED = "#6B7680"
PAPER = "#FFFFFF"

PHONE_AXIS, PHONE_MARGIN = 287, 34
"""Width of an axis on a phone of 390 pixels, and what lies beside it."""
LATIN = 0.9
"""Latin words run a little narrower than `lettering.width` says."""
EDGE = 16
"""Free space kept at the outer edge of every figure."""

CONFIG: Mapping[str, object] = {"displayModeBar": False, "responsive": True, "scrollZoom": False}
"""What the page hands to Plotly beside the figure: no toolbar, no zoom that catches a scrolling finger."""

_LIGHTEST, _DARKEST = (222, 235, 247), (8, 48, 107)


@dataclass(frozen=True, slots=True)
class RoleMark:
    """How a role looks: an Okabe–Ito colour and a Plotly symbol, so that neither is needed alone; `sign` for text."""

    colour: str
    symbol: str
    sign: str


ROLES: Mapping[str, RoleMark] = {
    "management": RoleMark("#D55E00", "circle", "●"),
    "business": RoleMark("#009E73", "square", "■"),
    "dx": RoleMark("#CC79A7", "triangle-up", "▲"),
    "it": RoleMark("#0072B2", "diamond", "◆"),
}
OTHER_ROLE = RoleMark("#5B6773", "x", "×")

CURRENT: Part = {"symbol": "circle", "size": 12, "color": ACCENT, "line": {"width": 0}}
TARGET: Part = {"symbol": "circle", "size": 16, "color": PAPER, "line": {"color": ACCENT, "width": 2}}
PLANNED: Part = {"symbol": "circle", "size": 13, "color": ACCENT_SOFT, "line": {"color": ACCENT, "width": 2}}
LAST: Part = {"symbol": "line-ns", "size": 10, "line": {"color": INK, "width": 2}}
PULSE: Part = {"symbol": "triangle-down-open", "size": 11, "color": ACCENT, "line": {"width": 2}}
PUBLISHED_MARK: Part = {"symbol": "diamond-open", "size": 13, "color": PUBLISHED, "line": {"width": 2}}

NOTHING: Part = {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "hoverinfo": "skip"}
"""A trace without points: what draws a figure refuses one without any trace, and draws no axes for it."""

STATE_SIGNS: Mapping[State, str] = {State.OPEN: "□", State.CANNOT_SAY: "?", State.NOT_APPLICABLE: "–"}
"""Signs of an indicator without a level: an empty outline, a question mark, a dash."""

_KEY_SIGNS: Mapping[str, tuple[str, str]] = {
    "current": ("●", ACCENT),
    "planned": ("◐", ACCENT),
    "target": ("○", ACCENT),
    "last": ("┃", INK),
    "published": ("◇", PUBLISHED),
    "pulse": ("▽", ACCENT),
    "current_line": ("━", ACCENT),
    "target_line": ("┅", ACCENT),
    "open": (STATE_SIGNS[State.OPEN], QUIET),
    "cannot_say": (STATE_SIGNS[State.CANNOT_SAY], QUIET),
    "not_applicable": (STATE_SIGNS[State.NOT_APPLICABLE], QUIET),
}


def level_colours(count: int) -> tuple[str, ...]:
    """One hue from light to dark for `count` levels, lowest first; legible in grey and to every kind of sight."""
    steps = [number / max(1, count - 1) for number in range(count)]
    mixed = [
        [round(light + (dark - light) * step) for light, dark in zip(_LIGHTEST, _DARKEST, strict=True)]
        for step in steps
    ]
    return tuple(f"#{red:02X}{green:02X}{blue:02X}" for red, green, blue in mixed)


def place(value: Value) -> float | None:
    """Where a value stands on an axis."""
    return None if value is None else float(value)


def bounds(scale: Scale, values: Sequence[Value] = ()) -> tuple[float, float]:
    """The whole scale from its lowest to its highest level; wider only where a value (a sum) lies beyond it."""
    ends = [scale.values[0], scale.values[-1], *(value for value in values if value is not None)]
    low, high = float(min(ends)), float(max(ends))
    return (low, high) if low < high else (low - 0.5, high + 0.5)


def ticks(scale: Scale, most: int = 11) -> tuple[int, ...]:
    """Positions on the scale that carry a tick: all, or every so many of a long scale, the highest always among them."""
    last = len(scale.levels) - 1
    step = -(-last // (most - 1)) if last >= most else 1
    return tuple(sorted({*range(0, last - step + 1, step), last}))


def round_steps(low: float, high: float, most: int = 6) -> list[float]:
    """At most `most` multiples of 1, 2 or 5 times a power of ten from `low` to `high`."""
    power = 10.0 ** floor(log10((high - low) / most))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if (high - low) / (power * factor) <= most - 1)
    return [number * step for number in range(ceil(low / step), floor(high / step) + 1)]


def value_axis(scale: Scale, words: Words, *, names: bool = False, values: Sequence[Value] = ()) -> Part:
    """An axis over the whole scale with a faint line per level, under it the level and (asked for) its name.

    Where a value lies beyond the scale it is a sum and no level: the axis then carries round numbers without names.
    """
    levels = [scale.levels[position] for position in ticks(scale)]
    places = [float(level.value) for level in levels]
    low, high = bounds(scale, values)
    if (low, high) != bounds(scale):
        places = round_steps(low, high)
    texts = [words.level(value) for value in places]
    if names and len(scale.levels) <= 7 and (low, high) == bounds(scale):
        closest = min((after - before for before, after in pairwise(places)), default=high - low)
        room = PHONE_AXIS * closest / (high - low)
        below = _names([words.of(level.short or level.name) for level in levels], room)
        texts = ["<br>".join([text, *name]) for text, name in zip(texts, below, strict=True)]
    return {
        "range": [low, high],
        "tickvals": places,
        "ticktext": _apart(texts, places, (high - low) / 13),
        "tickfont": {"size": SMALL_SIZE, "color": QUIET},
        "tickangle": 0,
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
    }


def _apart(texts: Sequence[str], places: Sequence[float], room: float) -> list[str]:
    """The texts at an axis without those that stand too close to another; the ends always stay."""
    kept = [places[0]]
    for place in places[1:-1]:
        if place - kept[-1] >= room and places[-1] - place >= room:
            kept.append(place)
    return [words if place in (*kept, places[-1]) else "" for place, words in zip(places, texts, strict=True)]


def rows_below(axis: Part) -> int:
    """Pixels that the texts under an axis take."""
    return 15 * max((tick.count("<br>") + 1 for tick in axis["ticktext"]), default=1)


def _names(names: Sequence[str], room: float) -> list[tuple[str, ...]]:
    """The names of the levels in lines where they fit on a phone (`room`: pixels between the closest two): all, the ends, or none."""
    broken = [lines(name, 4.7) for name in names]
    if _fit(broken, room):
        found = broken
    else:
        found = [line if number in (0, len(names) - 1) else () for number, line in enumerate(broken)]
        found = found if _fit(found, PHONE_AXIS) else [()] * len(names)
    return [tuple(escaped(line) for line in name) for name in found]


def _fit(names: Sequence[Sequence[str]], step: float) -> bool:
    """Do neighbours keep clear of each other, do the outer ones stay on the paper, is none taller than four lines?"""
    wide = [max((width(line) for line in name), default=0.0) * SMALL_SIZE * LATIN for name in names]
    apart = all(one == 0 or two == 0 or (one + two) / 2 + 3 <= step for one, two in pairwise(wide))
    return apart and max(wide[0], wide[-1]) <= 2 * PHONE_MARGIN and max(len(name) for name in names) <= 4


def paper_axis(height: float) -> Part:
    """A vertical axis in pixels from the top, for rows that are laid out by hand; nothing of it is drawn."""
    return {"range": [height, 0], "visible": False, "fixedrange": True}


def text(x: float, y: float, words: str, **more: Any) -> Part:
    """Words at a place of the drawing (data coordinates unless said otherwise). `words` must be escaped already."""
    font = {"size": more.pop("size", SMALL_SIZE), "color": more.pop("color", QUIET)}
    base: Part = {"x": x, "y": y, "text": words, "showarrow": False, "font": font, "align": "left"}
    return {**base, **more}


def hover(*found: str) -> str:
    """The lines of a hover text; each is escaped here, empty ones fall away."""
    return "<br>".join(lettered(line, 28) for line in found if line)


def title_lines(title: str) -> tuple[str, ...]:
    """A title broken so that a phone shows it whole; none where the page says it in its own type."""
    return lines(title, 20) if title else ()


def layout(
    title: str, height: float, *, key: Sequence[str] = (), left: int, right: int, bottom: int, above: int = 0
) -> Part:
    """The frame of every figure. `height` is that of the drawing itself; title, key and margins come on top.

    `above` keeps free space between the key and the drawing. An empty `title` takes no room.
    """
    sentence = EDGE + 25 * len(title_lines(title)) if title else 0
    top = sentence + (10 + 18 * len(key) if key else 4) + above
    return {
        "autosize": True,
        "height": round(height + top + bottom),
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": False},
        "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "align": "left",
            "bgcolor": PAPER,
            "bordercolor": AXIS,
            "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
        },
        "annotations": [
            *([_title(title, left, top)] if title else []),
            *([_key(key, left, above)] if key else []),
        ],
        "shapes": [],
    }


def key(words: Words, *marks: str) -> tuple[str, ...]:
    """The lines that explain the marks, in their own shapes and colours; no wider than a phone."""
    found: list[list[str]] = [[]]
    room = 26.0
    for mark in marks:
        sign, colour = _KEY_SIGNS[mark]
        name = words(f"figure.mark.{mark}")
        if found[-1] and room < width(name) + 1.5:
            found.append([])
            room = 26.0
        room -= width(name) + 2.5
        found[-1].append(f'<span style="color:{colour}"><b>{sign}</b></span> {name}')
    return tuple(" &nbsp; ".join(line) for line in found)


def empty(frame: Part, sentence: str, data: Sequence[Part] = (NOTHING,)) -> Figure:
    """The figure before there is anything to show: its axes and, in the middle, what will stand here."""
    said = text(
        0.5,
        0.5,
        lettered(sentence, 17),
        xref="paper",
        yref="paper",
        xanchor="center",
        yanchor="middle",
        align="center",
        size=15,
        color=INK,
        bgcolor=PAPER,
        borderpad=10,
    )
    title = [note for note in frame["annotations"] if note.get("name") == "title"]
    return {"data": list(data), "layout": {**frame, "annotations": [*title, said]}}


def _title(title: str, left: int, top: int) -> Part:
    words = f"<b>{lettered(title, 20)}</b>"
    return _above(words, left, top - EDGE, yanchor="top", size=TITLE_SIZE, color=INK, name="title")


def _key(key: Sequence[str], left: int, above: int) -> Part:
    return _above("<br>".join(key), left, above + 4, yanchor="bottom", name="key")


def _above(words: str, left: int, up: int, **more: Any) -> Part:
    """Words over the drawing, flush with the outer left edge, `up` pixels above it."""
    return text(
        0, 1, words, xref="paper", yref="paper", xanchor="left", xshift=EDGE - left, yshift=up, **more
    )
