"""Invitations that were given out, what can be done about each, and the organisation's own roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.voting import Invitation
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.asking import ask, is_asked, window, yes_or_no
from dxassess.ui.components import block, distinct, html_table, notice
from dxassess.ui.context import Here
from dxassess.ui.links import address_of
from dxassess.ui.trouble import done, refused
from dxassess.ui.visit import visit
from dxassess.usecases import (
    add_role,
    hide_role,
    invitations_of,
    invite_again,
    remove_person,
    revoke,
)
from dxassess.usecases.roles import RoleChoice, Stands
from dxassess.usecases.room import Room

STANDS: tuple[Stands | None, ...] = (None, "executive", "field")


def given(here: Here, found: Room, roles: Mapping[str, RoleChoice]) -> None:
    """Every invitation that was given out, and what can be done about one."""
    assert here.store
    words, held = here.words, found.held
    listed = invitations_of(here.store, held)
    if not listed:
        block(words("workshop.invite.given_none"), "quiet")
        return
    labels = distinct({each.id: _label(here, each, roles) for each in listed})
    heads = [words(f"workshop.invite.column_{name}") for name in ("kind", "made", "state")]
    rows = [
        (labels[each.id], words.moment(each.created, here.timezone), _state(here, each, held))
        for each in listed
    ]
    st.html(html_table(heads, rows))
    still = {each.id: each for each in listed if not each.revoked}
    if not still or held.closed:
        return
    picked = st.selectbox(
        words("workshop.invite.which"),
        list(still),
        format_func=lambda each: labels[each],
        key=f"which-{len(listed)}-{len(still)}",
    )
    if picked in still:
        _actions(here, found, still[picked], labels[picked])


def _label(here: Here, each: Invitation, roles: Mapping[str, RoleChoice]) -> str:
    words = here.words
    if each.kind == "open":
        return words("workshop.invite.kind_open")
    role = words.of(roles[each.role]) if each.role and each.role in roles else each.role or ""
    return words(
        "workshop.invite.of_person", name=each.name or words("workshop.invite.kind_personal"), role=role
    )


def _state(here: Here, each: Invitation, held: Round) -> str:
    words = here.words
    if each.revoked:
        return words("workshop.invite.state_revoked")
    if each.used:
        return words("workshop.invite.state_used", time=words.clock(each.used, here.timezone))
    if each.kind == "personal" and held.named:
        return words("workshop.invite.state_unused")
    return words("workshop.invite.state_works")


def _actions(here: Here, found: Room, each: Invitation, label: str) -> None:
    """What can be done about one invitation, each after a second question."""
    words = here.words
    verbs: dict[str, Callable[[], object]] = {"revoke": lambda: _revoke(here, each)}
    if each.respondent is not None:
        verbs["again"] = lambda: _again(here, found.held, each)
        verbs["remove"] = lambda: _remove(here, found.held, each)
    with st.container(horizontal=True):
        for verb in verbs:
            if st.button(words(f"workshop.invite.{verb}"), key=f"{verb}-invitation"):
                ask(f"{verb} {each.id}")
    for verb, do in verbs.items():
        if is_asked(f"{verb} {each.id}"):
            _sure(words, verb, label, do)


def _sure(words: Words, verb: str, label: str, do: Callable[[], object]) -> None:
    title = words(f"workshop.invite.{verb}")
    said = words(f"workshop.invite.{verb}_sure", name=label)
    window(title, lambda: yes_or_no(words, title, lambda: done(words, do), said))


def _remove(here: Here, held: Round, each: Invitation) -> None:
    assert here.store and each.respondent
    remove_person(here.store, held, each.respondent, visit().facilitator)


def _revoke(here: Here, each: Invitation) -> None:
    assert here.store
    revoke(here.store, each, visit().facilitator)
    if each.kind == "open":
        visit().links.pop(each.round, None)


def _again(here: Here, held: Round, each: Invitation) -> None:
    assert here.store and each.respondent
    made = invite_again(here.store, held, each.respondent, visit().facilitator)
    fresh = (each.name, each.role or "", address_of(here, made))
    visit().personal[held.id] = (*visit().personal.get(held.id, ()), fresh)


def own_roles(here: Here, roles: Sequence[RoleChoice], of_edition: int) -> None:
    """The organisation's own roles beside those of the edition: add one, no longer offer one."""
    assert here.store
    words = here.words
    block(words("workshop.roles.why"), "quiet")
    with st.form("own-role", border=False, clear_on_submit=True):
        name = st.text_input(words("workshop.roles.name"), max_chars=60, key="role-name")
        stands = st.selectbox(
            words("workshop.roles.stands"),
            STANDS,
            format_func=lambda each: words(f"workshop.roles.stands_{each or 'none'}"),
            key="role-stands",
        )
        pressed = st.form_submit_button(words("workshop.roles.add"))
    if pressed:
        try:
            add_role(here.store, name, stands, visit().facilitator)
        except DxAssessError as error:
            refused(words, error)
        else:
            st.rerun()
    for role in roles[of_edition:]:
        label = words.of(role)
        if role.hidden:
            block(words("workshop.roles.hidden", name=label), "quiet")
        elif st.button(notice(words("workshop.roles.hide", name=label)), key=f"hide-{role.id}"):
            hide_role(here.store, role.id, visit().facilitator)
            st.rerun()
