"""What an action must be like to be kept."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dxassess.assessment.action import (
    Action,
    PlanNode,
    Status,
    by_day,
    checked,
    checked_node,
    differing,
    faults,
    refusals,
)
from dxassess.catalogue.model import Edition
from dxassess.errors import (
    ActionAmountUnlikely,
    ActionCostNegative,
    ActionCycle,
    ActionDatesReversed,
    ActionDayUnlikely,
    ActionLiftUnlikely,
    ActionLinkUnknown,
    ActionNotOfEdition,
    ActionReasonMissing,
    ActionTitleMissing,
    IndicatorCycle,
    IndicatorUnknown,
)

WHOLE = Action(
    "請求書の入力を自動にする",
    "tiny",
    {"tiny.1": Decimal("0.5")},
    Status.PLANNED,
    start=date(2026, 10, 1),
    due=date(2026, 12, 31),
    effort=Decimal(12),
    one_off=300_000,
    yearly=60_000,
    id="a",
)


def other(name: str, *needs: str) -> Action:
    return Action(name, "tiny", id=name, needs=frozenset(needs))


def test_a_whole_action_is_kept_as_it_is(tiny: Edition) -> None:
    linked = replace(WHOLE, needs=frozenset("b"), excludes=frozenset("c"))
    assert checked(linked, tiny, [WHOLE, other("b", "c"), other("c")]) == linked


def test_what_nobody_has_said_costs_nothing() -> None:
    assert (WHOLE.first_year, replace(WHOLE, yearly=None).first_year, Action("x", "tiny").first_year) == (
        360_000,
        300_000,
        0,
    )


def test_overdue_is_what_was_promised_and_is_not_done() -> None:
    late, in_time = date(2027, 1, 1), date(2026, 12, 31)
    assert WHOLE.is_overdue(late)
    assert not WHOLE.is_overdue(in_time)
    for status in (Status.IDEA, Status.DONE, Status.STOPPED):
        assert not replace(WHOLE, status=status).is_overdue(late)
    assert replace(WHOLE, status=Status.DOING).is_overdue(late)
    assert not replace(WHOLE, due=None).is_overdue(late)


@pytest.mark.parametrize(
    ("change", "error", "values"),
    [
        ({"title": "　"}, ActionTitleMissing, {}),
        (
            {"due": date(2026, 9, 30)},
            ActionDatesReversed,
            {"start": date(2026, 10, 1), "due": date(2026, 9, 30)},
        ),
        ({"effort": Decimal("-0.5")}, ActionCostNegative, {"amount": Decimal("-0.5")}),
        ({"one_off": -1}, ActionCostNegative, {"amount": -1}),
        ({"yearly": -1}, ActionCostNegative, {"amount": -1}),
        ({"status": Status.STOPPED, "reason": " "}, ActionReasonMissing, {}),
        (
            {"lifts": {"dx2019.1": Decimal(1)}},
            ActionNotOfEdition,
            {"indicator": "dx2019.1", "edition": "tiny"},
        ),
        ({"edition": "dx2019"}, ActionNotOfEdition, {"indicator": "tiny.1", "edition": "tiny"}),
        ({"lifts": {"tiny.1": Decimal(0)}}, ActionLiftUnlikely, {"indicator": "1", "lift": 0, "most": 3}),
        (
            {"lifts": {"tiny.1": Decimal("3.1")}},
            ActionLiftUnlikely,
            {"indicator": "1", "lift": Decimal("3.1"), "most": 3},
        ),
        ({"needs": frozenset("z")}, ActionLinkUnknown, {}),
        ({"excludes": frozenset("a")}, ActionLinkUnknown, {}),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_is_wrong(
    tiny: Edition, change: dict[str, object], error: type[Exception], values: dict[str, object]
) -> None:
    with pytest.raises(error) as refused:
        checked(replace(WHOLE, **change), tiny, [WHOLE])
    assert refused.value.values == values


def test_due_on_the_day_it_starts_is_no_mistake(tiny: Edition) -> None:
    one_day = replace(WHOLE, due=WHOLE.start)
    assert checked(one_day, tiny, []) == one_day


def test_actions_that_need_each_other_in_a_circle_are_named(tiny: Edition) -> None:
    others = [other("b", "c", "d"), other("c", "e"), other("d"), other("e", "a")]
    with pytest.raises(ActionCycle) as refused:
        checked(replace(WHOLE, needs=frozenset("b")), tiny, others)
    assert refused.value.values == {"titles": [WHOLE.title, "b", "c", "e"]}
    with pytest.raises(ActionCycle):
        checked(replace(WHOLE, needs=frozenset("e")), tiny, others)


def test_a_circle_of_others_does_not_stop_the_search(tiny: Edition) -> None:
    others = [other("b", "c"), other("c", "b", "gone")]
    linked = replace(WHOLE, needs=frozenset("b"))
    assert checked(linked, tiny, others) == linked


def needing(node: str, *needs: str) -> PlanNode:
    return PlanNode(node, needs=frozenset(needs))


def test_an_indicator_may_need_another_one(tiny: Edition) -> None:
    said = needing("tiny.2", "tiny.1")
    assert checked_node(said, tiny, [needing("tiny.1-1", "tiny.2-1")]) == said


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (needing("tiny.1", "tiny.1"), ["1"]),
        (needing("tiny.2", "tiny.1"), ["2", "1", "1-1"]),
        (needing("tiny.1-1", "tiny.1"), ["1-1", "1"]),
    ],
)
def test_an_indicator_that_would_have_to_come_before_itself_is_refused(
    tiny: Edition, said: PlanNode, codes: list[str]
) -> None:
    with pytest.raises(IndicatorCycle) as refused:
        checked_node(said, tiny, [needing("tiny.1-1", "tiny.2")])
    assert refused.value.values == {"codes": codes}


@pytest.mark.parametrize("said", [needing("tiny.1", "tiny.9"), needing("people", "tiny.1")])
def test_only_scored_indicators_need_each_other(tiny: Edition, said: PlanNode) -> None:
    with pytest.raises(IndicatorUnknown):
        checked_node(said, tiny, [])
    assert checked_node(said, tiny, [said]) == said


def test_of_several_actions_each_that_cannot_be_kept_beside_the_others_says_why(tiny):
    standing = Action("前から", "tiny", id="a", needs=frozenset({"new"}))
    one = Action("一", "tiny", id="new", needs=frozenset({"other"}))
    other = Action("二", "tiny", id="other", needs=frozenset({"a"}))
    nameless = Action(" ", "tiny", id="third")
    found = refusals([one, other, nameless], tiny, [standing])
    assert [(action, type(why)) for action, why in found] == [
        (one, ActionCycle),
        (other, ActionCycle),
        (nameless, ActionTitleMissing),
    ]
    mended = replace(standing, needs=frozenset())
    assert refusals([mended, one, other], tiny, [standing]) == []


def test_what_differs_between_two_versions_is_named():
    before = Action("一", "tiny", owner="佐藤", id="a", version=1)
    after = replace(before, owner="鈴木", due=date(2026, 1, 1), version=2)
    assert differing(before, after) == ("owner", "due")
    assert differing(after, after) == ()


def test_actions_line_up_by_their_days_and_those_without_stand_apart():
    late = Action("遅く", "tiny", start=date(2026, 5, 1))
    early = Action("早く", "tiny", due=date(2026, 4, 1))
    short = Action("短く", "tiny", start=date(2026, 4, 1), due=date(2026, 4, 1))
    long = Action("長く", "tiny", start=date(2026, 4, 1), due=date(2026, 6, 1))
    none = Action("いつか", "tiny")
    assert by_day([late, long, none, early, short]) == ([early, short, long, late], [none])


def test_everything_for_which_an_action_cannot_be_kept_is_named(tiny):
    action = replace(
        WHOLE,
        title=" ",
        due=date(2026, 1, 1),
        effort=Decimal(-1),
        yearly=-5,
        status=Status.STOPPED,
        lifts={"tiny.1": Decimal(9), "x": Decimal(1)},
        needs=frozenset({"gone"}),
    )
    assert [type(fault) for fault in faults(action, tiny, [])] == [
        ActionTitleMissing,
        ActionDatesReversed,
        ActionCostNegative,
        ActionCostNegative,
        ActionReasonMissing,
        ActionLiftUnlikely,
        ActionNotOfEdition,
        ActionLinkUnknown,
    ]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"effort": Decimal("1e25")}, ActionAmountUnlikely),
        ({"effort": Decimal("NaN")}, ActionAmountUnlikely),
        ({"yearly": 2**63}, ActionAmountUnlikely),
        ({"effects": {"k": Decimal("-1e30")}}, ActionAmountUnlikely),
        ({"lifts": {"tiny.1": Decimal("NaN")}}, ActionLiftUnlikely),
        ({"start": None, "due": date(9999, 12, 31)}, ActionDayUnlikely),
        ({"finished": date(1999, 12, 31)}, ActionDayUnlikely),
        ({"title": "\u200b"}, ActionTitleMissing),
        ({"status": Status.STOPPED, "reason": " \u200b"}, ActionReasonMissing),
    ],
)
def test_what_nobody_means_is_refused(tiny: Edition, change: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        checked(replace(WHOLE, **change), tiny, [])


def test_an_item_it_raised_before_may_have_left_the_edition(tiny: Edition) -> None:
    before = replace(WHOLE, lifts={"tiny.gone": Decimal(1), "tiny.1": Decimal(1)})
    done = replace(before, status=Status.DONE)
    assert checked(done, tiny, [before], before) == done
    with pytest.raises(ActionNotOfEdition):
        checked(replace(done, lifts={"tiny.gone": Decimal(2)}), tiny, [before], before)
    with pytest.raises(ActionNotOfEdition):
        checked(replace(done, edition="other"), tiny, [before], before)
