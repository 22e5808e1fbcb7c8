"""Answers: appended, never changed; the newest per ballot, respondent and indicator counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, delete, select, update

from dxassess.assessment.model import AGREED, Answer, Ballot, Recorded
from dxassess.catalogue.model import Edition
from dxassess.errors import AnswerKeyTaken, RespondentUnknown, RoundUnknown, StaleAnswer
from dxassess.storage import rows, workshops
from dxassess.storage.caches import Caches
from dxassess.storage.readings import BY_SEQUENCE, WITH_ROLE, recorded
from dxassess.storage.rounds import head, refuse_closed
from dxassess.storage.schema import answers, current_answers, organisations, respondents, rounds
from dxassess.storage.scope import TENANT, Scope
from dxassess.storage.sound import Head, asked_for, sound

Entry = tuple[str, Ballot, Answer, str]
Merge = Callable[[Answer], Answer | None]
CHUNK = 500

_ROUND_ID: BindParameter[str] = bindparam("round_id")
_BY_KEYS = WITH_ROLE.where(answers.c.idempotency_key.in_(bindparam("keys", expanding=True)))
_ROLES = select(respondents.c.respondent, respondents.c.role).where(
    respondents.c.organisation == TENANT, respondents.c.round == _ROUND_ID
)
_PLACE = (
    current_answers.c.organisation == TENANT,
    current_answers.c.round == _ROUND_ID,
    current_answers.c.ballot == bindparam("of_ballot"),
    current_answers.c.respondent == bindparam("of_respondent"),
    current_answers.c.indicator == bindparam("of_indicator"),
)
_ALREADY = select(answers.c.sequence).where(
    answers.c.organisation == TENANT, answers.c.idempotency_key == bindparam("key")
)
_LOOK = (
    select(
        rounds,
        respondents.c.role,
        current_answers.c.sequence.label("standing"),
        organisations.c.sequence.label("counter"),
        _ALREADY.scalar_subquery().label("already"),
    )
    .join(organisations, organisations.c.organisation == rounds.c.organisation)
    .outerjoin(
        respondents,
        and_(
            respondents.c.organisation == TENANT,
            respondents.c.round == rounds.c.round,
            respondents.c.respondent == bindparam("of_respondent"),
        ),
    )
    .outerjoin(current_answers, and_(*_PLACE))
    .where(rounds.c.organisation == TENANT, rounds.c.round == _ROUND_ID)
)
_REPLACE = update(current_answers).where(*_PLACE).values(sequence=bindparam("new_sequence"))
_REMOVE = delete(current_answers).where(*_PLACE)


def append(
    scope: Scope, caches: Caches, round_id: str, entry: Entry, based_on: int | None, merge: Merge | None
) -> Recorded | StaleAnswer:
    """Write one answer, or what `merge` makes of the newer one that stands by now.

    When it makes nothing, the answer is put into the log and handed back as the error to raise after the commit.
    """
    respondent, ballot, answer, key = entry
    scope.queue()
    place = {"of_ballot": ballot, "of_respondent": respondent, "of_indicator": answer.indicator}
    found = scope.execute(_LOOK, round_id=round_id, key=key, **place).mappings().first()
    if found is None:
        scope.lock()
        raise RoundUnknown(round=round_id)
    scope.saw(found["counter"])
    asked_for(scope, found, round_id)
    if ballot != AGREED:
        refuse_closed(scope, sound(found))
        _refuse_votes(scope, round_id, [entry], merge)
    if found["already"] is not None:
        row = scope.execute(BY_SEQUENCE, sequence=found["already"]).mappings().one()
        return recorded(scope, caches, _same_place(row, round_id, entry))
    refuse_closed(scope, sound(found))
    edition = caches.edition(scope, found["edition_hash"])
    if found["role"] is None:
        raise RespondentUnknown(respondent=respondent)
    if found["standing"] != based_on:
        merged = _merged(scope, caches, found["standing"], merge)
        if merged is None:
            return refuse(scope, found, entry, based_on, edition)
        entry, based_on = (respondent, ballot, merged, key), found["standing"]
    return keep(scope, found, entry, based_on, edition)


def keep(scope: Scope, found: Head, entry: Entry, based_on: int | None, edition: Edition) -> Recorded:
    """Write one answer. `found` is a row of the round with the `standing` sequence of the place and the `role`."""
    row = _row(scope, found, entry, edition) | {"based_on": based_on}
    row["sequence"] = scope.take()
    scope.insert(answers, [row])
    if found["standing"] is None:
        scope.insert(current_answers, [_standing(row)])
    else:
        scope.execute(_REPLACE, new_sequence=row["sequence"], **_place(row))
    return _as_recorded(row, entry[2], found["role"], edition)


def refuse(scope: Scope, found: Head, entry: Entry, based_on: int | None, edition: Edition) -> StaleAnswer:
    """Put an answer that came too late into the log; gives the error to raise after the commit."""
    row = _row(scope, found, entry, edition) | {"based_on": based_on}
    kept = {name: value for name, value in row.items() if name not in ("round", "recorded")}
    scope.log(
        "answer_refused", row["round"], row["respondent"], {"standing": found["standing"], "answer": kept}
    )
    return StaleAnswer(indicator=row["indicator"])


def _refuse_votes(scope: Scope, round_id: str, entries: Sequence[Entry], merge: Merge | None = None) -> None:
    """Where a workshop is held, votes come from a seat alone (`booth`); elsewhere they may be brought in, unread."""
    if any(ballot != AGREED for _, ballot, *_ in entries) and (merge or workshops.find(scope, round_id)):
        raise ValueError("votes come from a seat")


def _same_place(row: Mapping[Any, Any], round_id: str, entry: Entry) -> Mapping[Any, Any]:
    """The answer that has this key already, if it stands where the call wants it: AnswerKeyTaken, lest a key open another's."""
    respondent, ballot, answer, _ = entry
    place = (row["round"], row["respondent"], row["ballot"], row["indicator"])
    if place != (round_id, respondent, ballot, answer.indicator):
        raise AnswerKeyTaken
    return row


