"""Actions: what is done to raise the items, as a table, a board, a timeline, and by impact and effort."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.ui.action_board_parts import board
from dxassess.ui.action_csv_parts import spreadsheet
from dxassess.ui.action_form_parts import add, one
from dxassess.ui.action_parts import late, recorded_by
from dxassess.ui.action_table_parts import table
from dxassess.ui.action_views_parts import matrix_view, timeline_view
from dxassess.ui.components import block, empty, empty_house, heading, round_picker
from dxassess.ui.context import Here, current
from dxassess.ui.forms import arrived
from dxassess.ui.pulse_parts import full_for
from dxassess.usecases.planning import actions_of, whole_edition

VIEWS = ("table", "board", "timeline", "matrix")
KEY = "actions-view"


def show(here: Here, held: Round) -> None:
    """The actions of a round's edition in one of the views, and below it the one that is open."""
    words = here.words
    assert here.store
    edition = whole_edition(here.app, here.store, held)
    found = actions_of(here.store, edition)
    arrived(KEY)
    late(here)
    left, right = st.columns((5, 3), gap="large")
    with left:
        view = st.segmented_control(
            words("actions.view"),
            VIEWS,
            default=VIEWS[0],
            required=True,
            wrap=True,
            format_func=lambda name: words(f"actions.view_{name}"),
            key=KEY,
        )
    with right:
        recorded_by(words)
    if not found:
        block(words("actions.none"), "hint")
    elif view == "board":
        board(here, edition, found)
    elif view == "timeline":
        timeline_view(here, found)
    elif view == "matrix":
        matrix_view(here, held, found)
    else:
        table(here, edition, found)
    if found:
        one(here, edition, found)
    add(here, edition, found)
    spreadsheet(here, edition)


here = current()
heading(here.words("actions.title"), here.words("actions.lead"))
if here.store is None:
    empty_house(here, "actions")
elif here.round is None:
    empty(here, "actions", "rounds")
else:
    round_picker(here, "actions")
    show(here, full_for(here, here.round) or here.round)
