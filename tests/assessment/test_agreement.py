from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.agreement import (
    Furthest,
    differences,
    furthest,
    mean_difference,
    mean_level,
    pooled,
    r_wg,
    role_pair,
    role_pairs,
)

SIX = range(6)
Raw = Mapping[str, Sequence[int]]
SPOKEN = st.dictionaries(st.sampled_from("abcd"), st.lists(st.integers(0, 5), max_size=8), max_size=4)


def _counts(levels: Iterable[int], values: Sequence[float] = SIX) -> tuple[int, ...]:
    given = list(levels)
    return tuple(given.count(value) for value in values)


def _votes(raw: Raw) -> dict[str, tuple[int, ...]]:
    return {role: _counts(levels) for role, levels in raw.items()}


def _mean(numbers: Sequence[int]) -> Fraction | None:
    return Fraction(sum(numbers), len(numbers)) if numbers else None


def _brute(raw: Raw) -> tuple[list[int], list[int]]:
    """Differences of all pairs inside a role and of all pairs across roles, person by person."""
    people = [(role, level) for role, levels in raw.items() for level in levels]
    pairs = list(combinations(people, 2))
    inside = [abs(a - b) for (one, a), (other, b) in pairs if one == other]
    return inside, [abs(a - b) for (one, a), (other, b) in pairs if one != other]


@given(SPOKEN)
def test_histograms_give_what_all_pairs_of_people_give(raw: Raw) -> None:
    inside, across = _brute(raw)
    found = differences(_votes(raw), SIX)
    assert (found.votes, found.pairs) == (sum(map(len, raw.values())), len(inside) + len(across))
    assert (found.within_pairs, found.between_pairs) == (len(inside), len(across))
    assert found.mean == _mean(inside + across)
    assert (found.within_mean, found.between_mean) == (_mean(inside), _mean(across))


@given(SPOKEN)
def test_both_splits_add_up_exactly(raw: Raw) -> None:
    found = differences(_votes(raw), SIX)
    if found.within is None or found.between is None:
        assert found.pairs == 0
    else:
        assert found.within + found.between == found.mean
        assert found.within == (found.within_mean or 0) * Fraction(found.within_pairs, found.pairs)
    if found.inside_roles is not None and found.due_to_roles is not None:
        assert found.inside_roles + found.due_to_roles == found.mean


@given(SPOKEN)
def test_the_part_due_to_roles_is_every_excess_times_its_share_of_pairs(raw: Raw) -> None:
    """The energy form: Σ n_r n_s excess_rs / C(n, 2), and inside Σ n_r w_r / n."""
    votes = _votes({role: levels for role, levels in raw.items() if levels})
    found = differences(votes, SIX)
    pairs = role_pairs(votes, SIX)
    if any(sum(each) == 1 for each in votes.values()) or not votes:
        assert found.inside_roles is None
        assert found.due_to_roles is None
        return
    shares = [Fraction(pair.votes[0] * pair.votes[1], found.pairs) for pair in pairs]
    assert found.due_to_roles == sum(
        (share * (pair.excess or 0) for share, pair in zip(shares, pairs, strict=True)), Fraction()
    )


@given(SPOKEN)
def test_neither_the_order_of_people_nor_blanks_matter(raw: Raw) -> None:
    shuffled = {role: sorted(levels, reverse=True) for role, levels in reversed(raw.items())}
    with_blanks = _votes(shuffled) | {"nobody": (0,) * 6}
    assert differences(with_blanks, SIX) == differences(_votes(raw), SIX)


@given(SPOKEN)
def test_two_roles_are_compared_person_by_person(raw: Raw) -> None:
    for pair in role_pairs(_votes(raw), SIX):
        one, other = raw[pair.first], raw[pair.second]
        across = _mean([abs(a - b) for a, b in product(one, other)])
        insides = [_mean([abs(a - b) for a, b in combinations(each, 2)]) for each in (one, other)]
        means = _mean(one), _mean(other)
        assert pair.votes == (len(one), len(other))
        assert pair.across == across
        assert pair.within == (None if None in insides else sum(filter(None, insides), Fraction()) / 2)
        assert pair.excess == (None if pair.within is None or across is None else across - pair.within)
        assert pair.difference == (None if None in means else means[0] - means[1])  # type: ignore[operator]


@given(st.lists(st.integers(0, 5), min_size=2, max_size=20))
def test_r_wg_is_one_minus_the_sample_variance_over_that_of_a_uniform_scale(levels: list[int]) -> None:
    """James, Demaree & Wolf 1984: σ²_E = (A² − 1)/12 = 35/12 for six levels."""
    assert r_wg(_counts(levels), SIX) == 1 - statistics.variance(map(Fraction, levels)) / Fraction(35, 12)


def test_r_wg_of_a_published_example() -> None:
    """3, 3, 4, 4, 5 on five options: s² = 0.7, σ²_E = 2, r_wg = 0.65 (worked example after James, Demaree & Wolf 1984)."""
    assert r_wg(_counts([3, 3, 4, 4, 5], range(1, 6)), range(1, 6)) == Fraction(65, 100)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [([2, 2, 2], 1), ([0, 5], 1 - Fraction(25, 2) / Fraction(35, 12)), ([3], None), ([], None)],
)
def test_r_wg_is_negative_for_two_camps_and_nothing_for_one_vote(
    levels: list[int], expected: Fraction | None
) -> None:
    assert r_wg(_counts(levels), SIX) == expected


