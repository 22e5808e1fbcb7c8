"""What a workbook holds, as plain values: texts, numbers, dates, and what is none of these, by coordinate."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

LETTERS = 26
Place = tuple[int, int]
"""Row and column, both from 1."""
Span = tuple[int, int, int, int]
"""First row, first column, last row, last column; all from 1."""
Plain = str | int | float | bool | datetime


class Refused(Exception):
    """A workbook that is not read. `code` names the sentence `workbook.<code>`, `values` fill it."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody hands it in, or takes it away: what it is called, and its bytes."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, 64 hex digits."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that is computed. `shows` is what it came to when the file was saved; None when that was not kept."""

    shows: Plain | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that holds no value: `#N/A`, or a number that is none (`nan`). `text` is what stands there."""

    text: str


Cell = Plain | Formula | Fault


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: every cell that holds something, the areas that are merged, and which rows and columns are hidden.

    Row and column count from 1.
    """

    name: str
    hidden: bool
    cells: Mapping[Place, Cell]
    merged: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that was read. `digest` is the SHA-256 of the file, 64 hex digits."""

    file: str
    digest: str
    grids: tuple[Grid, ...]


def address(place: Place) -> str:
    """A cell as people call it: row 5, column 3 is `C5`."""
    row, column = place
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
