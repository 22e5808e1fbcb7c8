"""A real browser in front of the real program.

The browser is the one `DXASSESS_TEST_CHROMIUM` names, or an installed Chromium; without one these tests fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from dxassess.text import LANGUAGES, Language
from tests.browser.person import Person
from tests.browser.program import ROOT, Program
from tests.browser.relay import Relay
from tests.browser.tour import Tour, walk
from tests.browser.voter import Voter
from tests.browser.worlds import open_program
from tests.machine import CHROMIUM, chromium
from tests.protocol.hall import Hall, new_hall

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
SCREENSHOTS = ROOT / "artifacts" / "screenshots"
PATIENCE = 15_000
WORLDS = ("empty", "running", "demo")

NewContext = Callable[..., BrowserContext]
NewVoter = Callable[..., Voter]
WorldProgram = Callable[[str], Program]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of this test run."""
    program = chromium()
    if program is None:
        pytest.fail(f"No Chromium found: install one or name it in {CHROMIUM}.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Makes browser contexts that speak Japanese and end with the module."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        given = {"viewport": LAPTOP, "locale": "ja-JP", "timezone_id": "Asia/Tokyo", **options}
        context = browser.new_context(**given)
        context.set_default_timeout(PATIENCE)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture(scope="module")
def context(new_context: NewContext) -> BrowserContext:
    """The laptop of this module."""
    return new_context()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program on a fresh database, for this module alone."""
    started = Program(tmp_path_factory.mktemp("program"))
    started.start()
    yield started
    started.stop()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab of this module's laptop."""
    opened = context.new_page()
    yield opened
    opened.close()


@pytest.fixture
def person(page: Page, program: Program) -> Person:
    """Somebody at this module's laptop."""
    return Person(page, program.address)


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures go; not kept by git."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS


@dataclass(frozen=True)
class Toured:
    """A tour of one world in one language, with the program it went through."""

    world: str
    language: Language
    program: Program
    tour: Tour

    @property
    def name(self) -> str:
        return f"{self.world}-{self.language}"


@pytest.fixture(scope="session")
def world_program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorldProgram]:
    """The programs before an `empty`, `running` or `demo` database; tests only look at them."""
    started: dict[str, Program] = {}

    def program(world: str) -> Program:
        if world not in started:
            started[world] = open_program(world, tmp_path_factory.mktemp(world))
            started[world].start()
        return started[world]

    yield program
    for running in started.values():
        running.stop()


@pytest.fixture(
    scope="session", params=[(world, language) for world in WORLDS for language in LANGUAGES], ids="-".join
)
def toured(
    request: pytest.FixtureRequest,
    browser: Browser,
    world_program: WorldProgram,
    screenshots: Path,
) -> Iterator[Toured]:
    """Every page of every world in both languages, visited once."""
    world, language = request.param
    program = world_program(world)
    context = browser.new_context(
        viewport=LAPTOP, locale="ja-JP", timezone_id="Asia/Tokyo", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    yield Toured(world, language, program, walk(context, program, language, screenshots, world))
    context.close()


# -- phones that vote


@pytest.fixture
def hall(program: Program) -> Hall:
    return new_hall(program.database, organisation=f"投票の会社 {next(_numbers)}")


_numbers = iter(range(1000))


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about, and whom it asked."""
    return []


@pytest.fixture
def new_voter(new_context: NewContext, program: Program, complaints: list[str]) -> Iterator[NewVoter]:
    """Makes people with a phone each."""
    made: list[BrowserContext] = []

    def make(language: Language = "ja", address: str = "", viewport: dict[str, int] = PHONE) -> Voter:
        context = new_context(viewport=viewport, has_touch=True, is_mobile=True, device_scale_factor=2)
        made.append(context)
        return Voter(watched(context.new_page(), complaints), address or program.address, language)

    yield make
    for context in made:
        context.close()


def watched(page: Page, complaints: list[str]) -> Page:
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.extend(elsewhere(request.url)))
    return page


def elsewhere(address: str) -> list[str]:
    parts = urlparse(address)
    return [] if parts.hostname == "127.0.0.1" or parts.scheme == "data" else [address]


@pytest.fixture
def relay(program: Program) -> Iterator[Relay]:
    wire = Relay(program.port)
    yield wire
    wire.close()
