"""The plan of a round: its order, what is left out, what the next level takes, and actions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from dxassess.assessment.action import Action, PlanNode, Status
from dxassess.assessment.model import State
from dxassess.assessment.path import Limits
from dxassess.assessment.priorities import Weights
from dxassess.errors import ActionFinishedAhead, ActionUnknown
from dxassess.usecases import start_round
from dxassess.usecases.planning import (
    actions_of,
    best_way,
    keep_action,
    next_level,
    overdue,
    plan,
    say_of_node,
    whole_edition,
)
from tests.usecases.meetings import SPLIT, meet

EVEN = Weights()


def level(now, target=None):
    return {"state": State.ANSWERED, "level": now, "target": target}


def answered(house, **sheet):
    held = house.start()
    for code, change in sheet.items():
        house.keep(held, code.strip("_").replace("_", "-"), change)
    return held


def order(found):
    return [each.terms.indicator.removeprefix("tiny.") for each in found.order]


def test_items_with_level_and_target_stand_in_order_and_the_others_say_why_not(house):
    held = answered(house, _1=level(2, 3), _2=level(0, 3), _2_1=level(1))
    found = plan(house.app, house.store, held, EVEN)
    assert order(found) == ["2", "1"]
    assert [(item.code, why) for item, why in found.left_out] == [("1-1", "no_level"), ("2-1", "no_target")]
    assert found.order[0].terms.target_gap == 3
    assert (found.top, found.stable) == (2, 1)


def test_what_does_not_apply_is_not_asked_for(house):
    held = answered(house, _1=level(2, 3), _1_1={"state": State.NOT_APPLICABLE, "reason": "no-business"})
    found = plan(house.app, house.store, held, EVEN)
    assert [item.code for item, _ in found.left_out] == ["2", "2-1"]


def test_importance_of_a_group_holds_for_its_items_unless_they_have_their_own(house):
    held = answered(house, _1=level(1, 2), _2=level(1, 2), _2_1=level(2, 3))
    before = plan(house.app, house.store, held, EVEN)
    say_of_node(house.store, before.edition, PlanNode("tools", importance=5))
    say_of_node(
        house.store, before.edition, PlanNode("tiny.2-1", importance=1, effort=5, due=date(2027, 3, 31))
    )
    found = plan(house.app, house.store, held, EVEN)
    said = {each.terms.indicator: (each.terms.importance, each.terms.effort) for each in found.order}
    assert said == {"tiny.1": (3, 3), "tiny.2": (5, 3), "tiny.2-1": (1, 5)}
    assert order(found) == ["2", "1", "2-1"]
    assert found.said["tiny.2-1"].due == date(2027, 3, 31)


def test_votes_raise_what_people_see_differently_once_they_are_revealed(house):
    meeting = meet(house).vote(SPLIT)
    for code in ("1", "1-1"):
        house.keep(meeting.held, code, level(1, 2))
    secret = plan(house.app, house.store, meeting.held, EVEN)
    assert {each.terms.recognition_gap for each in secret.order} == {0}
    meeting.reveal()
    found = plan(house.app, house.store, meeting.held, EVEN)
    gaps = {each.terms.indicator: each.terms.recognition_gap for each in found.order}
    assert gaps["tiny.1"] == Fraction(9, 5)
    assert gaps["tiny.1-1"] == 0


def test_a_key_question_waits_for_its_sub_questions(house):
    held = answered(house, _1=level(0, 3), _1_1=level(1, 2))
    found = plan(house.app, house.store, held, EVEN)
    assert order(found) == ["1-1", "1"]
    assert found.order[0].raised_by == "tiny.1"


def test_the_next_level_says_what_is_in_place_and_what_is_not(house, tiny):
    item = tiny.by_code["1"]
    held = answered(house, _1=level(1) | {"conditions": ["a"]})
    answer = plan(house.app, house.store, held, EVEN).answers["tiny.1"]
    found = next_level(tiny, item, answer)
    assert (found.now, found.level, found.words) == (1, 2, item.levels[2])
    assert [each.id for each in found.ticked] == ["a"]
    assert [each.id for each in found.missing] == ["b", "strategy"]
    assert [each.id for each in found.later] == ["measured"]
    passed = next_level(tiny, item, replace(answer, conditions=frozenset({"a", "gate.strategy"})))
    assert [each.id for each in passed.ticked] == ["a", "strategy"]
    assert [each.id for each in passed.missing] == ["b"]
    assert next_level(tiny, item, replace(answer, level=3)).level is None
    assert next_level(tiny, item, None).now is None


def test_actions_are_kept_for_their_edition_and_told_when_they_are_late(house, tiny):
    late = Action("入力の自動化", "tiny", {"tiny.1": Decimal(1)}, Status.DOING, due=date(2026, 11, 21))
    kept = keep_action(house.app, house.store, tiny, late)
    in_time = keep_action(house.app, house.store, tiny, replace(late, title="研修", due=date(2026, 11, 22)))
    assert actions_of(house.store, tiny) == (kept, in_time)
    assert overdue(house.app, house.store) == (kept,)
    with pytest.raises(ActionUnknown):
        keep_action(house.app, house.store, tiny, replace(late, edition="other"))
    assert len(actions_of(house.store, tiny)) == 2


def test_the_best_way_is_made_of_the_actions_and_the_levels_of_the_round(house, tiny):
    held = answered(house, _1=level(1, 3), _1_1=level(1, 2), _2=level(0, 3), _2_1=level(2))
    found = plan(house.app, house.store, held, EVEN)
    small = Action("小さく始める", "tiny", {"tiny.2": Decimal(1)}, one_off=100_000, effort=Decimal(5))
    large = Action("一度に変える", "tiny", {"tiny.2": Decimal(3)}, one_off=900_000, effort=Decimal(60))
    other = Action("学ぶ", "tiny", {"tiny.1": Decimal(1)}, one_off=50_000)
    small, large, other = (keep_action(house.app, house.store, tiny, each) for each in (small, large, other))
    within = best_way(house.store, found, Limits(200_000), "highest", Decimal(0))
    assert within.path.chosen == (small, other)
    assert [(each.action, each.why) for each in within.path.left_out] == [(large, "yen")]
    assert (within.first.now, within.first.then, within.first.target) == (1, Fraction(3, 2), Fraction(5, 2))
    assert within.path.value == within.first.then
    steps = {step.section.id: (step.now, step.then) for step in within.steps}
    assert list(steps) == ["all", "people", "tools"]
    assert steps["people"] == (1, Fraction(3, 2))
    assert best_way(house.store, found, Limits(), "mean", Decimal("1.25")).path.chosen == (other,)
    assert best_way(house.store, found, Limits(), "keys", Decimal(1)).path.chosen == (small,)
    short = best_way(house.store, found, Limits(0), "keys", Decimal(1))
    assert (short.path.reached, short.most, short.is_met) == (False, 1, False)
    met = best_way(house.store, found, Limits(), "keys", Decimal(0))
    assert (met.is_met, met.path.chosen, met.most) == (True, (), None)


def test_what_is_done_was_done_today_unless_another_day_is_said(house, tiny):
    done = Action("研修", "tiny", status=Status.DONE)
    assert keep_action(house.app, house.store, tiny, done).finished == date(2026, 11, 22)
    said = replace(done, finished=date(2026, 10, 1))
    assert keep_action(house.app, house.store, tiny, said).finished == date(2026, 10, 1)
    open_again = replace(said, status=Status.DOING)
    assert keep_action(house.app, house.store, tiny, open_again).finished is None


def test_what_people_say_must_come_first_comes_first_until_it_has_reached_its_target(house, tiny):
    held = answered(house, _1=level(2, 3), _2=level(0, 3))
    assert order(plan(house.app, house.store, held, EVEN)) == ["2", "1"]
    say_of_node(house.store, tiny, PlanNode("tiny.2", needs=frozenset({"tiny.1"})))
    found = plan(house.app, house.store, held, EVEN)
    assert order(found) == ["1", "2"]
    assert found.order[0].raised_by == "tiny.2"
    house.say(held, "1", 3, target=3)
    assert order(plan(house.app, house.store, held, EVEN))[0] == "2"


def test_nothing_was_done_on_a_day_to_come(house, tiny):
    ahead = Action("研修", "tiny", status=Status.DONE, finished=date(2026, 11, 23))
    with pytest.raises(ActionFinishedAhead):
        keep_action(house.app, house.store, tiny, ahead)
    assert house.store.actions() == ()


def test_actions_belong_to_the_whole_edition_also_where_a_round_asks_one_section(house, tiny):
    part = start_round(house.app, house.store, "tiny", "人だけ", date(2026, 11, 22), None, section="people")
    assert whole_edition(house.app, house.store, part) == tiny
    gone = house.with_edition(None)
    assert whole_edition(gone.app, gone.store, part).scored[0].id == "tiny.1"
