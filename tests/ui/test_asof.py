"""The page of a day's record: it tells the day, names what was corrected since, and refuses a day to come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dxassess.assessment.action import Action
from dxassess.ui.context import application
from dxassess.usecases.asof import usual_day
from dxassess.usecases.pulse import start_pulse
from dxassess.usecases.rounds import today
from tests.ui.conftest import Visit
from tests.ui.test_record import bodies
from tests.usecases.conftest import new_house
from tests.usecases.past import REPORTED, Past, corrected


@pytest.fixture
def past(folder):
    return corrected(application())


def visit(words, day=REPORTED):
    return Visit("asof", lang=words.language, day=day.isoformat())


def test_the_page_leads_on_to_why_it_moved_and_to_the_rounds(past, words):
    shown = visit(words)
    for page in ("movement", "rounds"):
        assert words(f"asof.go_{page}") in shown.labels("page_link")
    held = past.house.store.rounds()[0]
    assert any(page == "movement" and f"round={held.id}" in query for page, query in shown.ways())


def test_before_there_is_anything_the_page_teaches(house, words):
    assert words("asof.empty") in Visit("asof", lang=words.language).text


def test_the_day_is_told_in_one_sentence_with_its_numbers(past, words):
    text = visit(words).text
    assert words("asof.sentence", day=words.date(REPORTED)) in text
    counted = {"rounds": 1, "closed": 1, "kpis": 1, "stale": 1, "actions": 2, "overdue": 1}
    assert words("asof.counted", **counted) in text
    value = {"value": "1.50", "n_of_m": words.n_of_m(2, 4)}
    root = past.edition.sections["all"].title
    assert words("asof.average", title=words.of(root), **value) in text


def test_what_was_corrected_since_is_named_beside_what_it_is_today(past, words):
    text = visit(words).text
    assert words("asof.levels_corrected", n=2) in text
    assert words("asof.since_title", title="春の回（訂正）") in text
    assert words("asof.since_reopened") in text
    root = words.of(past.edition.sections["all"].title)
    now = {"title": root, "value": "2.33", "n_of_m": words.n_of_m(3, 4)}
    assert words("asof.since_average", **now) in text
    assert (
        words(
            "asof.since_value", amount=words("effects.amount", amount="95", unit=words("effects.unit_hours"))
        )
        in text
    )
    assert words("action.late", due=words.date(date(2026, 6, 1))) in text
    assert words("asof.rate", yen="3,000") in text
    assert words("asof.rate_now", yen="3,500") in text


def test_without_a_day_it_is_the_end_of_the_last_quarter(past, words):
    house = past.house
    day = usual_day(house.app, house.store)
    for asked in ({}, {"day": "昨日"}, {"day": "0001-01-01"}, {"day": "2026-13-01"}):
        shown = Visit("asof", lang=words.language, **asked)
        assert words("asof.sentence", day=words.date(day)) in shown.text


def test_a_day_to_come_is_refused_with_a_sentence_and_the_day_can_be_changed(past, words):
    now = today(past.house.app, past.store)
    ahead = now + timedelta(days=1)
    shown = visit(words, ahead)
    assert words.date(ahead) in shown.alerts[0] and words.date(now) in shown.alerts[0]
    shown.fill(f"asof-day-{ahead}", REPORTED)
    assert shown.address["day"] == REPORTED.isoformat()
    assert shown.alerts == []


def test_a_day_rounds_were_closed_on_is_one_choice_away(past, words):
    shown = visit(words).fill(f"asof-quick-{REPORTED}", date(2026, 9, 1))
    assert shown.address["day"] == "2026-09-01"
    assert words("asof.levels_same") in shown.text


def test_before_the_first_record_the_page_leads_to_it(past, words):
    shown = visit(words, date(2026, 3, 1))
    assert words("asof.nothing", began=words.date(date(2026, 4, 1))) in shown.text
    shown.press("asof-first")
    assert shown.address["day"] == "2026-04-01"
    assert words("asof.nothing_yet") in shown.text


def test_a_number_opens_to_its_inputs(past, words):
    shown = visit(words).press("explain-asof")
    assert words("result.left_out") in shown.text


def test_a_clock_that_was_set_back_is_told(folder, words):
    past = Past(application()).on(2026, 8, 1)
    past.store.set_hourly_rate(1000, "x")
    past.on(2026, 5, 1).store.keep_action(Action("研修", "tiny"), past.edition, "x")
    days = {"day": words.date(REPORTED), "later": words.date(date(2026, 8, 1))}
    assert words("asof.clock", n=1, **days) in visit(words).text


def test_a_record_that_begins_in_a_day_to_come_leads_nowhere(folder, words):
    past = Past(application(), began=date(2999, 1, 1)).on(2026, 5, 1)
    past.store.keep_action(Action("研修", "tiny"), past.edition, "x")
    shown = visit(words)
    assert words("asof.nothing_yet") in shown.text
    assert [button for button in shown.at.button if button.key == "asof-first"] == []


def test_a_round_without_answers_says_so(folder, words):
    past = Past(application())
    past.house.start(date(2026, 4, 1))
    text = visit(words).text
    assert words("asof.levels_none") in text
    assert words("asof.kpis_none") in text and words("asof.actions_none") in text


def test_what_changes_were_lost_is_said_and_not_guessed(past, words):
    with past.store._writing() as scope:
        raw = scope.connection.exec_driver_sql
        for (name,) in raw("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw(f'DROP TRIGGER "{name}"')
        raw("DELETE FROM events WHERE what = 'action_changed'")
    assert words("asof.untold", titles="研修") in visit(words).text


def test_a_fiscal_year_that_was_changed_later_is_said(past, words):
    past.store.update_organisation(first_month=1)
    past.store.update_organisation(first_month=4)
    assert words("asof.first_month") not in visit(words).text
    other = Past(application(), name="乙社")
    other.store.set_hourly_rate(1000, "x")
    other.store.keep_action(Action("研修", "tiny"), other.edition, "x")
    other.on(2026, 9, 1).store.update_organisation(first_month=1, name="丙社")
    shown = Visit("asof", lang=words.language, day=REPORTED.isoformat(), org=other.store.organisation_id)
    assert words("asof.first_month") in shown.text
    assert words("asof.name", name="乙社") in shown.text


def test_nothing_people_wrote_is_taken_for_markup(folder, words):
    past = Past(application())
    past.house.start(date(2026, 4, 1), title="<b>回</b>")
    past.store.keep_action(Action("<i>施策</i>", "tiny", owner="<u>x</u>"), past.edition, "x")
    shown = visit(words)
    assert "<b>回" not in bodies(shown) and "<i>施策" not in bodies(shown) and "<u>x" not in bodies(shown)
    assert "<b>回</b>" in shown.text


def test_another_organisation_sees_its_own_record(past, words):
    other = new_house(application(), "乙社")
    shown = Visit("asof", lang=words.language, day=REPORTED.isoformat(), org=other.store.organisation_id)
    assert "春の回" not in shown.text


def test_a_pulse_is_called_one(past, words):
    past.on(2026, 10, 1)
    app, store = past.house.app, past.store
    start_pulse(app, store, "tiny", ["1"], "重点", date(2026, 10, 1))
    assert words("rhythm.kind_pulse") in visit(words, date(2026, 10, 1)).text
    assert words("rhythm.kind_pulse") not in visit(words).text
