"""Where the vote of a seat's round stands: what a waiting phone asks again and again, in one small question."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select

from dxassess.assessment.voting import Phase
from dxassess.errors import SeatEnded, SeatUnknown
from dxassess.storage.schema import respondents, rounds
from dxassess.storage.schema_voting import seats
from dxassess.storage.schema_voting import workshops as workshop_table
from dxassess.storage.scope import TENANT, Scope
from dxassess.storage.tokens import Token

_STANDS = (
    select(
        seats.c.round,
        seats.c.ended,
        respondents.c.removed,
        rounds.c.status,
        workshop_table.c.phase,
        workshop_table.c.version,
    )
    .join(
        respondents,
        and_(
            respondents.c.organisation == TENANT,
            respondents.c.round == seats.c.round,
            respondents.c.respondent == seats.c.respondent,
        ),
    )
    .join(rounds, and_(rounds.c.organisation == TENANT, rounds.c.round == seats.c.round))
    .outerjoin(
        workshop_table, and_(workshop_table.c.organisation == TENANT, workshop_table.c.round == seats.c.round)
    )
    .where(seats.c.organisation == TENANT, seats.c.secret_hash == bindparam("digest"))
)


@dataclass(frozen=True, slots=True)
class Stands:
    """Where the vote of a seat's round stands. `phase` is None, `version` 0 where no workshop was opened."""

    round: str
    closed: bool
    phase: Phase | None
    version: int


def stands(scope: Scope, secret: Token) -> Stands:
    """What a waiting device asks again and again, in one statement. SeatUnknown, SeatEnded."""
    row = scope.first(_STANDS, digest=secret.digest)
    if row is None:
        raise SeatUnknown
    if row.ended is not None or row.removed is not None:
        raise SeatEnded
    return Stands(row.round, row.status == "closed", row.phase, row.version or 0)
