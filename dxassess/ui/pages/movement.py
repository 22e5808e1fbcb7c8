"""Why it moved: what took a value from one closed round to another, in parts that add up exactly; above it the note in words."""

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
    """The note on the newest round, then the two rounds that are chosen."""
    assert here.store
    found = pair_of(here.app, here.store, *parts.asked(here))
    title(here, own_badge(here, found.edition) if isinstance(found, Pair) else "")
    if not isinstance(found, Pair):
        parts.damaged(here.words, found)
        empty(here, "movement", "rounds")
        return
    parts.damaged(here.words, found.damaged)
    above = st.container()
    node, view = parts.picked(here, found)
    with above:
        note(here, found, node, view)
    parts.remarks(here, found)
    made = movement_of(here.app, here.store, found, node, view)
    if made is not None:
        parts.headline(here.words, found, made)
        parts.beside(here.words, found, made)
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
