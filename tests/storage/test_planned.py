"""Planned rounds: kept as they are now, with every change in the log; of two people who change one at once the first wins."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dxassess.assessment.model import FiscalQuarter
from dxassess.assessment.rhythm import PlannedRound
from dxassess.errors import RoundTitleMissing, RoundUnknown, TextNotStorable
from dxassess.errors.rhythm import PlannedChanged, PlannedDayTaken, PlannedOver, PlannedUnknown
from tests.conftest import DAY

SPRING = date(2027, 5, 12)
PULSE = PlannedRound("5月のパルス", "tiny", SPRING, "pulse", ("1", "2-1"), "短く")


def test_a_planned_round_comes_back_as_it_was_kept(voice):
    store = voice.store
    kept = store.keep_planned(PULSE, "佐藤")
    assert kept == replace(
        PULSE, id=kept.id, number=kept.number, version=1, made=kept.made, changed=kept.made
    )
    assert store.planned_rounds() == (kept,)
    earlier = store.keep_planned(PlannedRound("春の診断", "tiny", date(2027, 4, 1)), "佐藤")
    assert store.planned_rounds() == (earlier, kept)


def test_every_change_is_in_the_log_with_who_before_and_after(voice):
    store = voice.store
    kept = store.keep_planned(PULSE, "佐藤")
    moved = store.keep_planned(replace(kept, day=date(2027, 6, 1), kind="full", items=()), "鈴木")
    assert (moved.version, moved.number, moved.made) == (2, kept.number, kept.made)
    dropped = store.drop_planned(moved.id, moved.version, "田中")
    assert (dropped.state, dropped.version) == ("dropped", 3)
    assert store.planned_rounds() == (dropped,)
    added, changed, gone = (
        store.events_of(kept.id, f"planned_{what}")[0] for what in ("added", "changed", "dropped")
    )
    assert (added.who, added.detail["after"]["items"]) == ("佐藤", ["1", "2-1"])
    assert (changed.who, changed.detail["before"]["day"], changed.detail["after"]["day"]) == (
        "鈴木",
        "2027-05-12",
        "2027-06-01",
    )
    assert (gone.who, gone.detail["after"]["state"]) == ("田中", "dropped")


def test_one_that_was_held_as_another_round_is_marked_with_that_round(voice):
    store = voice.store
    kept = store.keep_planned(PULSE, "佐藤")
    with pytest.raises(RoundUnknown):
        store.settle_planned(kept.id, kept.version, "0" * 32, "鈴木")
    done = store.settle_planned(kept.id, kept.version, voice.round.id, "鈴木")
    assert (done.state, done.round, done.version) == ("started", voice.round.id, 2)
    assert store.planned_rounds() == (done,)
    (logged,) = store.events_of(kept.id, "planned_started")
    assert (logged.who, logged.detail["after"]["round"]) == ("鈴木", voice.round.id)
    with pytest.raises(PlannedOver):
        store.settle_planned(kept.id, done.version, voice.round.id, "鈴木")


def test_of_two_people_who_change_one_at_once_the_first_wins_and_the_other_is_told(voice):
    store = voice.store
    kept = store.keep_planned(PULSE, "佐藤")
    first = store.keep_planned(replace(kept, title="短いパルス"), "鈴木")
    for late in (
        lambda: store.keep_planned(replace(kept, title="長いパルス"), "田中"),
        lambda: store.drop_planned(kept.id, kept.version, "田中"),
        lambda: start(store, kept, voice),
    ):
        with pytest.raises(PlannedChanged) as error:
            late()
        assert (error.value.values["title"], error.value.values["by"]) == ("短いパルス", "鈴木")
    assert store.planned_rounds() == (first,)


def test_a_planned_round_is_started_once(voice):
    store = voice.store
    kept = store.keep_planned(PULSE, "佐藤")
    held = start(store, kept, voice)
    assert (held.title, held.held_on, held.closed) == ("5月のパルス", SPRING, False)
    (now,) = store.planned_rounds()
    assert (now.state, now.round, now.version) == ("started", held.id, 2)
    for again in (
        lambda: start(store, now, voice),
        lambda: store.drop_planned(now.id, now.version, "x"),
        lambda: store.keep_planned(replace(now, title="別の名前"), "x"),
    ):
        with pytest.raises(PlannedOver):
            again()
    assert [each.id for each in store.rounds()] == [voice.round.id, held.id]


def test_a_start_that_fails_leaves_the_plan_as_it_was(voice):
    kept = voice.store.keep_planned(PULSE, "佐藤")
    with pytest.raises(RoundUnknown):
        start(voice.store, kept, voice, previous="0" * 32)
    assert voice.store.planned_rounds() == (kept,)
    assert len(voice.store.rounds()) == 1


def test_no_two_rounds_of_an_edition_are_planned_for_one_day(voice):
    store = voice.store
    kept = store.keep_planned(PULSE, "佐藤")
    with pytest.raises(PlannedDayTaken) as error:
        store.keep_planned(PlannedRound("もう一つ", "tiny", SPRING), "x")
    assert error.value.values == {"day": SPRING, "title": "5月のパルス"}
    with pytest.raises(PlannedDayTaken):
        store.keep_planned(PlannedRound("回の日", "tiny", DAY), "x")
    other = store.keep_planned(PlannedRound("別の版", "other", SPRING), "x")
    moved = store.keep_planned(replace(other, day=SPRING + timedelta(days=1)), "x")
    with pytest.raises(PlannedDayTaken):
        store.keep_planned(replace(moved, edition="tiny", day=SPRING), "x")
    store.drop_planned(kept.id, kept.version, "x")
    store.keep_planned(PlannedRound("空いた日", "tiny", SPRING), "x")


def test_what_cannot_be_kept_is_refused(voice):
    store = voice.store
    with pytest.raises(RoundTitleMissing):
        store.keep_planned(replace(PULSE, title=" \u200b"), "x")
    with pytest.raises(TextNotStorable):
        store.keep_planned(replace(PULSE, note="\x00"), "x")
    with pytest.raises(PlannedUnknown):
        store.keep_planned(replace(PULSE, id="0" * 32, version=1), "x")
    assert store.planned_rounds() == ()


def start(store, planned, voice, previous=None):
    return store.start_planned(
        planned.id, planned.version, voice.edition, planned.day, FiscalQuarter(2027, 1), previous, "x"
    )
