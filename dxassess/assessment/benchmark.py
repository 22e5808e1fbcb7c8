"""Published averages that stand beside a node's value. There is none per indicator, so none is ever derived."""

from __future__ import annotations

from dataclasses import dataclass

from dxassess.catalogue.benchmarks import Benchmarks
from dxassess.catalogue.model import PublishedAverage

EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Beside:
    """The published average that stands beside an organisation's value, and `wanted`, the group (by id) nearest to its size."""

    average: PublishedAverage
    wanted: str

    @property
    def stands_in(self) -> bool:
        """Nothing was published for the nearest group; another stands in for it."""
        return self.average.group != self.wanted


def beside(benchmarks: Benchmarks | None, node: str, size: str) -> Beside | None:
    """The newest published mean of a node for the group nearest to a size, else for the next; None where nothing was published."""
    if benchmarks is None:
        return None
    groups = groups_for(benchmarks, size)
    found = (latest(benchmarks, node, group) for group in groups)
    return next((Beside(average, groups[0]) for average in found if average), None)


def groups_for(benchmarks: Benchmarks, size: str) -> tuple[str, ...]:
    """The groups (by id) for a size of organisation, the nearest first: all who submitted where the file names none."""
    return next((each.groups for each in benchmarks.comparable if size in each.sizes), (EVERYBODY,))


def latest(benchmarks: Benchmarks, node: str, group: str) -> PublishedAverage | None:
    """The newest published mean of a node for a group; None where there is none."""
    known = [
        each
        for each in benchmarks.averages
        if each.of == node and each.group == group and each.current_mean is not None
    ]
    return max(known, key=lambda each: each.year, default=None)


def in_order(benchmarks: Benchmarks, node: str) -> tuple[PublishedAverage, ...]:
    """Every published mean of a node, the newest year first; within a year in the order of the file."""
    known = [each for each in benchmarks.averages if each.of == node and each.current_mean is not None]
    return tuple(sorted(known, key=lambda each: -each.year))
