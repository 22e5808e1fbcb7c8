"""The board while a vote is open: how many have voted, the way in for those who come late, and the reveal."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.voting import Turnout, Workshop
from dxassess.figures.roles import role_marks
from dxassess.figures.strip import mark
from dxassess.figures.style import RoleMark
from dxassess.text import Words
from dxassess.ui.asking import ask, is_asked, window, yes_or_no
from dxassess.ui.components import plain
from dxassess.ui.context import Here, page_at
from dxassess.ui.invite_parts import make_link
from dxassess.ui.links import fresh_link
from dxassess.ui.qr import qr_code
from dxassess.ui.trouble import boundary, done
from dxassess.ui.turns import turn
from dxassess.ui.visit import visit
from dxassess.ui.workshop_parts import EVERY, room_now
from dxassess.usecases import reveal
from dxassess.usecases.roles import RoleChoice
from dxassess.usecases.room import Room, role_names


def top(here: Here, held: Round, said: str) -> None:
    """The line above everything: the way back, and what the room looks at."""
    with st.container(horizontal=True, vertical_alignment="center", key="board-top"):
        back(here, held)
        st.html(f'<header class="dx-board"><h1>{plain(held.title)}　{plain(said)}</h1></header>')


def back(here: Here, held: Round) -> None:
    """The way off the board."""
    st.page_link(page_at("workshop"), label=here.words("board.back"), query_params=here.link(round=held.id))


def voting(here: Here, held: Round) -> None:
    """A vote is open: the count, the QR code in the corner, the button that reveals."""
    assert here.store
    words = here.words
    found = room_now(here, held)
    names = role_names(here.store, found.edition)
    top(here, held, words(f"board.{found.workshop.phase}"))
    count(here, held, names, found.workshop.version)
    question = f"reveal {held.id} {found.workshop.version}"
    with st.container(horizontal=True, horizontal_alignment="center", key="board-actions"):
        if st.button(words("board.reveal"), type="primary", key="board-reveal"):
            ask(question)
        if not fresh_link(held.id) and st.button(words("board.no_link"), key="board-link"):
            make_link(here, held)
            st.rerun()
    _corner(words, held)
    if is_asked(question):
        ask_to_reveal(here, found)


@st.fragment(run_every=EVERY)
def count(here: Here, held: Round, names: Mapping[str, RoleChoice], drawn: int) -> None:
    """One large number, and by role. When the workshop has moved on, the page is drawn anew."""
    with turn(), boundary(here.words):
        found = room_now(here, held)
        st.html(counted(here.words, found, names))
        if found.workshop.version != drawn:
            st.rerun()


def counted(words: Words, found: Room, names: Mapping[str, RoleChoice]) -> str:
    """How many have finished, of how many."""
    total, marks = found.total, role_marks(list(names))
    if not total.people:
        waiting = _waiting(words, total)
        return f'<div class="dx-count"><div class="said">{plain(words("board.nobody"))}</div>{waiting}</div>'
    roles = "".join(
        _role(words, one, words.of(names[one.role]), marks[one.role])
        for one in found.turnout
        if one.people or one.invited
    )
    return (
        f'<div class="dx-count"><div class="number">{total.finished}<small> / {total.people}</small></div>'
        f'<div class="said">{plain(words("board.people"))}</div>{_waiting(words, total)}</div><ul class="dx-roles">{roles}</ul>'
    )


def _waiting(words: Words, total: Turnout) -> str:
    return (
        f'<div class="said">{plain(words("board.invited", n=total.invited))}</div>' if total.invited else ""
    )


def _role(words: Words, one: Turnout, label: str, own: RoleMark) -> str:
    said = words("board.role_people", finished=one.finished, people=one.people)
    busy = f"<small>{plain(words('board.role_busy', n=one.busy))}</small>" if one.busy else ""
    return (
        f'<li style="color:{own.colour}"><span>{mark(own)} {plain(label)}{busy}</span><b>{plain(said)}</b>'
        f'<progress max="{one.people}" value="{one.finished}"></progress></li>'
    )


def _corner(words: Words, held: Round) -> None:
    link = fresh_link(held.id)
    if link:
        st.html(
            f'<div class="dx-corner">{qr_code(link, words("workshop.invite.qr"))}'
            f"<span>{plain(words('board.join'))}</span></div>"
        )


def ask_to_reveal(here: Here, found: Room) -> None:
    """Ask once more, with how many have not finished as of now."""
    words, held = here.words, found.held

    def draw() -> bool:
        said = [_how_many(words, room_now(here, held).total)]
        if not held.named and found.workshop.groups is None:
            said.append(words("board.reveal_groups", minimum=held.anonymity_minimum))
        return yes_or_no(words, words("board.reveal_yes"), lambda: _revealed(here, found.workshop), *said)

    window(words("board.reveal_title"), draw)


def _how_many(words: Words, total: Turnout) -> str:
    if not total.started:
        return words("board.reveal_none")
    if total.left:
        return words("board.reveal_left", people=total.people, left=total.left)
    return f"{words('board.reveal_all', people=total.people)}{words('board.reveal_final')}"


def _revealed(here: Here, seen: Workshop) -> bool:
    store = here.store
    assert store
    return done(here.words, lambda: reveal(store, seen, visit().facilitator))
