"""What a person does at the screen: finds things by their role and their words, and waits for what becomes visible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode, urlparse

from playwright.sync_api import Locator, Page, expect

from dxassess.text import Language, Words

PATHS = {
    "home": "/",
    "answering": "/answering",
    "measures": "/measures",
    "workshop": "/workshop",
    "board": "/board",
    "result": "/result",
    "recognition": "/recognition",
    "record": "/record",
    "plan": "/plan",
    "start": "/start",
    "effects": "/effects",
    "actions": "/actions",
    "progress": "/progress",
    "rhythm": "/rhythm",
    "asof": "/asof",
    "compare": "/compare",
    "editions": "/editions",
    "movement": "/movement",
    "rounds": "/rounds",
    "catalogues": "/catalogues",
    "about": "/about",
}


class Person:
    """Somebody in front of one browser tab."""

    def __init__(self, page: Page, address: str, language: Language = "ja") -> None:
        self.page, self.address = page, address
        self.words = Words(language)

    # -- moving about

    def open(self, name: str = "home", **query: str) -> None:
        """Type the address of a page, and wait until it stands there."""
        if self.words.language == "en":
            query["lang"] = "en"
        self.page.goto(f"{self.address}{PATHS[name]}?{urlencode(query)}")
        self.arrived()

    def go(self, name: str) -> None:
        """Follow the link of the sidebar."""
        self.page.get_by_role("link", name=self.words(f"{name}.title"), exact=True).click()
        expect(self.page).to_have_title(f"{self.words(f'{name}.title')} – dxassess")
        self.settled()

    def arrived(self) -> None:
        """The page has its heading, nothing is being computed, and no grey bars stand in for widgets."""
        expect(self.page.get_by_role("heading").first).to_be_visible(timeout=20_000)
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)
        self.settled()

    def settled(self) -> None:
        """The last click has been answered in full."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")

    def heading(self, title: str) -> None:
        expect(self.page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()

    def press(self, key: str, **values: object) -> None:
        """Press the button that carries this sentence."""
        self.page.get_by_role("button", name=self.words(key, **values), exact=True).click()

    def choose(self, label: str, option: str) -> None:
        """Come to a list, open it and take an option (a list closes when the page is scrolled)."""
        box = self.page.get_by_role("combobox", name=label)
        box.evaluate("box => box.scrollIntoView({block: 'center'})")
        self.page.wait_for_timeout(200)
        box.click()
        self.page.get_by_role("option", name=option, exact=True).click()

    # -- organisation and rounds

    def create_organisation(self, name: str) -> None:
        self.page.get_by_label(self.words("home.name")).fill(name)
        self.press("home.create")
        self.heading(self.words("rounds.title"))

    def start_round(self, title: str | None = None) -> str:
        """Start a round with what the form offers; gives the round's id."""
        if title is not None:
            self.page.get_by_label(self.words("rounds.round_title")).fill(title)
        self.press("rounds.start")
        self.heading(self.words("answering.title"))
        expect(self.page).to_have_url(re.compile(r"round=\w+"))
        return self.query("round")

    def query(self, name: str) -> str:
        """A value of the address bar, empty when it is not there."""
        return parse_qs(urlparse(self.page.url).query).get(name, [""])[0]

    # -- answering

    def level(self, choice: int | str) -> Locator:
        """The choice of a level: its number, or `cannot_say`."""
        return self._levels().get_by_role("radio", name=self._named(choice))

    def target(self, choice: int) -> Locator:
        group = self.page.get_by_role("radiogroup", name=self.words("answering.target"))
        return group.get_by_role("radio", name=str(choice), exact=True)

    def pick(self, choice: int | str) -> None:
        """Click the words of a level, and see it marked and kept."""
        with self.kept():
            self.row(choice).click()
        expect(self.level(choice)).to_be_checked()

    def row(self, choice: int | str) -> Locator:
        """The card of a level, as large as it can be touched."""
        radio = self.page.get_by_role("radio", name=self._named(choice))
        return self._levels().get_by_test_id("stRadioOption").filter(has=radio)

    def _levels(self) -> Locator:
        return self.page.get_by_role("radiogroup", name=self.words("answering.level"))

    def _named(self, choice: int | str) -> re.Pattern[str]:
        first = self.words("answering.cannot_say") if choice == "cannot_say" else str(choice)
        return re.compile(rf"^{first}(\s|$)")

    def aim(self, choice: int) -> None:
        with self.kept():
            self.target(choice).click()
        expect(self.target(choice)).to_be_checked()

    def write(self, field: str, text: str) -> None:
        """Fill in evidence or comment, and see it kept after moving on."""
        box = self.page.get_by_label(self.words(f"answering.{field}"))
        with self.kept():
            box.fill(text)
            box.blur()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What is done inside leads to a newer answer on the page."""
        seen = self.page.locator(".st-key-seen-slot input")
        before = seen.input_value()
        yield
        expect(seen).not_to_have_value(before)

    def item(self, code: str) -> None:
        """The item with this number is on the screen."""
        expect(self.page.locator(".dx-item-title .dx-code")).to_have_text(code)

    def next_item(self, code: str) -> None:
        """Go to the next item, which is this one."""
        self.press("answering.next")
        self.item(code)

    def answered(self, n: int, m: int = 35) -> None:
        """The progress line says n of m."""
        expect(self.page.locator(".dx-saved b")).to_have_text(self.words.n_of_m(n, m))

    def close_round(self, by: str = "", *, sure: bool = False) -> None:
        """On the page of rounds: close the running one and see its result. `sure`: items are left, and it asks once more."""
        if by:
            self.page.get_by_label(self.words("rounds.close_by")).fill(by)
        self.press("rounds.close")
        if sure:
            self.press("rounds.close_yes")
        self.heading(self.words("result.title"))
