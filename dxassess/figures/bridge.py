"""One item across editions: a line in the viewed edition, related levels on hatching, a gap where nothing relates.

Related levels are joined inside their own stretch of rounds alone, by a thin grey line, and never with the viewed one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from dxassess.assessment.bridge import Cell, Counterpart, Row
from dxassess.assessment.model import State
from dxassess.catalogue.model import Scale
from dxassess.figures import style, timeline
from dxassess.figures.lettering import clipped, escaped
from dxassess.figures.stretches import Stretch, notes, room_above, seam
from dxassess.figures.style import Figure, Part
from dxassess.text import Words

HEIGHT, ROOM = 128, 8
MARGIN = 34
SIGN_ROOM = 22
"""Between the drawing and the names of the editions."""
NOT_ASKED = "×"
"""The sign of a round of the viewed edition that did not ask the item."""
CODES = 3
"""So many numbers of items stand beside one mark."""


def draw(row: Row, runs: Sequence[Stretch], scale: Scale, words: Words, title: str | None = None) -> Figure:
    """The panel of one item; `runs` cover its cells. `title`: the sentence above, made from the row when left out, `""` for none."""
    rounds = [cell.round for cell in row.cells]
    across = _across(row, runs, words)
    frame = style.layout(
        headline(row, words) if title is None else title,
        HEIGHT,
        left=MARGIN,
        right=14,
        bottom=26 + style.rows_below(across),
        above=SIGN_ROOM + room_above(runs, len(rounds)),
    )
    frame["xaxis"] = across
    frame["yaxis"] = style.value_axis(scale, words)
    if not rounds:
        return style.empty(frame, words("editions.figure.empty"))
    frame["annotations"] += [note for run in runs for note in notes(run, row, len(rounds), words)]
    frame["shapes"] = [seam(run) for run in runs[1:]]
    return {
        "data": [
            _hatching(row, scale),
            *_related(row, runs, scale, words),
            *_through(row),
            _own(row, words),
        ],
        "layout": frame,
    }


def headline(row: Row, words: Words) -> str:
    """The item, and its newest level in the viewed edition."""
    named = {"code": row.item.code, "title": words.of(row.item.title)}
    newest = row.newest
    if newest is None:
        return words("editions.figure.head_none", **named)
    quarter = words.short_quarter(newest.round.quarter)
    return words("editions.figure.head_own", **named, level=words.level(newest.value), quarter=quarter)


def describe(row: Row, runs: Sequence[Stretch], words: Words) -> str:
    """The panel in sentences, one per round."""
    if not row.cells:
        return words("editions.figure.empty")
    homes = {place: run for run in runs for place in run.rounds}
    return "\n".join(
        words(
            "editions.figure.said",
            quarter=words.short_quarter(cell.round.quarter),
            edition=homes[place].name,
            what=_said(cell, homes[place], words),
        )
        for place, cell in enumerate(row.cells)
    )


def _said(cell: Cell, run: Stretch, words: Words) -> str:
    if cell.kind == "solid":
        level = level_said(cell.value, cell.state, words)
        return words("editions.figure.said_reworded", level=level) if cell.reworded else level
    if cell.kind == "broken":
        return words("editions.figure.not_asked" if run.own else "editions.figure.none")
    levels = words("common.comma").join(
        words(
            "editions.figure.level",
            code=each.item.code,
            title=words.of(each.item.title),
            level=level_said(each.value, each.state, words),
        )
        for each in cell.counterparts
    )
    return words("editions.figure.said_beside", levels=levels)


def level_said(value: Fraction | None, state: State, words: Words) -> str:
    """A level, or why there is none."""
    return words.level(value) if value is not None else words(f"figure.mark.{state}")


def _across(row: Row, runs: Sequence[Stretch], words: Words) -> Part:
    """The axis of the rounds; below a round stands the sign of what has no level in it."""
    axis = timeline.quarter_axis([cell.round for cell in row.cells], words, ROOM)
    own = {place for run in runs if run.own for place in run.rounds}
    texts = [
        "<br>".join([text, *_signs(row.cells[place], place in own)])
        for place, text in zip(axis["tickvals"], axis["ticktext"], strict=True)
    ]
    return {**axis, "ticktext": texts}


def _signs(cell: Cell, own: bool) -> list[str]:
    if cell.kind == "broken":
        return [NOT_ASKED] if own else []
    if cell.kind == "solid":
        return [] if cell.value is not None else [style.STATE_SIGNS[cell.state]]
    silent = [each for each in cell.counterparts if each.value is None]
    return [f"{escaped(each.item.code)} {style.STATE_SIGNS[each.state]}" for each in silent[:CODES]]


def _hatching(row: Row, scale: Scale) -> Part:
    """Hatching over the whole scale in every round that is only bridged."""
    low, high = style.bounds(scale)
    places = [place for place, cell in enumerate(row.cells) if cell.kind == "bridged"]
    pattern = {"shape": "/", "fgcolor": style.AXIS, "bgcolor": style.PAPER, "size": 7, "solidity": 0.18}
    return {
        "type": "bar",
        "x": places,
        "y": [high - low] * len(places),
        "base": [low] * len(places),
        "width": [1] * len(places),
        "marker": {"color": style.AXIS, "line": {"width": 0}, "pattern": pattern},
        "hoverinfo": "skip",
    }


def _related(row: Row, runs: Sequence[Stretch], scale: Scale, words: Words) -> list[Part]:
    """The related levels, one trace per item and stretch; stretches on another scale have none."""
    return [
        _trace(places, row, labels, scale, words)
        for run in runs
        if run.fits
        for labels in [_labels(row, run, words)]
        for places in _by_item(row, run).values()
    ]


def _by_item(row: Row, run: Stretch) -> dict[str, list[tuple[int, Counterpart]]]:
    found: dict[str, list[tuple[int, Counterpart]]] = {}
    for place in run.rounds:
        for each in row.cells[place].counterparts if row.cells[place].kind == "bridged" else ():
            found.setdefault(each.item.id, []).append((place, each))
    return found


def _labels(row: Row, run: Stretch, words: Words) -> Mapping[tuple[int, str], str]:
    """Beside the last level of each related item its number; numbers that meet in one place stand together."""
    meeting: dict[tuple[int, object], list[Counterpart]] = {}
    for steps in _by_item(row, run).values():
        known = [(place, each) for place, each in steps if each.value is not None]
        if known:
            place, each = known[-1]
            meeting.setdefault((place, each.value), []).append(each)
    return {(place, found[0].item.id): _codes(found, words) for (place, _), found in meeting.items()}


def _codes(found: Sequence[Counterpart], words: Words) -> str:
    codes = [escaped(each.item.code) for each in found]
    return words("common.comma").join(codes[:CODES]) + ("…" if len(codes) > CODES else "")


def _trace(
    steps: Sequence[tuple[int, Counterpart]],
    row: Row,
    labels: Mapping[tuple[int, str], str],
    scale: Scale,
    words: Words,
) -> Part:
    top = style.bounds(scale)[1]
    values = [style.place(each.value) for _, each in steps]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [place for place, _ in steps],
        "y": values,
        "line": {"color": style.QUIET, "width": 1, "dash": "1px,3px"},
        "marker": {
            "symbol": "circle",
            "size": 9,
            "color": style.QUIET,
            "line": {"color": style.PAPER, "width": 1},
        },
        "text": [labels.get((place, each.item.id), "") for place, each in steps],
        "textposition": ["bottom center" if value == top else "top center" for value in values],
        "textfont": {"size": style.SMALL_SIZE, "color": style.INK},
        "connectgaps": False,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [_hover_related(row.cells[place], each, words) for place, each in steps],
    }


def _hover_related(cell: Cell, each: Counterpart, words: Words) -> str:
    named = words(
        "editions.figure.level",
        code=each.item.code,
        title=words.of(each.item.title),
        level=level_said(each.value, each.state, words),
    )
    relation = words(f"editions.relation.{each.pair.relation}") if each.pair else words("editions.rescaled")
    return style.hover(
        words("figure.round", quarter=words.quarter(cell.round.quarter), title=clipped(cell.round.title, 24)),
        named,
        words("editions.figure.hover_related", relation=relation),
    )


def _through(row: Row) -> list[Part]:
    """A thin line over rounds of other editions, from level to level of the viewed one: the item is the same on both sides."""
    own = [(place, cell) for place, cell in enumerate(row.cells) if cell.kind == "solid"]
    apart = [(one, other) for one, other in pairwise(own) if other[0] - one[0] > 1]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [place for place, _ in ends],
            "y": [style.place(cell.value) for _, cell in ends],
            "line": {"color": style.ACCENT, "width": 1.25},
            "hoverinfo": "skip",
        }
        for ends in apart
        if all(cell.value is not None for _, cell in ends)
    ]


def _own(row: Row, words: Words) -> Part:
    """The line of the viewed edition; it stops at every round that is not its own."""
    texts = [words.level(cell.value) if cell.value is not None else "" for cell in row.cells]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": list(range(len(row.cells))),
        "y": [style.place(cell.value) for cell in row.cells],
        "line": {"color": style.ACCENT, "width": 3},
        "marker": {**style.CURRENT, "size": 10},
        "text": [f"<b>{text}</b>" if text else "" for text in texts],
        "textposition": "top center",
        "textfont": {"size": style.TEXT_SIZE, "color": style.ACCENT},
        "connectgaps": False,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [_hover_own(cell, words) for cell in row.cells],
    }


def _hover_own(cell: Cell, words: Words) -> str:
    if cell.kind != "solid":
        return ""
    return style.hover(
        words("figure.round", quarter=words.quarter(cell.round.quarter), title=clipped(cell.round.title, 24)),
        words("editions.figure.hover_own", level=level_said(cell.value, cell.state, words)),
        words("editions.figure.reworded") if cell.reworded else "",
    )
