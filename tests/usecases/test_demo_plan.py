"""What the sample company plans and measures: the same each time, finished where it was cut short, left alone where people changed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from dxassess.assessment.action import Status
from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition
from dxassess.errors import DiskFull
from dxassess.storage import Database, Store, open_database
from dxassess.usecases.demo import fill_demo
from dxassess.usecases.demo_plan import story

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition(ROOT / "indicators" / "dx2019")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(str(tmp_path / "demo.db"))
    yield opened
    opened.close()


def content(store: Store) -> list[object]:
    """What is planned and measured, without the ids made for it."""
    names = {kpi.id: kpi.name for kpi in store.kpis()}
    titles = {action.id: action.title for action in store.actions()}
    return [
        *(replace(kpi, id="", number=0) for kpi in store.kpis()),
        *(
            (names[reading.kpi], reading.day, reading.amount, reading.recorded)
            for reading in store.readings()
        ),
        *((action.title, action.status, action.lifts, action.finished) for action in store.actions()),
        *(sorted(titles[need] for need in action.needs) for action in store.actions()),
        *((note.text, note.when) for action in store.actions() for note in store.notes(action.id)),
        *(replace(candidate, id="", number=0) for candidate in store.candidates()),
        *((note.wave, note.text, note.recorded) for note in store.wave_notes()),
        *(replace(planned, id="", number=0) for planned in store.planned_rounds()),
        *sorted(store.plan_nodes("dx2019"), key=lambda said: said.node),
        store.hourly_rate(),
    ]


def test_everything_of_the_story_is_there_on_its_own_day(database: Database, edition: Edition) -> None:
    store = database.store(fill_demo(database, edition).id)
    told = story()
    assert [action.title for action in store.actions()] == [each["title"] for each in told["actions"]]
    assert [kpi.name for kpi in store.kpis()] == [each["name"] for each in told["kpis"]]
    values = [value for each in told["kpis"] for value in each["values"] if value is not None]
    read = [reading for kpi in store.kpis() for reading in store.readings() if reading.kpi == kpi.id]
    assert [reading.amount for reading in read] == [Decimal(str(value)) for value in values]
    assert {action.status for action in store.actions()} == set(Status)
    first = store.readings()[0]
    assert (first.day, first.recorded.date()) == (date(2025, 9, 30), date(2025, 10, 4))
    late = next(action for action in store.actions() if action.is_overdue(date(2026, 11, 26)))
    assert "納期回答" in late.title


def test_the_story_is_written_in_the_order_of_its_days(database: Database, edition: Edition) -> None:
    store = database.store(fill_demo(database, edition).id)
    moments = [event.recorded for event in reversed(store.events(10_000))]
    assert moments == sorted(moments)
    assert store.as_of(datetime(2025, 12, 1, tzinfo=UTC)).reached.behind == 0


def test_an_action_is_planned_begun_and_over_each_on_its_day(database: Database, edition: Edition) -> None:
    store = database.store(fill_demo(database, edition).id)
    action = store.actions()[0]
    turns = [(each.action.status, each.when.date()) for each in store.action_versions(action.id)]
    assert turns == [
        (Status.PLANNED, date(2025, 8, 28)),
        (Status.DOING, date(2025, 9, 1)),
        (Status.DONE, date(2025, 12, 19)),
    ]
    stopped = next(each for each in store.actions() if each.status is Status.STOPPED)
    assert stopped.reason and store.action_versions(stopped.id)[-1].when.date() == date(2026, 4, 15)


def test_a_filling_that_was_cut_short_is_finished(
    database: Database, edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Store.record_readings

    def full_at_the_tenth(self, readings, by):
        if len(self.readings()) == 10:
            raise DiskFull(place="demo.db")
        return record(self, readings, by)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "record_readings", full_at_the_tenth)
        with pytest.raises(DiskFull):
            fill_demo(database, edition)
    store = database.store(fill_demo(database, edition).id)
    whole = open_database(str(tmp_path / "whole.db"))
    assert content(store) == content(whole.store(fill_demo(whole, edition).id))
    whole.close()


def test_what_people_changed_is_left_alone(database: Database, edition: Edition) -> None:
    store = database.store(fill_demo(database, edition).id)
    action = store.actions()[0]
    store.keep_action(replace(action, title="別の名前"), edition, "見学者")
    before = content(store)
    fill_demo(database, edition)
    assert content(store) == before


def test_with_an_earlier_today_nothing_lies_ahead(database: Database, edition: Edition) -> None:
    store = database.store(fill_demo(database, edition, date(2026, 3, 1)).id)
    assert store.rounds()[-1].held_on == date(2025, 8, 26)
    assert store.kpis()[0].baseline_on == date(2024, 8, 31)
    days = [reading.day for reading in store.readings()]
    assert (min(days), max(days)) == (date(2024, 9, 30), date(2025, 10, 31))
