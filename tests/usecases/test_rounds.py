"""Rounds: started with the texts of today, closed once, reopened for a reason; and the one thing to do next."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dxassess.assessment.model import FiscalQuarter
from dxassess.catalogue.narrow import narrowed
from dxassess.errors import (
    EditionUnknown,
    RoundChanged,
    RoundDateUnlikely,
    RoundReasonMissing,
    RoundTitleMissing,
    RoundUnknown,
    TextTooLong,
)
from dxassess.usecases import close_round, correct_round, next_step, reopen_round, standing, start_round
from dxassess.usecases.rounds import (
    EARLIEST,
    TITLE_LIMIT,
    Standing,
    edition_state,
    last_like,
    months_of,
    quarter_for,
    today,
)
from tests.usecases.conftest import TODAY, new_application, new_house

LATEST = TODAY + timedelta(days=366)


def test_a_round_is_started_with_the_texts_of_today(any_house, tiny):
    held = any_house.start(title=" 第1回 　診断\n")
    assert (held.title, held.edition, held.revision) == ("第1回 診断", "tiny", tiny.revision)
    assert any_house.store.edition(held.edition_hash) == tiny
    assert (held.held_on, held.closed, held.previous) == (TODAY, False, None)


@pytest.mark.parametrize("title", ["", "  ", "　", "\u200b"])
def test_a_round_needs_a_title_that_can_be_seen(house, title):
    with pytest.raises(RoundTitleMissing):
        house.start(title=title)
    assert standing(house.store).rounds == ()


def test_a_title_has_a_limit(house):
    assert house.start(title="あ" * TITLE_LIMIT).title == "あ" * TITLE_LIMIT
    with pytest.raises(TextTooLong):
        house.start(title="あ" * (TITLE_LIMIT + 1))


@pytest.mark.parametrize("day", [EARLIEST, TODAY, LATEST])
def test_a_round_may_be_held_from_2000_to_a_year_ahead(house, day):
    assert house.start(day).held_on == day


@pytest.mark.parametrize(
    "day", [EARLIEST - timedelta(days=1), LATEST + timedelta(days=1), date(1, 1, 1), date(9999, 12, 31)]
)
def test_an_unlikely_day_is_asked_about_and_nothing_is_kept(house, day):
    with pytest.raises(RoundDateUnlikely) as refused:
        house.start(day)
    assert refused.value.values == {"date": day, "earliest": EARLIEST, "latest": LATEST}
    assert standing(house.store).rounds == ()


def test_an_edition_that_is_not_there_is_named_with_those_that_are(house):
    with pytest.raises(EditionUnknown) as refused:
        start_round(house.app, house.store, "dx1999", "x", TODAY, None)
    assert refused.value.values == {"edition": "dx1999", "known": ["tiny"]}


def test_the_round_before_must_be_one_of_this_organisation(any_house):
    other = new_house(any_house.app, "乙社")
    held = other.start()
    with pytest.raises(RoundUnknown):
        any_house.start(previous=held)
    with pytest.raises(RoundUnknown):
        start_round(any_house.app, any_house.store, "tiny", "x", TODAY, "0" * 32)
    assert standing(any_house.store).rounds == ()


@pytest.mark.parametrize(
    ("first_month", "day", "quarter"),
    [
        (4, date(2026, 11, 22), FiscalQuarter(2026, 3)),
        (4, date(2027, 3, 31), FiscalQuarter(2026, 4)),
        (4, date(2027, 4, 1), FiscalQuarter(2027, 1)),
        (1, date(2026, 11, 22), FiscalQuarter(2026, 4)),
        (12, date(2026, 11, 30), FiscalQuarter(2025, 4)),
        (12, date(2026, 12, 1), FiscalQuarter(2026, 1)),
    ],
)
def test_the_quarter_follows_the_first_month_the_organisation_chose(app, first_month, day, quarter):
    house = new_house(app, first_month=first_month)
    assert quarter_for(house.store, day) == quarter
    assert house.start(day).quarter == quarter
    first, last = months_of(house.store, quarter)
    assert day.month in ((first, first + 1, last) if first < 12 else (12, 1, 2))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC), date(2027, 3, 31)),
        (datetime(2027, 3, 31, 15, 0, tzinfo=UTC), date(2027, 4, 1)),
    ],
)
def test_today_is_the_day_where_the_organisation_is(house, moment, day):
    app = replace(house.app, now=lambda: moment)
    assert today(app, house.store) == day


def test_rounds_stand_in_the_order_of_their_day_then_of_their_start(house):
    days = [TODAY, date(2025, 5, 1), TODAY]
    late, early, later = (house.start(day, title=str(number)) for number, day in enumerate(days))
    assert standing(house.store).rounds == (early, late, later)


def test_the_running_round_is_the_newest_open_one_and_the_last_the_newest_closed(house):
    first = house.hold({}, date(2025, 5, 1))
    second = house.hold({}, date(2025, 8, 1))
    open_one = house.start(date(2025, 6, 1))
    where = standing(house.store)
    assert (where.running, where.last_closed, where.closed) == (open_one, second, (first, second))
    assert where.named(first.id) == first
    assert where.named("0" * 32) is None
    assert where.named(None) is None


def test_of_two_who_close_the_second_is_told_who_was_first(any_house):
    held = any_house.start()
    closed = close_round(any_house.store, held, "山田")
    assert (closed.closed, closed.closed_by) == (True, "山田")
    with pytest.raises(RoundChanged) as refused:
        close_round(any_house.store, held, "佐藤")
    assert refused.value.values["by"] == "山田"


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_a_round_is_reopened_for_a_reason_only(any_house, reason):
    closed = any_house.hold({"1": 2})
    with pytest.raises(RoundReasonMissing):
        reopen_round(any_house.store, closed, "山田", reason)
    assert standing(any_house.store).running is None


def test_a_reopened_round_is_answered_and_closed_again_and_the_reason_stays(any_house):
    closed = any_house.hold({"1": 2})
    again = reopen_round(any_house.store, closed, "山田", "4-1 を直す")
    any_house.say(again, "1", 3)
    assert close_round(any_house.store, again, "山田").closed
    assert "4-1 を直す" in [event.detail.get("reason") for event in any_house.store.events(10)]


@pytest.mark.parametrize(
    ("rounds", "answered", "items", "step"),
    [
        (None, 0, 0, "create_organisation"),
        ((), 0, 0, "start_first_round"),
        (("open",), 0, 4, "answer_first"),
        (("open",), 3, 4, "answer"),
        (("open",), 4, 4, "close"),
        (("closed",), 4, 4, "look"),
        (("closed",), 0, 4, "look"),
        (("closed", "open"), 1, 4, "answer"),
        (("open", "closed"), 4, 4, "close"),
    ],
)
def test_there_is_always_one_thing_to_do_next(house, rounds, answered, items, step):
    where = None
    if rounds is not None:
        held = house.start()
        where = Standing(tuple(replace(held, closed=state == "closed") for state in rounds))
    assert next_step(where, answered, items, FiscalQuarter(2026, 3)) == step


@pytest.mark.parametrize(
    ("phase", "answered", "step"),
    [
        ("first", 0, "collect_votes"),
        ("second", 4, "collect_votes"),
        ("talk", 0, "talk"),
        ("done", 1, "answer"),
        ("done", 4, "close"),
    ],
)
def test_while_people_vote_that_is_the_next_thing_and_then_the_talk(house, phase, answered, step):
    house.start()
    assert next_step(standing(house.store), answered, 4, FiscalQuarter(2026, 3), phase) == step


@pytest.mark.parametrize(
    ("quarter", "step"),
    [
        (FiscalQuarter(2026, 2), "look"),
        (FiscalQuarter(2026, 3), "look"),
        (FiscalQuarter(2026, 4), "look_and_start_next"),
        (FiscalQuarter(2027, 1), "look_and_start_next"),
    ],
)
def test_the_next_round_is_for_the_next_quarter(house, quarter, step):
    house.hold({"1": 2})
    assert next_step(standing(house.store), 1, 4, quarter) == step


def test_the_state_of_an_edition_is_the_same_changed_or_gone(house, edited):
    held = house.start()
    changed = edited(("edition.yaml", "revision: 1", "revision: 2"))
    assert edition_state(house.app, house.store, held) == "same"
    assert edition_state(house.with_edition(changed).app, house.store, held) == "changed"
    assert edition_state(house.with_edition(None).app, house.store, held) == "gone"


def test_rounds_of_two_organisations_do_not_meet(database, tiny):
    app = new_application(database, tiny)
    mine, theirs = new_house(app, "甲"), new_house(app, "乙")
    held = mine.start()
    assert standing(theirs.store).rounds == ()
    with pytest.raises(RoundUnknown):
        close_round(theirs.store, held, "乙")
    assert standing(mine.store).running == held


def test_a_corrected_round_has_another_title_and_day_and_an_unlikely_one_changes_nothing(house):
    held = house.start()
    corrected = correct_round(house.app, house.store, held, "　改題 ", date(2027, 3, 31), "佐藤")
    assert (corrected.title, corrected.held_on, corrected.quarter) == (
        "改題",
        date(2027, 3, 31),
        FiscalQuarter(2026, 4),
    )
    for title, day, error in (("", TODAY, RoundTitleMissing), ("x", date(1, 1, 1), RoundDateUnlikely)):
        with pytest.raises(error):
            correct_round(house.app, house.store, corrected, title, day)
    assert standing(house.store).rounds == (corrected,)


def test_last_time_is_a_round_that_asked_the_same_or_more(house, tiny):
    whole = house.hold({"1": 1}, TODAY)
    part = start_round(house.app, house.store, "tiny", "人だけ", TODAY, None, section="people")
    part = close_round(house.store, part, "")
    assert last_like(house.store, tiny) == whole.id
    assert last_like(house.store, narrowed(tiny, "people")) == part.id
    assert last_like(house.store, narrowed(tiny, "tools")) == whole.id
    other = tiny.model_copy(update={"head": tiny.head.model_copy(update={"id": "other"})})
    assert last_like(house.store, other) is None
