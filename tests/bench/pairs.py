"""The program beside the bare app: the same thing in both, taken in turn, in one run."""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import psutil

from tests.protocol.program import Program
from tests.protocol.tab import Tab


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
    times: int,
) -> Pair:
    """A B A B …, after five that do not count."""
    pair = Pair()
    for number in range(5):
        await ours(number)
        await other(number)
    before = cpu_of(program), cpu_of(bare)
    for number in range(times):
        pair.ours.append(await ours(number + 5))
        pair.bare.append(await other(number + 5))
    pair.cpu = cpu_of(program) - before[0], cpu_of(bare) - before[1]
    return pair


async def visits(program: Program, bare: Program, page: str, query: dict[str, str], times: int) -> Pair:
    """A page opened again and again in a tab of each."""
    ours, other = Tab(program.port), Tab(bare.port)
    await ours.open(page, **query)
    await other.open(page)

    async def visit(tab: Tab, asked: dict[str, str]) -> float:
        return (await tab.open(page, **asked)).seconds

    pair = await in_turn(program, bare, lambda _: visit(ours, query), lambda _: visit(other, {}), times)
    await ours.close()
    await other.close()
    return pair
