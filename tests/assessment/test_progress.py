from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace

import pytest

from dxassess.assessment.model import State
from dxassess.assessment.progress import Point, change, series, since
from dxassess.assessment.scoring import Counts, Marks, score
from dxassess.catalogue.model import Edition


def _point(make: SimpleNamespace, value: Fraction | None, edition: str = "t") -> Point:
    return Point(make.round(1, edition), value, None, Counts(), Counts())


def test_a_series_has_a_point_per_round_in_the_order_given(
    framework: Callable[..., Edition], make: SimpleNamespace
) -> None:
    edition = framework({"id": "all", "items": ["1", "2"]})
    first = (make.round(1), score(edition, {"t.1": [1]}), score(edition, {}))
    second = (make.round(2), score(edition, {"t.1": [1], "t.2": [2]}), score(edition, {"t.1": [4]}))
    assert series([second, first], "all") == (
        Point(make.round(2), Fraction(3, 2), Fraction(4), Counts(n=2, m=2), Counts(n=1, m=2, not_answered=1)),
        Point(
            make.round(1), Fraction(1), None, Counts(n=1, m=2, not_answered=1), Counts(m=2, not_answered=2)
        ),
    )


def test_a_round_without_the_node_is_a_point_that_stands_on_nothing(make: SimpleNamespace) -> None:
    assert series([(make.round(1), {}, {})], "t.9") == (Point(make.round(1), None, None, Counts(), Counts()),)


def test_the_change_is_the_last_value_minus_the_one_before(make: SimpleNamespace) -> None:
    points = [_point(make, value) for value in (Fraction(5), Fraction(7, 3), Fraction(2))]
    assert change(points) == Fraction(-1, 3)
    assert change(points[:2]) == Fraction(-8, 3)


@pytest.mark.parametrize(
    "values",
    [
        [],
        [(Fraction(1), "t")],
        [(None, "t"), (Fraction(1), "t")],
        [(Fraction(1), "t"), (None, "t")],
        [(Fraction(1), "older"), (Fraction(2), "t")],
    ],
)
def test_without_two_values_of_one_edition_there_is_no_change(
    make: SimpleNamespace, values: list[tuple[Fraction | None, str]]
) -> None:
    assert change([_point(make, value, edition) for value, edition in values]) is None


@pytest.mark.parametrize(
    ("now", "before", "alike", "settled", "underway"),
    [
        ({"t.1": [2], "t.2": [4]}, {"t.1": [1], "t.2": [2]}, True, Fraction(3, 2), Fraction(3, 2)),
        ({"t.1": [5]}, {"t.1": [1], "t.2": [2]}, False, Fraction(7, 2), None),
        ({"t.2": [5]}, {"t.1": [1]}, False, Fraction(4), None),
        ({"t.1": [1], "t.2": [State.CANNOT_SAY]}, {"t.1": [1]}, True, Fraction(), Fraction()),
        ({"t.1": [1]}, {}, False, None, None),
        ({}, {"t.1": [1]}, False, None, None),
    ],
)
def test_while_answers_still_come_in_only_values_on_the_same_items_are_subtracted(
    framework: Callable[..., Edition],
    now: Marks,
    before: Marks,
    alike: bool,
    settled: object,
    underway: object,
) -> None:
    edition = framework({"id": "all", "items": ["1", "2"]})
    today, last = score(edition, now), score(edition, before)
    closed, running = (since(edition, today, last, "all", interim=interim) for interim in (False, True))
    assert closed.alike == running.alike == alike
    assert (closed.change, running.change) == (settled, underway)


def test_without_a_last_round_nothing_changed(framework: Callable[..., Edition]) -> None:
    edition = framework({"id": "all", "items": ["1", "2"]})
    found = since(edition, score(edition, {"t.1": [1]}), None, "all", interim=False)
    assert (found.last, found.alike, found.change) == (None, False, None)


def test_a_last_round_that_had_fewer_items_did_not_stand_on_the_same(
    framework: Callable[..., Edition],
) -> None:
    edition, older = framework({"id": "all", "items": ["1", "2"]}), framework({"id": "all", "items": ["1"]})
    last = score(older, {"t.1": [1]})
    assert since(edition, score(edition, {"t.1": [2]}), last, "all", interim=True).change == 1
    assert since(edition, score(edition, {"t.1": [2], "t.2": [2]}), last, "all", interim=True).change is None
