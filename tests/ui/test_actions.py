"""The page of the actions: changed in place, in a form, on the board, from a spreadsheet; over time, and by impact and effort."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dxassess.assessment.action import Action, Status
from dxassess.text import Words
from dxassess.ui.shell import PAGE_NAMES
from dxassess.usecases import start_round
from dxassess.usecases.actions import action_table
from dxassess.usecases.planning import keep_action
from tests.ui.conftest import Visit
from tests.ui.test_record import bodies

LATE = Action(
    "入力の<b>自動化</b>",
    "tiny",
    {"tiny.1": Decimal("0.5"), "tiny.2": Decimal(1)},
    Status.DOING,
    owner="佐藤",
    department="経理",
    start=date(2026, 1, 1),
    due=date(2026, 1, 31),
    effort=Decimal("12.5"),
    one_off=300_000,
    effects={"a" * 32: Decimal(-3)},
)
LATER = Action("研修", "tiny", {"tiny.1-1": Decimal(1)}, effort=Decimal(3))


@pytest.fixture
def two(told):
    """A company with two actions."""
    tiny = told.app.editions["tiny"]
    kept = told.store.keep_actions([LATE, LATER], tiny, "佐藤")
    return told, kept


def opened(words: Words, view: str = "table") -> Visit:
    visit = Visit("actions", lang=words.language)
    return visit if view == "table" else visit.fill("actions-view", view)


def typed(visit: Visit, rows: dict[int, dict[str, object]]) -> Visit:
    """Type over cells of the table; the fields keep what was typed before."""
    states = visit.at._tree.get_widget_states()
    (grid,) = visit.at.dataframe
    state = states.widgets.add()
    state.id = grid.proto.id
    state.string_value = json.dumps({"edited_rows": rows, "added_rows": [], "deleted_rows": []})
    visit.at._run(states)
    return visit.run()


def shown(visit: Visit) -> list[str]:
    """The titles in the table."""
    (grid,) = visit.at.dataframe
    return list(grid.value["title"])


def buttons(visit: Visit) -> set[str | None]:
    return {button.key for button in visit.at.button}


def place(action: Action) -> str:
    return f"{action.id}-{action.version}"


# -- where there is nothing yet


def test_before_there_is_a_round_the_page_teaches(house, words):
    visit = Visit("actions", lang=words.language)
    assert words("actions.empty_title") in visit.text
    visit.press(words("actions.empty_button"))
    assert words("rounds.title") in visit.text


def test_the_first_action_is_added_with_a_lift_of_its_own_for_each_item(told, words):
    visit = opened(words)
    assert words("actions.none") in visit.text
    visit.fill("items-new-0", ["tiny.1", "tiny.2"])
    visit.fill("name-new-0", "入力の自動化", in_form=True)
    visit.fill("lift-tiny.1-new-0", 0.5, in_form=True)
    visit.fill("lift-tiny.2-new-0", 2.0, in_form=True)
    visit.fill("effort-new-0", 12.5, in_form=True).fill("due-new-0", date(2027, 3, 31), in_form=True)
    visit.press("save-new-0")
    (kept,) = told.store.actions()
    assert (kept.title, kept.lifts) == ("入力の自動化", {"tiny.1": Decimal("0.5"), "tiny.2": Decimal(2)})
    assert (kept.effort, kept.due, kept.status) == (Decimal("12.5"), date(2027, 3, 31), Status.IDEA)
    assert shown(visit) == ["入力の自動化"]


def test_an_action_that_cannot_be_kept_says_why_beside_the_form_and_keeps_what_was_entered(told, words):
    visit = opened(words).fill("owner-new-0", "佐藤", in_form=True).press("save-new-0")
    assert words("error.ActionTitleMissing") in visit.alerts[0]
    assert visit.shown("owner-new-0") == "佐藤"
    assert told.store.actions() == ()


# -- in place


def test_the_table_shows_every_action_as_text_and_names_what_is_overdue(two, words):
    visit = opened(words)
    assert shown(visit) == [LATE.title, LATER.title]
    (grid,) = visit.at.dataframe
    assert list(grid.value["late"]) == [words("actions.is_late"), ""]
    assert words("action.overdue", n=1, titles=LATE.title) in visit.text
    assert "<b>自動化" not in bodies(visit)


def test_cells_typed_over_are_kept_together(two, words):
    house, (late, later) = two
    visit = opened(words)
    assert "save-table" not in buttons(visit)
    typed(
        visit,
        {
            0: {"due": "2027-05-31", "status": "planned"},
            1: {"title": "学び直し", "effort": 4.5, "yearly": 1000},
        },
    )
    assert (
        words("actions.pending", titles=words("common.comma").join((LATE.title, LATER.title))) in visit.text
    )
    visit.press("save-table")
    assert house.store.actions() == (
        replace(late, due=date(2027, 5, 31), status=Status.PLANNED, version=2),
        replace(later, title="学び直し", effort=Decimal("4.5"), yearly=1000, version=2),
    )
    assert "save-table" not in buttons(visit)
    assert shown(visit) == [LATE.title, "学び直し"]


def test_if_one_row_cannot_be_kept_none_is_and_every_such_row_is_named(two, words):
    house, kept = two
    visit = typed(
        opened(words), {0: {"due": "2025-01-01", "owner": "鈴木"}, 1: {"status": "stopped", "effort": -1}}
    )
    visit.press("save-table")
    assert house.store.actions() == kept
    said = visit.alerts[0]
    assert words("error.ActionsRefused", count=3) in said
    days = {"start": words.date(LATE.start), "due": words.date(date(2025, 1, 1))}
    assert f"{LATE.title}: {words('error.ActionDatesReversed', **days)}" in said
    assert f"{LATER.title}: {words('error.ActionCostNegative', amount=-1)}" in said
    assert f"{LATER.title}: {words('error.ActionReasonMissing')}" in said
    typed(visit, {0: {"owner": "鈴木"}})
    visit.press("save-table")
    assert house.store.actions()[0] == replace(kept[0], owner="鈴木", version=2)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(two, words):
    house, (late, later) = two
    tiny = house.app.editions["tiny"]
    visit = typed(opened(words), {0: {"owner": "鈴木"}, 1: {"owner": "高橋"}})
    theirs = house.store.keep_action(replace(late, department="総務"), tiny, "山田")
    visit.run()
    assert words("actions.stale") in visit.text
    visit.press("save-table")
    assert "山田" in visit.alerts[0]
    assert house.store.actions() == (theirs, later)
    assert "save-table" in buttons(visit)
    visit.press("drop-table")
    assert "save-table" not in buttons(visit)
    typed(visit, {0: {"owner": "鈴木"}}).press("save-table")
    assert house.store.actions()[0] == replace(theirs, owner="鈴木", version=3)


def test_without_changes_of_ones_own_the_table_follows_those_of_others(two, words):
    house, (late, _) = two
    visit = opened(words)
    house.store.keep_action(replace(late, title="別の名前"), house.app.editions["tiny"], "山田")
    assert shown(visit.run()) == ["別の名前", LATER.title]


# -- one action


def test_one_action_is_changed_in_its_form_and_what_is_not_in_it_stays(two, words):
    house, (late, _) = two
    visit = opened(words)
    visit.fill(f"lift-tiny.1-{place(late)}", 2.0, in_form=True)
    visit.fill(f"status-{place(late)}", Status.DONE, in_form=True)
    visit.press(f"save-{place(late)}")
    (kept, _) = house.store.actions()
    lifts = {"tiny.1": Decimal(2), "tiny.2": Decimal(1)}
    assert kept == replace(late, lifts=lifts, status=Status.DONE, finished=kept.finished, version=2)
    assert kept.finished is not None
    assert kept.effects == LATE.effects


def test_who_changes_something_stands_beside_it(two, words):
    house, (late, later) = two
    visit = opened(words).fill("actions-by", "田中 ").press(f"save-{place(late)}")
    typed(visit, {1: {"owner": "鈴木"}}).press("save-table")
    for action in (late, later):
        assert house.store.action_versions(action.id)[-1].who == "田中"


def test_an_item_taken_out_of_an_action_takes_its_lift_along(two, words):
    house, (late, _) = two
    opened(words).fill(f"items-{place(late)}", ["tiny.2"]).press(f"save-{place(late)}")
    assert house.store.actions()[0].lifts == {"tiny.2": Decimal(1)}


def test_a_form_somebody_was_faster_than_says_so_and_loses_nothing(two, words):
    house, (late, _) = two
    visit = opened(words).fill(f"owner-{place(late)}", "鈴木", in_form=True)
    theirs = house.store.keep_action(replace(late, department="総務"), house.app.editions["tiny"], "山田")
    visit.press(f"save-{place(late)}")
    assert "山田" in visit.alerts[0]
    assert visit.shown(f"owner-{place(late)}") == "鈴木"
    assert house.store.actions()[0] == theirs
    visit.press(f"reload-{late.id}")
    assert visit.shown(f"department-{place(theirs)}") == "総務"


def test_notes_are_added_newest_first_and_stay(two, words):
    house, (late, _) = two
    visit = opened(words)
    assert words("actions.notes_none") in visit.text
    visit.press("note-add")
    assert words("error.ActionNoteMissing") in visit.alerts[0]
    visit.fill("note", "試験が終わりました").press("note-add").fill("note", "<i>半分</i>です").press(
        "note-add"
    )
    assert [note.text for note in house.store.notes(late.id)] == ["<i>半分</i>です", "試験が終わりました"]
    assert visit.text.index("半分") < visit.text.index("試験が")
    assert "<i>半分" not in bodies(visit)


def test_the_history_says_who_changed_what_from_what_to_what(two, words):
    house, (late, later) = two
    changed = replace(late, owner="", due=None, lifts={"tiny.2": Decimal("1.5")}, needs=frozenset({later.id}))
    house.store.keep_action(changed, house.app.editions["tiny"], "山田")
    text = opened(words).text
    for field, before, after in (
        ("owner", "佐藤", "–"),
        ("due", words.date(LATE.due), "–"),
        ("needs", "–", LATER.title),
        ("lifts", words("common.comma").join(("1 +0.5", "2 +1")), "2 +1.5"),
    ):
        name = words(f"action.column_{field}")
        assert words("actions.change", field=name, before=before, after=after) in text
    assert text.index("山田") < text.index(words("actions.made"))


# -- the other views


def test_a_card_is_moved_on_the_board(two, words):
    house, (late, later) = two
    visit = opened(words, "board")
    due = words("actions.until", day=words.date(LATE.due))
    assert words("action.late", due=due) in visit.text
    assert words("actions.column_of", status=words("action.status_doing"), n=1) in visit.text
    assert "<b>自動化" not in bodies(visit)
    visit.fill(f"move-{place(later)}", Status.PLANNED)
    assert house.store.actions() == (late, replace(later, status=Status.PLANNED, version=2))


def test_who_stops_an_action_on_the_board_says_why(two, words):
    house, (late, later) = two
    visit = opened(words, "board").fill(f"move-{place(late)}", Status.STOPPED).press("stop")
    assert words("error.ActionReasonMissing") in visit.alerts[0]
    assert house.store.actions() == (late, later)
    visit.fill("stop-reason", "道具が足りるため").press("stop")
    assert house.store.actions()[0] == replace(
        late, status=Status.STOPPED, reason="道具が足りるため", version=2
    )


def test_the_timeline_names_the_actions_without_days(two, words):
    visit = opened(words, "timeline")
    assert words("actions.undated", titles=LATER.title) in visit.text
    assert len(visit.at.get("plotly_chart")) == 1


def test_impact_and_effort_stand_in_a_chart_and_in_a_table(two, words):
    house, _ = two
    tiny = house.app.editions["tiny"]
    house.store.keep_action(Action("いつか", "tiny"), tiny, "佐藤")
    closed = house.store.rounds()[1]
    visit = Visit("actions", lang=words.language, round=closed.id).fill("actions-view", "matrix")
    assert len(visit.at.get("plotly_chart")) == 1
    assert words("action.days", amount="12.5") in visit.text
    assert words("actions.no_effort", titles="いつか") in visit.text
    assert visit.text.index("+0.38") < visit.text.index("+0.25")


def test_without_a_level_the_matrix_says_why_it_is_empty(house, words):
    house.start()
    house.store.keep_action(LATER, house.app.editions["tiny"], "佐藤")
    assert words("actions.no_average") in opened(words, "matrix").text


# -- as a spreadsheet


def uploaded(visit: Visit, text: str | bytes, name: str = "表.csv") -> Visit:
    raw = text if isinstance(text, bytes) else text.encode("cp932")
    visit.at.get("file_uploader")[0].set_value((name, raw, "text/csv"))
    return visit.run()


def test_a_table_is_shown_before_it_is_taken(two, words):
    house, (late, later) = two
    visit = uploaded(
        opened(words), f"アクション,担当,先に必要,ID\n学び直し,鈴木,,{later.id}\n帳票をやめる,,学び直し,\n"
    )
    assert words("actions.csv_summary", added=1, changed=1, unchanged=0) in visit.text
    said = words("actions.change", field=words("action.column_owner"), before="–", after="鈴木")
    assert said in visit.text
    assert house.store.actions() == (late, later)
    visit.press("actions-take")
    assert words("actions.csv_taken", n=2) in visit.text
    first, second, third = house.store.actions()
    assert (first, second) == (late, replace(later, title="学び直し", owner="鈴木", version=2))
    assert (third.title, third.needs) == ("帳票をやめる", {later.id})
    again = uploaded(visit, f"アクション,担当,ID\n学び直し,高橋,{later.id}\nもう一つ,,\n").press(
        "actions-take"
    )
    assert words("actions.csv_taken", n=2) in again.text
    assert len(house.store.actions()) == 4


def test_a_table_that_cannot_be_read_takes_nothing_and_names_its_rows(two, words):
    house, kept = two
    text = "アクション,開始日,期限,年間費用（円）\n一,令和8年4月1日,R8.3.1,\n二,,,▲100\n三,,,1000\n"
    visit = uploaded(opened(words), text)
    assert words("error.TableProblems", file="表.csv", count=2) in visit.alerts[0]
    assert "表.csv:2: " in visit.alerts[0]
    assert "表.csv:3: " in visit.alerts[0]
    assert house.store.actions() == kept


def test_what_was_written_out_changes_nothing_when_it_is_read(two, words):
    house, _ = two
    raw = action_table(house.store, house.app.editions["tiny"], words)
    assert words("actions.csv_nothing", n=2) in uploaded(opened(words), raw).text


def test_what_was_shown_is_not_taken_once_somebody_was_faster(two, words):
    house, (late, later) = two
    visit = uploaded(opened(words), f"アクション,担当,ID\n{LATER.title},鈴木,{later.id}\n新しい,,\n")
    theirs = house.store.keep_action(replace(later, owner="高橋"), house.app.editions["tiny"], "山田")
    visit.press("actions-take")
    assert "山田" in visit.alerts[0]
    assert house.store.actions() == (late, theirs)


def test_overdue_actions_are_counted_on_every_page(house, words, tiny):
    house.start()
    late = Action("遅れている", "tiny", status=Status.DOING, due=date(2026, 1, 31))
    keep_action(house.app, house.store, tiny, late)
    for page in PAGE_NAMES:
        assert words("action.overdue_n", n=1) in Visit(page, lang=words.language).text


def test_a_round_of_one_department_leaves_the_actions_of_the_others_open(house, words, tiny):
    held = start_round(house.app, house.store, "tiny", "人だけ", date(2026, 11, 1), None, section="people")
    kept = keep_action(house.app, house.store, tiny, replace(LATE, effects={}, lifts={"tiny.2": Decimal(1)}))
    visit = Visit("actions", lang=words.language, round=held.id)
    place = f"{kept.id}-{kept.version}"
    visit.fill(f"status-{place}", Status.DONE, in_form=True).press(f"save-{place}")
    assert not visit.alerts
    assert house.store.actions()[0].status is Status.DONE
