"""A workshop in a round: which vote is open, which votes may be read, who takes part. Values only.

first (the first vote is open and secret) → talk (it is revealed) → second (a second vote is open and secret) → done
(that one is revealed too). A workshop may end after the talk; then there is no second vote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dxassess.assessment.model import AGREED, Ballot
from dxassess.catalogue.model import Level

Phase = Literal["first", "talk", "second", "done"]
MINIMUM = 3
"""The smallest group of people an anonymous round may be asked to show; a round may ask for more."""
InvitationKind = Literal["open", "personal"]
NEXT: dict[Phase, Phase | None] = {"first": "talk", "talk": "second", "second": "done", "done": None}

_OPEN: dict[Phase, Ballot | None] = {"first": "first", "talk": None, "second": "second", "done": None}
_REVEALED: dict[Phase, tuple[Ballot, ...]] = {
    "first": (),
    "talk": ("first",),
    "second": ("first",),
    "done": ("first", "second"),
}


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where the workshop of a round stands. `version` rises with every step of the phase.

    `groups` are the roles shown together in an anonymous round, fixed at the first reveal; None before, and in named
    rounds. `asked`: the ids of the indicators the second vote asks again; None for all. The board's memory: the indicator in
    `focus` since `focused` (UTC), the `minutes` of the whole talk, whether the `rule` from practice is on, and the
    `importance` the room gave to indicators (by id; 1 where nothing is said).
    """

    round: str
    phase: Phase
    version: int
    opened: datetime
    groups: tuple[tuple[str, ...], ...] | None = None
    asked: tuple[str, ...] | None = None
    focus: str | None = None
    focused: datetime | None = None
    minutes: int = 60
    rule: bool = True
    importance: Mapping[str, int] = field(default_factory=dict)

    def asks(self, indicator: str) -> bool:
        """Whether the vote that is open takes an answer to this indicator."""
        return self.phase == "first" or (
            self.phase == "second" and (self.asked is None or indicator in self.asked)
        )


@dataclass(frozen=True, slots=True)
class Turnout:
    """What may be known of a vote before it is revealed: how many of a role are there, and how far they are.

    `people` have joined, `started` of them gave at least one answer on the open ballot (after a reveal: on the newest
    revealed one), `answers` is the sum of their answers, `finished` of them answered everything that is asked. `invited`:
    personal invitations nobody has opened yet.
    """

    role: str
    people: int
    started: int
    answers: int
    finished: int = 0
    invited: int = 0

    @property
    def left(self) -> int:
        """How many of those who are there have not answered everything."""
        return self.people - self.finished

    @property
    def busy(self) -> int:
        """How many have begun and not answered everything."""
        return self.started - self.finished


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at the ballot, as far as their own device is told. `name` is empty in anonymous rounds."""

    round: str
    respondent: str
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who was invited or has joined, as the facilitator may see them: `name` is empty in anonymous rounds, and
    nothing says how far they are. `removed`: taken out by the facilitator."""

    id: str
    role: str
    name: str
    removed: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation to vote in a round, without its token, which nobody keeps. `used`: when a personal link was opened,
    None before and always in anonymous rounds. `respondent`, `role` and `name` belong to personal links."""

    id: str
    round: str
    kind: InvitationKind
    created: datetime
    used: datetime | None = None
    revoked: datetime | None = None
    respondent: str | None = None
    role: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A role an organisation added to those of the editions. `hidden`: no longer offered, still named where it was used."""

    id: str
    name: str
    stands: Literal["executive", "field"] | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote beside a vote. In anonymous rounds `level` and `name` are empty and `role` is a group of roles,
    or None where the group is too small to be named."""

    indicator: str
    ballot: Ballot
    role: str | None
    level: Level | None
    comment: str
    evidence: str
    name: str = ""


def everyone(there: Iterable[Turnout]) -> Turnout:
    """All roles together; `role` is empty."""
    numbers = [(one.people, one.started, one.answers, one.finished, one.invited) for one in there]
    return (
        Turnout("", *(sum(column) for column in zip(*numbers, strict=True)))
        if numbers
        else Turnout("", 0, 0, 0)
    )


def open_ballot(workshop: Workshop | None) -> Ballot | None:
    """The vote that takes answers now; None where none does."""
    return None if workshop is None else _OPEN[workshop.phase]


def readable(workshop: Workshop | None) -> frozenset[Ballot]:
    """The ballots anybody may read: what was agreed always, a vote only once it is revealed."""
    revealed = () if workshop is None else _REVEALED[workshop.phase]
    return frozenset((AGREED, *revealed))
