"""Bring a database to the schema this program knows: in one transaction, after a backup, never backwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text

from dxassess.errors import DatabaseForeign, DatabaseNewer, DatabaseNotUtf8
from dxassess.storage.postgresql import Postgresql
from dxassess.storage.sqlite import APPLICATION_ID, Sqlite

HEAD = "0005"
FOLDER = Path(__file__).parent / "migrations"

_MIGRATION_LOCK = APPLICATION_ID
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()",
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a database says of itself: its version (None: empty), and whether it is one of ours or empty."""

    version: str | None
    ours: bool


def prepare(access: Sqlite | Postgresql, backups: Path | None, tell: Callable[[str], None]) -> None:
    """Make `access` ready for this program. `backups` is the folder for the copy made first; None: beside the file.

    `tell` is called with the code of a warning before a PostgreSQL database that holds something is migrated: there
    the copy is the server's business. Raises DatabaseNewer or DatabaseForeign before anything is touched.
    """
    if isinstance(access, Postgresql):
        _prepare_postgresql(access, tell)
        return
    if not access.exists() or _stamp_read(access).version != HEAD:
        _migrate_sqlite(access, backups)
    access.settle()


def _stamp_read(access: Sqlite | Postgresql) -> Stamp:
    with access.reading() as connection:
        return _checked(stamp(connection), access.place)


def _migrate_sqlite(access: Sqlite, backups: Path | None) -> None:
    with access.writing() as connection:
        found = _checked(stamp(connection), access.place)
        if found.version == HEAD:
            return
        if found.version is not None:
            access.backup(_backup_name(access.path, backups))
        _upgrade(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {int(HEAD)}")
    access.checkpoint()


def _prepare_postgresql(access: Postgresql, tell: Callable[[str], None]) -> None:
    _refuse_other_encodings(access)
    found = _stamp_read(access)
    if found.version == HEAD:
        return
    if found.version is not None:
        tell("postgresql_no_backup")
    with access.writing() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        if _checked(stamp(connection), access.place).version != HEAD:
            _upgrade(connection)


def _refuse_other_encodings(access: Postgresql) -> None:
    with access.reading() as connection:
        found = connection.execute(text("SHOW server_encoding")).scalar()
    if found != "UTF8":
        raise DatabaseNotUtf8(place=access.place, found=found)


def _checked(found: Stamp, place: str) -> Stamp:
    if not found.ours:
        raise DatabaseForeign(place=place)
    if found.version is not None and found.version > HEAD:
        raise DatabaseNewer(place=place, found=found.version, known=HEAD)
    return found


def stamp(connection: Connection) -> Stamp:
    """Read the version of a database without changing it."""
    tables = set(connection.execute(text(_TABLES[connection.dialect.name])).scalars())
    version = None
    if "alembic_version" in tables:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if connection.dialect.name == "sqlite":
        return _stamp_of_sqlite(connection, version, tables)
    return Stamp(version, not tables or (version is not None and version.isdigit()))


def _stamp_of_sqlite(connection: Connection, version: str | None, tables: set[str]) -> Stamp:
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    number = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
    if application != APPLICATION_ID:
        return Stamp(None, not application and not number and not tables)
    newest = max(version or "", f"{number:04d}")
    return Stamp(newest, True)


def _upgrade(connection: Connection) -> None:
    """Alembic is only imported when there is something to do: it would cost every start a fifth of a second."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def _backup_name(path: Path, backups: Path | None) -> Path:
    folder = backups or path.parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-before-{HEAD}.sqlite"
