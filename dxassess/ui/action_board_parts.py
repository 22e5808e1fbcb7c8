"""The actions as cards in a column for each status; a card is moved by the list on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dxassess.assessment.action import Action, Status
from dxassess.catalogue.model import Edition
from dxassess.errors import DxAssessError
from dxassess.ui.action_parts import lifts_said, who
from dxassess.ui.components import notice, plain
from dxassess.ui.context import Here
from dxassess.ui.forms import forget
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases.planning import keep_action
from dxassess.usecases.rounds import today


def board(here: Here, edition: Edition, found: Sequence[Action]) -> None:
    """A column for each status; on a narrow screen one below the other."""
    with st.container(key="action-board"):
        for status in Status:
            with st.container(key=f"column-{status}", gap="small"):
                _column(here, edition, status, [each for each in found if each.status is status])


def _column(here: Here, edition: Edition, status: Status, own: Sequence[Action]) -> None:
    words = here.words
    head = words("actions.column_of", status=words(f"action.status_{status}"), n=len(own))
    none = f'<p class="dx-quiet">{plain(words("actions.column_none"))}</p>'
    st.html(f'<h3 class="dx-column">{plain(head)}</h3>{"" if own else none}')
    for action in own:
        with st.container(border=True, key=f"card-{action.id}", gap="small"):
            _card(here, edition, action)
            _move(here, edition, action)


def _card(here: Here, edition: Edition, action: Action) -> None:
    words = here.words
    assert here.store
    due = words("actions.until", day=words.date(action.due)) if action.due else ""
    is_late = action.is_overdue(today(here.app, here.store))
    lines = (
        who(words, action) or words("actions.nobody"),
        words("action.late", due=due) if is_late else due,
        lifts_said(words, edition, action),
    )
    said = "".join(f"<div>{plain(line)}</div>" for line in lines if line)
    mark = " dx-late" if is_late else ""
    st.html(f'<div class="dx-card{mark}"><b>{plain(action.title)}</b>{said}</div>')


def _move(here: Here, edition: Edition, action: Action) -> None:
    """The list of statuses; whoever stops an action says why."""
    words, kinds = here.words, list(Status)
    key = f"{action.id}-{action.version}"
    chosen = st.selectbox(
        notice(words("actions.move", title=action.title)),
        kinds,
        index=kinds.index(action.status),
        format_func=lambda kind: words(f"action.status_{kind}"),
        label_visibility="collapsed",
        key=f"move-{key}",
    )
    if chosen is action.status:
        return
    if chosen is not Status.STOPPED:
        _keep(here, edition, replace(action, status=chosen))
        return
    reason = st.text_input(words("actions.stop_reason"), action.reason, key=f"stop-reason-{key}")
    if st.button(words("actions.stop"), key=f"stop-{key}"):
        _keep(here, edition, replace(action, status=chosen, reason=reason))


def _keep(here: Here, edition: Edition, wanted: Action) -> None:
    assert here.store
    try:
        keep_action(here.app, here.store, edition, wanted, visit().facilitator)
    except DxAssessError as error:
        refused(here.words, error)
    else:
        forget(f"action-{wanted.id}")
        st.rerun()
