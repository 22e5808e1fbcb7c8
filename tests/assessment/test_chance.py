from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest

from dxassess.assessment.agreement import role_pair, role_pairs
from dxassess.assessment.chance import (
    SHUFFLES,
    chance_of_furthest,
    chance_of_item,
    chance_of_mean,
    chance_of_people,
)

SIX = range(6)


def _counts(levels: Sequence[int]) -> tuple[int, ...]:
    return tuple(list(levels).count(level) for level in SIX)


def _votes(**levels: Sequence[int]) -> dict[str, tuple[int, ...]]:
    return {role: _counts(given) for role, given in levels.items()}


def _draw(generator: np.random.Generator, n: int) -> list[int]:
    return [int(level) for level in np.clip(np.round(generator.normal(2.3, 1.2, size=n)), 0, 5)]


def _all_partings(one: Sequence[int], other: Sequence[int]) -> list[float]:
    """The excess of every way to part the people into groups of the same sizes."""
    people = [*one, *other]
    found = []
    for chosen in combinations(range(len(people)), len(one)):
        here = [people[place] for place in chosen]
        there = [level for place, level in enumerate(people) if place not in chosen]
        found.append(float(role_pair(_votes(a=here, b=there), SIX, "a", "b").excess or 0))
    return found


@pytest.mark.parametrize(
    ("one", "other"), [([1, 2, 4, 5], [0, 0, 1, 2]), ([3, 3, 4, 5, 5], [2, 3, 3]), ([2, 4], [1, 1, 5])]
)
def test_shuffling_gives_what_all_partings_give(one: list[int], other: list[int]) -> None:
    votes = _votes(a=one, b=other)
    found = chance_of_item(votes, SIX, "a", "b")
    assert found is not None
    every = _all_partings(one, other)
    excess = float(role_pair(votes, SIX, "a", "b").excess or 0)
    assert found.observed == pytest.approx(excess)
    assert found.p == pytest.approx(sum(each >= excess - 1e-9 for each in every) / len(every), abs=0.04)
    near = sum(each <= found.limit + 1e-9 for each in every) / len(every)
    below = sum(each < found.limit - 1e-9 for each in every) / len(every)
    assert below - 0.03 <= 0.95 <= near + 0.03
    assert found.shuffles == SHUFFLES


def test_three_against_three_never_exceed_chance_on_one_indicator() -> None:
    found = chance_of_item(_votes(a=[5, 5, 5], b=[0, 0, 0]), SIX, "a", "b")
    assert found is not None
    assert found.observed == 5
    assert found.p == pytest.approx(0.1, abs=0.03)
    assert not found.exceeds


def test_ten_against_ten_two_levels_apart_do() -> None:
    found = chance_of_item(_votes(a=[4, 3] * 5, b=[1, 2] * 5), SIX, "a", "b")
    assert found is not None
    assert found.exceeds
    assert found.p == 1 / (SHUFFLES + 1)


@pytest.mark.parametrize(
    ("n", "m", "one", "mean"),
    [(3, 3, 1.0, 0.15), (5, 5, 0.46, 0.07), (8, 8, 0.27, 0.04), (10, 30, 0.15, 0.02)],
)
def test_the_limits_are_those_measured_for_groups_of_these_sizes(
    n: int, m: int, one: float, mean: float
) -> None:
    """The limits a simulation without any difference of roles gave; the means over 35 indicators."""
    generator = np.random.default_rng(n)
    items = [_votes(a=_draw(generator, n), b=_draw(generator, m)) for _ in range(35)]
    single = [found.limit for item in items if (found := chance_of_item(item, SIX, "a", "b"))]
    assert np.mean(single) == pytest.approx(one, rel=0.3)
    found = chance_of_mean(items, SIX, "a", "b")
    assert found is not None
    assert found.limit == pytest.approx(mean, rel=0.35)


def test_the_same_votes_give_the_same_limit() -> None:
    votes = _votes(a=[1, 2, 4, 5], b=[0, 0, 1, 2], c=[3, 3])
    assert chance_of_item(votes, SIX, "a", "b") == chance_of_item(votes, SIX, "a", "b")
    assert chance_of_furthest(votes, SIX) == chance_of_furthest(votes, SIX)


def test_indicators_where_a_role_has_fewer_than_two_votes_are_left_out() -> None:
    full, single, absent = _votes(a=[1, 2], b=[4, 5]), _votes(a=[1], b=[4, 5]), _votes(a=[1, 2])
    assert chance_of_mean([single, full, absent], SIX, "a", "b") == chance_of_mean([full], SIX, "a", "b")
    assert chance_of_item(single, SIX, "a", "b") is None
    assert chance_of_mean([], SIX, "a", "b") is None


