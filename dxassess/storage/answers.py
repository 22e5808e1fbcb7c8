"""Answers: appended, never changed; the newest per ballot, respondent and indicator counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, delete, select, update

from dxassess.assessment.model import AGREED, Answer, Ballot, Recorded, Voice
from dxassess.catalogue.model import Edition
from dxassess.errors import AnswerUnknown, RespondentUnknown, RoundUnknown, StaleAnswer
from dxassess.storage import content, rows
from dxassess.storage.caches import Caches
from dxassess.storage.rounds import head, refuse_closed, speaker
from dxassess.storage.schema import answers, current_answers, organisations, respondents, rounds
from dxassess.storage.scope import TENANT, Scope
from dxassess.storage.sound import Head, asked_for, sound

Entry = tuple[str, Ballot, Answer, str]
Merge = Callable[[Answer], Answer | None]
CHUNK = 500

_ROUND_ID: BindParameter[str] = bindparam("round_id")
_PEOPLE = (answers.c.organisation == respondents.c.organisation) & (answers.c.round == respondents.c.round)
_PEOPLE = _PEOPLE & (answers.c.respondent == respondents.c.respondent)
_WITH_ROLE = (
    select(answers, respondents.c.role.label("role"))
    .join(respondents, _PEOPLE)
    .where(answers.c.organisation == TENANT)
)
_BY_KEYS = _WITH_ROLE.where(answers.c.idempotency_key.in_(bindparam("keys", expanding=True)))
_BY_SEQUENCE = _WITH_ROLE.where(answers.c.sequence == bindparam("sequence"))
_OF_INDICATOR = _WITH_ROLE.where(answers.c.round == _ROUND_ID, answers.c.indicator == bindparam("indicator"))
_OF_INDICATOR = _OF_INDICATOR.order_by(answers.c.sequence)
_STANDING = (current_answers.c.organisation == answers.c.organisation) & (
    current_answers.c.sequence == answers.c.sequence
)
_CURRENT = (
    _WITH_ROLE.join(current_answers, _STANDING)
    .where(current_answers.c.organisation == TENANT, current_answers.c.round == _ROUND_ID)
    .order_by(current_answers.c.sequence)
)
_CURRENT_OF = _CURRENT.where(
    current_answers.c.ballot == bindparam("ballot"),
    current_answers.c.respondent == bindparam("respondent"),
)
_CURRENT_ONE = _CURRENT_OF.where(current_answers.c.indicator == bindparam("indicator"))
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
    if found["already"] is not None:
        return _recorded(
            scope, caches, scope.execute(_BY_SEQUENCE, sequence=found["already"]).mappings().one()
        )
    refuse_closed(scope, sound(found))
    edition = caches.edition(scope, found["edition_hash"])
    if found["role"] is None:
        raise RespondentUnknown(respondent=respondent)
    if found["standing"] != based_on:
        merged = _merged(scope, caches, found["standing"], merge)
        if merged is None:
            refused = _row(scope, found, entry, edition) | {"based_on": based_on}
            return _refused(scope, refused, found["standing"])
        entry, answer, based_on = (respondent, ballot, merged, key), merged, found["standing"]
    row = _row(scope, found, entry, edition) | {"based_on": based_on}
    row["sequence"] = scope.take()
    scope.insert(answers, [row])
    if found["standing"] is None:
        scope.insert(current_answers, [_standing(row)])
    else:
        scope.execute(_REPLACE, new_sequence=row["sequence"], **_place(row))
    return _as_recorded(row, answer, found["role"], edition)


def _merged(scope: Scope, caches: Caches, standing: int | None, merge: Merge | None) -> Answer | None:
    if merge is None or standing is None:
        return None
    row = scope.execute(_BY_SEQUENCE, sequence=standing).mappings().one()
    return merge(_recorded(scope, caches, row).answer)


def append_many(
    scope: Scope, caches: Caches, round_id: str, entries: Sequence[Entry]
) -> tuple[Recorded, ...]:
    """Write answers on top of whatever stands; entries whose key is already there are left as they are."""
    scope.lock()
    found = head(scope, round_id)
    known = _already(scope, [key for *_, key in entries])
    fresh = list({key: entry for entry in reversed(entries) if (key := entry[3]) not in known}.values())[::-1]
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
    return found if isinstance(found, Recorded) else _recorded(scope, caches, found)


def current(scope: Scope, caches: Caches, round_id: str) -> tuple[Recorded, ...]:
    """The newest answer of every place of a round, by sequence; of a closed round as verified."""
    found = head(scope, round_id)
    if found["status"] == "closed":
        return caches.frozen(scope, found).current
    edition = caches.edition(scope, found["edition_hash"])
    listed = scope.execute(_CURRENT, round_id=round_id).mappings()
    return tuple(rows.to_recorded(row, row["role"], edition) for row in listed)


def voice(scope: Scope, caches: Caches, round_id: str) -> Voice:
    """What the organisation's one voice says in a round; of a closed one as verified."""
    return caches.remember(scope, round_id, lambda now: _read_voice(now, caches, round_id))


