"""A phone without a browser: it speaks HTTP over one kept connection, as a browser does, and counts what moves."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

PATIENCE = 30.0
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers by small name (the last of each), unpacked body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)


@dataclass
class Phone:
    """One phone on the program at `host:port`. `moved`: bytes that came, headers included."""

    port: int
    host: str = "127.0.0.1"
    cookie: str = ""
    moved: int = 0
    ballot: Any = None
    seen: dict[str, int] = field(default_factory=dict)
    _loaded: set[bytes] = field(default_factory=set)
    _line: Line | None = None

    async def ask(self, target: str, method: str = "GET", body: bytes = b"", kind: str = "") -> Reply:
        """Send a request and read its whole answer; on a kept connection that turns out to be closed, once more on a new one."""
        given = {"host": f"{self.host}:{self.port}", "accept-encoding": "gzip"}
        given |= {"cookie": self.cookie} if self.cookie else {}
        given |= {"content-type": kind, "content-length": str(len(body))} if method == "POST" else {}
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        request = f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode() + body
        async with asyncio.timeout(PATIENCE):
            if self._line is not None:
                with suppress(asyncio.IncompleteReadError, ConnectionError):
                    return await self._asked(self._line, request)
                await self.close()
            self._line = await asyncio.open_connection(self.host, self.port, limit=2**20)
            return await self._asked(self._line, request)

    async def _asked(self, line: Line, request: bytes) -> Reply:
        reader, writer = line
        writer.write(request)
        return await self._answer(reader)

    async def _answer(self, reader: asyncio.StreamReader) -> Reply:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        body = await self._body(reader, headers)
        self.moved += len(head) + len(body)
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return Reply(int(first.split()[1]), headers, body)

    async def _body(self, reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return await reader.readexactly(int(headers.get("content-length", 0)))
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size))
            await reader.readexactly(2)
        await reader.readexactly(2)
        return b"".join(parts)

    async def close(self) -> None:
        if self._line is not None:
            self._line[1].close()
            with suppress(ConnectionError):
                await self._line[1].wait_closed()
            self._line = None

    # -- what a person does

    async def join(self, link: str, role: str, name: str) -> None:
        """Open the link, choose, and load the ballot with all that belongs to it: a first visit."""
        page = await self.ask(link)
        await self._assets(page)
        once = re.search(rb'name="once" value="([^"]+)"', page.body)
        assert once, page.body
        form = urlencode({"role": role, "name": name, "once": once[1].decode()}).encode()
        joined = await self.ask(link, "POST", form, "application/x-www-form-urlencoded")
        assert joined.status == 303, joined.body
        self.cookie = joined.headers["set-cookie"].partition(";")[0]
        await self.load(joined.headers["location"])

    async def load(self, address: str) -> None:
        """Load a ballot."""
        page = await self.ask(address)
        await self._assets(page)
        found = re.search(rb'id="ballot">(.*?)</script>', page.body, re.DOTALL)
        assert found, page.body
        self.ballot = json.loads(found[1])
        self.seen |= {item: answer["sequence"] for item, answer in self.ballot["answers"].items()}

    async def _assets(self, page: Reply) -> None:
        for address in re.findall(rb'(?:src|href)="(/static-ballot/[^"]+)"', page.body):
            if address not in self._loaded:
                self._loaded.add(address)
                assert (await self.ask(address.decode())).status == 200

    async def vote(self, item: str, **change: object) -> Reply:
        """Send a change of the own vote on an item, as one who knows what stands."""
        sent = {
            "ballot": self.ballot["ballot"],
            "item": item,
            "key": secrets.token_hex(16),
            "based_on": self.seen.get(item),
            "change": change,
        }
        reply = await self.ask(self.ballot["votes"], "POST", json.dumps(sent).encode(), "application/json")
        if reply.status == 200:
            self.seen[item] = reply.data["answer"]["sequence"]
        return reply

    async def pick(self, item: str, level: int) -> Reply:
        """Tap a level."""
        return await self.vote(item, state="answered", level=level, reason=None)

    async def look(self) -> Reply:
        """Ask where the vote stands."""
        return await self.ask(self.ballot["look"])
