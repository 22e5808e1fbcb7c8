"""The dates as a calendar file: every planned round, due action and KPI once, without what people noted beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import icalendar
import pytest

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi
from dxassess.assessment.rhythm import PlannedRound
from dxassess.text import Words
from dxassess.usecases.dates import calendar
from dxassess.usecases.rhythm import drop_planned, plan_round, start_planned
from tests.usecases.conftest import NOW

WINTER = date(2027, 2, 10)


def events(house, language="ja"):
    """Every entry of the file by its title: day, sequence, status."""
    found = icalendar.Calendar.from_ical(calendar(house.app, house.store, Words(language)))
    uids = [str(event["UID"]) for event in found.events]
    assert len(uids) == len(set(uids))
    assert all(event["DTSTAMP"].dt == NOW for event in found.events)
    return [(str(e["SUMMARY"]), e.start, int(e["SEQUENCE"]), str(e["STATUS"])) for e in found.events]


def test_an_organisation_without_dates_has_an_empty_calendar(house):
    assert events(house) == []
    found = icalendar.Calendar.from_ical(calendar(house.app, house.store, Words("en")))
    assert str(found["X-WR-CALNAME"]) == "甲社: DX dates"


def test_planned_rounds_stand_in_it_with_their_title_and_without_their_note(house):
    full = plan_round(house.app, house.store, PlannedRound("診断", "tiny", WINTER, note="社長は秘密"))
    pulse = PlannedRound("パルス", "tiny", date(2027, 1, 5), "pulse", ("1",))
    plan_round(house.app, house.store, pulse)
    assert events(house) == [
        ("パルス：パルス", date(2027, 1, 5), 0, "CONFIRMED"),
        ("自己診断：診断", WINTER, 0, "CONFIRMED"),
    ]
    assert "秘密" not in calendar(house.app, house.store, Words("ja")).decode()
    plan_round(house.app, house.store, replace(full, day=date(2027, 2, 17)))
    assert ("Self-assessment: 診断", date(2027, 2, 17), 1, "CONFIRMED") in events(house, "en")


def test_what_was_dropped_or_started_early_is_cancelled(house):
    gone = plan_round(house.app, house.store, PlannedRound("やめた", "tiny", WINTER))
    drop_planned(house.store, gone)
    early = plan_round(house.app, house.store, PlannedRound("早めた", "tiny", date(2027, 3, 1)))
    start_planned(house.app, house.store, early)
    past = plan_round(house.app, house.store, PlannedRound("過去", "tiny", date(2026, 10, 1)))
    drop_planned(house.store, past)
    assert [(title, status) for title, _, _, status in events(house)] == [
        ("自己診断：やめた", "CANCELLED"),
        ("自己診断：早めた", "CANCELLED"),
    ]


def test_actions_are_due_with_their_owner_until_they_are_over(house, tiny):
    whole = Action("施策;A", "tiny", status=Status.DOING, owner="佐藤", due=WINTER, reason="秘密")
    house.store.keep_action(whole, tiny, "x")
    house.store.add_note(house.store.actions()[0].id, "秘密の経過", "x")
    for status in (Status.IDEA, Status.DONE, Status.STOPPED):
        house.store.keep_action(replace(whole, title=status, status=status, owner=""), tiny, "x")
    house.store.keep_action(replace(whole, title="日なし", due=None), tiny, "x")
    old = date(2026, 1, 1)
    house.store.keep_action(replace(whole, title="終わった", status=Status.DONE, due=old), tiny, "x")
    house.store.keep_action(replace(whole, title="遅れ", due=old), tiny, "x")
    assert events(house) == [
        ("アクションの期限：施策;A（佐藤）", WINTER, 0, "CONFIRMED"),
        ("アクションの期限：done", WINTER, 0, "CANCELLED"),
        ("アクションの期限：stopped", WINTER, 0, "CANCELLED"),
        ("アクションの期限：遅れ（佐藤）", old, 0, "CONFIRMED"),
    ]
    assert "秘密" not in calendar(house.app, house.store, Words("ja")).decode()


def test_a_day_that_was_taken_from_an_action_is_cancelled(house, tiny):
    keep = house.store.keep_action
    doing = Action("施策", "tiny", status=Status.DOING, due=WINTER)
    kept = [keep(replace(doing, title=title), tiny, "x") for title in ("日なし", "案", "早い日で終了")]
    keep(replace(keep(replace(doing, title="二度"), tiny, "x"), due=date(2027, 3, 1)), tiny, "x")
    past = keep(replace(doing, title="過去", due=date(2026, 10, 1)), tiny, "x")
    keep(replace(kept[0], due=None), tiny, "x")
    keep(replace(kept[1], status=Status.IDEA), tiny, "x")
    keep(replace(kept[2], status=Status.DONE, due=date(2026, 1, 1)), tiny, "x")
    keep(replace(past, due=None), tiny, "x")
    assert events(house) == [
        ("アクションの期限：日なし", WINTER, 1, "CANCELLED"),
        ("アクションの期限：案", WINTER, 1, "CANCELLED"),
        ("アクションの期限：早い日で終了", WINTER, 1, "CANCELLED"),
        ("アクションの期限：二度", date(2027, 3, 1), 1, "CONFIRMED"),
    ]


def test_the_days_of_a_former_frequency_are_cancelled(house):
    kpi = house.store.keep_kpi(Kpi("入力の時間", frequency="monthly"), "x")
    monthly = {day for _, day, _, _ in events(house)}
    yearly = house.store.keep_kpi(replace(kpi, frequency="yearly"), "x")
    found = {day: (sequence, status) for _, day, sequence, status in events(house)}
    ends = {date(2027, 3, 31), date(2028, 3, 31)}
    assert len(monthly) == 13 and set(found) == monthly | ends
    assert {day for day, (_, status) in found.items() if status == "CONFIRMED"} == ends
    assert {sequence for sequence, _ in found.values()} == {1}
    house.store.keep_kpi(replace(yearly, retired=True), "x")
    assert {status for *_, status in events(house)} == {"CANCELLED"}


@pytest.mark.parametrize(
    ("frequency", "days"),
    [
        ("monthly", [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]),
        ("quarterly", [date(2026, 12, 31), date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30)]),
        ("yearly", [date(2027, 3, 31), date(2028, 3, 31)]),
    ],
)
def test_a_kpi_is_recorded_at_the_end_of_each_of_its_periods_for_a_year(house, frequency, days):
    kpi = house.store.keep_kpi(
        Kpi(
            "入力の時間", frequency=frequency, owner="経理", baseline=Decimal(1), baseline_on=date(2026, 1, 1)
        ),
        "x",
    )
    found = events(house)
    assert [day for _, day, _, _ in found][: len(days)] == days
    assert {title for title, *_ in found} == {"KPI の記録：入力の時間（経理）"}
    assert len(found) == {"monthly": 13, "quarterly": 5, "yearly": 2}[frequency]
    house.store.keep_kpi(replace(kpi, retired=True), "x")
    assert {(sequence, status) for _, _, sequence, status in events(house)} == {(1, "CANCELLED")}
