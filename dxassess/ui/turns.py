"""Scripts take turns: of the many that forty clicks in the same instant start, two run and the others wait.

They could not run faster together, because Python runs one at a time; but the more of them want to, the longer the
server's own thread waits to send what is ready. Who has told a person that an answer is kept gives way to those who have
not yet: forty people then read "saved" before the first page is drawn to its end.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

PLACES = 2
PATIENCE = 0.5
FIRST, LATER = 0, 1


class Places:
    """So many places; a free one goes to whoever has waited longest, first of rank `FIRST`, then of rank `LATER`."""

    def __init__(self, count: int) -> None:
        self._free = count
        self._lock = threading.Lock()
        self._queues: tuple[deque[threading.Event], ...] = (deque(), deque())

    def take(self, rank: int, patience: float) -> bool:
        """Wait for a place, `patience` seconds at most. Whether there is one."""
        called = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            self._queues[rank].append(called)
        if called.wait(patience):
            return True
        with self._lock:
            if called.is_set():
                return True
            self._queues[rank].remove(called)
            return False

    def give(self) -> None:
        """Leave a place to the next."""
        with self._lock:
            for queue in self._queues:
                if queue:
                    queue.popleft().set()
                    return
            self._free += 1

    def is_wanted(self, rank: int) -> bool:
        """Whether somebody of this rank waits."""
        return bool(self._queues[rank])


_places = Places(PLACES)
_mine = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Run what is inside when a place is free, after `PATIENCE` seconds at the latest; inside a turn at once.

    Nobody waits longer than that for somebody who waits for a locked database.
    """
    if getattr(_mine, "is_inside", False):
        yield
        return
    _mine.is_inside, _mine.has_place = True, _places.take(FIRST, PATIENCE)
    try:
        yield
    finally:
        _mine.is_inside = False
        _leave()


def give_way() -> None:
    """Inside a turn: let those go first who have not come to this point yet, for `PATIENCE` seconds at most."""
    if getattr(_mine, "has_place", False) and _places.is_wanted(FIRST):
        _leave()
        _mine.has_place = _places.take(LATER, PATIENCE)


def _leave() -> None:
    if _mine.has_place:
        _mine.has_place = False
        _places.give()
