"""A target is reached at it or above; without a level or a target nothing is counted."""

from __future__ import annotations

from collections.abc import Callable

from dxassess.assessment.reached import Reached, reached
from dxassess.assessment.scoring import score
from dxassess.catalogue.model import Edition


def test_targets_reached_are_counted_among_items_with_both(framework: Callable[..., Edition]) -> None:
    edition = framework({"id": "all", "items": ["1", "2", "3", "4", "5"]})
    today = score(edition, {"t.1": [3], "t.2": [2], "t.3": [4], "t.4": [1]})
    targets = score(edition, {"t.1": [3], "t.2": [3], "t.3": [2, 3], "t.5": [0]})
    every = [item.id for item in edition.scored]
    assert reached(today, targets, every) == Reached(2, 3)
    assert reached(today, targets, ["t.2"]) == Reached(0, 1)
    assert reached(today, targets, ["t.4"]) == Reached(0, 0)
