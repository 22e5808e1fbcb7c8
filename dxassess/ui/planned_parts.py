"""The planned rounds: their list, the form of one, and how one is started or dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.rhythm import PlannedRound
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.action_parts import recorded_by
from dxassess.ui.asking import answered, ask, is_asked, window, yes_or_no
from dxassess.ui.components import block, distinct, notice, round_label, subheading
from dxassess.ui.context import Here, page_at
from dxassess.ui.forms import as_read, forget, kept, turn
from dxassess.ui.pulse_parts import items_of, kind_of
from dxassess.ui.round_form import ballots
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases.rhythm import (
    Rhythm,
    drop_planned,
    plan_round,
    planning_days,
    settle_planned,
    start_planned,
)
from dxassess.usecases.rounds import TITLE_LIMIT, editions_to_choose

NEW = "planned-new"


def planned_line(words: Words, planned: PlannedRound) -> str:
    """A planned round in one line."""
    kind = words(f"rhythm.tag_{planned.kind}")
    return words("rhythm.planned_line", day=words.date(planned.day), title=planned.title, kind=kind)


def due_words(words: Words, planned: PlannedRound, today: date) -> str:
    """When a round that is due was to be held, and how long ago that is."""
    past, day = planned.days_past(today), words.date(planned.day)
    if past > 1:
        return words("rhythm.next_due_late", day=day, past=past)
    return words("rhythm.next_due_yesterday" if past else "rhythm.next_due_why", day=day)


def done_another_way(here: Here, found: Rhythm) -> None:
    """Planned rounds in place of which another may have been held: whether they are done by that."""
    words = here.words
    for each in found.waiting:
        held = found.done.get(each.id)
        if held is None:
            continue
        with st.container(border=True, key=f"done-{each.id}"):
            day = words.date(each.day)
            block(words("rhythm.done_ask", title=each.title, day=day, held=round_label(words, held)))
            if st.button(words("rhythm.done_yes"), key=f"settle-{each.id}"):
                _settle(here, each, held)
            block(words("rhythm.done_no"), "quiet")


def _settle(here: Here, planned: PlannedRound, held: Round) -> None:
    assert here.store
    try:
        settle_planned(here.store, planned, held, visit().facilitator)
    except DxAssessError as error:
        refused(here.words, error)
    else:
        st.rerun()


def planned_list(here: Here, found: Rhythm) -> None:
    """Every planned round, each to change, start or drop."""
    words = here.words
    subheading(words("rhythm.planned"))
    if not found.waiting:
        block(words("rhythm.planned_none"), "quiet")
    recorded_by(words)
    for each in found.waiting:
        with st.expander(notice(planned_line(words, each))):
            _one(here, each)
    with st.expander(words("rhythm.add"), expanded=not found.waiting):
        _new(here, found)


def start_button(
    words: Words, planned: PlannedRound, key: str, kind: Literal["primary", "secondary"]
) -> None:
    """The button that starts it today. How votes are kept is asked first, in a window of the list, as that stays."""
    if st.button(words("rhythm.start_now"), type=kind, key=key):
        ask(_question(planned))


def _question(planned: PlannedRound) -> str:
    return f"start {planned.id}"


def _sure(here: Here, planned: PlannedRound) -> bool:
    words = here.words
    named, minimum = ballots(words)
    return yes_or_no(words, words("rhythm.start_yes"), lambda: _start(here, planned, named, minimum))


def _start(here: Here, planned: PlannedRound, named: bool, minimum: int) -> bool:
    """Start it and go on to answering."""
    assert here.store
    try:
        held: Round = start_planned(
            here.app, here.store, planned, visit().facilitator, named=named, minimum=minimum
        )
    except DxAssessError as error:
        refused(here.words, error)
        return False
    answered()
    st.switch_page(page_at("answering"), query_params=here.link(round=held.id))


def _one(here: Here, planned: PlannedRound) -> None:
    words, place = here.words, f"planned-{planned.id}"
    read = as_read(place, lambda: planned)
    if read.version != planned.version:
        block(words("rhythm.stale_form"), "hint")
        if st.button(words("actions.reload"), key=f"reload-{planned.id}"):
            forget(place)
            st.rerun()
    wanted = _fields(here, read, f"{read.id}-{read.version}")
    with st.container(horizontal=True):
        save = st.button(words("rhythm.change"), key=f"save-{planned.id}")
        start_button(words, read, f"start-{planned.id}", "secondary")
        gone = st.button(words("rhythm.drop"), key=f"drop-{planned.id}")
    if save:
        _keep(here, wanted, place)
    if gone:
        _drop(here, read, place)
    if is_asked(_question(planned)):
        window(words("rhythm.start_title", title=read.title), lambda: _sure(here, read), "medium")


def _new(here: Here, found: Rhythm) -> None:
    assert here.store
    words, count = here.words, turn(NEW)
    edition = next(iter(editions_to_choose(here.app, here.store).values()))
    day = found.days[0] if found.days else found.today
    if found.days:
        days = words("common.comma").join(words.date(each) for each in found.days)
        block(words("rhythm.fits", days=days), "quiet")
    blank = PlannedRound("", edition.id, as_read(f"{NEW}-{count}", lambda: day))
    wanted = _fields(here, blank, f"new-{count}")
    if st.button(words("rhythm.save"), type="primary", key=f"plan-{count}"):
        _keep(here, wanted, NEW)


def _fields(here: Here, planned: PlannedRound, place: str) -> PlannedRound:
    """Every field of one planned round."""
    assert here.store
    words = here.words
    editions = editions_to_choose(here.app, here.store)
    titles = distinct({known: words.of(each.head.title) for known, each in editions.items()})
    if planned.edition not in titles:
        titles[planned.edition] = planned.edition
    edition = st.selectbox(
        words("rounds.edition"),
        list(titles),
        index=list(titles).index(planned.edition),
        format_func=lambda known: titles[known],
        key=f"edition-{place}",
    )
    kind = kind_of(here, place, planned.kind)
    chosen = planned.items if edition == planned.edition else ()
    asked = editions.get(edition)
    items = items_of(here, asked, f"{place}-{edition}", chosen) if asked and kind == "pulse" else ()
    left, right = st.columns(2, gap="large")
    with left:
        day = _day(here, planned.day, place)
    with right:
        short = words.of(asked.head.short) if asked else edition
        title = words(
            "rhythm.pulse_round_title" if kind == "pulse" else "rounds.round_title_default", edition=short
        )
        key = f"title-{place}-{edition}-{kind}"
        title = st.text_input(words("rhythm.round_title"), planned.title or title, TITLE_LIMIT, key=key)
    note = st.text_input(words("rhythm.note"), planned.note, TITLE_LIMIT, key=f"note-{place}")
    return replace(planned, edition=edition, kind=kind, items=items, day=day, title=title, note=note)


def _day(here: Here, day: date, place: str) -> date:
    assert here.store
    first, last = planning_days(here.app, here.store)
    low, high = sorted((first, day))[0], sorted((last, day))[-1]
    return st.date_input(here.words("rhythm.day"), day, min_value=low, max_value=high, key=f"day-{place}")


def _keep(here: Here, wanted: PlannedRound, form: str) -> None:
    assert here.store
    try:
        plan_round(here.app, here.store, wanted, visit().facilitator)
    except DxAssessError as error:
        refused(here.words, error)
    else:
        forget(form)
        kept(form)
        st.rerun()


def _drop(here: Here, planned: PlannedRound, form: str) -> None:
    assert here.store
    try:
        drop_planned(here.store, planned, visit().facilitator)
    except DxAssessError as error:
        refused(here.words, error)
    else:
        forget(form)
        st.rerun()
