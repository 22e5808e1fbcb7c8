from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxassess.assessment.explanation import Explanation, explain
from dxassess.assessment.model import State
from dxassess.assessment.scoring import Mark, score
from dxassess.catalogue.model import Edition

CHILDREN = [
    {"id": "a", "aggregate": "weighted_mean", "weight": 3, "items": ["1", "2"]},
    {"id": "b", "items": ["3"]},
    {"id": "c", "items": ["4"]},
    {"id": "d", "items": ["5"]},
]
MARKS: dict[str, list[Mark]] = {
    "t.1": [4],
    "t.2": [1],
    "t.3": [State.CANNOT_SAY],
    "t.4": [State.NOT_APPLICABLE],
}


def _explain(framework: Callable[..., Edition], node: str, **root: Any) -> Explanation:
    edition = framework({"id": "all", "sections": CHILDREN, **root}, weights={"1": 2})
    return explain(score(edition, MARKS), edition, node)


def _recomputed(found: Explanation) -> Fraction | None:
    """The value again, from the parts alone."""
    values = [part.value for part in found.parts if part.value is not None]
    if not values:
        return None
    if found.formula == "min":
        return sorted(values)[0]
    if found.formula == "sum":
        return sum(values, Fraction())
    if found.formula == "weighted_mean":
        weighed = sum(
            (part.value * part.weight for part in found.parts if part.value is not None), Fraction()
        )
        return weighed / sum((part.weight for part in found.parts), Fraction())
    return sum(values, Fraction()) / len(values)


def test_a_mean_is_explained_by_its_parts_and_what_was_left_out(framework: Callable[..., Edition]) -> None:
    found = _explain(framework, "all", over="items")
    assert (found.formula, found.over, found.total, found.weights, found.value) == (
        "mean",
        "items",
        5,
        2,
        Fraction(5, 2),
    )
    assert [(part.code, part.value) for part in found.parts] == [("1", 4), ("2", 1)]
    assert [(part.code, part.state) for part in found.left_out] == [
        ("3", State.CANNOT_SAY),
        ("4", State.NOT_APPLICABLE),
        ("5", State.OPEN),
    ]


def test_a_weighted_mean_shows_the_weights_it_divides_by(framework: Callable[..., Edition]) -> None:
    found = _explain(framework, "a")
    assert [(part.value, part.weight) for part in found.parts] == [(4, 2), (1, 1)]
    assert (found.total, found.weights, found.value) == (9, 3, 3)


def test_sections_left_out_say_why(framework: Callable[..., Edition]) -> None:
    found = _explain(framework, "all", aggregate="sum")
    assert [(part.id, part.state) for part in found.parts] == [("a", State.ANSWERED)]
    assert [(part.id, part.state) for part in found.left_out] == [
        ("b", State.CANNOT_SAY),
        ("c", State.NOT_APPLICABLE),
        ("d", State.OPEN),
    ]


def test_a_minimum_is_its_least_part(framework: Callable[..., Edition]) -> None:
    found = _explain(framework, "all", over="items", aggregate="min")
    assert (found.formula, found.total, found.weights, found.value) == ("min", 1, 1, 1)


def test_an_indicator_is_explained_by_its_levels(framework: Callable[..., Edition]) -> None:
    found = _explain(framework, "t.1")
    assert (found.formula, found.over, found.value) == ("levels", None, 4)
    assert [part.id for part in found.parts] == ["t.1"]


def test_a_node_without_value_is_explained_by_what_is_missing(framework: Callable[..., Edition]) -> None:
    found = _explain(framework, "b")
    assert (found.value, found.total, found.weights, found.parts) == (None, 0, 0, ())
    assert [part.code for part in found.left_out] == ["3"]


def test_an_unknown_node_is_not_explained(framework: Callable[..., Edition]) -> None:
    with pytest.raises(KeyError):
        _explain(framework, "nothing")


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["mean", "weighted_mean", "sum", "min"]),
    st.sampled_from(["children", "items"]),
    st.lists(
        st.lists(st.one_of(st.integers(0, 5), st.just(State.CANNOT_SAY)), max_size=3), min_size=5, max_size=5
    ),
)
def test_the_parts_recompute_to_the_value_of_every_node(
    framework: Callable[..., Edition], aggregate: str, over: str, said: list[list[Mark]]
) -> None:
    edition = framework(
        {"id": "all", "aggregate": aggregate, "over": over, "sections": CHILDREN}, weights={"1": 2, "3": 0.7}
    )
    scores = score(edition, {f"t.{number}": marks for number, marks in enumerate(said, start=1)})
    for id_, node in scores.items():
        found = explain(scores, edition, id_)
        assert found.node == node
        assert found.value == node.value == _recomputed(found)
        assert len(found.parts) + len(found.left_out) >= 1
        if found.parts:
            assert found.value == found.total / found.weights
