from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import SimpleNamespace

import pytest

from dxassess.assessment.agreement import Furthest
from dxassess.assessment.histogram import Cell
from dxassess.assessment.meeting import Meeting, RecognitionPoint, change, meetings, series
from dxassess.assessment.model import AGREED, Ballot
from dxassess.assessment.recognition import Recognition, Sides, on_what, recognition, section_votes
from dxassess.assessment.reliability import alpha
from dxassess.catalogue.model import Edition

SIDES = Sides(frozenset({"management"}), frozenset({"it", "dx"}))
Said = Mapping[tuple[str, str], Sequence[int]]


@pytest.fixture(scope="module")
def edition(framework: Callable[..., Edition]) -> Edition:
    return framework(
        {"id": "all", "sections": [{"id": "x", "items": ["1", "2"]}, {"id": "y", "items": ["3"]}]},
        measures=["q"],
    )


def _cells(said: Said, ballot: Ballot = "first") -> list[Cell]:
    return [
        Cell(
            ballot, role, f"t.{code}", "current", tuple(list(levels).count(level) for level in range(6)), 1, 0
        )
        for (role, code), levels in said.items()
    ]


def _seen(edition: Edition, said: Said, ballot: Ballot = "first") -> Recognition:
    return recognition(edition, _cells(said, ballot), ballot, SIDES)


SPLIT: Said = {
    ("it", "1"): [1, 1, 2],
    ("management", "1"): [4, 4, 5],
    ("hr", "1"): [2, 2],
    ("management", "2"): [3, 3],
    ("it", "2"): [2, 4],
}


def test_every_indicator_is_there_in_the_order_of_the_tree_also_without_votes(edition: Edition) -> None:
    found = _seen(edition, SPLIT)
    assert [item.indicator for item in found.items] == ["t.1", "t.2", "t.3"]
    last = found.items[2]
    assert (last.roles, last.pairs, last.furthest, last.r_wg) == ((), (), None, None)
    assert (last.everyone.n, last.everyone.mean, last.everyone.low) == (0, None, None)
    assert last.differences.mean is None


def test_roles_stand_as_in_the_edition_and_further_ones_after_them(edition: Edition) -> None:
    assert [view.role for view in _seen(edition, SPLIT).items[0].roles] == ["management", "it", "hr"]


def test_a_role_is_seen_with_its_number_its_mean_and_its_spread(edition: Edition) -> None:
    management, it, _ = _seen(edition, SPLIT).items[0].roles
    assert (management.n, management.mean, management.low, management.high) == (3, Fraction(13, 3), 4, 5)
    assert (it.n, it.mean, it.low, it.high, it.cannot_say) == (3, Fraction(4, 3), 1, 2, 1)
    everyone = _seen(edition, SPLIT).items[0].everyone
    assert (everyone.n, everyone.mean, everyone.low, everyone.high) == (8, Fraction(21, 8), 1, 5)
    assert everyone.cannot_say == 3


def test_executives_minus_field_keeps_its_sign_and_needs_both(edition: Edition) -> None:
    first, second, third = (item.executive_minus_field for item in _seen(edition, SPLIT).items)
    assert (first, second, third) == (Fraction(3), Fraction(0), None)
    assert _seen(edition, {("hr", "1"): [1], ("it", "1"): [3]}).items[0].executive_minus_field is None
    assert _seen(edition, {("management", "1"): [1], ("it", "1"): [3]}).items[0].executive_minus_field == -2


def test_without_marked_roles_there_are_no_sides(edition: Edition) -> None:
    found = recognition(edition, _cells(SPLIT), "first", Sides())
    assert [item.executive_minus_field for item in found.items] == [None, None, None]


def test_a_group_of_roles_is_on_a_side_only_as_a_whole() -> None:
    assert SIDES.works("it+dx")
    assert not SIDES.works("it+hr")
    assert not SIDES.works("management+it")
    assert not SIDES.leads("management+it")


def test_groups_stand_where_their_first_role_stands(edition: Edition) -> None:
    found = _seen(edition, {("hr", "1"): [1], ("it+xx", "1"): [1], ("management", "1"): [2]})
    assert [view.role for view in found.items[0].roles] == ["management", "it+xx", "hr"]


def test_the_two_roles_furthest_apart_are_named_per_indicator_and_over_the_round(edition: Edition) -> None:
    found = _seen(edition, SPLIT)
    assert found.items[0].furthest == Furthest("management", "it", "excess", Fraction(3) - Fraction(2, 3))
    pairs = {(pair.first, pair.second): pair for pair in found.summary.pairs}
    both = pairs["management", "it"]
    assert (both.n, both.difference, both.distance, both.n_excess) == (2, Fraction(3, 2), Fraction(3, 2), 2)
    assert both.excess == (Fraction(7, 3) + (1 - Fraction(0 + 2, 2))) / 2
    assert found.summary.furthest is not None
    assert (found.summary.furthest.first, found.summary.furthest.second) == ("management", "hr")


