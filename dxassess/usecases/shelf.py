"""The editions at hand: the shipped ones, and those somebody imported, read anew when their folder has changed.

What is broken or called like a shipped one is left out and told; it keeps nothing else from working.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

from dxassess.catalogue.load import check
from dxassess.catalogue.model import Edition
from dxassess.catalogue.write import mended
from dxassess.errors import Problem, reason_of


class Shelf(Mapping[str, Edition]):
    """Editions by id. `own` is the folder of the imported ones; it need not be there."""

    def __init__(self, shipped: Mapping[str, Edition], own: Path | None = None) -> None:
        self.shipped = dict(shipped)
        self.folder = own
        self._lock = Lock()
        self._stamp: int | None = None
        self._found = dict(shipped)
        self._problems: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why imported editions were left out."""
        self._look()
        return self._problems

    @property
    def own(self) -> dict[str, Edition]:
        """The imported editions."""
        return {known: each for known, each in self._look().items() if known not in self.shipped}

    def __getitem__(self, edition: str) -> Edition:
        return self._look()[edition]

    def __iter__(self) -> Iterator[str]:
        return iter(self._look())

    def __len__(self) -> int:
        return len(self._look())

    def reload(self) -> None:
        """Read the folder at the next look, whatever it says of itself."""
        self._stamp = None

    def _look(self) -> dict[str, Edition]:
        stamp = _stamp(self.folder)
        if stamp != self._stamp:
            with self._lock:
                if stamp != self._stamp:
                    self._read()
                    self._stamp = stamp
        return self._found

    def _read(self) -> None:
        assert self.folder
        found, problems = dict[str, Edition](), list[Problem]()
        try:
            if self.folder.is_dir():
                mended(self.folder)
                found, problems = _editions(self.folder)
        except OSError as error:
            found = {}
            problems = [Problem("folder_unreadable", str(self.folder), 0, {"reason": reason_of(error)})]
        taken = [known for known in found if known in self.shipped]
        problems += [
            Problem("edition_shipped", str(self.folder / known), 0, {"id": known}) for known in taken
        ]
        self._problems = tuple(problems)
        self._found = {**found, **self.shipped}


def _editions(folder: Path) -> tuple[dict[str, Edition], list[Problem]]:
    """Each folder for itself; an empty one beside them is nothing to complain about."""
    found: dict[str, Edition] = {}
    problems: list[Problem] = []
    for place in sorted(folder.iterdir()):
        if place.is_dir() and not place.name.startswith("."):
            editions, wrong = check(place)
            found.update(editions)
            problems += wrong
    return found, problems


def _stamp(folder: Path | None) -> int | None:
    """When the folder was last changed: replacing an edition changes it. None without a folder."""
    if folder is None:
        return None
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0
