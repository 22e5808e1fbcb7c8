"""F43–F46: clocks that are wrong, run back or stand in other zones change no order and no day; the person is told."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from dxassess.assessment.model import FiscalQuarter, fiscal_quarter, local_day
from dxassess.storage import bound, open_database
from dxassess.storage import database as database_module
from dxassess.storage.schema import rounds
from dxassess.storage.types import Moment, moment_text
from tests.conftest import new_voice

ITEM = "tiny.1"


def _set(monkeypatch, moment):
    for module in (bound, database_module):
        monkeypatch.setattr(module, "utc_now", lambda: moment)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=3653)], ids=["an hour", "ten years"])
def test_order_is_by_sequence_when_the_clock_runs_back(voice, monkeypatch, back):
    early = voice.say(ITEM, 1)
    _set(monkeypatch, datetime.now(UTC) - back)
    later = voice.say(ITEM, 3)
    assert later.recorded < early.recorded
    assert voice.store.answers(voice.round.id) == (later,)
    assert voice.store.history(voice.round.id, ITEM) == (early, later)
    closed = voice.close()
    assert [event.what for event in voice.store.events(2)] == ["round_closed", "round_started"]
    assert voice.store.events(1)[0].recorded < early.recorded
    voice.store.verify(closed.id)


def test_a_clock_that_was_ahead_when_a_round_was_started_keeps_nobody_from_closing_it(voice, monkeypatch):
    _set(monkeypatch, datetime.now(UTC) + timedelta(days=3653))
    voice.say(ITEM, 1)
    _set(monkeypatch, datetime.now(UTC))
    voice.say(ITEM, 2)
    closed = voice.close()
    assert voice.store.answers(closed.id)[0].answer.level == 2


@pytest.mark.parametrize(
    ("off", "warned"),
    [
        (timedelta(hours=-1), True),
        (timedelta(days=-3653), True),
        (timedelta(minutes=-6), True),
        (timedelta(minutes=-4), False),
        (timedelta(0), False),
        (timedelta(days=3653), False),
    ],
)
def test_a_clock_behind_the_last_entry_is_warned_of_at_the_start(
    database, database_url, tiny, monkeypatch, off, warned
):
    new_voice(database, tiny).say(ITEM, 1)
    database.close()
    _set(monkeypatch, datetime.now(UTC) + off)
    again = open_database(database_url)
    assert ("clock_behind" in again.warnings) is warned
    again.close()


def test_an_empty_database_says_nothing_of_clocks(database):
    assert "clock_behind" not in database.warnings


def test_a_round_keeps_the_zone_and_the_first_month_it_was_started_in(database, tiny):
    made = database.create_organisation("甲社", "it", "small", 7, "Europe/Berlin")
    store = database.store(made.id)
    held = store.start_round("回", tiny, date(2027, 6, 30), FiscalQuarter(2026, 4), None, "山田")
    store.update_organisation(first_month=4)
    with database._access.reading() as connection:
        found = connection.execute(
            select(rounds.c.first_month, rounds.c.timezone, rounds.c.fiscal_year)
        ).one()
    assert tuple(found) == (7, "Europe/Berlin", 2026)
    assert store.round(held.id).quarter == FiscalQuarter(2026, 4)


MOMENTS = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=0),
    datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=1),
    datetime(2027, 3, 31, 23, 59, 59, 999_999, tzinfo=ZoneInfo("Asia/Tokyo")),
    datetime(2027, 4, 1, 0, 0, tzinfo=timezone(timedelta(hours=9))),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]


def test_moments_are_kept_in_utc_and_sort_as_text_in_the_order_of_time():
    kept = [moment_text(moment) for moment in MOMENTS]
    assert {len(text) for text in kept} == {27}
    assert sorted(kept) == kept
    read = [Moment().process_result_value(text, None) for text in kept]
    assert read == [moment.astimezone(UTC) for moment in MOMENTS]
    assert read[2] - read[1] == timedelta(hours=1)


def test_a_moment_without_a_zone_is_never_kept():
    with pytest.raises(ValueError):
        moment_text(datetime(2026, 11, 22))


def test_a_moment_that_was_kept_has_the_quarter_of_the_organisations_day(sqlite_voice):
    record = sqlite_voice.say(ITEM, 1)
    kept = sqlite_voice.store.history(sqlite_voice.round.id, ITEM)[0].recorded
    assert kept == record.recorded and kept.utcoffset() == timedelta(0)
    day = local_day(kept, "Asia/Tokyo")
    assert day == kept.astimezone(ZoneInfo("Asia/Tokyo")).date()
    assert fiscal_quarter(day, 4).year in (day.year, day.year - 1)
