"""One request of a device in the room: what it asks for, what it brings, and in which language it is answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from dxassess.errors import BallotNotUnderstood, SeatUnknown
from dxassess.settings import is_loopback
from dxassess.text import LANGUAGES, Language, Words
from dxassess.ui.addresses import room_address
from dxassess.ui.routes import VOTE

if TYPE_CHECKING:
    from dxassess.usecases import Application

COOKIE = "dx-"


@dataclass(frozen=True, slots=True)
class Visitor:
    """`usual` is the language of a page nobody asked another one for; `body` what was sent."""

    request: Request
    usual: Language
    body: bytes = b""

    @property
    def app(self) -> Application:
        """The running program; the first to ask opens it, which takes a second."""
        from dxassess.ui.context import application

        return application()

    @property
    def words(self) -> Words:
        """The language the address asks for, else the usual one."""
        asked = self.request.query_params.get("lang")
        return Words(next((each for each in LANGUAGES if each == asked), self.usual))

    @property
    def token(self) -> str:
        """The token of the link."""
        return str(self.request.path_params["token"])

    @property
    def round(self) -> str:
        """Id of the round in the address."""
        return str(self.request.path_params["round"])

    @property
    def own_seat(self) -> str:
        """The secret this device keeps for the round of the address. SeatUnknown."""
        return self.seat_in(self.round)

    def seat_in(self, round_id: str) -> str:
        """The secret this device keeps for a round. SeatUnknown."""
        seat = self.request.cookies.get(COOKIE + round_id)
        if seat is None:
            raise SeatUnknown
        return seat

    def ballot(self, round_id: str) -> str:
        """Where the ballot of a round is, in the language spoken."""
        return self.address(f"{VOTE}/{round_id}")

    def address(self, path: str) -> str:
        """A path of ours in the language spoken."""
        return path if self.words.language == self.usual else f"{path}?lang={self.words.language}"

    @property
    def place(self) -> str:
        """`http://host:port` under which another device of the room reaches the program."""
        found = self.request.base_url
        if is_loopback(urlsplit(str(found)).hostname or ""):
            return room_address(self.app.settings)
        return f"{found.scheme}://{found.netloc}"

    def form(self) -> Mapping[str, str]:
        """The fields of a form that was sent."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def json(self) -> object:
        """What a script sent. BallotNotUnderstood for what is no JSON, and for JSON sent as something else."""
        kind = self.request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise BallotNotUnderstood
        try:
            found: object = json.loads(self.body)
        except (ValueError, RecursionError):
            raise BallotNotUnderstood from None
        return found
