"""When the targets are reached: every round over the same items, targets over those items, pieces that are missing named."""

from datetime import date
from fractions import Fraction

from dxassess.assessment.model import Answer, State
from dxassess.usecases import close_round, progress
from dxassess.usecases.arrival import courses

DAYS = [date(2026, 2, 1), date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 1)]
TODAY = date(2026, 11, 22)


def course(house, section="all"):
    found = progress(house.app, house.store)
    return next(each for each in courses(house.app, house.store, found) if each.section.id == section)


def test_every_round_counts_over_the_items_that_have_a_level_in_all_of_them(house):
    for level, day in zip((0, 1, 2), DAYS, strict=False):
        house.hold({"1": level, "1-1": level, "2": level, **({"2-1": 3} if level == 2 else {})}, day)
    found = course(house)
    assert (found.items, found.asked) == (3, 4)
    assert [value for _, value in found.points] == [0, 1, 2]
    assert [day for day, _ in found.points] == DAYS[:3]
    assert found.arrival.why == "target"
    assert (course(house, "tools").items, course(house, "tools").arrival.why) == (1, "items")


def test_an_item_without_a_target_counts_with_the_level_it_has(house):
    for level, day in zip((0, 1, 2), DAYS[1:], strict=True):
        held = house.start(day)
        house.say(held, "1", level, target=3)
        house.say(held, "1-1", level)
        house.say(held, "2", level)
        close_round(house.store, held, "山田")
    found = course(house)
    assert found.target == Fraction(3 + 2 + 2, 3)
    assert found.arrival.earliest is not None
    assert found.arrival.earliest >= TODAY


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


def voted(house, day, votes):
    """A closed round in which five people gave these levels on every item, and their rounded mean was agreed on."""
    held = house.start(day)
    people = [house.store.add_respondent(held.id, "it", f"{number}").id for number in range(len(votes))]
    entries = [
        (person, "first", Answer(item.id, State.ANSWERED, vote), f"{held.id}.{item.code}.{person}")
        for item in house.app.edition("tiny").scored
        for person, vote in zip(people, votes, strict=True)
    ]
    house.store.append_many(held.id, entries)
    for item in house.app.edition("tiny").scored:
        house.say(held, item.code, round(sum(votes) / len(votes)), target=3)
    return close_round(house.store, held, "山田")


def test_a_move_that_the_votes_do_not_bear_out_leads_to_no_day(house):
    for day, votes in zip(
        DAYS, ([0, 0, 3, 0, 0], [1, 0, 3, 1, 0], [3, 0, 3, 3, 0], [3, 0, 2, 3, 0]), strict=False
    ):
        voted(house, day, votes)
    assert course(house).arrival.why == "noise"


def test_a_move_that_the_votes_bear_out_leads_to_a_day(house):
    for day, votes in zip(DAYS, ([0] * 5, [1] * 5, [2] * 5), strict=False):
        voted(house, day, votes)
    assert course(house).arrival.earliest is not None


def test_a_target_counts_as_reached_over_everything_the_newest_round_has(house):
    """Detect of an attacker: one item stands at its target in every round, the other came only now, far below."""
    for number, day in enumerate(DAYS):
        held = house.start(day)
        for code in ("1", "1-1", "2", *(["2-1"] if number == 3 else [])):
            house.say(held, code, 0 if code == "2-1" else 3, target=3)
        close_round(house.store, held, "山田")
    found = course(house)
    assert (found.arrival.reached, found.arrival.why) == (False, "items")
