"""The rhythm: the fiscal year with what was held and is planned, planned rounds kept and started, a clock that was set back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dxassess.assessment.rhythm import PlannedRound
from dxassess.errors import EditionUnknown, RoundTitleMissing, TextTooLong
from dxassess.errors.rhythm import (
    PlannedChanged,
    PlannedDayTaken,
    PlannedDayUnlikely,
    PlannedOver,
    PulseAsksAll,
    PulseBeforeRound,
    PulseEmpty,
    PulseItemUnknown,
)
from dxassess.usecases.pulse import is_pulse_round, start_pulse
from dxassess.usecases.rhythm import (
    drop_planned,
    plan_round,
    planning_days,
    rhythm,
    settle_planned,
    start_planned,
)
from dxassess.usecases.rounds import standing, start_round
from tests.usecases.conftest import TODAY, new_house

WINTER = date(2027, 2, 10)
FULL = PlannedRound("2月の診断", "tiny", WINTER)
ALL = {"1": 1, "1-1": 1, "2": 1, "2-1": 3}


def test_the_year_holds_rounds_pulses_and_plans_and_says_where_today_is(any_house):
    full = any_house.hold(ALL, date(2026, 5, 20))
    pulse = start_pulse(any_house.app, any_house.store, "tiny", ["1"], "パルス", date(2026, 8, 5))
    planned = plan_round(any_house.app, any_house.store, FULL, "佐藤")
    found = rhythm(any_house.app, any_house.store)
    assert (found.today, found.now.year, found.now.quarter) == (TODAY, 2026, 3)
    assert [each.full for each in found.quarters] == [(full,), (), (), ()]
    assert [each.pulses for each in found.quarters] == [(), (pulse,), (), ()]
    assert (found.quarters[3].planned, found.waiting, found.next) == ((planned,), (planned,), planned)
    assert found.share == 64
    assert found.days == (date(2026, 11, 23), date(2027, 5, 20), date(2027, 8, 19))


def test_the_year_opens_in_the_month_of_the_organisation(app):
    found = rhythm(app, new_house(app, "乙社", 12).store)
    assert (found.now.year, found.now.quarter) == (2025, 4)
    assert found.quarters[0].period.first == date(2025, 12, 1)


def test_without_anything_there_are_days_to_begin_with(house):
    found = rhythm(house.app, house.store)
    assert (found.next, len(found.days), found.where.rounds) == (None, 4, ())


def test_a_planned_round_is_kept_tidied_and_a_pulse_in_the_order_of_the_edition(house):
    kept = plan_round(house.app, house.store, replace(FULL, title=" 2月の　診断 ", items=("1",)))
    assert (kept.title, kept.items) == ("2月の 診断", ())
    pulse = replace(FULL, kind="pulse", items=("2", "1", "2"), day=WINTER + timedelta(days=1))
    assert plan_round(house.app, house.store, pulse).items == ("1", "2")


def test_a_round_that_was_started_another_way_may_stand_for_a_planned_one_and_only_one(house):
    first = plan_round(house.app, house.store, replace(FULL, day=date(2026, 11, 25)))
    second = plan_round(house.app, house.store, replace(FULL, day=date(2026, 12, 25)))
    pulse = plan_round(house.app, house.store, replace(FULL, day=TODAY, kind="pulse", items=("1",)))
    held = house.hold(ALL, date(2026, 11, 27))
    found = rhythm(house.app, house.store)
    assert (found.done, found.next) == ({first.id: held}, pulse)
    settle_planned(house.store, first, held, "佐藤")
    found = rhythm(house.app, house.store)
    assert (found.done, found.waiting) == ({}, (pulse, second))
    assert next(each for each in house.store.planned_rounds() if each.id == first.id).round == held.id


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"day": date(1999, 12, 31)}, PlannedDayUnlikely),
        ({"day": date(2030, 1, 1)}, PlannedDayUnlikely),
        ({"title": " "}, RoundTitleMissing),
        ({"title": "あ" * 201}, TextTooLong),
        ({"edition": "gone"}, EditionUnknown),
        ({"kind": "pulse"}, PulseEmpty),
        ({"kind": "pulse", "items": ("1", "1-1", "2", "2-1")}, PulseAsksAll),
        ({"kind": "pulse", "items": ("other.1",)}, PulseItemUnknown),
    ],
)
def test_what_cannot_be_planned_is_refused_and_nothing_is_kept(house, change, error):
    with pytest.raises(error):
        plan_round(house.app, house.store, replace(FULL, **change))
    assert house.store.planned_rounds() == ()


def test_the_days_that_can_be_chosen_are_those_that_can_be_kept(house):
    first, last = planning_days(house.app, house.store)
    plan_round(house.app, house.store, replace(FULL, day=first))
    plan_round(house.app, house.store, replace(FULL, day=last))
    with pytest.raises(PlannedDayTaken):
        plan_round(house.app, house.store, replace(FULL, day=last))


def test_of_two_who_change_a_planned_round_at_once_the_second_is_told(house):
    kept = plan_round(house.app, house.store, FULL, "佐藤")
    plan_round(house.app, house.store, replace(kept, day=WINTER + timedelta(days=7)), "鈴木")
    with pytest.raises(PlannedChanged) as refused:
        plan_round(house.app, house.store, replace(kept, day=WINTER + timedelta(days=9)), "田中")
    assert refused.value.values["by"] == "鈴木"
    with pytest.raises(PlannedChanged):
        drop_planned(house.store, kept, "田中")


def test_a_dropped_round_waits_no_longer_and_cannot_be_started(house):
    kept = plan_round(house.app, house.store, FULL)
    drop_planned(house.store, kept, "佐藤")
    (gone,) = house.store.planned_rounds()
    assert rhythm(house.app, house.store).waiting == ()
    with pytest.raises(PlannedOver):
        start_planned(house.app, house.store, gone)


def test_a_planned_round_is_started_today_with_the_last_like_it(house):
    before = house.hold(ALL, date(2026, 5, 20))
    kept = plan_round(house.app, house.store, FULL)
    held = start_planned(house.app, house.store, kept, "佐藤")
    assert (held.title, held.held_on, held.previous) == ("2月の診断", TODAY, before.id)
    assert not is_pulse_round(house.store, held)
    with pytest.raises(PlannedOver):
        start_planned(house.app, house.store, house.store.planned_rounds()[0])
    assert standing(house.store).running == held


def test_a_planned_pulse_is_started_as_one_once_there_is_a_full_round(house):
    kept = plan_round(house.app, house.store, replace(FULL, kind="pulse", items=("1", "2")))
    with pytest.raises(PulseBeforeRound):
        start_planned(house.app, house.store, kept)
    assert house.store.planned_rounds() == (kept,)
    full = house.hold(ALL, date(2026, 5, 20))
    held = start_planned(house.app, house.store, kept)
    assert is_pulse_round(house.store, held) and held.previous == full.id


def test_a_pulse_whose_items_left_the_edition_meanwhile_says_so(house, edited):
    house.hold(ALL, date(2026, 5, 20))
    kept = plan_round(house.app, house.store, replace(FULL, kind="pulse", items=("2", "2-1")))
    smaller = edited(
        ("edition.yaml", 'items: ["2", "2-1"]', 'items: ["2"]'),
        ("2-1.yaml", "kind: sub", "withdrawn: true\nkind: sub"),
    )
    with pytest.raises(PulseItemUnknown):
        start_planned(house.with_edition(smaller).app, house.store, kept)
    assert house.store.planned_rounds() == (kept,)


def test_a_clock_that_was_set_back_is_noticed_by_the_newest_record(house):
    house.hold(ALL, date(2026, 5, 20))
    recorded = house.store.events(1)[0].recorded.date()

    def at(day: date) -> date | None:
        noon = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        return rhythm(replace(house.app, now=lambda: noon), house.store).clock_back

    assert at(recorded + timedelta(days=1)) is None
    back = recorded - timedelta(days=30)
    assert at(back) in (recorded, recorded + timedelta(days=1))
    moment = datetime(back.year, back.month, back.day, 3, tzinfo=UTC)
    then = house.app.database.store(house.store.organisation_id, lambda: moment)
    for number in range(60):
        then.set_hourly_rate(number + 1, "x")
    assert at(back) is not None


def test_an_organisation_without_any_record_has_no_clock_to_be_noticed(house, monkeypatch):
    monkeypatch.setattr(type(house.store), "events", lambda self, limit=100: ())
    assert rhythm(house.app, house.store).clock_back is None


def test_a_round_for_one_section_is_named_as_one_even_alone(house):
    part = start_round(house.app, house.store, "tiny", "人だけ", date(2026, 5, 1), None, section="people")
    alone = rhythm(house.app, house.store).quarters[0]
    assert (alone.full, alone.sections) == ((), (part,))
    full = house.hold(ALL, date(2026, 8, 1))
    found = rhythm(house.app, house.store).quarters
    assert [(each.full, each.sections) for each in found[:2]] == [((), (part,)), ((full,), ())]
