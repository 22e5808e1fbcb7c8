"""Charts before a room: on a wide screen they are drawn large, fill their place, and say the right thing at the pointer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, WorldProgram
from tests.browser.person import Person
from tests.browser.tour import SIZES, charts_drawn, too_wide

SMALLEST = 20
MEASURES = """chart => {
    const box = part => { const {left, right, top, bottom} = part.getBoundingClientRect(); return {left, right, top, bottom}; };
    const drawn = [...chart.querySelectorAll('.main-svg text')].filter(text => text.textContent && text.getClientRects().length);
    return {
        place: box(chart.closest('[data-testid=stElementContainer]')),
        paper: box(chart.querySelector('.main-svg')),
        texts: drawn.map(text => ({...box(text), said: text.textContent})),
        smallest: Math.min(...drawn.map(text => {
            const matrix = text.getScreenCTM();
            return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.a, matrix.b);
        })),
    };
}"""


@pytest.fixture
def screen(new_context: NewContext, world_program: WorldProgram) -> Person:
    """Somebody before the sample company on a projector."""
    return Person(new_context(viewport=SIZES["projector"]).new_page(), world_program("demo").address)


@pytest.mark.parametrize("word", ["result", "recognition", "progress"])
def test_charts_are_large_and_whole(screen: Person, word: str) -> None:
    screen.open(word)
    charts_drawn(screen.page)
    screen.page.wait_for_timeout(500)
    for chart in screen.page.get_by_test_id("stPlotlyChart").all():
        found = chart.evaluate(MEASURES)
        for side, length in found["place"].items():
            assert found["paper"][side] == pytest.approx(length, abs=2)
        assert found["smallest"] >= SMALLEST
        assert not [
            text["said"]
            for text in found["texts"]
            if text["left"] < found["paper"]["left"] or text["right"] > found["paper"]["right"] + 1
        ]
    assert too_wide(screen.page) == 0


def test_the_pointer_meets_the_mark_it_stands_on(screen: Person) -> None:
    screen.open("result")
    charts_drawn(screen.page)
    chart = screen.page.get_by_test_id("stPlotlyChart").first
    chart.evaluate("chart => chart.scrollIntoView({block: 'center'})")
    screen.page.wait_for_timeout(500)
    marks = chart.locator(".scatterlayer .trace").last.locator("path.point")
    for place, name in enumerate(("全指標", "経営視点", "IT視点")):
        _point_at(screen.page, *_middle(marks.nth(place).bounding_box()))
        expect(chart.locator(".hoverlayer .hovertext")).to_contain_text(name)
        _point_at(screen.page, 5, 5)
        expect(chart.locator(".hoverlayer .hovertext")).to_have_count(0)


def test_a_smaller_window_makes_the_charts_small_again(screen: Person) -> None:
    screen.open("result")
    for size in ("laptop", "phone", "projector"):
        screen.page.set_viewport_size(SIZES[size])
        screen.page.wait_for_timeout(800)
        found = screen.page.get_by_test_id("stPlotlyChart").first.evaluate(MEASURES)
        assert found["paper"]["right"] == pytest.approx(found["place"]["right"], abs=2)
        assert (found["smallest"] >= SMALLEST) == (size == "projector")


def _middle(box: dict[str, float] | None) -> tuple[float, float]:
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _point_at(page: Page, x: float, y: float) -> None:
    page.mouse.move(x - 2, y)
    page.mouse.move(x, y)
