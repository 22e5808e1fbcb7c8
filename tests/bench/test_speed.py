"""How fast: the program beside a bare Streamlit app that draws the same elements and keeps nothing, in one run.

`python3 -m tests -m bench` runs this and writes the table into docs/performance.md. Ratios are of medians, the two
taken in turn; the load figures are upper bounds, because the visitors run on the same cores as the server.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dxassess.catalogue.load import load_edition
from dxassess.settings import shipped
from tests.bench.company import Company, build
from tests.bench.pairs import Pair, in_turn, visits
from tests.bench.record import record
from tests.protocol.loop import run
from tests.protocol.program import Program, dxassess, free_port
from tests.protocol.tab import Tab

pytestmark = pytest.mark.bench

PAGES = ("answering", "result", "progress")
CLICKS = 300
VISITS = 40
PEOPLE = 40
CROWD = 200
BEAT = 5.0
BURSTS = 20
WARM = 20
OPEN = 100
SETTLE = 300
READY = 6.0
ITEM = "4-1"
TABLE = "measured"


@pytest.fixture(scope="module")
def company(tmp_path_factory) -> Company:
    return build(tmp_path_factory.mktemp("company"), running=CROWD // 35 + 1)[0]


@pytest.fixture(scope="module")
def program(company, table, tmp_path_factory) -> Iterator[Program]:
    started = dxassess(tmp_path_factory.mktemp("program"), company.database)
    seconds = [started.start()]
    for _ in range(2):
        started.stop()
        seconds.append(started.start())
    table.add("start until healthy, median of 3", f"{statistics.median(seconds):.2f} s", "≤ 2 s")
    time.sleep(READY)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def bare(program, company, tmp_path_factory) -> Iterator[Program]:
    """The bare app, showing what the program's pages were seen to draw."""
    folder = tmp_path_factory.mktemp("bare")
    run(record_pages(program, company, folder))
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare_server", str(port)]
    started = Program(command, folder / "bare.log", {"BARE_PAGES": str(folder), "PYTHONUTF8": "1"}, port)
    started.start()
    yield started
    started.stop()


def address(company: Company, page: str) -> dict[str, str]:
    """The query of a page: the running round while answering, the newest closed one for its result."""
    held = company.running[0] if page == "answering" else company.closed
    item = {"item": ITEM} if page == "answering" else {}
    return {"org": company.organisation, "round": held, **item}


async def record_pages(program: Program, company: Company, folder: Path) -> None:
    for page in PAGES:
        tab = Tab(program.port)
        await tab.open(page, **address(company, page))
        (folder / f"{page}.json").write_text(json.dumps(record(tab), ensure_ascii=False), encoding="utf-8")
        await tab.close()


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
            return (await tab.pick(f"level-{ITEM}", number % 5)).seconds

        pair = await in_turn(
            program, bare, lambda number: click(ours, number), lambda number: click(other, number), CLICKS
        )
        await ours.close()
        await other.close()
        return pair

    before = kept(company)
    pair = run(clicks())
    assert kept(company) - before == CLICKS + 5, "every click is in the database, once"
    table.add("a level picked → saved → acknowledged, one person", str(pair), "≤ 1.5 ×")
    assert pair.ratio <= 1.5


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_twenty_closed_rounds_opens_about_as_fast_as_its_elements(
    program, bare, company, table, page
):
    pair = run(visits(program, bare, page, address(company, page), VISITS))
    table.add(f"{page} opened, 20 closed rounds", str(pair), "≤ 1.5 ×")
    assert pair.ratio <= 1.5


def places(company: Company) -> list[tuple[str, str]]:
    """Every item of every running round."""
    scored = load_edition(shipped("indicators") / "dx2019").scored
    return [(held, item.code) for held in company.running for item in scored]


async def room(program: Program, company: Company, count: int, after: int = 0) -> list[tuple[Tab, str]]:
    """`count` people less the first `after`, each at an item of their own."""
    people = []
    for held, code in places(company)[after:count]:
        tab = Tab(program.port)
        await tab.open("answering", org=company.organisation, round=held, item=code)
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
            taken.append((await tab.pick(f"level-{code}", (place + number) % 6)).seconds)

    await asyncio.gather(*(person(place, tab, code) for place, (tab, code) in enumerate(people)))
    return taken


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


