"""Every error a person may meet.

A class carries values; its sentence (place, fact, next step) lives in `text/` under `error.<ClassName>`, in both languages.
The root stands in `base`, the errors of storage, voting and planning in `storage`, `voting` and `planning`.

    DxAssessError
    ├── CatalogueError
    │   ├── CatalogueProblems      one or more things wrong in a folder of YAML
    │   └── EditionUnknown
    ├── AnswerError
    │   ├── IndicatorUnknown  LevelOffScale  MeasureNotUnderstood  ReasonUnknown  ConditionUnknown
    │   └── TextTooLong  TextNotStorable  StaleAnswer  AnswerUnknown  AnswerKeyTaken
    ├── RoundError
    │   ├── RoundUnknown  RoundClosed  RoundNotClosed  RoundChanged  RoundDamaged
    │   ├── RoundReasonMissing  RoundTitleMissing  RoundDateUnlikely
    │   └── RespondentUnknown  RoleUnknown  RoleNameMissing  RoleNameTaken  MinimumTooSmall
    ├── VotingError
    │   ├── InvitationUnknown  InvitationEnded  InvitationUsed  SeatUnknown  SeatEnded  RoomFull
    │   ├── VoteNotOpen  VoteOver  VoteNotAsked  VotesSecret  ParticipantNameMissing  RoleFixed
    │   ├── BallotNotUnderstood  BallotTooLarge
    │   └── WorkshopMissing  WorkshopChanged  StaleDecision
    ├── ActionError
    │   ├── ActionTitleMissing  ActionDatesReversed  ActionCostNegative  ActionReasonMissing  ActionLiftUnlikely
    │   └── ActionNotOfEdition  ActionLinkUnknown  ActionCycle  ActionUnknown  ActionChanged  ActionNoteMissing  ActionsRefused
    ├── OrganisationError
    │   └── OrganisationUnknown  OrganisationNameMissing  OrganisationNameTaken
    ├── StorageError
    │   ├── DatabaseBusy  DatabaseReadOnly  DiskFull  DatabaseFolderMissing  DatabaseUnreachable
    │   ├── DatabaseNewer  DatabaseForeign  DatabaseReplaced  DatabaseDamaged  SecondWriter
    │   └── SqliteTooOld  BackupElsewhere  DatabaseAddressUnknown  DatabaseNotUtf8
    ├── SettingsError
    │   └── SettingNotUnderstood  PortTaken  SampleNeedsOwnDatabase
    └── ScoreSheetProblems  TableProblems   rows of a score sheet, of a table of actions or KPIs, that cannot be read
"""

from __future__ import annotations

from dxassess.errors.base import DxAssessError, Problem, ProblemsError, printable, reason_of
from dxassess.errors.planning import (
    ActionChanged,
    ActionCostNegative,
    ActionCycle,
    ActionDatesReversed,
    ActionError,
    ActionLiftUnlikely,
    ActionLinkUnknown,
    ActionNoteMissing,
    ActionNotOfEdition,
    ActionReasonMissing,
    ActionsRefused,
    ActionTitleMissing,
    ActionUnknown,
)
from dxassess.errors.storage import (
    BackupElsewhere,
    DatabaseAddressUnknown,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFolderMissing,
    DatabaseForeign,
    DatabaseNewer,
    DatabaseNotUtf8,
    DatabaseReadOnly,
    DatabaseReplaced,
    DatabaseUnreachable,
    DiskFull,
    SecondWriter,
    SqliteTooOld,
    StorageError,
)
from dxassess.errors.voting import (
    BallotNotUnderstood,
    BallotTooLarge,
    InvitationEnded,
    InvitationUnknown,
    InvitationUsed,
    ParticipantNameMissing,
    RoleFixed,
    RoomFull,
    SeatEnded,
    SeatUnknown,
    StaleDecision,
    VoteNotAsked,
    VoteNotOpen,
    VoteOver,
    VotesSecret,
    VotingError,
    WorkshopChanged,
    WorkshopMissing,
)

__all__ = [
    "ActionChanged",
    "ActionCostNegative",
    "ActionCycle",
    "ActionDatesReversed",
    "ActionError",
    "ActionLiftUnlikely",
    "ActionLinkUnknown",
    "ActionNotOfEdition",
    "ActionNoteMissing",
    "ActionReasonMissing",
    "ActionTitleMissing",
    "ActionUnknown",
    "ActionsRefused",
    "BackupElsewhere",
    "BallotNotUnderstood",
    "BallotTooLarge",
    "DatabaseAddressUnknown",
    "DatabaseBusy",
    "DatabaseDamaged",
    "DatabaseFolderMissing",
    "DatabaseForeign",
    "DatabaseNewer",
    "DatabaseNotUtf8",
    "DatabaseReadOnly",
    "DatabaseReplaced",
    "DatabaseUnreachable",
    "DiskFull",
    "DxAssessError",
    "InvitationEnded",
    "InvitationUnknown",
    "InvitationUsed",
    "ParticipantNameMissing",
    "Problem",
    "ProblemsError",
    "RoleFixed",
    "RoomFull",
    "SeatEnded",
    "SeatUnknown",
    "SecondWriter",
    "SqliteTooOld",
    "StaleDecision",
    "StorageError",
    "VoteNotAsked",
    "VoteNotOpen",
    "VoteOver",
    "VotesSecret",
    "VotingError",
    "WorkshopChanged",
    "WorkshopMissing",
    "printable",
    "reason_of",
]


class CatalogueError(DxAssessError):
    """Something about the folder of indicators."""


class CatalogueProblems(CatalogueError, ProblemsError):
    """The folder cannot be used as it is. values: folder."""


class EditionUnknown(CatalogueError):
    """values: edition, known."""


class AnswerError(DxAssessError):
    """An answer that cannot be kept as given."""


class IndicatorUnknown(AnswerError):
    """values: indicator, edition."""


class LevelOffScale(AnswerError):
    """values: value, allowed."""


class MeasureNotUnderstood(AnswerError):
    """values: value, unit, decimals."""


class ReasonUnknown(AnswerError):
    """values: reason, allowed."""


class ConditionUnknown(AnswerError):
    """values: condition, allowed."""


class TextTooLong(AnswerError):
    """values: length, limit."""


class TextNotStorable(AnswerError):
    """A character no export could carry: NUL, other control characters, half of a surrogate pair. values: character."""


class StaleAnswer(AnswerError):
    """Somebody else changed the same field since it was read. values: indicator."""


class AnswerUnknown(AnswerError):
    """values: sequence."""


class AnswerKeyTaken(AnswerError):
    """The key of this call already stands beside another answer. No values."""


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


class OrganisationError(DxAssessError):
    """Something about an organisation."""


class OrganisationUnknown(OrganisationError):
    """values: organisation."""


class OrganisationNameMissing(OrganisationError):
    """No values."""


class OrganisationNameTaken(OrganisationError):
    """values: name."""


class NotExpected(DxAssessError):
    """A fault of the program itself; `kind` finds it again in what the program printed. values: kind."""


class SettingsError(DxAssessError):
    """Something about the environment or the command line."""


class SettingNotUnderstood(SettingsError):
    """values: name, value, allowed."""


class SampleNeedsOwnDatabase(SettingsError):
    """The sample company is never put beside real data. values: place."""


class PortTaken(SettingsError):
    """Something else listens there already. values: port."""


class ScoreSheetProblems(ProblemsError):
    """Rows of a score sheet that cannot be read. values: file."""


class TableProblems(ProblemsError):
    """Rows of a table that cannot be read; nothing of it was taken. values: file."""
