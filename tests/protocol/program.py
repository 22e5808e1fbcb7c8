"""The program as a process of its own: started on a free port, waited for, ended by its process id."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"


def free_port() -> int:
    """A port nobody listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Program:
    """A server process. Its output goes to a file, so that a failure can be read."""

    def __init__(self, command: Sequence[str], log: Path, environment: Mapping[str, str], port: int) -> None:
        self.port = port
        self.log = log
        self._command = list(command)
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start and wait until it says it is healthy; gives the seconds that took."""
        begun = time.perf_counter()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        while not self.healthy():
            assert self._process.poll() is None, self.log.read_text("utf-8")
            assert time.perf_counter() - begun < 60, self.log.read_text("utf-8")
            time.sleep(0.01)
        return time.perf_counter() - begun

    def healthy(self) -> bool:
        """Whether the health check answers."""
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.port}/_stcore/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    @property
    def pid(self) -> int:
        """The process id."""
        assert self._process is not None
        return self._process.pid

    def memory(self) -> int:
        """Memory of its own in bytes: what would be free again without it. Pages of libraries come and go and do not count."""
        return int(psutil.Process(self.pid).memory_full_info().uss)

    def resident(self) -> int:
        """Resident memory in bytes, libraries included."""
        return int(psutil.Process(self.pid).memory_info().rss)

    def kill(self) -> None:
        """End at once, as a crash does."""
        self._end(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)

    def stop(self) -> None:
        """End as a person ends it."""
        self._end(signal.SIGTERM)

    def _end(self, how: int) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def dxassess(folder: Path, database: Path | str | None = None, **environment: str) -> Program:
    """The real program with a database of its own in `folder`."""
    port = free_port()
    own = {"DXASSESS_DATABASE_URL": str(database or folder / "dx.sqlite"), "PYTHONUTF8": "1"}
    own |= {"DXASSESS_OWN_CATALOGUES": str(folder / "own"), **environment}
    command = [sys.executable, "-m", "dxassess", "--no-browser", "--port", str(port)]
    return Program(command, folder / "program.log", own, port)
