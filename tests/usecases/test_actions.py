"""Actions changed many at once, as a table, by what each would do alone, and what became of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from dxassess.assessment.action import Action, Status
from dxassess.assessment.model import State
from dxassess.errors import ActionChanged, ActionNoteMissing, ActionsRefused, TableProblems
from dxassess.text import Words
from dxassess.usecases.actions import (
    action_table,
    add_note,
    change_actions,
    edited,
    history_of,
    impacts,
    mark_of,
    notes_of,
    points_of,
    read_table,
    take_table,
)
from tests.usecases.conftest import TODAY

ONE = Action("入力の自動化", "tiny", {"tiny.1": Decimal("0.5")}, Status.DOING, effort=Decimal(3))
TWO = Action("研修", "tiny", {"tiny.2": Decimal(1)}, effects={"a" * 32: Decimal(-3)})


@pytest.fixture
def kept(house, tiny):
    return house.store.keep_actions([ONE, TWO], tiny, "佐藤")


def test_several_are_changed_in_one_piece_and_what_is_done_was_done_today(house, tiny, kept):
    one, two = kept
    wanted = [replace(one, status=Status.DONE), replace(two, title=" 学び  直し ")]
    found = change_actions(house.app, house.store, tiny, wanted, "鈴木")
    assert found == (
        replace(one, status=Status.DONE, finished=TODAY, version=2),
        replace(two, title="学び 直し", version=2),
    )
    assert house.store.actions() == found


def test_each_that_cannot_be_kept_is_named_with_why_and_none_is(house, tiny, kept):
    one, two = kept
    wanted = [
        replace(one, needs=frozenset({two.id})),
        replace(two, title="", needs=frozenset({one.id})),
        Action("x" * 300, "tiny", id="new"),
        Action("", "tiny", id="newer"),
    ]
    with pytest.raises(ActionsRefused) as refused:
        change_actions(house.app, house.store, tiny, wanted)
    assert [(each.file, each.code) for each in refused.value.problems] == [
        ("x" * 300, "error.TextTooLong"),
        ("入力の自動化", "error.ActionCycle"),
        ("研修", "error.ActionTitleMissing"),
        ("研修", "error.ActionCycle"),
        ("–", "error.ActionTitleMissing"),
    ]
    assert house.store.actions() == kept


def test_what_somebody_else_changed_is_not_overwritten(house, tiny, kept):
    one, two = kept
    theirs = house.store.keep_action(replace(one, owner="鈴木"), tiny, "鈴木")
    with pytest.raises(ActionChanged):
        change_actions(house.app, house.store, tiny, [replace(two, owner="高橋"), replace(one, owner="高橋")])
    assert house.store.actions() == (theirs, two)


def test_cells_typed_over_become_values():
    cells = {
        "title": "新",
        "status": "planned",
        "due": "2027-03-31",
        "effort": 2.5,
        "one_off": 1000,
        "yearly": None,
        "owner": None,
    }
    assert edited(replace(TWO, owner="佐藤", yearly=5), cells) == replace(
        TWO,
        title="新",
        status=Status.PLANNED,
        due=date(2027, 3, 31),
        effort=Decimal("2.5"),
        one_off=1000,
    )
    assert edited(replace(TWO, due=TODAY, effort=Decimal(1)), {"due": None, "effort": None}) == TWO
    assert edited(TWO, {"start": "2027-03-31T00:00:00.000"}).start == date(2027, 3, 31)


def test_the_mark_of_actions_changes_with_each_of_them(kept):
    one, two = kept
    assert mark_of(kept) == mark_of([one, two])
    assert len({mark_of(each) for each in ([], [one], kept, [one, replace(two, version=2)])}) == 4


def test_a_table_goes_out_and_comes_back_as_what_it_would_change(house, tiny, kept):
    raw = action_table(house.store, tiny, Words("ja"))
    same = read_table(house.app, house.store, tiny, "a.csv", raw, "ja")
    assert (same.added, same.changed, same.unchanged) == ((), (), 2)
    assert take_table(house.store, tiny, same) == 0
    text = f"アクション,状態,ID\n研修,完了,{kept[1].id}\n入力の自動化,,{kept[0].id}\n三つ目,完了,\n"
    read = read_table(house.app, house.store, tiny, "a.csv", text.encode("cp932"), "ja")
    assert [row.line for row in read.changed] == [2]
    assert [row.line for row in read.added] == [4]
    assert read.unchanged == 1
    assert house.store.actions() == kept
    assert take_table(house.store, tiny, read, "鈴木") == 2
    one, two, three = house.store.actions()
    assert (one, two) == (kept[0], replace(kept[1], status=Status.DONE, finished=TODAY, version=2))
    assert (three.title, three.finished) == ("三つ目", TODAY)
    assert history_of(house.store, three)[0].version.who == "鈴木"


def test_a_table_with_anything_wrong_takes_nothing(house, tiny, kept):
    text = f"アクション,担当\n{'あ' * 300},\n二,{'い' * 300}\n三,佐藤\n"
    with pytest.raises(TableProblems) as refused:
        read_table(house.app, house.store, tiny, "a.csv", text.encode(), "ja")
    assert [(each.line, each.code) for each in refused.value.problems] == [
        (2, "error.TextTooLong"),
        (3, "error.TextTooLong"),
    ]


def test_a_table_read_before_somebody_was_faster_takes_nothing(house, tiny, kept):
    text = f"アクション,担当,ID\n新,,\n研修,高橋,{kept[1].id}\n"
    read = read_table(house.app, house.store, tiny, "a.csv", text.encode(), "ja")
    theirs = house.store.keep_action(replace(kept[1], owner="鈴木"), tiny, "鈴木")
    with pytest.raises(ActionChanged):
        take_table(house.store, tiny, read)
    assert house.store.actions() == (kept[0], theirs)


def test_what_each_action_ahead_would_do_alone_is_exact(house, tiny, kept):
    held = house.start()
    done = house.store.keep_action(Action("済", "tiny", status=Status.DONE), tiny, "")
    found = (*kept, done)
    assert impacts(house.app, house.store, held, found).lifts == {}
    for code, level in (("1", 1), ("1-1", 1), ("2", 2)):
        house.keep(held, code, {"state": State.ANSWERED, "level": level})
    known = impacts(house.app, house.store, held, found)
    assert known.average == "all"
    assert known.lifts == {kept[0].id: Fraction(1, 6), kept[1].id: Fraction(1, 3)}
    shown, points = points_of(known, kept)
    assert shown == [kept[0]]
    assert [(point.number, point.effort, point.lift) for point in points] == [(1, 3, Fraction(1, 6))]


def test_notes_and_changes_are_told_newest_first_with_who(house, tiny, kept):
    one = kept[0]
    changed = house.store.keep_action(replace(one, owner="鈴木", due=TODAY), tiny, "鈴木")
    same = house.store.keep_action(changed, tiny, "山田")
    add_note(house.store, same, "着手", "佐藤")
    assert [(note.text, note.who) for note in notes_of(house.store, same)] == [("着手", "佐藤")]
    with pytest.raises(ActionNoteMissing):
        add_note(house.store, same, " ")
    last, first = history_of(house.store, same)
    assert (last.version.who, last.fields, last.before.owner) == ("鈴木", ("owner", "due"), "")
    assert (first.version.who, first.before, first.fields) == ("佐藤", None, ())
