"""What may go wrong with a round, its respondents and roles."""

from __future__ import annotations

from dxassess.errors.base import DxAssessError


class RoundError(DxAssessError):
    """Something about a round."""


class RoundUnknown(RoundError):
    """values: round."""


class RoundClosed(RoundError):
    """values: title, by, when."""


class RoundNotClosed(RoundError):
    """values: title."""


class RoundChanged(RoundError):
    """Somebody else closed, reopened or renamed it first. values: title, by, when."""


class RoundDamaged(RoundError):
    """The content of a closed round no longer fits its stored hash. values: title."""


class RoundReasonMissing(RoundError):
    """values: title."""


class RoundTitleMissing(RoundError):
    """No values."""


class RoundDateUnlikely(RoundError):
    """values: date, earliest, latest."""


class RespondentUnknown(RoundError):
    """values: respondent."""


class RoleUnknown(RoundError):
    """values: role, allowed."""


class RoleNameMissing(RoundError):
    """No values."""


class RoleNameTaken(RoundError):
    """values: name."""


class MinimumTooSmall(RoundError):
    """The smallest group an anonymous round shows can only be raised. values: minimum, least."""
