from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace

import pytest

from dxassess.assessment.distance import distance
from dxassess.assessment.scoring import Mark, score
from dxassess.catalogue.model import Edition, Threshold


@pytest.mark.parametrize(
    ("marks", "missing"),
    [
        ({"t.1": [2], "t.2": [3], "t.3": [3]}, Fraction(1, 3)),
        ({"t.1": [3], "t.2": [3]}, Fraction(0)),
        ({"t.1": [5]}, Fraction(-2)),
        ({}, None),
    ],
)
def test_the_distance_is_what_is_missing_to_the_line(
    framework: Callable[..., Edition],
    make: SimpleNamespace,
    marks: dict[str, list[Mark]],
    missing: Fraction | None,
) -> None:
    line = Threshold(id="leading", title=make.words("leading"), of="all", at_least=3, source="架空")
    assert distance(line, score(framework({"id": "all", "items": ["1", "2", "3"]}), marks)) == missing


def test_a_line_of_a_node_that_is_not_there_has_no_distance(make: SimpleNamespace) -> None:
    line = Threshold(id="leading", title=make.words("leading"), of="all", at_least=3, source="架空")
    assert distance(line, {}) is None
