"""A request to an ASGI application without a server in between."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.datastructures import Headers


@dataclass(frozen=True)
class Answer:
    """Status, headers, body."""

    status: int
    headers: Headers
    body: bytes


async def ask(
    app: Any,
    target: str,
    method: str = "GET",
    *,
    body: bytes = b"",
    place: str = "127.0.0.1",
    scheme: str = "http",
    leaves: bool = False,
    **headers: str,
) -> Answer:
    """Ask for a path as it is written; header names with `_` for `-`. Who `leaves` is gone as soon as it has asked.

    `place`: the address it comes from.
    """
    raw, _, query = target.partition("?")
    given = {"host": "127.0.0.1:8501", **headers}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": unquote(raw),
        "raw_path": raw.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()],
        "client": (place, 50000),
        "server": ("127.0.0.1", 8501),
    }
    sent: list[Any] = []
    asked = False

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        nonlocal asked
        if asked and not leaves:
            await asyncio.get_running_loop().create_future()
        if asked:
            return {"type": "http.disconnect"}
        asked = True
        return {"type": "http.request", "body": body, "more_body": False}

    await app(scope, receive, send)
    answer = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(sent[0]["status"], Headers(raw=sent[0]["headers"]), answer)
