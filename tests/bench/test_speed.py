"""How fast: the program beside a bare Streamlit app that draws the same elements and keeps nothing, in one run.

`python3 -m tests -m bench` runs this and writes the table into docs/performance.md. Ratios are of medians, the two
taken in turn; the load figures are upper bounds, because the visitors run on the same two cores as the server.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import sqlite3
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil
import pytest

from tests.bench.company import Company, build
from tests.bench.record import record
from tests.protocol.program import ROOT, Program, dxassess, free_port
from tests.protocol.tab import Tab

pytestmark = pytest.mark.bench

PAGES = ("answering", "result", "progress")
PAIRS = 60
PEOPLE = 40
CROWD = 200
BEAT = 5.0
REPORT = ROOT / "docs" / "performance.md"


@dataclass
class Table:
    """The rows of the report, in the order they were measured."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, measured: str, wanted: str) -> None:
        """One line: what was measured, the figure, and what it should be."""
        self.rows.append((what, measured, wanted))
        print(f"\n{what}: {measured} ({wanted})")


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    made = Table()
    yield made
    REPORT.write_text(report(made), encoding="utf-8")


@pytest.fixture(scope="module")
def company(tmp_path_factory) -> Company:
    return build(tmp_path_factory.mktemp("company"))[0]


@pytest.fixture(scope="module")
def program(company, table, tmp_path_factory) -> Iterator[Program]:
    started = dxassess(tmp_path_factory.mktemp("program"), company.database)
    seconds = [started.start()]
    for _ in range(2):
        started.stop()
        seconds.append(started.start())
    table.add("start until healthy, median of 3", f"{statistics.median(seconds):.2f} s", "≤ 2 s")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def bare(program, company, tmp_path_factory) -> Iterator[Program]:
    """The bare app, showing what the program's pages were seen to draw."""
    folder = tmp_path_factory.mktemp("bare")
    asyncio.run(record_pages(program, company, folder))
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare_server", str(port)]
    started = Program(command, folder / "bare.log", {"BARE_PAGES": str(folder), "PYTHONUTF8": "1"}, port)
    started.start()
    yield started
    started.stop()


def address(company: Company, page: str) -> dict[str, str]:
    """The query of a page: the running round while answering, the newest closed one for its result."""
    held = company.running[0] if page == "answering" else company.closed
    item = {"item": "4-1"} if page == "answering" else {}
    return {"org": company.organisation, "round": held, **item}


async def record_pages(program: Program, company: Company, folder: Path) -> None:
    for page in PAGES:
        tab = Tab(program.port)
        await tab.open(page, **address(company, page))
        await tab.rerun()
        (folder / f"{page}.json").write_text(json.dumps(record(tab), ensure_ascii=False), encoding="utf-8")
        await tab.close()


