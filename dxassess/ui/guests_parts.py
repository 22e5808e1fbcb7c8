"""Inviting single people: a list of names and roles becomes a link each, to be copied or printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.components import block, html_table, plain
from dxassess.ui.context import Here
from dxassess.ui.links import address_of
from dxassess.ui.qr import qr_code
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases import (
    invite_people,
)
from dxassess.usecases.guest_list import Guest, Misread, read_guests
from dxassess.usecases.roles import RoleChoice
from dxassess.usecases.room import Room

MISREAD = 5
"""So many lines that could not be taken are told one by one."""


def personal(here: Here, found: Room, roles: Sequence[RoleChoice]) -> None:
    """A list of names and roles becomes a link each; the fresh ones are listed, to be copied or printed."""
    assert here.store
    words, held = here.words, found.held
    block(words("workshop.invite.personal_why"), "quiet")
    if not held.named:
        block(words("workshop.invite.personal_anonymous"), "hint")
    offered = words("common.comma").join(words.of(role) for role in roles if not role.hidden)
    text = st.text_area(
        words("workshop.invite.people"),
        placeholder=words("workshop.invite.people_example"),
        help=None,
        key=f"guests-{held.id}-{len(visit().personal.get(held.id, ()))}",
        height=140,
    )
    block(words("workshop.invite.people_roles", roles=offered), "quiet")
    guests, misread = read_guests(text, roles, named=held.named)
    for line in misread[:MISREAD]:
        block(misread_line(words, line), "hint")
    if misread[MISREAD:]:
        block(words("workshop.invite.misread_more", n=len(misread[MISREAD:])), "hint")
    if guests and st.button(
        words("workshop.invite.people_make", n=len(guests)), type="primary", key="make-personal"
    ):
        _invite(here, held, guests)
    fresh = visit().personal.get(held.id)
    if fresh:
        _fresh_links(words, held, fresh, {role.id: role for role in roles})


def misread_line(words: Words, line: Misread) -> str:
    """Why a line of a pasted list is not understood."""
    return words(f"workshop.invite.misread_{line.because}", line=line.line, text=line.text)


def _invite(here: Here, held: Round, guests: Sequence[Guest]) -> None:
    assert here.store
    try:
        made = invite_people(
            here.store, held, [(guest.role, guest.name) for guest in guests], visit().facilitator
        )
    except DxAssessError as error:
        refused(here.words, error)
        return
    links = tuple(
        (guest.name, guest.role, address_of(here, invited))
        for guest, invited in zip(guests, made, strict=True)
    )
    visit().personal[held.id] = (*visit().personal.get(held.id, ()), *links)
    st.rerun()


def _fresh_links(
    words: Words,
    held: Round,
    fresh: Sequence[tuple[str, str, str]],
    roles: Mapping[str, RoleChoice],
) -> None:
    block(words("workshop.invite.fresh"), "hint")
    named = [(name, words.of(roles[role]), link) for name, role, link in fresh]
    heads = [words(f"workshop.invite.column_{name}") for name in ("name", "role", "link")]
    everything = "\n".join("\t".join(line) for line in named)
    st.html(
        f'<div class="dx-fresh">{html_table(heads, named)}</div>{_tools(words, everything)}'
        f'<div class="dx-sheets">{"".join(_sheet(words, held, *line) for line in named)}</div>'
    )


def _tools(words: Words, everything: str) -> str:
    copied = plain(words("workshop.invite.copied"))
    return (
        f'<p class="dx-tools"><button type="button" class="dx-copy" data-copy="{plain_attribute(everything)}" data-copied="{copied}">'
        f"{plain(words('workshop.invite.copy_all'))}</button>"
        f'<button type="button" class="dx-copy" data-print="dx-sheets">{plain(words("workshop.invite.print"))}</button></p>'
    )


def plain_attribute(text: str) -> str:
    """Text for an attribute: line ends stay line ends."""
    return plain(text).replace("<br>", "&#10;")


def _sheet(words: Words, held: Round, name: str, role: str, link: str) -> str:
    return (
        f'<section class="dx-sheet"><h2>{plain(words("workshop.invite.sheet", round=held.title))}</h2>'
        f'<p class="who">{plain(name)}<span>{plain(role)}</span></p>'
        f"{qr_code(link, words('workshop.invite.qr'))}"
        f"<p>{plain(words('workshop.invite.sheet_how'))}</p><p><code>{plain(link)}</code></p></section>"
    )
