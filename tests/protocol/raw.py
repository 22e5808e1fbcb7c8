"""A request as it is written, byte for byte: no client cleans up its path, its headers or its host."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Raw:
    """An answer: status, headers by small name (the first of each), body as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(port: int, target: str, method: str = "GET", body: bytes = b"", **headers: str) -> Raw:
    """Send one request to 127.0.0.1 and read until the server closes; header names with `_` for `-`."""
    given = {"host": f"127.0.0.1:{port}", "connection": "close", "content_length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        return _parsed(b"".join(iter(lambda: line.recv(65536), b"")))


def _parsed(answer: bytes) -> Raw:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in rest)
    return Raw(
        int(first.split()[1]), {name.lower(): value.strip() for name, _, value in reversed(list(pairs))}, body
    )
