"""How far a node is from a named line, such as 先行企業."""

from __future__ import annotations

from fractions import Fraction

from dxassess.assessment.scoring import Scores, exact
from dxassess.catalogue.model import Threshold


def distance(threshold: Threshold, scores: Scores) -> Fraction | None:
    """What is missing to the line, exactly: 0 or less when it is reached, None while the node has no value."""
    node = scores.get(threshold.of)
    return None if node is None or node.value is None else exact(threshold.at_least) - node.value
