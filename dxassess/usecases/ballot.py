"""The ballot: one person's own votes, given one by one. Nothing here is about anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dxassess.assessment.model import Answer, Ballot, Recorded, Round
from dxassess.assessment.voting import Phase, Seat, Workshop, open_ballot
from dxassess.catalogue.model import Edition, Indicator
from dxassess.errors import IndicatorUnknown, StaleAnswer
from dxassess.usecases.answering import Change, amended, checked
from dxassess.usecases.application import Application
from dxassess.usecases.invitations import seat_secret
from dxassess.usecases.roles import RoleChoice, role_choices, role_named

BallotPhase = Phase | Literal["soon", "closed"]


@dataclass(frozen=True, slots=True)
class BallotStanding:
    """Where the vote of a round stands, as a waiting device is told. `soon`: no vote was opened yet. `version` rises with every
    step; 0 where there is none."""

    round: str
    phase: BallotPhase
    version: int


@dataclass(frozen=True, slots=True)
class BallotSheet:
    """What a ballot page shows. `ballot` is the vote that is open now, None between votes; `votes` the own ones on the
    newest ballot this person voted on or may vote on, `first` those of the first vote. `roles`: those a person may take."""

    organisation: str
    seat: Seat
    role: RoleChoice
    roles: tuple[RoleChoice, ...]
    held: Round
    edition: Edition
    workshop: Workshop | None
    ballot: Ballot | None
    asked: tuple[Indicator, ...]
    votes: Mapping[str, Recorded]
    first: Mapping[str, Recorded]

    @property
    def standing(self) -> BallotStanding:
        """Where the vote stands."""
        phase, version = (self.workshop.phase, self.workshop.version) if self.workshop else (None, 0)
        return _standing(self.held.id, self.held.closed, phase, version)

    def answer(self, indicator: Indicator) -> Answer:
        """The own newest vote, or an open one."""
        found = self.votes.get(indicator.id)
        return found.answer if found else Answer(indicator.id)

    def sequence(self, indicator: Indicator) -> int | None:
        """Its sequence number, to be handed back with a change; None when there is none."""
        found = self.votes.get(indicator.id)
        return found.sequence if found else None


def ballot_of(app: Application, seat: str) -> BallotSheet:
    """The ballot of a device, by the secret it keeps. Readable also between votes and after the round is closed. SeatUnknown, SeatEnded."""
    secret = seat_secret(seat)
    store = app.database.store_at(secret)
    found = store.ballot(secret)
    workshop = None if found.held.closed else found.workshop
    votes = {
        ballot: {each.answer.indicator: each for each in found.votes if each.ballot == ballot}
        for ballot in ("first", "second")
    }
    second = found.workshop is not None and (found.workshop.phase == "second" or bool(votes["second"]))
    choices = role_choices(store, found.edition)
    asked = tuple(item for item in found.edition.scored if workshop is not None and workshop.asks(item.id))
    return BallotSheet(
        store.organisation.name,
        found.seat,
        role_named(choices, found.seat.role),
        tuple(choice for choice in choices if not choice.hidden),
        found.held,
        found.edition,
        found.workshop,
        open_ballot(workshop),
        asked,
        votes["second" if second else "first"],
        votes["first"],
    )


def standing_of(app: Application, seat: str) -> BallotStanding:
    """Where the vote of a device stands: what it asks while it waits, at the price of one small question. SeatUnknown, SeatEnded."""
    secret = seat_secret(seat)
    found = app.database.store_at(secret).stands(secret)
    return _standing(found.round, found.closed, found.phase, found.version)


def _standing(round_id: str, closed: bool, phase: Phase | None, version: int) -> BallotStanding:
    return BallotStanding(round_id, "closed" if closed else phase or "soon", version)


def cast(
    app: Application,
    seat: str,
    indicator: str,
    change: Change,
    based_on: int | None,
    key: str,
    meant: Ballot | None = None,
    of: str | None = None,
) -> Recorded:
    """Keep a change (field → value, as in `answering.answer`) of one own vote, on the ballot that is open now.

    `indicator` is its id; `based_on` the sequence the person saw. A change another tab made meanwhile to other fields is kept
    beside this one; to the same field raises StaleAnswer, and both are in the log. `key` makes a repeated call harmless.
    `meant`: the ballot it was given for, where that may be over by now; then VoteOver. `of`: id of the round it was given for.
    Raises SeatUnknown, SeatEnded, VoteNotOpen, VoteOver, VoteNotAsked, the AnswerErrors and StorageErrors.
    """
    secret = seat_secret(seat)

    def amend(edition: Edition, seen: Answer, standing: Answer) -> Answer | None:
        item = votable(edition, indicator)
        return amended(edition, seen, standing, checked(edition, item, change))

    try:
        return app.database.store_at(secret).cast(secret, indicator, based_on, key, amend, meant, of)
    except StaleAnswer as stale:
        raise StaleAnswer(indicator=indicator.rpartition(".")[2]) from stale


def change_role(app: Application, seat: str, role: str) -> Seat:
    """Another role, as long as nothing was answered. RoleFixed after the first answer: votes are never moved from role to role.

    Also SeatUnknown, SeatEnded, RoleUnknown, VoteOver (closed round).
    """
    secret = seat_secret(seat)
    return app.database.store_at(secret).take_role(secret, role)


def votable(edition: Edition, indicator: str) -> Indicator:
    """An indicator people vote on. IndicatorUnknown for one the edition does not have, or that is measured."""
    found = edition.indicators.get(indicator)
    if found is None or found.measure is not None:
        raise IndicatorUnknown(indicator=indicator, edition=edition.id)
    return found
