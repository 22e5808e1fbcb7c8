"""Who may vote from where: invitations are turned into seats; both are known by the hash of a token alone.

A personal link seats one person once. A newer link for the same person ends the earlier seats, and from the new seat
nothing can be read that was answered before: a facilitator who opens somebody's link reads no vote. Going on with another
device is an invitation that only the person's own seat gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, func, select, update
from uuid_utils import uuid7

from dxassess.assessment.voting import Invitation, Seat
from dxassess.errors import (
    InvitationEnded,
    InvitationUnknown,
    InvitationUsed,
    OrganisationUnknown,
    ParticipantNameMissing,
    RespondentUnknown,
    RoomFull,
    SeatEnded,
    SeatUnknown,
    VotingError,
)
from dxassess.storage import checks, own_roles
from dxassess.storage.caches import ONE_VOICE, Caches
from dxassess.storage.rounds import head, insert_respondent, refuse_closed
from dxassess.storage.schema import respondents, rounds
from dxassess.storage.schema_voting import invitations, seats
from dxassess.storage.scope import TENANT, Scope
from dxassess.storage.sound import Head
from dxassess.storage.tokens import Token

PEOPLE_LIMIT = 1000
Row = Mapping[Any, Any]

_ROUND_ID: BindParameter[str] = bindparam("round_id")
_WHO: BindParameter[str] = bindparam("who")
_PERSON = and_(
    respondents.c.organisation == TENANT,
    respondents.c.round == invitations.c.round,
    respondents.c.respondent == invitations.c.respondent,
)
_INVITED = (
    select(invitations, respondents.c.role, respondents.c.name, respondents.c.removed)
    .outerjoin(respondents, _PERSON)
    .where(invitations.c.organisation == TENANT)
)
_BY_TOKEN = _INVITED.where(invitations.c.token_hash == bindparam("digest"))
_OF_ROUND = _INVITED.where(invitations.c.round == _ROUND_ID, invitations.c.kind != "device").order_by(
    invitations.c.invitation
)
_BY_ID = select(invitations.c.respondent).where(
    invitations.c.organisation == TENANT,
    invitations.c.round == _ROUND_ID,
    invitations.c.invitation == bindparam("which"),
)
_USE = update(invitations).where(
    invitations.c.organisation == TENANT, invitations.c.invitation == bindparam("which")
)
_REVOKE = update(invitations).where(invitations.c.organisation == TENANT, invitations.c.revoked.is_(None))
_REVOKE_ONE = _REVOKE.where(invitations.c.invitation == bindparam("which"))
_REVOKE_OF = _REVOKE.where(invitations.c.round == _ROUND_ID, invitations.c.respondent == _WHO)
_REVOKE_UNUSED = _REVOKE_OF.where(invitations.c.used.is_(None))
_REVOKE_ROUND = _REVOKE.where(invitations.c.round == _ROUND_ID)
_SEAT = (
    select(seats, respondents.c.role, respondents.c.name, respondents.c.removed, rounds.c.consent)
    .join(
        respondents,
        and_(
            respondents.c.organisation == TENANT,
            respondents.c.round == seats.c.round,
            respondents.c.respondent == seats.c.respondent,
        ),
    )
    .join(rounds, and_(rounds.c.organisation == TENANT, rounds.c.round == seats.c.round))
    .where(seats.c.organisation == TENANT, seats.c.secret_hash == bindparam("digest"))
)
_SEATS_OF = and_(seats.c.organisation == TENANT, seats.c.round == _ROUND_ID, seats.c.respondent == _WHO)
_SEATED = select(func.count()).select_from(seats).where(_SEATS_OF)
_END = update(seats).where(_SEATS_OF, seats.c.ended.is_(None))
_PEOPLE = (
    select(func.count())
    .select_from(respondents)
    .where(respondents.c.organisation == TENANT, respondents.c.round == _ROUND_ID)
)
_ONE = select(respondents).where(
    respondents.c.organisation == TENANT, respondents.c.round == _ROUND_ID, respondents.c.respondent == _WHO
)


def invite(scope: Scope, round_id: str, token: Token, who: str | None, by: str) -> Invitation:
    """Keep an invitation to an open round: for everybody who has the link, or for one person of it.

    `who`: the respondent, or an earlier invitation of theirs. RoundClosed, RespondentUnknown.
    """
    scope.lock()
    found = head(scope, round_id)
    refuse_closed(scope, found)
    respondent = None if who is None else _invitee(scope, round_id, who)
    if respondent is not None:
        scope.execute(_REVOKE_OF.values(revoked=scope.now), round_id=round_id, who=respondent)
    kept = _insert(scope, round_id, token, "open" if respondent is None else "personal", respondent, 0)
    scope.log("invited", round_id, by, {"kind": kept["kind"], "invitation": kept["invitation"]})
    return next(each for each in listed(scope, round_id) if each.id == kept["invitation"])


def _invitee(scope: Scope, round_id: str, who: str) -> str:
    earlier = scope.execute(_BY_ID, round_id=round_id, which=who).scalar()
    return str(_person(scope, round_id, str(earlier or who))["respondent"])


def _insert(
    scope: Scope, round_id: str, token: Token, kind: str, respondent: str | None, since: int
) -> dict[str, Any]:
    row = {
        "invitation": uuid7().hex,
        "round": round_id,
        "token_hash": token.digest,
        "kind": kind,
        "respondent": respondent,
        "since": since,
        "created": scope.now,
        "used": None,
        "revoked": None,
    }
    scope.insert(invitations, [row])
    return row


def listed(scope: Scope, round_id: str) -> tuple[Invitation, ...]:
    """The facilitator's invitations of a round, oldest first. Who opened theirs is told in named rounds only."""
    named = head(scope, round_id)["consent"] == "named"
    rows = scope.execute(_OF_ROUND, round_id=round_id).mappings()
    return tuple(
        Invitation(
            row["invitation"],
            row["round"],
            row["kind"],
            row["created"],
            row["used"] if named else None,
            row["revoked"],
            row["respondent"] if named else None,
            row["role"],
            (row["name"] or "") if named else "",
        )
        for row in rows
    )


