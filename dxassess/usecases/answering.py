"""Answering: the organisation's one voice, item by item; every change is kept at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from dxassess.assessment.hints import Hint, hints
from dxassess.assessment.model import AGREED, Answer, Recorded, Respondent, Round, State
from dxassess.assessment.suggestion import suggest
from dxassess.catalogue.model import Edition, Indicator, Level
from dxassess.errors import (
    ConditionUnknown,
    IndicatorUnknown,
    LevelOffScale,
    ReasonUnknown,
    RoundDamaged,
    StaleAnswer,
    TextTooLong,
)
from dxassess.storage import Store

TEXT_LIMIT = 4000
_FIELDS = frozenset(field.name for field in fields(Answer)) - {"indicator"}

Change = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Everything the answering page shows: the edition as frozen in the round, the newest answers, last round's.

    `damaged` is last round where its content no longer fits its hash: then nothing of it is shown.
    """

    held: Round
    edition: Edition
    voice: Respondent
    recorded: Mapping[str, Recorded]
    last: Mapping[str, Answer]
    damaged: Round | None = None

    def answer(self, indicator: Indicator) -> Answer:
        """The newest answer, or an open one."""
        found = self.recorded.get(indicator.id)
        return found.answer if found else Answer(indicator.id)

    def sequence(self, indicator: Indicator) -> int | None:
        """The sequence number of the newest answer; None when there is none."""
        found = self.recorded.get(indicator.id)
        return found.sequence if found else None

    def is_done(self, indicator: Indicator) -> bool:
        """Answered, or said that it cannot be said, or that it does not apply; a measure needs its current amount."""
        found = self.recorded.get(indicator.id)
        if found is None:
            return False
        return found.answer.amount is not None if indicator.measure else found.answer.state is not State.OPEN

    def done(self, indicators: tuple[Indicator, ...]) -> int:
        """How many of these are done."""
        return sum(self.is_done(indicator) for indicator in indicators)

    @property
    def percent(self) -> Fraction:
        """How much of what carries a level is done, 0–100."""
        return Fraction(100 * self.done(self.edition.scored), len(self.edition.scored))

    @property
    def newest(self) -> Recorded | None:
        """The last answer that was kept; None before the first."""
        return max(self.recorded.values(), key=lambda found: found.sequence, default=None)

    def next_open(self, after: Indicator) -> Indicator | None:
        """The next scored indicator that is not done, going round once; None when all are."""
        order = self.edition.scored
        start = order.index(after) + 1
        return next((item for item in (*order[start:], *order[:start]) if not self.is_done(item)), None)

    def neighbours(self, of: Indicator) -> tuple[Indicator | None, Indicator | None]:
        """The scored indicators before and after, in the order of the form."""
        order = self.edition.scored
        place = order.index(of)
        return (order[place - 1] if place else None, order[place + 1] if place + 1 < len(order) else None)

    def hints(self, indicator: Indicator) -> tuple[Hint, ...]:
        """Gentle hints that name this indicator, or no one in particular."""
        answers = {found: recorded.answer for found, recorded in self.recorded.items()}
        return hints(self.edition, answers, indicator.id)

    def suggested(self, indicator: Indicator) -> Level | None:
        """The level the ticked conditions suggest; it is never set by itself."""
        return suggest(indicator, self.edition.head.suggestion, self.answer(indicator).conditions)


def questionnaire(store: Store, held: Round) -> Questionnaire:
    """Read a round for answering, as it is now. Raises RoundDamaged for a closed round whose content does not fit its hash."""
    before = [] if held.previous is None else [held.previous]
    damaged = None
    try:
        voice, *last = store.voices(held.id, *before)
    except RoundDamaged:
        voice, *last = store.voices(held.id)
        damaged = store.round(before[0])
    answers = last[0].answers if last else {}
    return Questionnaire(voice.held, voice.edition, voice.speaker, voice.recorded, answers, damaged)


def answer(
    store: Store, asked: Questionnaire, indicator: Indicator, change: Change, based_on: int | None, key: str
) -> Recorded:
    """Keep a change (field → value) of one answer.

    `based_on` is the sequence the person saw. A change somebody else made meanwhile to other fields, or to other
    conditions, is kept beside this one; to the same field raises StaleAnswer. `key` makes a repeated call harmless. Raises the AnswerErrors of
    values the indicator does not accept, RoundClosed, and the StorageErrors.
    """
    wanted = checked(asked.edition, indicator, change)
    base = _base(store, asked, indicator, based_on)
    given = _settled(asked.edition, replace(base, **wanted))

    def merge(newest: Answer) -> Answer | None:
        return amended(asked.edition, base, newest, wanted)

    place = (asked.held.id, asked.voice.id)
    try:
        return store.append(*place, given, key=key, ballot=AGREED, based_on=based_on, merge=merge)
    except StaleAnswer:
        raise StaleAnswer(indicator=indicator.code) from None


