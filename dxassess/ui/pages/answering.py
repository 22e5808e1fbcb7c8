"""Answering: one item in the words of its levels, its group beside it; every change is kept at once."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.hints import sentence
from dxassess.assessment.model import Round
from dxassess.catalogue.model import Indicator
from dxassess.ui import answering_parts as parts
from dxassess.ui.answer_form import AnswerForm
from dxassess.ui.components import empty, empty_house, heading
from dxassess.ui.context import Here, current
from dxassess.ui.keeping import (
    SEEN,
    SOMETIME,
    Kept,
    Memory,
    comes_from_another_round,
    mark_whole_run,
    read_seen,
    told_before,
    was_open,
    whole_run,
    write_seen,
)
from dxassess.ui.seen import seen_slot
from dxassess.ui.trouble import boundary
from dxassess.ui.turns import give_way, turn
from dxassess.usecases import questionnaire
from dxassess.usecases.answering import Questionnaire


@st.fragment(run_every=SOMETIME)
def sheet(here: Here, held: Round) -> None:
    """Everything below the title runs alone on a click."""
    with turn(), boundary(here.words):
        draw(here, held)


def draw(here: Here, held: Round) -> None:
    """What became of the last click and the way on, then the item: forty people are told first, and drawn for after that."""
    assert here.store
    asked = questionnaire(here.store, held)
    arrived, whole = comes_from_another_round(asked), whole_run()
    item = parts.item_of_address(asked)
    seen_drawn, slot = SEEN not in st.session_state, seen_slot()
    memory = Memory(here.store, asked, read_seen(asked, slot))
    form = AnswerForm(
        here.words, asked.edition, item, memory.newest(item), asked.last.get(item.id), asked.held.closed
    )
    told = told_before(item)
    if parts.must_show_stored(item) or arrived or told:
        form.push(memory.newest(item))
    elif memory.has_moved(item):
        form.push(memory.newest(item), memory.base(item)[0])
    kept, known, may_click = Kept(), form.read(), was_open(asked)
    if known and may_click:
        kept = memory.keep(item, form.values())
        asked = parts.with_kept(asked, kept)
        form.follow(asked.answer(item), whole and kept.error is None)
    parts.progress_line(here, asked, told or kept)
    if asked.held.closed:
        parts.closed_way(here)
    place = st.container(key="sheet")
    way = parts.footer(here, asked, item, told or kept)
    give_way()
    with place:
        picked = parts.navigation(here, asked, item)
        body(here, asked, form, item)
    if not known and may_click:
        parts.tell_at_once(item, memory.keep(item, form.values()))
    write_seen(asked, slot, seen_drawn)
    parts.go(item, way or picked, kept, again=parts.shows_other(form, asked, item, kept))
    if seen_drawn and memory.is_behind and kept.error is None:
        st.rerun()


def body(here: Here, asked: Questionnaire, form: AnswerForm, item: Indicator) -> None:
    """The question and its widgets, the guidance at the side (the style sheet puts it there: one box instead of three)."""
    parts.question(here, asked, item)
    if item.conditions:
        with st.container(key="conditions", gap=None):
            form.conditions()
    form.level(asked.suggested(item))
    parts.remarks([sentence(hint, here.words) for hint in asked.hints(item)])
    form.target()
    form.texts()
    form.reason()
    parts.guidance(here, asked, item)


here = current()
heading(here.words("answering.title"))
if here.store is None:
    empty_house(here, "answering")
elif here.round is None:
    empty(here, "answering", "rounds")
else:
    mark_whole_run()
    sheet(here, here.round)
