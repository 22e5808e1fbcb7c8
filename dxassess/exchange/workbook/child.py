"""The process that reads workbooks: a file comes in, its values or a refusal go out, until nothing more comes.

It imports nothing but the standard library, keeps no file, and limits itself where the system can (not on Windows).
Both directions: eight bytes of length, then that many bytes; what goes out is JSON.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from dxassess.exchange.workbook import book
from dxassess.exchange.workbook.values import Refused

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 60
LENGTH = 8


def limit() -> None:
    """No more than 512 MB and a minute of computing; no file is written, no core dumped."""
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_AS": MEMORY, "RLIMIT_CPU": CPU_SECONDS, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    for name, most in limits.items():
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Answer until `incoming` ends."""
    while len(size := incoming.read(LENGTH)) == LENGTH:
        reply = json.dumps(answer(incoming.read(int.from_bytes(size))), separators=(",", ":")).encode()
        outgoing.write(len(reply).to_bytes(LENGTH) + reply)
        outgoing.flush()


def answer(raw: bytes) -> dict[str, Any]:
    """What is said of one file: its sheets, or the code and values of a refusal."""
    try:
        return {"sheets": book.read(raw)}
    except Refused as refused:
        return {"refused": refused.code, "values": refused.values}
    except MemoryError:
        return {"refused": "too_much", "values": {}}


def main() -> None:
    """Serve standard input and output."""
    limit()
    serve(sys.stdin.buffer, sys.stdout.buffer)