def test_over_a_round_a_signed_difference_may_vanish_and_the_distance_does_not(edition: Edition) -> None:
    said = {("management", "1"): [5], ("it", "1"): [1], ("management", "2"): [1], ("it", "2"): [5]}
    (pair,) = _seen(edition, said).summary.pairs
    assert (pair.difference, pair.distance, pair.excess) == (0, 4, None)
    assert _seen(edition, said).summary.furthest == Furthest("management", "it", "difference", Fraction(4))


def test_roles_that_met_on_few_indicators_are_not_the_furthest_of_the_round(edition: Edition) -> None:
    near = {("management", code): [2, 2] for code in "123"} | {("it", code): [3, 3] for code in "123"}
    far = {("dx", "1"): [5, 5]}
    found = _seen(edition, near | far)
    assert found.items[0].furthest == Furthest("management", "dx", "excess", Fraction(3))
    assert found.summary.furthest == Furthest("management", "it", "excess", Fraction(1))


def test_roles_without_a_level_are_no_pair(edition: Edition) -> None:
    assert _seen(edition, {("management", "1"): [2, 2], ("it", "1"): []}).summary.pairs == ()


def test_the_summary_says_n_of_m_and_its_parts_add_up(edition: Edition) -> None:
    summary = _seen(edition, SPLIT).summary
    assert (summary.n, summary.m, summary.n_roles, summary.n_sides) == (2, 3, 2, 2)
    assert summary.within is not None
    assert summary.between is not None
    assert summary.mean == summary.within + summary.between
    assert summary.executive_minus_field == Fraction(3, 2)


def test_a_round_without_votes_has_an_empty_summary(edition: Edition) -> None:
    summary = _seen(edition, {}).summary
    assert (summary.n, summary.m, summary.mean, summary.pairs, summary.furthest) == (0, 3, None, (), None)


def test_only_the_asked_ballot_and_field_count(edition: Edition) -> None:
    target = Cell("first", "it", "t.1", "target", (0, 0, 0, 0, 0, 9), 0, 0)
    other = Cell("agreed", "organisation", "t.1", "current", (0, 0, 0, 0, 0, 1), 0, 0)
    assert recognition(edition, [*_cells(SPLIT), target, other], "first", SIDES) == _seen(edition, SPLIT)
    aimed = recognition(edition, [*_cells(SPLIT), target], "first", SIDES, "target")
    assert aimed.items[0].everyone.n == 9


def test_the_agreed_voice_is_no_view(edition: Edition) -> None:
    with pytest.raises(ValueError):
        recognition(edition, [], AGREED, SIDES)


def test_a_section_gives_its_histograms_to_alpha(edition: Edition) -> None:
    found = _seen(edition, SPLIT)
    assert section_votes(edition, found, "x") == ((0, 2, 3, 0, 2, 1), (0, 0, 1, 2, 1, 0))
    assert section_votes(edition, found, "all") == section_votes(edition, found, "x")
    assert section_votes(edition, found, "y") == ()
    assert alpha(section_votes(edition, found, "x")).items == 2


def test_on_what_two_roles_differ_most_is_told_widest_first(edition: Edition) -> None:
    found = _seen(edition, SPLIT | {("management", "3"): [1], ("it", "3"): [5]})
    assert [indicator for indicator, _ in on_what(found, "management", "it", 2)] == ["t.3", "t.1"]
    assert on_what(found, "dx", "hr", 2) == ()


def test_minds_met_where_the_difference_shrank(edition: Edition) -> None:
    first = _seen(
        edition, {("it", "1"): [1, 1], ("management", "1"): [5], ("it", "2"): [2, 2], ("it", "3"): [1, 3]}
    )
    later = {("it", "1"): [2, 2], ("management", "1"): [3], ("it", "2"): [2, 4], ("it", "3"): [3, 1]}
    met, parted, same = meetings(first, _seen(edition, later, "second"))
    assert met == Meeting("t.1", (3, 3), Fraction(8, 3), Fraction(2, 3), Fraction(-2), Fraction(0))
    assert (met.outcome, parted.outcome, same.outcome) == ("met", "parted", "unchanged")
    assert parted.moved == 1


def test_what_was_not_voted_on_again_is_no_meeting_and_too_few_votes_tell_nothing(edition: Edition) -> None:
    first = _seen(edition, {("it", "1"): [1, 1], ("it", "2"): [1]})
    (found,) = meetings(first, _seen(edition, {("it", "2"): [2, 3]}, "second"))
    assert (found.indicator, found.first, found.second, found.change, found.outcome) == (
        "t.2",
        None,
        1,
        None,
        None,
    )
    assert found.moved == Fraction(3, 2)


def test_over_rounds_the_company_grows_together_or_apart(edition: Edition, make: SimpleNamespace) -> None:
    wide, near, nobody = (_seen(edition, said) for said in ({("it", "1"): [0, 5]}, {("it", "1"): [2, 3]}, {}))
    points = series([(make.round(1), wide), (make.round(2), near)])
    assert series([(make.round(1), nobody)]) == (RecognitionPoint(make.round(1), None),)
    assert points[1] == RecognitionPoint(make.round(2), near.summary)
    assert change(points) == -4
    assert change(points[:1]) is None
    assert change(series([(make.round(1), wide), (make.round(2), nobody)])) is None
    assert change(series([(make.round(1), wide), (make.round(2, "other"), near)])) is None
