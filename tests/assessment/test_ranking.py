from __future__ import annotations

from collections.abc import Callable

import pytest

from dxassess.assessment.model import State
from dxassess.assessment.ranking import strongest, weakest
from dxassess.assessment.scoring import Scores, score
from dxassess.catalogue.model import Edition


@pytest.fixture
def edition(framework: Callable[..., Edition]) -> Edition:
    return framework(
        {"id": "all", "sections": [{"id": "a", "items": ["1", "2", "3"]}, {"id": "b", "items": ["4", "5"]}]}
    )


@pytest.fixture
def scores(edition: Edition) -> Scores:
    return score(edition, {"t.1": [2], "t.2": [0, 1], "t.3": [State.CANNOT_SAY], "t.4": [2], "t.5": [0]})


def test_the_strongest_come_first_and_ties_stand_in_the_order_of_the_tree(
    edition: Edition, scores: Scores
) -> None:
    assert [node.code for node in strongest(edition, scores, 3)] == ["1", "4", "2"]


def test_the_weakest_come_first_and_zero_is_weaker_than_nothing_said(
    edition: Edition, scores: Scores
) -> None:
    assert [node.code for node in weakest(edition, scores, 3)] == ["5", "2", "1"]


def test_only_indicators_with_a_value_are_ranked(edition: Edition, scores: Scores) -> None:
    assert {node.code for node in strongest(edition, scores, 99)} == {"1", "2", "4", "5"}
    assert weakest(edition, score(edition, {}), 3) == ()
    assert strongest(edition, scores, 0) == ()
