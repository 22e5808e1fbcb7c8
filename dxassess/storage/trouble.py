"""What a database driver raises → the error a person may meet. The only place that knows drivers' codes."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import exc

from dxassess.errors import (
    DatabaseAddressUnknown,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFolderMissing,
    DatabaseForeign,
    DatabaseReadOnly,
    DatabaseUnreachable,
    DiskFull,
    DxAssessError,
)

_SQLITE_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_SQLITE_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_SIGNS_OF_DAMAGE = (
    "Could not decode",
    "malformed",
    "no such column",
    "no such table",
    "unsupported file format",
)
_SQLITE_READ_ONLY = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)

_POSTGRESQL = {
    "55P03": DatabaseBusy,
    "57014": DatabaseBusy,
    "40001": DatabaseBusy,
    "40P01": DatabaseBusy,
    "53300": DatabaseBusy,
    "53100": DiskFull,
    "53200": DiskFull,
    "25006": DatabaseReadOnly,
    "42501": DatabaseReadOnly,
    "XX001": DatabaseDamaged,
    "XX002": DatabaseDamaged,
}

# The server stops, crashes, starts or drops the database; it ended a session that was idle; the connection broke.
_CONNECTION_GONE = ("57P", "25P03", "08")

_SYSTEM = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EACCES: DatabaseReadOnly,
    errno.EPERM: DatabaseReadOnly,
    errno.EROFS: DatabaseReadOnly,
    errno.ENOENT: DatabaseFolderMissing,
    errno.ENOTDIR: DatabaseFolderMissing,
    errno.ENAMETOOLONG: DatabaseAddressUnknown,
}


@contextmanager
def told_plainly(place: str, seconds: float) -> Iterator[None]:
    """Turn what drivers raise inside into errors of our tree; what nobody foresaw passes unchanged."""
    try:
        yield
    except exc.TimeoutError as error:
        raise DatabaseBusy(place=place, seconds=seconds) from error
    except exc.DBAPIError as error:
        told = _told(error.orig, place, seconds)
        if told is None:
            raise
        raise told from error
    except sqlite3.Error as error:
        told = _told(error, place, seconds)
        if told is None:
            raise
        raise told from error
    except UnicodeDecodeError as error:
        raise DatabaseDamaged(place=place) from error
    except OSError as error:
        known = _SYSTEM.get(error.errno or 0)
        if known is None:
            raise
        raise known(place=place) from error


def _told(error: BaseException | None, place: str, seconds: float) -> DxAssessError | None:
    if isinstance(error, sqlite3.Error):
        return _told_by_sqlite(error, place, seconds)
    return _told_by_postgresql(error, place, seconds)


def _told_by_sqlite(error: sqlite3.Error, place: str, seconds: float) -> DxAssessError | None:
    extended = getattr(error, "sqlite_errorcode", 0)
    code = extended & 0xFF
    if code in _SQLITE_BUSY:
        return DatabaseBusy(place=place, seconds=seconds)
    if code in _SQLITE_READ_ONLY:
        return DatabaseReadOnly(place=place)
    if code == sqlite3.SQLITE_CANTOPEN:
        return _cannot_open(place)
    if (
        extended in (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ)
        or code == sqlite3.SQLITE_CORRUPT
    ):
        return DatabaseDamaged(place=place)
    if code in _SQLITE_FULL:
        return DiskFull(place=place)
    if code == sqlite3.SQLITE_NOTADB:
        return DatabaseForeign(place=place)
    if any(sign in str(error) for sign in _SIGNS_OF_DAMAGE):
        return DatabaseDamaged(place=place)
    return None


def _cannot_open(place: str) -> DxAssessError:
    path = Path(place)
    if not path.parent.is_dir():
        return DatabaseFolderMissing(place=place)
    return DatabaseForeign(place=place) if path.is_dir() else DatabaseReadOnly(place=place)


def _told_by_postgresql(error: BaseException | None, place: str, seconds: float) -> DxAssessError | None:
    state = getattr(error, "sqlstate", None) or ""
    if state in _POSTGRESQL:
        known = _POSTGRESQL[state]
        return known(place=place, seconds=seconds) if known is DatabaseBusy else known(place=place)
    if state.startswith(_CONNECTION_GONE) or (not state and _is(error, "OperationalError", "InterfaceError")):
        return DatabaseUnreachable(place=place)
    if not state and _is(error, "ProgrammingError") and "connection option" in str(error):
        return DatabaseAddressUnknown(place=place)
    return None


def _is(error: BaseException | None, *names: str) -> bool:
    """Whether an error is of a driver's class with one of these names, or of one below it."""
    return any(kind.__name__ in names for kind in type(error).__mro__)
