"""The foot of the board: what the room agrees on. Saved at every change; what another facilitator did meanwhile is shown.

As in `keeping`, the browser hands back which record it was looking at, so a change is told from a value that is merely
old: in a second tab, after a lost connection, and when somebody else was faster.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dxassess.assessment.decision import Dissent
from dxassess.errors import DxAssessError, StaleDecision
from dxassess.text import Words
from dxassess.ui.answer_form import CANNOT_SAY
from dxassess.ui.components import block, plain
from dxassess.ui.context import Here
from dxassess.ui.decision_draft import Draft, draft_at, draft_of, record
from dxassess.ui.seen import begun_on, read_seen, write_seen
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases.board import Board, Focus

FIELDS = ("level", "target", "reason", "evidence", "idea")
TEXTS = ("reason", "evidence", "idea")
_EMPTY = Draft()


class DecisionForm:
    """The widgets of one item on the board, and what becomes of them in this run."""

    def __init__(self, here: Here, found: Board, focus: Focus, slot: DeltaGenerator) -> None:
        assert here.store
        self.store, self.words, self.clock = here.store, here.words, here.clock
        self.pushed: set[str] = set()
        self.error: DxAssessError | None = None
        self.slot = slot
        self.look_at(found, focus)
        self.is_new = self.key("seen") not in st.session_state
        self.seen = read_seen(self.key("seen"), self.sequence, slot)

    def look_at(self, found: Board, focus: Focus) -> None:
        """Take what stands recorded now."""
        self.found, self.focus = found, focus
        self.sequence = focus.agreed.sequence if focus.agreed else 0
        self.stored = draft_of(focus.agreed, focus.decision)

    def key(self, name: str) -> str:
        """The widget key of a field of this item."""
        return f"{name}-{self.focus.indicator.code}-{self.found.held.id}"

    # --- before drawing

    def take(self) -> bool:
        """Record what was changed since the browser was drawn; whether something was recorded.

        Where somebody else recorded first, theirs is shown and what was wanted is kept beside it.
        """
        self._read_begun()
        shown = self._shown()
        if shown is None:
            return False
        before = self._before()
        if not shown.differing(before):
            self._push(before)
            return False
        done = self._record(shown, before)
        if isinstance(self.error, StaleDecision):
            visit().refused = (self.focus.indicator.id, shown, self.error)
            self._push(shown)
        return done

    def _read_begun(self) -> None:
        """A text that was begun before somebody else's record is a change of what stood then."""
        for name in TEXTS:
            text, began = begun_on(st.session_state.get(self.key(name)) or "")
            if began is not None:
                st.session_state[self.key(name)] = text
                self.seen = began
                self._show_as_begun(name)

    def _show_as_begun(self, typed: str) -> None:
        """Fields that were brought up to date meanwhile were not what this person changed."""
        before = self._before()
        for name in FIELDS:
            if name != typed and self.key(name) in st.session_state:
                st.session_state[self.key(name)] = getattr(before, name)

    def _shown(self) -> Draft | None:
        """What the widgets show; None on a session's first run of this item, when only drawing tells."""
        if any(self.key(name) not in st.session_state for name in FIELDS):
            return None
        return self._draft({name: st.session_state[self.key(name)] for name in FIELDS})

    def _draft(self, values: dict[str, Any]) -> Draft:
        texts = {name: values[name] or "" for name in TEXTS}
        before = self._before()
        return Draft(values["level"], values["target"], dissent=before.dissent, **texts)

    def _before(self) -> Draft:
        if self.seen == self.sequence:
            return self.stored
        return draft_at(self.store, self.found, self.focus, self.seen)

    def _push(self, before: Draft) -> None:
        """Show what is stored wherever `before` is shown and differs."""
        for name in self.stored.differing(before):
            if name in FIELDS:
                st.session_state[self.key(name)] = getattr(self.stored, name)
                self.pushed.add(name)

    def _record(self, wanted: Draft, before: Draft) -> bool:
        try:
            record(self.store, self.found, self.focus, wanted, before, self.seen, visit().facilitator)
        except DxAssessError as error:
            self.error = error
            return False
        visit().refused = None
        return True

    # --- drawing

    def draw(self) -> None:
        """The widgets; a browser that comes back to a new session may hand over a change only now."""
        with st.container(key="board-foot"):
            with st.container(horizontal=True, vertical_alignment="center", key="board-agreed"):
                level, target = self._level(), self._target()
                reason = self._text("reason")
                self._said()
            self._told()
        with st.expander(self.words("board.more_fields"), key=self.key("fold")):
            left, right = st.columns(2, gap="large")
            with left:
                evidence, idea = self._text("evidence"), self._text("idea")
            with right:
                self._dissent()
        write_seen(self.key("seen"), self.sequence, self.slot, self.is_new)
        if self.is_new:
            values = {"level": level, "target": target, "reason": reason, "evidence": evidence, "idea": idea}
            shown, before = self._draft(values), self._before()
            if self.seen != self.sequence or (shown.differing(before) and self._record(shown, before)):
                st.rerun()

    def _default(self, name: str) -> Any:
        return getattr(_EMPTY if name in self.pushed else self.stored, name)

    def _level(self) -> object:
        words = self.words
        options = [*self.found.edition.scale.values, CANNOT_SAY]
        return st.segmented_control(
            words("board.agreed_level"),
            options,
            default=self._default("level"),
            format_func=lambda each: (
                words("answering.cannot_say") if each == CANNOT_SAY else words.level(each)
            ),
            key=self.key("level"),
        )

    def _target(self) -> object:
        return st.segmented_control(
            self.words("board.target"),
            list(self.found.edition.scale.values),
            default=self._default("target"),
            format_func=self.words.level,
            key=self.key("target"),
        )

    def _text(self, name: str) -> str:
        draw = st.text_input if name == "reason" else st.text_area
        return str(
            draw(
                self.words(f"board.{name}"),
                value=self._default(name),
                placeholder=self.words(f"board.{name}_example"),
                label_visibility="collapsed" if name == "reason" else "visible",
                key=self.key(name),
            )
            or ""
        )

    def _said(self) -> None:
        """When the last record was made, and by whom."""
        words, decision = self.words, self.focus.decision
        said = words("board.not_yet")
        if decision is not None and decision.answer.sequence == self.sequence:
            by = words("board.by", name=decision.by) if decision.by else ""
            said = words("board.saved", time=self.clock(decision.recorded), by=by)
        st.html(f'<p class="dx-kept" role="status">{plain(said)}</p>', width="content")

    def _told(self) -> None:
        """Why the last change was not recorded, and what stands there instead."""
        told = visit().refused
        if told and told[0] == self.focus.indicator.id:
            self._conflict(told[1], told[2])
        elif self.error is not None:
            refused(self.words, self.error)

    def _conflict(self, mine: Draft, error: StaleDecision) -> None:
        """Both records, theirs and what this facilitator wanted, and the two ways on."""
        words = self.words
        refused(words, error)
        changed = mine.differing(self.stored)
        lines = "".join(f"<li>{plain(self._line(mine, name))}</li>" for name in changed)
        st.html(f'<div class="dx-hint"><b>{plain(words("board.mine"))}</b><ul>{lines}</ul></div>')
        with st.container(horizontal=True):
            if st.button(words("board.take_theirs"), key="take-theirs"):
                visit().refused = None
                st.rerun()
            if st.button(words("board.take_mine"), key="take-mine") and self._record_now(mine):
                st.rerun()

    def _record_now(self, wanted: Draft) -> bool:
        self.seen = self.sequence
        return self._record(wanted, self.stored)

    def _line(self, mine: Draft, name: str) -> str:
        return self.words(
            "board.differs",
            field=self.words(f"board.{'agreed_level' if name == 'level' else name}"),
            mine=told(self.words, getattr(mine, name)),
            theirs=told(self.words, getattr(self.stored, name)),
        )

    def _dissent(self) -> None:
        """Who does not agree, and why: those on record, and one more."""
        words = self.words
        st.html(
            f'<p class="dx-quiet"><b>{plain(words("board.dissent"))}</b>　{plain(words("board.dissent_why"))}</p>'
        )
        for place, each in enumerate(self.stored.dissent):
            with st.container(horizontal=True, vertical_alignment="center"):
                block(words("board.dissent_line", who=each.who, why=each.why))
                if st.button(words("board.dissent_remove"), key=self.key(f"undo-{place}")):
                    rest = tuple(other for other in self.stored.dissent if other is not each)
                    self._with_dissent(rest)
        with st.form(self.key("dissent"), border=False, clear_on_submit=True):
            who = st.text_input(words("board.dissent_who"), max_chars=60)
            why = st.text_input(words("board.dissent_because"))
            if st.form_submit_button(words("board.dissent_add")) and (who.strip() or why.strip()):
                self._with_dissent((*self.stored.dissent, Dissent(who.strip(), why.strip())))

    def _with_dissent(self, dissent: tuple[Dissent, ...]) -> None:
        if self._record_now(replace(self.stored, dissent=dissent)):
            st.rerun()
        elif self.error:
            refused(self.words, self.error)


def told(words: Words, value: object) -> str:
    """A value of a record in words."""
    if value == CANNOT_SAY:
        return words("answering.cannot_say")
    if isinstance(value, tuple):
        return (
            words("common.comma").join(
                words("board.dissent_line", who=each.who, why=each.why) for each in value
            )
            or "–"
        )
    return value or "–" if isinstance(value, str) else words.level(value)  # type: ignore[arg-type]