def _read_voice(scope: Scope, caches: Caches, round_id: str) -> Voice:
    found = head(scope, round_id)
    edition = caches.edition(scope, found["edition_hash"])
    who = speaker(scope, caches, found)
    if found["status"] == "closed":
        said = caches.frozen(scope, found).current
        mine = [record for record in said if (record.ballot, record.respondent) == (AGREED, who.id)]
    else:
        listed = scope.execute(_CURRENT_OF, round_id=round_id, ballot=AGREED, respondent=who.id).mappings()
        mine = [rows.to_recorded(row, who.role, edition) for row in listed]
    return Voice(rows.to_round(found), edition, who, {record.answer.indicator: record for record in mine})


def current_one(
    scope: Scope, caches: Caches, round_id: str, respondent: str, indicator: str, ballot: Ballot
) -> Recorded | None:
    """The newest answer of one place, or None."""
    found = head(scope, round_id)
    if found["status"] == "closed":
        for record in caches.frozen(scope, found).current:
            if (record.respondent, record.answer.indicator, record.ballot) == (respondent, indicator, ballot):
                return record
        return None
    place = {"respondent": respondent, "indicator": indicator, "ballot": ballot}
    row = scope.execute(_CURRENT_ONE, round_id=round_id, **place).mappings().first()
    return None if row is None else _recorded(scope, caches, row)


def by_sequence(scope: Scope, caches: Caches, sequence: int) -> Recorded:
    """One version of an answer. AnswerUnknown."""
    row = scope.execute(_BY_SEQUENCE, sequence=sequence).mappings().first()
    if row is None:
        raise AnswerUnknown(sequence=sequence)
    found = head(scope, row["round"])
    if found["status"] == "closed":
        caches.frozen(scope, found)
    return _recorded(scope, caches, row)


def history(scope: Scope, caches: Caches, round_id: str, indicator: str) -> tuple[Recorded, ...]:
    """Every version of every answer to an indicator, oldest first."""
    found = head(scope, round_id)
    edition = caches.edition(scope, found["edition_hash"])
    if found["status"] == "closed":
        everything = content.verified(scope, found).recorded(edition)
        return tuple(record for record in everything if record.answer.indicator == indicator)
    listed = scope.execute(_OF_INDICATOR, round_id=round_id, indicator=indicator).mappings()
    return tuple(rows.to_recorded(row, row["role"], edition) for row in listed)


def _recorded(scope: Scope, caches: Caches, row: Mapping[Any, Any]) -> Recorded:
    return rows.to_recorded(row, row["role"], caches.edition(scope, row["edition_hash"]))


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


def _refused(scope: Scope, row: Mapping[str, Any], standing: int | None) -> StaleAnswer:
    kept = {name: value for name, value in row.items() if name not in ("round", "recorded")}
    scope.log("answer_refused", row["round"], row["respondent"], {"standing": standing, "answer": kept})
    return StaleAnswer(indicator=row["indicator"])
