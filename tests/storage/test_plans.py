"""Actions and planning settings: kept as they are now, with every change in the log."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dxassess.assessment.action import Action, PlanNode, Status
from dxassess.errors import (
    ActionChanged,
    ActionCycle,
    ActionNoteMissing,
    ActionNotOfEdition,
    ActionUnknown,
    IndicatorCycle,
    TextNotStorable,
)

WHOLE = Action(
    "請求書の入力を  自動にする",
    "tiny",
    {"tiny.1": Decimal("0.5"), "tiny.2": Decimal(1)},
    Status.PLANNED,
    owner="佐藤",
    department="経理",
    start=date(2026, 10, 1),
    due=date(2026, 12, 31),
    effort=Decimal("12.5"),
    one_off=300_000,
    yearly=60_000,
    effects={"a" * 32: Decimal("-125")},
)


def test_an_action_comes_back_as_it_was_kept(voice, tiny):
    store = voice.store
    kept = store.keep_action(WHOLE, tiny, "佐藤")
    assert kept == replace(
        WHOLE, title="請求書の入力を 自動にする", id=kept.id, number=kept.number, version=1
    )
    assert store.actions() == (kept,)
    second = store.keep_action(Action("研修", "tiny", needs=frozenset({kept.id})), tiny, "佐藤")
    assert store.actions() == (kept, second)
    assert second.number > kept.number


def test_every_change_is_in_the_log_with_who_before_and_after(voice, tiny):
    store = voice.store
    kept = store.keep_action(WHOLE, tiny, "佐藤")
    changed = store.keep_action(replace(kept, status=Status.DOING, due=None), tiny, "鈴木")
    assert (changed.version, changed.number, changed.status, changed.due) == (
        2,
        kept.number,
        Status.DOING,
        None,
    )
    assert store.actions() == (changed,)
    added = store.events_of(kept.id, "action_added")[0]
    last = store.events_of(kept.id, "action_changed")[0]
    assert (added.who, added.detail["after"]["lifts"]) == ("佐藤", {"tiny.1": "0.5", "tiny.2": "1"})
    assert last.who == "鈴木"
    assert last.detail["before"] == added.detail["after"]
    assert (last.detail["after"]["status"], last.detail["after"]["due"]) == ("doing", None)


def test_who_changes_what_somebody_else_changed_is_told_and_overwrites_nothing(voice, tiny):
    store = voice.store
    kept = store.keep_action(WHOLE, tiny, "佐藤")
    first = store.keep_action(replace(kept, owner="鈴木"), tiny, "鈴木")
    with pytest.raises(ActionChanged) as late:
        store.keep_action(replace(kept, owner="高橋"), tiny, "高橋")
    assert (late.value.values["title"], late.value.values["by"]) == (kept.title, "鈴木")
    assert store.actions() == (first,)


def test_what_cannot_be_kept_leaves_everything_as_it_was(voice, tiny):
    store = voice.store
    one = store.keep_action(WHOLE, tiny, "佐藤")
    two = store.keep_action(Action("研修", "tiny", needs=frozenset({one.id})), tiny, "佐藤")
    before = store.actions(), store.events()
    with pytest.raises(ActionCycle):
        store.keep_action(replace(one, needs=frozenset({two.id})), tiny, "佐藤")
    with pytest.raises(ActionNotOfEdition):
        store.keep_action(Action("x", "tiny", {"dx2019.1": Decimal(1)}), tiny, "佐藤")
    with pytest.raises(ActionUnknown):
        store.keep_action(replace(one, id="0" * 32), tiny, "佐藤")
    with pytest.raises(TextNotStorable):
        store.keep_action(Action("x\0", "tiny"), tiny, "佐藤")
    assert (store.actions(), store.events()) == before


def test_several_are_kept_in_one_piece_and_new_ones_may_name_each_other(voice, tiny):
    store = voice.store
    old = store.keep_action(WHOLE, tiny, "佐藤")
    first = Action("研修", "tiny", id="row 2", needs=frozenset({"row 3", old.id}))
    second = Action("道具", "tiny", id="row 3", excludes=frozenset({"row 2"}))
    kept = store.keep_actions([first, replace(old, owner="鈴木"), second], tiny, "高橋")
    training, changed, tools = kept
    assert store.actions() == (changed, training, tools)
    assert training.needs == {tools.id, old.id}
    assert tools.excludes == {training.id}
    assert [action.version for action in kept] == [1, 2, 1]
    assert len({action.number for action in kept}) == 3
    assert [event.who for event in store.events_of(tools.id, "action_added")] == ["高橋"]


def test_of_several_all_are_kept_or_none(voice, tiny):
    store = voice.store
    old = store.keep_action(WHOLE, tiny, "佐藤")
    now = store.keep_action(replace(old, owner="鈴木"), tiny, "鈴木")
    before = store.actions(), store.events()
    fine = Action("研修", "tiny", id="row 2", needs=frozenset({old.id}))
    for spoilt, why in (
        (replace(old, owner="高橋"), ActionChanged),
        (replace(old, id="0" * 32), ActionUnknown),
        (replace(now, needs=frozenset({"row 2"})), ActionCycle),
        (Action("x", "tiny", {"dx2019.1": Decimal(1)}, id="row 3"), ActionNotOfEdition),
    ):
        with pytest.raises(why):
            store.keep_actions([fine, spoilt], tiny, "高橋")
    assert (store.actions(), store.events()) == before


def test_every_version_of_an_action_can_be_read_again(voice, tiny):
    store = voice.store
    kept = store.keep_action(WHOLE, tiny, "佐藤")
    store.add_note(kept.id, "着手", "山田")
    changed = store.keep_action(replace(kept, status=Status.DONE, finished=date(2026, 12, 1)), tiny, "鈴木")
    said = store.action_versions(kept.id)
    assert [(each.action, each.who) for each in said] == [
        (replace(kept, number=0), "佐藤"),
        (replace(changed, number=0), "鈴木"),
    ]
    assert store.action_versions("0" * 32) == ()


def test_notes_are_only_added_newest_first_and_stand_in_the_log(voice, tiny):
    store = voice.store
    kept = store.keep_action(WHOLE, tiny, "佐藤")
    other = store.keep_action(Action("研修", "tiny"), tiny, "佐藤")
    store.add_note(kept.id, " 着手しました ", "佐藤")
    store.add_note(kept.id, "半分です", "鈴木")
    assert [(note.text, note.who) for note in store.notes(kept.id)] == [
        ("半分です", "鈴木"),
        ("着手しました", "佐藤"),
    ]
    assert store.notes(other.id) == ()
    assert [event.detail for event in store.events_of(kept.id, "action_noted")] == [
        {"after": "着手しました"},
        {"after": "半分です"},
    ]
    with pytest.raises(ActionNoteMissing):
        store.add_note(kept.id, "　", "佐藤")
    with pytest.raises(ActionUnknown):
        store.add_note("0" * 32, "x", "佐藤")
    assert store.keep_action(replace(kept, owner="鈴木"), tiny, "鈴木").version == 2


def test_who_changed_an_action_is_told_though_a_note_was_written_since(voice, tiny):
    store = voice.store
    kept = store.keep_action(WHOLE, tiny, "佐藤")
    store.keep_action(replace(kept, owner="鈴木"), tiny, "鈴木")
    store.add_note(kept.id, "半分です", "山田")
    with pytest.raises(ActionChanged) as late:
        store.keep_action(replace(kept, owner="高橋"), tiny, "高橋")
    assert late.value.values["by"] == "鈴木"


def test_what_is_said_of_a_section_or_indicator_is_kept_changed_and_forgotten(voice, tiny):
    store = voice.store
    people, item = PlanNode("people", importance=5), PlanNode("tiny.1", 4, 2, date(2027, 3, 31))
    for said in (people, item):
        store.set_plan_node(tiny, said, "佐藤")
    assert set(store.plan_nodes("tiny")) == {people, item}
    assert store.plan_nodes("other") == ()
    store.set_plan_node(tiny, PlanNode("tiny.1", 1), "鈴木")
    store.set_plan_node(tiny, PlanNode("people"), "鈴木")
    assert store.plan_nodes("tiny") == (PlanNode("tiny.1", 1),)
    changed = store.events_of("tiny:tiny.1", "plan_set")
    assert [event.who for event in changed] == ["佐藤", "鈴木"]
    assert changed[1].detail == {
        "before": {"importance": 4, "effort": 2, "due": "2027-03-31", "needs": None},
        "after": {"importance": 1, "effort": None, "due": None, "needs": None},
    }
    pulse = store.pulse()
    store.set_plan_node(tiny, PlanNode("tiny.1", 1), "鈴木")
    assert store.pulse() == pulse


def test_which_indicators_come_first_is_kept_and_a_circle_is_refused_whole(voice, tiny):
    store = voice.store
    said = PlanNode("tiny.2", needs=frozenset({"tiny.1", "tiny.1-1"}))
    store.set_plan_node(tiny, said, "佐藤")
    assert store.plan_nodes("tiny") == (said,)
    pulse = store.pulse()
    with pytest.raises(IndicatorCycle):
        store.set_plan_node(tiny, PlanNode("tiny.1-1", 5, needs=frozenset({"tiny.2"})), "佐藤")
    assert (store.plan_nodes("tiny"), store.pulse()) == ((said,), pulse)
