"""All parts of a movement as a table whose last row is the sum; every row opens to what went into it."""

from __future__ import annotations

import html
from fractions import Fraction

import streamlit as st

from dxassess.assessment.movement import KINDS, Input, Kind, Movement
from dxassess.assessment.waterfall import Bar, rows
from dxassess.figures.waterfall import PLACES, changes, item_name, label_of, levels, told_of, whole
from dxassess.text import Words
from dxassess.ui.components import block, plain, subheading
from dxassess.usecases.movement import Pair

COLUMNS = ("part", "change", "value")


def parts_table(words: Words, found: Pair, made: Movement) -> None:
    """Every part with its change and the value so far, in the order of the waterfall, and how the numbers are rounded."""
    then, now = (node.value if node else None for node in (made.before, made.after))
    if made.why_not is not None or then is None or now is None:
        return
    st.html('<div id="parts"></div>')
    subheading(words("movement.parts"), words("movement.parts_lead"))
    heads = [words(f"movement.column_{name}") for name in COLUMNS]
    first = _row(heads, plain(words("movement.start")), "", words.number(then, PLACES))
    steps = rows(made)
    each = [
        _part_row(words, found, heads, step, change)
        for step, change in zip(steps, changes(steps, words), strict=True)
    ]
    said = f"<b>{plain(words('movement.total'))}</b>{_exactly(words, made.total(*KINDS))}"
    last = _row(heads, said, whole(then, now, words), words.number(now, PLACES))
    top = "".join(
        f"<th{' class=number' if place else ''}>{plain(head)}</th>" for place, head in enumerate(heads)
    )
    body = "".join([first, *each, last])
    st.html(
        f'<div class="dx-scroll" tabindex="0"><table class="dx-table dx-cards"><tr>{top}</tr>{body}</table></div>'
    )
    block(words("movement.rounding"), "quiet")


def _row(heads: list[str], what: str, change: str, value: str) -> str:
    cells = "".join(
        f'<td class="number" data-head="{html.escape(head)}">{plain(said)}</td>'
        for head, said in zip(heads[1:], (change, value), strict=True)
    )
    return f'<tr><td class="head" data-head="{html.escape(heads[0])}">{what}</td>{cells}</tr>'


def _part_row(words: Words, found: Pair, heads: list[str], step: Bar, change: str) -> str:
    lines = "".join(f"<li>{plain(_input(words, found, one, step.kind))}</li>" for one in step.inputs)
    inside = f'<ul class="dx-list">{lines}</ul>{_exactly(words, step.change)}'
    what = f"<details><summary>{plain(label_of(step, words))}</summary>{inside}</details>"
    return _row(heads, what, change, words.number(step.end, PLACES))


def _exactly(words: Words, value: Fraction) -> str:
    """A value as the fraction it is, which can be long: behind an opening of its own."""
    summary = plain(words("movement.exact"))
    return f'<details class="exact"><summary>{summary}</summary>{plain(str(value))}</details>'


def _input(words: Words, found: Pair, one: Input, kind: Kind) -> str:
    before, after = levels(one, words)
    weight = "" if one.weight is None else words("movement.weight", weight=words.level(one.weight))
    values = {"name": item_name(one.indicator, words), "before": before, "after": after, "weight": weight}
    if one.reason is not None:
        missing = found.before if one.before is None else found.after
        assert missing
        reason = words(f"movement.reason_{one.reason}", round=missing.held.title)
        return words("movement.input_reason", reason=reason, **values)
    by, share, effect = (
        words.signed(one.by),
        *(words.signed(each, PLACES) for each in (one.share, one.effect)),
    )
    values = {**values, "share": share, "effect": effect}
    if one.told is None:
        return words("movement.input_by", by=by, **values)
    who = words("movement.item_who", name=values["name"], by=by)
    return words("movement.input_told", what=who if kind == "who" else told_of(one, words), **values)
