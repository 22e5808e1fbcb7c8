"""A bad network, a restarted program, a second tab: what the screen shows afterwards is what is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.person import Person
from tests.browser.program import Program
from tests.browser.relay import Relay

CUT = 2_000
BACK = 20_000


@pytest.fixture(scope="module")
def relay(program: Program) -> Iterator[Relay]:
    wire = Relay(program.port)
    yield wire
    wire.close()


@pytest.fixture(scope="module")
def started(context: BrowserContext, program: Program) -> str:
    """The id of a running round."""
    page = context.new_page()
    newcomer = Person(page, program.address)
    newcomer.open()
    newcomer.create_organisation("通信の会社")
    started = newcomer.start_round()
    page.close()
    return started


@pytest.fixture
def far(page: Page, relay: Relay, started: str) -> Iterator[Person]:
    """Somebody at the far end of the wire."""
    relay.mend()
    yield Person(page, relay.address)
    relay.mend()


@pytest.fixture
def other(context: BrowserContext, program: Program, started: str) -> Iterator[Person]:
    """Somebody with a tab of their own and a good connection."""
    page = context.new_page()
    yield Person(page, program.address)
    page.close()


def kept_level(other: Person, code: str) -> int | None:
    """The level of an item as a new visitor sees it."""
    other.open("answering", item=code)
    other.item(code)
    return shown_level(other)


def shown_level(person: Person) -> int | None:
    return next((level for level in range(6) if person.level(level).is_checked()), None)


def connected(person: Person) -> None:
    """The page can be used again, without a reload."""
    expect(person.page.get_by_role("dialog")).to_be_hidden(timeout=BACK)
    expect(person.level(0)).to_be_enabled(timeout=BACK)
    person.settled()


def touch(person: Person, level: int) -> None:
    """Click where the level is, whether or not the page takes it at the moment."""
    person.row(level).scroll_into_view_if_needed()
    box = person.row(level).bounding_box()
    assert box
    person.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_level_picked_just_before_the_connection_drops_is_kept(
    far: Person, other: Person, relay: Relay
) -> None:
    far.open("answering", item="1")
    far.item("1")
    touch(far, 3)
    relay.cut()
    far.page.wait_for_timeout(CUT)
    relay.mend()
    connected(far)
    expect(far.level(3)).to_be_checked()
    assert kept_level(other, "1") == 3


def test_a_level_picked_while_the_connection_is_gone_is_kept_or_not_shown(
    far: Person, other: Person, relay: Relay
) -> None:
    far.open("answering", item="2")
    far.item("2")
    far.pick(1)
    relay.cut()
    touch(far, 4)
    far.page.wait_for_timeout(CUT)
    relay.mend()
    connected(far)
    shown = shown_level(far)
    assert shown in (1, 4)
    assert kept_level(other, "2") == shown


def test_the_lost_connection_is_told_in_the_language_of_the_page(far: Person, relay: Relay) -> None:
    far.open("answering", item="3")
    relay.cut()
    dialog = far.page.get_by_role("dialog")
    expect(dialog).to_contain_text(far.words("screen.connection_title"), timeout=BACK)
    expect(dialog).to_contain_text(far.words("screen.connection"))
    expect(far.page.get_by_text("Streamlit")).to_have_count(0)
    relay.mend()
    connected(far)


def test_after_a_restart_of_the_program_the_first_click_is_kept(
    person: Person, other: Person, program: Program, started: str
) -> None:
    person.open("answering", item="4")
    person.item("4")
    person.pick(2)
    program.kill()
    program.start()
    connected(person)
    person.item("4")
    expect(person.level(2)).to_be_checked()
    person.pick(5)
    assert kept_level(other, "4") == 5


def test_of_two_tabs_on_one_item_the_second_sees_what_the_first_has_kept(
    person: Person, other: Person, started: str
) -> None:
    person.open("answering", item="5")
    other.open("answering", item="5")
    person.item("5")
    other.item("5")
    person.pick(3)
    touch(other, 1)
    expect(other.page.get_by_role("alert")).to_be_visible()
    expect(other.level(3)).to_be_checked()
    person.page.reload()
    person.arrived()
    expect(person.level(3)).to_be_checked()


def test_two_tabs_may_fill_in_different_parts_of_one_item(
    person: Person, other: Person, started: str
) -> None:
    person.open("answering", item="6")
    other.open("answering", item="6")
    person.item("6")
    other.item("6")
    person.pick(3)
    other.write("evidence", "議事録")
    expect(other.level(3)).to_be_checked()
    person.page.reload()
    person.arrived()
    expect(person.level(3)).to_be_checked()
    expect(person.page.get_by_label(person.words("answering.evidence"))).to_have_value("議事録")


def test_a_long_text_is_kept_while_it_is_being_typed_and_nothing_of_it_is_lost(
    page: Page, program: Program, started: str
) -> None:
    """Only a pause of a second hands it over; the writer goes on where the text was left."""
    writer = Person(page, program.address)
    writer.open("answering", item="9-6")
    field = page.get_by_label(writer.words("answering.evidence"))
    field.click()
    page.keyboard.type("月次の会議で")
    saved = page.get_by_role("status").filter(has_text="保存しました")
    expect(saved).to_be_visible()
    page.keyboard.type("、数字を見て")
    writer.settled()
    page.wait_for_timeout(1_500)
    writer.settled()
    expect(field).to_be_focused()
    expect(field).to_have_value("月次の会議で、数字を見て")
    page.reload()
    writer.arrived()
    expect(field).to_have_value("月次の会議で、数字を見て")
