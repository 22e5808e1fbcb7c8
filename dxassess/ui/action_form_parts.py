"""One action: every field in a form with an expected lift for each item, its progress notes, and who changed what when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import streamlit as st

from dxassess.assessment.action import UNDER_WAY, Action, Status
from dxassess.catalogue.model import Edition
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.action_effects import effects
from dxassess.ui.action_parts import said, titles_of
from dxassess.ui.components import block, distinct, notice, plain, subheading
from dxassess.ui.context import Here
from dxassess.ui.forms import as_read, forget, kept, turn
from dxassess.ui.trouble import done, refused
from dxassess.ui.visit import visit
from dxassess.usecases.actions import MOST_YEN, Turn, add_note, history_of, notes_of
from dxassess.usecases.planning import as_written, keep_action
from dxassess.usecases.rounds import TITLE_LIMIT

HALF, ONE = 0.5, 1.0


def add(here: Here, edition: Edition, found: Sequence[Action]) -> None:
    """The form of a new action, filled with what was begun on the plan."""
    place = f"new-{here.organisation_id}-{edition.id}"
    count, begun = as_read(place, lambda: (len(found), _begun(edition)))
    with st.expander(here.words("action.add"), expanded=not found or begun is not None):
        if begun is None:
            _form(here, edition, Action("", edition.id), found, place, f"new-{count}")
        else:
            _form(here, edition, begun, found, place, f"new-{count}-begun")


def _begun(edition: Edition) -> Action | None:
    """What was begun on the plan for this edition; taken once."""
    begun, visit().draft = visit().draft, None
    return begun if isinstance(begun, Action) and begun.edition == edition.id else None


def one(here: Here, edition: Edition, found: Sequence[Action]) -> None:
    """Pick an action and open it."""
    words = here.words
    subheading(words("actions.one"))
    known, labels = {each.id: each for each in found}, titles_of(found)
    picked = st.selectbox(
        words("actions.pick"),
        list(labels),
        index=[each.id for each in found].index(_asked(edition, found).id),
        format_func=lambda known: labels.get(known, ""),
        key=f"action-pick-{st.query_params.get('item', '')}",
    )
    now = known.get(picked, found[0])
    place = f"action-{now.id}"
    read = as_read(place, lambda: now)
    with st.container(border=True, key="one-action"):
        if read.version != now.version:
            _stale(here, now, place)
        _form(here, edition, read, found, place, f"{read.id}-{read.version}")
    left, right = st.columns(2, gap="large")
    with left:
        _notes(here, now)
    with right:
        _history(here, edition, now, labels)


def _asked(edition: Edition, found: Sequence[Action]) -> Action:
    """The action to open first: where the address names an item, a running one without owner that raises it."""
    item = edition.by_code.get(st.query_params.get("item", ""))
    mine = [each for each in found if item and item.id in each.lifts and each.status in UNDER_WAY]
    return next((each for each in mine if not each.owner), found[0])


def _stale(here: Here, now: Action, place: str) -> None:
    assert here.store
    last = history_of(here.store, now)[0].version
    block(here.words("actions.stale_one", when=here.clock(last.when), who=last.who or "–"), "hint")
    if st.button(here.words("actions.reload"), key=f"reload-{now.id}"):
        forget(place)
        st.rerun()


def _form(
    here: Here, edition: Edition, action: Action, found: Sequence[Action], place: str, key: str
) -> None:
    """Every field of one action, kept in one piece; what is not in the form stays as it is."""
    words = here.words
    others = titles_of([each for each in found if each.id != action.id])
    items = _items(words, edition, action, key)
    with st.form(f"action-{key}", border=False):
        title = st.text_input(words("action.name"), action.title, TITLE_LIMIT, key=f"name-{key}")
        with st.container(key=f"lifts-{key}"):
            lifts = {item: _lift(words, label, action, item, key) for item, label in items.items()}
        left, right = st.columns(2, gap="large")
        with left:
            people = _who(words, action, key)
        with right:
            amounts = _amounts(words, action, key)
        needs = _links(words, "needs", action.needs, others, key)
        excludes = _links(words, "excludes", action.excludes, others, key)
        assert here.store
        wanted = replace(
            action,
            title=title,
            lifts=lifts,
            needs=needs,
            excludes=excludes,
            effects=effects(words, here.store.kpis(), action, key),
            **people,
            **amounts,
        )
        if st.form_submit_button(words("action.save"), type="primary", key=f"save-{key}"):
            _keep(here, edition, wanted, place)


def _keep(here: Here, edition: Edition, wanted: Action, place: str) -> None:
    assert here.store
    try:
        keep_action(here.app, here.store, edition, wanted, visit().facilitator)
    except DxAssessError as error:
        refused(here.words, error)
    else:
        forget(place)
        st.rerun()


def _items(words: Words, edition: Edition, action: Action, key: str) -> dict[str, str]:
    """The items it raises with their labels. Outside the form, so that each picked one gets a field of its own at once."""
    scored = {item.id: f"{item.code} {words.of(item.title)}" for item in edition.scored}
    labels = distinct({**scored, **{known: known for known in action.lifts if known not in scored}})
    picked = st.multiselect(
        words("action.items"),
        list(labels),
        default=list(action.lifts),
        format_func=lambda item: labels[item],
        placeholder=words("action.choose"),
        key=f"items-{key}",
    )
    block(words("action.items_why"), "quiet")
    return {item: labels[item] for item in picked}


def _lift(words: Words, label: str, action: Action, item: str, key: str) -> Decimal:
    lift = st.number_input(
        notice(words("action.lift_of", label=label)),
        value=float(action.lifts.get(item, ONE)),
        step=HALF,
        key=f"lift-{item}-{key}",
    )
    return as_written(lift)


def _who(words: Words, action: Action, key: str) -> dict[str, Any]:
    kinds = list(Status)
    status = st.selectbox(
        words("action.status"),
        kinds,
        index=kinds.index(action.status),
        format_func=lambda kind: words(f"action.status_{kind}"),
        key=f"status-{key}",
    )
    reason = st.text_input(words("action.reason"), action.reason, key=f"reason-{key}")
    finished = st.date_input(words("action.finished"), action.finished, key=f"finished-{key}")
    texts = {
        name: st.text_input(words(f"action.{name}"), getattr(action, name), TITLE_LIMIT, key=f"{name}-{key}")
        for name in ("owner", "department")
    }
    return {"status": status, "reason": reason, "finished": finished, **texts}


def _amounts(words: Words, action: Action, key: str) -> dict[str, Any]:
    days = {
        name: st.date_input(words(f"action.{name}"), getattr(action, name), key=f"{name}-{key}")
        for name in ("start", "due")
    }
    effort = st.number_input(
        words("action.effort"),
        value=None if action.effort is None else float(action.effort),
        step=HALF,
        key=f"effort-{key}",
    )
    yen = {
        name: st.number_input(
            words(f"action.{name}"),
            value=getattr(action, name),
            step=1,
            max_value=MOST_YEN,
            key=f"{name}-{key}",
        )
        for name in ("one_off", "yearly")
    }
    return {**days, **yen, "effort": None if effort is None else as_written(effort)}


def _links(words: Words, name: str, now: frozenset[str], others: dict[str, str], key: str) -> frozenset[str]:
    picked = st.multiselect(
        words(f"action.{name}"),
        list(others),
        default=[other for other in others if other in now],
        format_func=lambda other: others[other],
        placeholder=words("action.choose"),
        key=f"{name}-{key}",
    )
    return frozenset(picked)


def _notes(here: Here, action: Action) -> None:
    """What was written about how it goes, newest first, and a field for more."""
    words = here.words
    assert here.store
    store, found = here.store, notes_of(here.store, action)
    subheading(words("actions.notes"))
    place = f"note-{action.id}"
    key = f"{action.id}-{turn(place)}"
    text = st.text_area(
        words("actions.note"), placeholder=words("actions.note_example"), key=f"note-{key}", height=90
    )
    if st.button(words("actions.note_add"), key=f"note-add-{key}") and done(
        words, lambda: add_note(store, action, text, visit().facilitator)
    ):
        kept(place)
        st.rerun()
    if not found:
        block(words("actions.notes_none"), "quiet")
    lines = (
        (words("actions.note_line", when=here.clock(note.when), who=note.who), note.text) for note in found
    )
    _list((when, [text]) for when, text in lines)


def _history(here: Here, edition: Edition, action: Action, titles: dict[str, str]) -> None:
    """Who made it and changed it, what was before and after, newest first."""
    words = here.words
    assert here.store
    subheading(words("actions.history"))
    turns = history_of(here.store, action)
    _list(
        (
            words("actions.note_line", when=here.clock(turn.version.when), who=turn.version.who),
            turn_said(words, edition, titles, turn),
        )
        for turn in turns
    )


def turn_said(words: Words, edition: Edition, titles: dict[str, str], turn: Turn) -> list[str]:
    """What somebody changed, a line for each field."""
    if turn.before is None:
        return [words("actions.made")]
    before, after = turn.before, turn.version.action
    return [changed(words, edition, titles, before, after, name) for name in turn.fields]


def changed(
    words: Words, edition: Edition, titles: dict[str, str], before: Action, after: Action, name: str
) -> str:
    """A field with what it was and what it becomes."""
    return words(
        "actions.change",
        field=words(f"action.column_{name}"),
        before=said(words, edition, titles, before, name),
        after=said(words, edition, titles, after, name),
    )


def _list(lines: Any) -> None:
    shown = "".join(
        f'<li><span class="dx-when">{plain(when.strip())}</span><br>{"<br>".join(map(plain, texts))}</li>'
        for when, texts in lines
    )
    if shown:
        st.html(f'<ul class="dx-list">{shown}</ul>')
