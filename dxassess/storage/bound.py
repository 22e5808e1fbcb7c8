"""What every store stands on: an access, the caches, one organisation; transactions that carry its id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from dxassess.storage import rows
from dxassess.storage.caches import Caches, Read
from dxassess.storage.postgresql import Postgresql
from dxassess.storage.scope import COUNTER, Scope
from dxassess.storage.sqlite import Sqlite

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The moment written with everything; order never depends on it."""
    return datetime.now(UTC)


class Bound:
    """Bound to one organisation, whose id every query carries. `now` gives the moment that is written (UTC)."""

    def __init__(
        self, access: Sqlite | Postgresql, caches: Caches, organisation: str, now: Clock | None = None
    ) -> None:
        self._access = access
        self._caches = caches
        self._organisation = organisation
        self._clock = now

    def _now(self) -> datetime:
        return self._clock() if self._clock else utc_now()

    @contextmanager
    def _reading(self) -> Iterator[Scope]:
        with self._access.reading() as connection, rows.readable(self._access.place):
            yield Scope(connection, self._organisation, self._now(), self._access.place)

    @contextmanager
    def _writing(self) -> Iterator[Scope]:
        least = self._caches.acknowledged(self._organisation)
        with self._access.writing() as connection:
            scope = Scope(connection, self._organisation, self._now(), self._access.place, least)
            yield scope
        self._caches.acknowledge(self._organisation, scope.reached)

    def _recalled(self, name: str, read: Callable[[Scope], Read]) -> Read:
        known = self._caches.recall(self._organisation, [name], self._counter)
        if known is not None:
            found: Read = known[0]
            return found
        with self._reading() as scope:
            return self._caches.remember(scope, name, read)

    def _counter(self) -> int | None:
        """The organisation's counter now, by one small question; None where nothing is won by asking outside a transaction."""
        return self._access.glance(COUNTER, bytes.fromhex(self._organisation))
