"""Decisions: appended with the agreed answer they stand beside, in one transaction; the newest per indicator counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, select

from dxassess.assessment.decision import Decision, Dissent
from dxassess.assessment.model import AGREED, Answer, Recorded
from dxassess.errors import AnswerKeyTaken, StaleDecision
from dxassess.storage import answers as written
from dxassess.storage.caches import Caches
from dxassess.storage.readings import BY_SEQUENCE, WITH_ROLE, current_one, recorded
from dxassess.storage.rounds import agreed, head, refuse_closed
from dxassess.storage.schema import answers
from dxassess.storage.schema_voting import decisions
from dxassess.storage.scope import TENANT, Scope
from dxassess.storage.sound import local

_MINE = select(decisions).where(
    decisions.c.organisation == TENANT, decisions.c.round == bindparam("round_id")
)
_MINE = _MINE.order_by(decisions.c.sequence)
_ANSWERS = WITH_ROLE.join(
    decisions, and_(decisions.c.organisation == TENANT, decisions.c.answer == answers.c.sequence)
).where(decisions.c.round == bindparam("round_id"))
_OF_ANSWER = select(decisions).where(
    decisions.c.organisation == TENANT, decisions.c.answer == bindparam("answer")
)
_ALREADY = select(answers.c.sequence).where(
    answers.c.organisation == TENANT, answers.c.idempotency_key == bindparam("unique")
)


def decide(
    scope: Scope,
    caches: Caches,
    round_id: str,
    answer: Answer,
    based_on: int | None,
    key: str,
    words: Mapping[str, Any],
) -> Decision | StaleDecision:
    """Write the agreed answer and the decision beside it. `words`: reason, dissent, idea, by.

    Where another agreed answer stands than the one the person had read, the decision is put into the log and the error to
    raise after the commit is handed back; nothing is overwritten. RoundClosed.
    """
    scope.lock()
    found = head(scope, round_id)
    speaker = agreed(scope, caches, round_id).id
    repeated = scope.execute(_ALREADY, unique=key).scalar()
    if repeated is not None:
        return _decision(scope, caches, _repeated(scope, repeated, round_id, answer.indicator))
    refuse_closed(scope, found)
    edition = caches.edition(scope, found["edition_hash"])
    standing = current_one(scope, caches, round_id, speaker, answer.indicator, AGREED)
    sequence = None if standing is None else standing.sequence
    entry = (speaker, AGREED, answer, key)
    row = {**found, "standing": sequence, "role": "organisation"}
    if sequence != based_on:
        written.refuse(scope, row, entry, based_on, edition)
        return _refused(scope, caches, found, standing, answer.indicator, words)
    return _written(scope, written.keep(scope, row, entry, based_on, edition), based_on, words)


def _written(scope: Scope, kept: Recorded, based_on: int | None, words: Mapping[str, Any]) -> Decision:
    row = {
        "sequence": scope.take(),
        "round": kept.round,
        "indicator": kept.answer.indicator,
        "answer": kept.sequence,
        "reason": words["reason"],
        "dissent": [[each.who, each.why] for each in words["dissent"]],
        "idea": words["idea"],
        "decided_by": words["by"],
        "based_on": based_on,
        "recorded": scope.now,
    }
    scope.insert(decisions, [row])
    return to_decision(row, kept)


def _repeated(scope: Scope, answer: int, round_id: str, indicator: str) -> Mapping[Any, Any]:
    """The decision an answer with this key was written with. AnswerKeyTaken where the key belongs to something else."""
    row = scope.execute(_OF_ANSWER, answer=answer).mappings().first()
    if row is None or (row["round"], row["indicator"]) != (round_id, indicator):
        raise AnswerKeyTaken
    return row


def _refused(
    scope: Scope,
    caches: Caches,
    found: Any,
    standing: Recorded | None,
    indicator: str,
    words: Mapping[str, Any],
) -> StaleDecision:
    said = {"reason": words["reason"], "dissent": [[each.who, each.why] for each in words["dissent"]]}
    scope.log(
        "decision_refused",
        found["round"],
        words["by"],
        {"indicator": indicator, "idea": words["idea"], **said},
    )
    known = [each for each in listed(scope, caches, found["round"]) if each.indicator == indicator]
    newer = known[-1] if known and standing and known[-1].answer.sequence == standing.sequence else None
    when = local(standing.recorded if standing else found["started"], found)
    return StaleDecision(newer, indicator=indicator, by=newer.by if newer else "", when=when)


def listed(scope: Scope, caches: Caches, round_id: str) -> tuple[Decision, ...]:
    """All decisions of a round, oldest first; of a closed round as verified."""
    found = head(scope, round_id)
    if found["status"] == "closed":
        rows: Sequence[Mapping[Any, Any]] = caches.spoken(scope, found).decisions
    else:
        rows = scope.execute(_MINE, round_id=round_id).mappings().all()
    agreed_then = {
        row["sequence"]: recorded(scope, caches, row)
        for row in scope.execute(_ANSWERS, round_id=round_id).mappings()
    }
    return tuple(to_decision(row, agreed_then[row["answer"]]) for row in rows)


def _decision(scope: Scope, caches: Caches, row: Mapping[Any, Any]) -> Decision:
    answer = scope.execute(BY_SEQUENCE, sequence=row["answer"]).mappings().one()
    return to_decision(row, recorded(scope, caches, answer))


def to_decision(row: Mapping[Any, Any], answer: Recorded) -> Decision:
    """A row of `decisions` beside its agreed answer."""
    dissent: Iterable[Sequence[str]] = row["dissent"]
    return Decision(
        row["sequence"],
        answer,
        row["reason"],
        tuple(Dissent(who, why) for who, why in dissent),
        row["idea"],
        row["decided_by"],
        row["based_on"],
        row["recorded"],
    )
