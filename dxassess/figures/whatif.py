"""What a plan would do: each section today ●, with the plan ◐ and at its target ○, on the whole scale."""

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
"""Em of a label before it breaks: it stands above its line."""
LINE, ROW, GAP = 19, 18, 14


@dataclass(frozen=True, slots=True)
class Reach:
    """One section by its short name: its value today, with the plan, and at the targets; None where there is none."""

    label: str
    now: Fraction | None
    then: Fraction | None
    target: Fraction | None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    reach: Reach
    label: tuple[str, ...]
    y: float


def draw(
    reaches: Sequence[Reach], scale: Scale, words: Words, title: str, top: Fraction | None = None
) -> Figure:
    """One line per section in the order given, its name and numbers above it, on the whole scale (up to `top` for sums beyond it)."""
    shown = [each for each in reaches if each.now is not None]
    placed, height = _laid_out(shown)
    axis = style.value_axis(scale, words, names=True, values=[*_values(shown), top])
    frame = style.layout(
        title,
        height,
        key=style.key(words, "current", "planned", "target"),
        left=36,
        right=36,
        bottom=28 + style.rows_below(axis),
        above=10,
    )
    frame["xaxis"], frame["yaxis"] = axis, style.paper_axis(height)
    if not shown:
        return style.empty(frame, words("figure.whatif.empty"))
    frame["shapes"] = [_way(item) for item in placed]
    frame["annotations"] += [_name(item, axis["range"][0], words) for item in placed]
    marks = (("target", style.TARGET), ("then", style.PLANNED), ("now", style.CURRENT))
    return {"data": [_marks(placed, which, mark, words) for which, mark in marks], "layout": frame}


def describe(reaches: Sequence[Reach], words: Words) -> str:
    """The chart in sentences, one section after the other."""
    said = [f"{each.label} {_numbers(each, words)}" for each in reaches if each.now is not None]
    return "\n".join(said) if said else words("figure.whatif.empty")


def _values(reaches: Sequence[Reach]) -> list[Fraction | None]:
    return [value for each in reaches for value in (each.now, each.then, each.target)]


def _laid_out(reaches: Sequence[Reach]) -> tuple[list[_Placed], float]:
    placed: list[_Placed] = []
    y = 0.0
    for each in reaches:
        label = lines(each.label, LABEL)
        y += LINE * len(label)
        placed.append(_Placed(each, label, y + ROW / 2 + 3))
        y += ROW + GAP
    return placed, y if placed else 200.0


def _numbers(reach: Reach, words: Words) -> str:
    now, then = words.number(reach.now), words.number(reach.then)
    if reach.target is None:
        return words("figure.whatif.numbers_no_target", now=now, then=then)
    return words("figure.whatif.numbers", now=now, then=then, target=words.number(reach.target))


def _name(item: _Placed, low: float, words: Words) -> Part:
    """The name of a section and its numbers, above its line."""
    label = "<br>".join(escaped(line) for line in item.label)
    said = f'<span style="color:{style.ACCENT}">{_numbers(item.reach, words)}</span>'
    return style.text(
        low,
        item.y - ROW / 2 - 3,
        f"{f'<b>{label}</b>' if item.reach.whole else label} &nbsp;{said}",
        xanchor="left",
        yanchor="bottom",
        xshift=-4,
        size=style.TEXT_SIZE,
        color=style.INK,
    )


def _way(item: _Placed) -> Part:
    """A line over all marks of a section."""
    known = [float(value) for value in _values([item.reach]) if value is not None]
    return {
        "type": "line",
        "x0": min(known),
        "x1": max(known),
        "y0": item.y,
        "y1": item.y,
        "line": {"color": style.ACCENT_SOFT, "width": 3},
        "layer": "below",
    }


def _marks(placed: Sequence[_Placed], which: str, mark: Part, words: Words) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": which,
        "x": [style.place(getattr(item.reach, which)) for item in placed],
        "y": [item.y for item in placed],
        "marker": mark,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [style.hover(item.reach.label, _numbers(item.reach, words)) for item in placed],
    }
