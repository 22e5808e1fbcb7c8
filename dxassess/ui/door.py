"""The door: who may ask for what, decided before Streamlit or any route sees the request.

Only this machine listened on: a request by another name (DNS rebinding) is refused. Beyond it: everything but ballots and
the health check asks for the host's key, websockets, uploads, media and static files included. A page of another site is
refused in both cases. The addresses in X-Forwarded-For are not believed, and nothing here depends on who asks, only on
what they show; `serve` sees to it that the server does not believe them either.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.responses import Response

from dxassess.settings import Settings
from dxassess.text import LANGUAGES, Language
from dxassess.ui.attempts import Attempts
from dxassess.ui.foreign import is_own_name, is_own_page
from dxassess.ui.host_key import PARAMETER, HostKey
from dxassess.ui.refusal import TOO_MANY, Reason, refusal
from dxassess.ui.routes import is_ballot, is_health

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CLOSED_PATHS = ("/_stcore/metrics", "/_stcore/agent")
LOOKING = ("GET", "HEAD", "OPTIONS")
EACH, ALL = 20, 200
HOLD_SECONDS, HELD = 0.25, 100
POLICY_VIOLATION = 1008


@dataclass(frozen=True, slots=True)
class Asked:
    """What the door looks at in a request."""

    scope: Scope
    headers: Headers

    @property
    def key(self) -> str | None:
        """The key of a link."""
        if self.scope["type"] != "http" or self.scope["method"] != "GET":
            return None
        return dict(self._query()).get(PARAMETER)

    @property
    def address(self) -> str:
        """Path and query without the key, as a link within this program: never `//`, which would be another host."""
        kept = urlencode([pair for pair in self._query() if pair[0] != PARAMETER])
        path = quote("/" + self.scope["path"].lstrip("/\\"))
        return f"{path}?{kept}" if kept else path

    @property
    def changes_something(self) -> bool:
        """Whether a page of another site must not send it: a websocket, or what is more than looking."""
        return self.scope["type"] == "websocket" or self.scope["method"] not in LOOKING

    @property
    def place(self) -> str:
        """The address it came from."""
        return str((self.scope.get("client") or ("",))[0])

    def _query(self) -> list[tuple[str, str]]:
        return parse_qsl(self.scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)


class Door:
    """ASGI middleware. `key` is None as long as only this machine is listened on."""

    def __init__(self, app: App, settings: Settings, key: HostKey | None) -> None:
        self._app, self._settings, self._key = app, settings, key
        self._wrong = Attempts(EACH, ALL)
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        answer = self._answer(scope) if scope["type"] in ("http", "websocket") else None
        if answer is None:
            await self._app(_as_own(scope), receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            if answer.status_code == TOO_MANY:
                await self._hold()
            await answer(scope, receive, send)

    async def _hold(self) -> None:
        """Let who guesses on wait before they hear of it, so that they are slow and others are not; as long as there are few."""
        if self._held >= HELD:
            return
        self._held += 1
        try:
            await asyncio.sleep(HOLD_SECONDS)
        finally:
            self._held -= 1

    def _answer(self, scope: Scope) -> Response | None:
        """None lets the request in."""
        if scope["path"].startswith(CLOSED_PATHS):
            return Response(status_code=404)
        asked = Asked(scope, Headers(scope=scope))
        if stranger := self._stranger(asked):
            return self._refusal(stranger, asked)
        if self._key is None or is_health(scope) or is_ballot(scope):
            return None
        return self._without_key(asked, self._key)

    def _stranger(self, asked: Asked) -> Reason | None:
        hosts, origins = asked.headers.getlist("host"), asked.headers.getlist("origin")
        if self._key is None and not all(is_own_name(host) for host in hosts):
            return "other_name"
        host, public = (hosts or [""])[0], self._settings.public_address
        if asked.changes_something and not all(is_own_page(origin, host, public) for origin in origins):
            return "other_site"
        return None

    def _without_key(self, asked: Asked, key: HostKey) -> Response | None:
        """A link with the key becomes a cookie and leaves the address; a cookie opens; all else is told what to do."""
        cookies = asked.headers.getlist("cookie")
        given, shown = asked.key, key.shown(cookies)
        if given is not None and (key.opens(given) or shown):
            return _welcome(asked, key)
        if shown:
            return None
        if given is None and shown is None:
            answer = self._refusal("no_key", asked)
            if key.is_marked(cookies):
                answer.headers["refresh"] = f"0; url={asked.address}"
                answer.headers["set-cookie"] = key.mark(gone=True)
            return answer
        return self._refusal("too_many" if self._wrong.too_many(asked.place) else "wrong_key", asked)

    def _refusal(self, reason: Reason, asked: Asked) -> Response:
        first: Language = next((each for each in LANGUAGES if each == self._settings.language), "ja")
        return refusal(reason, asked.address, first)


def _welcome(asked: Asked, key: HostKey) -> Response:
    answer = Response(status_code=303, headers={"cache-control": "no-store", "location": asked.address})
    answer.headers["set-cookie"] = key.cookie(secure=asked.scope.get("scheme") == "https")
    answer.headers.append("set-cookie", key.mark())
    return answer


def _as_own(scope: Scope) -> Scope:
    """A websocket the door has let in, without its Origin: for one that is not the host's Streamlit would ask outside for our address."""
    if scope["type"] != "websocket":
        return scope
    return {**scope, "headers": [header for header in scope["headers"] if header[0] != b"origin"]}
