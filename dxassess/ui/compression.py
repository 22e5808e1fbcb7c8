"""Streamlit's scripts and style sheets, and its page, go out compressed: 0.6 MB of a first visit instead of 2.4.

Streamlit sends them as they lie on the disk. Here each file is compressed once and kept as long as the program runs; what
has changed and what a browser already has is still decided by Streamlit's own answer. gzip and no brotli: browsers take
brotli over https only, and a meeting room has none.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Awaitable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders

from dxassess.ui.answers import is_page
from dxassess.ui.door import App, Receive, Scope, Send

FILES = re.compile(r"/static/(?:js|css)/[A-Za-z0-9_-][A-Za-z0-9._-]*\.(?:js|css)")
LEVEL = 6  # 9 takes twice as long for 0.2 % less
SMALLEST = 500
MOST = 1000
NOT_MODIFIED = 304

Message = MutableMapping[str, Any]


class Compression:
    """ASGI middleware. Requests for a part of a file, and answers other than 200 and 304, pass as they are."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._kept: dict[tuple[str, str], asyncio.Task[bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and back what it asked for, compressed where the browser takes it."""
        is_file = scope["type"] == "http" and FILES.fullmatch(scope["path"]) is not None
        if not (is_file or is_page(scope)) or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
        elif "range" in (asked := Headers(scope=scope)) or not takes_gzip(asked.getlist("accept-encoding")):
            await self._app(scope, receive, _varied(send))
        else:
            await self._answer(_uncompressed(scope), receive, send, is_file)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, is_file: bool) -> None:
        start, _ = await _asked(self._app, scope, "HEAD")
        headers = Headers(raw=start["headers"])
        if start["status"] == NOT_MODIFIED:
            await _reply(send, start, b"")
        elif start["status"] != 200 or int(headers.get("content-length", 0)) < SMALLEST:
            await self._app(scope, receive, _varied(send))
        else:
            once = self._once(scope, headers.get("etag", "")) if is_file else self._packed(scope)
            await _reply(send, start, await once, is_silent=scope["method"] == "HEAD")

    async def _once(self, scope: Scope, version: str) -> bytes:
        """What a file is compressed, done for the first who asks; whoever asks meanwhile waits for the same."""
        key = (scope["path"], version)
        if len(self._kept) >= MOST:
            self._kept.clear()
        if key not in self._kept:
            self._kept[key] = asyncio.create_task(self._packed(scope))
            self._kept[key].add_done_callback(lambda done: self._forget_failed(key, done))
        return await asyncio.shield(self._kept[key])

    def _forget_failed(self, key: tuple[str, str], done: asyncio.Task[bytes]) -> None:
        if done.cancelled() or done.exception():
            self._kept.pop(key, None)

    async def _packed(self, scope: Scope) -> bytes:
        """The whole body, compressed in a thread of its own."""
        start, body = await _asked(self._app, scope, "GET")
        if len(body) != int(Headers(raw=start["headers"])["content-length"]):
            raise ConnectionError(scope["path"])
        return await asyncio.to_thread(gzip.compress, body, LEVEL, mtime=0)


def takes_gzip(accepted: list[str]) -> bool:
    """Whether Accept-Encoding headers name gzip, and not with a weight of nothing."""
    for offer in ",".join(accepted).lower().split(","):
        name, *rest = (part.strip() for part in offer.split(";"))
        if name in ("gzip", "x-gzip"):
            return not any(re.fullmatch(r"q=0(?:\.0*)?", part.replace(" ", "")) for part in rest)
    return False


async def _asked(app: App, scope: Scope, method: str) -> tuple[Message, bytes]:
    """The whole answer to a request, whether or not somebody is still there who waits for it."""
    sent: list[Message] = []

    async def keep(message: Message) -> None:
        sent.append(message)

    async def nothing_comes() -> Message:
        return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return]

    await app({**scope, "method": method}, nothing_comes, keep)
    return sent[0], b"".join(message.get("body", b"") for message in sent[1:])


async def _reply(send: Send, start: Message, packed: bytes, *, is_silent: bool = False) -> None:
    """Send it: with a weak ETag, since the bytes are not those of the file."""
    headers = _with_vary(start)
    if (etag := headers.get("etag", "")) and not etag.startswith("W/"):
        headers["etag"] = f"W/{etag}"
    if packed:
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(packed))
        del headers["accept-ranges"]
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": b"" if is_silent else packed})


def _with_vary(start: Message) -> MutableHeaders:
    """For caches between: another browser may get another encoding."""
    headers = MutableHeaders(raw=list(start["headers"]))
    if "accept-encoding" not in headers.get("vary", "").lower():
        headers.add_vary_header("Accept-Encoding")
    return headers


def _varied(send: Send) -> Send:
    def answer(message: Message) -> Awaitable[None]:
        is_start = message["type"] == "http.response.start"
        return send({**message, "headers": _with_vary(message).raw} if is_start else message)

    return answer


def _uncompressed(scope: Scope) -> Scope:
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
