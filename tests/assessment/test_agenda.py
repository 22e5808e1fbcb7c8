from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.agenda import Advice, Agenda, advise, agenda, shared
from dxassess.assessment.histogram import Cell
from dxassess.assessment.recognition import ItemRecognition, Sides, recognition
from dxassess.catalogue.model import Edition

SIDES = Sides(frozenset({"management"}), frozenset({"it"}))
Said = Mapping[str, tuple[Sequence[int], Sequence[int]]]


@pytest.fixture(scope="module")
def edition(framework: Callable[..., Edition]) -> Edition:
    return framework({"id": "all", "items": ["1", "2", "3", "4", "5"]})


def _items(edition: Edition, said: Said) -> tuple[ItemRecognition, ...]:
    """What management and it said by code, as places on the scale."""
    places = range(len(edition.scale.values))
    cells = [
        Cell("first", role, f"t.{code}", "current", tuple(list(own).count(at) for at in places), 0, 0)
        for code, both in said.items()
        for role, own in zip(("management", "it"), both, strict=True)
    ]
    return recognition(edition, cells, "first", SIDES).items


def _planned(found: Agenda) -> list[tuple[str, int]]:
    return [(talk.indicator, talk.minutes) for talk in found.talks]


WORKSHOP: Said = {"1": ([2], [2, 2]), "2": ([3], [2, 3]), "3": ([5], [1, 1]), "4": ([1], [])}


def test_the_widest_and_weightiest_come_first_and_minutes_follow(edition: Edition) -> None:
    found = agenda(_items(edition, WORKSHOP), edition.scale, 30)
    assert _planned(found) == [("t.3", 23), ("t.2", 7)]
    assert [each.indicator for each in found.accepted] == ["t.1"]
    assert found.unclear == ("t.4", "t.5")
    assert found.left_out == ()


def test_importance_can_turn_the_order(edition: Edition) -> None:
    found = agenda(_items(edition, WORKSHOP), edition.scale, 30, importance={"t.2": 4.5})
    assert [talk.indicator for talk in found.talks] == ["t.2", "t.3"]
    assert [talk.priority for talk in found.talks] == [3, Fraction(8, 3)]


def test_what_does_not_fit_is_named(edition: Edition) -> None:
    found = agenda(_items(edition, WORKSHOP), edition.scale, 1)
    assert _planned(found) == [("t.3", 1)]
    assert [(each.indicator, each.minutes) for each in found.left_out] == [("t.2", 0)]


@pytest.mark.parametrize(
    ("minutes", "planned"),
    [(7, [("t.3", 5), ("t.2", 2)]), (6, [("t.3", 6)]), (5, [("t.3", 5)]), (3, [("t.3", 3)])],
)
def test_a_talk_has_five_minutes_or_two_if_it_is_short_and_the_first_takes_what_there_is(
    edition: Edition, minutes: int, planned: list[tuple[str, int]]
) -> None:
    assert _planned(agenda(_items(edition, WORKSHOP), edition.scale, minutes)) == planned


def test_without_the_rule_no_talk_is_short(edition: Edition) -> None:
    found = agenda(_items(edition, WORKSHOP), edition.scale, 14, rule=False)
    assert [each.minutes >= 5 for each in found.talks] == [True, True]
    assert [each.indicator for each in found.left_out] == ["t.1"]


def test_no_time_is_no_talk(edition: Edition) -> None:
    found = agenda(_items(edition, WORKSHOP), edition.scale, 0)
    assert (found.talks, len(found.left_out)) == ((), 2)


def test_without_the_rule_everything_with_two_votes_is_talked_about(edition: Edition) -> None:
    found = agenda(_items(edition, WORKSHOP), edition.scale, 30, rule=False)
    assert [talk.indicator for talk in found.talks] == ["t.3", "t.2", "t.1"]
    assert [talk.advice for talk in found.talks] == [None] * 3
    assert found.accepted == ()
    assert sum(talk.minutes for talk in found.talks) == 30


