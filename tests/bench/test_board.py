"""What a look of the board costs, beside a bare Streamlit fragment that shows the same picture and asks nobody.

The board looks by itself every `EVERY` seconds. While a vote is open it draws the count anew; after the reveal it only asks
whether something was written, and draws the page anew when it was.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from streamlit.proto.Element_pb2 import Element

from dxassess.ui.workshop_parts import EVERY
from dxassess.usecases import focus_on
from tests.bench.table import Table
from tests.bench.test_ballot import PEOPLE, Room, p95
from tests.bench.test_speed import Pair, in_turn
from tests.protocol.hall import new_hall
from tests.protocol.loop import run
from tests.protocol.program import Program, dxassess, free_port
from tests.protocol.tab import Tab

pytestmark = pytest.mark.bench

TABLE = "board"
LOOKS = 200
VOTES = 100
ITEM = "4-1"
CURRENT = 2.0
REST = 0.03
"""Seconds before each look, as nobody looks twice at once: Streamlit holds back what it sends for 5 ms after each time it has
sent, so that of looks without a rest in between the one or the other waits for that, by chance."""


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("board")
    program = dxassess(folder)
    hall = new_hall(folder / "dx.sqlite")
    program.start()
    yield Room(program, hall)
    program.stop()


async def opened(room: Room) -> Tab:
    tab = Tab(room.program.port)
    await tab.open("board", org=room.hall.organisation, round=room.hall.round)
    return tab


def picture(tab: Tab, mark: str) -> str:
    """The HTML of the board's picture."""
    bodies = [
        found.what.html.body
        for found in tab.drawn.values()
        if isinstance(found.what, Element) and found.what.WhichOneof("type") == "html"
    ]
    return next(body for body in bodies if f'class="{mark}' in body)


def bare_app(folder: Path, body: str) -> Program:
    """A page with one fragment that shows this HTML."""
    folder.mkdir()
    html = {"kind": "html", "fragment": False, "body": body}
    shown = {"kind": "transparent", "fragment": True, "children": [html]}
    (folder / "board.json").write_text(json.dumps({"event": [], "sidebar": [], "main": [shown]}), "utf-8")
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare_server", str(port)]
    return Program(command, folder / "log", {"BARE_PAGES": str(folder), "PYTHONUTF8": "1"}, port)


async def beside_bare(
    room: Room, folder: Path, mark: str, before: Callable[[int], Awaitable[None]] | None = None
) -> Pair:
    """Looks of the board and of a bare fragment in turn; `before` is done ahead of each, and not counted."""
    tab = await opened(room)
    (own,) = tab._repeats
    bare = bare_app(folder, picture(tab, mark))
    bare.start()
    try:
        other = Tab(bare.port)
        await other.open("board")
        (its,) = {found.fragment for found in other.drawn.values() if found.fragment}

        async def look(number: int) -> float:
            if before:
                await before(number)
            await asyncio.sleep(REST)
            return (await tab.rerun(own)).seconds

        async def bare_look(_number: int) -> float:
            await asyncio.sleep(REST)
            return (await other.rerun(its)).seconds

        times = VOTES if before else LOOKS
        pair = await in_turn(room.program, bare, look, bare_look, times)
        await tab.close()
        await other.close()
    finally:
        bare.stop()
    return pair


def test_a_look_of_the_board_costs_at_most_twice_a_bare_fragment_that_shows_the_same(
    room: Room, table: Table, tmp_path: Path
) -> None:
    async def voting() -> tuple[Pair, Pair]:
        await room.enter(PEOPLE)

        async def vote(number: int) -> None:
            await room.phones[number % PEOPLE].pick(room.items[number % 35], number % 6)

        quiet = await beside_bare(room, tmp_path / "quiet", "dx-count")
        busy = await beside_bare(room, tmp_path / "busy", "dx-count", vote)
        await room.leave()
        return quiet, busy

    async def talk() -> tuple[Pair, list[float]]:
        quiet = await beside_bare(room, tmp_path / "talk", "dx-board dx-item")
        tab = await opened(room)
        codes, taken = room.items[:2], []
        for number in range(30):
            room.hall.do(
                lambda store, held, number=number: focus_on(
                    store, held, store.edition(held.edition_hash).indicators[codes[number % 2]]
                )
            )
            taken.append((await tab.rerun()).seconds)
        await tab.close()
        return quiet, taken

    counting, counting_votes = run(voting())
    room.hall.reveal()
    room.hall.do(lambda store, held: focus_on(store, held, store.edition(held.edition_hash).by_code[ITEM]))
    talking, anew = run(talk())
    table.add("a look while people vote, nothing new", str(counting), "≤ 2 ×")
    table.add(
        "a look while people vote, a vote ahead of each", str(counting_votes).partition(";")[0], "≤ 2 ×"
    )
    table.add("a look while the room talks, nothing new", str(talking), "≤ 2 ×")
    slowest = EVERY + p95(anew)
    table.add(
        "the board anew after another facilitator's step",
        f"median {1000 * statistics.median(anew):.0f} ms, p95 {1000 * p95(anew):.0f} ms; with a look every {EVERY} s"
        f" current within {slowest:.2f} s",
        f"≤ {CURRENT:.0f} s",
    )
    for pair in (counting, counting_votes, talking):
        assert pair.ratio <= 2, pair
    assert slowest <= CURRENT
