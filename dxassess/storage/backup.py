"""A copy of an SQLite database by the backup API: consistent while others save, and whole or absent."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path


def copy_database(source: sqlite3.Connection, to: Path) -> None:
    """Copy `source` to the file `to`, replacing it in one step. Raises sqlite3.Error or OSError; `to` is then as before."""
    partial = to.with_name(f"{to.name}.{os.getpid()}.partial")
    try:
        _write(source, partial)
        _sync(partial)
        partial.replace(to)
        _sync(to.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _write(source: sqlite3.Connection, partial: Path) -> None:
    partial.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(partial, isolation_level=None)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()


def _sync(path: Path) -> None:
    """Ask the disk to keep what was written. Folders cannot be asked on Windows."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
