"""The program as people start it: a process of its own, on a free port, with a database of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = 40.0
END = 10.0


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Program:
    """`python -m dxassess --no-browser`, or its `demo`; `folder` keeps database, backups and log.

    `catalogues` is a folder of editions to use instead of the shipped ones.
    """

    def __init__(self, folder: Path, *, demo: bool = False, catalogues: Path | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.database = folder / ("sample.sqlite" if demo else "dx.sqlite")
        self._command = ["demo"] if demo else []
        self._own = {"DXASSESS_CATALOGUES": str(catalogues)} if catalogues else {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and wait until it is healthy."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("DXASSESS_")}
        own |= {"DXASSESS_DATABASE_URL": str(self.database), "XDG_DATA_HOME": str(self.folder)} | self._own
        options = ["--no-browser", "--port", str(self.port)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dxassess", *options, *self._command],
                cwd=ROOT,
                env=own,
                stdout=log,
                stderr=log,
            )
        give_up = time.monotonic() + START
        while not self._healthy():
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"The program did not start:\n{self.log()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Ask this process, and no other, to end."""
        self._end(hard=False)

    def kill(self) -> None:
        """End this process at once, as a power cut would."""
        self._end(hard=True)

    def log(self) -> str:
        """What the program printed."""
        return (self.folder / "log").read_text("utf-8", errors="replace")

    def _end(self, *, hard: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill() if hard else process.terminate()
        try:
            process.wait(END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(END)

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
