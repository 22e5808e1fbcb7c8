"""Progress: closed rounds of one edition in order; what is damaged is named and not shown."""

from datetime import date
from fractions import Fraction

from dxassess.assessment.progress import change
from dxassess.catalogue.model import Edition, Scale
from dxassess.usecases import close_round, progress, reopen_round, result, standing, start_round
from dxassess.usecases.overview import overview
from dxassess.usecases.progress import explained
from tests.usecases.conftest import new_house

SPRING, SUMMER, AUTUMN = date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 1)


def values(found, node):
    return [point.value for point in found.lines[node]]


def test_without_a_closed_round_there_is_no_progress(house):
    assert progress(house.app, house.store) is None
    house.start()
    assert progress(house.app, house.store) is None


def test_every_average_group_and_item_has_a_line_over_the_closed_rounds_in_the_order_of_their_day(any_house):
    later = any_house.hold({"1": 2, "2": 1}, SUMMER)
    first = any_house.hold({"1": 1}, SPRING)
    any_house.say(any_house.start(AUTUMN), "1", 3)
    found = progress(any_house.app, any_house.store)
    assert found.rounds == (first, later)
    assert set(found.lines) == {"all", "people", "tools", "tiny.1", "tiny.1-1", "tiny.2", "tiny.2-1"}
    assert values(found, "people") == [1, 2]
    assert values(found, "tiny.2") == [None, 1]
    assert [(point.counts.n, point.counts.m) for point in found.lines["all"]] == [(1, 4), (2, 4)]


def test_a_reopened_round_leaves_the_trend_until_it_is_closed_again(house):
    house.hold({"1": 1}, SPRING)
    second = house.hold({"1": 2}, SUMMER)
    again = reopen_round(house.store, second, "山田", "直す")
    assert values(progress(house.app, house.store), "all") == [1]
    house.say(again, "1", 3)
    close_round(house.store, again, "山田")
    assert values(progress(house.app, house.store), "all") == [1, 3]


def test_a_damaged_round_is_named_and_the_others_are_shown(house, flipped):
    first, second = house.hold({"1": 2}, SPRING), house.hold({"1": 3}, SUMMER)
    broken = flipped(house, first)
    found = progress(broken.app, broken.store)
    assert (found.damaged, found.rounds) == ((first,), (second,))
    assert values(found, "all") == [3]


def test_when_every_closed_round_is_damaged_they_are_named_and_nothing_is_drawn(house, flipped):
    only = house.hold({"1": 2})
    broken = flipped(house, only).with_edition(None)
    found = progress(broken.app, broken.store)
    assert (found.damaged, found.rounds, found.lines) == ((only,), (), {})


def test_rounds_of_a_corrected_edition_stand_on_one_line_and_a_withdrawn_item_ends(house, edited):
    house.hold({"1": 1, "2": 1, "2-1": 1}, SPRING)
    changed = edited(
        ("edition.yaml", "revision: 1", "revision: 2"),
        ("edition.yaml", 'items: ["2", "2-1"]', 'items: ["2"]'),
        ("2-1.yaml", "respondents: [it]", "respondents: [it]\nwithdrawn: true"),
        ("2.yaml", '"道具"', '"用具"'),
    )
    later = house.with_edition(changed)
    later.hold({"1": 2, "2": 2}, SUMMER)
    found = progress(later.app, later.store)
    assert values(found, "tools") == [1, 2]
    assert "tiny.2-1" not in found.lines
    assert found.edition.by_code["2"].title.ja == "用具"


def test_rounds_of_another_edition_are_named_and_not_laid_on_the_line(house, edited):
    old = house.hold({"1": 1}, SPRING)
    renamed = edited(("edition.yaml", "revision: 1", "revision: 2"))
    other = renamed.model_copy(update={"head": renamed.head.model_copy(update={"id": "other"})})
    other = type(other).model_validate(other.model_dump())
    later = house.with_edition(other)
    new = later.hold({"1": 3}, SUMMER)
    found = progress(later.app, later.store)
    assert (found.rounds, found.others) == ((new,), (old,))
    assert change(found.lines["all"]) is None
    assert [held for held, _ in found.choices] == [old, new]
    before = progress(later.app, later.store, old.id)
    assert (before.rounds, before.others) == ((old,), (new,))


def test_the_line_of_one_organisation_holds_nothing_of_another(any_house):
    other = new_house(any_house.app, "乙社")
    other.hold({"1": 3}, SPRING)
    any_house.hold({"1": 1}, SPRING)
    for _ in range(2):
        assert values(progress(any_house.app, any_house.store), "all") == [1]
        assert values(progress(other.app, other.store), "all") == [3]


def test_a_point_and_its_target_are_explained(house):
    held = house.start()
    house.say(held, "1", 1, target=3)
    held = close_round(house.store, held, "")
    made = [explained(house.app, house.store, held, "people", targets=targets) for targets in (False, True)]
    assert [each.value for each in made] == [1, 3]


def test_a_round_of_one_section_stands_on_the_line_of_that_section_alone(house, tiny):
    whole = house.hold({"1": 1, "1-1": 1, "2": 3}, SPRING)
    part = start_round(house.app, house.store, "tiny", "人だけ", SUMMER, None, section="people")
    house.say(part, "1", 2)
    part = close_round(house.store, part, "")
    found = progress(house.app, house.store)
    assert found.rounds == (whole, part)
    assert (found.edition.head.averages, values(found, "people")) == (("people",), [1, 2])
    assert found.edition.head.title.ja == "ちいさな診断 人"
    all_of_it = progress(house.app, house.store, whole.id)
    assert (all_of_it.rounds, all_of_it.others) == ((whole,), (part,))
    assert values(all_of_it, "all") == [Fraction(5, 3)]


def test_levels_of_another_scale_are_never_subtracted(house):
    """A revision that stretches the scale: nothing joins its rounds with the older ones, on any page."""
    house.hold({"1": 2, "2": 2}, SPRING)
    edition = house.app.edition("tiny")
    steps = edition.scale.levels
    scale = Scale(levels=(*steps, steps[-1].model_copy(update={"value": 4})))
    head = edition.head.model_copy(update={"scale": scale, "revision": 2})
    later = house.with_edition(Edition(head=head, indicators=edition.indicators))
    held = later.start(SUMMER, previous=standing(house.store).closed[0])
    later.say(held, "1", 3)
    close_round(later.store, held, "山田")
    found = progress(later.app, later.store)
    assert values(found, "all") == [3]
    assert [other.held_on for other in found.others] == [SPRING]
    assert result(later.app, later.store, standing(later.store).closed[-1]).last is None
    assert overview(later.app, later.store, standing(later.store)).now[1].change is None
