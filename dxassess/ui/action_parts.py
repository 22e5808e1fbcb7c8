"""The actions of the plan: all of them as a table, and the form by which one is added or changed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from dxassess.assessment.action import Action, Status
from dxassess.catalogue.model import Edition
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.action_effects import effects
from dxassess.ui.components import block, distinct, html_table, subheading
from dxassess.ui.context import Here
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases.planning import as_written, first_lift, keep_action, overdue, with_lift
from dxassess.usecases.rounds import TITLE_LIMIT, today

COLUMNS = ("name", "items", "owner", "due", "status", "effort", "cost")
HALF = 0.5


def late(here: Here) -> None:
    """Names the actions that should be done by now."""
    assert here.store
    found = overdue(here.app, here.store)
    if found:
        titles = here.words("common.comma").join(action.title for action in found)
        block(here.words("action.overdue", n=len(found), titles=titles), "hint")


def actions(here: Here, edition: Edition, found: Sequence[Action]) -> None:
    """The table, and below it the two forms."""
    words = here.words
    subheading(words("action.title"), words("action.lead"))
    late(here)
    if found:
        heads = [words(f"action.column_{name}") for name in COLUMNS]
        st.html(html_table(heads, [_row(here, edition, each) for each in found], numbers=(5, 6)))
    else:
        block(words("action.none"), "quiet")
    with st.expander(words("action.add")):
        _form(here, edition, Action("", edition.id), found)
    if found:
        with st.expander(words("action.change")):
            known = {each.id: each for each in found}
            labels = distinct({each.id: each.title for each in found})
            picked = st.selectbox(
                words("action.pick"),
                list(labels),
                format_func=lambda one: labels.get(one, ""),
                key="action-pick",
            )
            _form(here, edition, known.get(picked, found[0]), found)


def _row(here: Here, edition: Edition, action: Action) -> tuple[str, ...]:
    words = here.words
    assert here.store
    lifts = (
        words("action.lift_line", code=edition.indicators[one].code, lift=words.level(lift))
        for one, lift in action.lifts.items()
    )
    due = words.date(action.due) if action.due else ""
    is_late = action.is_overdue(today(here.app, here.store))
    return (
        action.title,
        words("common.comma").join(lifts),
        words("common.comma").join(each for each in (action.department, action.owner) if each),
        words("action.late", due=due) if is_late else due,
        words(f"action.status_{action.status}"),
        words("action.days", amount=words.level(action.effort)) if action.effort is not None else "–",
        words("action.yen", amount=words.number(action.first_year, 0)),
    )


def _form(here: Here, edition: Edition, action: Action, found: Sequence[Action]) -> None:
    """Every field of one action; kept in one piece."""
    words, place = here.words, f"{action.id or 'new'}-{action.version}-{len(found)}"
    others = distinct({each.id: each.title for each in found if each.id != action.id})
    with st.form(f"action-{place}", border=False):
        title = st.text_input(words("action.name"), action.title, TITLE_LIMIT, key=f"name-{place}")
        lifts = _lifts(words, edition, action, place)
        left, right = st.columns(2, gap="large")
        with left:
            said = _who(words, action, place)
        with right:
            amounts = _amounts(words, action, place)
        needs = _links(words, "needs", action.needs, others, place)
        excludes = _links(words, "excludes", action.excludes, others, place)
        assert here.store
        changes = effects(words, here.store.kpis(), action, place)
        wanted = Action(
            title, edition.id, lifts, effects=changes, finished=action.finished, needs=needs, excludes=excludes, id=action.id, version=action.version,
            **said, **amounts,
        )  # fmt: skip
        if st.form_submit_button(words("action.save"), key=f"save-{place}"):
            _keep(here, edition, wanted)


def _keep(here: Here, edition: Edition, wanted: Action) -> None:
    assert here.store
    try:
        keep_action(here.app, here.store, edition, wanted, visit().facilitator)
    except DxAssessError as error:
        refused(here.words, error)
    else:
        st.rerun()


def _lifts(words: Words, edition: Edition, action: Action, place: str) -> dict[str, Decimal]:
    """The items and one lift for them; an item that had another lift than the first keeps it."""
    labels = distinct({item.id: f"{item.code} {words.of(item.title)}" for item in edition.scored})
    picked = st.multiselect(
        words("action.items"),
        list(labels),
        default=list(action.lifts),
        format_func=lambda one: labels[one],
        placeholder=words("action.choose"),
        key=f"items-{place}",
    )
    lift = st.number_input(
        words("action.lift"), value=float(first_lift(action)), step=HALF, key=f"lift-{place}"
    )
    return with_lift(action, picked, lift)


def _who(words: Words, action: Action, place: str) -> dict[str, Any]:
    kinds = list(Status)
    status = st.selectbox(
        words("action.status"),
        kinds,
        index=kinds.index(action.status),
        format_func=lambda kind: words(f"action.status_{kind}"),
        key=f"status-{place}",
    )
    texts = {
        name: st.text_input(
            words(f"action.{name}"), getattr(action, name), TITLE_LIMIT, key=f"{name}-{place}"
        )
        for name in ("reason", "owner", "department")
    }
    return {"status": status, **texts}


def _amounts(words: Words, action: Action, place: str) -> dict[str, Any]:
    days = {
        name: st.date_input(words(f"action.{name}"), getattr(action, name), key=f"{name}-{place}")
        for name in ("start", "due")
    }
    effort = st.number_input(
        words("action.effort"),
        value=None if action.effort is None else float(action.effort),
        step=HALF,
        key=f"effort-{place}",
    )
    yen = {
        name: st.number_input(
            words(f"action.{name}"), value=getattr(action, name), step=1, key=f"{name}-{place}"
        )
        for name in ("one_off", "yearly")
    }
    return {**days, **yen, "effort": None if effort is None else as_written(effort)}


def _links(
    words: Words, name: str, now: frozenset[str], others: dict[str, str], place: str
) -> frozenset[str]:
    picked = st.multiselect(
        words(f"action.{name}"),
        list(others),
        default=[one for one in others if one in now],
        format_func=lambda one: others[one],
        placeholder=words("action.choose"),
        key=f"{name}-{place}",
    )
    return frozenset(picked)
