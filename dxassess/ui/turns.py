"""Scripts take turns: of the many that forty clicks in the same instant start, two run and the others wait.

They could not run faster together, because Python runs one at a time; but the more of them want to, the longer the
server's own thread waits to send what is ready.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

PLACES = 2
PATIENCE = 0.5

_places = threading.BoundedSemaphore(PLACES)
_mine = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Run what is inside when a place is free, after `PATIENCE` seconds at the latest; inside a turn at once.

    Nobody waits longer than that for somebody who waits for a locked database.
    """
    if getattr(_mine, "has_one", False):
        yield
        return
    free = _places.acquire(timeout=PATIENCE)
    _mine.has_one = True
    try:
        yield
    finally:
        _mine.has_one = False
        if free:
            _places.release()
