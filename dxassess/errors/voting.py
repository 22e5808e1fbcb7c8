"""What may go wrong in voting. None of these carries a token, a vote or who voted."""

from __future__ import annotations

from dxassess.errors.base import DxAssessError


class VotingError(DxAssessError):
    """Something about voting. None of these carries a token, a vote or who voted."""


class InvitationUnknown(VotingError):
    """Never given out, of another organisation, guessed or cut off. No values."""


class InvitationEnded(VotingError):
    """Taken back by the facilitator, or its round is closed. No values."""


class InvitationUsed(VotingError):
    """A personal link that was opened before. No values."""


class SeatUnknown(VotingError):
    """This device holds no ballot. No values."""


class SeatEnded(VotingError):
    """The person was taken out, or went on with a newer link. No values."""


class RoomFull(VotingError):
    """values: limit."""


class VoteNotOpen(VotingError):
    """The vote has not begun, or only another round's has. No values."""


class VoteOver(VotingError):
    """The votes are revealed, or the round is closed. No values."""


class VoteNotAsked(VotingError):
    """The second vote does not ask this indicator. values: indicator."""


class VotesSecret(VotingError):
    """Votes are asked for before they are revealed. values: title."""


class ParticipantNameMissing(VotingError):
    """A named round asks for a name. No values."""


class BallotNotUnderstood(VotingError):
    """What a ballot sent is not what a ballot sends. No values."""


class BallotTooLarge(VotingError):
    """What a ballot sent is larger than any ballot. No values."""


class RoleFixed(VotingError):
    """The role stays once something was answered. No values."""


class WorkshopMissing(VotingError):
    """values: title."""


class WorkshopChanged(VotingError):
    """Somebody else took this step, or another one, first. values: title, by, when."""


class StaleDecision(VotingError):
    """Somebody else decided, or changed the agreed answer, since it was read. values: indicator, by, when.

    `newer` is what stands now: the newest decision, None where only the agreed answer was changed.
    """

    def __init__(self, newer: object = None, **values: object) -> None:
        self.newer = newer
        super().__init__(**values)
