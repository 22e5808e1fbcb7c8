"""A visitor without a browser: the whole script of the program run in a test, on the tiny edition and SQLite."""

from __future__ import annotations

import html
import logging
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dxassess.settings import Settings, shipped
from dxassess.text import Words
from dxassess.ui import context
from dxassess.ui.context import application
from dxassess.usecases import Application, open_application
from tests.conftest import TINY
from tests.ui.hall import Hall, new_hall
from tests.usecases.conftest import House, new_house

SECONDS = 30

faults: list[logging.LogRecord] = []
"""What the program logged as a fault of its own."""


@pytest.fixture(autouse=True)
def _no_faults() -> Iterator[None]:
    """A fault of the program fails the test, though a visitor is only told a sentence."""
    handler = logging.Handler(logging.ERROR)
    handler.emit = faults.append  # type: ignore[method-assign]
    logging.getLogger("dxassess").addHandler(handler)
    faults.clear()
    yield
    logging.getLogger("dxassess").removeHandler(handler)


class Visit:
    """One tab of a browser."""

    def __init__(self, page: str = "home", **query: str) -> None:
        self.at = AppTest.from_file(str(shipped("app.py")), default_timeout=SECONDS)
        for name, value in query.items():
            self.at.query_params[name] = value
        self.open(page)

    def open(self, page: str, **query: str) -> Visit:
        """Go to a page; `query` is added to the address."""
        for name, value in query.items():
            self.at.query_params[name] = value
        self.at.switch_page(f"dxassess/ui/pages/{page}.py")
        self.run()
        self.at._page_hash = ""  # from here on the script itself says where the visitor is
        return self

    def run(self) -> Visit:
        """Let the page draw itself again."""
        self.at.run()
        assert not self.at.exception, self.at.exception
        assert not faults, faults[-1].exc_text
        return self

    @property
    def text(self) -> str:
        """Everything that is written on the page."""
        parts = [element.proto.body for element in self.at.get("html")]
        parts += [element.proto.label for kind in ("page_link", "expander") for element in self.at.get(kind)]
        parts += [element.label for kind in (self.at.button, self.at.radio) for element in kind]
        written = re.sub(r"<(style|script)>.*?</\1>", "", "\n".join(parts), flags=re.DOTALL)
        return html.unescape(re.sub(r"<[^>]+>", " ", written)).replace("\\", "")

    @property
    def alerts(self) -> list[str]:
        """The sentences of what went wrong."""
        bodies = [element.proto.body for element in self.at.get("html")]
        return [
            html.unescape(re.sub(r"<[^>]+>", " ", body))
            for body in bodies
            if "dx-trouble" in body and "<style" not in body
        ]

    @property
    def address(self) -> dict[str, Any]:
        """What stands behind the question mark of the address."""
        return {
            name: value[0] if isinstance(value, list) else value
            for name, value in self.at.query_params.items()
        }

    def labels(self, kind: str) -> list[str]:
        """The labels of one kind of element."""
        return [element.proto.label for element in self.at.get(kind)]

    def ways(self) -> list[tuple[str, str]]:
        """The links of the page: where each leads, with what stands behind its question mark."""
        return [(link.proto.page, link.proto.query_string) for link in self.at.get("page_link")]

    def press(self, name: str) -> Visit:
        """Press the button with this label or key; a key may end with the id of what the button is about."""
        found = [button for button in self.at.button if _is(button, name)]
        assert found, [button.label for button in self.at.button]
        found[0].click()
        return self.run()

    def fill(self, name: str, value: Any, *, in_form: bool = False) -> Visit:
        """Fill the widget with this key or label and leave it; in a form nothing happens before its button is pressed."""
        kinds = (
            *("text_input", "text_area", "radio", "selectbox", "checkbox", "button_group", "date_input"),
            *("number_input", "toggle", "multiselect"),
        )
        for kind in kinds:
            for widget in self.at.get(kind):
                if _is(widget, name):
                    widget.set_value(value)
                    return self if in_form else self.run()
        raise AssertionError([(kind, [widget.key for widget in self.at.get(kind)]) for kind in kinds])

    def shown(self, key: str) -> Any:
        """What a widget shows."""
        return self.at.session_state[key]


def _is(widget: Any, name: str) -> bool:
    return name in (widget.key, widget.label) or (widget.key or "").startswith(f"{name}-")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the program finds its catalogues (`indicators/tiny`) and keeps its data (`dx.sqlite`)."""
    shutil.copytree(TINY, tmp_path / "indicators" / "tiny")
    monkeypatch.setenv("DXASSESS_DATABASE_URL", str(tmp_path / "dx.sqlite"))
    monkeypatch.setenv("DXASSESS_CATALOGUES", str(tmp_path / "indicators"))
    monkeypatch.setenv("DXASSESS_OWN_CATALOGUES", str(tmp_path / "own"))
    for name in ("LANGUAGE", "HOST", "PORT", "SAMPLE"):
        monkeypatch.delenv(f"DXASSESS_{name}", raising=False)
    st.cache_resource.clear()
    yield tmp_path
    end()


def end() -> None:
    """Stop the program, as far as it runs."""
    while _opened:
        _opened.pop().database.close()
    st.cache_resource.clear()


_opened: list[Application] = []


@pytest.fixture(autouse=True)
def _noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Note what is opened, so that `end` can close it."""

    def open_and_note(settings: Settings) -> Application:
        _opened.append(open_application(settings))
        return _opened[-1]

    monkeypatch.setattr(context, "open_application", open_and_note)


@pytest.fixture
def restart(folder: Path) -> Callable[[], House | None]:
    """Stop the program; the next visit starts it again."""
    return end


@pytest.fixture
def house(folder: Path) -> House:
    """An organisation without rounds in the running program."""
    return new_house(application())


@pytest.fixture
def started(house: House) -> tuple[House, Any]:
    """An organisation with one open round."""
    return house, house.start(title="第1回")


@pytest.fixture
def told(house: House) -> House:
    """An organisation with two closed rounds and an open one."""
    first = house.hold({"1": 1, "1-1": 2, "2": 0, "2-1": 1}, date(2026, 5, 1))
    second = house.hold({"1": 2, "1-1": 2, "2": 1, "2-1": 1}, date(2026, 8, 1), previous=first)
    held = house.start(date(2026, 11, 1), previous=second, title="秋")
    house.say(held, "1", 3, target=3)
    return house


@pytest.fixture(params=["ja", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    """The program's voice, once in each language."""
    return Words(request.param)


@pytest.fixture
def hall(house: House) -> Hall:
    return new_hall(house)


@pytest.fixture
def anonymous(house: House) -> Hall:
    return new_hall(house, named=False)


@pytest.fixture
def printed() -> Iterator[list[str]]:
    """Everything any part of the program logs."""
    said: list[str] = []
    handler = logging.Handler(logging.DEBUG)
    handler.emit = lambda record: said.append(logging.Formatter().format(record))  # type: ignore[method-assign]
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield said
    root.removeHandler(handler)
    root.setLevel(before)
