"""The voting booth: the only way to give a vote while a workshop is held, and the only one to see the own before the reveal.

Everything here is found by the secret of one seat. A vote is one transaction that reads nothing of anybody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, bindparam, select, update

from dxassess.assessment.model import Answer, Ballot, Recorded, Round, State
from dxassess.assessment.voting import Seat, Workshop, open_ballot
from dxassess.catalogue.model import Edition
from dxassess.errors import RoleFixed, StaleAnswer, VoteNotAsked, VoteNotOpen, VoteOver
from dxassess.storage import answers as written
from dxassess.storage import checks, own_roles, rows, seating, workshops
from dxassess.storage.caches import Caches
from dxassess.storage.readings import BY_SEQUENCE, CURRENT_OF, recorded
from dxassess.storage.rounds import head
from dxassess.storage.schema import answers, current_answers, respondents
from dxassess.storage.scope import LARGEST_SEQUENCE, TENANT, Scope
from dxassess.storage.sound import Head
from dxassess.storage.tokens import Token

VOTES: tuple[Ballot, ...] = ("first", "second")
Amend = Callable[[Edition, Answer, Answer], Answer | None]
"""(edition, what the person had seen, what stands) → what to keep; None when the two contradict each other."""

_ROUND_ID: BindParameter[str] = bindparam("round_id")
_ALREADY = select(answers.c.sequence).where(
    answers.c.organisation == TENANT, answers.c.idempotency_key == bindparam("unique")
)
_STANDING = select(current_answers.c.sequence).where(
    current_answers.c.organisation == TENANT,
    current_answers.c.round == _ROUND_ID,
    current_answers.c.ballot == bindparam("ballot"),
    current_answers.c.respondent == bindparam("who"),
    current_answers.c.indicator == bindparam("indicator"),
)
_SAID = (
    select(answers.c.sequence)
    .where(
        answers.c.organisation == TENANT,
        answers.c.round == _ROUND_ID,
        answers.c.respondent == bindparam("who"),
    )
    .limit(1)
)
_ROLE = update(respondents).where(
    respondents.c.organisation == TENANT,
    respondents.c.round == _ROUND_ID,
    respondents.c.respondent == bindparam("who"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one seat sees: its person, its round with edition and workshop, and this person's own votes on both ballots."""

    seat: Seat
    held: Round
    edition: Edition
    workshop: Workshop | None
    votes: tuple[Recorded, ...]


def sheet(scope: Scope, caches: Caches, secret: Token) -> Sheet:
    """The ballot of a seat, as far as this seat may see it. SeatUnknown, SeatEnded."""
    row = seating.seat_row(scope, secret)
    found = head(scope, row["round"])
    edition = caches.edition(scope, found["edition_hash"])
    workshop = workshops.find(scope, row["round"])
    return Sheet(seating.to_seat(row), rows.to_round(found), edition, workshop, _own(scope, caches, row))


def _own(scope: Scope, caches: Caches, row: Mapping[Any, Any]) -> tuple[Recorded, ...]:
    place = {"round_id": row["round"], "respondent": row["respondent"], "ballots": VOTES}
    mine = scope.execute(CURRENT_OF, **place).mappings()
    return tuple(recorded(scope, caches, each) for each in mine if each["sequence"] > row["since"])


def cast(
    scope: Scope,
    caches: Caches,
    secret: Token,
    indicator: str,
    based_on: int | None,
    key: str,
    amend: Amend,
) -> Recorded | StaleAnswer:
    """Keep a vote on the ballot that is open now: what `amend` makes of what the person had seen and of what stands.

    `based_on`: the sequence of the own vote that was seen, None for none. A stale one that contradicts is put into the log
    and handed back as the error to raise after the commit. SeatUnknown, SeatEnded, VoteNotOpen, VoteOver, VoteNotAsked.
    """
    scope.queue()
    seat = seating.seat_row(scope, secret)
    unique = unique_key(secret, key)
    already = scope.execute(_ALREADY, unique=unique).scalar()
    if already is not None:
        return recorded(scope, caches, scope.execute(BY_SEQUENCE, sequence=already).mappings().one())
    found = head(scope, seat["round"])
    ballot = _open_for(found, workshops.find(scope, seat["round"]), indicator)
    place = {"round_id": seat["round"], "ballot": ballot, "who": seat["respondent"], "indicator": indicator}
    standing = scope.execute(_STANDING, **place).scalar()
    edition = caches.edition(scope, found["edition_hash"])
    seen, now = _bases(scope, caches, seat, place, based_on, standing)
    kept = amend(edition, seen, now)
    row = {**found, "standing": standing, "role": seat["role"]}
    if kept is None:
        wanted = checks.answer_text(amend(edition, seen, seen) or seen)
        return written.refuse(scope, row, (seat["respondent"], ballot, wanted, unique), based_on, edition)
    entry = (seat["respondent"], ballot, checks.answer_text(kept), unique)
    return written.keep(scope, row, entry, standing, edition)


