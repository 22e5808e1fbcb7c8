"""SQLite, opened so that nothing acknowledged is lost: write-ahead log, full sync, one writer per process.

SQLite 3.7.0–3.51.2 can corrupt a file when two connections checkpoint while one writes. So one connection per process
writes, behind a lock, and does every checkpoint; readers cannot write and never checkpoint.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import WeakValueDictionary

from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event

from dxassess.errors import (
    DatabaseBusy,
    DatabaseForeign,
    DatabaseNewer,
    DatabaseReplaced,
    DxAssessError,
    SecondWriter,
    StorageError,
)
from dxassess.storage.backup import copy_database
from dxassess.storage.sameness import Files
from dxassess.storage.trouble import told_plainly

APPLICATION_ID = 0x44584153

_NO_RIGHTS = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)

_open_files: WeakValueDictionary[str, Sqlite] = WeakValueDictionary()
_open_files_lock = threading.Lock()


class Sqlite:
    """One SQLite file. `wait_seconds` is how long a save waits for other processes and threads together."""

    def __init__(self, path: Path, wait_seconds: float) -> None:
        self.path = Path(os.path.realpath(path))
        self.place = str(self.path)
        self.wait_seconds = wait_seconds
        self._claim()
        self._identity: tuple[int, int] | None = None
        self._version = 0
        self._files = Files(self.path)
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._patience: int | None = None
        self._glancing = threading.Lock()
        self._glancer: sqlite3.Connection | None = None
        self._writers = _engine(self._connect_writer, "BEGIN IMMEDIATE", NullPool)
        self._readers = _engine(self._connect_reader, "BEGIN", QueuePool, pool_size=16, max_overflow=-1)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database and cannot write."""
        with told_plainly(self.place, self.wait_seconds), self._readers.begin() as connection:
            yield connection

    def glance(self, question: str, key: bytes) -> int | None:
        """One number that `question` finds for `key`, as the database stands now; None when there is no such row.

        It goes past SQLAlchemy, on a connection of its own: a twentieth of the time of a transaction.
        """
        with told_plainly(self.place, self.wait_seconds), self._glancing:
            self._glancer = self._glancer or self._connect_reader()
            try:
                row = self._glancer.execute(question, (key,)).fetchone()
            except BaseException:
                self._drop_glancer()
                raise
        return None if row is None else int(row[0])

    def _drop_glancer(self) -> None:
        glancer, self._glancer = self._glancer, None
        if glancer is not None:
            glancer.close()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its first statement; whole or not at all.

        Raises DatabaseBusy, DatabaseReadOnly, DiskFull, DatabaseReplaced …; afterwards the next save starts afresh.
        """
        deadline = time.monotonic() + self.wait_seconds
        if not self._lock.acquire(timeout=self.wait_seconds):
            raise DatabaseBusy(place=self.place, seconds=self.wait_seconds)
        try:
            with told_plainly(self.place, self.wait_seconds):
                yield from self._transaction(deadline)
        finally:
            self._lock.release()

    def _transaction(self, deadline: float) -> Iterator[Connection]:
        try:
            self._refuse_replaced()
            connection = self._writer()
            self._wait_until(deadline, connection)
            with connection.begin():
                self._refuse_foreign(connection)
                yield connection
            self._remember()
        except DxAssessError:
            raise
        except BaseException:
            self._drop_writer()
            raise

    def _writer(self) -> Connection:
        if self._connection is None:
            self._connection = self._writers.connect()
            self._remember()
        return self._connection

    def _remember(self) -> None:
        """From `settle` on; before it the log need not be there."""
        if self._identity is None:
            return
        try:
            self._files.remember()
        except OSError:
            raise DatabaseReplaced(place=self.place) from None

    def _wait_until(self, deadline: float, connection: Connection) -> None:
        """Let the connection wait for other processes for what is left, in tenths of a second."""
        left = max(0, round((deadline - time.monotonic()) * 10)) * 100
        if left != self._patience:
            _raw(connection).execute(f"PRAGMA busy_timeout = {left}")
            self._patience = left

    def settle(self) -> None:
        """From here on this very file, in this version, is the database: each save looks whether it still is.

        The writer is opened now, so that it, and no reader, is the one who brings the log of a crash to an end. Foreign
        keys are looked at from now on: before, while it is migrated, a table may be made anew.
        """
        found = self.path.stat()
        self._identity = (found.st_dev, found.st_ino)
        with self.reading() as connection:
            self._version = _number(connection, "user_version")
        with self._lock, suppress(StorageError), told_plainly(self.place, self.wait_seconds):
            _raw(self._writer()).execute("PRAGMA foreign_keys = ON")
            self._remember()

    def _drop_writer(self) -> None:
        self._files.forget()
        connection, self._connection, self._patience = self._connection, None, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def _refuse_replaced(self) -> None:
        if self._identity is None:
            return
        try:
            found = self.path.stat()
        except OSError:
            raise DatabaseReplaced(place=self.place) from None
        if (found.st_dev, found.st_ino) != self._identity or not self._files.are_ours():
            raise DatabaseReplaced(place=self.place)

    def _refuse_foreign(self, connection: Connection) -> None:
        if self._identity is None:
            return
        version = _number(connection, "user_version")
        if _number(connection, "application_id") != APPLICATION_ID or version < self._version:
            raise DatabaseReplaced(place=self.place)
        if version > self._version:
            raise DatabaseNewer(place=self.place, found=f"{version:04d}", known=f"{self._version:04d}")

    def _claim(self) -> None:
        with _open_files_lock:
            if self.place in _open_files:
                raise SecondWriter(place=self.place)
            _open_files[self.place] = self

    def _connect_writer(self) -> sqlite3.Connection:
        mode = "rw" if self._identity else "rwc"
        connection = self._connect(mode)
        try:
            self._turn_on_log(connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA foreign_keys = {'ON' if self._identity else 'OFF'}")
            connection.execute("PRAGMA recursive_triggers = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _turn_on_log(self, connection: sqlite3.Connection) -> None:
        """Switching a new file to the log is refused at once while another process does the same: ask again."""
        deadline = time.monotonic() + self.wait_seconds
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def _connect_reader(self) -> sqlite3.Connection:
        try:
            return self._prepare_reader(self._connect("ro"))
        except sqlite3.OperationalError as error:
            if (
                error.sqlite_errorcode & 0xFF not in _NO_RIGHTS
                or not self.path.is_file()
                or self._log_is_needed()
            ):
                raise
            return self._prepare_reader(self._connect("ro&immutable=1"))

    def _log_is_needed(self) -> bool:
        log = Path(f"{self.place}-wal")
        return log.exists() and log.stat().st_size > 0

    def _prepare_reader(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        try:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _connect(self, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{self.path.as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=self.wait_seconds,
        )

    def checkpoint(self) -> None:
        """Bring everything from the log into the main file; what a busy reader still needs stays in the log."""
        with self._lock, told_plainly(self.place, self.wait_seconds):
            if self._connection is not None:
                _raw(self._connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                self._remember()

    def exists(self) -> bool:
        """Whether there is a file with anything in it; DatabaseForeign when a folder has its name."""
        with told_plainly(self.place, self.wait_seconds):
            if self.path.is_dir():
                raise DatabaseForeign(place=self.place)
            return self.path.exists() and (self.path.stat().st_size > 0 or Path(f"{self.place}-wal").exists())

    def backup(self, to: Path) -> None:
        """Write a consistent copy, also while others save; the file appears under its name only when whole."""
        with told_plainly(str(to), self.wait_seconds):
            source = self._connect_reader()
            try:
                copy_database(source, to)
            finally:
                source.close()

    def close(self) -> None:
        """Give the file back. Readers go first, so that the writer does the last checkpoint."""
        self._readers.dispose()
        with self._glancing:
            self._drop_glancer()
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()
            self._files.close()
        with _open_files_lock:
            if _open_files.get(self.place) is self:
                del _open_files[self.place]


def _engine(creator: object, begin: str, pool: type, **settings: object) -> Engine:
    engine = create_engine("sqlite://", creator=creator, poolclass=pool, hide_parameters=True, **settings)

    def emit(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", emit)
    return engine


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def _number(connection: Connection, pragma: str) -> int:
    (found,) = _raw(connection).execute(f"PRAGMA {pragma}").fetchone()
    return int(found)
