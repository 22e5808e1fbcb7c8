"""The actions as a table that is changed in place: all changed rows are kept together, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dxassess import tables
from dxassess.assessment.action import Action, Status
from dxassess.catalogue.model import Edition
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.action_parts import lifts_said
from dxassess.ui.components import block
from dxassess.ui.context import Here
from dxassess.ui.forms import as_read, forget
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases.actions import change_actions, edited, mark_of
from dxassess.usecases.rounds import TITLE_LIMIT, today

ROW = 38


def table(here: Here, edition: Edition, found: Sequence[Action]) -> None:
    """The table, and below it what was changed and is not kept yet."""
    words = here.words
    place = f"table-{here.organisation_id}-{edition.id}"
    shown = _shown(place, found)
    block(words("actions.table_how"), "quiet")
    key = _key(shown)
    st.data_editor(
        tables.actions(_rows(here, edition, shown)),
        column_config=_columns(words),
        hide_index=True,
        disabled=("late", "lifts"),
        row_height=ROW,
        placeholder="–",
        key=key,
        alt=words("actions.table_alt"),
    )
    changes = _changes(key)
    if not changes:
        return
    if shown != tuple(found):
        block(words("actions.stale"), "hint")
    titles = words("common.comma").join(shown[number].title for number in changes)
    block(words("actions.pending", titles=titles), "quiet")
    with st.container(horizontal=True):
        save = st.button(words("actions.save_all"), type="primary", key="save-table")
        drop = st.button(words("actions.drop"), key="drop-table")
    if drop:
        st.session_state.pop(key)
        forget(place)
        st.rerun()
    if save:
        _save(here, edition, place, [edited(shown[number], cells) for number, cells in changes.items()])


def _save(here: Here, edition: Edition, place: str, wanted: Sequence[Action]) -> None:
    assert here.store
    try:
        change_actions(here.app, here.store, edition, wanted, visit().facilitator)
    except DxAssessError as error:
        refused(here.words, error)
    else:
        forget(place, *(f"action-{action.id}" for action in wanted))
        st.rerun()


def _shown(place: str, found: Sequence[Action]) -> tuple[Action, ...]:
    """The actions the table shows: as they are, and while changes wait to be kept as they were when these began."""
    shown = as_read(place, lambda: tuple(found))
    if not _changes(_key(shown)):
        forget(place)
        shown = as_read(place, lambda: tuple(found))
    return shown


def _key(shown: Sequence[Action]) -> str:
    return f"grid-{mark_of(shown)}"


def _changes(key: str) -> Mapping[int, Mapping[str, Any]]:
    """The cells typed over, by row and field."""
    state = st.session_state.get(key)
    return state["edited_rows"] if state else {}


def _rows(here: Here, edition: Edition, shown: Sequence[Action]) -> list[tables.ActionRow]:
    assert here.store
    words, now = here.words, today(here.app, here.store)
    return [
        tables.ActionRow(
            action,
            words("actions.is_late") if action.is_overdue(now) else "",
            lifts_said(words, edition, action),
        )
        for action in shown
    ]


def _columns(words: Words) -> dict[str, Any]:
    kind = st.column_config

    def head(name: str) -> str:
        return words(f"action.column_{name}")

    def says(status: object) -> str:
        return words(f"action.status_{status}")

    text = {
        name: kind.TextColumn(head(name), width=125, max_chars=TITLE_LIMIT)
        for name in ("owner", "department")
    }
    days = {name: kind.DateColumn(head(name), format="YYYY-MM-DD", width=105) for name in ("start", "due")}
    yen = {
        name: kind.NumberColumn(head(name), format="localized", step=1, width=130)
        for name in ("one_off", "yearly")
    }
    return {
        "title": kind.TextColumn(head("title"), width=240, max_chars=TITLE_LIMIT),
        "status": kind.SelectboxColumn(
            head("status"), options=list(Status), format_func=says, required=True, width=85
        ),
        "late": kind.TextColumn(head("late"), width=100),
        **text,
        **days,
        "effort": kind.NumberColumn(head("effort"), format="localized", width=110),
        **yen,
        "lifts": kind.TextColumn(head("lifts"), width=150),
        "reason": kind.TextColumn(head("reason"), width=220),
    }
