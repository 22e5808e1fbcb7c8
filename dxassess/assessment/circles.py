"""What needs itself: a way along what each one needs that comes back to where it began."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping


def way(start: str, goal: str, needs: Mapping[str, Collection[str]]) -> list[str] | None:
    """The way from one along what it needs to the goal, the goal left out; None where there is none."""
    reached: dict[str, str] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for need in sorted(needs.get(here, ())):
            if need == goal:
                return list(_back(here, reached))[::-1]
            if need != start and need not in reached:
                reached[need] = here
                waiting.append(need)
    return None


def _back(here: str, reached: Mapping[str, str]) -> Iterator[str]:
    yield here
    while here in reached:
        here = reached[here]
        yield here
