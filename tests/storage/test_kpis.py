"""KPIs kept as they are now, their values only appended, every change in the log."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dxassess.assessment.kpi import Kpi, Reading
from dxassess.errors import TextNotStorable
from dxassess.errors.effects import (
    AmountNegative,
    HourlyRateUnlikely,
    KpiChanged,
    KpiNameTaken,
    KpiUnknown,
)

WHOLE = Kpi(
    "請求書の  入力時間",
    "hours",
    "",
    "lower",
    "monthly",
    owner=" 佐藤 ",
    department="経理",
    baseline=Decimal("120.5"),
    baseline_on=date(2026, 3, 31),
    target=Decimal(60),
    target_on=date(2027, 3, 31),
)
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)


def test_a_kpi_comes_back_as_it_was_kept(voice):
    store = voice.store
    kept = store.keep_kpi(WHOLE, "佐藤")
    assert kept == replace(
        WHOLE,
        name="請求書の 入力時間",
        unit="時間",
        owner="佐藤",
        id=kept.id,
        number=kept.number,
        version=1,
    )
    bare = store.keep_kpi(Kpi("紙の割合", "other", "%", "lower", "yearly", retired=True), "佐藤")
    assert store.kpis() == (kept, bare)
    assert bare.number > kept.number


def test_every_change_is_in_the_log_with_before_and_after(voice):
    store = voice.store
    kept = store.keep_kpi(WHOLE, "佐藤")
    changed = store.keep_kpi(replace(kept, target=None, retired=True), "鈴木")
    assert (changed.version, changed.number, store.kpis()) == (2, kept.number, (changed,))
    (added,), (last,) = (store.events_of(kept.id, what) for what in ("kpi_added", "kpi_changed"))
    assert (added.who, added.detail["after"]["baseline"], added.detail["after"]["baseline_on"]) == (
        "佐藤",
        "120.5",
        "2026-03-31",
    )
    assert last.detail["before"] == added.detail["after"]
    assert (last.who, last.detail["after"]["target"], last.detail["after"]["retired"]) == ("鈴木", None, True)


def test_who_changes_what_somebody_else_changed_is_told_and_overwrites_nothing(voice):
    store = voice.store
    kept = store.keep_kpi(WHOLE, "佐藤")
    first = store.keep_kpi(replace(kept, owner="鈴木"), "鈴木")
    store.record_readings([Reading(kept.id, JUNE, Decimal(1))], "高橋")
    with pytest.raises(KpiChanged) as late:
        store.keep_kpi(replace(kept, owner="高橋"), "高橋")
    assert (late.value.values["name"], late.value.values["by"]) == (kept.name, "鈴木")
    assert store.kpis() == (first,)


def test_what_cannot_be_kept_leaves_everything_as_it_was(voice):
    store = voice.store
    kept = store.keep_kpi(WHOLE, "佐藤")
    before = store.kpis(), store.readings(), store.events()
    with pytest.raises(KpiNameTaken):
        store.keep_kpi(Kpi("請求書の入力時間"), "佐藤")
    with pytest.raises(KpiUnknown):
        store.keep_kpi(replace(WHOLE, name="x", id="0" * 32, version=1), "佐藤")
    good = Reading(kept.id, JUNE, Decimal(1))
    for bad, error in (
        (replace(good, kpi="0" * 32), KpiUnknown),
        (replace(good, amount=Decimal(-1)), AmountNegative),
        (replace(good, note="x\0"), TextNotStorable),
    ):
        with pytest.raises(error):
            store.record_readings([good, bad], "佐藤")
    assert store.record_readings([], "佐藤") == ()
    assert (store.kpis(), store.readings(), store.events()) == before


def test_values_are_appended_with_who_and_when_and_the_log_tells_what_stood_before(voice):
    store = voice.store
    one = store.keep_kpi(WHOLE, "佐藤")
    two = store.keep_kpi(Kpi("外注費", "yen"), "佐藤")
    first = store.record_readings(
        [Reading(one.id, JUNE, Decimal("100.25"), "概算"), Reading(two.id, JUNE, Decimal(-5))], "佐藤"
    )
    again = store.record_readings(
        [Reading(one.id, JUNE, None), Reading(one.id, JULY, Decimal("0.000001"))], "鈴木"
    )
    found = store.readings()
    assert found == (*first, *again)
    assert [each.amount for each in found] == [Decimal("100.25"), Decimal(-5), None, Decimal("0.000001")]
    assert [each.who for each in found] == ["佐藤", "佐藤", "鈴木", "鈴木"]
    assert [each.sequence for each in found] == sorted({each.sequence for each in found})
    assert found[0].recorded and found[0].note == "概算"
    events = store.events_of(one.id, "kpi_measured")
    assert [event.detail for event in events] == [
        {"before": {"2026-06-30": None}, "after": {"2026-06-30": "100.25"}},
        {
            "before": {"2026-06-30": "100.25", "2026-07-31": None},
            "after": {"2026-06-30": None, "2026-07-31": "0.000001"},
        },
    ]


def test_the_hourly_rate_is_said_changed_and_forgotten(voice):
    store = voice.store
    assert store.hourly_rate() is None
    for yen in (3_000, 3_500, 3_500, None):
        store.set_hourly_rate(yen, "佐藤")
        assert store.hourly_rate() == yen
    with pytest.raises(HourlyRateUnlikely):
        store.set_hourly_rate(0, "佐藤")
    told = store.events_of(store.organisation_id, "hourly_rate_set")
    assert [event.detail for event in told] == [
        {"before": None, "after": 3_000},
        {"before": 3_000, "after": 3_500},
        {"before": 3_500, "after": None},
    ]
