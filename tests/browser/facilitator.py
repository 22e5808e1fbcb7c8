"""What the facilitator of a workshop does: on the workshop page, and on the board with the keyboard."""

from __future__ import annotations

from urllib.parse import urlparse

from playwright.sync_api import Locator, expect

from tests.browser.person import Person

SOON = 4_000
"""Milliseconds: the board looks every 1.5 seconds; what is shown later than this was not noticed by itself."""


class Facilitator(Person):
    """Somebody who drives a workshop from a laptop at the projector."""

    def say(self, key: str, **values: object) -> str:
        return self.words(f"board.{key}", **values)

    # -- inviting

    def start_and_invite(self) -> str:
        """Start a round, open its vote and make a link for everybody; gives the path of the link."""
        self.press("rounds.start_and_invite")
        self.heading(self.words("workshop.title"))
        self.press("workshop.begin")
        self.press("workshop.invite.make")
        link = self.page.locator(".dx-link code")
        expect(link).to_be_visible()
        return urlparse(link.inner_text()).path

    def to_the_board(self) -> None:
        self.page.locator(".st-key-open-board button").click()
        expect(self.page.locator(".dx-count")).to_be_visible()

    # -- the board

    def open_board(self, round_id: str) -> None:
        """Open the board of a round by its address."""
        self.page.goto(f"{self.address}/board?round={round_id}")
        self.arrived_at_board()

    def arrived_at_board(self) -> None:
        expect(self.page.locator(".dx-board").first).to_be_visible(timeout=20_000)
        self.settled()

    def key(self, name: str) -> None:
        """Press a key of the board, wherever the focus is."""
        self.page.keyboard.press(name)
        self.page.wait_for_timeout(200)
        self.settled()

    def counted(self, finished: int, people: int) -> None:
        """The large number, which comes by itself."""
        expect(self.page.locator(".dx-count .number")).to_have_text(f"{finished} / {people}", timeout=SOON)

    def reveal(self, expected: str) -> None:
        """R, the question with how many are missing, and yes."""
        self.key("r")
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_contain_text(expected)
        dialog.get_by_role("button", name=self.say("reveal_yes"), exact=True).click()
        expect(dialog).to_have_count(0)
        self.settled()

    def shows(self, code: str) -> None:
        """This item is on the board."""
        expect(self.page.locator(".dx-item h2 .dx-code")).to_have_text(code, timeout=SOON)

    def agreed(self, level: int) -> Locator:
        group = self.page.get_by_role("radiogroup", name=self.say("agreed_level"))
        return group.get_by_role("radio", name=str(level), exact=True)

    def agree(self, level: int) -> None:
        """A, and the level with a click; wait until it is kept and marked on the picture."""
        self.key("a")
        expect(self.page.locator(".st-key-board-agreed :focus")).to_have_count(1)
        self.agreed(level).click()
        self.has_agreed(level)

    def has_agreed(self, level: int) -> None:
        row = self.page.locator(".dx-strip tr.agreed th")
        expect(row).to_have_text(str(level), timeout=SOON)
        expect(self.agreed(level)).to_be_checked()

    def because(self, reason: str) -> None:
        """Write the reason and leave the field."""
        field = self.page.get_by_label(self.say("reason"), exact=True)
        field.click()
        self.page.keyboard.type(reason)
        field.blur()
        self.settled()

    def marks(self) -> int:
        """How many marks stand on the picture."""
        return self.page.locator(".dx-strip tbody .dx-mark").count()
