"""What we change in Streamlit so that a click is told sooner and forty at once wait less; measured in docs/performance.md.

Each change replaces one function or constant by one that gives the same result with less work. Where Streamlit no longer
has it, nothing is changed and nothing breaks; a test tells that it is time to look again.
"""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Awaitable, Callable, Generator
from contextlib import suppress
from typing import Any

import streamlit.config as streamlit_config
import streamlit.elements.widgets.button_group as streamlit_buttons
import streamlit.runtime.app_session as streamlit_session
import streamlit.runtime.runtime as streamlit_runtime

SEND_EVERY = 0.003
AT_ONE_GO = 16
LABELS = 4096

Callback = Callable[[], None]
_WAITING = "_handed_over"
_runtime: Any = streamlit_runtime
_session: Any = streamlit_session.AppSession


def make_haste() -> None:
    """Apply every change; a second call changes nothing."""
    _send_sooner()
    _send_in_batches()
    _hand_over_in_batches()
    _remember(streamlit_config, "get_options_for_section", None)
    _remember(streamlit_buttons, "extract_leading_icon", LABELS)


def _send_sooner() -> None:
    """Send what a script has drawn 3 ms after the last sending, not 5: a click is told sooner, forty at once hardly later.

    Streamlit waits so that a placeholder and what replaces it become one message; our pages have no placeholders.
    """
    if hasattr(_runtime, "MESSAGE_FLUSH_INTERVAL_SECS"):
        _runtime.MESSAGE_FLUSH_INTERVAL_SECS = SEND_EVERY


def _send_in_batches() -> None:
    """Streamlit's sending loop lets everybody else run after each message, so each goes out by itself; now after 16."""
    if getattr(_runtime, "asyncio", None) is asyncio:
        _runtime.asyncio = _Asyncio()


def _hand_over_in_batches() -> None:
    """A script hands each message to the server's thread by waking it; now once for all that are waiting."""
    if hasattr(_session, "_call_soon_on_event_loop"):
        _session._call_soon_on_event_loop = _hand_over


def _remember(module: Any, name: str, most: int | None) -> None:
    """The theme (read through all options at every click) and the icons in labels (a long search each) do not change."""
    read = getattr(module, name, None)
    if read is not None and not hasattr(read, "cache_info"):
        setattr(module, name, functools.lru_cache(most)(read))


class _Asyncio:
    """`asyncio` as the sending loop sees it: of its yields between two messages only every sixteenth is one."""

    def __init__(self) -> None:
        self._yields = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    def sleep(self, delay: float, result: Any = None) -> Awaitable[Any]:
        """As asyncio's."""
        self._yields += 1
        if delay or self._yields % AT_ONE_GO == 0:
            return asyncio.sleep(delay, result)
        return _Done()


class _Done:
    """Awaited, it is there at once."""

    def __await__(self) -> Generator[None, None, None]:
        return
        yield


class HandOver:
    """What scripts have handed to the server's thread and it has not taken yet, in order."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: list[Callback] = []
        self._lock = threading.Lock()

    def add(self, callback: Callback) -> None:
        """Have `callback` run on the server's thread, after those added before it. Once the loop is closed it is dropped."""
        with self._lock:
            self._waiting.append(callback)
            is_first = len(self._waiting) == 1
        if is_first and not self._loop.is_closed():
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._take)

    def _take(self) -> None:
        with self._lock:
            taken, self._waiting = self._waiting, []
        for callback in taken:
            self._loop.call_soon(callback)


def _hand_over(session: Any, callback: Callback) -> None:
    waiting: HandOver | None = getattr(session, _WAITING, None)
    if waiting is None:
        waiting = HandOver(session._event_loop)
        setattr(session, _WAITING, waiting)
    waiting.add(callback)
