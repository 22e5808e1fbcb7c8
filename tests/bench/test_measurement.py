"""How long the pages over many rounds take: beside the bare app for twenty rounds, and how that grows from 5 to 80.

57 indicators, 40 raters in every round. "First" is the first time a company's page is opened after the program has started: every
closed round is read and checked against its hash. Later openings compute nothing of a closed round again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.framework import edition_of
from tests.bench.history import History, write_histories
from tests.bench.pairs import cpu_of, visits
from tests.bench.record import record
from tests.bench.table import Table
from tests.protocol.loop import run
from tests.protocol.program import Program, dxassess, free_port
from tests.protocol.tab import Tab

pytestmark = pytest.mark.bench

TABLE = "rounds"
PAGES = {"progress": 2.0, "movement": 2.0, "compare": 2.0, "rhythm": 3.0, "editions": 3.0, "asof": 5.0}
"""Each page with how many times its elements it may take. The last three draw little and look up much: the promises out of the log, the
crosswalk of today, and, of a day, everything that was recorded by then."""
WARMING = 2
"""A company whose page is opened before the others', so that none of them pays for what the program loads late."""
ROUNDS = (5, 10, 20, 40, 80)
ITEMS, RATERS, VISITS, AGAIN = 57, 40, 30, 20
SLACK = 1.6
"""How much more a round may take at the first opening of 80 rounds than of 20: memory is looked through more often, and timings of one
run scatter."""


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[History]]:
    path = tmp_path_factory.mktemp("history") / "dx.sqlite"
    return path, write_histories(path, edition_of(ITEMS), (WARMING, *ROUNDS), RATERS)


@pytest.fixture(scope="module")
def program(
    histories: tuple[Path, list[History]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Program]:
    started = dxassess(tmp_path_factory.mktemp("program"), histories[0])
    started.start()
    yield started
    started.stop()


def query(history: History) -> dict[str, str]:
    return {"org": history.organisation, "round": history.newest}


def test_opening_grows_with_the_rounds_and_no_faster(
    program: Program, histories: tuple[Path, list[History]], table: Table
) -> None:
    async def opened(history: History) -> tuple[float, float]:
        """CPU seconds of the server: for the first opening, and for each of ten further ones."""
        tab = Tab(program.port)
        await tab.open("about")
        before = cpu_of(program)
        await tab.open("progress", **query(history))
        between = cpu_of(program)
        for _ in range(AGAIN):
            await tab.open("progress", **query(history))
        after = cpu_of(program)
        await tab.close()
        return between - before, (after - between) / AGAIN

    took = {history.rounds: run(opened(history)) for history in histories[1]}
    del took[WARMING]
    for number, (first, again) in took.items():
        shown = f"{first:.2f} s, {again * 1000:.0f} ms"
        table.add(f"progress, {number} rounds, CPU: first, then again", shown, "–")
    each = {number: first / number for number, (first, _) in took.items()}
    shown = ", ".join(f"{each[number] * 1000:.0f}" for number in ROUNDS)
    table.add(
        f"first opening, CPU a round, of {', '.join(map(str, ROUNDS))} rounds",
        f"{shown} ms",
        f"≤ {SLACK} × from 20 to 80",
    )
    assert each[80] <= SLACK * each[20], took
    early, late = ((took[many][1] - took[few][1]) / (many - few) for few, many in ((5, 20), (20, 80)))
    shown = f"{early * 1000:.1f} ms and {late * 1000:.1f} ms"
    table.add("CPU of each further round, again: from 5 to 20, from 20 to 80", shown, "≤ 1 ms")
    assert max(early, late) <= 0.001, took


@pytest.fixture(scope="module")
def bare(
    program: Program, histories: tuple[Path, list[History]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Program]:
    """The bare app, showing what the program's pages were seen to draw for the company with twenty rounds."""
    folder = tmp_path_factory.mktemp("bare")
    run(_recorded(program, twenty(histories), folder))
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare_server", str(port)]
    started = Program(command, folder / "bare.log", {"BARE_PAGES": str(folder), "PYTHONUTF8": "1"}, port)
    started.start()
    yield started
    started.stop()


def twenty(histories: tuple[Path, list[History]]) -> History:
    return next(history for history in histories[1] if history.rounds == 20)


async def _recorded(program: Program, history: History, folder: Path) -> None:
    for page in PAGES:
        tab = Tab(program.port)
        await tab.open(page, **query(history))
        (folder / f"{page}.json").write_text(json.dumps(record(tab), ensure_ascii=False), encoding="utf-8")
        await tab.close()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_over_twenty_rounds_opens_about_as_fast_as_its_elements(
    program: Program, bare: Program, histories: tuple[Path, list[History]], table: Table, page: str
) -> None:
    pair = run(visits(program, bare, page, query(twenty(histories)), VISITS))
    limit = PAGES[page]
    table.add(f"{page}, 20 rounds × {ITEMS} indicators × {RATERS} raters", str(pair), f"≤ {limit:.0f} ×")
    assert pair.ratio <= limit
