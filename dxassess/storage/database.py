"""A database, opened: its organisations, and a store for each."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import ArgumentError

from dxassess.assessment.model import Organisation
from dxassess.errors import DatabaseAddressUnknown, DatabaseDamaged, SqliteTooOld
from dxassess.storage import directory, rows
from dxassess.storage.bound import Clock, utc_now
from dxassess.storage.caches import Caches
from dxassess.storage.cautions import NEEDED, cautions
from dxassess.storage.migrate import prepare
from dxassess.storage.postgresql import Postgresql
from dxassess.storage.sqlite import Sqlite
from dxassess.storage.store import Store
from dxassess.storage.tokens import Token

CLOCK_ALLOWANCE = timedelta(minutes=5)

_POSTGRESQL = ("postgresql", "postgres")


class Database:
    """An open database. Make one with `open_database`, one per process; threads share it."""

    def __init__(self, access: Sqlite | Postgresql, warnings: tuple[str, ...]) -> None:
        self._access = access
        self._caches = Caches()
        self.warnings = warnings

    @property
    def place(self) -> str:
        """Path, or address without password."""
        return self._access.place

    def organisations(self, search: str = "", limit: int = 50) -> tuple[Organisation, ...]:
        """Organisations whose name contains `search` (whatever case or width), the most recently active first."""
        with self._access.reading() as connection, rows.readable(self.place):
            return directory.search(connection, search, limit)

    def create_organisation(
        self,
        name: str,
        industry: str,
        size: str,
        first_month: int,
        timezone: str = "Asia/Tokyo",
        sample: bool = False,
        now: Clock | None = None,
    ) -> Organisation:
        """A new organisation. `first_month` 1–12; `now` as for `store`. OrganisationNameMissing, OrganisationNameTaken."""
        wanted = Organisation("", name, industry, size, first_month, timezone, sample)
        with self._access.writing() as connection:
            return directory.create(connection, now() if now else utc_now(), self.place, wanted)

    def store(self, organisation_id: str, now: Clock | None = None) -> Store:
        """What one organisation keeps; `now` gives the moment written with everything (UTC). OrganisationUnknown."""
        return Store(self._access, self._caches, self.organisation(organisation_id).id, now)

    def organisation(self, organisation_id: str) -> Organisation:
        """One organisation as it is now. OrganisationUnknown."""
        return Store(self._access, self._caches, organisation_id).organisation

    def store_of(self, organisation: Organisation) -> Store:
        """What an organisation that was just read keeps; nothing is read again."""
        return Store(self._access, self._caches, organisation.id)

    def store_at(self, token: Token) -> Store:
        """What the organisation a token names keeps; nothing is read. Where there is none, no token is known either."""
        return Store(self._access, self._caches, token.organisation)

    def backup(self, to: Path) -> None:
        """Write a consistent copy to the file `to`, also while others save. BackupElsewhere on PostgreSQL."""
        self._access.backup(to)

    def quick_check(self) -> None:
        """Look through the whole file for damage (about 0.4 s per million answers). DatabaseDamaged."""
        with self._access.reading() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT 1"))
            elif connection.execute(text("PRAGMA quick_check(1)")).scalar() != "ok":
                raise DatabaseDamaged(place=self.place)

    def close(self) -> None:
        """Give the database back."""
        self._access.close()


def _silent(code: str) -> None:
    """Tell nobody."""


def open_database(
    url: str,
    *,
    backups: Path | None = None,
    wait_seconds: float = 5,
    tell: Callable[[str], None] = _silent,
) -> Database:
    """Open a database, creating or migrating it first.

    `url` is a path, `sqlite:///path` or `postgresql://…`. `backups` is the folder for the copy made before a migration;
    `tell` hears the code of a warning when none is made. `wait_seconds` is how long a save waits for other processes.
    Raises any StorageError.
    """
    access = _access(url, wait_seconds)
    try:
        prepare(access, backups, tell)
        return Database(access, _cautions(access))
    except BaseException:
        access.close()
        raise


def _cautions(access: Sqlite | Postgresql) -> tuple[str, ...]:
    """Codes of what to warn of, those of the machine first."""
    found = cautions(access.path) if isinstance(access, Sqlite) else ()
    with access.reading() as connection, suppress(ValueError):
        newest = directory.newest_activity(connection)
        if newest is not None and newest - utc_now() > CLOCK_ALLOWANCE:
            found = (*found, "clock_behind")
    return found


def _access(url: str, wait_seconds: float) -> Sqlite | Postgresql:
    scheme, separator, _ = url.partition("://")
    if separator and scheme.split("+", maxsplit=1)[0] in _POSTGRESQL:
        return Postgresql(_address(url), wait_seconds)
    path = url.removeprefix("sqlite:///")
    if "://" in path:
        raise DatabaseAddressUnknown(place=_without_password(url))
    if sqlite3.sqlite_version_info < NEEDED:
        needed = ".".join(str(number) for number in NEEDED)
        raise SqliteTooOld(place=path, found=sqlite3.sqlite_version, needed=needed)
    return Sqlite(Path(path), wait_seconds)


def _address(url: str) -> URL:
    try:
        return make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise DatabaseAddressUnknown(place=_without_password(url)) from None


def _without_password(url: str) -> str:
    """An address that could not be taken apart, with nothing of what stands before its host."""
    return re.sub("://.*@", "://…@", url, flags=re.DOTALL)
