"""All parts of a movement as a table whose last row is the sum; every row opens to what went into it."""

from __future__ import annotations

import html

import streamlit as st

from dxassess.assessment.movement import KINDS, Input, Movement, Part
from dxassess.figures.waterfall import item_name, label_of, levels
from dxassess.text import Words
from dxassess.text.adding import adding_up
from dxassess.ui.components import block, plain, subheading

COLUMNS = ("part", "change", "value")


def parts_table(words: Words, made: Movement) -> None:
    """Every part with its change and the value so far, and how the numbers are rounded."""
    if made.why_not is not None or made.before is None or made.change is None:
        return
    st.html('<div id="parts"></div>')
    subheading(words("movement.parts"), words("movement.parts_lead"))
    fits = adding_up((part.change for part in made.parts), made.change, 3, 5)
    places = fits or 3
    heads = [words(f"movement.column_{name}") for name in COLUMNS]
    first = _row(heads, plain(words("movement.start")), "", words.number(made.before.value, places))
    rows = [_part_row(words, heads, part, places) for part in made.parts]
    total = made.total(*KINDS)
    said = f"<b>{plain(words('movement.total'))}</b><br>{plain(words('movement.exactly', value=total))}"
    last = _row(
        heads,
        said,
        words.signed(total, places),
        words.number(made.after.value if made.after else None, places),
    )
    top = "".join(
        f"<th{' class=number' if place else ''}>{plain(head)}</th>" for place, head in enumerate(heads)
    )
    body = "".join([first, *rows, last])
    st.html(
        f'<div class="dx-scroll" tabindex="0"><table class="dx-table dx-cards"><tr>{top}</tr>{body}</table></div>'
    )
    block(words("movement.rounding_off" if fits is None else "movement.rounding_fits"), "quiet")


def _row(heads: list[str], what: str, change: str, value: str) -> str:
    cells = "".join(
        f'<td class="number" data-head="{html.escape(head)}">{plain(said)}</td>'
        for head, said in zip(heads[1:], (change, value), strict=True)
    )
    return f'<tr><td class="head" data-head="{html.escape(heads[0])}">{what}</td>{cells}</tr>'


def _part_row(words: Words, heads: list[str], part: Part, places: int) -> str:
    lines = [_input(words, one, places) for one in part.inputs]
    exactly = words("movement.exactly", value=part.change)
    inside = "".join(f"<li>{plain(line)}</li>" for line in [*lines, exactly])
    what = f'<details><summary>{plain(label_of(part, words))}</summary><ul class="dx-list">{inside}</ul></details>'
    return _row(heads, what, words.signed(part.change, places), words.number(part.after, places))


def _input(words: Words, one: Input, places: int) -> str:
    before, after = levels(one, words)
    weight = "" if one.weight is None else words("movement.weight", weight=words.level(one.weight))
    values = {"name": item_name(one.indicator, words), "before": before, "after": after, "weight": weight}
    if one.reason is not None:
        return words("movement.input_reason", reason=words(f"movement.reason_{one.reason}"), **values)
    by, effect, share = (
        words.signed(one.by),
        words.signed(one.effect, places),
        words.signed(one.share, places),
    )
    return words("movement.input_by", by=by, effect=effect, share=share, **values)
