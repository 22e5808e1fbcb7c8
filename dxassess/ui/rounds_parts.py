"""The parts of the page of organisation and rounds."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.voting import open_ballot
from dxassess.errors import DxAssessError
from dxassess.ui.asking import answered, ask, is_asked, window, yes_or_no
from dxassess.ui.components import block, notice, round_label, subheading
from dxassess.ui.context import Here, page_at
from dxassess.ui.organisation_form import organisation_form
from dxassess.ui.trouble import refused
from dxassess.usecases import (
    change_organisation,
    close_round,
    correct_round,
    create_organisation,
    questionnaire,
    reopen_round,
    workshop_of,
)
from dxassess.usecases.overview import open_codes, shortened
from dxassess.usecases.rounds import (
    TITLE_LIMIT,
    edition_state,
    reopenings,
)


def open_round(here: Here, held: Round) -> None:
    """One round that is being answered, and how to close it."""
    with st.container(border=True, key=f"open-{held.id}"):
        subheading(here.words("rounds.running"), round_label(here.words, held))
        edition_note(here, held)
        reopened_lines(here, held)
        close_form(here, held)
        with st.expander(here.words("rounds.correct")):
            correct_form(here, held)


def correct_form(here: Here, held: Round) -> None:
    """Another title, another day."""
    assert here.store
    words = here.words
    block(words("rounds.correct_lead"), "quiet")
    title = st.text_input(
        words("rounds.round_title"),
        value=held.title,
        max_chars=TITLE_LIMIT,
        key=f"title-{held.id}-{held.version}",
    )
    held_on = st.date_input(words("rounds.held_on"), value=held.held_on, key=f"day-{held.id}-{held.version}")
    if st.button(words("rounds.save"), key=f"correct-{held.id}"):
        try:
            correct_round(here.app, here.store, held, title, held_on)
        except DxAssessError as error:
            refused(words, error)
        else:
            st.rerun()


def close_form(here: Here, held: Round) -> None:
    """What is missing, who closes, and the button."""
    assert here.store
    words = here.words
    asked = questionnaire(here.store, held)
    left = open_codes(asked)
    if left:
        block(words("rounds.close_missing", count=len(left), codes=shortened(left)), "hint")
    workshop = workshop_of(here.store, held)
    if workshop and open_ballot(workshop):
        block(words("rounds.close_vote_open"), "hint")
    block(words("rounds.close_lead"), "quiet")
    by = st.text_input(words("rounds.close_by"), max_chars=TITLE_LIMIT, key=f"close-by-{held.id}")
    with st.container(horizontal=True):
        answer = st.button(
            words("rounds.go_answer"), type="primary" if left else "secondary", key=f"go-answer-{held.id}"
        )
        invite = st.button(words("rounds.go_workshop"), key=f"go-workshop-{held.id}")
        close = st.button(
            words("rounds.close"), type="secondary" if left else "primary", key=f"close-round-{held.id}"
        )
    if answer:
        st.switch_page(page_at("answering"), query_params=here.link(round=held.id))
    if invite:
        st.switch_page(page_at("workshop"), query_params=here.link(round=held.id))
    question = f"close {held.id} {held.version}"
    if close and left:
        ask(question)
    elif close:
        _close(here, held, by)
    if is_asked(question):
        said = words("rounds.close_sure", left=len(left), items=len(asked.edition.scored))
        window(
            words("rounds.close"),
            lambda: yes_or_no(words, words("rounds.close_yes"), lambda: _close(here, held, by), said),
        )


def _close(here: Here, held: Round, by: str) -> bool:
    assert here.store
    try:
        close_round(here.store, held, by)
    except DxAssessError as error:
        refused(here.words, error)
        return False
    answered()
    st.switch_page(page_at("result"), query_params=here.link(round=held.id))


def closed_round(here: Here, held: Round) -> None:
    """One closed round: when and by whom, its result, and how to open it again."""
    words = here.words
    with st.expander(notice(round_label(words, held))):
        by = words("rounds.closed_by", name=held.closed_by) if held.closed_by else ""
        if held.closed_at:
            block(
                words("rounds.closed_line", when=words.moment(held.closed_at, here.timezone), by=by), "quiet"
            )
        edition_note(here, held)
        reopened_lines(here, held)
        st.page_link(
            page_at("result"), label=words("rounds.see_result"), query_params=here.link(round=held.id)
        )
        block(words("rounds.reopen_lead"), "quiet")
        reason = st.text_input(words("rounds.reopen_reason"), max_chars=TITLE_LIMIT, key=f"reason-{held.id}")
        if st.button(words("rounds.reopen"), key=f"reopen-{held.id}"):
            _reopen(here, held, reason)


def _reopen(here: Here, held: Round, reason: str) -> None:
    assert here.store
    try:
        reopen_round(here.store, held, "", reason)
    except DxAssessError as error:
        refused(here.words, error)
    else:
        st.query_params["round"] = held.id
        st.rerun()


def reopened_lines(here: Here, held: Round) -> None:
    """When a round was opened again, and why."""
    assert here.store
    for event in reopenings(here.store, held):
        when = here.words.moment(event.recorded, here.timezone)
        block(here.words("rounds.reopened_line", when=when, reason=event.detail["reason"]), "quiet")


def edition_note(here: Here, held: Round) -> None:
    """A round keeps the texts it started with, also when the folder changed or is gone."""
    assert here.store
    state = edition_state(here.app, here.store, held)
    if state != "same":
        block(here.words(f"rounds.edition_{state}", edition=held.edition), "hint")


def organisation_details(here: Here) -> None:
    """Change the organisation's details."""
    assert here.store
    block(here.words("rounds.organisation_lead"), "quiet")
    filled = organisation_form(here, here.store.organisation, here.words("rounds.save"))
    if filled:
        try:
            change_organisation(here.app, here.store.organisation, *filled)
        except DxAssessError as error:
            refused(here.words, error)
        else:
            st.rerun()


def another_organisation(here: Here) -> None:
    """Create a further organisation, apart from this one."""
    block(here.words("rounds.add_organisation_lead"), "quiet")
    filled = organisation_form(here, None, here.words("home.create"))
    if filled:
        try:
            created = create_organisation(here.app, *filled)
        except DxAssessError as error:
            refused(here.words, error)
        else:
            st.switch_page(page_at("home"), query_params=here.link(org=created.id, round=None))
