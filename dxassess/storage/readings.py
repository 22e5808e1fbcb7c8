"""Reading answers: each function here that hands out single answers asks `sight` which of them may be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, select

from dxassess.assessment.histogram import Cell, histograms
from dxassess.assessment.model import AGREED, Ballot, Recorded, Voice
from dxassess.errors import AnswerUnknown
from dxassess.storage import content, rows
from dxassess.storage.caches import Caches
from dxassess.storage.rounds import head, speaker
from dxassess.storage.schema import answers, current_answers, respondents
from dxassess.storage.scope import TENANT, Scope
from dxassess.storage.sight import EVERY, sight
from dxassess.storage.sound import Head

_ROUND_ID: BindParameter[str] = bindparam("round_id")
_PEOPLE = (answers.c.organisation == respondents.c.organisation) & (answers.c.round == respondents.c.round)
_PEOPLE = _PEOPLE & (answers.c.respondent == respondents.c.respondent)
WITH_ROLE = (
    select(answers, respondents.c.role.label("role"))
    .join(respondents, _PEOPLE)
    .where(answers.c.organisation == TENANT)
)
BY_SEQUENCE = WITH_ROLE.where(answers.c.sequence == bindparam("sequence"))
_OF_INDICATOR = WITH_ROLE.where(
    answers.c.round == _ROUND_ID,
    answers.c.indicator == bindparam("indicator"),
    answers.c.ballot.in_(bindparam("ballots", expanding=True)),
).order_by(answers.c.sequence)
_STANDING = (current_answers.c.organisation == answers.c.organisation) & (
    current_answers.c.sequence == answers.c.sequence
)
_CURRENT = (
    WITH_ROLE.join(current_answers, _STANDING)
    .where(
        current_answers.c.organisation == TENANT,
        current_answers.c.round == _ROUND_ID,
        current_answers.c.ballot.in_(bindparam("ballots", expanding=True)),
    )
    .order_by(current_answers.c.sequence)
)
CURRENT_OF = _CURRENT.where(current_answers.c.respondent == bindparam("respondent"))
_CURRENT_ONE = CURRENT_OF.where(current_answers.c.indicator == bindparam("indicator"))


def unrevealed(scope: Scope, caches: Caches, found: Head) -> tuple[Recorded, ...]:
    """The newest answer of every place of a round, whether it may be read or not, by sequence; of a closed round as verified.

    Only for what is counted or filtered before it leaves the storage.
    """
    if found["status"] == "closed":
        return caches.frozen(scope, found).current
    return _listed(scope, caches, found, EVERY)


def current(scope: Scope, caches: Caches, round_id: str) -> tuple[Recorded, ...]:
    """As `unrevealed`, those that may be read."""
    found = head(scope, round_id)
    allowed = sight(scope, found)
    if found["status"] == "closed":
        return tuple(filter(allowed.shows, caches.frozen(scope, found).current))
    return _listed(scope, caches, found, sorted(allowed.ballots))


def _listed(scope: Scope, caches: Caches, found: Head, ballots: object) -> tuple[Recorded, ...]:
    edition = caches.edition(scope, found["edition_hash"])
    listed = scope.execute(_CURRENT, round_id=found["round"], ballots=ballots).mappings()
    return tuple(rows.to_recorded(row, row["role"], edition) for row in listed)


def voice(scope: Scope, caches: Caches, round_id: str) -> Voice:
    """What the organisation's one voice says in a round; of a closed one as verified."""
    return caches.remember(scope, round_id, lambda now: _read_voice(now, caches, round_id))


def _read_voice(scope: Scope, caches: Caches, round_id: str) -> Voice:
    found = head(scope, round_id)
    edition = caches.edition(scope, found["edition_hash"])
    who = speaker(scope, caches, found)
    mine: Sequence[Recorded]
    if found["status"] == "closed":
        mine = caches.spoken(scope, found).said
    else:
        place = {"round_id": round_id, "ballots": [AGREED], "respondent": who.id}
        listed = scope.execute(CURRENT_OF, **place).mappings()
        mine = [rows.to_recorded(row, who.role, edition) for row in listed]
    return Voice(rows.to_round(found), edition, who, {record.answer.indicator: record for record in mine})


def current_one(
    scope: Scope, caches: Caches, round_id: str, respondent: str, indicator: str, ballot: Ballot
) -> Recorded | None:
    """The newest answer of one place, or None; None too where it may not be read."""
    found = head(scope, round_id)
    if ballot not in sight(scope, found).ballots:
        return None
    if found["status"] == "closed":
        for record in caches.frozen(scope, found).current:
            if (record.respondent, record.answer.indicator, record.ballot) == (respondent, indicator, ballot):
                return record
        return None
    place = {"respondent": respondent, "indicator": indicator, "ballots": [ballot]}
    row = scope.execute(_CURRENT_ONE, round_id=round_id, **place).mappings().first()
    return None if row is None else recorded(scope, caches, row)


def by_sequence(scope: Scope, caches: Caches, sequence: int) -> Recorded:
    """One version of an answer. AnswerUnknown, also for one that may not be read."""
    row = scope.execute(BY_SEQUENCE, sequence=sequence).mappings().first()
    if row is None:
        raise AnswerUnknown(sequence=sequence)
    found = head(scope, row["round"])
    if row["ballot"] not in sight(scope, found).ballots:
        raise AnswerUnknown(sequence=sequence)
    if found["status"] == "closed":
        caches.frozen(scope, found)
    return recorded(scope, caches, row)


def history(scope: Scope, caches: Caches, round_id: str, indicator: str) -> tuple[Recorded, ...]:
    """Every version of every answer to an indicator that may be read, oldest first."""
    found = head(scope, round_id)
    edition = caches.edition(scope, found["edition_hash"])
    allowed = sight(scope, found)
    if found["status"] == "closed":
        everything = filter(allowed.shows, content.verified(scope, found).recorded(edition))
        return tuple(record for record in everything if record.answer.indicator == indicator)
    asked = {"round_id": round_id, "indicator": indicator, "ballots": sorted(allowed.ballots)}
    listed = scope.execute(_OF_INDICATOR, **asked).mappings()
    return tuple(rows.to_recorded(row, row["role"], edition) for row in listed)


def cells(scope: Scope, caches: Caches, round_id: str) -> tuple[Cell, ...]:
    """How often each level was given by role, on the ballots whose single answers may be read."""
    found = head(scope, round_id)
    allowed = sight(scope, found)
    if found["status"] == "closed":
        frozen = caches.frozen(scope, found).cells
        return tuple(cell for cell in frozen if cell.ballot in allowed.ballots)
    edition = caches.edition(scope, found["edition_hash"])
    return histograms(_listed(scope, caches, found, sorted(allowed.ballots)), edition.scale)


def recorded(scope: Scope, caches: Caches, row: Mapping[Any, Any]) -> Recorded:
    """A row that carries its role, as a value."""
    return rows.to_recorded(row, row["role"], caches.edition(scope, row["edition_hash"]))
