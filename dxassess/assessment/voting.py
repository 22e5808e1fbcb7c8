"""A workshop in a round: which vote is open, which votes may be read, who takes part. Values only.

first (the first vote is open and secret) → talk (it is revealed) → second (a second vote is open and secret) → done
(that one is revealed too). A workshop may end after the talk; then there is no second vote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dxassess.assessment.model import AGREED, Ballot

Phase = Literal["first", "talk", "second", "done"]
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
    """Where the workshop of a round stands. `version` rises with every step.

    `groups` are the roles shown together in an anonymous round, fixed at the first reveal; None before, and in named rounds.
    """

    round: str
    phase: Phase
    version: int
    opened: datetime
    groups: tuple[tuple[str, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Turnout:
    """What may be known of a vote before it is revealed: how many of a role are there, and how far they are."""

    role: str
    people: int
    started: int
    answers: int


def open_ballot(workshop: Workshop | None) -> Ballot | None:
    """The vote that takes answers now; None where none does."""
    return None if workshop is None else _OPEN[workshop.phase]


def readable(workshop: Workshop | None) -> frozenset[Ballot]:
    """The ballots anybody may read: what was agreed always, a vote only once it is revealed."""
    revealed = () if workshop is None else _REVEALED[workshop.phase]
    return frozenset((AGREED, *revealed))
