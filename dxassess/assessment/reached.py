"""Targets: how many indicators have come to what was aimed at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dxassess.assessment.scoring import Scores


@dataclass(frozen=True, slots=True)
class Reached:
    """`n` of the `m` indicators that have both a level and a target are at their target or above it."""

    n: int
    m: int


def reached(today: Scores, targets: Scores, indicators: Iterable[str]) -> Reached:
    """The targets reached among these indicators (ids in both scores)."""
    pairs = [(today[one].value, targets[one].value) for one in indicators]
    both = [(level, target) for level, target in pairs if level is not None and target is not None]
    return Reached(sum(level >= target for level, target in both), len(both))
