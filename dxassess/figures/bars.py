"""The groups as bars, for so few or so many that a radar says nothing: today filled, the target a hollow circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxassess.catalogue.model import Scale
from dxassess.figures import style
from dxassess.figures.lettering import escaped, lines
from dxassess.figures.style import Figure, Part
from dxassess.text import Words

LABEL = 26.0
"""Em of a label before it breaks: it stands above its bar."""
LINE, BAR, GAP = 19, 16, 16


@dataclass(frozen=True, slots=True)
class Group:
    """One group. `label` is short: the number and the name. None: the group has no value yet."""

    label: str
    current: Fraction | None
    target: Fraction | None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A group with its label broken, and where its bar stands in pixels from the top."""

    group: Group
    label: tuple[str, ...]
    y: float


def draw(
    groups: Sequence[Group], scale: Scale, words: Words, title: str, top: Fraction | None = None
) -> Figure:
    """One bar per group in the order given, its name above it, on the whole scale (up to `top` for sums beyond it)."""
    placed, height = _laid_out(groups)
    axis = style.value_axis(scale, words, names=True, values=[*values_of(groups), top])
    frame = style.layout(
        title,
        height,
        key=style.key(words, "current", "target"),
        left=36,
        right=36,
        bottom=28 + style.rows_below(axis),
        above=10,
    )
    frame["xaxis"], frame["yaxis"] = axis, style.paper_axis(height)
    if not filled(groups):
        return style.empty(frame, words("figure.radar.empty"))
    low = axis["range"][0]
    frame["annotations"] += [_name(item, low, words) for item in placed]
    return {"data": [_bars(placed, low, words), _targets(placed, words)], "layout": frame}


def filled(groups: Sequence[Group]) -> bool:
    """Is there anything to draw?"""
    return any(value is not None for value in values_of(groups))


def values_of(groups: Sequence[Group]) -> list[Fraction | None]:
    """Every value and target, for the reach of the axis."""
    return [value for group in groups for value in (group.current, group.target)]


def hover(group: Group, words: Words) -> str:
    """What is said beside a group."""
    return style.hover(
        group.label,
        words("figure.hover.now", value=words.number(group.current)),
        words("figure.hover.target", value=words.number(group.target)),
    )


def _laid_out(groups: Sequence[Group]) -> tuple[list[_Placed], float]:
    """The groups from the top down, and how high all of them are (never lower than the drawn empty state)."""
    placed: list[_Placed] = []
    y = 0.0
    for group in groups:
        label = lines(group.label, LABEL)
        y += LINE * len(label)
        placed.append(_Placed(group, label, y + BAR / 2 + 3))
        y += BAR + GAP
    return placed, y if filled(groups) else 200.0


def _name(item: _Placed, low: float, words: Words) -> Part:
    """The name of a group and its numbers, above its bar."""
    label = "<br>".join(escaped(line) for line in item.label)
    said = words(
        "figure.small_multiples.newest",
        value=words.number(item.group.current),
        target=words.number(item.group.target),
    )
    if item.group.current is None:
        said = f"{words('figure.radar.missing')} {said}"
    return style.text(
        low,
        item.y - BAR / 2 - 3,
        f'<b>{label}</b> &nbsp;<span style="color:{style.ACCENT}">{said}</span>',
        xanchor="left",
        yanchor="bottom",
        xshift=-4,
        size=style.TEXT_SIZE,
        color=style.INK,
    )


def _bars(placed: Sequence[_Placed], low: float, words: Words) -> Part:
    values = [style.place(item.group.current) for item in placed]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [None if value is None else value - low for value in values],
        "base": [low] * len(placed),
        "y": [item.y for item in placed],
        "width": [BAR] * len(placed),
        "marker": {"color": style.ACCENT},
        "hoverinfo": "text",
        "hovertext": [hover(item.group, words) for item in placed],
    }


def _targets(placed: Sequence[_Placed], words: Words) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [style.place(item.group.target) for item in placed],
        "y": [item.y for item in placed],
        "marker": style.TARGET,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [hover(item.group, words) for item in placed],
    }
