"""Reading a table somebody made in a spreadsheet: a CSV file, or rows pasted, with headings in either language.

`sheetlines` says in which encodings and with what between the cells, `cells` what a number and a day may look like. All problems
come at once; whoever reads on adds those of the cells and takes either everything or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dxassess.errors import DxAssessError, Problem
from dxassess.exchange.cells import folded, shown
from dxassess.exchange.sheetlines import NotReadable, rows_of, text_of
from dxassess.text import Language

MAX_BYTES = 2_000_000
MAX_ROWS = 2_000
MAX_PROBLEMS = 100

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its field, and how it may be headed. Headings are compared without regard to width or case."""

    name: str
    ja: str
    en: str
    required: bool = False

    def __getitem__(self, language: Language) -> str:
        return self.ja if language == "ja" else self.en

    @property
    def heads(self) -> frozenset[str]:
        """The headings as they are compared."""
        return frozenset(folded(head) for head in (self.name, self.ja, self.en))


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the line it starts on, counted from 1 with the headings, and what stands in each column that is there."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """What stands in a column, without blanks around it; "" where the column is not there."""
        return self.cells.get(name, "").strip()


class TableReader:
    """One table with the problems found in it. `file` is how it is called in messages, `language` that of the headings named there."""

    def __init__(self, file: str, columns: Sequence[Column], language: Language = "ja") -> None:
        self.file = file
        self.columns = columns
        self.language = language
        self.problems: list[Problem] = []
        self.count = 0

    def complain(self, code: str, line: int, **values: object) -> None:
        """Something wrong on a line; `code` names the sentence `csv.<code>`."""
        self.count += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(f"csv.{code}", self.file, line, values))

    def refuse(self, line: int, error: DxAssessError) -> None:
        """What a line asks for cannot be kept."""
        self.count += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(f"error.{type(error).__name__}", self.file, line, error.values))

    def cell(self, line: Line, name: str, read: Callable[[str], Read], code: str) -> Read | None:
        """What `read` makes of a cell; None where it is blank, or where `read` raises ValueError, which is reported."""
        text = line[name]
        if not text:
            return None
        try:
            return read(text)
        except ValueError:
            self.complain(code, line.number, column=self._called(name), value=shown(text))
            return None

    def lines(self, raw: bytes) -> list[Line]:
        """The rows of a table; problems are kept in `problems`, and then the rows are not to be used."""
        if len(raw) > MAX_BYTES:
            self.complain("file_too_large", 0, megabytes=MAX_BYTES // 1_000_000)
            return []
        try:
            rows = list(rows_of(text := text_of(raw), self._named_in(text)))
        except NotReadable as refused:
            self.complain(refused.code, refused.line)
            return []
        if not rows:
            self.complain("empty", 0, allowed=self._allowed())
            return []
        names = self._names(*rows[0])
        if names is None:
            return []
        if len(rows) - 1 > MAX_ROWS:
            self.complain("too_many_rows", rows[MAX_ROWS + 1][0], most=MAX_ROWS)
            return []
        return [self._line(number, names, cells) for number, cells in rows[1:]]

    def _named_in(self, text: str) -> frozenset[str]:
        """The headings by which the separator is found: of each required column the one that stands in the first line."""
        first = folded(text.lstrip("\r\n \u3000").split("\n", 1)[0])
        return frozenset(
            next((head for head in sorted(column.heads, key=len, reverse=True) if head in first), column.name)
            for column in self.columns
            if column.required
        )

    def _names(self, line: int, cells: Sequence[str]) -> list[str | None] | None:
        """The field of each column, None where a column has no heading; None where the rows cannot be read with them."""
        field = {head: column.name for column in self.columns for head in column.heads}
        names = [field.get(folded(cell)) for cell in cells]
        before = self.count
        for number, (name, cell) in enumerate(zip(names, cells, strict=True), start=1):
            if name is None and cell.strip():
                self.complain(
                    "column_unknown", line, column=shown(cell), number=number, allowed=self._allowed()
                )
        for column in self.columns:
            if names.count(column.name) > 1:
                self.complain("column_twice", line, column=self._called(column.name))
            if column.required and column.name not in names:
                self.complain(
                    "column_missing", line, column=self._called(column.name), allowed=self._allowed()
                )
        return names if self.count == before else None

    def _line(self, number: int, names: Sequence[str | None], cells: Sequence[str]) -> Line:
        if any(cell.strip() for cell in cells[len(names) :]):
            self.complain("ragged", number, found=len(cells), expected=len(names))
        return Line(number, {name: cell for name, cell in zip(names, cells, strict=False) if name})

    def _called(self, name: str) -> str:
        return next(column[self.language] for column in self.columns if column.name == name)

    def _allowed(self) -> tuple[str, ...]:
        return tuple(column[self.language] for column in self.columns)
