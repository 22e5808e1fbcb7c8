"""The parts a change of a number is taken apart into: what a side, a part and what goes into a part are."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from dxassess.assessment.composition import By, Voices
from dxassess.assessment.scoring import Scores
from dxassess.catalogue.model import Edition, Indicator

Kind = Literal["revision", "not_applicable", "unanswered", "moved", "who", "answered", "applicable", "added"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Reason = Literal["open", "cannot_say", "not_applicable", "unseen", "gone", "came", "weight", "new"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rounds: its scores under its own edition.

    `voices` are the levels behind the scores where several people gave them, None for one agreed voice. `unseen`: indicators
    whose votes may not be shown, so that nobody can say whether they were answered.
    """

    edition: Edition
    scores: Scores
    voices: Voices | None = None
    unseen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Input:
    """An indicator inside a part: its level in either round (None where it has none), its weight (None where it does not
    count) and why it is here.

    `by`: how much of its level's change belongs to this part, and `effect` how much that alone moved the node; both None where
    the indicators of a part only work together. `told`: by what changed minds were told from who answered, None where they were
    not; `people`: how many people answered the indicator in both rounds, 0 where that is not known.
    """

    indicator: Indicator
    before: Fraction | None
    after: Fraction | None
    weight: Fraction | None
    reason: Reason | None = None
    by: Fraction | None = None
    effect: Fraction | None = None
    told: By | None = None
    people: int = 0

    @property
    def share(self) -> Fraction | None:
        """What the node moves by per level of this indicator; None where nothing of its level belongs to the part."""
        return self.effect / self.by if self.effect is not None and self.by else None


@dataclass(frozen=True, slots=True)
class Part:
    """One reason: it takes the node from `before` to `after`."""

    kind: Kind
    before: Fraction
    after: Fraction
    inputs: tuple[Input, ...]

    @property
    def change(self) -> Fraction:
        return self.after - self.before
