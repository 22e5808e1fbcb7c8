"""The whole picture after a pulse: the newest full round's answers with those of the pulses, and of rounds for one section, since laid
over them.

What the last one did not ask is carried forward and says so; it is never counted as measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.model import Answer, Round, State
from dxassess.assessment.scoring import Scores, current_marks, score, target_marks
from dxassess.catalogue.model import Edition

Told = tuple[Round, Mapping[str, Answer]]
"""A round with its answers by indicator."""


@dataclass(frozen=True, slots=True)
class CarriedNode:
    """A node after a pulse. `measured`: indicators below it that have a level from this pulse; `sources`: for how many the level
    of an earlier round is carried forward, by that round, the newest first."""

    value: Fraction | None
    target: Fraction | None
    measured: int
    sources: tuple[tuple[Round, int], ...]

    @property
    def carried(self) -> int:
        """How many indicators below have a level that is carried forward."""
        return sum(count for _, count in self.sources)


@dataclass(frozen=True, slots=True)
class Carried:
    """The picture after a pulse: the newest `answers`, the `source` of each by indicator, every node of the tree."""

    held: Round
    answers: Mapping[str, Answer]
    source: Mapping[str, Round]
    today: Scores
    targets: Scores
    nodes: Mapping[str, CarriedNode]


def carried(edition: Edition, told: Sequence[Told]) -> Carried:
    """The picture of `edition` after the last of the rounds: a full one, those of a part after it in the order held.

    An indicator such a round asked but nobody answered keeps what was known. ValueError without a round.
    """
    if not told:
        raise ValueError(told)
    answers: dict[str, Answer] = {}
    source: dict[str, Round] = {}
    for held, said in told:
        for indicator, answer in said.items():
            if answer.state is not State.OPEN or indicator not in answers:
                answers[indicator], source[indicator] = answer, held
    today = score(edition, current_marks(answers.values()))
    targets = score(edition, target_marks(answers.values()))
    order = [held for held, _ in reversed(told)]
    nodes = {node: _node(edition, node, order, source, today, targets) for node in today}
    return Carried(order[0], answers, source, today, targets, nodes)


def _node(
    edition: Edition,
    node: str,
    order: Sequence[Round],
    source: Mapping[str, Round],
    today: Scores,
    targets: Scores,
) -> CarriedNode:
    section = edition.sections.get(node)
    items = [edition.by_code[code].id for code in section.codes()] if section else [node]
    often = Counter(source[item].id for item in items if today[item].value is not None)
    pulse, *earlier = order
    sources = tuple((held, often[held.id]) for held in earlier if often[held.id])
    return CarriedNode(today[node].value, targets[node].value, often[pulse.id], sources)
