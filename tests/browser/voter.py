"""What a person in the room does with a phone: finds things by their role and their words, and taps them."""

from __future__ import annotations

from itertools import count
from urllib.parse import urlparse

from playwright.sync_api import Error, Locator, Page, expect

from dxassess.text import Language, Words
from tests.protocol.hall import Hall

HIDE = """hidden => { Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange")); }"""


_PEOPLE = count(1)


class Voter:
    """Somebody with a phone, in one tab of it."""

    def __init__(self, page: Page, address: str, language: Language = "ja") -> None:
        self.page, self.address = page, address
        self.words = Words(language)

    def say(self, key: str, **values: object) -> str:
        return self.words(f"ballot.{key}", **values)

    # -- coming in

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}{'?lang=en' if self.words.language == 'en' else ''}")

    def join(self, hall: Hall, role: str = "事業部門", name: str = "") -> None:
        """Open the link of the room and start; by a name of their own where none is given."""
        self.open(hall.link)
        self.page.get_by_role("radio", name=role).tap()
        if self.page.get_by_label(self.say("join.name")).count():
            self.page.get_by_label(self.say("join.name")).fill(name or f"田中{next(_PEOPLE)}")
        self.start()

    def start(self) -> None:
        self.page.get_by_role("button", name=self.say("join.button")).tap()
        self.heading(None)

    def heading(self, words: str | None) -> None:
        """What the page is about; of any page when None."""
        found = self.page.get_by_role("heading", level=1)
        expect(found).to_be_visible()
        if words is not None:
            expect(found).to_contain_text(words)

    def item(self, code: str) -> None:
        """The item with this number is on the screen."""
        expect(self.page.locator("h1 .code")).to_have_text(code)

    # -- answering

    def level(self, choice: int | str) -> Locator:
        """A level by its number, or `cannot_say`."""
        group = self.page.get_by_role("group", name=self.say("phone.levels"))
        if choice == "cannot_say":
            return group.get_by_role("radio", name=self.say("phone.cannot_say"))
        return group.locator(f'label:has(.number:text-is("{choice}")) input')

    def tap(self, choice: int | str) -> None:
        """Tap a level and see it marked at once."""
        self.level(choice).tap()
        expect(self.level(choice)).to_be_checked()

    def pick(self, choice: int | str) -> None:
        """Tap a level, and wait until it is kept."""
        self.tap(choice)
        self.saved()

    def saved(self) -> None:
        expect(self.page.get_by_role("status")).to_have_text(self.say("phone.saved"))

    def told(self, key: str, **values: object) -> None:
        """A sentence that wants to be noticed."""
        expect(self.page.get_by_role("alert")).to_contain_text(self.say(f"phone.{key}", **values))

    def not_told(self) -> None:
        expect(self.page.get_by_role("alert")).to_have_count(0)

    def press(self, key: str, **values: object) -> None:
        self.page.get_by_role("button", name=self.say(f"phone.{key}", **values), exact=True).tap()

    def write(self, field: str, text: str) -> None:
        """Write without leaving the field."""
        box = self.page.get_by_label(self.say(f"phone.{field}"), exact=True)
        if not box.is_visible():
            self.page.locator("summary", has_text=self.say("phone.more")).tap()
        box.fill(text)

    def text(self, field: str) -> Locator:
        return self.page.get_by_label(self.say(f"phone.{field}"), exact=True)

    # -- the phone

    def look_up(self) -> None:
        """Come back to the page, as from another app. One that loads itself anew just now needs no looking at."""
        try:
            self.page.evaluate(HIDE, False)
        except Error as error:
            if "context was destroyed" not in error.message:
                raise

    def look_away(self) -> None:
        self.page.evaluate(HIDE, True)

    @property
    def path(self) -> str:
        return urlparse(self.page.url).path

    def has_sent_all(self) -> None:
        """Nothing waits in the phone's memory. (The content policy keeps Playwright from looking again by itself.)"""
        for _ in range(150):
            if self.page.evaluate("localStorage.length") == 0:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(self.page.evaluate("JSON.stringify(localStorage)"))

    def fits(self, width: int) -> None:
        """Nothing can be pushed sideways, and no sentence still has a hole in it."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width
        assert "{" not in self.page.locator("body").inner_text()
