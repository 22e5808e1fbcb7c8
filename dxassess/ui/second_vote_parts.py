"""From the talk onwards: a second vote on chosen items, the end of the workshop, the closing of the round."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dxassess.ui.asking import ask, is_asked, window, yes_or_no
from dxassess.ui.components import block, notice
from dxassess.ui.context import Here, page_at
from dxassess.ui.trouble import done
from dxassess.ui.visit import visit
from dxassess.usecases import end_talk, open_second_vote
from dxassess.usecases.board import Board


def steps(here: Here, found: Board, first: Callable[[], None] | None = None) -> None:
    """What can be done with the workshop as a whole, folded away while the room talks; above it what `first` draws."""
    words = here.words
    with st.expander(words("board.steps"), key="board-steps"):
        if first:
            first()
        again = end = False
        if found.workshop.phase == "talk":
            block(words("board.second_why"), "quiet")
            with st.container(horizontal=True):
                again = st.button(words("board.second_open"), key="board-second")
                end = st.button(words("board.end"), key="board-end")
        else:
            block(words("board.done"), "quiet")
        with st.container(horizontal=True):
            for page in ("recognition", "record", "rounds"):
                st.page_link(
                    page_at(page), label=words(f"{page}.title"), query_params=here.link(round=found.held.id)
                )
    question = f"{found.held.id} {found.workshop.version}"
    if again or end:
        ask(f"{'again' if again else 'end'} {question}")
    if is_asked(f"again {question}"):
        window(words("board.second_title"), lambda: _choose(here, found), "large")
    if is_asked(f"end {question}"):
        window(words("board.end"), lambda: _end(here, found))


def _choose(here: Here, found: Board) -> bool:
    """Which items are voted on again: those to be discussed, unless somebody chooses others."""
    words = here.words
    block(words("board.second_lead"))
    names = {known.id: f"{known.code} {words.of(known.title)}" for known in found.edition.scored}
    picked = st.pills(
        words("board.second_items"),
        list(names),
        default=list(found.to_vote_again),
        selection_mode="multi",
        format_func=lambda each: notice(names[each]),
        key=f"again-{found.held.id}",
    )
    return yes_or_no(
        words, words("board.second_yes"), lambda: _opened(here, found, picked), disabled=not picked
    )


def _opened(here: Here, found: Board, picked: Sequence[str]) -> bool:
    assert here.store
    items = [found.edition.indicators[each] for each in picked]
    store = here.store
    return done(here.words, lambda: open_second_vote(store, found.workshop, items, visit().facilitator))


def _end(here: Here, found: Board) -> bool:
    words, store = here.words, here.store
    assert store
    return yes_or_no(
        words,
        words("board.end"),
        lambda: done(words, lambda: end_talk(store, found.workshop, visit().facilitator)),
        words("board.end_sure"),
    )