@pytest.mark.parametrize(("count", "rounds", "limit"), [(PEOPLE, 6, 0.05), (CROWD, 3, 0.3)])
def test_people_who_click_every_five_seconds_do_not_wait(program, company, table, count, rounds, limit):
    async def crowd() -> tuple[list[float], int]:
        people = await room(program, company, count)
        before = kept(company)
        taken = await at_a_beat(people, rounds)
        saved = kept(company) - before
        await leave(people)
        return taken, saved

    taken, saved = run(crowd())
    assert saved >= len(taken) - count, "only a level that was picked already is not kept again"
    table.add(
        f"{count} people, each a click every 5 s",
        f"p95 {1000 * p95(taken):.0f} ms, median {1000 * statistics.median(taken):.0f} ms, {len(taken)} clicks",
        f"p95 ≤ {1000 * limit:.0f} ms",
    )
    assert p95(taken) <= limit


def test_forty_saving_in_the_same_instant_are_all_served_and_none_is_lost(program, company, table):
    async def bursts() -> tuple[list[float], list[float], int]:
        people = await room(program, company, PEOPLE)
        before, longest, waits = kept(company), [], []
        for number in range(BURSTS):
            await asyncio.sleep(1)
            begun = time.perf_counter()
            texts = (tab.type(f"comment-{code}", f"{number}回目") for tab, code in people)
            visits = await asyncio.gather(*texts)
            longest.append(time.perf_counter() - begun)
            waits += [visit.told for visit in visits]
        saved = kept(company) - before
        await leave(people)
        return longest, waits, saved

    longest, waits, saved = run(bursts())
    table.add(
        f"{PEOPLE} saving in the same instant, until the last is served",
        f"longest {1000 * max(longest):.0f} ms, median {1000 * statistics.median(longest):.0f} ms of {len(longest)};"
        f" {saved} of {BURSTS * PEOPLE} kept",
        "≤ 500 ms, none lost",
    )
    table.add(
        "the same, until each person reads that it is saved",
        f"p95 {1000 * p95(waits):.0f} ms",
        "p95 ≤ 300 ms",
    )
    assert all(waits)
    assert saved == BURSTS * PEOPLE
    assert max(longest) <= 0.5


def test_forty_saving_the_same_thing_in_the_same_instant_leave_one_answer_and_the_log(
    program, company, table
):
    async def burst() -> tuple[float, int]:
        people = [Tab(program.port) for _ in range(PEOPLE)]
        for tab in people:
            await tab.open("answering", **{**address(company, "answering"), "item": "9"})
        before = kept(company)
        begun = time.perf_counter()
        texts = (tab.type("comment-9", f"{number}番") for number, tab in enumerate(people))
        await asyncio.gather(*texts)
        taken = time.perf_counter() - begun
        saved = kept(company) - before
        for tab in people:
            await tab.close()
        return taken, saved

    taken, saved = run(burst())
    table.add(
        f"{PEOPLE} saving another text to the same item in the same instant",
        f"{1000 * taken:.0f} ms; {saved} kept, {PEOPLE - saved} shown the newer text",
        "one kept, the others told",
    )
    assert saved == 1


@pytest.fixture
def fresh(tmp_path) -> Iterator[tuple[Program, Company]]:
    """A program nobody has visited yet."""
    company = build(tmp_path, closed=0, running=(WARM + OPEN) // 35 + 1)[0]
    started = dxassess(tmp_path, company.database)
    started.start()
    yield started, company
    started.stop()


def test_an_open_session_costs_little_memory_and_clicks_add_none(fresh, table):
    program, company = fresh

    async def sessions() -> tuple[float, float]:
        await asyncio.sleep(READY)
        first = await room(program, company, WARM)
        before = program.memory()
        people = await room(program, company, WARM + OPEN, after=WARM)
        each = (program.memory() - before) / OPEN
        tab, code = people[0]
        for number in range(SETTLE):
            await tab.pick(f"level-{code}", number % 5)
        settled = program.memory()
        for number in range(3000):
            await tab.pick(f"level-{code}", number % 5)
        grown = program.memory() - settled
        await leave([*first, *people])
        return each, grown

    each, grown = run(sessions())
    table.add(
        f"memory of an open session, mean of {OPEN} after the first {WARM}",
        f"{each / 1024:.0f} KB",
        "≤ 400 KB",
    )
    table.add("memory after 3,000 further clicks", f"{grown / 2**20:+.1f} MB", "flat")
    assert each <= 400 * 1024
    assert grown <= 8 * 2**20
