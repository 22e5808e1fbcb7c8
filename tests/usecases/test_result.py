"""Where an organisation stands in a round: recomputed here by hand, and computed once for closed rounds."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from dxassess.assessment.model import State
from dxassess.errors import RoundDamaged, RoundUnknown
from dxassess.storage import Store
from dxassess.usecases import close_round, reopen_round, result
from dxassess.usecases.result import standings
from tests.usecases.conftest import new_application, new_house

LEVELS = {"1": 3, "1-1": 2, "2": 1, "2-1": 0}
ALL = Fraction(3 + 2 + 1 + 0, 4)
PEOPLE = Fraction(3 + 2, 2)
TOOLS = Fraction(1 * 3 + 0 * 1, 3 + 1)


def values(found):
    return {average.today.id: average.today.value for average in found.averages}


def test_the_averages_are_those_of_the_edition_recomputed_by_hand(any_house):
    found = result(any_house.app, any_house.store, any_house.hold(LEVELS))
    assert values(found) == {"all": ALL, "people": PEOPLE, "tools": TOOLS}
    assert [average.today.counts.n for average in found.averages] == [4, 2, 2]
    assert not found.is_empty


def test_what_is_not_said_is_left_out_and_counted(house):
    held = house.start()
    house.say(held, "1", 3)
    house.say(held, "1-1", state=State.CANNOT_SAY)
    house.say(held, "2", reason="no-business")
    found = result(house.app, house.store, held)
    assert values(found) == {"all": 3, "people": 3, "tools": None}
    counts = found.averages[0].today.counts
    assert (counts.n, counts.m, counts.cannot_say, counts.not_applicable, counts.not_answered) == (
        1,
        3,
        1,
        1,
        1,
    )


def test_a_round_without_levels_is_empty_whatever_else_was_said(house):
    held = house.start()
    house.say(held, "1", state=State.CANNOT_SAY, target=3, evidence="規程")
    found = result(house.app, house.store, held)
    assert found.is_empty
    assert (found.strongest, found.weakest) == ((), ())
    assert found.distances[0][1] is None


def test_targets_are_averaged_apart_from_levels(house):
    held = house.start()
    house.say(held, "1", 1, target=3)
    house.say(held, "1-1", 2)
    found = result(house.app, house.store, held)
    people = found.averages[1]
    assert (people.today.value, people.target.value) == (Fraction(3, 2), 3)
    assert (people.target.counts.n, people.target.counts.m) == (1, 2)


def test_the_change_since_last_round_is_made_from_exact_numbers(house):
    first = house.hold({"1": 1, "1-1": 0, "2": 0})
    second = house.start(previous=first)
    for code, level in {"1": 1, "1-1": 1, "2": 0}.items():
        house.say(second, code, level)
    found = result(house.app, house.store, second)
    assert found.averages[0].since.change == Fraction(2, 3) - Fraction(1, 3)
    assert found.averages[2].since.change == 0


def test_without_a_last_round_or_a_value_there_is_no_change(house):
    first = house.hold({"1": 1})
    assert all(average.last is None for average in result(house.app, house.store, first).averages)
    second = house.start(previous=first)
    house.say(second, "2", 3)
    changes = [average.since.change for average in result(house.app, house.store, second).averages]
    assert changes == [None, None, None]
    closed = close_round(house.store, second, "")
    averages = result(house.app, house.store, closed).averages
    assert [average.since.change for average in averages] == [2, None, None]
    assert not any(average.since.alike for average in averages)


def test_last_round_is_compared_within_one_edition_only(house):
    first = house.hold({"1": 1})
    second = replace(house.start(previous=first), edition="other")
    found = result(house.app, house.store, second)
    assert found.last is None
    assert all(average.last is None for average in found.averages)


def test_a_corrected_edition_is_still_compared(house, edited):
    first = house.hold({"1": 1, "1-1": 1})
    changed = edited(("edition.yaml", "revision: 1", "revision: 2"))
    later = house.with_edition(changed)
    second = later.start(previous=first)
    later.say(second, "1", 3)
    later.say(second, "1-1", 3)
    found = result(later.app, later.store, second)
    assert found.last is not None
    assert found.averages[1].since.change == 3 - 1


def test_the_newest_published_average_of_each_node_stands_beside(house):
    found = result(house.app, house.store, house.hold(LEVELS))
    published = [average.published for average in found.averages]
    assert (published[0].year, published[0].n, published[0].current_mean) == (2024, 20, 1.25)
    assert published[1:] == [None, None]


def test_the_distance_to_a_named_line_is_exact(house):
    found = result(house.app, house.store, house.hold(LEVELS))
    ((line, missing),) = found.distances
    assert (line.id, missing) == ("leading", 2 - ALL)


def test_strongest_and_weakest_stand_in_order(house):
    found = result(house.app, house.store, house.hold(LEVELS))
    assert [node.code for node in found.strongest] == ["1", "1-1"]
    assert [node.code for node in found.weakest] == ["2-1", "2"]


def test_nothing_at_the_mean_is_called_strong_or_weak(house):
    found = result(house.app, house.store, house.hold(dict.fromkeys(LEVELS, 2)))
    assert (found.strongest, found.weakest) == ((), ())


@pytest.mark.parametrize("targets", [False, True])
def test_every_number_can_be_taken_apart(house, targets):
    held = house.start()
    for code, level in LEVELS.items():
        house.say(held, code, level, target=3)
    found = result(house.app, house.store, held)
    made = found.explain("tools", targets=targets)
    assert made.total / made.weights == made.value == (3 if targets else TOOLS)
    assert [part.code for part in made.parts] == ["2", "2-1"]


@pytest.fixture
def reads(monkeypatch):
    """How often answers were read from the store."""
    counted = []
    original = Store.voice

    def counting(self, *arguments, **named):
        counted.append(self.organisation_id)
        return original(self, *arguments, **named)

    monkeypatch.setattr(Store, "voice", counting)
    return counted


def test_the_numbers_of_a_closed_round_are_computed_once(any_house, reads):
    closed = any_house.hold(LEVELS)
    reads.clear()
    first = result(any_house.app, any_house.store, closed)
    assert len(reads) == 1
    again = result(any_house.app, any_house.store, closed)
    assert len(reads) == 1
    assert again == first


def test_the_numbers_of_an_open_round_are_always_new(house, reads):
    held = house.start()
    house.say(held, "1", 1)
    assert values(result(house.app, house.store, held))["all"] == 1
    house.say(held, "1", 2)
    assert values(result(house.app, house.store, held))["all"] == 2


def test_a_round_closed_again_is_computed_again(any_house):
    closed = any_house.hold({"1": 1})
    assert values(result(any_house.app, any_house.store, closed))["all"] == 1
    again = reopen_round(any_house.store, closed, "山田", "直す")
    any_house.say(again, "1", 3)
    closed = close_round(any_house.store, again, "山田")
    assert values(result(any_house.app, any_house.store, closed))["all"] == 3


def test_numbers_kept_for_one_organisation_are_never_given_to_another(database, tiny):
    app = new_application(database, tiny)
    mine, theirs = new_house(app, "甲"), new_house(app, "乙")
    my_round, their_round = mine.hold({"1": 1}), theirs.hold({"1": 3})
    for _ in range(2):
        assert values(result(app, mine.store, my_round))["all"] == 1
        assert values(result(app, theirs.store, their_round))["all"] == 3
    with pytest.raises(RoundUnknown):
        result(app, theirs.store, my_round)
    with pytest.raises(RoundUnknown):
        standings(app, mine.store, their_round)


def test_a_damaged_round_has_no_result_and_a_damaged_last_round_is_passed_over(house, flipped):
    first = house.hold(LEVELS)
    second = house.start(date(2026, 11, 1), previous=first)
    house.say(second, "1", 3)
    broken = flipped(house, first)
    with pytest.raises(RoundDamaged):
        result(broken.app, broken.store, first)
    found = result(broken.app, broken.store, second)
    assert (found.last, found.damaged) == (None, first)
    assert values(found)["all"] == 3


def test_edited_texts_leave_the_numbers_of_old_rounds_alone_to_the_last_digit(house, edited):
    first = house.hold(LEVELS)
    before = result(house.app, house.store, first)
    changed = edited(
        ("edition.yaml", "revision: 1", "revision: 2"),
        ("edition.yaml", 'items: ["2", "2-1"]', 'items: ["2"]'),
        ("edition.yaml", "aggregate: weighted_mean", "aggregate: min"),
        ("2.yaml", "weight: 3", "weight: 0.1"),
        ("2.yaml", '"道具"', '"用具"'),
        ("2-1.yaml", "respondents: [it]", "respondents: [it]\nwithdrawn: true"),
        ("1.yaml", "学びを測り、直し続けています。", "学びを測っています。"),
    )
    for later in (house.with_edition(changed), house.with_edition(None)):
        fresh = replace(later, app=replace(later.app, closed=type(later.app.closed)()))
        after = result(fresh.app, fresh.store, first)
        assert values(after) == values(before)
        assert after.standings.today == before.standings.today
        assert after.standings.edition.by_code["2"].title.ja == "道具"
        assert after.explain("tools") == before.explain("tools")


def test_a_new_round_uses_the_new_texts_while_an_open_one_keeps_its_own(house, edited):
    held = house.start()
    changed = edited(("edition.yaml", "revision: 1", "revision: 2"), ("2.yaml", "weight: 3", "weight: 1"))
    later = house.with_edition(changed)
    fresh = later.start(date(2026, 11, 1))
    for known in (held, fresh):
        later.say(known, "2", 1)
        later.say(known, "2-1", 0)
    assert values(result(later.app, later.store, held))["tools"] == Fraction(3, 4)
    assert values(result(later.app, later.store, fresh))["tools"] == Fraction(1, 2)
