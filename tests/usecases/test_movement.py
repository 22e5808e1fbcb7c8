"""Why a number moved between two closed rounds: which rounds, in whose levels, and what must not be seen."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import permutations

from dxassess.assessment.action import Action, Status
from dxassess.assessment.change_note import Finished, Reopened, Value, WithinNoise
from dxassess.assessment.movement import KINDS
from dxassess.usecases import close_round, reopen_round, start_round
from dxassess.usecases.movement import Pair, movement_of, note_of, pair_of
from dxassess.usecases.pulse import start_pulse
from tests.usecases.conftest import new_house
from tests.usecases.voting import vote, voted

SPRING, SUMMER, AUTUMN = date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 1)


def pair(house, *ids) -> Pair:
    found = pair_of(house.app, house.store, *ids)
    assert isinstance(found, Pair)
    return found


def told(house, node="all", view="agreed", *ids):
    return movement_of(house.app, house.store, pair(house, *ids), node, view)


def steps(found):
    return [(part.kind, part.change, [one.indicator.code for one in part.inputs]) for part in found.parts]


def test_without_a_closed_round_there_is_nothing_to_lay_side_by_side(house):
    assert pair_of(house.app, house.store) == ()
    house.start()
    assert pair_of(house.app, house.store) == ()


def test_the_newest_round_stands_beside_the_one_before_and_others_may_be_chosen(any_house):
    first = any_house.hold({"1": 1, "2": 1}, SPRING)
    second = any_house.hold({"1": 2, "2": 1}, SUMMER)
    third = any_house.hold({"1": 3, "2": 2}, AUTUMN)
    found = pair(any_house)
    assert (found.before.held, found.after.held, found.earlier) == (second, third, (first, second))
    assert steps(told(any_house)) == [("moved", Fraction(1, 2), ["1"]), ("moved", Fraction(1, 2), ["2"])]
    assert steps(told(any_house, "all", "agreed", third.id, first.id)) == [
        ("moved", 1, ["1"]),
        ("moved", Fraction(1, 2), ["2"]),
    ]
    assert pair(any_house, first.id).before is None
    assert told(any_house, "all", "agreed", first.id) is None
    assert pair(any_house, second.id, third.id).before.held == first
    assert pair(any_house, "nowhere", "nowhere").after.held == third


def test_two_rounds_on_one_day_keep_their_order(house):
    first, second = house.hold({"1": 3}, SPRING), house.hold({"1": 1}, SPRING)
    found = pair(house)
    assert (found.before.held, found.after.held) == (first, second)
    assert told(house).change == -2


def test_averages_groups_and_key_questions_may_be_taken_apart(house):
    house.hold({"1": 1})
    assert pair(house).nodes == ("all", "people", "tools", "tiny.1", "tiny.2")


def test_a_damaged_round_is_named_and_never_taken_apart(house, flipped):
    first, second, third = (
        house.hold({"1": level}, day) for level, day in ((1, SPRING), (2, SUMMER), (3, AUTUMN))
    )
    broken = flipped(house, second)
    found = pair(broken)
    assert (found.damaged, found.before.held, found.after.held) == ((second,), first, third)
    assert told(broken).change == 2


def test_when_every_round_is_damaged_they_are_named(house, flipped):
    only = house.hold({"1": 2})
    broken = flipped(house, only)
    assert pair_of(broken.app, broken.store) == (only,)


def test_a_round_that_was_reopened_and_corrected_is_named_and_its_new_numbers_count(house):
    house.hold({"1": 1}, SPRING)
    second = house.hold({"1": 2}, SUMMER)
    assert told(house).change == 1
    again = reopen_round(house.store, second, "山田", "写しまちがい")
    house.say(again, "1", 3)
    close_round(house.store, again, "山田")
    assert told(house).change == 2
    (named,) = pair(house).reopened
    assert (named.held.id, named.times, named.newest.detail["reason"]) == (second.id, 1, "写しまちがい")
    facts = note_of(house.app, house.store, pair(house))
    assert [fact for fact in facts if isinstance(fact, Reopened)] == [named]


def test_a_round_without_answers_is_named_and_nothing_is_made_up(house):
    first, empty = house.hold({"1": 1}, SPRING), house.hold({}, SUMMER)
    found = pair(house)
    assert found.empty == (empty,)
    assert (told(house).why_not, told(house).change) == ("after", None)
    house.hold({"1": 2}, AUTUMN)
    assert told(house).why_not == "before"
    assert told(house, "all", "agreed", None, first.id).change == 1


def test_the_earlier_round_is_by_default_one_that_asks_the_same(house, tiny):
    whole = house.hold({"1": 1, "2": 3}, SPRING)
    part = close_round(
        house.store, start_round(house.app, house.store, "tiny", "人だけ", SUMMER, None, section="people"), ""
    )
    again = house.hold({"1": 2, "2": 3}, AUTUMN)
    assert pair(house).before.held == whole
    assert pair(house, part.id).before.held == whole
    assert pair(house, again.id, part.id).before.held == part
    assert told(house, "all", "agreed", again.id, part.id).why_not == "node"


def test_a_pulse_is_laid_beside_its_items_of_a_full_round_and_never_beside_a_full_one(house):
    """Full: 1, 3 and 0. The pulse asks 1 alone: 1 → 2. The next full round passes over it."""
    first = house.hold({"1": 1, "1-1": 3, "2": 0}, SPRING)
    held = start_pulse(house.app, house.store, "tiny", ["1"], "パルス", SUMMER)
    house.say(held, "1", 2)
    pulse = close_round(house.store, held, "")
    found = pair(house)
    assert (found.before.held, found.after.held, found.nodes[0]) == (first, pulse, "pulse")
    assert steps(told(house, "pulse")) == [("moved", 1, ["1"])]
    assert note_of(house.app, house.store, pair(house))[0].change == 1
    last = house.hold({"1": 3, "1-1": 3, "2": 0}, AUTUMN)
    assert (pair(house).before.held, pair(house).earlier) == (first, (first,))
    assert pair(house, last.id, pulse.id).before.held == first


def test_a_pulse_by_its_votes(house):
    voted(house, {"it": {"1": [1, 1], "2": [3, 3]}}, day=SPRING)
    held = start_pulse(house.app, house.store, "tiny", ["1"], "パルス", SUMMER)
    vote(house, held, {"it": {"1": [2, 3]}})
    close_round(house.store, held, "")
    assert pair(house).views == ("agreed", "votes")
    assert steps(told(house, "pulse", "votes")) == [("moved", Fraction(3, 2), ["1"])]


def test_another_edition_is_laid_beside_but_never_subtracted(house, edited):
    house.hold({"1": 1}, SPRING)
    renamed = edited(("edition.yaml", "revision: 1", "revision: 2"))
    other = renamed.model_copy(update={"head": renamed.head.model_copy(update={"id": "other"})})
    later = house.with_edition(type(other).model_validate(other.model_dump()))
    later.hold({"1": 3}, SUMMER)
    found = told(later)
    assert (found.why_not, found.change, found.parts) == ("edition", None, ())


def test_by_default_a_round_is_shown_that_has_one_like_it_before_it(house, edited):
    first, second = house.hold({"1": 1}, SPRING), house.hold({"1": 2}, SUMMER)
    assert pair(house).passed is None
    renamed = edited(("edition.yaml", "revision: 1", "revision: 2"))
    other = renamed.model_copy(update={"head": renamed.head.model_copy(update={"id": "other"})})
    later = house.with_edition(type(other).model_validate(other.model_dump()))
    newest = later.hold({"1": 3}, AUTUMN)
    found = pair(later)
    assert (found.before.held, found.after.held, found.passed) == (first, second, newest)
    found = pair(later, newest.id)
    assert (found.before.held, found.after.held, found.passed) == (second, newest, None)


def test_a_revision_is_a_part_of_its_own(house, edited):
    house.hold({"1": 1, "2": 1, "2-1": 3}, SPRING)
    changed = edited(
        ("edition.yaml", "revision: 1", "revision: 2"),
        ("edition.yaml", 'items: ["2", "2-1"]', 'items: ["2"]'),
        ("2-1.yaml", "respondents: [it]", "respondents: [it]\nwithdrawn: true"),
    )
    later = house.with_edition(changed)
    later.hold({"1": 2, "2": 1}, SUMMER)
    assert steps(told(later)) == [("revision", Fraction(-2, 3), ["2-1"]), ("moved", Fraction(1, 2), ["1"])]


def test_by_the_votes_of_named_people_who_answered_stands_apart(house):
    """Item 1: two executives say 2 and 0; then the first says 3 and a newcomer 3 as well."""
    voted(house, {"management": {"1": [2, 0]}}, day=SPRING)
    later = voted(house, {"management": {"1": [3, None, 3], "2": [None, None, 1]}}, day=SUMMER)
    found = told(house, "all", "votes")
    assert pair(house).views == ("agreed", "votes")
    assert (found.told_by, found.both) == ("person", 1)
    assert steps(found) == [("moved", 1, ["1"]), ("who", 1, ["1"]), ("answered", -1, ["2"])]
    assert told(house).why_not == "before"
    assert found.after.value == 2
    assert later.named


def test_votes_are_not_offered_where_there_are_none(house):
    house.hold({"1": 1}, SPRING)
    voted(house, {"it": {"1": [2, 3]}}, day=SUMMER)
    assert pair(house).views == ("agreed",)
    assert pair(house, pair(house).rounds[0].id).views == ("agreed",)


def test_of_anonymous_rounds_roles_tell_who_answered(house):
    """Executives 3 ×3, IT 0 ×3: 1.5. Then executives 3 ×6, IT 0 ×3: 2; nobody changed."""
    voted(house, {"management": {"1": [3] * 3}, "it": {"1": [0] * 3}}, day=SPRING, minimum=3)
    voted(house, {"management": {"1": [3] * 6}, "it": {"1": [0] * 3}}, day=SUMMER, minimum=3)
    found = told(house, "all", "votes")
    assert (found.told_by, found.both, steps(found)) == ("role", 0, [("who", Fraction(1, 2), ["1"])])


def test_a_small_group_of_an_anonymous_round_is_not_told_apart(house):
    """Two IT people are merged with the executives: their change cannot be seen, nor that of the executives."""
    voted(house, {"management": {"1": [1] * 4}, "it": {"1": [0, 0]}}, day=SPRING, minimum=3)
    voted(house, {"management": {"1": [1] * 4}, "it": {"1": [3, 3]}}, day=SUMMER, minimum=3)
    found = told(house, "all", "votes")
    assert [item.code for item in found.untold] == ["1"]
    assert steps(found) == [("moved", 1, ["1"])]


def test_items_with_too_few_votes_are_unseen_whatever_was_voted(house):
    """Two votes on item 2 may not be shown: the result is the same as with none at all."""
    voted(house, {"management": {"1": [1] * 4}}, day=SPRING, minimum=3)
    second = {"management": {"1": [1] * 4, "2": [3, 3, None, None]}}
    voted(house, second, day=SUMMER, minimum=3)
    voted(house, {"management": {"1": [1] * 4, "2": [2] * 4}}, day=AUTUMN, minimum=3)
    first, middle, last = pair(house).rounds
    assert steps(told(house, "all", "votes", middle.id, first.id)) == []
    found = told(house, "all", "votes", last.id, middle.id)
    assert [(part.kind, [one.reason for one in part.inputs]) for part in found.parts] == [
        ("answered", ["unseen"])
    ]


def test_who_of_a_small_group_said_what_makes_no_difference_to_what_is_told(house):
    """The same six votes on item 1, dealt to four executives and two IT people in every way, look the same."""
    seen = set()
    for dealt in {*permutations((0, 0, 1, 1, 2, 3))}:
        if dealt[:4] != tuple(sorted(dealt[:4])) or dealt[4:] != tuple(sorted(dealt[4:])):
            continue
        votes = {"management": {"1": dealt[:4]}, "it": {"1": dealt[4:]}}
        first = voted(house, votes, day=SPRING, minimum=3)
        last = voted(house, {"management": {"1": [2] * 4}, "it": {"1": [2] * 2}}, day=SUMMER, minimum=3)
        found = told(house, "all", "votes", last.id, first.id)
        seen.add((found.told_by, found.change, str(steps(found)), found.untold[0].code))
    assert len(seen) == 1


def test_a_round_whose_votes_are_all_hidden_is_not_offered(house):
    voted(house, {"management": {"1": [1, 2]}}, day=SPRING, minimum=3)
    voted(house, {"management": {"1": [1] * 4}}, day=SUMMER, minimum=3)
    assert pair(house).views == ("agreed",)


def test_closed_pairs_are_computed_once(house):
    house.hold({"1": 1}, SPRING)
    house.hold({"1": 2}, SUMMER)
    assert told(house) is told(house)
    assert told(house) is not told(house, "people")


def test_the_note_tells_of_the_round_and_of_what_was_finished_since(house, tiny):
    house.hold({"1": 1}, SPRING)
    house.hold({"1": 2}, SUMMER)
    done = Action("研修", "tiny", status=Status.DONE, finished=date(2026, 7, 1))
    house.store.keep_action(done, tiny, "")
    facts = note_of(house.app, house.store, pair(house))
    assert isinstance(facts[0], Value)
    assert [action.title for fact in facts if isinstance(fact, Finished) for action in fact.actions] == [
        "研修"
    ]


def test_every_round_has_a_note_of_its_own(house):
    first, second, third = (
        house.hold({"1": level}, day) for level, day in ((1, SPRING), (3, SUMMER), (2, AUTUMN))
    )
    told = {
        held.id: note_of(house.app, house.store, pair(house, held.id))[0].change for held in (second, third)
    }
    assert told == {second.id: 2, third.id: -1}
    assert note_of(house.app, house.store, pair(house, third.id, first.id))[0].change == 1


def test_the_note_says_how_many_moved_within_the_noise(house):
    """Item 1: three people say 0 and then 3, all of them. Item 2: 1, 2, 3 and then 1, 3, 3. Item 2-1 has no votes."""
    for day, votes, agreed in (
        (SPRING, {"1": [0] * 3, "2": [1, 2, 3]}, {"1": 0, "2": 2, "2-1": 1}),
        (SUMMER, {"1": [3] * 3, "2": [1, 3, 3]}, {"1": 3, "2": 3, "2-1": 2}),
    ):
        again = reopen_round(house.store, voted(house, {"it": votes}, day=day), "", "合意")
        for code, level in agreed.items():
            house.say(again, code, level)
        close_round(house.store, again, "")
    facts = note_of(house.app, house.store, pair(house))
    assert [fact for fact in facts if isinstance(fact, WithinNoise)] == [WithinNoise(1, 2)]


def test_without_votes_the_note_says_nothing_of_noise(house):
    house.hold({"1": 1}, SPRING)
    house.hold({"1": 2}, SUMMER)
    facts = note_of(house.app, house.store, pair(house))
    assert not any(isinstance(fact, WithinNoise) for fact in facts)


def test_the_first_round_has_a_shorter_note(house, tiny):
    house.store.keep_action(Action("研修", "tiny", status=Status.DONE, finished=date(2026, 4, 1)), tiny, "")
    house.hold({"1": 1}, SPRING)
    facts = note_of(house.app, house.store, pair(house))
    assert [type(fact) for fact in facts] == [Value]


def test_one_organisation_never_meets_another(any_house):
    other = new_house(any_house.app, "乙社")
    for house, level in ((any_house, 1), (other, 3)):
        house.hold({"1": 0}, SPRING)
        house.hold({"1": level}, SUMMER)
    assert [told(house).total(*KINDS) for house in (any_house, other)] == [1, 3]
