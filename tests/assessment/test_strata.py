"""Who is drawn among whom: one role and kind, never one person alone where there is anybody to join."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.strata import Rater, strata, units


def rater(name, role="it"):
    return Rater(name, role, {})


def kinds(people):
    return Counter(unit.kind for unit in people)


def test_people_known_by_name_and_role_in_both_rounds_are_one():
    before, after = (
        [rater("Sato"), rater("Abe"), rater("Ito")],
        [rater(" ｓａｔｏ "), rater("Abe"), rater("Mori")],
    )
    assert kinds(units(before, after)) == {"both": 2, "before": 1, "after": 1}


def test_another_role_another_name_no_name_and_a_name_two_people_bear_make_two():
    before = [rater("Sato"), rater(""), rater("Abe"), rater("Abe"), rater("Ito")]
    after = [rater("Sato", "dx"), rater(""), rater("Abe"), rater("Mori")]
    assert kinds(units(before, after)) == {"before": 5, "after": 4}


def test_a_single_person_of_both_rounds_stays_two_as_there_is_nobody_to_draw_them_among():
    assert kinds(units([rater("Sato"), rater("Abe")], [rater("Sato")])) == {"before": 2, "after": 1}


def roles(people, groups):
    return sorted(
        sorted({(people[number].kind, people[number].role) for number in group}) for group in groups
    )


def test_each_role_is_drawn_by_itself():
    people = units([rater(str(n), role) for n, role in enumerate(("it", "it", "dx", "dx"))], ())
    assert roles(people, strata(people)) == [[("before", "dx")], [("before", "it")]]


def test_who_is_alone_joins_the_smallest_group_of_the_same_kind():
    names = ("it", "it", "it", "dx", "dx", "ceo")
    people = units([rater(str(n), role) for n, role in enumerate(names)], ())
    assert roles(people, strata(people)) == [[("before", "ceo"), ("before", "dx")], [("before", "it")]]


def test_who_is_alone_of_a_kind_joins_those_of_both_rounds_of_the_own_role_first():
    both = [rater("a"), rater("b"), rater("c", "dx"), rater("d", "dx"), rater("e", "dx")]
    people = units([*both, rater("gone", "dx")], both)
    assert [("before", "dx"), ("both", "dx")] in roles(people, strata(people))
    people = units([*both, rater("gone", "ceo")], both)
    assert [("before", "ceo"), ("both", "it")] in roles(people, strata(people))


def test_one_person_with_nobody_to_join_stays_alone():
    people = units([rater("a")], [rater("b"), rater("c")])
    assert sorted(map(len, strata(people))) == [1, 2]
    assert strata(()) == ()


PEOPLE = st.lists(
    st.builds(rater, st.sampled_from(["", "a", "b", "c", "d", "e"]), st.sampled_from(["it", "dx", "ceo"])),
    max_size=9,
)


@given(before=PEOPLE, after=PEOPLE)
def test_everybody_is_drawn_in_exactly_one_group_and_alone_only_where_there_is_nobody_to_join(before, after):
    people = units(before, after)
    groups = strata(people)
    assert sorted(number for group in groups for number in group) == list(range(len(people)))
    found = kinds(people)
    assert found["both"] != 1
    assert 2 * found["both"] + found["before"] + found["after"] == len(before) + len(after)
    for group in groups:
        if len(group) == 1:
            kind = people[group[0]].kind
            assert found[kind] == 1
            assert not found["both"]
