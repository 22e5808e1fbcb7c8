"""What was measured, as a table of docs/performance.md: each module of benchmarks writes its own."""

from __future__ import annotations

import os
import platform
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version

from tests.protocol.program import ROOT

REPORT = ROOT / "docs" / "performance.md"
END = "<!-- end -->"


@dataclass
class Table:
    """The rows of a table, in the order they were measured."""

    load: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, measured: str, wanted: str) -> None:
        """One line: what was measured, the figure, and what it should be."""
        self.rows.append((what, measured, wanted))
        print(f"\n{what}: {measured} ({wanted})")

    def write(self, name: str) -> None:
        """Put it in the place of the table `<!-- name -->`."""
        begin = f"<!-- {name} -->"
        before, rest = REPORT.read_text("utf-8").split(begin)
        after = rest.split(END, 1)[1]
        REPORT.write_text(f"{before}{begin}\n\n{self._text()}\n\n{END}{after}", encoding="utf-8")

    def _text(self) -> str:
        """The machine and the table."""
        lines = "\n".join(f"| {what} | {measured} | {wanted} |" for what, measured, wanted in self.rows)
        return f"""{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},
Streamlit {version("streamlit")}, SQLite {sqlite3.sqlite_version}; load average {self.load} before and {load_average()} after.

| what | measured | wanted |
|---|---|---|
{lines}"""


def load_average() -> str:
    """How many processes want to run, over the last minute."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
