"""Rounds side by side: which are offered and which are not, the noise of who answered, targets, actions between."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from dxassess.assessment.action import Action, PlanNode, Status
from dxassess.assessment.model import Answer, State
from dxassess.usecases import close_round, reopen_round, start_round
from dxassess.usecases.comparison import compare
from tests.usecases.conftest import new_house
from tests.usecases.meetings import meet
from tests.usecases.voting import vote, voted

SPRING, SUMMER, AUTUMN = date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 1)
LOW = {"it": {"1": [0, 1, 1], "2": [1, 1, 1]}, "management": {"1": [1, 0, 0], "2": [1, 1, 1]}}
HIGH = {"it": {"1": [3, 3, 2], "2": [1, 1, 1]}, "management": {"1": [2, 3, 3], "2": [1, 1, 1]}}


def compared(house, **more):
    return compare(house.app, house.store, **more)


def line(found, code):
    return next(each for each in found.found.lines if each.item.code == code)


def agreed_and_voted(house, day, level, votes, **more):
    """A round with votes, and the same level agreed for both key questions."""
    held = start_round(house.app, house.store, "tiny", "投票", day, None, named=not more, **more)
    vote(house, held, votes)
    for code in ("1", "2"):
        house.say(held, code, level)
    return close_round(house.store, held, "山田")


def test_without_a_closed_round_there_is_nothing_and_with_one_nothing_to_compare(any_house):
    assert compared(any_house) is None
    only = any_house.hold({"1": 1}, SPRING)
    found = compared(any_house)
    assert (found.offered, found.found, found.aims, found.finished) == ((only,), None, (), ())
    assert (found.same_day, found.corrected, found.unanswered, dict(found.verdicts)) == ((), (), (), {})
    assert found.noise_of("tiny.1") is None


def test_the_last_two_rounds_are_compared_and_any_others_that_are_chosen(any_house):
    rounds = [any_house.hold({"1": level}, day) for level, day in ((0, SPRING), (1, SUMMER), (3, AUTUMN))]
    found = compared(any_house)
    assert (found.found.rounds, line(found, "1").change) == (tuple(rounds[1:]), 2)
    found = compared(any_house, chosen=[each.id for each in rounds])
    assert (line(found, "1").steps, line(found, "1").change) == ((1, 2), 3)
    assert compared(any_house, chosen=[rounds[0].id, rounds[2].id]).found.rounds == (rounds[0], rounds[2])
    assert compared(any_house, chosen=[rounds[0].id, "nobody"]).found is None


def test_a_round_without_answers_is_named_and_not_one_of_the_last_two_unless_chosen(house):
    first, second = house.hold({"1": 1}, SPRING), house.hold({"1": 2}, SUMMER)
    silent = house.start(AUTUMN)
    house.say(silent, "1", state=State.CANNOT_SAY)
    silent = close_round(house.store, silent, "")
    found = compared(house)
    assert (found.found.rounds, found.empty, found.unanswered) == ((first, second), (silent,), ())
    found = compared(house, chosen=[second.id, silent.id])
    assert found.unanswered == (silent,)
    assert len(found.found.apart) == 4


def test_a_damaged_round_is_named_and_not_compared(house, flipped):
    first, second, third = (
        house.hold({"1": level}, day) for level, day in ((0, SPRING), (1, SUMMER), (2, AUTUMN))
    )
    broken = flipped(house, second)
    found = compared(broken)
    assert (found.left, found.found.rounds) == (((second, "damaged"),), (first, third))


def test_rounds_of_another_edition_are_named_and_never_subtracted(house, edited):
    old = house.hold({"1": 1}, SPRING)
    changed = edited(("edition.yaml", "revision: 1", "revision: 2"))
    other = changed.model_copy(update={"head": changed.head.model_copy(update={"id": "other"})})
    later = house.with_edition(type(other).model_validate(other.model_dump()))
    new = later.hold({"1": 3}, SUMMER)
    found = compared(later)
    assert (found.offered, found.left, found.found) == ((new,), ((old, "edition"),), None)
    assert (found.choices, found.single) == ((), None)
    before = compared(later, like=old.id)
    assert (before.offered, before.left) == ((old,), ((new, "edition"),))


def test_after_the_first_round_of_another_edition_the_rounds_before_are_still_compared(house, edited):
    old = [house.hold({"1": level}, day) for level, day in ((1, SPRING), (2, SUMMER))]
    changed = edited(("edition.yaml", "revision: 1", "revision: 2"))
    other = changed.model_copy(update={"head": changed.head.model_copy(update={"id": "other"})})
    later = house.with_edition(type(other).model_validate(other.model_dump()))
    new = later.hold({"1": 3}, AUTUMN)
    for like in (None, new.id):
        found = compared(later, like=like)
        assert (found.found.rounds, found.single, found.left) == (tuple(old), new, ((new, "edition"),))
        assert [held for held, _ in found.choices] == [old[-1]]
    assert compared(later, like=old[0].id).single is None
    second = later.hold({"1": 3}, date(2026, 12, 1))
    found = compared(later)
    assert (found.found.rounds, found.single) == ((new, second), None)
    assert [held for held, _ in found.choices] == [old[-1], second]


def test_rounds_on_another_scale_are_named_and_never_subtracted(house, edited):
    old = [house.hold({"1": level}, day) for level, day in ((1, SPRING), (2, SUMMER))]
    four = '    - {value: 3, name: {ja: "定着", en: "Settled"}}'
    words = [("3: {", '4: {ja: "先です。", en: "Further."}\n  3: {')]
    files = ("1.yaml", "1-1.yaml", "2.yaml", "2-1.yaml")
    longer = edited(
        ("edition.yaml", "revision: 1", "revision: 2"),
        ("edition.yaml", four, f'{four}\n    - {{value: 4, name: {{ja: "先", en: "Further"}}}}'),
        *((name, before, after) for name in files for before, after in words),
    )
    new = house.with_edition(longer).hold({"1": 4}, AUTUMN)
    found = compared(house.with_edition(longer))
    assert (found.found.rounds, found.single, found.left) == (tuple(old), new, ((new, "scale"),))
    before = compared(house.with_edition(longer), like=old[0].id)
    assert (before.found.rounds, before.left) == (tuple(old), ((new, "scale"),))


def test_rounds_of_one_department_are_compared_with_its_part_of_the_whole_rounds(house):
    whole = house.hold({"1": 1, "1-1": 1, "2": 3}, SPRING)
    part = start_round(house.app, house.store, "tiny", "人だけ", SUMMER, None, section="people")
    house.say(part, "1", 2)
    part = close_round(house.store, part, "")
    found = compared(house)
    assert found.found.rounds == (whole, part)
    assert [each.item.code for each in found.found.lines] == ["1", "1-1"]
    assert list(found.found.sections) == ["people"]
    everything = compared(house, like=whole.id)
    assert (everything.found.rounds, everything.single) == ((whole, part), whole)
    full = house.hold({"1": 1}, AUTUMN)
    everything = compared(house, like=whole.id)
    assert (everything.offered, everything.left) == ((whole, full), ((part, "scope"),))


def test_two_rounds_of_one_day_stand_in_the_order_they_were_started_and_are_named(house):
    rounds = (house.hold({"1": 1}, SPRING), house.hold({"1": 2}, SPRING))
    found = compared(house)
    assert (found.found.rounds, found.same_day, line(found, "1").change) == (rounds, rounds, 1)


def test_a_round_that_was_corrected_after_its_closing_is_named_and_one_that_is_open_again_left_out(house):
    first, second = house.hold({"1": 1}, SPRING), house.hold({"1": 2}, SUMMER)
    again = reopen_round(house.store, second, "山田", "直す")
    found = compared(house)
    assert (found.offered, found.left) == ((first,), ((again, "reopened"),))
    house.say(again, "1", 3)
    closed = close_round(house.store, again, "山田")
    found = compared(house)
    assert (found.corrected, found.left, line(found, "1").change) == ((closed,), (), 2)


def test_a_withdrawn_and_a_renamed_item_are_matched_by_id(house, edited):
    house.hold({"1": 1, "2": 1, "2-1": 1}, SPRING)
    changed = edited(
        ("edition.yaml", "revision: 1", "revision: 2"),
        ("edition.yaml", 'items: ["2", "2-1"]', 'items: ["2"]'),
        ("2-1.yaml", "respondents: [it]", "respondents: [it]\nwithdrawn: true"),
        ("2.yaml", '"道具"', '"用具"'),
    )
    house.with_edition(changed).hold({"1": 2, "2": 2}, SUMMER)
    found = compared(house.with_edition(changed))
    assert [each.item.code for each in found.found.lines if each.gone] == ["2-1"]
    assert (line(found, "2").item.title.ja, line(found, "2").named[0].ja) == ("用具", "道具")
    assert len(found.aims) == 3


def test_the_noise_of_a_change_comes_from_the_votes_behind_the_agreed_levels(any_house):
    agreed_and_voted(any_house, SPRING, 1, LOW)
    agreed_and_voted(any_house, SUMMER, 2, HIGH)
    found = compared(any_house)
    assert found.noise.people == (6, 6)
    assert found.noise.paired == 6
    assert found.noise_of("tiny.1").means == (Fraction(1, 2), Fraction(8, 3))
    assert found.verdict("tiny.1", Fraction(1)) == "beyond"
    assert found.verdict("tiny.2", Fraction(1)) == "within"
    assert dict(found.verdicts) == {"beyond": 1, "within": 1}
    assert found.verdict_of(found.found.sections["people"]) == "beyond"
    assert found.noise_of("tiny.1-1").why == "no_votes"


def test_the_second_vote_counts_as_it_stands_and_the_first_where_nobody_voted_again(house):
    voted(house, {"it": {"1": [0, 0, 0], "2": [1, 1, 1]}}, {"it": {"1": [2, 2]}}, SPRING)
    voted(house, {"it": {"1": [3, 3, 3], "2": [2, 2, 2]}}, day=SUMMER)
    found = compared(house, chosen=[held.id for held in compared(house).offered])
    assert found.noise_of("tiny.1").means == (Fraction(4, 3), 3)
    assert found.noise_of("tiny.2").means == (1, 2)


def test_cannot_say_is_no_vote_of_a_level(house):
    held = house.start(SPRING)
    vote(house, held, {"it": {"1": [1, 1, 1]}})
    person = house.store.add_respondent(held.id, "it", "it9")
    said = Answer("tiny.1", State.CANNOT_SAY)
    house.store.append(held.id, person.id, said, key="k", ballot="first", based_on=None)
    close_round(house.store, held, "")
    voted(house, {"it": {"1": [2, 2, 2]}}, day=SUMMER)
    found = compared(house, chosen=[each.id for each in compared(house).offered])
    assert found.noise_of("tiny.1").votes == (3, 3)


def test_an_agreed_level_without_votes_behind_it_is_never_called_more_than_noise(house):
    house.hold({"1": 0}, SPRING)
    house.hold({"1": 3}, SUMMER)
    found = compared(house)
    assert found.noise.why == "no_votes"
    assert dict(found.verdicts) == {"unsaid": 1}


@pytest.mark.parametrize(("people", "why"), [(2, "hidden"), (6, None)])
def test_of_an_anonymous_round_only_what_its_groups_let_through_is_drawn(house, people, why):
    agreed_and_voted(house, SPRING, 1, LOW)
    votes = {"it": {"1": [3] * people, "2": [3] * people}}
    agreed_and_voted(house, SUMMER, 2, votes, minimum=3)
    found = compared(house)
    assert (found.noise.why, found.noise.single, found.noise.paired) == (why, False, 0)
    if why is None:
        assert found.noise_of("tiny.1").votes == (6, 6)
        assert found.noise_of("all").widest


def test_of_an_anonymous_second_vote_the_indicators_voted_on_again_count_anew(house):
    meeting = meet(house, minimum=3).vote({"it": [{"1": 0, "2": 1}] * 4}).reveal().again("1")
    meeting.vote({"it": [{"1": 2}] * 4}).reveal()
    for code in ("1", "2"):
        meeting.decide(code)
    close_round(house.store, house.store.round(meeting.held.id), "")
    agreed_and_voted(house, date(2026, 11, 23), 2, HIGH)
    found = compared(house)
    assert [found.noise_of(f"tiny.{code}").means[0] for code in ("1", "2")] == [2, 1]


def test_numbers_of_closed_rounds_are_drawn_once_and_anew_after_a_correction(house):
    agreed_and_voted(house, SPRING, 1, LOW)
    second = agreed_and_voted(house, SUMMER, 2, HIGH)
    one = compared(house)
    assert compared(house).noise is one.noise
    again = reopen_round(house.store, second, "", "直す")
    house.say(again, "1", 3)
    close_round(house.store, again, "")
    assert compared(house).noise is not one.noise
    assert line(compared(house), "1").change == 2


def test_reached_missed_not_due_and_the_others_add_up_to_the_items(house):
    first = house.start(SPRING)
    for code, target in (("1", 2), ("1-1", 2), ("2", 2)):
        house.say(first, code, 1, target=target)
    close_round(house.store, first, "")
    edition = next(iter(house.app.editions.values()))
    house.store.set_plan_node(edition, PlanNode("tiny.1-1", due=date(2026, 7, 1)), "")
    house.store.set_plan_node(edition, PlanNode("tiny.2", due=date(2027, 7, 1)), "")
    house.hold({"1": 2, "1-1": 1, "2": 1, "2-1": 1}, SUMMER)
    found = compared(house)
    counts = {outcome: len(aims) for outcome, aims in found.outcomes.items()}
    assert {name: n for name, n in counts.items() if n} == {
        "reached": 1,
        "missed": 1,
        "not_due": 1,
        "no_target": 1,
    }
    assert sum(counts.values()) == len(found.found.items) == 4
    assert found.aimed == 3


def test_actions_finished_between_the_days_stand_beside_whether_their_items_moved(house):
    house.hold({"1": 1, "2": 1}, SPRING)
    house.hold({"1": 2, "2": 1}, SUMMER)
    edition = next(iter(house.app.editions.values()))
    lifts = {"tiny.1": Decimal(1), "tiny.2": Decimal(1)}
    for day, title in ((date(2026, 6, 1), "間"), (date(2026, 9, 1), "後")):
        done = Action(title, "tiny", lifts, Status.DONE, finished=day)
        house.store.keep_action(done, edition, "")
    house.store.keep_action(replace(done, title="まだ", status=Status.DOING, finished=None), edition, "")
    (only,) = compared(house).finished
    assert (only.action.title, [each.change for each in only.lines]) == ("間", [1, 0])


def test_nothing_of_another_organisation_is_compared(any_house):
    other = new_house(any_house.app, "乙社")
    for house, levels in ((any_house, (1, 2)), (other, (3, 0))):
        for level, day in zip(levels, (SPRING, SUMMER), strict=True):
            agreed_and_voted(house, day, level, LOW if level < 2 else HIGH)
    for _ in range(2):
        assert line(compared(any_house), "1").change == 1
        assert line(compared(other), "1").change == -3
