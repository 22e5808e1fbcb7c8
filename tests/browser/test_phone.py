"""The core of the job on a phone, with a thumb."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import NewContext, WorldProgram
from tests.browser.person import PATHS, Person
from tests.browser.program import Program
from tests.browser.tour import too_wide

PHONE = {"width": 390, "height": 844}
THUMB = 40
FIRST_FIVE = {"1": 2, "2": 1, "3": 3, "4": 2, "4-1": 0}


def phone_of(new_context: NewContext) -> BrowserContext:
    return new_context(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def phone(new_context: NewContext, program: Program) -> Person:
    return Person(phone_of(new_context).new_page(), program.address)


def tap(target: Locator) -> None:
    target.scroll_into_view_if_needed()
    target.tap()


def fits(page: Page) -> None:
    """Nothing can be pushed sideways."""
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    assert too_wide(page) == 0


def test_the_core_of_the_job_is_done_with_a_thumb(phone: Person) -> None:
    phone.open()
    fits(phone.page)
    phone.create_organisation("携帯の会社")
    fits(phone.page)
    phone.start_round()
    answer_five(phone)
    close_and_see_the_result(phone)
    for name in PATHS:
        phone.open(name)
        fits(phone.page)


def answer_five(phone: Person) -> None:
    for done, (code, level) in enumerate(FIRST_FIVE.items(), start=1):
        phone.item(code)
        expect(phone.page.locator(".dx-item-title")).to_be_in_viewport()
        fits(phone.page)
        with phone.kept():
            tap(phone.row(level))
        phone.answered(done)
        if done < len(FIRST_FIVE):
            tap(phone.page.get_by_role("button", name=phone.words("answering.next_open")))


def close_and_see_the_result(phone: Person) -> None:
    phone.open("rounds")
    fits(phone.page)
    tap(phone.page.get_by_role("button", name=phone.words("rounds.close"), exact=True))
    tap(phone.page.get_by_role("button", name=phone.words("rounds.close_yes"), exact=True))
    phone.heading(phone.words("result.title"))
    expect(phone.page.locator(".dx-figure .big").first).to_contain_text("1.6")
    fits(phone.page)


def test_levels_and_buttons_are_large_enough_for_a_thumb(
    new_context: NewContext, world_program: WorldProgram
) -> None:
    phone = Person(phone_of(new_context).new_page(), world_program("running").address)
    phone.open("answering", item="8-1")
    phone.item("8-1")
    phone.settled()
    heights = {target.inner_text()[:20]: target.bounding_box() for target in targets(phone)}
    assert {words for words, box in heights.items() if box is None or box["height"] < THUMB} == set()


def targets(phone: Person) -> list[Locator]:
    """What is tapped on the answering page: the cards of the levels, and the buttons below."""
    cards = phone.page.locator('[data-testid="stRadioGroup"] > div')
    buttons = phone.page.locator(".st-key-answering-foot button")
    expect(cards).to_have_count(7)
    expect(buttons).to_have_count(3)
    return [*cards.all(), *buttons.all()]
