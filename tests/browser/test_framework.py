"""Somebody's own framework on the pages: three levels deep, weighted, sums of means, a scale of quarters, no subs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dxassess.text import rounded
from tests.browser.person import Person
from tests.browser.program import Program
from tests.framework import Node, edition

SCALE = ("0", "0.25", "0.5", "1")
LEVELS = {
    "SM-1-A": "1", "SM-1-B": "0.5", "SM-2-A": "0.25", "SM-2-B": "0",
    "TA-1-A": "0.5", "TA-1-B": "1", "TA-2-A": "?", "TA-2-B": "0.25",
}  # fmt: skip
SM = Fraction(3, 4) + Fraction(1, 8)
TA = (3 * Fraction(1, 2) + 1) / 4 + Fraction(1, 4)
WHOLE = (Fraction(1, 2) * SM + 2 * TA) / Fraction(5, 2)


def practice(code: str, weight: str, first: str) -> Node:
    """The sum of two maturity levels, each the mean of two streams, the first stream weighing `first`."""
    levels = [
        Node(f"{code}.{n}".lower(), "weighted_mean", {f"{code}-{n}-A": first, f"{code}-{n}-B": "1"})
        for n in (1, 2)
    ]
    return Node(code.lower(), "sum", levels, weight=weight)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    folder = tmp_path_factory.mktemp("framework")
    home = folder / "editions"
    home.mkdir()
    practices = [practice("SM", "0.5", "1"), practice("TA", "2", "3")]
    edition(home, SCALE, Node("whole", "weighted_mean", practices), groups=("sm", "ta"))
    started = Program(folder, catalogues=home)
    started.start()
    yield started
    started.stop()


def test_a_framework_of_ones_own_is_answered_closed_and_shown(person: Person, screenshots: Path) -> None:
    person.open()
    person.create_organisation("株式会社わくぐみ")
    person.start_round()
    for code, level in LEVELS.items():
        person.item(code)
        expect(person.page.get_by_text(person.words("answering.kind_key"), exact=True)).to_be_hidden()
        person.pick("cannot_say" if level == "?" else level)
        if code != list(LEVELS)[-1]:
            person.press("answering.next")
    person.answered(len(LEVELS), len(LEVELS))
    person.go("rounds")
    person.close_round()
    shown = person.page.locator(".dx-figure")
    expect(shown.locator(".big")).to_have_text(re.compile(rf"^{rounded(WHOLE, 2)}\s*/ 2$"))
    expect(shown).to_contain_text(person.words("figure.aggregate.weighted_mean"))
    expect(shown).to_contain_text(person.words.n_of_m(7, 8))
    ends_at(person.page, "2")
    person.go("progress")
    expect(person.page.get_by_text(person.words("progress.keys"), exact=True)).to_be_hidden()
    ends_at(person.page, "2")
    person.page.screenshot(path=screenshots / "framework-progress.png")


def ends_at(page: Page, top: str) -> None:
    """The axis of the first chart runs to the most the sums can come to, with no level's name on it."""
    chart = page.get_by_test_id("stPlotlyChart").first
    chart.locator(".main-svg").first.wait_for()
    ticks = chart.locator("text").all_text_contents()
    assert top in [tick.strip() for tick in ticks], ticks
    assert "段" not in "".join(ticks)