def _merged(scope: Scope, caches: Caches, standing: int | None, merge: Merge | None) -> Answer | None:
    if merge is None or standing is None:
        return None
    row = scope.execute(BY_SEQUENCE, sequence=standing).mappings().one()
    return merge(recorded(scope, caches, row).answer)


def append_many(
    scope: Scope, caches: Caches, round_id: str, entries: Sequence[Entry]
) -> tuple[Recorded, ...]:
    """Write answers on top of whatever stands; entries whose key is already there are left as they are."""
    scope.lock()
    found = head(scope, round_id)
    if any(ballot != AGREED for _, ballot, *_ in entries):
        refuse_closed(scope, found)
        _refuse_votes(scope, round_id, entries)
    known = _already(scope, [key for *_, key in entries])
    fresh = list({key: entry for entry in reversed(entries) if (key := entry[3]) not in known}.values())[::-1]
    for entry in entries:
        if entry[3] in known:
            _same_place(known[entry[3]], round_id, entry)
    if fresh:
        refuse_closed(scope, found)
        edition = caches.edition(scope, found["edition_hash"])
        known |= _write(scope, found, fresh, edition)
    return tuple(_either(scope, caches, known[key]) for *_, key in entries)


def _write(scope: Scope, found: Head, fresh: Sequence[Entry], edition: Edition) -> dict[str, Recorded]:
    roles = {row.respondent: row.role for row in scope.execute(_ROLES, round_id=found["round"])}
    unknown = next((respondent for respondent, *_ in fresh if respondent not in roles), None)
    if unknown is not None:
        raise RespondentUnknown(respondent=unknown)
    new = [_row(scope, found, entry, edition) for entry in fresh]
    first = scope.take(len(new))
    for number, row in enumerate(new):
        row["sequence"] = first + number
    scope.insert(answers, new)
    last = {tuple(_place(row).items()): row for row in new}
    scope.connection.execute(
        _REMOVE, [{"tenant": scope.organisation, **_place(row)} for row in last.values()]
    )
    scope.insert(current_answers, [_standing(row) for row in last.values()])
    return {
        entry[3]: _as_recorded(row, entry[2], roles[entry[0]], edition)
        for entry, row in zip(fresh, new, strict=True)
    }


def _already(scope: Scope, keys: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for start in range(0, len(keys), CHUNK):
        for row in scope.execute(_BY_KEYS, keys=keys[start : start + CHUNK]).mappings():
            found[row["idempotency_key"]] = row
    return found


def _either(scope: Scope, caches: Caches, found: Any) -> Recorded:
    return found if isinstance(found, Recorded) else recorded(scope, caches, found)


def _row(scope: Scope, found: Head, entry: Entry, edition: Edition) -> dict[str, Any]:
    respondent, ballot, answer, key = entry
    return {
        **rows.from_answer(answer, edition),
        "edition_hash": found["edition_hash"],
        "round": found["round"],
        "ballot": ballot,
        "respondent": respondent,
        "idempotency_key": key,
        "based_on": None,
        "recorded": scope.now,
    }


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    """Where an answer stands, as `_PLACE` asks for it."""
    return {
        "round_id": row["round"],
        "of_ballot": row["ballot"],
        "of_respondent": row["respondent"],
        "of_indicator": row["indicator"],
    }


def _standing(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("round", "ballot", "respondent", "indicator", "sequence")}


def _as_recorded(row: Mapping[str, Any], answer: Answer, role: str, edition: Edition) -> Recorded:
    kept = rows.as_kept(answer, row, edition)
    return Recorded(
        kept, row["sequence"], row["round"], row["ballot"], row["respondent"], role, row["recorded"]
    )
