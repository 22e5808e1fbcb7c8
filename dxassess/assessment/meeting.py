"""Where minds met: the first vote against the second, and the recognition gap from round to round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dxassess.assessment.model import Round
from dxassess.assessment.recognition import ItemRecognition, Recognition, RecognitionSummary

Outcome = Literal["met", "unchanged", "parted"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """First against second vote on one indicator, in levels.

    `first` and `second` are the mean pairwise differences, `change` is second − first: below 0 minds met. `moved` is the
    second mean level − the first. None where a ballot has too few votes (two, for `moved` one). `votes` of both ballots
    stand beside it: a change in who voted is no meeting of minds.
    """

    indicator: str
    votes: tuple[int, int]
    first: Fraction | None
    second: Fraction | None
    change: Fraction | None
    moved: Fraction | None

    @property
    def outcome(self) -> Outcome | None:
        """Whether the difference shrank; None when it cannot be told."""
        if self.change is None:
            return None
        return "met" if self.change < 0 else "parted" if self.change > 0 else "unchanged"


@dataclass(frozen=True, slots=True)
class RecognitionPoint:
    """The recognition gap of one round. `summary` is None for a round without two votes on anything."""

    round: Round
    summary: RecognitionSummary | None


def meetings(first: Recognition, second: Recognition) -> tuple[Meeting, ...]:
    """First against second vote of one edition for every indicator with a second vote, in the order of the tree."""
    pairs = zip(first.items, second.items, strict=True)
    return tuple(_meeting(before, after) for before, after in pairs if after.everyone.n)


def series(rounds: Sequence[tuple[Round, Recognition]]) -> tuple[RecognitionPoint, ...]:
    """One point per round, in the order given."""
    return tuple(RecognitionPoint(held, found.summary if found.summary.n else None) for held, found in rounds)


def change(points: Sequence[RecognitionPoint]) -> Fraction | None:
    """The last round's mean pairwise difference minus that of the round before; below 0 the company grows together.

    None with fewer than two points, without votes in either, and between different editions.
    """
    if len(points) < 2 or points[-2].round.edition != points[-1].round.edition:
        return None
    before, last = points[-2].summary, points[-1].summary
    return _minus(last.mean, before.mean) if before and last else None


def _meeting(before: ItemRecognition, after: ItemRecognition) -> Meeting:
    first, second = before.differences, after.differences
    return Meeting(
        after.indicator,
        (first.votes, second.votes),
        first.mean,
        second.mean,
        _minus(second.mean, first.mean),
        _minus(after.everyone.mean, before.everyone.mean),
    )


def _minus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other
