"""The widgets of one indicator: level, conditions, target, evidence, comment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import streamlit as st

from dxassess.assessment.model import Answer, State
from dxassess.assessment.suggestion import GATE
from dxassess.catalogue.model import Edition, Indicator, Level, Option
from dxassess.text import Words
from dxassess.ui.components import notice

CANNOT_SAY = "cannot_say"
Choice = Level | str
Widget = Callable[[str, Any], object]
"""Draws a widget from its key and its default, and returns what is picked."""

_EMPTY: dict[str, object] = {"level": None, "reason": None, "target": None, "evidence": "", "comment": ""}


class AnswerForm:
    """Draws the widgets of one indicator and reads them back as fields of an `Answer`."""

    def __init__(
        self,
        words: Words,
        edition: Edition,
        item: Indicator,
        stored: Answer,
        last: Answer | None,
        closed: bool,
    ) -> None:
        self.words, self.edition, self.item, self.closed = words, edition, item, closed
        self.stored, self.last = stored, last
        self.defaults = self._shown(stored)
        self.picked: dict[str, object] = {}
        self.pushed: set[str] = set()

    def key(self, name: str) -> str:
        """The widget key of a field of this indicator."""
        return f"{name}-{self.item.code}"

    def push(self, answer: Answer, base: Answer | None = None) -> None:
        """Before drawing: show `answer`; where `base` is given, only in widgets that still show it."""
        before = None if base is None else self._shown(base)
        for name, value in self._shown(answer).items():
            key = self.key(name)
            if key not in st.session_state:
                continue
            if before is None or st.session_state[key] == before[name]:
                st.session_state[key] = value
                self.pushed.add(name)

    def read(self) -> bool:
        """Before drawing: take what the session holds. False on its first run of this item, when only drawing tells."""
        for name in self.defaults:
            with suppress(KeyError):
                self.picked[name] = st.session_state[self.key(name)]
        return len(self.picked) == len(self.defaults)

    def follow(self, stored: Answer, everything: bool) -> None:
        """Before drawing: what is stored by now; `everything`: also the reason of a browser that has lost it."""
        self.stored, self.defaults = stored, self._shown(stored)
        if everything and self.key("reason") in st.session_state:
            st.session_state[self.key("reason")] = stored.reason

    def values(self) -> dict[str, object]:
        """The picked values as fields of an `Answer`."""
        conditions = frozenset(option for option in self._options() if self.picked.get(f"cond-{option}"))
        target, evidence, comment = (self.picked.get(name) for name in ("target", "evidence", "comment"))
        return {
            **self._standing(),
            "target": target,
            "evidence": str(evidence or "").strip(),
            "comment": str(comment or "").strip(),
            "conditions": conditions,
        }

    def _standing(self) -> dict[str, object]:
        level, reason = self.picked.get("level"), self.picked.get("reason")
        if reason is not None and (reason != self.defaults["reason"] or level is None):
            return {"state": State.NOT_APPLICABLE, "level": None, "reason": reason}
        if level == CANNOT_SAY:
            return {"state": State.CANNOT_SAY, "level": None, "reason": None}
        if level is not None:
            return {"state": State.ANSWERED, "level": level, "reason": None}
        return {"state": State.OPEN, "level": None, "reason": None}

    def conditions(self) -> None:
        """What can be ticked: the conditions packed into the question, then the gates of the scale."""
        for option_id, option in self._options().items():
            self._draw(f"cond-{option_id}", self._checkbox(notice(self.words.of(option))))

    def _checkbox(self, label: str) -> Widget:
        return lambda key, default: st.checkbox(label, value=bool(default), key=key, disabled=self.closed)

    def level(self, suggested: Level | None) -> None:
        """The words of each level are the choice itself; above them what the ticked conditions suggest, never set by itself."""
        levels = [level.value for level in self.edition.scale.levels]
        options: list[Choice] = [*levels, CANNOT_SAY]
        labels = {option: self._level_label(option) for option in options}
        self._draw(
            "level",
            lambda key, default: st.radio(
                self._level_title(suggested),
                options,
                index=options.index(default) if default in options else None,
                format_func=lambda option: labels.get(option, str(option)),
                captions=[
                    *(self._level_text(level) for level in levels),
                    self.words("answering.cannot_say_text"),
                ],
                key=key,
                disabled=self.closed,
                width="stretch",
            ),
        )

    def reason(self) -> None:
        """Not applicable, because …"""
        reasons = {reason.id: reason for reason in self.edition.head.not_applicable}
        self._draw(
            "reason",
            lambda key, default: st.selectbox(
                self.words("answering.not_applicable"),
                list(reasons),
                index=list(reasons).index(default) if default in reasons else None,
                format_func=lambda reason: self.words.of(reasons[reason]),
                placeholder=self.words("answering.not_applicable_none"),
                key=key,
                disabled=self.closed,
            ),
        )

    def target(self) -> None:
        """The level aimed at in about three years."""
        self._draw(
            "target",
            lambda key, default: st.segmented_control(
                self.words("answering.target"),
                list(self.edition.scale.values),
                default=default,
                format_func=self.words.level,
                key=key,
                disabled=self.closed,
            ),
        )

    def texts(self) -> None:
        """Evidence and comment."""
        for name in ("evidence", "comment"):
            self._draw(name, self._text_area(name))

    def _text_area(self, name: str) -> Widget:
        return lambda key, default: st.text_area(
            self.words(f"answering.{name}"),
            value=default,
            height=100,
            placeholder=self.words(f"answering.{name}_placeholder"),
            key=key,
            disabled=self.closed,
        )

    def _draw(self, name: str, widget: Widget) -> None:
        """Draw a widget with what is stored as its default: what a browser shows that has lost its own state.

        Where this run has pushed a value, that one counts, and Streamlit wants no default beside it. Nor has the list
        of reasons one once the session knows it: a list with a default cannot be cleared.
        """
        bare = name in self.pushed or (name == "reason" and name in self.picked)
        default = _EMPTY.get(name) if bare else self.defaults[name]
        self.picked[name] = widget(self.key(name), default)

    def _shown(self, answer: Answer) -> dict[str, object]:
        ticked = {f"cond-{option}": option in answer.conditions for option in self._options()}
        level: Choice | None = CANNOT_SAY if answer.state is State.CANNOT_SAY else answer.level
        return {
            "level": level,
            "reason": answer.reason,
            "target": answer.target,
            "evidence": answer.evidence,
            "comment": answer.comment,
            **ticked,
        }

    def _options(self) -> dict[str, Option]:
        suggestion = self.edition.head.suggestion
        gates = (
            {GATE + gate.id: gate for gate in suggestion.gates} if suggestion and self.item.conditions else {}
        )
        return {**{condition.id: condition for condition in self.item.conditions}, **gates}

    def _level_title(self, suggested: Level | None) -> str:
        title = f"**{self.words('answering.level')}**"
        if suggested is None:
            return title
        return f"{title}　{self.words('answering.suggested', level=self.words.level(suggested))}"

    def _level_label(self, choice: Choice) -> str:
        if choice == CANNOT_SAY:
            return f"**{self.words('answering.cannot_say')}**{self._last_mark(choice)}"
        level = next(level for level in self.edition.scale.levels if level.value == choice)
        return f"**{self.words.level(level.value)}**　{notice(self.words.of(level.name))}{self._last_mark(choice)}"

    def _level_text(self, value: Level) -> str:
        described = self.item.levels.get(value)
        if described is None:
            scale = next(level for level in self.edition.scale.levels if level.value == value)
            described = scale.character
        return notice(self.words.of(described)) if described else ""

    def _last_mark(self, choice: Choice) -> str:
        if self.last is None:
            return ""
        was: Choice | None = CANNOT_SAY if self.last.state is State.CANNOT_SAY else self.last.level
        return f" :blue-badge[{self.words('answering.last_time')}]" if was == choice else ""
