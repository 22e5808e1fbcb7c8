"""Devices in the room, without browser and network: they speak to the routes through the door, and keep their cookies."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware

from dxassess.settings import from_environment
from dxassess.ui.answers import AnswerHeaders
from dxassess.ui.door import Door
from dxassess.ui.host_key import HostKey
from dxassess.ui.routes import own_routes
from tests.protocol.asgi import ask
from tests.protocol.loop import run

HOST = "192.0.2.10:8501"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Headers
    body: bytes

    @property
    def cookies(self) -> tuple[str, ...]:
        """The Set-Cookie headers as they were sent."""
        return tuple(self.headers.getlist("set-cookie"))

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def data(self) -> Any:
        return json.loads(self.body)

    @property
    def ballot(self) -> Any:
        """What the script of a ballot page is given."""
        found = re.search(r'<script type="application/json" id="ballot">(.*?)</script>', self.text, re.DOTALL)
        assert found, self.text
        return json.loads(found[1])

    def field(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, self.text
        return found[1]


class Building:
    """The program as phones reach it: our routes behind the door, listening beyond this machine."""

    def __init__(self) -> None:
        door = Middleware(Door, settings=from_environment({"DXASSESS_HOST": "0.0.0.0"}), key=HostKey())
        self.app = Starlette(
            routes=own_routes(), middleware=[Middleware(AnswerHeaders, policy="default-src 'self'"), door]
        )

    def device(self, place: str = "192.0.2.50") -> Device:
        return Device(self, place)


@dataclass
class Device:
    """`place`: the address it asks from."""

    building: Building
    place: str
    scheme: str = "http"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, **headers: str) -> Reply:
        return self.ask("GET", address, **headers)

    def post(self, address: str, fields: Mapping[str, str] | None = None, **headers: str) -> Reply:
        """Send a form."""
        return self.ask(
            "POST", address, urlencode(fields or {}).encode(), **{"content_type": FORM, **headers}
        )

    def send(self, address: str, said: object, **headers: str) -> Reply:
        """Send what a script sends; bytes go as they are."""
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        return self.ask("POST", address, body, **{"content_type": "application/json", **headers})

    def ask(self, method: str, address: str, body: bytes = b"", **headers: str) -> Reply:
        known = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        given = {"host": HOST, **({"cookie": known} if known else {}), **headers}
        how = {"body": body, "place": self.place, "scheme": self.scheme}
        answer = run(ask(self.building.app, address, method, **how, **given))  # type: ignore[arg-type]
        reply = Reply(answer.status, answer.headers, answer.body)
        for cookie in reply.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return reply

    # -- what people do

    def join(self, link: str, role: str = "it", name: str = "", **more: str) -> Reply:
        """Open a link and press its button, or the one beside it (`beside="1"`); gives the ballot that follows."""
        sent = self.post(link, {"role": role, "name": name, "once": self.get(link).field("once"), **more})
        assert sent.status == 303, sent.text
        return self.get(sent.headers["location"])

    def vote(self, round_id: str, code: str, based_on: int | None = None, **change: object) -> Reply:
        """Tap a level (`level=2`) or send any other change to the first vote."""
        if "level" in change:
            change.setdefault("state", "answered")
        return self.send(f"/b/{round_id}/votes", vote(code, change, based_on))


_keys = iter(range(1, 10**9))


def vote(
    code: str, change: Mapping[str, object], based_on: object = None, **more: object
) -> dict[str, object]:
    """A vote as the script sends it; `more` replaces parts of it."""
    key = f"{next(_keys):032x}"
    sent = {
        "ballot": "first",
        "item": f"tiny.{code}",
        "key": key,
        "based_on": based_on,
        "change": dict(change),
    }
    return {**sent, **more}
