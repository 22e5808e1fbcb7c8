"""Done actions nobody has measured an effect of, and whether items with actions moved more than the others."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.touched import FEW, Side
from dxassess.text import Words
from dxassess.ui.components import block, html_table, plain, round_labels, subheading
from dxassess.ui.context import Here
from dxassess.usecases.effects import Book, Movement, movements

COLUMNS = ("side", "items", "mean")


def without(here: Here, found: Book) -> None:
    """The done actions without a measured effect, each with why."""
    words, n, m = here.words, len(found.without), found.cost().n
    lead = words("effects.without_lead", n=n, m=m) if n else words("effects.without_none", m=m)
    subheading(words("effects.without"), lead if m else words("effects.without_no_actions"))
    lines = (
        words("effects.without_line", title=action.title, why=words(f"effects.without_{why}"))
        for action, why in found.without
    )
    if n:
        st.html('<ul class="dx-list">' + "".join(f"<li>{plain(line)}</li>" for line in lines) + "</ul>")


def touched(here: Here) -> None:
    """Between two closed rounds: how far the items with actions moved, and the others."""
    assert here.store and here.where
    words = here.words
    subheading(words("effects.touched"), words("effects.touched_lead"))
    pairs = movements(here.app, here.store)
    if not pairs:
        block(words("effects.touched_none", n=len(here.where.closed)), "quiet")
        return
    labels = round_labels(words, here.where.rounds)
    picked = st.selectbox(
        words("effects.touched_pick"),
        range(len(pairs)),
        format_func=lambda place: words(
            "effects.touched_pair",
            before=labels[pairs[place].before.id],
            after=labels[pairs[place].after.id],
        ),
        key="touched-pair",
    )
    _told(words, pairs[picked or 0])


def _told(words: Words, pair: Movement) -> None:
    found = pair.found
    heads = [words(f"effects.column_{name}") for name in COLUMNS]
    rows = [
        _row(words, words("effects.side_touched"), found.touched),
        _row(words, words("effects.side_untouched"), found.untouched),
    ]
    st.html(html_table(heads, rows, numbers=(1, 2)))
    if found.actions:
        titles = words("common.comma").join(action.title for action in found.actions)
        block(words("effects.touched_actions", n=len(found.actions), titles=titles), "quiet")
    else:
        block(words("effects.touched_no_action"), "quiet")
    if found.touched.is_few or found.untouched.is_few:
        block(words("effects.touched_few", few=FEW), "hint")
    block(words("effects.touched_care"), "hint")


def _row(words: Words, name: str, side: Side) -> tuple[str, str, str]:
    return name, words.number(side.n, 0), words.signed(side.mean)
