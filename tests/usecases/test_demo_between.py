"""What the sample company does between its quarterly rounds: one trial of another edition, one pulse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dxassess.assessment.action import Status
from dxassess.assessment.model import Answer, FiscalQuarter, State
from dxassess.assessment.suggestion import suggest
from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition
from dxassess.catalogue.narrow import is_pulse
from dxassess.storage import Database, Store, open_database
from dxassess.usecases.demo import fill_demo

ROOT = Path(__file__).parents[2]
DAYS = [
    date(2025, 8, 27),
    date(2025, 11, 26),
    date(2026, 2, 25),
    date(2026, 5, 27),
    date(2026, 6, 24),
    date(2026, 7, 8),
    date(2026, 8, 26),
]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition(ROOT / "indicators" / "dx2019")


@pytest.fixture(scope="module")
def trial() -> Edition:
    return load_edition(ROOT / "indicators" / "dgc3")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, edition: Edition, trial: Edition) -> Iterator[Store]:
    database = open_database(str(tmp_path_factory.mktemp("demo") / "demo.db"))
    yield database.store(fill_demo(database, edition, trial=trial).id)
    database.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(str(tmp_path / "demo.db"))
    yield opened
    opened.close()


def agreed(store: Store, place: int) -> dict[str, Answer]:
    held = store.rounds()[place]
    asked = store.edition(held.edition_hash)
    return {
        asked.indicators[each.answer.indicator].code: each.answer
        for each in store.answers(held.id, "agreed")
        if asked.indicators[each.answer.indicator].measure is None
    }


def test_a_trial_and_a_pulse_lie_between_the_fourth_and_the_fifth_round(
    filled: Store, trial: Edition
) -> None:
    rounds = filled.rounds()
    assert [held.held_on for held in rounds] == DAYS
    assert all(held.closed for held in rounds)
    tried, pulsed = rounds[4:6]
    assert (tried.edition, tried.edition_hash, tried.previous) == ("dgc3", trial.hash, None)
    assert tried.quarter == FiscalQuarter(2026, 1)
    assert (pulsed.edition, pulsed.previous) == ("dx2019", rounds[3].id)
    assert pulsed.quarter == FiscalQuarter(2026, 2)
    assert [is_pulse(filled.edition(held.edition_hash)) for held in rounds] == [*[False] * 5, True, False]
    assert rounds[6].previous == rounds[3].id


def test_both_are_written_on_their_own_day_by_the_room_as_one(filled: Store) -> None:
    for held in filled.rounds()[4:6]:
        answers = filled.answers(held.id)
        assert {each.ballot for each in answers} == {"agreed"}
        assert {each.recorded.date() for each in answers} == {held.held_on}
        assert held.closed_at and held.closed_at.date() == held.held_on


def test_the_trial_gives_most_of_the_items_a_level_and_cannot_say_a_few(
    filled: Store, trial: Edition
) -> None:
    found = agreed(filled, 4)
    assert list(found) == [item.code for item in trial.scored]
    unsaid = [code for code, answer in found.items() if answer.state is State.CANNOT_SAY]
    assert len(unsaid) == 4
    assert all(found[code].comment for code in unsaid)
    assert all(answer.level is not None for code, answer in found.items() if code not in unsaid)
    assert all(answer.target is not None for answer in found.values())


def test_the_pulse_lies_on_the_way_from_the_fourth_round_to_the_fifth(filled: Store) -> None:
    before, found, after = (agreed(filled, place) for place in (3, 5, 6))
    assert len(found) == 5
    assert all(before[code].level <= found[code].level <= after[code].level for code in found)
    assert {code for code in found if found[code].level != before[code].level} == {"7-2", "9-4"}
    assert all(found[code].target == before[code].target for code in found)


def test_the_pulse_asks_every_item_an_action_was_under_way_for(filled: Store, edition: Edition) -> None:
    asked = {edition.by_code[code].id for code in agreed(filled, 5)}
    day = filled.rounds()[5].held_on
    running = [action for action in filled.actions() if action.status is Status.DOING and action.start <= day]
    assert running
    assert all(set(action.lifts) <= asked for action in running)


@pytest.mark.parametrize("place", [4, 5])
def test_ticked_conditions_and_gates_suggest_the_agreed_level(filled: Store, place: int) -> None:
    held = filled.rounds()[place]
    asked = filled.edition(held.edition_hash)
    for code, answer in agreed(filled, place).items():
        if answer.level is not None:
            assert suggest(asked.by_code[code], asked.head.suggestion, answer.conditions) == answer.level


def test_without_the_other_edition_there_is_no_trial(database: Database, edition: Edition) -> None:
    store = database.store(fill_demo(database, edition).id)
    assert [held.held_on for held in store.rounds()] == [*DAYS[:4], *DAYS[5:]]


def test_an_edition_without_the_items_that_are_told_is_not_tried(
    database: Database, edition: Edition
) -> None:
    tiny = load_edition(ROOT / "tests" / "data" / "tiny")
    store = database.store(fill_demo(database, edition, trial=tiny).id)
    assert [held.edition for held in store.rounds()] == ["dx2019"] * 6


def test_a_sample_filled_before_there_were_any_gets_neither(
    database: Database, edition: Edition, trial: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("dxassess.usecases.demo.between_steps", lambda *_: ())
        store = database.store(fill_demo(database, edition).id)
    assert len(store.rounds()) == 5
    fill_demo(database, edition, trial=trial)
    assert len(store.rounds()) == 5


def test_with_an_earlier_today_both_lie_as_many_years_back(
    database: Database, edition: Edition, trial: Edition
) -> None:
    store = database.store(fill_demo(database, edition, date(2026, 3, 1), trial).id)
    assert [held.held_on for held in store.rounds()[4:6]] == [date(2025, 6, 24), date(2025, 7, 8)]


def test_a_trial_that_people_reopened_is_left_alone(
    database: Database, edition: Edition, trial: Edition
) -> None:
    store = database.store(fill_demo(database, edition, trial=trial).id)
    tried = store.rounds()[4]
    store.reopen_round(tried.id, tried.version, "見学者", "根拠を書き足すため")
    fill_demo(database, edition, trial=trial)
    assert not store.round(tried.id).closed
    assert len(store.rounds()) == 7
