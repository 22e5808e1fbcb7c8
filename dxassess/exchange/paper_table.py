"""Finding the table of a ballot in a workbook: by the words in its headings and the numbers of its rows, never by address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from dxassess.catalogue.model import Edition, Indicator
from dxassess.errors import Problem
from dxassess.exchange.cells import codes_behind_date, folded, numbered
from dxassess.exchange.workbook.values import Cell, Grid, Place, Workbook, address
from dxassess.text import sentences

READ = ("number", "name", "answer", "target", "reason", "evidence", "comment")
FILLED_IN = READ[2:]
SHORT = 60
"""A longer text is no heading, and not blank."""
SIGNIFICANT = ("number", "answer")
"""A row that has both headings is the header."""


class NotThere(Exception):
    """Something a ballot needs is not found, or twice. `code` names the sentence `paper.<code>`, `values` fill it."""

    def __init__(self, code: str, cell: str = "", **values: object) -> None:
        super().__init__(code, cell, values)
        self.code = code
        self.cell = cell
        self.values = values

    def problem(self, file: str) -> Problem:
        """As a problem of a file."""
        return Problem(f"paper.{self.code}", file, values=self.values, cell=self.cell)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a header: in which row it stands, and which column is which."""

    grid: Grid
    header: int
    columns: Mapping[str, int]

    def place(self, row: int, name: str) -> Place:
        """Where the cell of a row and a column stands."""
        return row, self.columns[name]

    def cell(self, row: int, name: str) -> Cell | None:
        """What it holds; None for a blank one, also one of nothing but blanks."""
        value = self.grid.cells.get(self.place(row, name))
        return None if isinstance(value, str) and len(value) <= SHORT and not folded(value) else value

    def rows(self) -> Iterator[int]:
        """The rows below the header that hold anything in the columns of the table."""
        columns = set(self.columns.values())
        held = {row for row, column in self.grid.cells if column in columns and row > self.header}
        return iter(sorted(held))

    def is_filled_in(self, row: int) -> bool:
        """Whether somebody answered anything in this row."""
        return any(self.cell(row, name) is not None for name in FILLED_IN)


def table_of(workbook: Workbook) -> Table:
    """The one table of a ballot. Raises NotThere."""
    found = [(grid, row) for grid in workbook.grids for row in _headers(grid)]
    if not found:
        raise NotThere("no_table", headings=_headings_shown())
    if len(found) > 1:
        places = [f"{grid.name}!{row}" for grid, row in found]
        raise NotThere("two_tables", found=places)
    grid, row = found[0]
    if grid.hidden:
        raise NotThere("hidden_table", sheet=grid.name)
    return Table(grid, row, _columns(grid, row))


def _headers(grid: Grid) -> list[int]:
    words = _words()
    seen: dict[int, set[str]] = {}
    for (row, _), value in grid.cells.items():
        name = _named(value, words)
        if name is not None:
            seen.setdefault(row, set()).add(name)
    return sorted(row for row, names in seen.items() if names.issuperset(SIGNIFICANT))


def _columns(grid: Grid, header: int) -> dict[str, int]:
    words = _words()
    found: dict[str, int] = {}
    for (row, column), value in sorted(grid.cells.items(), key=lambda held: held[0]):
        name = _named(value, words) if row == header else None
        if name is None:
            continue
        if name in found:
            raise NotThere("column_twice", address((row, column)), column=value)
        found[name] = column
    missing = [name for name in READ if name not in found]
    if missing:
        raise NotThere("column_missing", address((header, 1)), columns=_headings_shown(missing))
    return found


def _named(value: Cell, words: Mapping[str, str]) -> str | None:
    """The column a cell names, if it is a heading."""
    return words.get(_folded(value)) if isinstance(value, str) and len(value) <= SHORT else None


def _words() -> dict[str, str]:
    """Which column a heading names, in either language."""
    return {_folded(said): name for name in READ for said in sentences()[f"paper.column.{name}"].values()}


def _folded(text: str) -> str:
    return "".join(folded(text).split())


def _headings_shown(names: list[str] | tuple[str, ...] = SIGNIFICANT) -> list[str]:
    return [" / ".join(sentences()[f"paper.column.{name}"].values()) for name in names]


class Numbers:
    """Which indicator a row is about, by the number in its cell."""

    def __init__(self, edition: Edition) -> None:
        self._codes = {numbered(indicator.code): indicator for indicator in edition.scored}
        self._names = {
            indicator.code: {_folded(said) for said in (indicator.title.ja, indicator.title.en)}
            for indicator in edition.scored
        }
        self.listed = [indicator.code for indicator in edition.scored]

    def indicator(self, number: Cell, name: Cell | None) -> Indicator | None:
        """The indicator with this number; None when there is none.

        A date that a spreadsheet program made of a number is taken back where only one number can have become it. Raises
        ValueError where several can, or none.
        """
        if isinstance(number, bool) or not isinstance(number, str | int | float | datetime):
            return None
        text = number.date().isoformat() if isinstance(number, datetime) else str(number)
        found = self._codes.get(numbered(text))
        behind = None if found else codes_behind_date(text, self.listed)
        if behind is None:
            return found
        likely = [code for code in behind if self.belongs(code, name)]
        if len(likely) != 1:
            raise ValueError(text)
        return self._codes[numbered(likely[0])]

    def belongs(self, code: str, name: Cell | None) -> bool:
        """Whether a row's name is that of the number; a row without a name has none that contradicts."""
        return name is None or (isinstance(name, str) and _folded(name) in self._names[code])
