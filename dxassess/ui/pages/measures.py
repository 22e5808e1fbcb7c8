"""Quantitative indicators: the company's own figures with unit and direction, section by section."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.ui import measures_parts as parts
from dxassess.ui.components import block, empty, empty_house, heading, subheading
from dxassess.ui.context import Here, current
from dxassess.ui.keeping import (
    SEEN,
    SOMETIME,
    Memory,
    comes_from_another_round,
    read_seen,
    was_open,
    write_seen,
)
from dxassess.ui.seen import seen_slot
from dxassess.ui.trouble import boundary
from dxassess.ui.turns import turn
from dxassess.usecases import questionnaire


@st.fragment(run_every=SOMETIME)
def sheet(here: Here, held: Round) -> None:
    """Everything below the title runs alone on a click."""
    with turn(), boundary(here.words):
        draw(here, held)


def draw(here: Here, held: Round) -> None:
    """The measures of one field."""
    assert here.store
    asked = questionnaire(here.store, held)
    arrived, may_type = comes_from_another_round(asked), was_open(asked)
    seen_drawn, slot = SEEN not in st.session_state, seen_slot()
    memory = Memory(here.store, asked, read_seen(asked, slot))
    if not asked.edition.measured:
        block(here.words("measures.none"))
        return
    section = parts.section_choice(here, asked)
    top = st.container()
    for part in parts.leaves(section):
        subheading(here.words.of(part.title))
        for item in parts.items_of(asked, part):
            asked = parts.measure(here, memory, asked, item, arrived, may_type)
    parts.onward(here, asked, section)
    with top:
        parts.progress_line(here, asked)
    write_seen(asked, slot, seen_drawn)
    if seen_drawn and memory.is_behind:
        st.rerun()


here = current()
heading(here.words("measures.title"), here.words("measures.lead"))
if here.store is None:
    empty_house(here, "measures")
elif here.round is None:
    empty(here, "measures", "rounds")
else:
    sheet(here, here.round)
