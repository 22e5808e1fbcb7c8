"""The sections items belong to: named in columns of their own, carried down from the cell that names them, or in rows of their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dxassess.exchange.form_sheet import Sheet


class Carried:
    """Sections in columns, from the widest to the narrowest.

    A blank cell says what the cell above says, as long as no wider section begins; where areas are merged downward a blank
    cell outside of them is blank, except in the widest column.
    """

    def __init__(self, sheet: Sheet, columns: Sequence[int], rows: Sequence[int]) -> None:
        self._sheet = sheet
        self._columns = tuple(columns)
        self._names = [""] * len(columns)
        first, last = (rows[0], rows[-1]) if rows else (0, 0)
        self._merged = [sheet.is_merged_down(column, first, last) for column in columns]

    def at(self, row: int) -> tuple[str, ...]:
        """The sections a row belongs to; rows are asked from above."""
        for depth, column in enumerate(self._columns):
            text = " ".join(self._sheet.text(row, column).split())
            if text and text != self._names[depth]:
                self._names[depth] = text
                self._names[depth + 1 :] = [""] * (len(self._columns) - depth - 1)
            elif not text and depth and self._merged[depth] and self._sheet.span(row, column) is None:
                self._names[depth] = ""
        return tuple(name for name in self._names if name)

    def is_only(self, own: Mapping[int, str]) -> bool:
        """Whether nothing else stands in a row than names of sections, in their own cells."""
        return bool(own) and all(column in self._columns for column in own)


class Headings:
    """Sections in rows of their own. Two such rows in succession are a wider and a narrower one."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self.open: list[tuple[int, str]] = []
        """Rows that no item has followed yet."""

    def add(self, row: int, text: str) -> None:
        """A row that names a section."""
        self.open.append((row, " ".join(text.split())))

    def path(self) -> tuple[str, ...]:
        """The sections of an item that stands here."""
        names = [name for _, name in self.open]
        if len(names) == 1 and len(self._path) > 1:
            self._path = [*self._path[:-1], *names]
        elif names:
            self._path = names[-2:]
        self.open.clear()
        return tuple(self._path)


def numbers_of(paths: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """The first sections by their place from 1, by path."""
    first = list(dict.fromkeys(path[:1] for path in paths if path))
    return {path: first.index(path[:1]) + 1 if path else 0 for path in paths}


def places_of(paths: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """The way to each section as a number, `1-2` for the second section of the first, by path."""
    inside: dict[tuple[str, ...], list[str]] = {}
    for path in paths:
        for depth, name in enumerate(path):
            names = inside.setdefault(path[:depth], [])
            if name not in names:
                names.append(name)
    return {
        path: "-".join(str(inside[path[:depth]].index(name) + 1) for depth, name in enumerate(path))
        for path in paths
    }


@dataclass(frozen=True, slots=True)
class Stands:
    """Where an item stands: its sheet, its sections there, and whether it is scored or measured."""

    sheet: str
    path: tuple[str, ...]
    kind: str


def numbered_paths(items: Sequence[Stands]) -> list[tuple[str, ...]]:
    """The sections of the items; before them the sheet, where several sheets would run into each other."""
    tops: dict[str, set[str]] = {}
    for item in items:
        tops.setdefault(item.sheet, set()).update(item.path[:1] or ("",))
    names = [name for each in tops.values() for name in each]
    alone = len(tops) < 2 or (len(names) == len(set(names)) and "" not in names)
    return [item.path if alone else (item.sheet, *item.path) for item in items]


def shown_paths(items: Sequence[Stands]) -> list[tuple[str, ...]]:
    """The same, but where all that is scored stands on one sheet and all that is measured on another neither is called by its sheet."""
    sheets: dict[str, set[str]] = {}
    for item in items:
        sheets.setdefault(item.kind, set()).add(item.sheet)
    if len(sheets) == 2 and all(len(names) == 1 for names in sheets.values()):
        return [item.path for item in items]
    return numbered_paths(items)
