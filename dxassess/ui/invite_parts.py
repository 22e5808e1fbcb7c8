"""Inviting everybody in the room: one link with its QR code, on the page and over the whole screen."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.text import Words
from dxassess.ui.components import block, notice, plain, subheading
from dxassess.ui.context import Here
from dxassess.ui.links import fresh_link, keep_link, only_here
from dxassess.ui.qr import qr_code
from dxassess.ui.visit import visit
from dxassess.usecases import (
    invitations_of,
    invite_openly,
)
from dxassess.usecases.room import Room


def open_link(here: Here, found: Room) -> None:
    """The link for everybody: its QR code and address when this session made one, else the button that makes one."""
    assert here.store
    words, held = here.words, found.held
    subheading(words("workshop.invite.open"), words("workshop.invite.open_why"))
    if only_here(here):
        block(words("workshop.invite.only_here"), "hint")
    link = fresh_link(held.id)
    if link:
        st.html(
            f'<div class="dx-join">{qr_code(link, words("workshop.invite.qr"))}'
            f'<div>{copyable(words, link)}<p class="dx-quiet">{plain(words("workshop.invite.until"))}</p></div></div>'
        )
        if st.button(words("workshop.invite.large"), key="large-qr"):
            large(words, link)
        return
    earlier = any(each.kind == "open" and not each.revoked for each in invitations_of(here.store, held))
    if earlier:
        block(words("workshop.invite.once"), "quiet")
    label = words("workshop.invite.make_another" if earlier else "workshop.invite.make")
    if st.button(label, type="secondary" if earlier else "primary", key="make-link"):
        make_link(here, held)
        st.rerun()


def make_link(here: Here, held: Round) -> None:
    """A new open link, kept in this session."""
    assert here.store
    keep_link(here, invite_openly(here.store, held, visit().facilitator))


def copyable(words: Words, text: str) -> str:
    """A text to be handed on, with the button that copies it."""
    copied = plain(words("workshop.invite.copied"))
    return (
        f'<p class="dx-link"><code>{plain(text)}</code>'
        f'<button type="button" class="dx-copy" data-copy="{plain(text)}" data-copied="{copied}">{plain(words("workshop.invite.copy"))}</button></p>'
    )


def large(words: Words, link: str) -> None:
    """The QR code over the whole screen."""

    @st.dialog(notice(words("workshop.invite.scan")), width="large")
    def over_everything() -> None:
        st.html(
            f'<div class="dx-qr-large">{qr_code(link, words("workshop.invite.qr"))}<p>{plain(link)}</p></div>'
        )

    over_everything()
