"""What every answer carries: headers that keep browsers from doing more with it than it is meant for; and a page, its language."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import MutableHeaders

from dxassess.ui.content_policy import BALLOT_POLICY, policy_for
from dxassess.ui.door import App, Receive, Scope, Send
from dxassess.ui.routes import is_ballot

Headers = tuple[tuple[bytes, bytes], ...]

_ALWAYS: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
HEADERS: Headers = (*_ALWAYS, (b"referrer-policy", b"no-referrer"))
# With no-referrer a browser sends “Origin: null” with a form, and the door could not tell it from another site's.
BALLOT_HEADERS: Headers = (
    *_ALWAYS,
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", BALLOT_POLICY.encode()),
)
FILES = "/static/"
ENGLISH = b'<html lang="en">'
NEEDLESS = re.compile(rb'<link\s+rel="(?:preload|service-desc)"[^>]*>')


class AnswerHeaders:
    """ASGI middleware, the outermost: a header that is already there stays as it is. `policy` is that of Streamlit's pages."""

    def __init__(self, app: App, policy: str) -> None:
        self._app, self._policy = app, policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and the answer back with its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                more = [pair for pair in self._wanted(scope) if pair[0] not in there]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        await self._app(scope, receive, answer)

    def _wanted(self, scope: Scope) -> Headers:
        if is_ballot(scope):
            return BALLOT_HEADERS
        if scope["path"].startswith(
            FILES
        ):  # a hundred of them at the first visit, and the policy is the page's
            return HEADERS
        return (*HEADERS, (b"content-security-policy", policy_for(self._policy, scope).encode()))


class Page:
    """ASGI middleware: Streamlit's page says that it is English, and asks at once for a font that no page shows (`fonts`)."""

    def __init__(self, app: App, language: str) -> None:
        self._app, self._language = app, language.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and the page back as it should be."""
        if not is_page(scope) or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        english = b"lang=en" in scope.get("query_string", b"")
        start: MutableMapping[str, Any] = {}
        parts: list[bytes] = []

        async def answer(message: MutableMapping[str, Any]) -> None:
            start.update(message if message["type"] == "http.response.start" else {})
            parts.append(message.get("body", b""))

        await self._app({**_unpacked(scope), "method": "GET"}, receive, answer)
        headers = MutableHeaders(raw=list(start["headers"]))
        body = b"".join(parts)
        if headers.get("content-type", "").startswith("text/html"):
            body = _as_it_is(body, b"en" if english else self._language)
            headers["content-length"] = str(len(body))
        await send({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _as_it_is(page: bytes, language: bytes) -> bytes:
    return NEEDLESS.sub(b"", page).replace(ENGLISH, b'<html lang="' + language + b'">', 1)


def is_page(scope: Scope) -> bool:
    """Whether a request may be for one of Streamlit's pages: they have no suffix."""
    if scope["type"] != "http" or is_ballot(scope):
        return False
    return "." not in scope["path"] and not scope["path"].startswith("/_stcore")


def _unpacked(scope: Scope) -> Scope:
    """In a compressed page nothing could be replaced."""
    return {**scope, "headers": [header for header in scope["headers"] if header[0] != b"accept-encoding"]}
