"""Everything of the answering page by keyboard alone, and always visible where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as TooLong

from tests.browser.person import Person
from tests.browser.program import Program

FAR = 60
AT = """() => {
    const part = document.activeElement;
    const label = part.getAttribute('aria-label') || part.labels?.[0]?.innerText || part.innerText || '';
    const kind = part.getAttribute('role') || (part.tagName === 'INPUT' ? part.type : part.tagName.toLowerCase());
    return [kind, label.trim().slice(0, 60)];
}"""
MARKED = """() => {
    const accent = 'rgb(20, 83, 154)';
    for (let part = document.activeElement; part && part !== document.body; part = part.parentElement) {
        const style = getComputedStyle(part);
        if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) return true;
        if (style.boxShadow !== 'none' || style.borderTopColor === accent) return true;
        if (part.matches('[data-testid="stElementContainer"]')) return false;
    }
    return false;
}"""


@pytest.fixture(scope="module")
def started(context: BrowserContext, program: Program) -> str:
    """The id of a running round."""
    newcomer = Person(context.new_page(), program.address)
    newcomer.open()
    newcomer.create_organisation("鍵盤の会社")
    started = newcomer.start_round()
    newcomer.page.close()
    return started


@pytest.fixture
def answering(person: Person, started: str) -> Person:
    """Somebody without a mouse before the first item of the round."""
    person.open("answering", item="1", round=started)
    person.item("1")
    return person


def tab_to(page: Page, kind: str, words: str) -> list[tuple[str, str]]:
    """Press Tab until the focus stands on this; gives what was passed."""
    passed: list[tuple[str, str]] = []
    for _ in range(FAR):
        page.keyboard.press("Tab")
        found = tuple(page.evaluate(AT))
        passed.append(found)
        if found[0] == kind and words in found[1]:
            return passed
    raise AssertionError(f"No {kind} “{words}” within {FAR} times Tab: {passed}")


def test_a_level_is_chosen_and_the_next_item_reached_without_a_mouse(answering: Person) -> None:
    page = answering.page
    tab_to(page, "radio", "未着手")
    with answering.kept():
        page.keyboard.press("Space")
    expect(answering.level(0)).to_be_checked()
    for level in (1, 2, 3):
        with answering.kept():
            page.keyboard.press("ArrowDown")
        expect(answering.level(level)).to_be_checked()
    with answering.kept():
        page.keyboard.press("ArrowUp")
    expect(answering.level(2)).to_be_checked()
    answering.answered(1)
    tab_to(page, "button", answering.words("answering.next_open"))
    page.keyboard.press("Enter")
    answering.item("2")


def test_a_target_and_a_condition_are_set_without_a_mouse(answering: Person) -> None:
    page = answering.page
    tab_to(page, "checkbox", "")
    with answering.kept():
        page.keyboard.press("Space")
    tab_to(page, "radio", "0")
    tab_to(page, "textarea", answering.words("answering.evidence"))
    with answering.kept():
        page.keyboard.type("稟議書")
        page.keyboard.press("Tab")
    page.reload()
    answering.arrived()
    expect(page.get_by_test_id("stCheckbox").first.get_by_role("checkbox")).to_be_checked()
    expect(page.get_by_label(answering.words("answering.evidence"))).to_have_value("稟議書")


def test_the_focus_is_always_visible(answering: Person) -> None:
    page = answering.page
    hidden = []
    for _ in range(FAR):
        page.keyboard.press("Tab")
        kind, words = page.evaluate(AT)
        if kind == "body":
            break
        try:
            page.wait_for_function(MARKED, timeout=1_000)
        except TooLong:
            hidden.append((kind, words))
    assert hidden == []


def test_the_first_tab_leads_past_the_menu(answering: Person) -> None:
    answering.page.keyboard.press("Tab")
    skip = answering.page.get_by_role("link", name=answering.words("screen.skip"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
