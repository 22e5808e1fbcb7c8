"""Why a number moved between two rounds: a chain of values, each step one reason, that adds up to the difference exactly.

The order of the steps is fixed. Every step changes one thing and values the node anew, so the steps telescope whatever the
aggregate is; for means and sums the order inside a step makes no difference, for a minimum it does.

1. `revision`: the earlier answers under the later revision of the edition: indicators gone, moved or weighted otherwise.
2. `not_applicable`: what no longer applies is taken out.
3. `unanswered`: what has no level any more is taken out. Here stands the earlier like-for-like value.
4. `moved`: indicators that have a level in both, one after another in the order of the form.
5. `who`: what of their change is due to who answered (only where several people answer). The later like-for-like value.
6. `answered`: what had no level before comes in.
7. `applicable`: what did not apply before comes in.
8. `added`: indicators that the later revision asks for the first time.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dxassess.assessment.composition import By
from dxassess.assessment.parts import KINDS, Input, Kind, Part, Reason, Side
from dxassess.assessment.scoring import NodeScore
from dxassess.assessment.walk import Walk, below
from dxassess.catalogue.model import Indicator

__all__ = [
    "KINDS",
    "Alike",
    "Input",
    "Kind",
    "Movement",
    "Part",
    "Reason",
    "Side",
    "Why",
    "below",
    "movement",
]

Why = Literal["edition", "scale", "node", "node_after", "before", "after", "common"]


@dataclass(frozen=True, slots=True)
class Alike:
    """The node over the `n` indicators that have a level in both rounds, under the later edition; `still` of them did not move."""

    before: Fraction
    after: Fraction
    n: int
    still: int

    @property
    def change(self) -> Fraction:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Movement:
    """A node in two rounds. `why_not`: why it cannot be taken apart; then there are no parts and no `alike`.

    `told_by`: how changed minds were told from who answered; `voice`: both rounds speak with one voice, so who answered is nothing
    by definition; None: they cannot be told apart at all. `both`: how many people answered in both rounds, where they are
    known. `untold`: indicators that moved and whose groups may not be told apart; their whole change stands under `moved`.
    """

    node: str
    before: NodeScore | None
    after: NodeScore | None
    why_not: Why | None
    parts: tuple[Part, ...] = ()
    alike: Alike | None = None
    told_by: By | Literal["voice"] | None = None
    both: int = 0
    untold: tuple[Indicator, ...] = ()

    @property
    def change(self) -> Fraction | None:
        """The later value − the earlier; None where they are never subtracted, or one of them is missing."""
        if self.why_not not in (None, "common") or self.before is None or self.after is None:
            return None
        then, now = self.before.value, self.after.value
        return None if then is None or now is None else now - then

    @property
    def largest(self) -> tuple[Part, ...]:
        """The parts that moved the value most, up or down, in their order: several where they moved it equally far."""
        most = max((abs(part.change) for part in self.parts), default=Fraction())
        return tuple(part for part in self.parts if most and abs(part.change) == most)

    def of(self, *kinds: Kind) -> tuple[Part, ...]:
        """The parts of these kinds, in their order."""
        return tuple(part for part in self.parts if part.kind in kinds)

    def total(self, *kinds: Kind) -> Fraction:
        """What the parts of these kinds add up to."""
        return sum((part.change for part in self.of(*kinds)), Fraction())


def movement(before: Side, after: Side, node: str) -> Movement:
    """How a node (a section or an indicator, by id) came from its value in one round to that in a later one.

    Rounds of different editions or scales are never subtracted; the parts of all others add up to the difference exactly.
    """
    then, now = before.scores.get(node), after.scores.get(node)
    why_not = _why_not(before, after, then, now)
    if why_not is not None:
        return Movement(node, then, now, why_not)
    walk = Walk(before, after, node)
    if not walk.kept:
        return Movement(node, then, now, "common")
    walk.revise()
    walk.take_out()
    alike_before = walk.value
    walk.move()
    still = sum(walk.start[one] == walk.end[one] for one in walk.kept)
    alike = Alike(alike_before, walk.value, len(walk.kept), still)
    walk.bring_in()
    return Movement(node, then, now, None, tuple(walk.parts), alike, walk.by, walk.both, tuple(walk.untold))


def _why_not(before: Side, after: Side, then: NodeScore | None, now: NodeScore | None) -> Why | None:
    if before.edition.id != after.edition.id:
        return "edition"
    if before.edition.scale.values != after.edition.scale.values:
        return "scale"
    if then is None:
        return "node"
    if now is None:
        return "node_after"
    if then.value is None:
        return "before"
    return "after" if now.value is None else None
