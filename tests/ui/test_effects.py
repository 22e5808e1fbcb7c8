"""The page of the effects: it teaches first, shows sums with their n, takes values, and says carefully what moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.usecases.effects import book
from dxassess.usecases.kpis import usual_day
from tests.ui.conftest import Visit
from tests.ui.test_record import bodies

HOURS = Kpi("<b>入力</b>の時間", "hours", baseline=Decimal(100), baseline_on=date(2026, 1, 31))


@pytest.fixture
def measured(house):
    """A KPI of which three months were measured, and an hour's worth."""
    kept = house.store.keep_kpi(HOURS, "佐藤")
    days = (date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30))
    house.store.record_readings([Reading(kept.id, day, Decimal(40)) for day in days], "佐藤")
    house.store.set_hourly_rate(3000, "佐藤")
    return kept


def test_before_there_is_a_kpi_the_page_teaches_and_makes_the_first_one(started, house, words):
    visit = Visit("effects", lang=words.language)
    assert words("effects.empty") in visit.text
    visit.fill("kpi-name-new-None-0", "差戻し", in_form=True).fill(
        "kpi-kind-new-None-0", "other", in_form=True
    ).fill("kpi-unit-new-None-0", "件", in_form=True).press("kpi-save-new-None-0")
    (kept,) = house.store.kpis()
    assert (kept.name, kept.kind, kept.unit) == ("差戻し", "other", "件")


def test_a_kpi_that_cannot_be_kept_says_why(started, house, words):
    visit = Visit("effects", lang=words.language).press("kpi-save-new-None-0")
    assert words("error.KpiNameMissing") in visit.alerts[0]
    assert house.store.kpis() == ()


def test_the_sums_stand_with_their_worth_and_n(measured, words):
    visit = Visit("effects", lang=words.language)
    assert words("effects.big_hours", hours="180") in visit.text
    assert words("effects.worth", yen="540,000", expected="0") in visit.text
    assert words("effects.stale", n=1, names=HOURS.name) in visit.text
    assert "<b>入力" not in bodies(visit)


def test_a_value_is_typed_and_taken_back(measured, house, words):
    day = usual_day(house.app, house.store, measured)
    visit = Visit("effects", lang=words.language)
    place = f"{measured.id}-0"
    visit.fill(f"record-amount-{place}", "２０時間", in_form=True).press(f"record-save-{place}")
    last = house.store.readings()[-1]
    assert (last.day, last.amount) == (day, 20)
    visit = Visit("effects", lang=words.language)
    place = f"{measured.id}-{last.sequence}-4"
    visit.press(f"withdraw-save-{place}")
    assert (house.store.readings()[-1].day, house.store.readings()[-1].amount) == (day, None)


def test_a_value_with_another_unit_is_refused(measured, house, words):
    place = f"{measured.id}-0"
    visit = Visit("effects", lang=words.language)
    visit.fill(f"record-amount-{place}", "12円", in_form=True).press(f"record-save-{place}")
    assert "12円" in visit.alerts[0]
    assert len(house.store.readings()) == 3


def test_a_pasted_table_is_shown_first_and_then_taken_whole(measured, house, words):
    table = f"KPI\t日付\t値\n{HOURS.name}\t令和8年5月31日\t３０\n{HOURS.name}\t2026-04-30\t40\n"
    visit = Visit("effects", lang=words.language).fill("kpi-paste-0", table)
    assert words("effects.preview", new=1, changed=0, same=1, blank=0) in visit.text
    assert len(house.store.readings()) == 3
    visit.press("kpi-take")
    assert len(house.store.readings()) == 4
    assert words("effects.taken", n=1) in visit.text


def test_a_table_with_a_problem_names_the_row_and_takes_nothing(measured, house, words):
    table = f"KPI,日付,値\n{HOURS.name},2026-05-31,30\n別のもの,2026-05-31,1\n"
    visit = Visit("effects", lang=words.language).fill("kpi-paste-0", table)
    assert "別のもの" in visit.alerts[0]
    assert ":3" in visit.alerts[0] or "3 行" in visit.alerts[0] or "line 3" in visit.alerts[0]
    assert len(house.store.readings()) == 3


def test_the_hourly_rate_values_the_hours(measured, house, words):
    visit = Visit("effects", lang=words.language)
    field = next(each.key for each in visit.at.text_input if (each.key or "").startswith("rate-yen"))
    visit.fill(field, "２，０００", in_form=True).press(field.replace("rate-yen", "rate-save"))
    assert house.store.hourly_rate() == 2000
    assert words("effects.worth", yen="360,000", expected="0") in Visit("effects", lang=words.language).text


def test_actions_closed_without_a_measured_effect_are_named(measured, house, words, tiny):
    done = Action("研修", "tiny", status=Status.DONE, finished=date(2026, 3, 1))
    house.store.keep_action(done, tiny, "x")
    with_one = replace(done, title="自動化", effects={measured.id: Decimal(-50)})
    house.store.keep_action(with_one, tiny, "x")
    text = Visit("effects", lang=words.language).text
    assert "研修" in text
    expected = book(house.app, house.store).total().expected.hours
    assert expected >= 8 * 50
    assert words("effects.expected_hours", hours=words.level(expected)) in text


def test_what_moved_beside_what_did_not_is_said_with_its_n_and_without_a_cause(measured, house, words, tiny):
    house.hold({"1": 1, "2": 1}, date(2026, 1, 10))
    done = Action("研修", "tiny", {"tiny.1": Decimal(1)}, Status.DONE, finished=date(2026, 3, 1))
    house.store.keep_action(done, tiny, "x")
    house.hold({"1": 3, "2": 1}, date(2026, 6, 10))
    text = Visit("effects", lang=words.language).text
    assert words("effects.touched_few", few=5) in text
    assert words("effects.touched_care") in text


def test_what_is_typed_outlives_what_others_record(measured, house, words):
    mine = Visit("effects", lang=words.language)
    place = f"{measured.id}-0"
    mine.fill(f"record-amount-{place}", "20", in_form=True)
    house.store.record_readings([Reading(measured.id, date(2026, 5, 31), Decimal(1))], "鈴木")
    mine.press(f"record-save-{place}")
    assert [reading.amount for reading in house.store.readings()][-2:] == [1, 20]


def test_who_changes_a_kpi_somebody_else_changed_is_told_and_keeps_the_text(measured, house, words):
    mine = Visit("effects", lang=words.language)
    house.store.keep_kpi(replace(measured, owner="鈴木"), "鈴木")
    place = f"{measured.id}-{measured.version}"
    mine.fill(f"kpi-owner-{place}", "高橋", in_form=True).press(f"kpi-save-{place}")
    assert "鈴木" in mine.alerts[0]
    assert house.store.kpis()[0].owner == "鈴木"
    mine.press(f"reload-{measured.id}")
    assert any(field.value == "鈴木" for field in mine.at.text_input)
