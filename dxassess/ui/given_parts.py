"""Invitations that were given out, what can be done about each, and the organisation's own roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.voting import Invitation
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.asking import ask, is_asked, window, yes_or_no
from dxassess.ui.components import block, distinct, html_table, notice, plain
from dxassess.ui.context import Here
from dxassess.ui.links import address_of
from dxassess.ui.trouble import done, refused
from dxassess.ui.visit import visit
from dxassess.usecases import (
    add_role,
    hide_role,
    invitations_of,
    invite_again,
    participants_of,
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
    picked = _pick(words("workshop.invite.which"), labels, list(still), f"which-{len(listed)}-{len(still)}")
    if picked:
        each = still[picked]
        verbs: dict[str, Callable[[], object]] = {"revoke": lambda: _revoke(here, each)}
        if each.kind == "personal":
            verbs["again"] = lambda: _again(here, held, each.id, each.role or "", each.name)
        _actions(words, verbs, each.id, labels[picked])


def people(here: Here, found: Room, roles: Mapping[str, RoleChoice]) -> None:
    """Who takes part, by name, and what can be done about one; in an anonymous round only how many."""
    assert here.store
    words, held, store = here.words, found.held, here.store
    if not held.named:
        block(words("workshop.people.anonymous"), "quiet")
        return
    there = {one.id: one for one in participants_of(store, held) if not one.removed}
    if not there:
        block(words("workshop.people.nobody"), "quiet")
        return
    labels = distinct({one.id: _named(words, one.name, one.role, roles) for one in there.values()})
    st.html(f'<p class="dx-text">{plain(words("common.comma").join(labels.values()))}</p>')
    picked = _pick(words("workshop.people.which"), labels, list(there), f"person-{len(there)}")
    if picked:
        one = there[picked]
        verbs: dict[str, Callable[[], object]] = {
            "again": lambda: _again(here, held, one.id, one.role, one.name),
            "remove": lambda: remove_person(store, held, one.id, visit().facilitator),
        }
        _actions(words, verbs, one.id, labels[picked])


def _pick(label: str, labels: Mapping[str, str], ids: Sequence[str], key: str) -> str | None:
    """A choice among what is listed; what was listed before and is gone counts as none."""
    if not ids:
        return None
    picked = st.selectbox(label, ids, format_func=lambda each: labels[each], key=key)
    return picked if picked in ids else None


def _label(here: Here, each: Invitation, roles: Mapping[str, RoleChoice]) -> str:
    words = here.words
    if each.kind == "open":
        return words("workshop.invite.kind_open")
    return _named(words, each.name or words("workshop.invite.kind_personal"), each.role or "", roles)


def _named(words: Words, name: str, role: str, roles: Mapping[str, RoleChoice]) -> str:
    return words(
        "workshop.invite.of_person", name=name, role=words.of(roles[role]) if role in roles else role
    )


def _state(here: Here, each: Invitation, held: Round) -> str:
    words = here.words
    if each.revoked:
        return words("workshop.invite.state_revoked")
    if each.used:
        return words("workshop.invite.state_used", time=here.clock(each.used))
    if each.kind == "personal" and held.named:
        return words("workshop.invite.state_unused")
    return words("workshop.invite.state_works")


def _actions(words: Words, verbs: Mapping[str, Callable[[], object]], whose: str, label: str) -> None:
    """A button for each thing that can be done, each done only after a second question."""
    with st.container(horizontal=True):
        for verb in verbs:
            if st.button(words(f"workshop.invite.{verb}"), key=f"{verb}-{whose}"):
                ask(f"{verb} {whose}")
    for verb, do in verbs.items():
        if is_asked(f"{verb} {whose}"):
            _sure(words, verb, label, do)


def _sure(words: Words, verb: str, label: str, do: Callable[[], object]) -> None:
    title = words(f"workshop.invite.{verb}")
    said = words(f"workshop.invite.{verb}_sure", name=label)
    window(title, lambda: yes_or_no(words, title, lambda: done(words, do), said))


def _revoke(here: Here, each: Invitation) -> None:
    assert here.store
    revoke(here.store, each, visit().facilitator)
    if each.kind == "open":
        visit().links.pop(each.round, None)


def _again(here: Here, held: Round, who: str, role: str, name: str) -> None:
    """A new link for the holder of an invitation, or for a participant."""
    assert here.store
    made = invite_again(here.store, held, who, visit().facilitator)
    fresh = (name, role, address_of(here, made))
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