def test_ties_go_to_the_wider_spread_and_then_to_the_tree(edition: Edition) -> None:
    """Mean difference 1 each: 1, 1, 1, 3 spreads over two steps, 1, 2 and 2, 3 over one."""
    said: Said = {"1": ([1], [2]), "2": ([2], [3]), "3": ([1], [1, 1, 3])}
    found = agenda(_items(edition, said), edition.scale, 15)
    assert [talk.indicator for talk in found.talks] == ["t.3", "t.1", "t.2"]


@pytest.mark.parametrize(("minutes", "importance"), [(-1, {}), (10, {"t.1": -1})])
def test_negative_time_or_importance_is_refused(
    edition: Edition, minutes: int, importance: dict[str, int]
) -> None:
    with pytest.raises(ValueError):
        agenda(_items(edition, WORKSHOP), edition.scale, minutes, importance=importance)


@pytest.mark.parametrize(
    ("both", "evidence", "advice"),
    [
        (([2], [2, 2]), (), Advice("accept", "same", 2)),
        (([3], [2, 2]), (), Advice("short_talk", "one_apart", 2)),
        (([3], [2, 2]), (3,), Advice("short_talk", "one_apart", 3)),
        (([3, 1], [1, 3]), (), Advice("discuss", "spread", 1)),
        (([4, 3], [2, 1]), (), Advice("discuss", "executives_against_field", 1)),
        (([1, 2], [3, 4]), (3, 5), Advice("discuss", "executives_against_field", 3)),
        (([5], [3]), (4,), Advice("discuss", "executives_against_field", 3)),
    ],
)
def test_the_rule_from_practice(
    edition: Edition, both: tuple[list[int], list[int]], evidence: tuple[int, ...], advice: Advice
) -> None:
    """Evidence for a level nobody voted counts for nothing; without evidence for the higher level the lower is proposed."""
    (item, *_) = _items(edition, {"1": both})
    assert advise(item, edition.scale, evidence) == advice


def test_the_rule_counts_in_steps_of_the_scale(framework: Callable[..., Edition]) -> None:
    halves = framework({"id": "all", "items": ["1"]}, scale=[0, 0.5, 1, 1.5])
    (near,) = _items(halves, {"1": ([2], [1])})
    (far,) = _items(halves, {"1": ([3], [1])})
    assert advise(near, halves.scale).verdict == "short_talk"
    assert advise(far, halves.scale) == Advice("discuss", "executives_against_field", 0.5)
    single = framework({"id": "all", "items": ["1"]}, scale=[3])
    (only,) = _items(single, {"1": ([0], [0])})
    assert advise(only, single.scale) == Advice("accept", "same", 3)


def test_evidence_reaches_the_agenda(edition: Edition) -> None:
    found = agenda(_items(edition, WORKSHOP), edition.scale, 30, evidence={"t.3": [5]})
    assert [talk.advice.propose for talk in found.talks if talk.advice] == [5, 2]


@given(
    st.lists(st.tuples(st.fractions(0, 5, max_denominator=30), st.integers(1, 5)), max_size=12),
    st.integers(0, 200),
)
def test_minutes_add_up_and_follow_the_priorities(talks: list[tuple[Fraction, int]], more: int) -> None:
    least = [own for _, own in talks]
    minutes = sum(least) + more
    found = shared(minutes, [priority for priority, _ in talks], least)
    assert sum(found) == (minutes if talks else 0)
    spare = [own - at_least for own, at_least in zip(found, least, strict=True)]
    assert all(own >= 0 for own in spare)
    order = sorted(zip(talks, spare, strict=True), key=lambda pair: pair[0][0])
    assert all(a <= b for (p, a), (q, b) in pairwise(order) if p[0] < q[0])


def test_time_is_shared_by_the_largest_remainders() -> None:
    """7 minutes beyond the first three, 3 : 2 : 1 → 3.5, 2.33, 1.17 → 4, 2, 1."""
    assert shared(10, [Fraction(3), Fraction(2), Fraction(1)], [1, 1, 1]) == [5, 3, 2]
    assert shared(5, [Fraction(0), Fraction(0)], [1, 1]) == [3, 2]
