"""The server: Streamlit behind our own entry, set up so that a click is quick and nothing goes outside."""

from __future__ import annotations

import gc
import importlib
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from dxassess.errors import DxAssessError
from dxassess.settings import LOCAL_HOST, Settings, shipped
from dxassess.text import Language, Words
from dxassess.ui.haste import make_haste

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

FONT = "'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'BIZ UDPGothic', 'Yu Gothic UI', 'Yu Gothic', Meiryo, 'Noto Sans CJK JP', 'Noto Sans JP', system-ui, sans-serif"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
START_SECONDS = 20
FIRST_PAGE_SECONDS = 2.0
NEEDED_NEXT = ("plotly.graph_objects", "dxassess.ui.result_parts", "dxassess.ui.progress_parts")
CLOSED_PATHS = ("/_stcore/metrics",)


def config(settings: Settings) -> dict[str, Any]:
    """Streamlit's options; each is there for speed, for silence towards the outside, or for calm looks."""
    return {
        "server.address": settings.host,
        "server.port": settings.port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 20,
        "server.disconnectedSessionTTL": 1800,
        "runner.postScriptGC": False,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "logger.hideWelcomeMessage": True,
        "theme.base": "light",
        "theme.primaryColor": "#14539A",
        "theme.backgroundColor": "#FFFFFF",
        "theme.secondaryBackgroundColor": "#F4F7FB",
        "theme.textColor": "#1F2933",
        "theme.borderColor": "#D9DFE6",
        "theme.font": FONT,
        "theme.headingFont": FONT,
        "theme.baseRadius": "6px",
        "theme.showWidgetBorder": True,
    }


class Door:
    """ASGI middleware: security headers on every answer, the page's language, closed paths."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], language: str) -> None:
        self._app = app
        self._language = language.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"].startswith(CLOSED_PATHS):
            await _refuse(send)
        else:
            await self._app(_unpacked(scope), receive, self._answering(scope, send))

    def _answering(self, scope: Scope, send: Send) -> Send:
        wanted = self._wanted(scope)

        async def answer(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            elif message["type"] == "http.response.body" and wanted != b"en":
                body: bytes = message.get("body", b"")
                message["body"] = body.replace(b'<html lang="en">', b'<html lang="' + wanted + b'">', 1)
            await send(message)

        return answer

    def _wanted(self, scope: Scope) -> bytes:
        """Two letters either way, so that the length of the page does not change."""
        return b"en" if b"lang=en" in scope.get("query_string", b"") else self._language


def _unpacked(scope: Scope) -> Scope:
    """A request for a page asks for it uncompressed: in a compressed one the language could not be set."""
    if "." in scope["path"] or scope["path"].startswith("/_stcore"):
        return scope
    return {**scope, "headers": [header for header in scope["headers"] if header[0] != b"accept-encoding"]}


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def address(settings: Settings) -> str:
    """What a person on this machine opens."""
    host = _reachable(settings)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def _reachable(settings: Settings) -> str:
    return LOCAL_HOST if settings.host in ("0.0.0.0", "::", "") else settings.host


def _lifespan(settings: Settings, open_browser: bool) -> Callable[[st.App], Any]:
    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
        threading.Thread(target=_warm, args=(settings, open_browser), daemon=True).start()
        yield {}

    return lifespan


def _warm(settings: Settings, open_browser: bool) -> None:
    """What the first visitors would wait for: catalogues and database; a little later, the libraries of charts and tables.

    None of it holds up the server's answer that it is there. What fails is said on the page too.
    """
    importlib.import_module("dxassess.ui.shell")
    from dxassess.ui.context import application

    try:
        for caution in application().database.warnings:
            print(Words(_language(settings))(f"common.warning.{caution}"), file=sys.stderr)
    except DxAssessError as error:
        print(Words(_language(settings)).error(error), file=sys.stderr)
    if open_browser and _listens(settings):
        webbrowser.open(address(settings))
    time.sleep(FIRST_PAGE_SECONDS)
    for name in NEEDED_NEXT:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _listens(settings: Settings) -> bool:
    """Wait until the port answers, at most `START_SECONDS`; a browser opened before would show an error."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection((_reachable(settings), settings.port), timeout=1):
            return True
        time.sleep(0.1)
    return False


def _language(settings: Settings) -> Language:
    return "en" if settings.language == "en" else "ja"


def serve(settings: Settings, *, open_browser: bool) -> None:
    """Run until stopped. The environment must already say what `settings` says (`cli` sees to it)."""
    make_haste()
    app = st.App(
        shipped("app.py"),
        lifespan=_lifespan(settings, open_browser),
        middleware=[Middleware(Door, language=settings.language)],
    )
    app.run(config=config(settings))
