"""What a store can be asked and told of voting: workshops, invitations and seats, revealed votes, decisions, own roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dxassess.assessment.decision import Decision, Dissent
from dxassess.assessment.model import Answer, Ballot, Recorded, Round
from dxassess.assessment.raters import Flag
from dxassess.assessment.recognition import Sides
from dxassess.assessment.revealed import Revealed
from dxassess.assessment.voting import (
    Comment,
    Invitation,
    OwnRole,
    Participant,
    Phase,
    Seat,
    Turnout,
    Workshop,
)
from dxassess.catalogue.model import Edition, Level
from dxassess.errors import StaleAnswer, StaleDecision
from dxassess.storage import (
    booth,
    checks,
    decisions,
    own_roles,
    readings,
    rounds,
    rows,
    seating,
    standing,
    turnout,
    votes,
    workshops,
)
from dxassess.storage.bound import Bound
from dxassess.storage.tokens import Token


class Room(Bound):
    """The part of a store that votes. Nothing here gives a vote before its reveal except to the seat it came from."""

    # --- the workshop

    def open_workshop(self, round_id: str, by: str) -> Workshop:
        """Open the first vote of an open round; where it is open already, that workshop. RoundClosed."""
        who = checks.short(by)
        with self._writing() as scope:
            scope.lock()
            found = rounds.head(scope, round_id)
            rounds.refuse_closed(scope, found)
            return workshops.open_first(scope, found, who)

    def workshop(self, round_id: str) -> Workshop | None:
        """The workshop of a round, None where none was held. RoundUnknown."""
        return self._recalled(
            f"workshop:{round_id}",
            lambda scope: workshops.find(scope, rounds.head(scope, round_id)["round"]),
        )

    def step(
        self, round_id: str, version: int, to: Phase, by: str, asked: Sequence[str] | None = None
    ) -> Workshop:
        """Take a workshop to a phase: talk (reveal), second (`asked`: indicator ids, None for all), done (reveal or end).

        WorkshopChanged unless it still is at `version` and may go there; WorkshopMissing, RoundClosed.
        """
        who = checks.short(by)
        with self._writing() as scope:
            scope.lock()
            found = rounds.head(scope, round_id)
            rounds.refuse_closed(scope, found)
            everything = readings.unrevealed(scope, self._caches, found)
            first = [record for record in everything if record.ballot == "first"]
            return workshops.step(scope, found, version, to, who, first, asked)

    def remember_board(self, round_id: str, **memory: object) -> Workshop:
        """Keep what the board shows: `focus` (indicator id or None), `minutes` 0–1440, `practice_rule`, `importance` (id → weight). The last one counts."""
        with self._writing() as scope:
            scope.lock()
            found = rounds.head(scope, round_id)
            rounds.refuse_closed(scope, found)
            return workshops.remember(scope, found, **memory)

    def turnout(self, round_id: str) -> tuple[Turnout, ...]:
        """Counts by role: who is there, how far they are. Kept until something is written. WorkshopMissing."""
        return self._recalled(
            f"turnout:{round_id}", lambda scope: turnout.turnout(scope, self._caches, round_id)
        )

    def pulse(self) -> int:
        """A number that rises with everything this organisation writes; cheap to ask."""
        seen = self._counter()
        if seen is not None:
            return seen
        with self._reading() as scope:
            return scope.counter()

    # --- invitations and seats

    def add_participant(self, round_id: str, role: str, name: str) -> str:
        """Somebody to be invited by a personal link; gives the respondent's id. As `join`."""
        with self._writing() as scope:
            return seating.person(scope, round_id, role, name, self._caches)

    def invite(self, round_id: str, token: Token, who: str | None, by: str) -> Invitation:
        """Keep an invitation: open (`who` None), or for a respondent or the holder of an earlier invitation, by id.

        Earlier links of that person stop working. RoundClosed, RespondentUnknown.
        """
        host = checks.short(by)
        with self._writing() as scope:
            return seating.invite(scope, round_id, token, who, host)

    def invitations(self, round_id: str) -> tuple[Invitation, ...]:
        """The facilitator's invitations of a round, oldest first."""
        with self._reading() as scope:
            return seating.listed(scope, round_id)

    def participants(self, round_id: str) -> tuple[Participant, ...]:
        """Everybody who was invited or has joined, in that order. Nothing is said of what they do."""
        with self._reading() as scope:
            return turnout.participants(scope, round_id)

    def revoke(self, invitation: str, by: str) -> None:
        """Take an invitation back; who has joined by it stays."""
        who = checks.short(by)
        with self._writing() as scope:
            seating.revoke(scope, invitation, who)

    def invited(self, token: Token) -> tuple[Round, Edition, str | None, str, bool]:
        """What a token invites to: the round, its edition, role and name of a personal link (None and "" for an open one), and
        whether it comes from another device of that person."""
        with self._reading() as scope:
            row, found = seating.invited(scope, token)
            name = row["name"] if row["name"] and found["consent"] == "named" else ""
            edition = self._caches.edition(scope, found["edition_hash"])
            return rows.to_round(found), edition, row["role"], name, row["kind"] == "device"

    def invited_to(self, token: Token) -> str:
        """Id of the round a token invites to, also where it no longer works. InvitationUnknown."""
        with self._reading() as scope:
            return str(seating.invitation(scope, token)["round"])

    def join(self, token: Token, secret: Token, role: str = "", name: str = "", beside: bool = False) -> Seat:
        """Take a seat; from now on `secret` is the person. InvitationUnknown …, RoleUnknown, ParticipantNameMissing, RoomFull.

        See `seating.join` for what becomes of the person's other devices.
        """
        with self._writing() as scope:
            return seating.join(scope, self._caches, token, secret, role, name, beside)

    def another_device(self, secret: Token, token: Token) -> None:
        """Keep an invitation from a seat to the same person's other device. SeatUnknown, SeatEnded, RoundClosed."""
        with self._writing() as scope:
            seating.another_device(scope, secret, token)

    def take_role(self, secret: Token, role: str) -> Seat:
        """Another role, before the first answer. RoleFixed, RoleUnknown, SeatUnknown, SeatEnded, VoteOver."""
        with self._writing() as scope:
            return booth.take_role(scope, self._caches, secret, role)

    def remove_participant(self, round_id: str, respondent: str, by: str) -> None:
        """Take a person out of a round. RoundClosed, RespondentUnknown."""
        who = checks.short(by)
        with self._writing() as scope:
            booth.remove(scope, self._caches, round_id, respondent, who)

    # --- votes

    def ballot(self, secret: Token) -> booth.Sheet:
        """The ballot of one seat: its own votes and nobody else's. SeatUnknown, SeatEnded."""
        with self._reading() as scope:
            return booth.sheet(scope, self._caches, secret)

    def stands(self, secret: Token) -> standing.Stands:
        """Where the vote of a seat stands: one small question. SeatUnknown, SeatEnded."""
        with self._reading() as scope:
            return standing.stands(scope, secret)

    def cast(
        self,
        secret: Token,
        indicator: str,
        based_on: int | None,
        key: str,
        amend: booth.Amend,
        meant: Ballot | None = None,
        of: str | None = None,
    ) -> Recorded:
        """Keep one vote durably before returning. See `booth.cast`. StaleAnswer and the errors named there."""
        short = checks.short(key)
        with self._writing() as scope:
            result = booth.cast(scope, self._caches, secret, indicator, based_on, short, amend, meant, of)
        if isinstance(result, StaleAnswer):
            raise result
        return result

    def enter(self, token: Token, votes: Sequence[tuple[Answer, str]], file: str, by: str) -> Seat:
        """Votes from a paper ballot with their keys, all or none, by the personal token on it; `file`: its SHA-256. See `booth.enter`."""
        who, kept = checks.short(by), [(said, checks.short(key)) for said, key in votes]
        with self._writing() as scope:
            return booth.enter(scope, self._caches, token, kept, checks.short(file), who)

    def revealed(self, round_id: str) -> Revealed:
        """The revealed votes of a round, as they may be seen. VotesSecret while none is."""
        with self._reading() as scope:
            return votes.revealed(scope, self._caches, round_id)

    def comments(self, round_id: str, indicator: str | None = None) -> tuple[Comment, ...]:
        """What people wrote beside revealed votes; per group in an anonymous round. VotesSecret."""
        with self._reading() as scope:
            return votes.comments(scope, self._caches, round_id, indicator)

    def evidenced(self, round_id: str) -> dict[str, frozenset[Level]]:
        """By indicator the levels somebody gave evidence for. VotesSecret."""
        with self._reading() as scope:
            return votes.evidenced(scope, self._caches, round_id)

    def flags(self, round_id: str, sides: Sides, ballot: Ballot = "first") -> tuple[Flag, ...]:
        """The lens on the raters of a revealed ballot. VotesSecret."""
        with self._reading() as scope:
            return votes.flags(scope, self._caches, round_id, sides, ballot)

    # --- decisions and roles

    def decide(
        self,
        round_id: str,
        answer: Answer,
        *,
        based_on: int | None,
        key: str,
        reason: str,
        dissent: Sequence[Dissent],
        idea: str,
        by: str,
    ) -> Decision:
        """Write the agreed answer and the decision beside it. `based_on`: the agreed answer that was seen. StaleDecision, RoundClosed."""
        words = {
            "reason": checks.storable(reason),
            "dissent": [Dissent(checks.short(each.who), checks.storable(each.why)) for each in dissent],
            "idea": checks.storable(idea),
            "by": checks.short(by),
        }
        kept, short = checks.answer_text(answer), checks.short(key)
        with self._writing() as scope:
            result = decisions.decide(scope, self._caches, round_id, kept, based_on, short, words)
        if isinstance(result, StaleDecision):
            raise result
        return result

    def decisions(self, round_id: str) -> tuple[Decision, ...]:
        """All decisions of a round, oldest first. RoundDamaged for a closed round that changed."""
        return self._recalled(
            f"decisions:{round_id}", lambda scope: decisions.listed(scope, self._caches, round_id)
        )

    def own_roles(self) -> tuple[OwnRole, ...]:
        """The organisation's own roles, also hidden ones."""
        return self._recalled("own_roles", own_roles.every)

    def add_role(
        self, name: str, stands: Literal["executive", "field"] | None, by: str, taken: Sequence[str] = ()
    ) -> OwnRole:
        """A further role for open rounds and those to come, named unlike `taken` ones. RoleNameMissing, RoleNameTaken."""
        who = checks.short(by)
        with self._writing() as scope:
            return own_roles.add(scope, name, stands, who, taken)

    def hide_role(self, role_id: str, by: str) -> None:
        """No longer offer a role; where it was used it stays. RoleUnknown."""
        who = checks.short(by)
        with self._writing() as scope:
            own_roles.hide(scope, role_id, who)
