"""Paces beside a target: the organisation's own, what was published, and what the target asks."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from dxassess.assessment.action import PlanNode
from dxassess.assessment.priorities import Weights
from dxassess.assessment.realism import Pace
from dxassess.catalogue.benchmarks import PublishedPace
from dxassess.usecases import close_round, start_round
from dxassess.usecases.planning import plan, say_of_node
from dxassess.usecases.realism import paces, realism

FIRST, LAST = date(2025, 11, 22), date(2026, 11, 22)
PACE = PublishedPace(
    since=2019, until=2020, group="all", of="all", n=86, change=0.23, publisher="X", source="fictional"
)


def planned(house):
    held = house.start(LAST)
    house.say(held, "1", 2, target=3)
    house.say(held, "2", 1, target=2)
    return plan(house.app, house.store, held, Weights())


@pytest.fixture
def published(house, tiny):
    """The house with an edition whose benchmarks tell a pace and in how many years targets were to be reached."""
    benchmarks = tiny.benchmarks.model_copy(update={"paces": (PACE,), "target_years": 3})
    return house.with_edition(tiny.model_copy(update={"benchmarks": benchmarks}))


def test_the_own_pace_comes_from_closed_rounds_a_year_apart(house):
    house.hold({"1": 1, "2": 1}, FIRST)
    house.hold({"1": 2, "2": 1}, LAST)
    found = paces(house.app, house.store, planned(house))
    assert found.own == Pace(Fraction(1, 2), 2, FIRST, LAST)
    assert found.gap == 1
    assert (found.published, found.wish) == (None, None)


def test_rounds_after_the_one_that_is_planned_from_do_not_count(house):
    held = house.hold({"1": 1}, FIRST)
    house.hold({"1": 2}, LAST)
    found = paces(house.app, house.store, plan(house.app, house.store, held, Weights()))
    assert (found.own, found.gap) == (None, None)


def test_what_was_published_stands_with_its_group_and_the_wish_is_the_newest_one(published):
    found = paces(published.app, published.store, planned(published))
    assert (found.published, found.group.id) == (PACE, "all")
    assert (found.wish.gap, found.wish.years, found.wish.average.year) == (Fraction("1.25"), 3, 2024)


def test_a_target_asks_so_much_a_year_and_so_many_times_the_own_pace(house):
    found = planned(house)
    said = PlanNode("tiny.1", due=date(2027, 5, 23))
    say_of_node(house.store, found.edition, said)
    found = replace(found, said={"tiny.1": said})
    own = Pace(Fraction(1, 2), 2, FIRST, LAST)
    asked = realism(house.app, house.store, found, "tiny.1", own)
    assert (asked.needed, asked.times) == (Fraction(365, 182), Fraction(365, 91))
    assert realism(house.app, house.store, found, "tiny.1", None).times is None
    assert realism(house.app, house.store, found, "tiny.2", own) is None
    late = replace(found, said={"tiny.1": PlanNode("tiny.1", due=FIRST)})
    assert realism(house.app, house.store, late, "tiny.1", own) is None


def test_rounds_of_one_section_do_not_make_the_pace_of_the_whole(house):
    house.hold({"1": 1, "2": 1}, FIRST)
    part = start_round(house.app, house.store, "tiny", "人だけ", date(2026, 10, 1), None, section="people")
    house.say(part, "1", 3)
    close_round(house.store, part, "")
    assert paces(house.app, house.store, planned(house)).own is None
