"""Workshop: invite people, see who is there and how far, and go to the board."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.ui import given_parts as given
from dxassess.ui import guests_parts as guests
from dxassess.ui import invite_parts as invite
from dxassess.ui import paper_parts as paper
from dxassess.ui import workshop_parts as parts
from dxassess.ui.board_looks import board_looks
from dxassess.ui.components import empty, empty_house, heading, round_picker
from dxassess.ui.context import Here, current
from dxassess.usecases import role_choices, workshop_of


def open_round(here: Here, held: Round) -> None:
    """A round whose vote was opened: three steps, the board, who is there, inviting."""
    assert here.store
    words = here.words
    found = parts.room_now(here, held)
    roles = role_choices(here.store, found.edition)
    steps = st.container(key="steps")
    parts.to_board(here, held)
    left, right = st.columns(2, gap="large")
    with right:
        parts.live(here, held, steps, found.workshop.version)
    with left:
        invite.open_link(here, found)
    with st.expander(words("workshop.invite.personal"), key="personal-links"):
        guests.personal(here, found, roles)
    with st.expander(words("workshop.paper.title"), key="on-paper"):
        paper.on_paper(here, found, roles)
    named = {role.id: role for role in roles}
    with st.expander(words("workshop.people.title"), key="people"):
        given.people(here, found, named)
    with st.expander(words("workshop.invite.given"), key="given-links"):
        given.given(here, found, named)
    with st.expander(words("workshop.roles.title"), key="own-roles"):
        given.own_roles(here, roles, len(found.edition.head.roles))
    board_looks()


here = current()
heading(here.words("workshop.title"), here.words("workshop.lead"))
if here.store is None:
    empty_house(here, "workshop")
elif here.round is None:
    empty(here, "workshop", "rounds")
else:
    round_picker(here, "workshop")
    if here.round.closed:
        parts.closed(here, here.round)
    elif workshop_of(here.store, here.round) is None:
        parts.begin(here, here.round)
    else:
        open_round(here, here.round)
