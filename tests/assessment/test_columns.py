from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from dxassess.assessment.columns import columns
from dxassess.assessment.histogram import Cell
from dxassess.catalogue.model import Edition, Scale


@pytest.fixture(scope="module")
def scale(framework: Callable[..., Edition]) -> Scale:
    return framework({"id": "all", "items": ["1", "2"]}, scale=[0, 1, 2]).scale


def cell(
    role: str, counts: Sequence[int], ballot: str = "first", indicator: str = "t.1", **more: int
) -> Cell:
    rest = {"cannot_say": 0, "not_applicable": 0, **more}
    return Cell(ballot, role, indicator, "current", tuple(counts), **rest)  # type: ignore[arg-type]


def test_each_role_is_a_column_in_the_order_asked_for_and_others_behind_it(scale: Scale) -> None:
    found = columns([cell("b", [1, 0, 0]), cell("it", [0, 2, 0]), cell("a", [0, 0, 1])], [], scale, ["it"])
    assert [each.role for each in found] == ["it", "a", "b"]
    assert [each.mean for each in found] == [1, 2, 0]
    assert all(each.before is None and each.mean_before is None for each in found)
    assert found[0].left == (0, 0, 0)


def test_after_a_second_vote_each_column_says_what_stands_now_and_what_stood_there(scale: Scale) -> None:
    (found,) = columns([cell("it", [2, 1, 0])], [cell("it", [0, 1, 2], "second")], scale)
    assert (found.now, found.before) == ((0, 1, 2), (2, 1, 0))
    assert (found.mean, found.mean_before) == (Fraction(5, 3), Fraction(1, 3))
    assert found.left == (2, 0, 0)


def test_a_wider_group_of_the_second_vote_stands_beside_all_it_holds(scale: Scale) -> None:
    before = [cell("a", [1, 2, 0]), cell("b+c", [0, 1, 3]), cell("d", [5, 0, 0])]
    (found,) = columns(before, [cell("a+b+c", [0, 3, 4], "second")], scale)
    assert found.before == (1, 3, 3)


def test_somebody_who_votes_only_the_second_time_had_nothing_before(scale: Scale) -> None:
    (found,) = columns([], [cell("it", [0, 1, 0], "second", cannot_say=2, not_applicable=1)], scale)
    assert (found.before, found.mean_before) == ((0, 0, 0), None)
    assert (found.cannot_say, found.not_applicable) == (2, 1)


def test_without_votes_there_are_no_columns(scale: Scale) -> None:
    assert columns([], [], scale) == ()


def test_cells_of_several_indicators_are_refused(scale: Scale) -> None:
    with pytest.raises(ValueError):
        columns([cell("it", [1, 0, 0]), cell("it", [1, 0, 0], indicator="t.2")], [], scale)
