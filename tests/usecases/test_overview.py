"""Home: the one next step, the rounds with their averages, and at most three things worth a look."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from dxassess.assessment.rhythm import PlannedRound
from dxassess.catalogue.model import Edition
from dxassess.usecases import close_round, open_workshop, standing
from dxassess.usecases.overview import overview, shortened
from dxassess.usecases.rhythm import plan_round
from tests.usecases.conftest import TODAY


def seen(house):
    return overview(house.app, house.store, standing(house.store))


def codes(found):
    return [thing.code for thing in found.attention]


def test_without_a_round_the_next_step_is_to_start_one(house):
    found = seen(house)
    assert (found.step, found.attention, found.rounds) == ("start_first_round", (), ())


def test_a_new_round_is_to_be_answered(house):
    house.start()
    found = seen(house)
    assert (found.step, found.done, found.items, found.left) == ("answer_first", 0, 4, 4)
    assert codes(found) == ["open"]
    assert found.attention[0].item == "1"
    assert found.attention[0].values == {"codes": "1, 1-1, 2, 2-1"}


def test_a_planned_round_that_is_due_is_the_next_step_until_it_was_held(house):
    house.hold({"1": 1}, date(2026, 5, 1))
    planned = plan_round(house.app, house.store, PlannedRound("秋の診断", "tiny", date(2026, 11, 23)))
    assert (seen(house).step, seen(house).planned) == ("look_and_start_next", planned)
    planned = plan_round(house.app, house.store, replace(planned, day=TODAY))
    assert (seen(house).step, seen(house).planned) == ("start_planned", planned)
    held = house.start(date(2026, 11, 24))
    assert seen(house).step == "answer_first"
    close_round(house.store, held, "")
    assert (seen(house).step, seen(house).planned) == ("look", None)


def test_while_people_vote_open_items_are_not_held_up_to_anybody(house):
    held = house.start()
    open_workshop(house.store, held)
    assert (seen(house).step, codes(seen(house))) == ("collect_votes", [])


def test_at_most_three_things_are_named_each_with_its_item(house):
    held = house.start()
    house.say(held, "1", 3, target=3)
    house.say(held, "2", 0, target=1)
    house.say(held, "1-1", 1, target=3)
    found = seen(house)
    assert codes(found) == ["open", "target", "weakest"]
    assert [thing.item for thing in found.attention] == ["2-1", "1-1", "2"]
    assert found.attention[1].values == {"code": "1-1", "level": 1, "target": 3}


def test_a_target_that_is_reached_needs_no_look(house):
    held = house.start()
    house.say(held, "1", 3, target=3, evidence="規程")
    house.say(held, "1-1", 3, target=2, evidence="規程")
    assert codes(seen(house)) == ["open"]


def test_the_lowest_item_is_not_named_twice(house):
    held = house.start()
    house.say(held, "1", 3, target=3)
    house.say(held, "2", 0, target=3)
    assert codes(seen(house)) == ["open", "target", "evidence"]
    house.say(held, "2-1", 0, target=1)
    found = seen(house)
    assert codes(found) == ["open", "target", "weakest"]
    assert [thing.item for thing in found.attention] == ["1-1", "2", "2-1"]


def test_a_high_level_without_evidence_is_counted(house):
    held = house.start()
    for code in ("1", "1-1", "2", "2-1"):
        house.say(held, code, 3)
    found = seen(house)
    assert found.step == "close"
    assert found.attention[-1].code == "evidence"
    assert found.attention[-1].values == {"count": 4}


@pytest.mark.parametrize(
    ("day", "step"), [(TODAY, "look"), (date(2026, 9, 30), "look_and_start_next")], ids=["now", "before"]
)
def test_once_all_are_closed_the_next_step_is_to_look_and_in_the_next_quarter_the_next_round(
    house, day, step
):
    house.hold({"1": 2}, day)
    found = seen(house)
    assert found.step == step
    assert "open" not in codes(found)


def test_a_round_without_any_target_is_asked_for_targets_while_it_is_open(house):
    held = house.start()
    house.say(held, "1", 2)
    house.say(held, "2", 2)
    assert (seen(house).attention[1].code, seen(house).attention[1].values) == ("untargeted", {"count": 2})
    assert seen(house).attention[1].item == "1"
    house.say(held, "1", target=3)
    assert "untargeted" not in codes(seen(house))
    house.say(held, "1", target=None)
    close_round(house.store, held, "山田")
    assert "untargeted" not in codes(seen(house))


def test_rounds_stand_newest_first_with_their_average(house):
    house.hold({"1": 1}, date(2026, 5, 1))
    house.hold({"1": 3}, date(2026, 8, 1))
    house.start()
    means = [line.mean.value for line in seen(house).rounds]
    assert means == [None, 3, 1]


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_damaged_round_is_named_and_home_stays_open(house, flipped, goes_on):
    closed = house.hold({"1": 2}, date(2026, 5, 1))
    if goes_on:
        house.say(house.start(previous=closed), "1", 3)
    found = seen(flipped(house, closed))
    assert found.step == ("answer" if goes_on else "look_and_start_next")
    assert [line.mean is None for line in found.rounds if line.held.id == closed.id] == [True]


def test_long_lists_of_numbers_are_cut_with_a_mark():
    assert shortened(tuple("12345678")) == "1, 2, 3, 4, 5, 6, 7, 8"
    assert shortened(tuple("123456789")) == "1, 2, 3, 4, 5, 6, 7, 8 …"


def test_where_it_stands_is_the_newest_round_with_a_value_against_the_one_before(house):
    assert seen(house).now is None
    first = house.hold({"1": 1, "2": 2})
    held, since = seen(house).now
    assert (held, since.today.value, since.change) == (first, Fraction(3, 2), None)
    second = house.hold({"1": 2, "2": 3})
    started = house.start()
    held, since = seen(house).now
    assert (held, since.today.value, since.change) == (second, Fraction(5, 2), 1)
    found = seen(house)
    *newer, oldest = found.rounds
    tiny = oldest.found.edition
    other = Edition(head=tiny.head.model_copy(update={"id": "other"}), indicators=tiny.indicators)
    of_another = replace(oldest, found=replace(oldest.found, edition=other))
    assert replace(found, rounds=(*newer, of_another)).now[1].last is None
    assert replace(found, rounds=(*newer, of_another, oldest)).now[1].change == 1
    house.say(started, "1", 3)
    held, since = seen(house).now
    assert (held.id, since.last.value, since.change) == (started.id, Fraction(5, 2), None)
