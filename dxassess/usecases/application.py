"""What every use case works with: the database, the catalogues, the clock; and the numbers of closed rounds, kept once."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar

from dxassess.assessment.model import Round
from dxassess.catalogue.cases import Cases, read_cases
from dxassess.catalogue.load import load_catalogues
from dxassess.catalogue.model import Edition
from dxassess.errors import CatalogueProblems, EditionUnknown
from dxassess.settings import Settings, data_folder
from dxassess.storage import Database, Store, open_database
from dxassess.text import Words
from dxassess.usecases.shelf import Shelf

Kept = TypeVar("Kept")


class ClosedNumbers:
    """Results of closed rounds, computed once per process. A key holds organisation, round and the round's version."""

    def __init__(self, limit: int = 2000) -> None:
        self._limit = limit
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, object] = OrderedDict()

    def get(self, key: Hashable, compute: Callable[[], Kept]) -> Kept:
        """The kept value of `key`, or what `compute` gives now; errors are not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]
        value = compute()
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)
        return value


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Application:
    """The running program. `now` is the only clock of the use cases."""

    settings: Settings
    database: Database
    editions: Mapping[str, Edition]
    cases: Cases | None = None
    now: Callable[[], datetime] = _utc_now
    closed: ClosedNumbers = field(default_factory=ClosedNumbers)

    def edition(self, edition_id: str) -> Edition:
        """The newest edition of that id, shipped or imported. Raises EditionUnknown."""
        if edition_id not in self.editions:
            raise EditionUnknown(edition=edition_id, known=sorted(self.editions))
        return self.editions[edition_id]


def open_application(settings: Settings) -> Application:
    """Read the catalogues and open the database. Raises CatalogueProblems (of the shipped ones) or a StorageError.

    The folder for this user's data is made when it is missing; a folder somebody names must be there. What has to be
    known before a database is migrated goes to standard error.
    """
    words = Words("en" if settings.language == "en" else "ja")

    def tell(code: str) -> None:
        print(words(f"common.warning.{code}"), file=sys.stderr, flush=True)

    editions = Shelf(load_catalogues(settings.catalogues), settings.own_catalogues)
    for problem in editions.problems:
        print(words.problem(problem), file=sys.stderr, flush=True)
    cases, problems = read_cases(settings.catalogues, editions.shipped)
    if problems:
        raise CatalogueProblems(problems, folder=str(settings.catalogues))
    if Path(settings.database_url).parent == data_folder():
        with suppress(OSError):  # opening says it better
            data_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    database = open_database(settings.database_url, backups=settings.backups, tell=tell)
    return Application(settings, database, editions, cases)


def edition_of(store: Store, held: Round) -> Edition:
    """The edition as people saw it when the round started; the folder of today may differ or be gone."""
    return store.edition(held.edition_hash)