def test_the_furthest_of_many_pairs_has_a_higher_limit_than_one_pair() -> None:
    generator = np.random.default_rng(5)
    votes = _votes(**{role: _draw(generator, 5) for role in "abcde"})
    many, one = chance_of_furthest(votes, SIX), chance_of_item(votes, SIX, "a", "b")
    assert many is not None
    assert one is not None
    assert many.limit > one.limit
    assert many.observed == pytest.approx(max(float(pair.excess or 0) for pair in role_pairs(votes, SIX)))


def test_the_furthest_needs_two_roles_with_two_votes() -> None:
    assert chance_of_furthest(_votes(a=[1, 2], b=[4]), SIX) is None
    with_single = _votes(a=[1, 2], b=[4, 5], c=[0])
    found = chance_of_furthest(with_single, SIX)
    assert found == chance_of_furthest(_votes(a=[1, 2], b=[4, 5]), SIX)


def _ballots(generator: np.random.Generator, severity: float) -> list[tuple[str, dict[str, int]]]:
    """Eight people of each of two roles, who differ as persons but not by role."""
    found = []
    for person in range(16):
        mild = generator.normal(0, severity)
        given = np.clip(np.round(2.5 + mild + generator.normal(0, 0.8, size=20)), 0, 5)
        found.append(("a" if person < 8 else "b", {f"t.{at}": int(level) for at, level in enumerate(given)}))
    return found


def _items(ballots: Sequence[tuple[str, dict[str, int]]]) -> list[dict[str, tuple[int, ...]]]:
    return [
        {role: _counts([said[f"t.{at}"] for who, said in ballots if who == role]) for role in "ab"}
        for at in range(20)
    ]


def test_shuffling_people_and_shuffling_votes_measure_the_same_thing() -> None:
    ballots = _ballots(np.random.default_rng(2), 0.8)
    people, votes = chance_of_people(ballots, SIX, "a", "b"), chance_of_mean(_items(ballots), SIX, "a", "b")
    assert people is not None
    assert votes is not None
    assert people.observed == pytest.approx(votes.observed)
    assert (people.shuffled, votes.shuffled) == ("people", "votes")


def test_strict_and_mild_persons_are_not_taken_for_a_difference_of_roles_when_people_are_shuffled() -> None:
    """Without a difference of roles 5 % should exceed; shuffling votes exceeds far more often."""
    generator = np.random.default_rng(4)
    rounds = [_ballots(generator, 1.0) for _ in range(40)]
    by_people = sum(found.exceeds for each in rounds if (found := chance_of_people(each, SIX, "a", "b")))
    by_votes = sum(found.exceeds for each in rounds if (found := chance_of_mean(_items(each), SIX, "a", "b")))
    assert by_people <= 6
    assert by_votes > by_people


def test_people_may_leave_blanks_and_other_roles_do_not_count() -> None:
    ballots = [
        ("a", {"t.1": 5, "t.2": 1}),
        ("a", {"t.1": 4}),
        ("b", {"t.1": 1, "t.2": 2}),
        ("b", {"t.1": 0, "t.2": 1}),
        ("c", {"t.1": 0, "t.2": 5}),
    ]
    found = chance_of_people(ballots, SIX, "a", "b")
    assert found is not None
    assert found.observed == pytest.approx(3)
    assert found == chance_of_people(ballots[:4], SIX, "a", "b")


def test_a_dealing_in_which_no_indicator_can_be_compared_is_no_dealing() -> None:
    """Two of six left everything blank: a dealing that puts three votes on one side has nothing to compare."""
    ballots = [
        ("a", {"t.1": 5}),
        ("a", {"t.1": 4}),
        ("b", {"t.1": 1}),
        ("b", {"t.1": 1}),
        ("b", {}),
        ("b", {}),
    ]
    found = chance_of_people(ballots, SIX, "a", "b")
    assert found is not None
    assert 0 < found.shuffles < SHUFFLES


@pytest.mark.parametrize(
    "ballots", [[], [("a", {"t.1": 3}), ("b", {"t.1": 3})], [("a", {}), ("a", {}), ("b", {}), ("b", {})]]
)
def test_people_that_cannot_be_compared_have_no_limit(ballots: list[tuple[str, dict[str, int]]]) -> None:
    assert chance_of_people(ballots, SIX, "a", "b") is None