@dataclass
class Pair:
    """Seconds and CPU seconds of the same thing, ours and bare, taken in turn."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    cpu: tuple[float, float] = (0.0, 0.0)

    @property
    def ratio(self) -> float:
        return statistics.median(self.ours) / statistics.median(self.bare)

    @property
    def cpu_ratio(self) -> float:
        return self.cpu[0] / self.cpu[1]

    def __str__(self) -> str:
        milliseconds = [1000 * statistics.median(times) for times in (self.ours, self.bare)]
        return f"{self.ratio:.2f} × ({milliseconds[0]:.1f} ms to {milliseconds[1]:.1f} ms); CPU {self.cpu_ratio:.2f} ×"


def cpu_of(program: Program) -> float:
    times = psutil.Process(program.pid).cpu_times()
    return float(times.user + times.system)


async def in_turn(
    program: Program,
    bare: Program,
    ours: Callable[[int], Awaitable[float]],
    other: Callable[[int], Awaitable[float]],
) -> Pair:
    """A B A B …, `PAIRS` times after five that do not count."""
    pair = Pair()
    for number in range(5):
        await ours(number)
        await other(number)
    before = cpu_of(program), cpu_of(bare)
    for number in range(PAIRS):
        pair.ours.append(await ours(number + 5))
        pair.bare.append(await other(number + 5))
    pair.cpu = cpu_of(program) - before[0], cpu_of(bare) - before[1]
    return pair


def kept(company: Company) -> int:
    """How many answers are in the database file."""
    with closing(sqlite3.connect(company.database)) as looking:
        return int(looking.execute("SELECT count(*) FROM answers").fetchone()[0])


def test_a_click_is_kept_and_acknowledged_about_as_fast_as_nothing_is(program, bare, company, table):
    async def clicks() -> Pair:
        ours, other = Tab(program.port), Tab(bare.port)
        await ours.open("answering", **address(company, "answering"))
        await other.open("answering")

        async def click(tab: Tab, number: int) -> float:
            return (await tab.pick("level-4-1", number % 5)).seconds

        pair = await in_turn(
            program, bare, lambda number: click(ours, number), lambda number: click(other, number)
        )
        await ours.close()
        await other.close()
        return pair

    before = kept(company)
    pair = asyncio.run(clicks())
    assert kept(company) - before >= PAIRS, "every click is in the database"
    table.add("a level picked → saved → acknowledged, one person", str(pair), "≤ 1.5 ×")
    assert pair.ratio <= 1.5


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_twenty_closed_rounds_opens_about_as_fast_as_its_elements(
    program, bare, company, table, page
):
    async def visits() -> Pair:
        ours, other = Tab(program.port), Tab(bare.port)
        await ours.open(page, **address(company, page))
        await other.open(page)

        async def visit(tab: Tab, _number: int) -> float:
            return (await tab.rerun()).seconds

        pair = await in_turn(
            program, bare, lambda number: visit(ours, number), lambda number: visit(other, number)
        )
        await ours.close()
        await other.close()
        return pair

    pair = asyncio.run(visits())
    table.add(f"{page} opened, 20 closed rounds", str(pair), "≤ 1.5 ×")
    assert pair.ratio <= 1.5


def codes(count: int) -> list[str]:
    """Items for `count` people, so that neighbours answer different ones."""
    known = [
        "1",
        "2",
        "3",
        "4",
        "4-1",
        "4-2",
        "4-3",
        "4-4",
        "5",
        "5-1",
        "5-2",
        "6",
        "6-1",
        "6-2",
        "6-3",
        "7",
        "7-1",
    ]
    return [known[number % len(known)] for number in range(count)]


async def room(program: Program, company: Company, count: int) -> list[tuple[Tab, str]]:
    people = []
    for code in codes(count):
        tab = Tab(program.port)
        await tab.open("answering", **{**address(company, "answering"), "item": code})
        people.append((tab, code))
    return people


async def leave(people: list[tuple[Tab, str]]) -> None:
    for tab, _ in people:
        await tab.close()


async def at_a_beat(people: list[tuple[Tab, str]], rounds: int) -> list[float]:
    """Everybody clicks once per beat, spread over it."""
    taken: list[float] = []

    async def person(place: int, tab: Tab, code: str) -> None:
        for number in range(rounds):
            await asyncio.sleep(BEAT * place / len(people) if number == 0 else BEAT)
            taken.append((await tab.tick(f"cond-a-{code}", number % 2 == place % 2)).seconds)

    await asyncio.gather(*(person(place, tab, code) for place, (tab, code) in enumerate(people)))
    return taken


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


@pytest.mark.parametrize(("count", "rounds", "limit"), [(PEOPLE, 6, 0.05), (CROWD, 3, 0.3)])
def test_people_who_click_every_five_seconds_do_not_wait(program, company, table, count, rounds, limit):
    async def crowd() -> list[float]:
        people = await room(program, company, count)
        taken = await at_a_beat(people, rounds)
        await leave(people)
        return taken

    taken = asyncio.run(crowd())
    table.add(
        f"{count} people, each a click every 5 s",
        f"p95 {1000 * p95(taken):.0f} ms, median {1000 * statistics.median(taken):.0f} ms, {len(taken)} clicks",
        f"p95 ≤ {1000 * limit:.0f} ms",
    )
    assert p95(taken) <= limit


def test_forty_saving_in_the_same_instant_are_all_served_and_none_is_lost(program, company, table):
    async def burst() -> tuple[list[float], int]:
        people = await room(program, company, PEOPLE)
        longest, clicks = [], 0
        for number in range(5):
            await asyncio.sleep(1)
            begun = time.perf_counter()
            await asyncio.gather(
                *(
                    tab.type(f"comment-{code}", f"{place}-{number}")
                    for place, (tab, code) in enumerate(people)
                )
            )
            longest.append(time.perf_counter() - begun)
            clicks += len(people)
        await leave(people)
        return longest, clicks

    longest, _ = asyncio.run(burst())
    table.add(
        f"{PEOPLE} saving in the same instant, until the last is served",
        f"median {1000 * statistics.median(longest):.0f} ms, longest {1000 * max(longest):.0f} ms of {len(longest)}",
        "≤ 500 ms",
    )
    assert statistics.median(longest) <= 0.5


def test_an_open_session_costs_little_memory_and_clicks_add_none(program, company, table):
    async def sessions() -> tuple[float, float]:
        warm = await room(program, company, 20)
        await leave(warm)
        before = program.memory()
        people = await room(program, company, 100)
        each = (program.memory() - before) / len(people)
        tab, code = people[0]
        for number in range(300):
            await tab.tick(f"cond-a-{code}", number % 2 == 0)
        settled = program.memory()
        for number in range(3000):
            await tab.tick(f"cond-a-{code}", number % 2 == 0)
        grown = program.memory() - settled
        await leave(people)
        return each, grown

    each, grown = asyncio.run(sessions())
    table.add("memory of an open session, mean of 100", f"{each / 1024:.0f} KB", "≤ 400 KB")
    table.add("memory after 3,000 further clicks", f"{grown / 2**20:+.1f} MB", "flat")
    assert each <= 400 * 1024
    assert grown <= 8 * 2**20


def report(table: Table) -> str:
    """The whole of docs/performance.md."""
    lines = "\n".join(f"| {what} | {measured} | {wanted} |" for what, measured, wanted in table.rows)
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"""# Speed

Written by `python3 -m tests -m bench` on {datetime.now(UTC):%Y-%m-%d}: {platform.system()} {platform.machine()},
{os.cpu_count()} cores, Python {platform.python_version()}, Streamlit {version("streamlit")}, SQLite {sqlite3.sqlite_version},
load average {load} at the end.

| what | measured | wanted |
|---|---|---|
{lines}

"×" compares with a bare Streamlit app of the same version and server settings that draws the same elements (recorded
from the program's own pages) and keeps nothing; the two take turns, and the ratio is that of the medians. CPU is what
the two server processes used in the same stretch. Times under load are upper bounds: the visitors, who speak
Streamlit's own protocol, run on the same cores as the server.

## What brings it

- `runner.postScriptGC=false` and `gc.freeze()` once everything is imported: by default Streamlit collects garbage
  after every run.
- Everything below the title of an answering page is one fragment, with one item in it (ADR 7): a click runs that.
- One read gives what a round's voice says, and it stays in memory while the organisation's counter stands still.
- Numbers of closed rounds are computed once per process and verified against their hash then.
- Figures are plain dicts (ADR 2); tables are made only when somebody opens them.
"""
