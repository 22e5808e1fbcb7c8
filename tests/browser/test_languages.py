"""Japanese pages are Japanese and English pages are English, whatever is in the database."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition
from dxassess.text import Words
from tests.browser.conftest import NewContext, Toured, WorldProgram
from tests.browser.person import Person
from tests.browser.program import ROOT
from tests.browser.tour import unfold, visible_words
from tests.browser.worlds import words_of_people

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
PLACE = re.compile(r"(https?://)?[\w.-]+\.(jp|com|org|sqlite)\b\S*|/\S+|`[^`]*`")
KEYS = {"Esc"}
OUR_NAMES = {
    "dxassess",
    "demo",
    "English",
    "SQLite",
    "PostgreSQL",
    "METI",
    "IPA",
    "Q",
    "DX",
    "IT",
    "KPI",
    "CSV",
    "UTF",
    "ID",
    "JIS",
    "Shift",
    "MB",
    "HiGHS",
    "FY",
    "python",
    "Enter",
    "Excel",
    "xlsx",
    "backoffice",
    "dx",
    "dgc",
}

OF_STATISTICS = set(
    LATIN_WORD.findall("r_wg, Gini, Székely & Rizzo, Krippendorff, James, Demaree & Wolf, Kitagawa")
)


@pytest.fixture(scope="module")
def dx2019() -> Edition:
    return load_edition(ROOT / "indicators" / "dx2019")


@pytest.fixture(scope="module")
def japanese_of_the_field(dx2019: Edition) -> set[str]:
    """Latin words the Japanese catalogues themselves use, such as AI or PoC."""
    files = (ROOT / "indicators").rglob("*.yaml")
    japanese = re.findall(r'(?:ja|source): "([^"]*)"', "\n".join(path.read_text("utf-8") for path in files))
    return {word for line in japanese for word in LATIN_WORD.findall(line)}


def without(texts: tuple[str, ...], people: set[str]) -> list[str]:
    """The texts without what people wrote themselves, nor the pieces into which a chart cuts a title below its axis."""
    own = re.compile("|".join(map(re.escape, sorted(people, key=len, reverse=True))) or r"(?!)")
    pieces = {text for text in texts if any(text.rstrip("…") in word for word in people)}
    return [own.sub("", text) for text in texts if text not in pieces]


def scraps(texts: list[str], language: str, known: set[str]) -> set[str]:
    """What does not belong to the language."""
    if language == "en":
        return {
            text for text in texts if JAPANESE.search(text) and text != Words("ja")("common.language_name")
        }
    return {
        text
        for text in texts
        if set(LATIN_WORD.findall(PLACE.sub(" ", text))) - known - OUR_NAMES - OF_STATISTICS
    }


def test_every_page_speaks_one_language(toured: Toured, japanese_of_the_field: set[str]) -> None:
    people = words_of_people(toured.program)
    found = {
        word: scraps(without(seen.words, people), toured.language, japanese_of_the_field)
        for word, seen in toured.tour.pages.items()
    }
    assert {word: texts for word, texts in found.items() if texts} == {}


def test_every_page_says_which_language_it_is_in(toured: Toured) -> None:
    assert {seen.declared for seen in toured.tour.pages.values()} == {toured.language}


@pytest.fixture(scope="module")
def passer_by(new_context: NewContext, world_program: WorldProgram) -> Person:
    """Somebody who opens what is closed, and changes nothing."""
    return Person(new_context().new_page(), world_program("running").address)


def test_lists_calendar_and_chart_tools_speak_japanese(
    passer_by: Person, japanese_of_the_field: set[str]
) -> None:
    page = passer_by.page
    passer_by.open("rounds")
    unfold(page)
    page.get_by_role("button", name=passer_by.words("screen.date_open")).last.click()
    expect(page.get_by_role("grid")).to_be_visible()
    expect_no_scraps(page, japanese_of_the_field)
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name=passer_by.words("rounds.edition")).click()
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.type("zzz")
    expect(page.get_by_text(passer_by.words("screen.list_none"))).to_be_visible()
    page.keyboard.press("Escape")
    passer_by.open("result")
    page.get_by_test_id("stPlotlyChart").first.hover()
    expect_no_scraps(page, japanese_of_the_field)
    page.get_by_role("button", name=passer_by.words("result.explain")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect_no_scraps(page, japanese_of_the_field)


def expect_no_scraps(page: Page, known: set[str]) -> None:
    page.wait_for_timeout(300)
    words = [text for text in visible_words(page) if text != "zzz"]
    assert not (found := scraps(words, "ja", known | KEYS)), found


def test_an_address_that_does_not_exist_is_explained(passer_by: Person) -> None:
    passer_by.page.goto(f"{passer_by.address}/nowhere")
    passer_by.arrived()
    dialog = passer_by.page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text(passer_by.words("screen.page_unknown"))
