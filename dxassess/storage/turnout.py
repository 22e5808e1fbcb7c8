"""How many are there and how far they are, by role: all that may be known of a vote before it is revealed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, distinct, func, literal_column, select

from dxassess.assessment.model import Ballot
from dxassess.assessment.voting import Participant, Turnout, Workshop
from dxassess.catalogue.model import Edition
from dxassess.storage import own_roles, workshops
from dxassess.storage.caches import ONE_VOICE, Caches
from dxassess.storage.rounds import head
from dxassess.storage.schema import answers, current_answers, respondents
from dxassess.storage.schema_voting import invitations, seats
from dxassess.storage.scope import TENANT, Scope

_ROUND_ID: BindParameter[str] = bindparam("round_id")
_HERE = (
    select(respondents.c.role, func.count(distinct(seats.c.respondent)).label("n"))
    .join(
        seats,
        and_(
            seats.c.organisation == TENANT,
            seats.c.round == respondents.c.round,
            seats.c.respondent == respondents.c.respondent,
        ),
    )
    .where(
        respondents.c.organisation == TENANT,
        respondents.c.round == _ROUND_ID,
        respondents.c.removed.is_(None),
        seats.c.ended.is_(None),
    )
    .group_by(respondents.c.role)
)
_INVITED = (
    select(respondents.c.role, func.count(distinct(invitations.c.respondent)).label("n"))
    .join(
        invitations,
        and_(
            invitations.c.organisation == TENANT,
            invitations.c.round == respondents.c.round,
            invitations.c.respondent == respondents.c.respondent,
        ),
    )
    .where(
        respondents.c.organisation == TENANT,
        respondents.c.round == _ROUND_ID,
        invitations.c.kind == "personal",
        invitations.c.used.is_(None),
        invitations.c.revoked.is_(None),
    )
    .group_by(respondents.c.role)
)
_OWN = and_(
    current_answers.c.organisation == TENANT,
    current_answers.c.round == _ROUND_ID,
    current_answers.c.ballot == bindparam("ballot"),
)
_GIVEN = select(current_answers.c.respondent, func.count().label("n")).where(_OWN)
_GIVEN = _GIVEN.group_by(current_answers.c.respondent)
_CLEARED = _GIVEN.join(
    answers, and_(answers.c.organisation == TENANT, answers.c.sequence == current_answers.c.sequence)
).where(
    answers.c.organisation == TENANT,
    answers.c.round == _ROUND_ID,
    answers.c.state == literal_column("'open'"),
)
_ROLES = select(respondents.c.respondent, respondents.c.role).where(
    respondents.c.organisation == TENANT, respondents.c.round == _ROUND_ID
)
_EVERYBODY = (
    select(respondents)
    .where(respondents.c.organisation == TENANT, respondents.c.round == _ROUND_ID)
    .order_by(respondents.c.number)
)


def turnout(scope: Scope, caches: Caches, round_id: str) -> tuple[Turnout, ...]:
    """By role, those of the edition first; roles nobody took are there with zeros, unless they are hidden. WorkshopMissing."""
    found = head(scope, round_id)
    workshop = workshops.one(scope, found)
    edition = caches.edition(scope, found["edition_hash"])
    here, invited = (dict(_pairs(scope, asked, round_id=round_id)) for asked in (_HERE, _INVITED))
    said = _said(scope, workshop)
    full = _asked(edition, workshop)
    roles = dict.fromkeys([*own_roles.allowed(scope, edition), *here, *invited, *said])
    roles.pop(ONE_VOICE, None)
    return tuple(
        Turnout(
            role,
            here.get(role, 0),
            len(said.get(role, ())),
            sum(said.get(role, ())),
            sum(n >= full for n in said.get(role, ())),
            invited.get(role, 0),
        )
        for role in roles
    )


def _said(scope: Scope, workshop: Workshop) -> dict[str, list[int]]:
    """By role, how many answers each person who gave any gave on the newest ballot that was opened."""
    ballots: list[Ballot] = ["first"] if workshop.phase in ("first", "talk") else ["second", "first"]
    if workshop.phase == "second":
        ballots = ["second"]
    found: dict[str, list[int]] = {}
    roles = {row.respondent: row.role for row in scope.execute(_ROLES, round_id=workshop.round)}
    for ballot in ballots:
        place = {"round_id": workshop.round, "ballot": ballot}
        cleared = {row.respondent: row.n for row in scope.execute(_CLEARED, **place)}
        for row in scope.execute(_GIVEN, **place):
            n = int(row.n) - int(cleared.get(row.respondent, 0))
            if n:
                found.setdefault(roles[row.respondent], []).append(n)
        if found:
            break
    return found


def _pairs(scope: Scope, asked: Select[Any], **values: object) -> list[tuple[str, int]]:
    return [(row["role"], row["n"]) for row in scope.execute(asked, **values).mappings()]


def _asked(edition: Edition, workshop: Workshop) -> int:
    second = workshop.phase in ("second", "done")
    return len(workshop.asked) if second and workshop.asked is not None else len(edition.scored)


def participants(scope: Scope, round_id: str) -> tuple[Participant, ...]:
    """Everybody who was invited or has joined, in that order, without the one voice; no names in anonymous rounds."""
    named = head(scope, round_id)["consent"] == "named"
    return tuple(
        Participant(row.respondent, row.role, row.name if named else "", row.removed is not None)
        for row in scope.execute(_EVERYBODY, round_id=round_id)
        if row.role != ONE_VOICE
    )
