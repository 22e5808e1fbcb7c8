"""What was read of one edition's folder, and what several rules ask of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dxassess.catalogue.fields import Sheet, V
from dxassess.catalogue.model import Benchmarks, EditionHead, Indicator, Option
from dxassess.catalogue.values import IDENT
from dxassess.errors import Problem
from dxassess.yamlfile import Place

_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)

Head = Sheet[EditionHead]


@dataclass(frozen=True, slots=True)
class Folder:
    """What could be read of one edition's folder. `unread` holds the names of indicator files that could not."""

    id: str
    head: Head | None
    indicators: tuple[Sheet[Indicator], ...]
    benchmarks: Sheet[Benchmarks] | None
    unread: frozenset[str] = frozenset()

    @property
    def can_be_an_id(self) -> bool:
        """Is the folder called as an edition may be? Otherwise nothing in it can agree with its name."""
        return re.match(IDENT, self.id) is not None and not is_reserved(self.id)


def is_reserved(name: str) -> bool:
    """True for names some computers cannot store as a file: `con`, `nul.x`, `a..b`, `a.`."""
    return name.split(".", maxsplit=1)[0].lower() in _DEVICES or ".." in name or name.endswith(".")


def options_once(sheet: Sheet[V], place: Place, options: Iterable[Option]) -> Iterator[Problem]:
    """No two options of one list share an id; `place` is where the list stands in the file."""
    return option_ids_once(sheet, place, [option.id for option in options])


def option_ids_once(sheet: Sheet[V], place: Place, ids: Iterable[str]) -> Iterator[Problem]:
    """As `options_once`, for the ids alone."""
    first: dict[str, int] = {}
    for number, name in enumerate(ids):
        line = sheet.document.line((*place, number))
        if name in first:
            yield sheet.problem("option_twice", *place, number, id=name, first=first[name])
        first.setdefault(name, line)


def words_once(sheet: Sheet[V], place: Place, options: Sequence[Option]) -> Iterator[Problem]:
    """No two options people pick from read alike, in neither language: a list knows them by their words."""
    for language in ("ja", "en"):
        first: dict[str, str] = {}
        for number, option in enumerate(options):
            said = unicodedata.normalize("NFKC", getattr(option, language)).strip().casefold()
            other = first.setdefault(said, option.id)
            if other != option.id:
                values = {"id": option.id, "other": other, "language": language}
                yield sheet.problem("option_alike", *place, number, language, **values)


def named_once(sheet: Sheet[V], place: Place, names: Iterable[str]) -> Iterator[Problem]:
    """No name stands twice in one list; `place` is where the list stands in the file."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield sheet.problem("named_twice", *place, number, name=name)
        seen.add(name)
