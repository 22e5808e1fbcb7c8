"""Workbooks from bytes, read in another process: whatever a file does to its reader, it does it there.

One process reads all files of a batch, one after the other; when a file ends it, the next gets a new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Timer
from time import monotonic
from typing import Any

import dxassess
from dxassess.errors import Problem
from dxassess.exchange.workbook.child import LENGTH
from dxassess.exchange.workbook.values import Cell, Fault, Formula, Grid, Plain, Upload, Workbook

MAX_BYTES = 5_000_000
SECONDS = 10.0
BATCH_SECONDS = 60.0
LONGEST_REPLY = 100_000_000

_ROOT = Path(dxassess.__file__).parents[1]
_START = "import sys; sys.path.append(sys.argv[1]); from dxassess.exchange.workbook.child import main; main()"
COMMAND = (sys.executable, "-I", "-S", "-c", _START, str(_ROOT))
"""An interpreter without this environment's packages, paths and settings."""
_TURN = Lock()


def read_workbooks(
    files: Iterable[Upload], seconds: float = SECONDS, command: Sequence[str] = COMMAND
) -> list[Workbook | Problem]:
    """Each file's workbook, or the problem it has; in the order of the files.

    `seconds` is how long one file may take; all together may take a minute. One batch at a time in this program.
    """
    with _TURN, _Reading(seconds, command) as reading:
        return [reading.workbook(file) for file in files]


class _Reading:
    """A batch: the process that reads, started when it is needed, and the time there is."""

    def __init__(self, seconds: float, command: Sequence[str]) -> None:
        self._seconds = seconds
        self._command = command
        self._end = monotonic() + BATCH_SECONDS
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> _Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def workbook(self, file: Upload) -> Workbook | Problem:
        """The workbook in a file, or its problem."""
        if not file.content:
            return Problem("workbook.empty", file.name)
        if len(file.content) > MAX_BYTES:
            values: dict[str, object] = {"megabytes": MAX_BYTES // 1_000_000}
            return Problem("workbook.too_large", file.name, values=values)
        reply = self._ask(file.content)
        if isinstance(reply, str):
            return Problem(f"workbook.{reply}", file.name)
        if "refused" in reply:
            return Problem(f"workbook.{reply['refused']}", file.name, values=reply["values"])
        grids = tuple(map(_grid, reply["sheets"]))
        return Workbook(file.name, hashlib.sha256(file.content).hexdigest(), grids)

    def _ask(self, raw: bytes) -> dict[str, Any] | str:
        """What the other process says; the code of a problem when it ended, or was ended because time was up."""
        seconds = min(self._seconds, self._end - monotonic())
        if seconds <= 0:
            return "too_slow"
        try:
            process = self._running()
        except OSError:
            return "unreadable"
        late = Event()
        too_slow = Timer(seconds, _end, (process, late))
        too_slow.start()
        reply = _exchanged(process, raw)
        too_slow.cancel()
        too_slow.join()
        if reply is None or late.is_set():
            self._stop()
        return reply or ("too_slow" if late.is_set() else "unreadable")

    def _running(self) -> subprocess.Popen[bytes]:
        """The process of this batch; a new one when the last file ended it."""
        if self._process is not None and self._process.poll() is not None:
            self._stop()
        self._process = self._process or self._started()
        return self._process

    def _started(self) -> subprocess.Popen[bytes]:
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DXASSESS_")}
        return subprocess.Popen(
            self._command, stdin=pipe, stdout=pipe, stderr=nothing, env=kept, creationflags=flags
        )

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                _close(stream)
            process.wait()


def _end(process: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    process.kill()


def _close(stream: Any) -> None:
    try:
        stream.close()
    except OSError:
        return  # what was not sent any more


def _exchanged(process: subprocess.Popen[bytes], raw: bytes) -> dict[str, Any] | None:
    """One file there, one reply back; None when the process ended instead."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(len(raw).to_bytes(LENGTH) + raw)
        process.stdin.flush()
    except OSError:
        return None
    length = int.from_bytes(process.stdout.read(LENGTH))
    if not 0 < length <= LONGEST_REPLY:
        return None
    reply = process.stdout.read(length)
    return json.loads(reply) if len(reply) == length else None


def _grid(sheet: dict[str, Any]) -> Grid:
    cells = {(row, column): _cell(*said) for row, column, *said in sheet["cells"]}
    merged = tuple(map(tuple, sheet["merged"]))
    hidden = frozenset(sheet["rows"]), frozenset(sheet["columns"])
    return Grid(sheet["name"], sheet["hidden"], cells, merged, *hidden)


def _cell(kind: str, text: str | None, shown: str | None = None) -> Cell:
    if kind == "f":
        value = None if text is None or shown is None or text == "x" else _plain(text, shown)
        return Formula(value)
    return Fault(text or "") if kind == "x" else _plain(kind, text or "")


def _plain(kind: str, text: str) -> Plain:
    if kind == "n":
        number = float(text)
        return int(number) if number.is_integer() else number
    if kind == "d":
        return datetime.fromisoformat(text)
    return bool(text) if kind == "b" else text
