"""Over the rounds: do people come to see the company more alike; and rounds one person filled in."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from dxassess.usecases.together import single_voter, together
from tests.usecases.meetings import SPLIT, meet
from tests.usecases.voting import voted

APART = {"management": {"1": [3, 3]}, "it": {"1": [0, 1]}}
CLOSER = {"management": {"1": [2, 2]}, "it": {"1": [1, 2]}}


def test_rounds_with_votes_are_set_side_by_side_and_their_change_is_told(house):
    voted(house, APART, day=date(2026, 5, 1))
    house.hold({"1": 2}, date(2026, 6, 1))
    voted(house, CLOSER, day=date(2026, 8, 1))
    found = together(house.app, house.store)
    assert [point.summary.mean for point in found.points] == [Fraction(11, 6), Fraction(1, 2)]
    assert found.change == Fraction(1, 2) - Fraction(11, 6)
    assert found.people == (4, 4)


def test_a_round_without_two_votes_on_anything_says_nothing(house):
    assert together(house.app, house.store) is None
    voted(house, {"it": {"1": [2]}})
    assert together(house.app, house.store) is None


def test_the_first_vote_counts_before_the_talk_brought_people_together(house):
    voted(house, APART, {"management": {"1": [1, 1]}}, day=date(2026, 5, 1))
    assert together(house.app, house.store).points[0].summary.mean == Fraction(11, 6)


def test_a_round_of_another_edition_is_not_compared(house, edited):
    voted(house, APART, day=date(2026, 5, 1))
    other = edited(("edition.yaml", "id: tiny", "id: tiny"), ("edition.yaml", "revision: 1", "revision: 2"))
    voted(house.with_edition(other), CLOSER, day=date(2026, 8, 1))
    found = together(house.app, house.store)
    assert (len(found.points), found.others) == (2, ())


def test_a_damaged_round_is_left_out(house, flipped):
    held = voted(house, APART, day=date(2026, 5, 1))
    voted(house, CLOSER, day=date(2026, 8, 1))
    after = flipped(house, held)
    assert len(together(after.app, after.store).points) == 1
    assert not single_voter(after.app, after.store, held)


def test_a_vote_of_one_person_is_known_as_such_once_it_is_revealed(house):
    meeting = meet(house).vote({"it": [{"1": 2, "2": 1}]})
    assert not single_voter(house.app, house.store, meeting.held)
    meeting.reveal()
    assert single_voter(house.app, house.store, meeting.held)
    assert not single_voter(house.app, house.store, meet(house).vote(SPLIT).reveal().held)