def revoke(scope: Scope, invitation: str, by: str) -> None:
    """Take an invitation back: nobody joins by it any more; who has joined stays. Nothing happens to one that is not there."""
    scope.lock()
    if scope.execute(_REVOKE_ONE.values(revoked=scope.now), which=invitation).rowcount:
        scope.log("invitation_revoked", invitation, by, {})


def revoke_all(scope: Scope, round_id: str) -> None:
    """All links of a round stop working: it is closed."""
    scope.execute(_REVOKE_ROUND.values(revoked=scope.now), round_id=round_id)


def invited(scope: Scope, token: Token) -> tuple[Row, Head]:
    """The invitation of a token, and its round. InvitationUnknown, InvitationEnded, InvitationUsed."""
    row = invitation(scope, token)
    found = head(scope, row["round"])
    if row["revoked"] is not None or row["removed"] is not None or found["status"] == "closed":
        raise InvitationEnded
    if row["used"] is not None:
        raise InvitationUsed
    return row, found


def invitation(scope: Scope, token: Token) -> Row:
    """The invitation of a token, also where it no longer works. InvitationUnknown."""
    row = scope.execute(_BY_TOKEN, digest=token.digest).mappings().first()
    if row is None:
        raise InvitationUnknown
    return row


def join(
    scope: Scope, caches: Caches, token: Token, secret: Token, role: str, name: str, beside: bool = False
) -> Seat:
    """Take a seat, or find that of this secret. `role` and `name` count for open links; the name in named rounds alone.

    A personal link ends what other devices the person has, and every other link of theirs; a link from a device of theirs
    does so unless the person wants to go on `beside` it, who then reads whatever is answered on either.
    InvitationUnknown, InvitationEnded, InvitationUsed, RoleUnknown, ParticipantNameMissing, RoomFull.
    """
    queue(scope, InvitationUnknown)
    invitation(scope, token)
    if scope.execute(_SEAT, digest=secret.digest).first() is not None:
        return to_seat(seat_row(scope, secret))
    row, found = invited(scope, token)
    if row["respondent"] is None:
        who, since = _newcomer(scope, caches, found, role, name), 0
    else:
        scope.execute(_USE.values(used=scope.now), which=row["invitation"])
        who, since = row["respondent"], _moved(scope, row, beside)
    taken = {"secret_hash": secret.digest, "round": row["round"], "respondent": who, "since": since}
    scope.insert(seats, [{**taken, "created": scope.now, "ended": None}])
    scope.take()
    return to_seat(seat_row(scope, secret))


