"""What could not be kept is said where the person looks, with the choice still there, and kept at the next try."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, NewContext
from tests.browser.person import Person
from tests.browser.program import Program
from tests.browser.test_phone import PHONE

SAVE_WAITS = 20_000


@pytest.fixture(scope="module")
def round_id(program: Program, new_context: NewContext) -> str:
    """An organisation with an open round on this program."""
    person = Person(new_context().new_page(), program.address)
    person.open()
    person.create_organisation("北の会社")
    return person.start_round()


@pytest.fixture(params=[LAPTOP, PHONE], ids=["laptop", "phone"])
def answering(
    request: pytest.FixtureRequest, new_context: NewContext, program: Program, round_id: str
) -> Iterator[Person]:
    """Somebody at the levels of an item, on a laptop and on a phone."""
    person = Person(new_context(viewport=request.param).new_page(), program.address)
    person.open("answering", round=round_id, item="1" if request.param == LAPTOP else "2")
    yield person
    person.page.close()


@contextmanager
def locked(program: Program) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(program.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def told(page: Page, sentence: str) -> None:
    """The sentence is on the screen as it is, without scrolling; nothing covers it and it pushes nothing sideways."""
    trouble = page.locator(".dx-trouble").filter(has_text=sentence)
    expect(trouble).to_be_in_viewport(ratio=1, timeout=SAVE_WAITS)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_a_level_that_could_not_be_kept_stays_with_the_reason_in_sight_and_is_kept_at_the_next_try(
    answering: Person, program: Program
) -> None:
    page = answering.page
    answering.pick(1)
    with locked(program):
        answering.row(3).click()
        told(page, answering.words("error.DatabaseBusy", place=str(program.database), seconds=5))
        expect(answering.level(3)).to_be_checked()
        expect(page.locator(".dx-unkept")).to_be_in_viewport()
        answering.settled()
        answering.press("answering.next")
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "running")
        answering.settled()
        told(page, answering.words("error.DatabaseBusy", place=str(program.database), seconds=5))
        expect(answering.level(3)).to_be_checked()
    with answering.kept():
        answering.press("answering.save_again")
    expect(page.locator(".dx-trouble")).to_have_count(0)
    expect(answering.level(3)).to_be_checked()
    page.reload()
    expect(answering.level(3)).to_be_checked()


def test_of_two_tabs_the_second_is_told_in_sight_that_its_choice_was_not_taken(
    answering: Person, program: Program, round_id: str
) -> None:
    page, code = answering.page, answering.query("item")
    other = Person(page.context.new_page(), program.address)
    other.open("answering", round=round_id, item=code)
    other.pick(4)
    answering.row(2).click()
    told(page, answering.words("error.StaleAnswer", indicator=code))
    expect(answering.level(4)).to_be_checked()


def test_a_database_written_over_is_told_in_sight(new_context: NewContext, tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.start()
    try:
        person = Person(new_context().new_page(), program.address)
        person.open()
        person.create_organisation("南の会社")
        person.start_round()
        older = shutil.copy(program.database, tmp_path / "older.sqlite")
        person.pick(2)
        Path(program.database).write_bytes(Path(older).read_bytes())
        person.row(5).click()
        told(person.page, person.words("error.DatabaseReplaced", place=str(program.database)))
        expect(person.level(5)).to_be_checked()
    finally:
        program.stop()
