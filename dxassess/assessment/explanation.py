"""How a number was made: the parts it is computed from, what was left out, and the sum itself."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dxassess.assessment.model import State
from dxassess.assessment.scoring import Counts, NodeScore, Scores, aggregated, operands
from dxassess.catalogue.model import Bilingual, Edition, Over

Formula = Literal["mean", "weighted_mean", "sum", "min", "levels"]


@dataclass(frozen=True, slots=True)
class Part:
    """A node that entered a number, or was left out: then `state` says why and `value` is None."""

    id: str
    code: str | None
    title: Bilingual
    value: Fraction | None
    weight: Fraction
    state: State


@dataclass(frozen=True, slots=True)
class Explanation:
    """`value` = `total` / `weights`, both made from `parts` by `formula`; `weights` is 0 when there are no parts.

    `total` is the sum of the parts' values (of value × weight for `weighted_mean`, the least value for `min`) and
    `weights` what it is divided by: the number of parts, the sum of their weights, or 1 for `sum` and `min`.
    An indicator is explained by `levels`: its own value, the mean of the levels its voices gave. `over` is None there.
    """

    node: NodeScore
    formula: Formula
    over: Over | None
    parts: tuple[Part, ...]
    left_out: tuple[Part, ...]
    total: Fraction
    weights: Fraction
    value: Fraction | None


def explain(scores: Scores, edition: Edition, node: str) -> Explanation:
    """How the value of `node` (a section id or an indicator id in `scores`) was made. KeyError for an unknown node."""
    scored = scores[node]
    section = edition.sections.get(node)
    if section is None:
        return _explanation(scored, "levels", None, [scored])
    return _explanation(scored, section.aggregate, section.over, operands(edition, section, scores))


def _explanation(node: NodeScore, formula: Formula, over: Over | None, nodes: list[NodeScore]) -> Explanation:
    parts = [_part(operand) for operand in nodes]
    used = [(part.value, part.weight) for part in parts if part.value is not None]
    total, weights = aggregated("mean" if formula == "levels" else formula, used)
    return Explanation(
        node,
        formula,
        over,
        tuple(part for part in parts if part.value is not None),
        tuple(part for part in parts if part.value is None),
        total,
        weights,
        total / weights if used else None,
    )


def _part(node: NodeScore) -> Part:
    return Part(node.id, node.code, node.title, node.value, node.weight, state_of(node.counts))


def state_of(counts: Counts) -> State:
    """Where an indicator stands, by what it counts as."""
    if counts.n:
        return State.ANSWERED
    if counts.not_answered:
        return State.OPEN
    return State.CANNOT_SAY if counts.cannot_say else State.NOT_APPLICABLE
