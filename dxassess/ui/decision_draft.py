"""What a room's record of one item holds, as a form shows it and as the use case takes it; and how two of them differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from dxassess.assessment.decision import Decision, Dissent
from dxassess.assessment.model import Recorded, State
from dxassess.storage import Store
from dxassess.ui.answer_form import CANNOT_SAY
from dxassess.usecases import decide
from dxassess.usecases.answering import tidy
from dxassess.usecases.board import Board, Focus


@dataclass(frozen=True, slots=True)
class Draft:
    """`level` is a level, CANNOT_SAY, or None where none is agreed; everything else the words beside it."""

    level: object = None
    target: object = None
    reason: str = ""
    evidence: str = ""
    idea: str = ""
    dissent: tuple[Dissent, ...] = ()

    def differing(self, other: Draft) -> tuple[str, ...]:
        """The fields in which two of them differ; texts as they would be kept."""
        return tuple(
            known.name
            for known in fields(self)
            if _kept(getattr(self, known.name)) != _kept(getattr(other, known.name))
        )


def draft_of(recorded: Recorded | None, decision: Decision | None) -> Draft:
    """What stands recorded. The words count only when they stand beside that very answer."""
    if recorded is None:
        return Draft()
    answer = recorded.answer
    level = CANNOT_SAY if answer.state is State.CANNOT_SAY else answer.level
    if decision is None or decision.answer.sequence != recorded.sequence:
        return Draft(level, answer.target, evidence=answer.evidence)
    return Draft(level, answer.target, decision.reason, answer.evidence, decision.idea, decision.dissent)


def draft_at(store: Store, found: Board, focus: Focus, sequence: int) -> Draft:
    """What stood recorded when the agreed answer had that number; nothing where it is no such number."""
    if focus.agreed is not None and focus.agreed.sequence == sequence:
        return draft_of(focus.agreed, focus.decision)
    earlier = [
        each
        for each in store.decisions(found.held.id)
        if each.indicator == focus.indicator.id and each.answer.sequence == sequence
    ]
    if earlier:
        return draft_of(earlier[0].answer, earlier[0])
    versions = store.history(found.held.id, focus.indicator.id)
    return draft_of(_of(versions, sequence), None)


def _of(versions: Iterable[Recorded], sequence: int) -> Recorded | None:
    return next((each for each in versions if each.ballot == "agreed" and each.sequence == sequence), None)


def record(
    store: Store, found: Board, focus: Focus, wanted: Draft, before: Draft, based_on: int, by: str
) -> Decision:
    """Record `wanted`, which somebody made of `before`. StaleDecision, RoundClosed, the AnswerErrors and StorageErrors."""
    return decide(
        store,
        found.held,
        focus.indicator,
        _change(wanted, before),
        based_on=based_on or None,
        key=_key(found, focus, wanted, based_on),
        reason=tidy(wanted.reason),
        dissent=wanted.dissent,
        idea=tidy(wanted.idea),
        by=by,
    )


def _change(wanted: Draft, before: Draft) -> Mapping[str, object]:
    """The fields of the agreed answer that change. Who says nothing about the level leaves its state as it is."""
    changed = wanted.differing(before)
    change: dict[str, object] = {
        name: getattr(wanted, name) for name in ("target", "evidence") if name in changed
    }
    if "level" in changed:
        change |= _standing(wanted.level)
    return change


def _standing(level: object) -> Mapping[str, object]:
    if level == CANNOT_SAY:
        return {"state": State.CANNOT_SAY}
    return {"state": State.OPEN} if level is None else {"state": State.ANSWERED, "level": level}


def _key(found: Board, focus: Focus, wanted: Draft, based_on: int) -> str:
    """The same record again has the same key, so a repeated attempt is kept once."""
    parts = (found.held.id, focus.indicator.id, based_on, repr(wanted))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _kept(value: object) -> object:
    return tidy(value) if isinstance(value, str) else value
