"""The promises of a quarter as the pages tell them: actions by the log, KPIs by the ledger, items by the newest picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.usecases import close_round, start_round
from dxassess.usecases.promises import promises_of
from dxassess.usecases.pulse import start_pulse

SPRING, AUTUMN = date(2025, 5, 1), date(2026, 10, 1)


def on(house, day):
    """The store as it is written on a day."""
    moment = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    return house.app.database.store(house.store.organisation_id, lambda: moment)


def test_an_organisation_that_promised_nothing_has_nothing_to_look_at(any_house):
    found = promises_of(any_house.app, any_house.store)
    assert (found.due, found.overdue.m, found.kpis.m, found.items) == ((), 0, 0, None)
    assert (found.quarter.year, found.quarter.quarter) == (2026, 3)
    assert (found.period.first, found.period.last) == (date(2026, 10, 1), date(2026, 12, 31))


def test_the_quarter_before_is_judged_by_the_log(house, tiny):
    day = date(2026, 9, 15)
    early, moved = (
        on(house, date(2026, 7, 1)).keep_action(
            Action(title, "tiny", status=Status.DOING, due=day), tiny, "x"
        )
        for title in ("守った", "延ばした")
    )
    on(house, day).keep_action(replace(early, status=Status.DONE, finished=day), tiny, "x")
    on(house, day).keep_action(replace(moved, due=date(2026, 12, 1)), tiny, "x")
    found = promises_of(house.app, house.store, "before")
    assert (found.quarter.quarter, found.period.last) == (2, date(2026, 9, 30))
    assert {(each.action.title, each.outcome) for each in found.due} == {
        ("守った", "kept"),
        ("延ばした", "moved"),
    }
    now = promises_of(house.app, house.store)
    assert [(each.action.title, each.outcome) for each in now.due] == [("延ばした", "open")]


def test_overdue_actions_and_stale_kpis_are_counted(house, tiny):
    late = Action("遅れ", "tiny", status=Status.DOING, due=date(2026, 11, 1))
    house.store.keep_action(late, tiny, "x")
    house.store.keep_action(replace(late, title="まだ", due=date(2026, 12, 1)), tiny, "x")
    for name, retired in (("古い", False), ("新しい", False), ("やめた", True)):
        kpi = house.store.keep_kpi(Kpi(name, retired=retired), "x")
        day = date(2026, 10, 31) if name == "新しい" else date(2026, 6, 30)
        house.store.record_readings([Reading(kpi.id, day, Decimal(1))], "x")
    found = promises_of(house.app, house.store)
    assert ([each.title for each in found.overdue.things], found.overdue.m) == (["遅れ"], 2)
    assert ([each.kpi.name for each in found.kpis.things], found.kpis.m) == (["古い"], 2)


def rounds(house):
    """Two full rounds over a year apart, and what their evidence says."""
    for day, evidence in ((SPRING, "議事録"), (AUTUMN, "議事録")):
        held = house.start(day)
        house.say(held, "1", 2, target=3, evidence=evidence)
        house.say(held, "2", 2, target=3)
        house.say(held, "2-1", 3, target=3)
        last = close_round(house.store, held, "山田")
    return last


def test_items_are_looked_at_as_the_newest_full_round_left_them(house, tiny):
    last = rounds(house)
    house.store.keep_action(Action("施策", "tiny", {"tiny.2": Decimal(1)}, Status.DOING), tiny, "x")
    found = promises_of(house.app, house.store).items
    assert (found.base, found.sources) == (last, ())
    assert [(each.item.code, each.since.held_on) for each in found.stale.things] == [("1", SPRING)]
    assert found.stale.m == 1
    assert ([item.code for item in found.bare.things], found.bare.m) == (["2", "2-1"], 3)
    assert [(each.item.code, each.why) for each in found.ownerless.things] == [
        ("1", "no_action"),
        ("2", "no_owner"),
    ]
    assert found.ownerless.m == 2


def test_a_pulse_since_is_laid_over_them(house):
    last = rounds(house)
    held = start_pulse(house.app, house.store, "tiny", ["1", "2"], "パルス", date(2026, 11, 1))
    house.say(held, "1", 3, target=3, evidence="新しい議事録")
    closed = close_round(house.store, held, "山田")
    found = promises_of(house.app, house.store).items
    assert [(held.id, count) for held, count in found.sources] == [(closed.id, 1), (last.id, 2)]
    assert (found.stale.n, found.stale.m) == (0, 1)
    assert [item.code for item in found.bare.things] == ["2", "2-1"]
    assert [each.item.code for each in found.ownerless.things] == ["2"]


def test_a_damaged_round_is_passed_over(house, flipped):
    first = house.hold({"1": 1}, SPRING)
    last = rounds(house)
    broken = flipped(house, last)
    found = promises_of(broken.app, broken.store).items
    assert found.base.held_on == SPRING and found.base.id != first.id


def test_a_round_of_a_department_since_is_laid_over_the_full_one(house):
    last = rounds(house)
    people = start_round(house.app, house.store, "tiny", "人", date(2026, 11, 2), None, section="people")
    house.say(people, "1", 1, target=2, evidence="議事録")
    people = close_round(house.store, people, "山田")
    found = promises_of(house.app, house.store).items
    assert (found.base, found.sources) == (last, ((people, 1), (last, 2)))
    assert [each.item.code for each in found.ownerless.things] == ["1", "2"]
    assert (found.stale.n, found.bare.m) == (1, 2)


def test_where_only_departments_were_asked_their_newest_round_is_looked_at(house):
    people = start_round(house.app, house.store, "tiny", "人", SPRING, None, section="people")
    house.say(people, "1", 1, target=2)
    people = close_round(house.store, people, "山田")
    found = promises_of(house.app, house.store).items
    assert (found.base, found.sources) == (people, ())
    assert [each.item.code for each in found.ownerless.things] == ["1"]
