"""Whether the files under a running program are still the ones it opened and wrote itself.

SQLite does not look: when its file is replaced, emptied or written over, or its log deleted, it goes on from its cache,
and what it acknowledges is lost or lies in a file that nobody can read any more. So each save looks at two things:

- the file, its log (`-wal`) and the log's index (`-shm`) are the ones that were opened;
- nothing but a checkpoint wrote the file. A checkpoint of another process shows in the log's index, which says which
  log it is and how much of it was brought into the file (sqlite.org/walformat.html, 2.1 and 2.2).
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

INDEX_BYTES = 100
LOG_SALT = slice(32, 40)
BROUGHT_IN = slice(96, 100)
CHECKPOINT_SECONDS = 2.0
LOOK_EVERY = 0.01

Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of the files: which they are, when and how long the main one was written, how far its log was brought in."""

    which: tuple[Identity, ...]
    written: tuple[int, int]
    brought_in: bytes


class Files:
    """The files of one database while it is open. On Windows only which files they are is looked at."""

    def __init__(self, path: Path) -> None:
        self._paths = (path, Path(f"{path}-wal"), Path(f"{path}-shm"))
        self._indexes: dict[Identity, int] = {}
        self._seen: Look | None = None

    def remember(self) -> None:
        """After a transaction of our own: this is how we left them. FileNotFoundError when they are no longer the same."""
        now = self._look()
        if self._seen is not None and now.which != self._seen.which:
            raise FileNotFoundError(self._paths[0])
        self._seen = now

    def forget(self) -> None:
        """The writer was closed; its log may be another one when it opens again."""
        self._seen = None

    def are_ours(self) -> bool:
        """Whether they are as we left them, or as a checkpoint made them since. True where nothing is remembered."""
        until = time.monotonic() + CHECKPOINT_SECONDS
        while self._seen is not None:
            try:
                now = self._look()
            except OSError:
                return False
            if now.which != self._seen.which:
                return False
            if now.written == self._seen.written or now.brought_in != self._seen.brought_in:
                return True
            if time.monotonic() > until:
                return False
            time.sleep(LOOK_EVERY)  # a checkpoint writes the file first and the index after it
        return True

    def close(self) -> None:
        """For when no connection is open any more: closing a file gives up every lock the process holds on it."""
        while self._indexes:
            os.close(self._indexes.popitem()[1])
        self._seen = None

    def _look(self) -> Look:
        found = [path.stat() for path in self._paths]
        which = tuple((each.st_dev, each.st_ino) for each in found)
        if os.name == "nt":
            return Look(which, (0, 0), b"")
        index = os.pread(self._index(which[2]), INDEX_BYTES, 0)
        return Look(which, (found[0].st_mtime_ns, found[0].st_size), index[LOG_SALT] + index[BROUGHT_IN])

    def _index(self, identity: Identity) -> int:
        """The log's index, open for reading. It stays open: see `close`."""
        if identity not in self._indexes:
            self._indexes[identity] = os.open(self._paths[2], os.O_RDONLY)
        return self._indexes[identity]
