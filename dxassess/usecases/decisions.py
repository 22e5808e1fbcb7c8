"""Decisions: what the room agreed on, why, who does not, what to do; and the record of one indicator over all years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxassess.assessment.action import Action
from dxassess.assessment.decision import Decision, Dissent
from dxassess.assessment.histogram import Cell
from dxassess.assessment.model import Answer, Recorded, Round
from dxassess.assessment.revealed import Revealed
from dxassess.assessment.voting import Comment
from dxassess.catalogue.model import Edition, Indicator
from dxassess.errors import RoundDamaged, StaleDecision, VotesSecret
from dxassess.storage import Store
from dxassess.usecases.answering import Change, amended, checked
from dxassess.usecases.application import edition_of


@dataclass(frozen=True, slots=True)
class Recall:
    """One indicator in one round: votes by role (or group) as they may be seen, what was agreed, every decision in order.

    `first` and `second` are cells of the field `current`; empty while secret, where `secret` says so.
    """

    held: Round
    agreed: Recorded | None
    decisions: tuple[Decision, ...]
    first: tuple[Cell, ...]
    second: tuple[Cell, ...]
    comments: tuple[Comment, ...]
    secret: bool

    @property
    def voters(self) -> int:
        """How many people said anything of it in the first vote, as far as that may be seen."""
        return sum(sum(cell.counts) + cell.cannot_say + cell.not_applicable for cell in self.first)


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """One indicator over all rounds of its edition, oldest first; `damaged` rounds are named, not shown. `actions` are to raise it."""

    edition: Edition
    indicator: Indicator
    rounds: tuple[Recall, ...]
    damaged: tuple[Round, ...]
    actions: tuple[Action, ...]


def decide(
    store: Store,
    held: Round,
    indicator: Indicator,
    change: Change,
    *,
    based_on: int | None,
    key: str,
    reason: str = "",
    dissent: Sequence[Dissent] = (),
    idea: str = "",
    by: str = "",
) -> Decision:
    """Record what the room agreed on: a change of the agreed answer (level, target, evidence …) and the words beside it.

    Answer and decision are written in one transaction. `based_on` is the sequence of the agreed answer the person saw, None
    for none: when another stands by now, StaleDecision carries what is `newer`, nothing is overwritten and both are in the
    log. `key` makes a repeated call harmless. Raises RoundClosed, the AnswerErrors and StorageErrors.
    """
    edition = edition_of(store, held)
    blank = Answer(indicator.id)
    seen = blank if based_on is None else _seen(store, held, indicator, based_on)
    given = amended(edition, seen, seen, checked(edition, indicator, change)) or seen
    words = {"reason": reason, "idea": idea, "by": by}
    try:
        return store.decide(held.id, given, based_on=based_on, key=key, dissent=dissent, **words)
    except StaleDecision as stale:
        stale.values["indicator"] = indicator.code
        raise


def decisions_of(store: Store, held: Round) -> tuple[Decision, ...]:
    """All decisions of a round, oldest first; the newest per indicator counts (`assessment.decision.newest`)."""
    return store.decisions(held.id)


def decision_record(store: Store, edition: Edition, indicator: Indicator) -> DecisionRecord:
    """One indicator over all rounds of an edition (by its id), whatever its revision."""
    found: list[Recall] = []
    damaged: list[Round] = []
    for held in store.rounds():
        if held.edition == edition.id:
            try:
                found.append(_recall(store, held, indicator.id))
            except RoundDamaged:
                damaged.append(held)
    actions = tuple(action for action in store.actions() if indicator.id in action.lifts)
    return DecisionRecord(edition, indicator, tuple(found), tuple(damaged), actions)


def ideas_of(store: Store, held: Round, indicator: str) -> tuple[str, ...]:
    """What the room wrote down to try about an indicator (by id) in a round, newest first, each once."""
    found = (each.idea for each in reversed(store.decisions(held.id)) if each.indicator == indicator)
    return tuple(dict.fromkeys(idea for idea in found if idea))


def _recall(store: Store, held: Round, indicator: str) -> Recall:
    with store.one_moment() as now:
        agreed = now.voice(held.id).recorded.get(indicator)
        decided = tuple(each for each in now.decisions(held.id) if each.indicator == indicator)
        try:
            votes, said = now.revealed(held.id), now.comments(held.id, indicator)
        except VotesSecret:
            return Recall(held, agreed, decided, (), (), (), secret=True)
    first, second = _cells(votes, indicator)
    return Recall(held, agreed, decided, first, second, said, secret=False)


def _cells(votes: Revealed, indicator: str) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    first, second = (
        tuple(cell for cell in cells if (cell.indicator, cell.field) == (indicator, "current"))
        for cells in (votes.first, votes.second)
    )
    return first, second


def _seen(store: Store, held: Round, indicator: Indicator, sequence: int) -> Answer:
    """The agreed answer the person saw; a number that is no such answer counts as none."""
    known = store.voice(held.id).recorded.get(indicator.id)
    if known is not None and known.sequence == sequence:
        return known.answer
    return Answer(indicator.id)
