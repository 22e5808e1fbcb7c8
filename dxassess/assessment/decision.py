"""What a room agreed on, and how it got there: the decision beside the agreed answer. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dxassess.assessment.model import Recorded


@dataclass(frozen=True, slots=True)
class Dissent:
    """Somebody who does not agree, in the words they choose to be named by (a name, a role), and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one indicator; the newest counts, none is ever changed.

    `answer` is the agreed answer that was written with it (level, target, evidence). `based_on` is the sequence of the
    agreed answer the person had read, None for none. `by` says who recorded it.
    """

    sequence: int
    answer: Recorded
    reason: str
    dissent: tuple[Dissent, ...]
    idea: str
    by: str
    based_on: int | None
    recorded: datetime

    @property
    def round(self) -> str:
        """Id of the round."""
        return self.answer.round

    @property
    def indicator(self) -> str:
        """Id of the indicator."""
        return self.answer.answer.indicator


def newest(decisions: tuple[Decision, ...]) -> dict[str, Decision]:
    """The newest decision by indicator."""
    return {each.indicator: each for each in sorted(decisions, key=lambda each: each.sequence)}
