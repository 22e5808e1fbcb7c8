"""The page of the effect ledger: empty, filled, and every way to fill it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.period import newest_over, previous
from dxassess.usecases.planning import keep_action
from dxassess.usecases.rounds import today
from tests.ui.conftest import Visit
from tests.ui.test_record import bodies


@pytest.fixture
def months(house):
    """The last days of the two newest months that are over, and of the one before them."""
    now = today(house.app, house.store)
    last = newest_over(now, "monthly", 4)
    middle = previous(last, "monthly", 4)
    return last.last, middle.last, previous(middle, "monthly", 4).last


@pytest.fixture
def measured(house, months):
    """A KPI in hours with two values (gains 20 and 30.5), and a share without any."""
    last, middle, before = months
    store = house.store
    hours = store.keep_kpi(
        Kpi("請求書の<b>入力", owner="佐藤", baseline=Decimal(120), baseline_on=before, target=Decimal(60)),
        "佐藤",
    )
    store.keep_kpi(Kpi("紙の割合", "other", "%"), "佐藤")
    store.record_readings(
        [Reading(hours.id, middle, Decimal(100)), Reading(hours.id, last, Decimal("89.5"))], "佐藤"
    )
    return hours


def key(visit, start):
    """The whole key of the widget whose key begins so."""
    kinds = ("text_input", "text_area", "selectbox", "number_input", "date_input", "button", "checkbox")
    return next(
        widget.key for kind in kinds for widget in visit.at.get(kind) if (widget.key or "").startswith(start)
    )


def put(visit, start, value):
    visit.fill(key(visit, start), value, in_form=True)


def test_before_there_is_a_kpi_the_page_teaches_and_makes_the_first_one(house, words):
    visit = Visit("effects", lang=words.language)
    assert words("effects.empty_title") in visit.text
    assert words("effects.empty") in visit.text
    visit.fill("template-0", 0)
    assert visit.shown(key(visit, "kpi-name-new")) == words("effects.template_hours")
    put(visit, "kpi-baseline-new", 120.5)
    put(visit, "kpi-baseline-on-new", date(2026, 3, 31))
    visit.press(key(visit, "kpi-save-new"))
    assert not visit.alerts
    (kpi,) = house.store.kpis()
    assert (kpi.name, kpi.unit, kpi.baseline, kpi.baseline_on) == (
        words("effects.template_hours"),
        "時間",
        Decimal("120.5"),
        date(2026, 3, 31),
    )
    assert words("effects.kpis") in visit.text


def test_done_actions_are_told_before_there_is_a_kpi(house, tiny, words):
    keep_action(house.app, house.store, tiny, Action("研修", "tiny", status=Status.DONE))
    visit = Visit("effects", lang=words.language)
    assert words("effects.empty_title") in visit.text
    assert words("effects.without_lead", n=1, m=1) in visit.text


def test_a_kpi_that_cannot_be_kept_says_why_beside_the_form(house, words):
    visit = Visit("effects", lang=words.language)
    visit.press(key(visit, "kpi-save-new"))
    assert words("error.KpiNameMissing") in visit.alerts[0]
    assert house.store.kpis() == ()


def test_the_sums_say_what_they_are_made_of(house, measured, words):
    visit = Visit("effects", lang=words.language)
    assert words("effects.big_hours", hours="50.50") in visit.text
    assert words("effects.worth_no_rate", yen="0", expected="0") in visit.text
    assert words("effects.counted", n=2, m=2) in visit.text
    visit.fill("rate-yen", "３，０００円", in_form=True).press("rate-save")
    assert house.store.hourly_rate() == 3_000
    visit = Visit("effects", lang=words.language)
    assert words("effects.worth", yen="151,500", expected="0") in visit.text
    assert words("effects.worth_made", hours="151,500", rate="3,000", yen="0") in visit.text
    assert words("effects.rate_now", yen="3,000") in visit.text
    assert "請求書の<b>" not in bodies(visit)
    visit.fill("effects-show", "yen")
    quarter = words.quarter(measured_quarter(house))
    assert (
        words("effects.chart_see_alone", quarter=quarter, measured="151,500", unit=words("effects.unit_yen"))
        in visit.text
    )


def measured_quarter(house):
    from dxassess.usecases.effects import book

    return book(house.app, house.store).quarters[-1].quarter


@pytest.mark.parametrize(
    ("change", "sentence"),
    [(-50, "chart_see_ahead"), (-51, "chart_see_behind"), (Decimal("-50.5"), "chart_see_even")],
)
def test_measured_stands_beside_expected(house, tiny, measured, months, words, change, sentence):
    done = Action(
        "自動", "tiny", status=Status.DONE, finished=months[0], effects={measured.id: Decimal(change)}
    )
    keep_action(house.app, house.store, tiny, done)
    visit = Visit("effects", lang=words.language)
    assert words("effects.expected_hours", hours=words.level(-Fraction(change))) in visit.text
    rest = {} if sentence == "chart_see_even" else {"expected": words.number(-Decimal(change), 0)}
    said = words(
        f"effects.{sentence}",
        quarter=words.quarter(measured_quarter(house)),
        measured="51",
        unit=words("effects.unit_hours"),
        **rest,
    )
    assert said in visit.text
    assert words("effects.without_none", m=1) in visit.text


def test_a_value_is_typed_refused_with_a_sentence_and_taken_back(house, measured, months, words):
    visit = Visit("effects", lang=words.language)
    put(visit, "record-amount", "90分")
    visit.press(key(visit, "record-save"))
    unit = {"name": measured.name, "value": "90分", "unit": "時間"}
    assert words("error.AmountNotUnderstood", **unit) in visit.alerts[0]
    put(visit, "record-amount", "８０時間")
    visit.press(key(visit, "record-save"))
    newest = house.store.readings()[-1]
    assert (newest.day, newest.amount) == (months[0], 80)
    assert words("effects.big_hours", hours="60") in visit.text
    visit.press(key(visit, "withdraw-save"))
    assert house.store.readings()[-1].amount is None
    assert words("effects.big_hours", hours="20") in visit.text


def test_what_somebody_is_typing_stays_while_others_record(house, measured, months, words):
    visit = Visit("effects", lang=words.language)
    put(visit, "record-amount", "80")
    house.store.record_readings([Reading(measured.id, months[1], Decimal(95))], "高橋")
    house.store.keep_kpi(Kpi("ほか"), "高橋")
    visit.press(key(visit, "record-save"))
    assert [each.amount for each in house.store.readings()][-2:] == [95, 80]


def test_a_pasted_table_is_shown_first_and_taken_by_a_button(house, measured, months, words):
    visit = Visit("effects", lang=words.language)
    rows = f"{measured.name}\t{months[1]}\t100\n{measured.name}\t{months[0]}\t９０\n"
    visit.fill("kpi-paste-0", f"KPI\t日付\t値\n{rows}")
    assert words("effects.preview", new=0, changed=1, same=1, blank=0) in visit.text
    assert len(house.store.readings()) == 2
    visit.press("kpi-take")
    assert house.store.readings()[-1].amount == 90
    assert len(house.store.readings()) == 3
    assert words("effects.taken", n=1) in visit.text
    visit.fill("kpi-paste-1", f"KPI\t日付\t値\n{rows}")
    assert words("effects.nothing_new") in visit.text


def test_of_a_table_with_problems_every_row_is_named_and_nothing_can_be_taken(house, measured, words):
    visit = Visit("effects", lang=words.language)
    visit.fill("kpi-paste-0", f"KPI,日付,値,単位\n{measured.name},2026-04-30,1,分\n何か,2026-04-30,1,\n")
    assert f"{words('effects.pasted_file')}:2:" in visit.alerts[0]
    assert f"{words('effects.pasted_file')}:3:" in visit.alerts[0]
    assert not [button for button in visit.at.button if button.key == "kpi-take"]
    assert len(house.store.readings()) == 2


def test_the_settings_of_a_kpi_are_changed_and_a_late_change_is_told(house, measured, words):
    visit = Visit("effects", lang=words.language)
    place = f"{measured.id}-1"
    visit.fill(f"kpi-owner-{place}", "鈴木", in_form=True)
    house.store.keep_kpi(replace(measured, target=Decimal(200)), "高橋")
    visit.press(f"kpi-save-{place}")
    assert measured.name in visit.alerts[0]
    visit = Visit("effects", lang=words.language)
    assert words("effects.target_behind", name=measured.name) in visit.text
    place = f"{measured.id}-2"
    visit.fill(f"kpi-owner-{place}", "鈴木", in_form=True).fill(f"kpi-retired-{place}", True, in_form=True)
    visit.press(f"kpi-save-{place}")
    kept = house.store.kpis()[0]
    assert (kept.owner, kept.retired, kept.baseline) == ("鈴木", True, Decimal(120))
    assert words("effects.standing_retired") in visit.text
    assert not [field for field in visit.at.text_input if (field.key or "").startswith("record-amount")]


def test_missing_values_and_values_that_do_not_count_are_said(house, months, words):
    store = house.store
    stale = store.keep_kpi(Kpi("古い", baseline=Decimal(1), baseline_on=date(2026, 1, 31)), "x")
    bare = store.keep_kpi(Kpi("基準なし"), "x")
    store.record_readings(
        [Reading(stale.id, date(2026, 1, 31), Decimal(1)), Reading(bare.id, months[0], Decimal(1))], "x"
    )
    visit = Visit("effects", lang=words.language)
    assert words("effects.stale", n=1, names="古い") in visit.text
    assert words("effects.left_out_before", n=1) in visit.text
    assert words("effects.left_out_no_baseline", n=1) in visit.text


def test_done_actions_without_an_effect_and_touched_items_are_told_with_care(told, tiny, words):
    house = told
    house.store.keep_kpi(Kpi("入力"), "x")
    done = Action("研<i>修", "tiny", {"tiny.1": Decimal(1)}, Status.DONE, finished=date(2026, 6, 1))
    keep_action(house.app, house.store, tiny, done)
    visit = Visit("effects", lang=words.language)
    assert words("effects.without_lead", n=1, m=1) in visit.text
    assert words("effects.without_line", title=done.title, why=words("effects.without_no_kpi")) in visit.text
    assert words("effects.touched_actions", n=1, titles=done.title) in visit.text
    assert words("effects.touched_care") in visit.text
    assert words("effects.touched_few", few=5) in visit.text
    assert "+1.00" in visit.text and "+0.33" in visit.text
    assert "<i>" not in bodies(visit)


def test_with_one_closed_round_nothing_is_compared(house, measured, words):
    house.hold({"1": 1}, date(2026, 5, 1))
    assert words("effects.touched_none", n=1) in Visit("effects", lang=words.language).text
