"""The host's link in a real browser, also from another site, and what a browser says whose key has become an old one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dxassess.text import Words
from tests.browser.conftest import NewContext
from tests.protocol.program import Program, dxassess

WORDS = Words("ja")


def link(program: Program) -> str:
    """The host's link as it was printed last."""
    return re.findall(r"http://\S+\?key=\S+", program.log.read_text("utf-8"))[-1]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Program]:
    started = dxassess(tmp_path, DXASSESS_HOST="0.0.0.0")
    started.start()
    yield started
    started.stop()


@pytest.fixture
def tab(new_context: NewContext) -> Page:
    return new_context().new_page()


def at_home(page: Page) -> None:
    expect(page.get_by_label(WORDS("home.name"))).to_be_visible()


def test_the_hosts_link_opens_the_pages_and_the_key_leaves_the_address(room: Program, tab: Page) -> None:
    tab.goto(f"http://127.0.0.1:{room.port}/")
    expect(tab.get_by_role("heading", name=WORDS("door.no_key"))).to_be_visible()
    tab.goto(link(room))
    at_home(tab)
    assert tab.url == f"http://127.0.0.1:{room.port}/"
    assert tab.evaluate("document.cookie").startswith("_streamlit_xsrf=")
    tab.go_back()
    assert "key=" not in tab.url


def test_the_hosts_link_works_from_a_page_of_another_site(room: Program, tab: Page) -> None:
    tab.goto(f'data:text/html,<a href="{link(room)}">come in</a>')
    tab.get_by_role("link").click()
    at_home(tab)
    tab.goto(f'data:text/html,<a href="http://127.0.0.1:{room.port}/result">later</a>')
    tab.get_by_role("link").click()
    tab.get_by_role("link", name=WORDS("door.again")).click()
    expect(tab.get_by_role("heading", name=WORDS("result.title"))).to_be_visible()


def test_after_a_restart_the_old_key_says_what_to_do(room: Program, tab: Page) -> None:
    tab.goto(link(room))
    at_home(tab)
    room.stop()
    room.start()
    said = tab.get_by_role("dialog")
    expect(said).to_contain_text(WORDS("screen.key_gone"), timeout=30_000)
    expect(said.get_by_role("link")).to_have_count(0)
    assert "settings" not in said.inner_text()
    tab.reload()
    expect(tab.get_by_role("heading", name=WORDS("door.wrong_key"))).to_be_visible()
    tab.goto(link(room))
    at_home(tab)
