"""The voting booth: the only way to give a vote while a workshop is held, and the only one to see the own before the reveal.

Everything here is found by the secret of one seat. A vote is one transaction that reads nothing of anybody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, select, update

from dxassess.assessment.model import Answer, Ballot, Recorded, Round, State
from dxassess.assessment.paper import amended
from dxassess.assessment.voting import Seat, Workshop, open_ballot
from dxassess.catalogue.model import Edition
from dxassess.errors import (
    InvitationUnknown,
    RoleFixed,
    SeatEnded,
    SeatUnknown,
    StaleAnswer,
    VoteNotAsked,
    VoteNotOpen,
    VoteOver,
)
from dxassess.storage import answers as written
from dxassess.storage import checks, own_roles, rows, seating, workshops
from dxassess.storage.caches import Caches
from dxassess.storage.readings import BY_SEQUENCE, CURRENT_OF, recorded
from dxassess.storage.rounds import head
from dxassess.storage.schema import answers, current_answers, organisations, respondents, rounds
from dxassess.storage.schema_voting import seats
from dxassess.storage.schema_voting import workshops as workshop_table
from dxassess.storage.scope import LARGEST_SEQUENCE, TENANT, Scope
from dxassess.storage.sound import asked_for, sound
from dxassess.storage.tokens import Token

VOTES: tuple[Ballot, ...] = ("first", "second")
Amend = Callable[[Edition, Answer, Answer], Answer | None]
"""(edition, what the person had seen, what stands) → what to keep; None when the two contradict each other."""

_ROUND_ID: BindParameter[str] = bindparam("round_id")
_ALREADY = select(answers.c.sequence).where(
    answers.c.organisation == TENANT, answers.c.idempotency_key == bindparam("unique")
)
_WORKSHOP = [column for column in workshop_table.c if column.name not in ("organisation", "round")]
_LOOK = (
    select(
        rounds,
        seats.c.round.label("of_round"),
        seats.c.respondent,
        seats.c.since,
        seats.c.ended,
        respondents.c.role,
        respondents.c.removed,
        *(column.label(f"workshop_{column.name}") for column in _WORKSHOP),
        current_answers.c.sequence.label("standing"),
        organisations.c.sequence.label("counter"),
        _ALREADY.scalar_subquery().label("already"),
    )
    .join(rounds, and_(rounds.c.organisation == TENANT, rounds.c.round == seats.c.round))
    .join(organisations, organisations.c.organisation == seats.c.organisation)
    .join(
        respondents,
        and_(
            respondents.c.organisation == TENANT,
            respondents.c.round == seats.c.round,
            respondents.c.respondent == seats.c.respondent,
        ),
    )
    .outerjoin(
        workshop_table,
        and_(workshop_table.c.organisation == TENANT, workshop_table.c.round == seats.c.round),
    )
    .outerjoin(
        current_answers,
        and_(
            current_answers.c.organisation == TENANT,
            current_answers.c.round == seats.c.round,
            current_answers.c.ballot == workshop_table.c.phase,
            current_answers.c.respondent == seats.c.respondent,
            current_answers.c.indicator == bindparam("indicator"),
        ),
    )
    .where(seats.c.organisation == TENANT, seats.c.secret_hash == bindparam("digest"))
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
    meant: Ballot | None = None,
    of: str | None = None,
) -> Recorded | StaleAnswer:
    """Keep a vote on the ballot that is open now: what `amend` makes of what the person had seen and of what stands.

    `meant`: the ballot it was given for; a late vote is never taken for one on the next ballot. `of`: the round
    it was given for; SeatUnknown for a seat of another. `based_on`: the sequence of the
    own vote that was seen, None for none. A stale one that contradicts is put into the log
    and handed back as the error to raise after the commit. SeatUnknown, SeatEnded, VoteNotOpen, VoteOver, VoteNotAsked.
    """
    seating.queue(scope, SeatUnknown)
    unique = unique_key(secret, key)
    asked = {"digest": secret.digest, "indicator": indicator, "unique": unique}
    found = _live(scope, scope.execute(_LOOK, **asked).mappings().first())
    if of is not None and of != found["round"]:
        raise SeatUnknown
    if found["already"] is not None:
        return recorded(scope, caches, scope.execute(BY_SEQUENCE, sequence=found["already"]).mappings().one())
    ballot = _open_for(found, indicator, meant)
    edition = caches.edition(scope, found["edition_hash"])
    seen, now = _bases(scope, caches, found, (ballot, indicator), based_on)
    kept = amend(edition, seen, now)
    if kept is None:
        wanted = checks.answer_text(amend(edition, seen, seen) or seen)
        return written.refuse(scope, found, (found["respondent"], ballot, wanted, unique), based_on, edition)
    entry = (found["respondent"], ballot, checks.answer_text(kept), unique)
    return written.keep(scope, found, entry, found["standing"], edition)


def _live(scope: Scope, found: Mapping[Any, Any] | None) -> Mapping[Any, Any]:
    """The row of a seat that still votes. SeatUnknown, SeatEnded."""
    if found is None:
        raise SeatUnknown
    if found["ended"] is not None or found["removed"] is not None:
        raise SeatEnded
    scope.saw(found["counter"])
    return sound(asked_for(scope, found, found["of_round"]))


def unique_key(secret: Token, key: str) -> str:
    """What a key of a device is kept as: nobody else can name it, and it names nobody."""
    return hashlib.sha256(f"{secret.digest}:{key}".encode()).hexdigest()


def _open_for(found: Mapping[Any, Any], indicator: str, meant: Ballot | None) -> Ballot:
    """The ballot that takes an answer to an indicator now."""
    if found["status"] == "closed":
        raise VoteOver
    if found["workshop_phase"] is None:
        raise VoteNotOpen
    row = {column.name: found[f"workshop_{column.name}"] for column in _WORKSHOP}
    workshop = workshops.to_workshop({**row, "round": found["round"]})
    ballot = open_ballot(workshop)
    if ballot is None or (meant is not None and meant != ballot):
        raise VoteOver
    if not workshop.asks(indicator):
        raise VoteNotAsked(indicator=indicator)
    return ballot


def _bases(
    scope: Scope, caches: Caches, found: Mapping[Any, Any], place: tuple[Ballot, str], based_on: int | None
) -> tuple[Answer, Answer]:
    """What the person had seen, and what stands; from a seat that may not see what stands, it is as if nothing did."""
    blank, standing = Answer(place[1]), found["standing"]
    if standing is None or standing <= found["since"]:
        return blank, blank
    now = _version(scope, caches, standing, found, place) or blank
    if based_on == standing:
        return now, now
    return (_version(scope, caches, based_on, found, place) if based_on else None) or blank, now


def _version(
    scope: Scope, caches: Caches, sequence: int, found: Mapping[Any, Any], place: tuple[Ballot, str]
) -> Answer | None:
    """One version of this person's own vote; None for anything else that has this number."""
    if not 0 < sequence <= LARGEST_SEQUENCE:
        return None
    row = scope.execute(BY_SEQUENCE, sequence=sequence).mappings().first()
    mine = (found["round"], found["respondent"], *place)
    if row is None or (row["round"], row["respondent"], row["ballot"], row["indicator"]) != mine:
        return None
    return recorded(scope, caches, row).answer


def enter(
    scope: Scope, caches: Caches, token: Token, votes: Sequence[tuple[Answer, str]], file: str, by: str
) -> Seat:
    """Votes somebody wrote on paper: take the seat of a personal link, or go on in the one the paper took, and keep them all.

    Each with the key that makes a repetition harmless. Blank takes nothing away (`assessment.paper`). As `join` and `cast`.
    """
    secret = token.paper_seat
    seating.queue(scope, InvitationUnknown)
    try:
        seat = seating.to_seat(seating.seat_row(scope, secret))
    except SeatUnknown:
        seat = seating.join(scope, caches, token, secret, "", "")
    for said, key in votes:
        cast(scope, caches, secret, said.indicator, None, key, _put_in(said))
    scope.log("paper_entered", seat.round, by, {"file": file})
    return seat


def _put_in(said: Answer) -> Amend:
    return lambda _edition, _seen, now: amended(now, said)


def take_role(scope: Scope, caches: Caches, secret: Token, role: str) -> Seat:
    """Another role, before the first answer. RoleFixed after it, RoleUnknown."""
    seating.queue(scope, SeatUnknown)
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