def unique_key(secret: Token, key: str) -> str:
    """What a key of a device is kept as: nobody else can name it, and it names nobody."""
    return hashlib.sha256(f"{secret.digest}:{key}".encode()).hexdigest()


def _open_for(found: Head, workshop: Workshop | None, indicator: str) -> Ballot:
    """The ballot that takes an answer to an indicator now."""
    if found["status"] == "closed":
        raise VoteOver
    if workshop is None:
        raise VoteNotOpen
    ballot = open_ballot(workshop)
    if ballot is None:
        raise VoteOver
    if not workshop.asks(indicator):
        raise VoteNotAsked(indicator=indicator)
    return ballot


def _bases(
    scope: Scope,
    caches: Caches,
    seat: Mapping[Any, Any],
    place: Mapping[str, Any],
    based_on: int | None,
    standing: int | None,
) -> tuple[Answer, Answer]:
    """What the person had seen, and what stands; from a seat that may not see what stands, it is as if nothing did."""
    blank = Answer(place["indicator"])
    if standing is None or standing <= seat["since"]:
        return blank, blank
    now = _version(scope, caches, standing, place) or blank
    if based_on == standing:
        return now, now
    return (_version(scope, caches, based_on, place) if based_on else None) or blank, now


def _version(scope: Scope, caches: Caches, sequence: int, place: Mapping[str, Any]) -> Answer | None:
    """One version of this person's own vote; None for anything else that has this number."""
    if not 0 < sequence <= LARGEST_SEQUENCE:
        return None
    row = scope.execute(BY_SEQUENCE, sequence=sequence).mappings().first()
    mine = ("round_id", "round"), ("ballot", "ballot"), ("who", "respondent"), ("indicator", "indicator")
    if row is None or any(row[column] != place[name] for name, column in mine):
        return None
    return recorded(scope, caches, row).answer


def enter(scope: Scope, caches: Caches, token: Token, secret: Token, votes: Sequence[Answer]) -> Seat:
    """Votes somebody wrote down elsewhere: take the seat of a personal link and keep them all."""
    seat = seating.join(scope, caches, token, secret, "", "")
    for answer in votes:
        cast(scope, caches, secret, answer.indicator, None, answer.indicator, _always(answer))
    return seat


def _always(answer: Answer) -> Amend:
    return lambda _edition, _seen, _now: answer


def take_role(scope: Scope, caches: Caches, secret: Token, role: str) -> Seat:
    """Another role, before the first answer. RoleFixed after it, RoleUnknown."""
    scope.lock()
    row = seating.seat_row(scope, secret)
    found = head(scope, row["round"])
    if found["status"] == "closed":
        raise VoteOver
    own_roles.refuse_unknown(scope, caches.edition(scope, found["edition_hash"]), role)
    place = {"round_id": row["round"], "who": row["respondent"]}
    if scope.execute(_SAID, **place).first() is not None:
        raise RoleFixed
    scope.take()
    scope.execute(_ROLE.values(role=role), **place)
    return seating.to_seat(seating.seat_row(scope, secret))


def remove(scope: Scope, caches: Caches, round_id: str, who: str, by: str) -> None:
    """Take a person out: their devices vote no more, their answers on the vote that is open are withdrawn (and kept).

    What is revealed stays: taking it out would tell it. RoundClosed, RespondentUnknown.
    """
    scope.lock()
    found = head(scope, round_id)
    seating.removable(scope, found, who)
    seating.end_seats(scope, round_id, who)
    workshop = workshops.find(scope, round_id)
    ballot = open_ballot(workshop)
    place = {"round_id": round_id, "respondent": who, "ballots": [ballot] if ballot else []}
    edition = caches.edition(scope, found["edition_hash"])
    for row in scope.execute(CURRENT_OF, **place).mappings().all():
        blank = Answer(row["indicator"], State.OPEN)
        entry = (
            who,
            row["ballot"],
            blank,
            hashlib.sha256(f"removed:{row['sequence']}:{who}".encode()).hexdigest(),
        )
        written.keep(
            scope,
            {**found, "standing": row["sequence"], "role": row["role"]},
            entry,
            row["sequence"],
            edition,
        )
    scope.execute(_ROLE.values(removed=scope.now), **{"round_id": round_id, "who": who})
    scope.log("person_removed", round_id, by, {})
