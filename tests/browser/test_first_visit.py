"""What the first visit of a page moves, on the program as it is sent to a room."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext, WorldProgram
from tests.browser.person import PATHS, Person

MOST = 800_000
PLOTLY = "/PlotlyChart."
ICONS = """() => [...document.querySelectorAll('[data-testid=stIconMaterial]')]
    .filter(icon => icon.checkVisibility()).map(icon => {
        const range = document.createRange();
        range.selectNodeContents(icon);
        return [icon.textContent, range.getBoundingClientRect().width / parseFloat(getComputedStyle(icon).fontSize)];
    })"""


class Transfer:
    """Bytes that came over the network, by address; and what the websocket brought."""

    def __init__(self, page: Page) -> None:
        self.files: dict[str, int] = {}
        self.live = 0
        self._addresses: dict[str, str] = {}
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.requestWillBeSent", self._asked)
        network.on("Network.loadingFinished", self._came)
        network.on("Network.webSocketFrameReceived", self._told)

    def _asked(self, event: dict) -> None:  # type: ignore[type-arg]
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict) -> None:  # type: ignore[type-arg]
        self.files[self._addresses[event["requestId"]]] = int(event["encodedDataLength"])

    def _told(self, event: dict) -> None:  # type: ignore[type-arg]
        self.live += len(event["response"]["payloadData"]) * 3 // 4


@pytest.mark.parametrize("name", ["answering", "rounds", "measures", "result"])
def test_a_first_visit_moves_less_than_eight_tenths_of_a_megabyte_without_charts(
    world_program: WorldProgram, new_context: NewContext, name: str
) -> None:
    page = new_context().new_page()
    moved = Transfer(page)
    Person(page, world_program("demo").address).open(name)
    page.wait_for_load_state("networkidle")
    total = moved.live + sum(size for address, size in moved.files.items() if PLOTLY not in address)
    largest = sorted(moved.files.items(), key=lambda each: -each[1])[:5]
    print(f"{name}: {total:,} bytes in {len(moved.files)} answers, {moved.live:,} of them by the websocket")
    assert len(moved.files) > 50
    assert total <= MOST, largest
    assert all(size < 1_500_000 for address, size in moved.files.items() if PLOTLY in address)
    page.close()


@pytest.mark.parametrize("name", PATHS)
def test_every_icon_is_drawn_and_not_spelled_out(
    world_program: WorldProgram, new_context: NewContext, name: str
) -> None:
    page = new_context().new_page()
    Person(page, world_program("demo").address).open(name)
    page.evaluate("document.fonts.ready.then(() => null)")
    icons = page.evaluate(ICONS)
    assert icons
    assert [icon for icon, width in icons if not 0.8 < width < 1.2] == []
    page.close()
