"""Published averages that stand beside a node's value. There is none per indicator, so none is ever derived."""

from __future__ import annotations

from dxassess.catalogue.model import Edition, PublishedAverage


def all_of(edition: Edition, node: str) -> tuple[PublishedAverage, ...]:
    """Every published average of a node, oldest year first; within a year in the order of the file."""
    averages = edition.benchmarks.averages if edition.benchmarks else ()
    return tuple(
        sorted((average for average in averages if average.of == node), key=lambda average: average.year)
    )


def latest(edition: Edition, node: str, group: str = "all") -> PublishedAverage | None:
    """The newest published average of a node for a group of organisations; None where nothing was published."""
    return next((average for average in reversed(all_of(edition, node)) if average.group == group), None)
