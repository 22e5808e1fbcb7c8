"""When the targets are reached: every round over the same items, targets over those items, pieces that are missing named."""

from datetime import date
from fractions import Fraction

from dxassess.assessment.model import State
from dxassess.usecases import close_round, progress
from dxassess.usecases.arrival import courses

DAYS = [date(2025, 5, 1), date(2025, 8, 1), date(2025, 11, 1), date(2026, 2, 1)]


def course(house, section="all"):
    found = progress(house.app, house.store)
    return next(each for each in courses(house.app, house.store, found) if each.section.id == section)


def test_every_round_counts_over_the_items_that_have_a_level_in_all_of_them(house):
    for level, day in zip((0, 1, 2), DAYS, strict=False):
        house.hold({"1": level, "1-1": level, **({"2": 3} if level == 2 else {})}, day)
    found = course(house)
    assert (found.items, found.asked) == (2, 4)
    assert [value for _, value in found.points] == [0, 1, 2]
    assert [day for day, _ in found.points] == DAYS[:3]
    assert found.arrival.why == "target"
    assert (course(house, "tools").items, course(house, "tools").arrival.why) == (1, "rounds")


def test_an_item_without_a_target_counts_with_the_level_it_has(house):
    for level, day in zip((0, 1, 2), DAYS, strict=False):
        held = house.start(day)
        house.say(held, "1", level, target=3)
        house.say(held, "1-1", 1)
        close_round(house.store, held, "山田")
    found = course(house, "people")
    assert found.target == Fraction(3 + 1, 2)
    assert found.arrival.earliest is not None


def test_an_old_round_that_shares_too_little_is_left_out_where_three_remain(house):
    house.hold({"2-1": 1}, DAYS[0])
    for level, day in zip((0, 1, 2), DAYS[1:], strict=True):
        house.hold({"1": level, "1-1": level}, day)
    found = course(house)
    assert [day for day, _ in found.points] == DAYS[1:]
    assert found.items == 2


def test_a_round_without_a_level_is_no_point_and_with_nothing_in_common_there_is_no_course(house):
    house.hold({"1": 1}, DAYS[0])
    unsure = house.start(DAYS[1])
    house.say(unsure, "1", state=State.CANNOT_SAY)
    close_round(house.store, unsure, "山田")
    assert len(course(house).points) == 1
    house.hold({"2": 1}, DAYS[2])
    assert (course(house).points, course(house).arrival.why) == ((), "rounds")


def test_what_closed_rounds_lead_to_is_computed_once(house):
    house.hold({"1": 1}, DAYS[0])
    found = progress(house.app, house.store)
    assert courses(house.app, house.store, found) is courses(house.app, house.store, found)
