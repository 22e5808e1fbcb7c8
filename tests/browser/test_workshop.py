"""A whole workshop: one facilitator at a laptop, six people with phones, from the link to an agreed level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SCREENSHOTS, NewContext
from tests.browser.person import Person
from tests.browser.program import Program
from tests.browser.voter import Voter

PEOPLE = (
    ("経営", "社長", 4),
    ("経営", "本部長", 4),
    ("事業部門", "田中", 1),
    ("事業部門", "山本", 1),
    ("DX部門", "佐藤", 2),
    ("IT部門", "鈴木", 1),
)
SOON = 5_000


@pytest.fixture
def phones(new_context: NewContext, program: Program) -> Iterator[list[Voter]]:
    """Six phones, each a browser of its own."""
    contexts = [new_context(viewport=PHONE, is_mobile=True, has_touch=True) for _ in PEOPLE]
    yield [Voter(context.new_page(), program.address) for context in contexts]


def shot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"workshop-{name}.png")


def test_six_phones_and_a_facilitator_come_to_an_agreed_level(person: Person, phones: list[Voter]) -> None:
    words = person.words
    person.open()
    person.create_organisation("あおば工業")
    held = person.start_round()
    person.open("workshop", round=held)
    person.press("workshop.begin")
    person.press("workshop.invite.make")
    link = person.page.locator(".dx-link code").inner_text()

    for phone, (role, name, level) in zip(phones, PEOPLE, strict=True):
        phone.open(urlparse(link).path)
        phone.page.get_by_role("radio", name=role).tap()
        phone.page.get_by_label(phone.say("join.name")).fill(name)
        phone.start()
        phone.pick(level)
    everybody = person.page.locator("tr", has_text=words("workshop.votes.total")).get_by_role("cell")
    expect(everybody.nth(2)).to_have_text("6", timeout=SOON)
    body = person.page.locator("body").inner_text()
    assert "田中" not in body, "who takes part stands in a fold, and what they said nowhere"
    shot(person.page, "vote")

    person.press("workshop.open_board")
    expect(person.page.locator(".dx-count .number")).to_contain_text("6")
    person.settled()
    person.page.keyboard.press("r")
    person.press("board.reveal_yes")
    expect(person.page.locator(".dx-board")).to_contain_text(words("board.agenda"))
    person.settled()
    person.page.keyboard.press("ArrowRight")
    expect(person.page.locator(".dx-board").first).to_contain_text("ビジョンの共有")
    shot(person.page, "board")
    for phone in phones:
        phone.look_up()
        phone.heading(phone.say("phone.over_title"))

    person.settled()
    levels = person.page.get_by_role("radiogroup", name=words("board.agreed_level"))
    agreed = levels.get_by_role("radio", name="2", exact=True)
    agreed.click()
    expect(agreed).to_be_checked()
    expect(person.page.get_by_text(re.compile(r"保存しました \d\d:\d\d")).first).to_be_visible()
    person.page.reload()
    person.arrived()
    expect(agreed).to_be_checked()
    shot(person.page, "agreed")

    person.open("answering", round=held, item="1")
    expect(person.level(2)).to_be_checked()