def test_r_wg_takes_the_variance_of_whatever_scale_there_is() -> None:
    """Uniform on 0, ½, 1: variance 1/6; one vote at each end: 1/2."""
    assert r_wg((1, 0, 1), (0, 0.5, 1)) == 1 - Fraction(1, 2) / Fraction(1, 6)
    assert r_wg((3,), (0,)) is None


def test_the_mean_pairwise_difference_is_ginis() -> None:
    """Gini's mean difference without repetition of 1, 2, 4, 8: (1+3+7+2+6+4)/6 = 23/6."""
    assert mean_difference((1, 1, 1, 1), (1, 2, 4, 8)) == Fraction(23, 6)


@pytest.mark.parametrize(
    ("raw", "mean", "within", "between"),
    [
        ({"a": [2, 2, 2], "b": [2, 2]}, 0, 0, 0),
        ({"a": [0, 0, 0], "b": [5, 5, 5]}, 3, 0, 3),
        ({"a": [0, 5, 0, 5]}, Fraction(20, 6), Fraction(20, 6), 0),
        ({"a": [1], "b": [3]}, 2, 0, 2),
    ],
    ids=["everyone equal", "two camps", "one role", "two people"],
)
def test_cases_known_by_hand(
    raw: Raw, mean: Fraction | int, within: Fraction | int, between: Fraction | int
) -> None:
    found = differences(_votes(raw), SIX)
    assert (found.mean, found.within, found.between) == (mean, within, between)


@pytest.mark.parametrize("raw", [{}, {"a": []}, {"a": [], "b": [4]}], ids=["no role", "no vote", "one vote"])
def test_below_two_votes_there_is_no_difference(raw: Raw) -> None:
    found = differences(_votes(raw), SIX)
    assert (found.mean, found.within, found.between, found.inside_roles, found.due_to_roles) == (None,) * 5
    assert found.pairs == 0


def test_two_camps_differ_by_their_role_alone() -> None:
    pair = role_pair(_votes({"boss": [5, 5, 5], "field": [0, 0]}), SIX, "boss", "field")
    assert (pair.across, pair.within, pair.excess, pair.difference) == (5, 0, 5, 5)
    found = differences(_votes({"boss": [5, 5, 5], "field": [0, 0]}), SIX)
    assert (found.inside_roles, found.due_to_roles) == (0, found.mean)


def test_the_share_across_roles_is_large_even_where_roles_do_not_matter() -> None:
    """Four roles with the same views: three quarters of the difference lie across, and none of it is due to the role."""
    found = differences(_votes({role: [1, 3] * 8 for role in "abcd"}), SIX)
    assert found.between is not None
    assert found.mean is not None
    assert found.due_to_roles is not None
    assert found.between == found.mean * Fraction(3, 4)
    assert abs(found.due_to_roles) < Fraction(6, 100)


def test_a_level_is_as_far_as_the_numbers_of_the_scale_say() -> None:
    assert mean_difference((1, 0, 1), (0, 0.1, 1.3)) == Fraction(13, 10)
    assert mean_level((1, 2, 0), (0, 0.1, 1.3)) == Fraction(2, 30)
    assert mean_level((), SIX) is None


def test_the_furthest_two_roles_are_found_by_excess() -> None:
    votes = _votes({"a": [2, 2, 3], "b": [2, 3, 3], "c": [5, 5, 4]})
    assert furthest(role_pairs(votes, SIX)) == Furthest("a", "c", "excess", Fraction(7, 3) - Fraction(2, 3))


def test_where_one_role_is_a_single_person_all_are_compared_by_their_means() -> None:
    votes = _votes({"ceo": [5], "it": [1, 1, 2], "dx": [2, 2, 2]})
    assert furthest(role_pairs(votes, SIX)) == Furthest("ceo", "it", "difference", Fraction(11, 3))
    below = _votes({"it": [1, 1, 2], "ceo": [5], "dx": [2, 2, 2]})
    assert furthest(role_pairs(below, SIX)) == Furthest("it", "ceo", "difference", Fraction(-11, 3))


def test_a_role_without_votes_is_compared_with_nobody() -> None:
    votes = _votes({"a": [1, 1], "b": [3, 3], "c": []})
    assert furthest(role_pairs(votes, SIX)) == Furthest("a", "b", "excess", Fraction(2))
    assert furthest(role_pairs(_votes({"a": [1, 1], "c": []}), SIX)) is None


def test_of_equal_pairs_the_first_is_named() -> None:
    votes = _votes({"a": [1, 1], "b": [3, 3], "c": [5, 5]})
    assert furthest(role_pairs(votes, SIX)[:1] + role_pairs(votes, SIX)[2:]) == Furthest(
        "a", "b", "excess", Fraction(2)
    )


def test_roles_pool_by_place() -> None:
    assert pooled({"a": (1, 0, 2), "b": (0, 1, 1)}) == (1, 1, 3)
    assert pooled({}) == ()
