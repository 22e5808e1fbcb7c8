"""What every answer carries: headers that keep browsers from doing more with it than it is meant for; and a page, its language."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from dxassess.ui.door import App, Receive, Scope, Send
from dxassess.ui.routes import is_ballot

HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
}
# With no-referrer a browser sends “Origin: null” with a form, and the door could not tell it from another site's.
BALLOT_HEADERS = {**HEADERS, b"referrer-policy": b"same-origin"}
ENGLISH = b'<html lang="en">'


class AnswerHeaders:
    """ASGI middleware, the outermost: a header that is already there stays as it is."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and the answer back with its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wanted = BALLOT_HEADERS if is_ballot(scope) else HEADERS

        async def answer(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                more = [pair for pair in wanted.items() if pair[0] not in there]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        await self._app(scope, receive, answer)


class PageLanguage:
    """ASGI middleware: Streamlit's page says that it is English; here it says what it is."""

    def __init__(self, app: App, language: str) -> None:
        self._app, self._language = app, language.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Two letters either way, so that the length of the page does not change."""
        wanted = b"en" if b"lang=en" in scope.get("query_string", b"") else self._language
        if wanted == b"en" or not is_page(scope):
            await self._app(scope, receive, send)
            return

        async def answer(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.body":
                body: bytes = message.get("body", b"")
                message["body"] = body.replace(ENGLISH, b'<html lang="' + wanted + b'">', 1)
            await send(message)

        await self._app(_unpacked(scope), receive, answer)


def is_page(scope: Scope) -> bool:
    """Whether a request may be for one of Streamlit's pages: they have no suffix."""
    if scope["type"] != "http" or is_ballot(scope):
        return False
    return "." not in scope["path"] and not scope["path"].startswith("/_stcore")


def _unpacked(scope: Scope) -> Scope:
    """A request for a page asks for it uncompressed: in a compressed one the language could not be set."""
    return {**scope, "headers": [header for header in scope["headers"] if header[0] != b"accept-encoding"]}
