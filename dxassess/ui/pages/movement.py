"""Why it moved: what took a value from one closed round to another, in parts that add up exactly, with the note in words."""

from __future__ import annotations

import streamlit as st

from dxassess.ui import movement_parts as parts
from dxassess.ui.components import empty, empty_house, heading
from dxassess.ui.context import Here, current
from dxassess.ui.movement_table_parts import parts_table
from dxassess.ui.note_parts import note
from dxassess.ui.own_parts import own_badge
from dxassess.usecases.movement import Pair, movement_of, pair_of


def title(here: Here, badge: str = "") -> None:
    """The page's title."""
    heading(here.words("movement.title"), here.words("movement.lead"), badge)


def show(here: Here) -> None:
    """The two rounds that are chosen: in one sentence, in words, and part by part."""
    assert here.store
    found = pair_of(here.app, here.store, *parts.asked(here))
    title(here, own_badge(here, found.edition) if isinstance(found, Pair) else "")
    if not isinstance(found, Pair):
        parts.damaged(here.words, found)
        empty(here, "movement", "rounds")
        return
    parts.damaged(here.words, found.damaged)
    top = st.container()
    node, view = parts.picked(here, found)
    made = movement_of(here.app, here.store, found, node, view)
    with top:
        parts.first(here.words, found)
        if made is not None:
            parts.headline(here, found, made)
            parts.beside(here.words, made)
    parts.remarks(here, found)
    note(here, found, node, view)
    if made is not None and made.why_not is None:
        parts.answering(here.words, made)
        parts.editions(here.words, found)
        parts.waterfall_chart(here.words, found, made)
        parts_table(here.words, found, made)
        parts.order(here.words)


here = current()
if here.store is None:
    title(here)
    empty_house(here, "movement")
else:
    show(here)
