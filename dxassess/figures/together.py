"""Whether the company grows together: round by round, by how many levels two people differ, and what of it is due to roles.

A bar is the whole difference, its dark foot the part due to roles; where a role had a single vote that part is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from dxassess.assessment.model import Round
from dxassess.figures import style, timeline
from dxassess.figures.lettering import clipped
from dxassess.figures.style import Figure, Part, Value
from dxassess.text import Words

HEIGHT, WIDE, ROOM = 220, 0.5, 10
LEAST = 2
"""The axis reaches to so many levels at least, so that small differences look small."""


@dataclass(frozen=True, slots=True)
class TogetherBar:
    """One round. `mean`: mean pairwise difference in levels on `n` of `m` items, by `people`; `due`: its part due to roles."""

    round: Round
    mean: Value
    due: Value
    n: int
    m: int
    people: int


def draw(bars: Sequence[TogetherBar], words: Words, title: str | None = None) -> Figure:
    """A bar per round in the order given, all of one edition. `title` is the sentence above, `""` for none."""
    rounds = [bar.round for bar in bars]
    across = timeline.quarter_axis(rounds, words, ROOM)
    frame = style.layout(
        headline(bars, words) if title is None else title,
        HEIGHT,
        key=(
            _sign("■", style.ACCENT_SOFT, words("figure.together.key_mean")),
            _sign("■", style.ACCENT, words("figure.together.key_due")),
        ),
        left=40,
        right=24,
        bottom=26 + style.rows_below(across),
        above=12,
    )
    frame["xaxis"], frame["yaxis"] = across, _levels(bars, words)
    frame["barmode"] = "overlay"
    if not bars:
        return style.empty(frame, words("figure.together.empty"))
    return {"data": [_bars(bars, words, "mean"), _bars(bars, words, "due")], "layout": frame}


def describe(bars: Sequence[TogetherBar], words: Words) -> str:
    """The chart in sentences, one round after the other."""
    if not bars:
        return words("figure.together.empty")
    return "\n".join(_said(bar, words) for bar in bars)


def headline(bars: Sequence[TogetherBar], words: Words) -> str:
    """The sentence above: from the first round that is drawn to the last."""
    if not bars:
        return words("figure.together.title_empty")
    first, last = bars[0], bars[-1]
    if len(bars) == 1 or first.mean is None or last.mean is None:
        return words("figure.together.title_one", last=words.number(last.mean))
    key = "closer" if last.mean < first.mean else "further" if last.mean > first.mean else "same"
    return words(
        f"figure.together.title_{key}",
        first=words.number(first.mean),
        last=words.number(last.mean),
        first_quarter=words.short_quarter(first.round.quarter),
        last_quarter=words.short_quarter(last.round.quarter),
    )


def _sign(sign: str, colour: str, label: str) -> str:
    return f'<span style="color:{colour}"><b>{sign}</b></span> {label}'


def _levels(bars: Sequence[TogetherBar], words: Words) -> Part:
    top = max([LEAST, *(ceil(float(bar.mean) + 0.5) for bar in bars if bar.mean is not None)])
    return {
        "range": [0, top],
        "tickvals": list(range(top + 1)),
        "ticktext": [words.level(level) for level in range(top + 1)],
        "tickfont": {"size": style.SMALL_SIZE, "color": style.QUIET},
        "gridcolor": style.GRID,
        "zeroline": False,
        "fixedrange": True,
    }


def _bars(bars: Sequence[TogetherBar], words: Words, part: str) -> Part:
    whole = part == "mean"
    values = [style.place(getattr(bar, part)) for bar in bars]
    return {
        "type": "bar",
        "x": list(range(len(bars))),
        "y": [None if value is None else max(value, 0.0) for value in values],
        "width": [WIDE] * len(bars),
        "marker": {"color": style.ACCENT_SOFT if whole else style.ACCENT, "line": {"width": 0}},
        "text": [_written(bar, words) if whole else "" for bar in bars],
        "textposition": "outside",
        "textfont": {"size": style.TEXT_SIZE, "color": style.INK},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [style.hover(*_lines(bar, words)) for bar in bars],
    }


def _written(bar: TogetherBar, words: Words) -> str:
    """Both figures above the bar: a part that is not known is a dash, and no part of nothing."""
    part = words("figure.together.part", due=words.number(bar.due))
    return f'<b>{words.number(bar.mean)}</b><br><span style="color:{style.QUIET}">{part}</span>'


def _lines(bar: TogetherBar, words: Words) -> tuple[str, ...]:
    held = bar.round
    return (
        words("figure.round", quarter=words.quarter(held.quarter), title=clipped(held.title, 24)),
        words("figure.together.mean", mean=words.number(bar.mean), due=words.number(bar.due)),
        words("figure.together.counts", people=bar.people, counts=words.n_of_m(bar.n, bar.m)),
    )


def _said(bar: TogetherBar, words: Words) -> str:
    return words(
        "figure.together.said",
        quarter=words.short_quarter(bar.round.quarter),
        mean=words.number(bar.mean),
        due=words.number(bar.due),
        people=bar.people,
    )
