"""Every error a person may meet.

A class carries values; its sentence (place, fact, next step) lives in `text/` under `error.<ClassName>`, in both languages.
The root stands in `base`, those of answers, rounds, storage, voting, planning, a small start, effects, rhythm and forms in modules
of these names.

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
    │   ├── ActionAmountUnlikely  ActionDayUnlikely  ActionFinishedAhead
    │   └── ActionNotOfEdition  ActionLinkUnknown  ActionCycle  ActionUnknown  ActionChanged  ActionNoteMissing  ActionsRefused
    ├── IndicatorCycle  DayAhead
    ├── StartError
    │   ├── CandidateNameMissing  CandidateGradeOff  CandidateHoursUnlikely  CandidateUnknown  CandidateChanged
    │   └── WaveOff  WaveNoteMissing
    ├── FormError                  what keeps a workbook from becoming an edition, all in `form`
    ├── KpiError                   what cannot be measured, all in `effects`
    ├── RhythmError                a pulse or a planned round that cannot be, all in `rhythm`
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

from dxassess.errors.answers import (
    AnswerError,
    AnswerKeyTaken,
    AnswerUnknown,
    ConditionUnknown,
    IndicatorUnknown,
    LevelOffScale,
    MeasureNotUnderstood,
    ReasonUnknown,
    StaleAnswer,
    TextNotStorable,
    TextTooLong,
)
from dxassess.errors.asof import DayAhead
from dxassess.errors.base import DxAssessError, Problem, ProblemsError, printable, reason_of
from dxassess.errors.effects import KpiError
from dxassess.errors.form import FormError
from dxassess.errors.planning import (
    ActionAmountUnlikely,
    ActionChanged,
    ActionCostNegative,
    ActionCycle,
    ActionDatesReversed,
    ActionDayUnlikely,
    ActionError,
    ActionFinishedAhead,
    ActionLiftUnlikely,
    ActionLinkUnknown,
    ActionNoteMissing,
    ActionNotOfEdition,
    ActionReasonMissing,
    ActionsRefused,
    ActionTitleMissing,
    ActionUnknown,
    IndicatorCycle,
)
from dxassess.errors.rhythm import RhythmError
from dxassess.errors.rounds import (
    MinimumTooSmall,
    RespondentUnknown,
    RoleNameMissing,
    RoleNameTaken,
    RoleUnknown,
    RoundChanged,
    RoundClosed,
    RoundDamaged,
    RoundDateUnlikely,
    RoundError,
    RoundNotClosed,
    RoundReasonMissing,
    RoundTitleMissing,
    RoundUnknown,
)
from dxassess.errors.starting import (
    CandidateChanged,
    CandidateGradeOff,
    CandidateHoursUnlikely,
    CandidateNameMissing,
    CandidateUnknown,
    StartError,
    WaveNoteMissing,
    WaveOff,
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
    "ActionAmountUnlikely",
    "ActionChanged",
    "ActionCostNegative",
    "ActionCycle",
    "ActionDatesReversed",
    "ActionDayUnlikely",
    "ActionError",
    "ActionFinishedAhead",
    "ActionLiftUnlikely",
    "ActionLinkUnknown",
    "ActionNotOfEdition",
    "ActionNoteMissing",
    "ActionReasonMissing",
    "ActionTitleMissing",
    "ActionUnknown",
    "ActionsRefused",
    "AnswerError",
    "AnswerKeyTaken",
    "AnswerUnknown",
    "BackupElsewhere",
    "BallotNotUnderstood",
    "BallotTooLarge",
    "CandidateChanged",
    "CandidateGradeOff",
    "CandidateHoursUnlikely",
    "CandidateNameMissing",
    "CandidateUnknown",
    "ConditionUnknown",
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
    "DayAhead",
    "DiskFull",
    "DxAssessError",
    "FormError",
    "IndicatorCycle",
    "IndicatorUnknown",
    "InvitationEnded",
    "InvitationUnknown",
    "InvitationUsed",
    "KpiError",
    "LevelOffScale",
    "MeasureNotUnderstood",
    "MinimumTooSmall",
    "ParticipantNameMissing",
    "Problem",
    "ProblemsError",
    "ReasonUnknown",
    "RespondentUnknown",
    "RhythmError",
    "RoleFixed",
    "RoleNameMissing",
    "RoleNameTaken",
    "RoleUnknown",
    "RoomFull",
    "RoundChanged",
    "RoundClosed",
    "RoundDamaged",
    "RoundDateUnlikely",
    "RoundError",
    "RoundNotClosed",
    "RoundReasonMissing",
    "RoundTitleMissing",
    "RoundUnknown",
    "SeatEnded",
    "SeatUnknown",
    "SecondWriter",
    "SqliteTooOld",
    "StaleAnswer",
    "StaleDecision",
    "StartError",
    "StorageError",
    "TextNotStorable",
    "TextTooLong",
    "VoteNotAsked",
    "VoteNotOpen",
    "VoteOver",
    "VotesSecret",
    "VotingError",
    "WaveNoteMissing",
    "WaveOff",
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
