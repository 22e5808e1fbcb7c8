"""An event loop for the visitors of a test."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Found = TypeVar("Found")


def run(visits: Coroutine[Any, Any, Found]) -> Found:
    """What the visits give, from a loop in a thread of its own: a browser of an earlier test may hold one in this thread."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        return aside.submit(asyncio.run, visits).result()
