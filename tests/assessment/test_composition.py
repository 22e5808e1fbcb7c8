"""Who answered: Kitagawa's two parts add up to the change, whoever came and went."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.composition import Tally, named_voices, parted, shown_voices, tallies, told_by
from dxassess.assessment.histogram import Cell
from dxassess.catalogue.model import Edition

groups = st.dictionaries(
    st.sampled_from([("", "management"), ("", "it"), ("sato", ""), ("abe", "")]),
    st.builds(
        lambda levels: Tally(len(levels), Fraction(sum(levels))), st.lists(st.integers(0, 5), min_size=1)
    ),
    min_size=1,
)


def mean(found):
    return sum((one.total for one in found.values()), Fraction()) / sum(one.n for one in found.values())


def role(name, n, total):
    return {("", name): Tally(n, Fraction(total))}


def test_more_executives_answering_is_no_progress() -> None:
    """Nobody changed: executives 3, IT 1. Four of each at first, then six and two: 2 → 2.5."""
    before = role("management", 4, 12) | role("it", 4, 4)
    after = role("management", 6, 18) | role("it", 2, 2)
    assert parted(before, after) == (0, Fraction(1, 2))


def test_both_parts_by_hand() -> None:
    """Executives 2 → 3 at shares 1/2 → 3/4; IT 1 → 1.

    Changed minds: 1 × (1/2 + 3/4)/2 = 5/8. Shares: (2 + 3)/2 × 1/4 + 1 × −1/4 = 3/8. Together 1: 1.5 → 2.5.
    """
    before = role("management", 2, 4) | role("it", 2, 2)
    after = role("management", 3, 9) | role("it", 1, 1)
    assert parted(before, after) == (Fraction(5, 8), Fraction(3, 8))


def test_who_left_and_who_came_is_who_answered() -> None:
    """Sato stays and goes from 1 to 2; Abe (5) leaves, Kato (0) comes: 3 → 1."""
    before = {("sato", ""): Tally(1, Fraction(1)), ("abe", ""): Tally(1, Fraction(5))}
    after = {("sato", ""): Tally(1, Fraction(2)), ("kato", ""): Tally(1, Fraction(0))}
    assert parted(before, after) == (1, -3)


def test_with_nobody_in_both_rounds_it_is_all_who_answered() -> None:
    assert parted({("abe", ""): Tally(1, Fraction(5))}, {("kato", ""): Tally(2, Fraction(2))}) == (0, -4)


@given(groups, groups)
def test_the_two_parts_add_up_exactly(before, after) -> None:
    assert sum(parted(before, after)) == mean(after) - mean(before)


@given(groups, groups)
def test_who_answered_is_shares_at_mean_levels_and_those_who_left_and_came(before, after) -> None:
    both = before.keys() & after.keys()
    then, now = ({group: each[group] for group in both} for each in (before, after))
    if not both:
        return
    share = [
        {group: Fraction(one.n, sum(o.n for o in each.values())) for group, one in each.items()}
        for each in (then, now)
    ]
    shares = sum((share[1][g] - share[0][g]) * (then[g].mean + now[g].mean) / 2 for g in both)
    left, came = mean(then) - mean(before), mean(after) - mean(now)
    assert parted(before, after)[1] == shares + left + came


@given(groups)
def test_when_nobody_changed_there_is_nothing_to_tell(found) -> None:
    assert parted(found, found) == (0, 0)


def test_people_are_known_by_their_folded_names_and_else_by_their_roles() -> None:
    first = named_voices([("t.1", "佐藤 花子", "it", 1), ("t.1", "", "it", 3), ("t.1", " ", "it", 4)])
    second = named_voices([("t.1", "佐藤花子", "management", 2)])
    third = named_voices([("t.1", "加藤", "it", 2.5), ("t.2", "", "it", 0)])
    assert (told_by(first, second), told_by(first, third)) == ("person", "role")
    assert tallies(first, "person", "t.1") == {
        ("佐藤花子", ""): Tally(1, Fraction(1)),
        ("", "it"): Tally(2, Fraction(7)),
    }
    assert tallies(third, "role", "t.1") == {("", "it"): Tally(1, Fraction(5, 2))}
    assert tallies(third, "role", "t.3") is None
    assert first.names == {"佐藤花子"}


def test_what_is_shown_of_an_anonymous_round_has_roles_alone_and_none_that_are_shown_together(
    tiny: Edition,
) -> None:
    def cell(role, item, counts, field="current"):
        return Cell("first", role, item, field, counts, 0, 0)

    found = shown_voices(
        [
            cell("management", "tiny.1", (0, 3, 0, 1)),
            cell("it", "tiny.1", (3, 0, 0, 0)),
            cell("it", "tiny.1", (0, 0, 0, 3), "target"),
            cell("management+it", "tiny.2", (4, 3, 0, 0)),
            cell("it", "tiny.1-1", (0, 0, 0, 0)),
        ],
        tiny.scale,
    )
    assert found.persons is None
    assert found.names == frozenset()
    assert found.roles == {
        "tiny.1": {("", "management"): Tally(4, Fraction(6)), ("", "it"): Tally(3, Fraction(0))}
    }
    named = named_voices([("tiny.1", "佐藤", "it", 1)])
    assert told_by(named, found) == "role"
