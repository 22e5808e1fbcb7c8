"""How often a guess may be wrong: so many times a minute from one place, and so many from all places together."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

MINUTE = 60.0
PLACES = 1024


class Attempts:
    """Wrong guesses of the last minute or two. Belongs to the event loop: no locks."""

    def __init__(self, each: int, all_: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._each, self._all, self._clock = each, all_, clock
        self._wrong: OrderedDict[str, int] = OrderedDict()
        self._total = 0
        self._until = clock() + MINUTE

    def too_many(self, place: str) -> bool:
        """Count one wrong guess from an address; True when that was one too many. At most `PLACES` are remembered."""
        if self._clock() >= self._until:
            self._wrong.clear()
            self._total, self._until = 0, self._clock() + MINUTE
        near = neighbourhood(place)
        self._total += 1
        self._wrong[near] = self._wrong.pop(near, 0) + 1
        if len(self._wrong) > PLACES:
            self._wrong.popitem(last=False)
        return self._wrong[near] > self._each or self._total > self._all


def neighbourhood(place: str) -> str:
    """An IPv4 address as it is; of an IPv6 address the part that one household or office shares."""
    try:
        address = ipaddress.ip_address(place)
    except ValueError:
        return place
    if isinstance(address, ipaddress.IPv4Address):
        return place
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))
