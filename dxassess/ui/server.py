"""The server: Streamlit behind our own entry, set up so that a click is quick and nothing goes outside."""

from __future__ import annotations

import gc
import importlib
import os
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from dxassess.errors import DxAssessError
from dxassess.settings import Settings, shipped
from dxassess.text import Language, Words
from dxassess.ui.addresses import own_address, own_host
from dxassess.ui.answers import AnswerHeaders, Page
from dxassess.ui.compression import Compression
from dxassess.ui.content_policy import page_policy
from dxassess.ui.door import Door
from dxassess.ui.fonts import Fonts
from dxassess.ui.haste import make_haste
from dxassess.ui.host_key import PARAMETER, HostKey
from dxassess.ui.routes import own_routes

FONT = "'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'BIZ UDPGothic', 'Yu Gothic UI', 'Yu Gothic', Meiryo, 'Noto Sans CJK JP', 'Noto Sans JP', system-ui, sans-serif"
START_SECONDS = 20
FIRST_PAGE_SECONDS = 2.0
NEEDED_NEXT = ("plotly.graph_objects", "dxassess.ui.result_parts", "dxassess.ui.progress_parts")


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


def _lifespan(settings: Settings, link: str | None) -> Callable[[st.App], Any]:
    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
        threading.Thread(target=_warm, args=(settings, link), daemon=True).start()
        yield {}

    return lifespan


def _warm(settings: Settings, link: str | None) -> None:
    """What the first visitors would wait for: catalogues and database; a little later, the libraries of charts and tables.

    `link` is opened in a browser as soon as somebody can visit it.

    None of it holds up the server's answer that it is there. What fails is said on the page too.
    """
    importlib.import_module("dxassess.ui.shell")
    from dxassess.ui.context import application

    try:
        for caution in application().database.warnings:
            print(Words(_language(settings))(f"common.warning.{caution}"), file=sys.stderr)
    except DxAssessError as error:
        print(Words(_language(settings)).error(error), file=sys.stderr)
    if link and _listens(settings):
        webbrowser.open(link)
    time.sleep(FIRST_PAGE_SECONDS)
    for name in NEEDED_NEXT:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _listens(settings: Settings) -> bool:
    """Wait until the port answers, at most `START_SECONDS`; a browser opened before would show an error."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection((own_host(settings), settings.port), timeout=1):
            return True
        time.sleep(0.1)
    return False


def _language(settings: Settings) -> Language:
    return "en" if settings.language == "en" else "ja"


def link_for_host(settings: Settings, key: str) -> str:
    """The address that opens the pages on this machine: with the key, where one is asked for."""
    return f"{own_address(settings)}/?{PARAMETER}={key}" if key else own_address(settings)


def serve(settings: Settings, key: HostKey | None, *, open_browser: bool) -> None:
    """Run until stopped. The environment must already say what `settings` says (`cli` sees to it)."""
    os.environ["FORWARDED_ALLOW_IPS"] = ""  # anybody can write an X-Forwarded-For
    make_haste()
    link = link_for_host(settings, key.once() if key else "") if open_browser else None
    app = st.App(
        shipped("app.py"),
        lifespan=_lifespan(settings, link),
        routes=own_routes(),
        middleware=[
            Middleware(AnswerHeaders, policy=page_policy()),
            Middleware(Door, settings=settings, key=key),
            Middleware(Fonts),
            Middleware(Compression),
            Middleware(Page, language=settings.language),
        ],
    )
    app.run(config=config(settings))
