"""What was recorded by the end of a day, beside what is recorded of the same things today."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.model import Answer, State
from dxassess.errors import DayAhead
from dxassess.text import Words
from dxassess.usecases import close_round
from dxassess.usecases.asof import as_of, closing_days, usual_day
from dxassess.usecases.asof_file import record_csv
from dxassess.usecases.asof_words import action_said, called, level_said, target_said
from dxassess.usecases.result import standings
from tests.usecases.conftest import TODAY, new_house
from tests.usecases.past import REPORTED, Past, corrected

JA, EN = Words("ja"), Words("en")


@pytest.fixture
def past(app):
    return corrected(app)


@pytest.fixture
def reported(app, past):
    """What was recorded by the end of June."""
    return as_of(app, past.store, REPORTED)


def test_a_round_is_told_as_it_was_with_its_averages(reported):
    (each,) = reported.rounds
    held, root = each.held, each.then.today["all"]
    assert (held.title, held.held_on, held.closed, held.reopened) == ("春の回", date(2026, 5, 1), True, 0)
    assert (root.value, root.counts.n, root.counts.m) == (Fraction(3, 2), 2, 4)
    assert (each.now.title, each.now.reopened) == ("春の回（訂正）", 1)
    assert each.today["all"].value == Fraction(7, 3)
    assert (each.explain("all").value, len(each.explain("all").parts)) == (Fraction(3, 2), 2)
    assert each.explain("all", targets=True).value == 3


def test_the_indicators_corrected_since_are_named(reported):
    found = {one.indicator: one.fields for one in reported.newest.changed}
    assert found == {"tiny.1": ("level", "evidence"), "tiny.1-1": ("state", "level")}


def test_why_something_was_agreed_is_told_with_it(app, past, reported):
    assert reported.newest.reasons == {"tiny.2": "議論で一致"}
    held = past.store.rounds()[0]
    opened = past.store.reopen_round(held.id, held.version, "山田", "直す")
    past.house.say(opened, "2", 1)
    assert as_of(app, past.store, REPORTED).newest.reasons == {"tiny.2": "議論で一致"}
    assert as_of(app, past.store, TODAY).newest.reasons == {}


def test_a_kpi_stands_as_it_did_and_a_later_correction_is_named(reported):
    (each,) = reported.kpis
    assert (each.then.kpi.owner, each.then.kpi.target) == ("佐藤", None)
    assert each.then.latest.reading.amount == 90
    assert (each.then.missed, each.then.standing) == (2, "stale")
    assert each.corrected.amount == 95
    assert each.changed == ("owner", "target")
    assert (reported.then.rate, reported.rate_now) == (3000, 3500)


def test_an_action_is_overdue_as_of_that_day(reported):
    first, second = reported.actions
    assert (first.then.status, first.then.due, first.overdue) == (Status.DOING, date(2026, 6, 1), True)
    assert (first.now.status, first.changed) == (Status.DONE, ("status", "due", "finished"))
    assert (second.overdue, second.changed, second.then.needs) == (False, (), frozenset({first.then.id}))
    assert (reported.closed, reported.stale, reported.overdue) == (1, 1, 1)


def test_today_nothing_differs_from_what_the_other_pages_tell(app, past):
    found = as_of(app, past.store, TODAY)
    (each,) = found.rounds
    assert each.then == standings(app, past.store, past.store.rounds()[0])
    assert (each.changed, each.held) == ((), each.now)
    assert [kpi.changed for kpi in found.kpis] == [()]
    assert [action.changed for action in found.actions] == [(), ()]
    assert found.kpis[0].corrected is None


def test_the_end_of_the_day_is_that_of_the_organisation(app):
    past = Past(app)
    past.store.set_hourly_rate(1000, "x")
    assert as_of(app, past.store, date(2026, 4, 1)).then.rate == 1000
    assert as_of(app, past.store, date(2026, 3, 31)).then.rate is None


def test_a_day_to_come_is_refused_with_a_sentence(app, past):
    with pytest.raises(DayAhead) as refused:
        as_of(app, past.store, date(2026, 11, 23))
    assert refused.value.values == {"day": date(2026, 11, 23), "today": TODAY}
    assert "2026年11月23日 はまだ来ていません" in JA.error(refused.value)
    assert "22 November 2026" in EN.error(refused.value)


def test_before_the_first_record_the_day_it_began_is_told(app, past):
    found = as_of(app, past.store, date(2026, 3, 1))
    assert (found.is_empty, found.began, found.newest) == (True, date(2026, 4, 1), None)
    assert as_of(app, past.store, date(2026, 4, 1)).is_empty
    assert not as_of(app, past.store, date(2026, 5, 1)).is_empty


def test_a_round_without_answers_has_no_value_and_no_differences(app):
    past = Past(app)
    past.house.start(date(2026, 4, 1))
    (each,) = as_of(app, past.store, REPORTED).rounds
    assert (each.then.today["all"].value, each.then.answers, each.changed) == (None, {}, ())


def test_what_was_answered_later_in_an_open_round_is_told_as_such(app):
    past = Past(app)
    held = past.house.start(date(2026, 4, 1))
    past.on(2026, 7, 1)
    past.house.say(held, "1", 2)
    (each,) = as_of(app, past.store, REPORTED).rounds
    assert (each.held.closed, [one.then for one in each.changed]) == (False, [None])


def test_a_clock_that_was_set_back_is_counted(app):
    past = Past(app).on(2026, 8, 1)
    past.store.set_hourly_rate(1000, "x")
    past.on(2026, 5, 1).store.set_hourly_rate(2000, "x")
    found = as_of(app, past.store, REPORTED)
    assert (found.then.reached.behind, found.then.rate) == (1, None)


def test_a_damaged_round_is_named_and_the_rest_is_told(flipped, app):
    past = corrected(app)
    changed = flipped(past.house, past.store.rounds()[0])
    found = as_of(changed.app, changed.store, REPORTED)
    assert ([held.title for held in found.then.damaged], found.rounds) == (["春の回"], ())
    assert len(found.actions) == 2
    assert not found.is_empty


def test_the_usual_day_is_the_end_of_the_last_fiscal_quarter(app):
    assert usual_day(app, Past(app).store) == date(2026, 9, 30)
    assert usual_day(app, new_house(app, "乙社", first_month=6).store) == date(2026, 8, 31)


def test_the_days_rounds_were_closed_are_offered_the_newest_first_also_of_those_reopened(app, past):
    titles = ("春の回（訂正）",)
    assert closing_days(past.store) == ((date(2026, 9, 1), titles), (date(2026, 5, 20), titles))


def test_the_month_the_year_opened_in_is_that_of_then_where_it_is_known(app):
    past = Past(app)
    kpi = past.store.keep_kpi(Kpi("売上", "yen", frequency="quarterly"), "x")
    past.store.record_readings([Reading(kpi.id, date(2026, 4, 10), Decimal(1))], "x")
    past.on(2026, 9, 1).store.update_organisation(first_month=5)
    found = as_of(app, past.store, REPORTED)
    assert found.then.first_month is None
    assert found.kpis[0].then.values[0].period.last == date(2026, 4, 30)
    past.house.start(date(2026, 9, 1))
    assert as_of(app, past.store, date(2026, 9, 2)).then.first_month == 5


def test_numbers_of_indicators_are_found_without_the_folder_of_today(app, past):
    action = Action("x", "tiny", {"tiny.1": Decimal(1), "gone": Decimal(2)})
    found = as_of(replace(app, editions={}), past.store, REPORTED)
    assert action_said(action, "lifts", {}, found.editions, JA) == "1 +1、gone +2"
    assert action_said(action, "lifts", {}, {}, JA) == "tiny.1 +1、gone +2"


def test_answers_are_told_in_words_and_the_three_states_stay_three(tiny):
    item = tiny.by_code["1"]
    said = [
        level_said(item, answer, JA)
        for answer in (
            None,
            Answer(item.id),
            Answer(item.id, State.CANNOT_SAY),
            Answer(item.id, State.NOT_APPLICABLE, reason="x"),
            Answer(item.id, State.ANSWERED, 0),
        )
    ]
    assert said == ["未回答", "未回答", "わからない", "該当しない", "0"]
    assert [target_said(item, each, JA) for each in (None, Answer(item.id, target=2))] == ["–", "2"]


def test_amounts_are_told_with_their_unit(tiny):
    plain = next(item for item in tiny.measured if item.measure and not item.measure.choices)
    amount = Answer(plain.id, State.ANSWERED, amount=Decimal("12.5"), target_amount=None)
    unit = JA.of(plain.measure.unit)
    assert level_said(plain, amount, JA) == f"12.5{unit}"
    assert target_said(plain, amount, JA) == "–"
    assert (called(plain, JA), called(tiny.by_code["1"], JA)[:2]) == (JA.of(plain.title), "1 ")
    choosing = next((item for item in tiny.measured if item.measure and item.measure.choices), None)
    if choosing:
        choice = choosing.measure.choices[0]
        assert level_said(choosing, Answer(choosing.id, State.ANSWERED, amount=choice.id), JA) == JA.of(
            choice
        )


@pytest.mark.parametrize("words", [JA, EN], ids=["ja", "en"])
def test_the_file_has_every_number_of_then_beside_that_of_today(reported, words):
    lines = list(csv.reader(io.StringIO(record_csv(reported, words).decode("utf-8-sig"))))
    told = {tuple(line[:3]): tuple(line[3:]) for line in lines[1:]}
    assert lines[0] == [words(f"asof.csv_{name}") for name in ("part", "name", "what", "then", "now")]
    rounds, item = words("asof.rounds"), f"1 {words.of(reported.newest.then.edition.by_code['1'].title)}"
    assert told[rounds, "春の回", words("asof.csv_level", item=item)] == ("1", "2")
    assert told[rounds, "春の回", words("asof.csv_evidence", item=item)] == ("議事録", "規程")
    assert told[rounds, "春の回", words("asof.csv_title")] == ("春の回", "春の回（訂正）")
    assert told[words("asof.kpis"), "入力時間", words("asof.kpi_owner")] == ("佐藤", "鈴木")
    assert told[words("asof.kpis"), "", words("asof.csv_rate")] == ("3,000", "3,500")
    assert told[words("asof.actions"), "研修", words("action.column_status")] == (
        words("action.status_doing"),
        words("action.status_done"),
    )


def test_no_cell_of_the_file_is_computed_by_a_spreadsheet(app):
    past = Past(app)
    held = past.house.start(date(2026, 4, 1), title="=1+1")
    past.house.say(held, "1", 1, evidence="@SUM(A1)")
    past.store.keep_action(Action("+cmd", "tiny", owner="-x"), past.edition, "x")
    past.store.keep_kpi(Kpi("＝A1"), "x")
    text = record_csv(as_of(app, past.store, REPORTED), JA).decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-", "＝"))]
    assert {"'=1+1", "'@SUM(A1)", "'+cmd", "'-x", "'＝A1"} <= set(cells)


def test_everything_is_read_at_one_moment(app, past, monkeypatch):
    """Somebody corrects something while the record is being read: neither side knows of it."""
    read = type(past.store).as_of

    def while_others_write(store, end):
        found = read(store, end)
        past.store.set_hourly_rate(9000, "x")
        return found

    monkeypatch.setattr(type(past.store), "as_of", while_others_write)
    found = as_of(app, past.store, TODAY)
    assert (found.then.rate, found.rate_now) == (3500, 3500)


def test_a_round_closed_since_is_told_open(app):
    past = Past(app)
    held = past.house.start(date(2026, 4, 1))
    past.on(2026, 7, 1)
    close_round(past.store, held, "山田")
    (each,) = as_of(app, past.store, REPORTED).rounds
    assert (each.held.closed, each.now.closed, each.changed) == (False, True, ())
