"""Recognition: only closed rounds are read, the agreed voice stays out, an anonymous round shows no small group."""

from fractions import Fraction

import pytest

from dxassess.assessment.reliability import Reliability
from dxassess.errors import RoundDamaged, VotesSecret
from dxassess.usecases import recognition_of, reliability_of, reopen_round
from dxassess.usecases.roles import sides_of
from tests.usecases.voting import vote, voted

SPLIT = {
    "management": {"1": [3, 3], "1-1": [2, 2], "2": [1, 1]},
    "it": {"1": [0, 0, 1], "1-1": [2, 2, 2], "2": [1, 2, 3]},
}


def seen(house, held):
    return recognition_of(house.app, house.store, held)


def codes(items):
    return [item.indicator.removeprefix("tiny.") for item in items]


def test_items_stand_by_the_part_due_to_roles_and_unvoted_ones_stay_out(any_house):
    found = seen(any_house, voted(any_house, SPLIT))
    assert codes(found.ranked) == ["1", "2", "1-1"]
    dues = [item.differences.due_to_roles for item in found.ranked]
    assert dues == sorted(dues, reverse=True)
    assert len(found.first.items) == 4
    assert (found.first.summary.n, found.first.summary.m) == (3, 4)


def test_where_the_part_due_to_roles_is_unknown_the_difference_orders_after_the_known(house):
    said = {
        "management": {"1": [3], "1-1": [2, 2], "2": [3]},
        "it": {"1": [2, 2], "1-1": [2, 2], "2": [0, 0]},
    }
    found = seen(house, voted(house, said))
    assert codes(found.ranked) == ["1-1", "2", "1"]
    assert [item.differences.due_to_roles for item in found.ranked] == [0, None, None]


def test_each_role_has_its_mean_with_n_and_the_two_furthest_are_named_with_what_parts_them(house):
    found = seen(house, voted(house, SPLIT))
    management, it = found.ranked[0].roles
    assert (management.mean, management.n, it.mean, it.n) == (3, 2, Fraction(1, 3), 3)
    assert (found.first.summary.furthest.first, found.first.summary.furthest.second) == ("management", "it")
    assert [indicator for indicator, _ in found.apart_on] == ["tiny.1", "tiny.2", "tiny.1-1"]
    assert (found.people, found.voters, found.roles) == ({"it": 3, "management": 2}, 5, ("management", "it"))
    assert set(found.small) == {"management", "it"}


def test_the_agreed_voice_is_no_view(house):
    held = house.hold({"1": 3, "2": 0})
    found = seen(house, held)
    assert found.is_empty
    assert not found.hidden
    assert (found.ranked, found.apart_on, found.meetings, found.first.summary.n) == ((), (), (), 0)


def test_the_sides_come_from_the_edition(house, edited):
    told = edited(
        ("edition.yaml", 'en: "Management"}', 'en: "Management", stands: executive}'),
        ("edition.yaml", 'en: "IT department"}', 'en: "IT department", stands: field}'),
    )
    both = sides_of(house.store, told)
    assert (both.executive, both.field) == ({"management"}, {"it"})
    assert seen(house, voted(house, SPLIT)).first.summary.n_sides == 0
    marked = house.with_edition(told)
    summary = seen(marked, voted(marked, SPLIT)).first.summary
    assert (summary.n_sides, summary.executive_minus_field) == (3, (Fraction(8, 3) + 0 - 1) / 3)


def test_an_open_round_is_not_read(house):
    held = house.start()
    vote(house, held, SPLIT)
    with pytest.raises(VotesSecret):
        seen(house, held)
    with pytest.raises(VotesSecret):
        reliability_of(house.app, house.store, held)


def test_votes_that_were_revealed_stay_so_when_the_round_is_reopened(house):
    held = voted(house, SPLIT)
    before = seen(house, held)
    again = seen(house, reopen_round(house.store, held, "山田", "直す"))
    assert (again.first, again.meetings) == (before.first, before.meetings)


def test_a_damaged_round_is_not_shown_as_truth(house, flipped):
    held = voted(house, SPLIT)
    broken = flipped(house, held)
    with pytest.raises(RoundDamaged):
        seen(broken, held)


def test_after_a_second_vote_it_is_said_where_minds_met(house):
    second = {"management": {"1": [1, 1], "1-1": [2]}, "it": {"1": [1, 1, 1]}}
    found = seen(house, voted(house, SPLIT, second))
    by_code = {meeting.indicator.removeprefix("tiny."): meeting for meeting in found.meetings}
    assert {code: meeting.outcome for code, meeting in by_code.items()} == {"1": "met", "1-1": "unchanged"}
    assert by_code["1"].second == 0


def test_who_does_not_vote_again_counts_with_the_first_vote(house):
    found = seen(house, voted(house, SPLIT, {"it": {"1": [3]}}))
    (meeting,) = found.meetings
    assert meeting.votes == (5, 5)
    assert meeting.moved == Fraction(3, 5)


def test_without_a_second_vote_nothing_met(house):
    assert seen(house, voted(house, SPLIT)).meetings == ()


def test_an_anonymous_round_joins_roles_below_the_minimum(house):
    found = seen(house, voted(house, SPLIT, minimum=3))
    assert found.roles == ("management+it",)
    assert found.merged == ("management+it",)
    assert not found.hidden
    assert found.first.summary.furthest is None
    assert all(len(item.votes) == 1 for item in found.ranked)
    named = seen(house, voted(house, SPLIT))
    assert (named.merged, named.groups) == ((), None)


def test_an_anonymous_round_shows_roles_that_are_large_enough(house):
    said = {"management": {"1": [3, 3, 2]}, "it": {"1": [0, 0, 1], "2": [1, 1, 1]}}
    found = seen(house, voted(house, said, minimum=3))
    assert found.roles == ("management", "it")
    assert found.merged == ()


def test_an_anonymous_round_of_too_few_people_shows_nothing(house):
    found = seen(house, voted(house, {"management": {"1": [3]}, "it": {"1": [0]}}, minimum=3))
    assert (found.hidden, found.is_empty, found.ranked, found.roles) == (True, False, (), ())


def test_an_anonymous_second_vote_of_one_person_is_not_set_against_the_first(house):
    said = {"management": {"1": [3, 3, 2]}, "it": {"1": [0, 0, 1]}}
    assert seen(house, voted(house, said, {"it": {"1": [3]}}, minimum=3)).meetings == ()
    all_of_it = {"it": {"1": [3, 3, 3]}}
    assert [m.votes for m in seen(house, voted(house, said, all_of_it, minimum=3)).meetings] == [(6, 6)]


def test_alpha_is_told_for_every_average_of_the_edition(house):
    found = dict(reliability_of(house.app, house.store, voted(house, SPLIT)))
    assert list(found) == ["all", "people", "tools"]
    assert (found["all"].state, found["all"].items, found["all"].votes) == (Reliability.MEASURED, 3, 15)
    assert found["tools"].state is Reliability.TOO_FEW


def test_the_numbers_of_a_closed_round_are_made_once(house):
    held = voted(house, SPLIT)
    assert seen(house, held) is seen(house, held)
