"""The three waves side by side: their tasks, and what was learnt, which stands on top of the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from dxassess.assessment.waves import ROOM, WAVES, Candidate, WaveNote, learnt_before
from dxassess.ui.components import block, plain, subheading
from dxassess.ui.context import Here
from dxassess.ui.forms import kept, turn
from dxassess.ui.start_parts import named
from dxassess.ui.trouble import done
from dxassess.ui.visit import visit
from dxassess.usecases.starting import Start, learn, settle_waves

SIZES = (1, 2, 3, 4, 5, 8)


def room(here: Here) -> tuple[int, int]:
    """The rule, and how many tasks the first and the second wave take at most; for this visit only."""
    words = here.words
    subheading(words("start.waves"), words("start.waves_rule"))
    with st.container(horizontal=True):
        first, second = (
            st.segmented_control(words(f"start.room_{name}"), SIZES, default=usual, key=f"room-{name}")
            for name, usual in zip(("first", "second"), ROOM, strict=True)
        )
    return first or ROOM[0], second or ROOM[1]


def waves(here: Here, found: Start) -> None:
    """The three waves, and the button that settles them."""
    for wave, column in zip(WAVES, st.columns(3), strict=True):
        with column, st.container(border=True):
            _wave(here, found, wave)
    if found.proposed:
        words, store = here.words, here.store
        assert store
        block(words("start.settle_why"), "quiet")
        if st.button(words("start.settle"), key="settle") and done(
            words, lambda: settle_waves(store, found, visit().facilitator)
        ):
            visit().task = None
            st.rerun()


def _wave(here: Here, found: Start, wave: int) -> None:
    words = here.words
    subheading(words("start.wave_name", wave=wave), words(f"start.wave_{wave}"))
    if wave > WAVES[0]:
        _carried(here, learnt_before(found.notes, wave))
    _tasks(here, found.waves[wave])
    own = [note for note in found.notes if note.wave == wave]
    if own:
        block(words("start.learnt"), "quiet")
        st.html(_notes(here, own))
    _learning(here, wave)


def _carried(here: Here, before: Sequence[WaveNote]) -> None:
    """What was learnt in the wave before, on top."""
    words = here.words
    if not before:
        block(words("start.before_nothing"), "quiet")
        return
    lines = "<br>".join(f"• {plain(note.text)}" for note in before)
    st.html(f'<p class="dx-hint"><b>{plain(words("start.before"))}</b><br>{lines}</p>')


def _tasks(here: Here, members: Iterable[Candidate]) -> None:
    words = here.words
    lines = "".join(
        f'<li>{plain(named(words, each))} <span class="dx-tag">'
        f"{plain(words('start.settled' if each.wave else 'start.proposed'))}</span></li>"
        for each in members
    )
    if lines:
        st.html(f'<ul class="dx-list">{lines}</ul>')
    else:
        block(words("start.wave_empty"), "text")


def _notes(here: Here, notes: Iterable[WaveNote]) -> str:
    lines = "".join(
        f"<li>{plain(note.text)}<br><small>"
        f"{plain(' '.join((here.clock(note.recorded), note.who)).strip())}</small></li>"
        for note in notes
    )
    return f'<ul class="dx-list">{lines}</ul>'


def _learning(here: Here, wave: int) -> None:
    """The field for what was learnt; empty again once it is kept."""
    words, store, place = here.words, here.store, f"{wave}-{turn(f'learn-{wave}')}"
    assert store
    with st.form(f"learn-{place}", border=False):
        text = st.text_area(
            words("start.learn"), placeholder=words("start.learn_example"), height=90, key=f"learnt-{place}"
        )
        wanted = st.form_submit_button(words("start.learn_save"), key=f"learn-save-{place}")
    if wanted and done(words, lambda: learn(store, wave, text, visit().facilitator)):
        kept(f"learn-{wave}")
        st.rerun()
