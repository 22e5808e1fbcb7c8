"""PostgreSQL behind the same two doors as SQLite: one for reading a moment, one for writing whole transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine

from dxassess.errors import BackupElsewhere
from dxassess.storage.trouble import told_plainly


class Postgresql:
    """One PostgreSQL database. `wait_seconds` bounds connecting and waiting for locks."""

    def __init__(self, url: URL, wait_seconds: float) -> None:
        self.place = url.set(drivername="postgresql", password=None, query={}).render_as_string()
        self.wait_seconds = wait_seconds
        self._writers = self._engine(url, isolation_level="READ COMMITTED")
        self._readers = self._engine(url, isolation_level="REPEATABLE READ")
        self._readers = self._readers.execution_options(postgresql_readonly=True)

    def _engine(self, url: URL, isolation_level: str) -> Engine:
        wait = max(1, round(self.wait_seconds))
        return create_engine(
            url,
            isolation_level=isolation_level,
            poolclass=QueuePool,
            pool_size=8,
            max_overflow=8,
            pool_timeout=self.wait_seconds,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={
                "connect_timeout": max(2, wait),
                "options": f"-c lock_timeout={int(self.wait_seconds * 1000)} -c client_encoding=UTF8",
            },
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database and cannot write."""
        with told_plainly(self.place, self.wait_seconds), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction; whole or not at all. The organisation's counter is what writers queue for."""
        with told_plainly(self.place, self.wait_seconds), self._writers.begin() as connection:
            yield connection

    def glance(self, _question: str, _key: bytes) -> None:
        """Nothing: a question of its own would cost as much as the transaction it saves."""

    def backup(self, to: Path) -> None:
        """PostgreSQL has its own tools for this: BackupElsewhere says so."""
        raise BackupElsewhere(place=self.place)

    def close(self) -> None:
        """Give all connections back."""
        self._readers.dispose()
        self._writers.dispose()