def checked(edition: Edition, indicator: Indicator, change: Change) -> dict[str, Any]:
    """A change with its values as they are kept, and what follows from them. Raises the AnswerErrors."""
    return _whole(_checked(edition, indicator, change))


def amended(edition: Edition, seen: Answer, standing: Answer, change: Mapping[str, Any]) -> Answer | None:
    """`standing` with a checked change to `seen`; None where somebody else's change contradicts it. ReasonUnknown."""
    both = _both(seen, standing, change)
    return None if both is None else _settled(edition, replace(standing, **both))


def _base(store: Store, asked: Questionnaire, indicator: Indicator, seen: int | None) -> Answer:
    if seen is None:
        return Answer(indicator.id)
    known = asked.sequence(indicator) == seen
    return asked.answer(indicator) if known else store.recorded(seen).answer


def differences(before: Answer, widgets: Change) -> dict[str, object]:
    """The fields whose picked value is not the one before; texts are compared as they would be kept."""
    return {name: value for name, value in widgets.items() if getattr(before, name) != _as_kept(value)}


def _as_kept(value: object) -> object:
    return tidy(value) if isinstance(value, str) else value


def _both(base: Answer, newest: Answer, change: Mapping[str, Any]) -> dict[str, Any] | None:
    """A change to `base` as one to `newest`; None when it and somebody else's change contradict each other."""
    kept = dict(change)
    for name, value in change.items():
        before, now = getattr(base, name), getattr(newest, name)
        if now in (before, value):
            continue
        if name != "conditions" or value == before:
            return None
        kept[name] = (now | (value - before)) - (before - value)
    return kept


def _whole(change: dict[str, Any]) -> dict[str, Any]:
    """A level alone means answered, a reason alone not applicable; each belongs to that state and to no other."""
    state = change.get("state")
    if state is None and change.get("reason") is not None:
        state = State.NOT_APPLICABLE
    if state is None and change.get("level") is not None:
        state = State.ANSWERED
    if state is None:
        return change
    level = {} if state is State.ANSWERED else {"level": None}
    reason = {} if state is State.NOT_APPLICABLE else {"reason": None}
    return {**change, "state": state, **level, **reason}


def _settled(edition: Edition, amended: Answer) -> Answer:
    """Answered without a level is open again; not applicable without a reason is refused."""
    if amended.state is State.NOT_APPLICABLE and amended.reason is None:
        raise ReasonUnknown(reason="", allowed=[known.id for known in edition.head.not_applicable])
    if amended.state is State.ANSWERED and amended.level is None:
        return replace(amended, state=State.OPEN)
    return amended


def _checked(edition: Edition, indicator: Indicator, change: Change) -> dict[str, Any]:
    if edition.indicators.get(indicator.id) is None:
        raise IndicatorUnknown(indicator=indicator.code, edition=edition.id)
    unknown = set(change) - _FIELDS
    if unknown:
        raise KeyError(sorted(unknown))
    return {name: _check(edition, indicator, name, value) for name, value in change.items()}


def _check(edition: Edition, indicator: Indicator, name: str, value: object) -> object:
    if value is None:
        return None
    if name in ("level", "target"):
        return _level(edition, value)
    if name == "reason":
        return _one_of(value, [reason.id for reason in edition.head.not_applicable])
    if name == "conditions":
        return _conditions(edition, indicator, value)
    if name in ("evidence", "comment"):
        return clean_text(str(value))
    return value


def _level(edition: Edition, value: object) -> object:
    if value not in edition.scale.values:
        raise LevelOffScale(value=value, allowed=edition.scale.values)
    return value


def _one_of(value: object, allowed: list[str]) -> object:
    if value not in allowed:
        raise ReasonUnknown(reason=value, allowed=allowed)
    return value


def _conditions(edition: Edition, indicator: Indicator, value: object) -> frozenset[str]:
    ticked = frozenset(value) if isinstance(value, set | frozenset | list | tuple) else frozenset()
    suggestion = edition.head.suggestion
    gates = {f"gate.{gate.id}" for gate in suggestion.gates} if suggestion else set()
    allowed = {condition.id for condition in indicator.conditions} | gates
    if not ticked <= allowed:
        raise ConditionUnknown(condition=sorted(ticked - allowed), allowed=sorted(allowed))
    return ticked


def tidy(text: str) -> str:
    """Text as it is kept: NFC, line ends as \\n, no blanks at the ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def clean_text(text: str) -> str:
    """As `tidy`. Raises TextTooLong beyond 4,000 characters."""
    clean = tidy(text)
    if len(clean) > TEXT_LIMIT:
        raise TextTooLong(length=len(clean), limit=TEXT_LIMIT)
    return clean
