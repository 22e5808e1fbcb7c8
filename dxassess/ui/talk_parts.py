"""The board after the reveal: one item with its votes, its quotes and what is agreed; drawn anew when somebody writes."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.agenda import Advice
from dxassess.assessment.columns import columns
from dxassess.assessment.model import Round
from dxassess.assessment.recognition import ItemRecognition
from dxassess.figures import strip
from dxassess.text import Words
from dxassess.ui.agenda_parts import other_item, overview, strip_of_agenda, together, way
from dxassess.ui.board_parts import back, top
from dxassess.ui.components import block, plain
from dxassess.ui.context import Here
from dxassess.ui.decision_form import DecisionForm
from dxassess.ui.quotes_parts import quotes
from dxassess.ui.recognition_parts import role_label
from dxassess.ui.second_vote_parts import steps
from dxassess.ui.seen import seen_slot
from dxassess.ui.strip_levels import strip_levels
from dxassess.ui.trouble import boundary
from dxassess.ui.turns import turn
from dxassess.ui.visit import visit
from dxassess.ui.workshop_parts import EVERY
from dxassess.usecases import board
from dxassess.usecases.board import Board, Focus, seconds_left


def talk(here: Here, held: Round) -> None:
    """The board of a vote that is revealed; whatever somebody else changes is drawn within two seconds."""
    assert here.store
    found, form = board_now(here, held), None
    if found.focus is not None:
        form = DecisionForm(here, found, found.focus, seen_slot())
        if form.take():
            found = board_now(here, held)
            form.look_at(found, found.focus or form.focus)
    if found.views is None or found.views.is_empty or found.views.hidden:
        nothing_to_show(here, found)
    elif form is None or found.focus is None:
        overview(here, found)
    else:
        item(here, found, found.focus, form)
    watch(here, here.store.pulse())


def board_now(here: Here, held: Round) -> Board:
    """The board as it is now, read anew only when something was written since."""
    assert here.store
    place, memory = (held.id, here.store.pulse()), visit()
    if memory.board is None or memory.board[0] != place:
        memory.board = place, board(here.app, here.store, held)
    found: Board = memory.board[1]
    return found


@st.fragment(run_every=EVERY)
def watch(here: Here, drawn: int) -> None:
    """Look whether something was written since the page was drawn; if so, draw it anew."""
    assert here.store
    with turn(), boundary(here.words):
        if here.store.pulse() != drawn:
            st.rerun()


def nothing_to_show(here: Here, found: Board) -> None:
    """Nobody voted, or too few for anything to be shown in an anonymous round."""
    words = here.words
    top(here, found.held, words("board.talk"))
    if found.views is not None and found.views.hidden:
        block(words("recognition.hidden", minimum=found.held.anonymity_minimum))
    else:
        block(words("board.no_votes"))
    steps(here, found)


def item(here: Here, found: Board, focus: Focus, form: DecisionForm) -> None:
    """One item on the board: the agenda above it, the foot with what is agreed below."""
    with st.container(horizontal=True, vertical_alignment="center", key="board-top"):
        back(here, found.held)
        strip_of_agenda(here, found, focus)
        way(here, found)
    st.html(_looked_at(here, found, focus))
    form.draw()
    steps(here, found, lambda: other_item(here, found))


def _looked_at(here: Here, found: Board, focus: Focus) -> str:
    """Everything the room reads, in one piece: it arrives and changes at once."""
    words = here.words
    assert found.views
    advice = focus.place.advice if focus.place and not focus.second else None
    said = f'<p class="dx-advice">{plain(advised(words, advice))}</p>' if advice else ""
    return (
        f'<div class="dx-board dx-item">{_title(here, focus)}<p class="dx-sentence">{plain(sentence(words, found, focus))}</p>'
        f"{said}{together(words, found)}{picture(words, found, focus)}{quotes(words, found.views.names, focus)}</div>"
    )


def _title(here: Here, focus: Focus) -> str:
    words, known = here.words, focus.indicator
    left = seconds_left(here.app, focus)
    said = plain(words("board.left"))
    clock = (
        ""
        if left is None
        else f'<div class="dx-timer">{said}<b class="dx-clock" data-left="{left}"></b></div>'
    )
    return (
        f'<div class="dx-item-head"><h2><span class="dx-code">{plain(known.code)}</span>{plain(words.of(known.title))}</h2>'
        f'<p class="dx-ask">{plain(words.of(known.question))}</p>{clock}</div>'
    )


def sentence(words: Words, found: Board, focus: Focus) -> str:
    """The two roles furthest apart with their means, and by how much two people differ; after a second vote, before and now."""
    seen = focus.recognition
    assert found.views
    if seen is None or seen.differences.mean is None:
        return words("board.no_pairs")
    again = next((each for each in found.views.meetings if each.indicator == seen.indicator), None)
    if again is not None and again.first is not None and again.second is not None:
        return words(
            f"board.again_{again.outcome}",
            first=words.number(again.first, 1),
            second=words.number(again.second, 1),
        )
    mean = words.number(seen.differences.mean, 1)
    pair = words("board.pair", mean=mean, n=seen.everyone.n, people=found.views.voters)
    return f"{_apart(words, found, seen)}{pair}"


def _apart(words: Words, found: Board, seen: ItemRecognition) -> str:
    assert found.views
    if seen.furthest is None:
        return ""
    means = {view.role: words.number(view.mean, 1) for view in seen.roles}
    counts = {view.role: view.n for view in seen.roles}
    first, second = seen.furthest.first, seen.furthest.second
    names = found.views.names
    return words(
        "board.views",
        first=role_label(words, names, first),
        first_mean=means[first],
        first_n=counts[first],
        second=role_label(words, names, second),
        second_mean=means[second],
        second_n=counts[second],
    )


def picture(words: Words, found: Board, focus: Focus) -> str:
    """The votes over the level texts."""
    assert found.views
    edition, known = found.edition, focus.indicator
    labels = {role: role_label(words, found.views.names, role) for role in found.roles}
    levels = strip_levels(words, edition, known)
    side = columns(focus.first, focus.second, edition.scale, found.roles)
    agreed = focus.agreed.answer.level if focus.agreed else None
    last = focus.last.level if focus.last else None
    return strip.draw(strip.Strip(levels, side, agreed, last), labels, words)


def advised(words: Words, advice: Advice) -> str:
    """What the rule from practice says, and why."""
    because = words(f"board.because_{advice.because}")
    return words(f"board.advice_{advice.verdict}", because=because, propose=words.level(advice.propose))
