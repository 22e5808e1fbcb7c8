"""How fast a room of phones votes: real HTTP over a connection each, the phones on the same cores as the server.

Every figure is an upper bound. None of them is beside a bare Streamlit app: a ballot is no page of Streamlit's (ADR 8).
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

import psutil
import pytest

from tests.bench.table import Table
from tests.protocol.hall import Hall, new_hall
from tests.protocol.loop import run
from tests.protocol.phone import Phone
from tests.protocol.program import Program, dxassess

pytestmark = pytest.mark.bench

TABLE = "ballot"
PEOPLE = 40
CROWD = 200
BURSTS = 20
POLLS = 400
WAITING_SECONDS = 20
LOOK_EVERY = 4.0
READY = 4.0
ROLES = ("management", "business", "dx", "it")


@dataclass
class Room:
    """A program, the round people vote in, and who is there."""

    program: Program
    hall: Hall
    phones: list[Phone] = field(default_factory=list)

    @property
    def items(self) -> list[str]:
        return [item["id"] for item in self.phones[0].ballot["items"]]

    async def enter(self, count: int) -> float:
        """All at once; gives the seconds until the last has their ballot."""
        self.phones = [Phone(self.program.port) for _ in range(count)]
        begun = time.perf_counter()
        await asyncio.gather(
            *(phone.join(self.hall.link, ROLES[n % 4], f"{n} 番") for n, phone in enumerate(self.phones))
        )
        return time.perf_counter() - begun

    async def burst(self, number: int) -> tuple[float, list[float]]:
        """Everybody taps in the same instant; gives the seconds until the last is served, and each one's."""

        async def tap(phone: Phone, level: int) -> float:
            begun = time.perf_counter()
            reply = await phone.pick(self.items[number % 35], level)
            assert reply.status == 200, reply.body
            return time.perf_counter() - begun

        begun = time.perf_counter()
        waits = await asyncio.gather(*(tap(phone, (number + n) % 6) for n, phone in enumerate(self.phones)))
        return time.perf_counter() - begun, list(waits)

    async def leave(self) -> None:
        for phone in self.phones:
            await phone.close()

    def cpu(self) -> float:
        times = psutil.Process(self.program.pid).cpu_times()
        return float(times.user + times.system)

    async def spent(self, what: Callable[[], Awaitable[object]]) -> float:
        """CPU seconds the server uses meanwhile."""
        before = self.cpu()
        await what()
        return self.cpu() - before


@pytest.fixture
def room(tmp_path) -> Iterator[Room]:
    """A program nobody has visited yet, with an open vote."""
    program = dxassess(tmp_path)
    hall = new_hall(tmp_path / "dx.sqlite")
    program.start()
    time.sleep(READY)
    yield Room(program, hall)
    program.stop()


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


@pytest.mark.parametrize(("count", "longest"), [(PEOPLE, 15.0), (CROWD, 60.0)])
def test_a_room_joins_and_votes_in_the_same_instants_and_no_vote_is_lost(
    room: Room, table: Table, count: int, longest: float
) -> None:
    async def vote() -> tuple[float, float, list[float], list[float]]:
        joined = await room.enter(count)
        moved = max(phone.moved for phone in room.phones) / 1024
        whole, waits = [], []
        for number in range(BURSTS):
            await asyncio.sleep(0.5)
            seconds, each = await room.burst(number)
            whole.append(seconds)
            waits += each
        await room.leave()
        return joined, moved, whole, waits

    joined, moved, whole, waits = run(vote())
    room.hall.reveal()
    kept = len(room.hall.votes())
    if count == PEOPLE:
        table.add(
            "a first visit to a ballot: link, role, ballot, script and style sheet",
            f"{moved:.0f} KB",
            "≤ 800 KB",
        )
    table.add(
        f"{count} phones open the link in the same instant, until all have their ballot",
        f"{joined:.2f} s",
        f"≤ {longest:.0f} s",
    )
    table.add(
        f"{count} phones vote in the same instant, each one's wait",
        f"p95 {1000 * p95(waits):.0f} ms, median {1000 * statistics.median(waits):.0f} ms, last served after"
        f" {1000 * statistics.median(whole):.0f} ms; {kept} of {count * BURSTS} kept",
        "p95 ≤ 500 ms, none lost" if count == PEOPLE else "none lost",
    )
    assert kept == count * BURSTS
    assert moved <= 800
    assert joined <= longest
    assert count > PEOPLE or p95(waits) <= 0.5


def test_a_phone_that_votes_or_waits_costs_the_server_little(room: Room, table: Table) -> None:
    async def measure() -> tuple[float, float, float]:
        await room.enter(CROWD)
        phone = room.phones[0]

        async def votes() -> None:
            for number in range(POLLS):
                await phone.pick(room.items[number % 35], number % 6)

        async def looks() -> None:
            for _ in range(POLLS):
                await phone.look()

        async def waits(place: int, each: Phone) -> None:
            await asyncio.sleep(LOOK_EVERY * place / CROWD)
            for _ in range(int(WAITING_SECONDS / LOOK_EVERY)):
                await asyncio.gather(each.look(), asyncio.sleep(LOOK_EVERY))

        async def everybody() -> None:
            await asyncio.gather(*(waits(place, each) for place, each in enumerate(room.phones)))

        voted, looked = await room.spent(votes) / POLLS, await room.spent(looks) / POLLS
        begun = time.perf_counter()
        share = await room.spent(everybody) / (time.perf_counter() - begun)
        await room.leave()
        return voted, looked, share

    voted, looked, share = run(measure())
    table.add("server CPU of a vote, one after the other", f"{1000 * voted:.1f} ms", "≤ 5 ms")
    table.add("server CPU of a phone's question where the vote stands", f"{1000 * looked:.2f} ms", "≤ 2 ms")
    table.add(
        f"{CROWD} phones that wait and ask every {LOOK_EVERY:.0f} s",
        f"{100 * share:.1f} % of a core",
        "≤ 10 %",
    )
    assert voted <= 0.005
    assert looked <= 0.002
    assert share <= 0.1
