"""The strongest and the weakest indicators. Ties stand in the order of the tree."""

from __future__ import annotations

from fractions import Fraction

from dxassess.assessment.scoring import NodeScore, Scores
from dxassess.catalogue.model import Edition


def strongest(edition: Edition, scores: Scores, k: int) -> tuple[NodeScore, ...]:
    """The `k` indicators with the highest values, highest first; fewer when fewer have a value."""
    return tuple(node for _, node in sorted(_valued(edition, scores), key=lambda pair: -pair[0])[:k])


def weakest(edition: Edition, scores: Scores, k: int) -> tuple[NodeScore, ...]:
    """The `k` indicators with the lowest values, lowest first; fewer when fewer have a value."""
    return tuple(node for _, node in sorted(_valued(edition, scores), key=lambda pair: pair[0])[:k])


def _valued(edition: Edition, scores: Scores) -> list[tuple[Fraction, NodeScore]]:
    nodes = [scores[indicator.id] for indicator in edition.scored]
    return [(node.value, node) for node in nodes if node.value is not None]
