"""What may go wrong with a database. Values of every class: place (path, or address without password)."""

from __future__ import annotations

from dxassess.errors.base import DxAssessError


class StorageError(DxAssessError):
    """The database cannot do what was asked."""


class DatabaseBusy(StorageError):
    """Locked by another process for longer than the wait. values: place, seconds."""


class DatabaseReadOnly(StorageError):
    """File or folder may not be written. values: place."""


class DiskFull(StorageError):
    """values: place."""


class DatabaseFolderMissing(StorageError):
    """values: place."""


class DatabaseUnreachable(StorageError):
    """values: place."""


class DatabaseNewer(StorageError):
    """Written by a newer version of the program. values: place, found, known."""


class DatabaseForeign(StorageError):
    """The file is a database of another program, or no database. values: place."""


class DatabaseReplaced(StorageError):
    """The database was replaced, overwritten, put back to an older state or deleted under the running program. values: place."""


class DatabaseDamaged(StorageError):
    """values: place."""


class SecondWriter(StorageError):
    """A process keeps exactly one writer per database. values: place."""


class SqliteTooOld(StorageError):
    """The SQLite library that came with Python lacks what the tables need. values: place, found, needed."""


class BackupElsewhere(StorageError):
    """PostgreSQL is backed up with its own tools. values: place."""


class DatabaseAddressUnknown(StorageError):
    """What was named is neither a file nor an address of PostgreSQL. values: place."""


class DatabaseNotUtf8(StorageError):
    """A PostgreSQL database that cannot hold every character, or holds any bytes. values: place, found."""
