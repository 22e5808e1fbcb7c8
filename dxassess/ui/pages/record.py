"""Decision record: one indicator over all rounds, what was voted, what was agreed and why; made to be printed."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.ui import record_parts as parts
from dxassess.ui.board_looks import board_looks
from dxassess.ui.components import empty, empty_house, heading
from dxassess.ui.context import Here, current
from dxassess.usecases import decision_record, decisions_of, role_choices


def show(here: Here, held: Round) -> None:
    """The record of one indicator of a round's edition."""
    assert here.store
    edition = here.store.edition(held.edition_hash)
    item = parts.picked_item(here, edition, {each.indicator for each in decisions_of(here.store, held)})
    found = decision_record(here.store, edition, item)
    roles = role_choices(here.store, edition)
    st.html(parts.tools(here.words))
    st.html(parts.sheet(here.words, found, roles, here.timezone))
    board_looks()


here = current()
heading(here.words("record.title"), here.words("record.lead"))
if here.store is None:
    empty_house(here, "record")
elif here.round is None:
    empty(here, "record", "rounds")
else:
    show(here, here.round)
