"""The parts of the workshop page: where it stands, who is there, and the way to the board."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dxassess.assessment.model import Round
from dxassess.assessment.voting import Turnout
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.components import block, html_table, plain, round_label, subheading
from dxassess.ui.context import Here, page_at
from dxassess.ui.trouble import boundary, refused
from dxassess.ui.turns import turn
from dxassess.ui.visit import visit
from dxassess.usecases import open_workshop
from dxassess.usecases.roles import RoleChoice
from dxassess.usecases.room import Room, role_names, room

EVERY = 1.5
"""Seconds between two looks at who is there: with what a look takes, the screen is never older than two."""


def begin(here: Here, held: Round) -> None:
    """Before the vote is open: what is going to happen, and the one button that starts it."""
    assert here.store
    words = here.words
    with st.container(border=True, key="begin-workshop"):
        subheading(words("workshop.begin_title"), round_label(words, held))
        kind = "workshop.begin_named" if held.named else "workshop.begin_anonymous"
        block(words(kind, minimum=held.anonymity_minimum))
        block(words("workshop.begin_why"), "quiet")
        if st.button(words("workshop.begin"), type="primary", key="open-workshop"):
            try:
                open_workshop(here.store, held, visit().facilitator)
            except DxAssessError as error:
                refused(words, error)
            else:
                st.rerun()
    block(words("workshop.alone"), "quiet")
    st.page_link(
        page_at("answering"), label=words("workshop.go_answer"), query_params=here.link(round=held.id)
    )


def closed(here: Here, held: Round) -> None:
    """A closed round: what became of its workshop."""
    with st.container(border=True):
        subheading(here.words("workshop.closed_title"))
        block(here.words("workshop.closed"))
        for page in ("recognition", "record"):
            st.page_link(
                page_at(page),
                label=here.words(f"workshop.see_{page}"),
                query_params=here.link(round=held.id),
            )


@st.fragment(run_every=EVERY)
def live(here: Here, held: Round, steps: DeltaGenerator, drawn: int) -> None:
    """Who is there and how far, and above it the three steps; `drawn`: the version of the workshop around it."""
    assert here.store
    with turn(), boundary(here.words):
        found = room_now(here, held)
        with steps:
            st.html(steps_line(here.words, found))
        subheading(here.words("workshop.votes.title"), here.words("workshop.votes.secret"))
        st.html(_turnout_table(here.words, found, role_names(here.store, found.edition)))
        if found.workshop.version != drawn:
            st.rerun()


def room_now(here: Here, held: Round) -> Room:
    """The workshop as it is now, read anew only when something was written since."""
    assert here.store
    place, memory = (held.id, here.store.pulse()), visit()
    if memory.room is None or memory.room[0] != place:
        memory.room = place, room(here.store, held)
    found: Room = memory.room[1]
    return found


def steps_line(words: Words, found: Room) -> str:
    """Invite, vote, reveal: all three always visible, each with how it stands; the one that is on is marked."""
    phase, total = found.workshop.phase, found.total
    now = "reveal" if phase in ("talk", "done") else "vote" if total.started else "invite"
    said = {"invite": _invited(words, total), "vote": _voted(words, found), "reveal": _revealed(words, found)}
    cards = "".join(
        f'<li class="{"now" if name == now else ""}"><b>{plain(words(f"workshop.step.{name}"))}</b><span>{plain(text)}</span></li>'
        for name, text in said.items()
    )
    return f'<ol class="dx-steps">{cards}</ol>'


def _invited(words: Words, total: Turnout) -> str:
    if not total.people and not total.invited:
        return words("workshop.step.invite_none")
    return words("workshop.step.invite_links", people=total.people, invited=total.invited)


def _voted(words: Words, found: Room) -> str:
    if found.workshop.phase in ("talk", "done"):
        return words("workshop.step.vote_over", people=found.total.started)
    if not found.total.started:
        return words("workshop.step.vote_none")
    return words("workshop.step.vote_some", people=found.total.people, finished=found.total.finished)


def _revealed(words: Words, found: Room) -> str:
    return words(f"workshop.step.{found.workshop.phase}", agreed=found.agreed, items=found.items)


def _turnout_table(words: Words, found: Room, names: Mapping[str, RoleChoice]) -> str:
    columns = ("role", "people", "started", "finished", "invited")
    heads = [words(f"workshop.votes.column_{name}") for name in columns]
    rows = [
        _turnout_row(words, words.of(names[one.role]) if one.role in names else one.role, one)
        for one in found.turnout
    ]
    total = _turnout_row(words, words("workshop.votes.total"), found.total)
    return html_table(heads, [*rows, total], numbers=(1, 2, 3, 4))


def _turnout_row(words: Words, label: str, one: Turnout) -> tuple[str, ...]:
    numbers = (one.people, one.started, one.finished, one.invited)
    return label, *(words.number(number, 0) for number in numbers)


def to_board(here: Here, held: Round) -> None:
    """The way to the screen in the room."""
    words = here.words
    block(words("workshop.board_why"), "quiet")
    if st.button(words("workshop.open_board"), type="primary", key="open-board"):
        st.switch_page(page_at("board"), query_params=here.link(round=held.id))