def _newcomer(scope: Scope, caches: Caches, found: Head, role: str, name: str) -> str:
    own_roles.refuse_unknown(scope, caches.edition(scope, found["edition_hash"]), role)
    named = found["consent"] == "named"
    kept = checks.short(name) if named else ""
    if named and not checks.folded(kept):
        raise ParticipantNameMissing
    if scope.execute(_PEOPLE, round_id=found["round"]).scalar_one() > PEOPLE_LIMIT:
        raise RoomFull(limit=PEOPLE_LIMIT)
    return insert_respondent(scope, found["round"], role, kept).id


def _moved(scope: Scope, row: Row, beside: bool) -> int:
    """From which sequence on the new seat may read: a newer personal link sees nothing from before it was opened."""
    place = {"round_id": row["round"], "who": row["respondent"]}
    if row["kind"] == "device" and beside:
        return int(row["since"])
    before = scope.execute(_SEATED, **place).scalar_one()
    scope.execute(_END.values(ended=scope.now), **place)
    scope.execute(_REVOKE_UNUSED.values(revoked=scope.now), **place)
    if row["kind"] == "device":
        return int(row["since"])
    return scope.lock() if before else 0


def another_device(scope: Scope, secret: Token, token: Token) -> None:
    """An invitation from a seat to the same person's other device, which reads what this seat has read. SeatUnknown, SeatEnded."""
    queue(scope, SeatUnknown)
    row = seat_row(scope, secret)
    refuse_closed(scope, head(scope, row["round"]))
    _insert(scope, row["round"], token, "device", row["respondent"], row["since"])
    scope.take()


def queue(scope: Scope, unknown: type[VotingError]) -> None:
    """Queue behind the organisation's other writers. `unknown` for a token that names an organisation there is not."""
    try:
        scope.queue()
    except OrganisationUnknown:
        raise unknown from None


def seat_row(scope: Scope, secret: Token) -> Row:
    """The row of a seat with the person's role and name. SeatUnknown, SeatEnded."""
    row = scope.execute(_SEAT, digest=secret.digest).mappings().first()
    if row is None:
        raise SeatUnknown
    if row["ended"] is not None or row["removed"] is not None:
        raise SeatEnded
    return row


def to_seat(row: Row) -> Seat:
    """A row of `seat_row`."""
    return Seat(
        row["round"], row["respondent"], row["role"], row["name"] if row["consent"] == "named" else ""
    )


def person(scope: Scope, round_id: str, role: str, name: str, caches: Caches) -> str:
    """Somebody who will be invited by a personal link; gives the respondent's id. RoundClosed and as `join`."""
    scope.lock()
    found = head(scope, round_id)
    refuse_closed(scope, found)
    return _newcomer(scope, caches, found, role, name)


def end_seats(scope: Scope, round_id: str, who: str) -> None:
    """No device of this person votes any more, and no link of theirs works."""
    place = {"round_id": round_id, "who": who}
    scope.execute(_END.values(ended=scope.now), **place)
    scope.execute(_REVOKE_OF.values(revoked=scope.now), **place)


def removable(scope: Scope, found: Head, who: str) -> None:
    """RoundClosed, RespondentUnknown for somebody who is not in the round, or is its one voice."""
    refuse_closed(scope, found)
    _person(scope, found["round"], who)


def _person(scope: Scope, round_id: str, who: str) -> Row:
    row = scope.execute(_ONE, round_id=round_id, who=who).mappings().first()
    if row is None or row["role"] == ONE_VOICE or row["removed"] is not None:
        raise RespondentUnknown(respondent=who)
    return row
