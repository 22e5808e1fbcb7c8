"""Widgets and the store: what the browser holds, what is kept, and who changed what since.

The store is the only memory. Each page hands the browser the highest sequence number it was drawn from (`seen`, a hidden
field); the browser hands it back with every click. So a click can be told from a value that is merely old, in a second
tab, after a lost connection and after a restart of the server, when nothing of the session is left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dxassess.assessment.model import Answer, Recorded
from dxassess.catalogue.model import Indicator
from dxassess.errors import AnswerError, DxAssessError, RoundClosed, StaleAnswer, StorageError
from dxassess.storage import Store
from dxassess.ui import seen
from dxassess.ui.visit import visit
from dxassess.usecases import answer
from dxassess.usecases.answering import Questionnaire, differences

SEEN = "seen"
# Only from a page with a part that also runs by itself does the browser send again what it shows once a lost
# connection is back; without it a click made as the connection went would stay marked and never be kept.
SOMETIME = timedelta(days=1)

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a click: `recorded` when something was kept, `error` when it could not be."""

    recorded: Recorded | None = None
    error: DxAssessError | None = None

    @property
    def is_stale(self) -> bool:
        """Somebody else changed the same thing first; their value is shown next."""
        return isinstance(self.error, StaleAnswer)

    @property
    def may_be_tried_again(self) -> bool:
        """The same pick may be kept another time."""
        return self.error is not None and not isinstance(self.error, StaleAnswer | RoundClosed)


@dataclass(frozen=True, slots=True)
class Memory:
    """The browser's view of one round: what it had seen when the click was made."""

    store: Store
    asked: Questionnaire
    seen: int

    def newest(self, indicator: Indicator) -> Answer:
        """What the store holds now."""
        return self.asked.answer(indicator)

    @property
    def is_behind(self) -> bool:
        """Something was kept that the browser had not seen when the click was made."""
        return self.seen < highest(self.asked)

    def base(self, indicator: Indicator) -> tuple[Answer, int | None]:
        """The answer the browser was looking at, and its sequence number."""
        newest = self.asked.recorded.get(indicator.id)
        if newest is None or newest.sequence <= self.seen or self._is_own(newest):
            return self.newest(indicator), newest.sequence if newest else None
        earlier = [
            found
            for found in self.store.history(self.asked.held.id, indicator.id)
            if found.respondent == self.asked.voice.id and found.sequence <= self.seen
        ]
        return (earlier[-1].answer, earlier[-1].sequence) if earlier else (Answer(indicator.id), None)

    def has_moved(self, indicator: Indicator) -> bool:
        """Somebody else kept something since the browser was drawn."""
        return self.base(indicator)[0] != self.newest(indicator)

    def keep(self, indicator: Indicator, values: Values) -> Kept:
        """Keep what differs between the widgets and what the browser was looking at."""
        base, sequence = self.base(indicator)
        change = differences(base, values)
        if not change or self._is_there_already(indicator, change):
            return Kept()
        key = _key(self.asked, indicator, sequence, change)
        try:
            recorded = answer(self.store, self.asked, indicator, change, sequence, key)
        except (AnswerError, RoundClosed, StorageError) as error:
            return Kept(error=error)
        visit().own[indicator.id] = recorded.sequence
        return Kept(recorded)

    def _is_there_already(self, indicator: Indicator, change: Values) -> bool:
        newest = self.newest(indicator)
        return all(getattr(newest, name) == value for name, value in change.items())

    def _is_own(self, recorded: Recorded) -> bool:
        return visit().own.get(recorded.answer.indicator) == recorded.sequence


def _key(asked: Questionnaire, indicator: Indicator, sequence: int | None, change: Values) -> str:
    """The same click again has the same key, so a repeated attempt is kept once."""
    picked = sorted(
        (name, sorted(value) if isinstance(value, frozenset) else str(value))
        for name, value in change.items()
    )
    parts = (asked.held.id, asked.voice.id, indicator.id, sequence, picked)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def comes_from_another_round(asked: Questionnaire) -> bool:
    """Whether the widgets of this session still show another round (the way back in the browser's history)."""
    memory = visit()
    before, memory.round = memory.round, asked.held.id
    if before in (None, asked.held.id):
        return False
    memory.own.clear()
    if SEEN in st.session_state:
        st.session_state[SEEN] = str(highest(asked))
    return True


def was_open(asked: Questionnaire) -> bool:
    """Whether what is on this session's screen was drawn while the round was open: then a click may still come."""
    memory = visit()
    before, memory.open = memory.open, None if asked.held.closed else asked.held.id
    return not asked.held.closed or before == asked.held.id


def mark_whole_run() -> None:
    """The page runs as a whole: a visit, or a browser that is back after a lost connection."""
    visit().whole = True


def whole_run() -> bool:
    """Whether the page runs as a whole, not only the part around a click; once."""
    memory = visit()
    was, memory.whole = memory.whole, False
    return was


def tell_next_run(item: Indicator, kept: Kept) -> None:
    """Keep a refusal for the run that shows the newer answer."""
    visit().told = (item.id, kept)


def told_before(item: Indicator) -> Kept | None:
    """What the run before could not keep of this item, when it was refused for a newer answer; once."""
    memory = visit()
    if memory.told is None or memory.told[0] != item.id:
        return None
    (_, kept), memory.told = memory.told, None
    assert isinstance(kept, Kept)
    return kept


def highest(asked: Questionnaire) -> int:
    """The highest sequence number a questionnaire was drawn from; 0 without answers."""
    return asked.newest.sequence if asked.newest else 0


def read_seen(asked: Questionnaire, slot: DeltaGenerator) -> int:
    """What the browser had seen. Draws the hidden field on a session's first run, when only the browser remembers."""
    return seen.read_seen(SEEN, highest(asked), slot)


def write_seen(asked: Questionnaire, slot: DeltaGenerator, drawn: bool) -> None:
    """Hand the browser what this run was drawn from; `drawn`: `read_seen` drew the field in this run already."""
    seen.write_seen(SEEN, highest(asked), slot, drawn)
