"""The page of the rhythm, and pulses on every page that shows a round: what is measured, what is carried forward, what is planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import icalendar
import pytest

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.rhythm import PlannedRound
from dxassess.errors.rhythm import PlannedChanged
from dxassess.figures.pulses import from_rounds
from dxassess.ui.components import round_label
from dxassess.usecases import close_round, start_round
from dxassess.usecases.dates import calendar
from dxassess.usecases.pulse import start_pulse
from dxassess.usecases.rhythm import plan_round
from dxassess.usecases.rounds import today
from tests.ui.conftest import Visit
from tests.ui.test_record import bodies

ALL = {"1": 1, "1-1": 1, "2": 1, "2-1": 3}
MARKUP = "<b>2月</b> *診断* $x$"


def days_on(house, days):
    return today(house.app, house.store) + timedelta(days=days)


def plan(house, title="2月の診断", days=60, **more):
    return plan_round(house.app, house.store, PlannedRound(title, "tiny", days_on(house, days), **more))


def pulsed(house, day, levels, title="夏のパルス"):
    held = start_pulse(house.app, house.store, "tiny", list(levels), title, day)
    for code, level in levels.items():
        house.say(held, code, level)
    return close_round(house.store, held, "山田")


def charts(visit):
    return "\n".join(element.proto.spec for element in visit.at.get("plotly_chart"))


def test_before_there_is_a_round_the_page_teaches_and_one_button_leads_on(house, words):
    visit = Visit("rhythm", lang=words.language)
    assert words("rhythm.empty") in visit.text
    visit.press(words("rhythm.empty_button"))
    assert words("rounds.title") in visit.text


def test_the_year_shows_rounds_pulses_and_plans_and_today(house, words):
    full = house.hold(ALL, days_on(house, 0))
    plan(house, MARKUP, 1)
    visit = Visit("rhythm", lang=words.language)
    for kind in ("full", "planned_full"):
        assert words(f"rhythm.tag_{kind}") in visit.text
    assert words("rhythm.line", day=words.date(full.held_on), title=full.title) in visit.text
    assert words("rhythm.today", day=words.date(full.held_on)) in visit.text
    assert MARKUP in visit.text and "<b>2月" not in bodies(visit)


def test_the_next_step_is_to_plan_where_nothing_is_planned_and_a_day_is_offered(house, words):
    house.hold(ALL, days_on(house, -400))
    visit = Visit("rhythm", lang=words.language)
    assert words("rhythm.next_plan") in visit.text
    visit.fill("title-new-0-tiny-full", "次の診断").press("plan-0")
    (kept,) = house.store.planned_rounds()
    assert (kept.title, kept.kind, kept.state) == ("次の診断", "full", "planned")
    assert words("rhythm.next_ahead", title="次の診断", day=words.date(kept.day)) in visit.text or (
        words("rhythm.next_due", title="次の診断") in visit.text
    )


def test_a_pulse_is_planned_with_the_suggested_items(house, words):
    house.hold(ALL, days_on(house, -400))
    visit = Visit("rhythm", lang=words.language).fill("kind-new-0", "pulse")
    visit.fill("items-new-0-tiny", ["1", "2"]).press("plan-0")
    (kept,) = house.store.planned_rounds()
    assert (kept.kind, kept.items) == ("pulse", ("1", "2"))
    assert (
        words("rhythm.pulse_round_title", edition=words.of(house.app.edition("tiny").head.short))
        == kept.title
    )


def test_what_cannot_be_planned_is_told_and_what_was_entered_stays(house, words):
    house.hold(ALL, days_on(house, -400))
    visit = Visit("rhythm", lang=words.language).fill("kind-new-0", "pulse")
    visit.fill("title-new-0-tiny-pulse", "題名").fill("items-new-0-tiny", []).press("plan-0")
    assert words("error.PulseEmpty") in visit.alerts[0]
    assert visit.shown("title-new-0-tiny-pulse") == "題名"
    visit.fill("items-new-0-tiny", list(ALL)).press("plan-0")
    assert words("error.PulseAsksAll", n=4) in visit.alerts[0]
    assert house.store.planned_rounds() == ()


def test_a_pulse_before_any_full_round_says_why(house, words):
    plan(house)
    visit = Visit("rhythm", lang=words.language).fill("kind-new-0", "pulse")
    assert words("rhythm.focus_none") in visit.text
    house.start()
    pulse = plan(house, "パルス", 5, kind="pulse", items=("1",))
    visit = Visit("rhythm", lang=words.language).press(f"start-{pulse.id}").press("sure-yes")
    assert words("error.PulseBeforeRound", edition="tiny") in visit.alerts[0]


def test_a_planned_round_is_changed_dropped_and_started_on_the_page(house, words):
    house.hold(ALL, days_on(house, -400))
    first, second = plan(house, "一つ目", 10), plan(house, "二つ目", 20)
    visit = Visit("rhythm", lang=words.language)
    visit.fill(f"note-{first.id}-1", "第一会議室").press(f"save-{first.id}")
    assert house.store.planned_rounds()[0].note == "第一会議室"
    visit.press(f"drop-{second.id}")
    assert house.store.planned_rounds()[1].state == "dropped"
    visit.press("rhythm-next").press("sure-no")
    assert house.store.planned_rounds()[0].state == "planned"
    visit.press("rhythm-next").fill("new-ballots", "anonymous").press("sure-yes")
    assert house.store.planned_rounds()[0].state == "started"
    assert not house.store.rounds()[-1].named
    assert visit.address["round"] == house.store.rounds()[-1].id
    visit = Visit("rhythm", lang=words.language)
    assert words("rhythm.next_running", title="一つ目") in visit.text
    visit.press("rhythm-next")
    assert visit.address["round"] == house.store.rounds()[-1].id


@pytest.mark.parametrize(("past", "key"), [(0, "why"), (1, "yesterday"), (2, "late")])
def test_a_planned_round_that_is_due_says_by_how_many_days_its_day_has_passed(house, words, past, key):
    house.hold(ALL, days_on(house, -400))
    kept = plan(house, MARKUP, -past)
    said = words(f"rhythm.next_due_{key}", day=words.date(kept.day), past=past)
    assert said in Visit("rhythm", lang=words.language).text
    visit = Visit("home", lang=words.language)
    assert words("home.step_start_planned", title=MARKUP) in visit.text
    assert words("home.step_start_planned_why", due=said) in visit.text
    visit.press("next-step")
    assert words("rhythm.title") in visit.text and words("rhythm.start_now") in visit.text


def test_a_round_started_another_way_can_be_said_to_be_the_planned_one(house, words):
    kept = plan(house, MARKUP, 0)
    held = house.hold(ALL, days_on(house, 1))
    visit = Visit("rhythm", lang=words.language)
    label = round_label(words, held)
    assert words("rhythm.done_ask", title=MARKUP, day=words.date(kept.day), held=label) in visit.text
    assert words("rhythm.next_due", title=MARKUP) not in visit.text
    visit.press(f"settle-{kept.id}")
    (done,) = house.store.planned_rounds()
    assert (done.state, done.round) == ("started", held.id)
    assert words("rhythm.done_yes") not in visit.text


def test_two_people_who_change_a_planned_round_at_once_are_told(house, words):
    kept = plan(house)
    visit = Visit("rhythm", lang=words.language).fill(f"note-{kept.id}-1", "大会議室")
    plan_round(house.app, house.store, replace(kept, title="変えた"), "鈴木")
    visit.press(f"save-{kept.id}")
    with pytest.raises(PlannedChanged) as refused:
        plan_round(house.app, house.store, replace(kept, note="大会議室"))
    assert words.error(refused.value) in visit.alerts[0]
    assert words("rhythm.stale_form") in visit.text
    assert visit.shown(f"note-{kept.id}-1") == "大会議室"
    visit.press(f"reload-{kept.id}")
    assert visit.shown(f"title-{kept.id}-2-tiny-full") == "変えた"


def test_the_promises_are_counted_and_unfold_to_what_is_behind_them(house, words, tiny):
    held = house.start(days_on(house, -1))
    house.say(held, "1", 2, target=3)
    held = close_round(house.store, held, "x")
    late = Action(MARKUP, "tiny", status=Status.DOING, due=days_on(house, -1), owner="佐藤")
    house.store.keep_action(late, tiny, "x")
    kpi = house.store.keep_kpi(Kpi("入力の時間"), "x")
    house.store.record_readings([Reading(kpi.id, date(2026, 1, 31), Decimal(1))], "x")
    visit = Visit("rhythm", lang=words.language)
    for word, n, m in (
        *(("overdue", 1, 1), ("kpis", 1, 1), ("evidence", 0, 0), ("bare", 1, 1), ("ownerless", 1, 1)),
    ):
        assert words(f"rhythm.{word}", n=n, m=m) in visit.text
    assert MARKUP in visit.text and "<b>2月" not in bodies(visit)
    assert words("rhythm.from_round", title=held.title, day=words.date(held.held_on)) in visit.text
    title = words.of(tiny.by_code["1"].title)
    assert words("rhythm.item_no_action", code="1", title=title) in visit.text
    visit.fill("rhythm-which", "before")
    assert words("rhythm.overdue", n=1, m=1) not in visit.text


def test_items_nobody_is_named_for_lead_to_where_somebody_can_be(house, words, tiny):
    held = house.start(days_on(house, -1))
    for code in ("1", "2", "2-1"):
        house.say(held, code, 1, target=3)
    close_round(house.store, held, "x")
    tool = Action("道具を選ぶ", "tiny", {"tiny.2": Decimal(1)}, Status.DOING, owner="佐藤")
    test = Action("点検の日", "tiny", {"tiny.2-1": Decimal(1)}, Status.DOING)
    for action in (tool, test):
        house.store.keep_action(action, tiny, "x")
    ways = Visit("rhythm", lang=words.language).ways()
    asked = {page: query for page, query in ways if "item=" in query}
    assert "item=1" in asked["plan"] and "item=2-1" in asked["actions"]
    visit = Visit("plan", lang=words.language, item="1")
    assert visit.at.get("selectbox")[1].value == "tiny.1"
    visit = Visit("actions", lang=words.language, item="2-1")
    (picker,) = [box for box in visit.at.selectbox if box.label == words("actions.pick")]
    assert "点検の日" in picker.options[picker.index]
    visit = Visit("actions", lang=words.language)
    (picker,) = [box for box in visit.at.selectbox if box.label == words("actions.pick")]
    assert picker.index == 0


def test_with_nothing_due_the_page_says_so(house, words):
    house.hold(ALL, days_on(house, -1))
    visit = Visit("rhythm", lang=words.language)
    assert words("rhythm.kept_none") in visit.text
    assert words("rhythm.nothing_to_do") in visit.text


def test_the_promise_of_an_action_says_what_became_of_it(house, words, tiny):
    house.hold(ALL, days_on(house, -1))
    day = days_on(house, 0)
    house.store.keep_action(Action("施策", "tiny", status=Status.DONE, due=day, finished=day), tiny, "x")
    visit = Visit("rhythm", lang=words.language)
    assert words("rhythm.kept", n=1, m=1) in visit.text
    assert words("rhythm.outcome_kept") in visit.text


def test_items_after_a_pulse_say_so(house, words):
    house.hold(ALL, days_on(house, -40))
    pulsed(house, days_on(house, -1), {"1": 2})
    visit = Visit("rhythm", lang=words.language)
    assert words("rhythm.tag_pulse") in visit.text
    assert "夏のパルス" in visit.text


def test_the_dates_come_as_a_file(house, words):
    plan(house)
    assert words("rhythm.calendar_button") in Visit("rhythm", lang=words.language).labels("download_button")
    found = icalendar.Calendar.from_ical(calendar(house.app, house.store, words))
    assert len(found.events) == 1


def test_a_clock_set_back_is_told(house, words, monkeypatch):
    house.hold(ALL, days_on(house, -1))
    found = days_on(house, 0)
    monkeypatch.setattr("dxassess.usecases.rhythm._clock_back", lambda *_: found)
    said = words("rhythm.clock_back", today=words.date(found), last=words.date(found))
    assert said in Visit("rhythm", lang=words.language).text


def test_a_pulse_is_started_from_the_form_of_a_new_round(house, words):
    full = house.hold(ALL, days_on(house, -40))
    visit = Visit("rounds", lang=words.language).fill("kind-new", "pulse")
    visit.fill("items-new-tiny", []).press("start-round")
    assert words("error.PulseEmpty") in visit.alerts[0]
    visit.fill("items-new-tiny", ["1", "2-1"]).press("start-round")
    held = house.store.rounds()[-1]
    assert visit.address["round"] == held.id
    assert (held.previous, held.title) == (
        full.id,
        words("rhythm.pulse_round_title", edition=words.of(house.app.edition("tiny").head.short)),
    )
    asked = house.store.edition(held.edition_hash)
    assert [item.code for item in asked.scored] == ["1", "2-1"]


def test_only_full_rounds_are_offered_as_last_time_of_a_full_round(house, words):
    house.hold(ALL, days_on(house, -40))
    held = pulsed(house, days_on(house, -1), {"1": 2})
    visit = Visit("rounds", lang=words.language)
    offered = next(box for box in visit.at.selectbox if (box.key or "").startswith("new-previous"))
    assert all(held.title not in option for option in offered.options)


def test_the_result_of_a_pulse_says_that_it_is_one(house, words):
    house.hold(ALL, days_on(house, -40))
    held = pulsed(house, days_on(house, -1), {"1": 2, "2": 3})
    visit = Visit("result", lang=words.language, round=held.id)
    assert words("rhythm.pulse_note", n=2) in visit.text
    assert words("rhythm.pulse_root") in visit.text
    full = Visit("result", lang=words.language, round=house.store.rounds()[0].id)
    assert words("rhythm.pulse_note", n=4) not in full.text


def test_a_running_pulse_is_answered_like_any_round_and_closed(house, words):
    house.hold(ALL, days_on(house, -40))
    held = start_pulse(house.app, house.store, "tiny", ["1-1"], "パルス", days_on(house, 0))
    for page in ("home", "answering", "measures", "workshop", "board", "recognition", "record", "result"):
        visit = Visit(page, lang=words.language, round=held.id)
        assert not visit.alerts
    house.say(held, "1-1", 2)
    closed = close_round(house.store, held, "x")
    for page in ("home", "answering", "measures", "workshop", "recognition", "record", "result", "effects"):
        assert not Visit(page, lang=words.language, round=closed.id).alerts


def test_on_progress_a_pulse_is_a_mark_of_its_own_that_says_what_it_measured(house, words):
    full = house.hold(ALL, date(2026, 5, 1))
    held = pulsed(house, date(2026, 8, 1), {"1": 3})
    house.hold({"1": 2, "1-1": 2, "2": 2, "2-1": 2}, date(2026, 11, 1))
    visit = Visit("progress", lang=words.language)
    counted = words("rhythm.measured", n=1, m=3)
    quarter = words.quarter(held.quarter)
    spring = words.quarter(full.quarter)
    sources = words("rhythm.measured_from", m=3, quarter=spring, title=full.title)
    told = {"quarter": quarter, "title": held.title, "counted": counted, "sources": sources}
    assert words("progress.pulse", **told) in visit.text
    assert words("figure.mark.pulse") in charts(visit)
    assert "+0.50" in visit.text


def test_plan_and_actions_are_made_from_the_full_round(house, words):
    full = house.start(days_on(house, -40), title="春の診断")
    house.say(full, "1", 1, target=3)
    close_round(house.store, full, "x")
    held = pulsed(house, days_on(house, -1), {"1-1": 2})
    for page in ("plan", "actions"):
        visit = Visit(page, lang=words.language, round=held.id)
        assert words("rhythm.pulse_plan", title="春の診断") in visit.text
    assert words("rhythm.pulse_plan", title="春の診断") not in Visit("plan", round=full.id).text


def test_home_names_the_next_planned_round_and_leads_to_it(house, words):
    house.hold(ALL, days_on(house, -1))
    kept = plan(house, days=30)
    said = words("rhythm.next_ahead", day=words.date(kept.day), title=kept.title)
    assert said in Visit("home", lang=words.language).text
    house.start()
    assert said not in Visit("home", lang=words.language).text


def test_a_round_for_one_section_is_called_one_and_the_items_say_from_which_rounds_they_are(house, words):
    full = house.hold(ALL, days_on(house, -3))
    held = start_round(house.app, house.store, "tiny", "人だけ", days_on(house, -2), None, section="people")
    house.say(held, "1", 3)
    part = close_round(house.store, held, "x")
    pulse = pulsed(house, days_on(house, -1), {"2": 2})
    visit = Visit("rhythm", lang=words.language)
    assert visit.text.count(words("rhythm.tag_section")) == 1
    told = from_rounds(((pulse, 1), (part, 1), (full, 2)), words)
    assert words("rhythm.from_rounds", sources=told) in visit.text
    assert (
        words("rhythm.pulse_plan", title=full.title)
        in Visit("plan", lang=words.language, round=pulse.id).text
    )
