"""One sheet of a form as text: merged areas carried to all their cells, formulas by what they showed, unseen characters gone."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from dxassess.exchange.workbook.values import Cell, Fault, Formula, Grid, Place, Plain, Span

_KEPT = "\n\t"
_GONE = ("Cc", "Cf", "Cs", "Zl", "Zp")


class Sheet:
    """A grid with its words. Rows and columns count from 1."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.name = clean(grid.name)
        self._said = {place: text for place, cell in grid.cells.items() if (text := said(cell))}

    @cached_property
    def rows(self) -> Mapping[int, tuple[int, ...]]:
        """The rows that hold words, ascending, each with the columns that do."""
        found: dict[int, list[int]] = {}
        for row, column in sorted(self._said):
            found.setdefault(row, []).append(column)
        return {row: tuple(columns) for row, columns in found.items()}

    @cached_property
    def _first(self) -> Mapping[Place, Span]:
        """For every cell of a merged area within what is written, the area."""
        last_row = max(self.rows, default=0)
        last_column = max((columns[-1] for columns in self.rows.values()), default=0)
        covered: dict[Place, Span] = {}
        steps = MOST_COVERED
        for span in self.grid.merged:
            top, left, bottom, right = span
            for row in range(top, min(bottom, last_row) + 1):
                for column in range(left, min(right, last_column) + 1):
                    covered[(row, column)] = span
                    steps -= 1
                    if steps < 0:
                        return covered
        return covered

    @cached_property
    def merged_from(self) -> Mapping[int, tuple[Span, ...]]:
        """The merged areas by their first row."""
        found: dict[int, list[Span]] = {}
        for span in self.grid.merged:
            found.setdefault(span[0], []).append(span)
        return {row: tuple(spans) for row, spans in found.items()}

    def own(self, row: int, column: int) -> str:
        """What stands in a cell itself."""
        return self._said.get((row, column), "")

    def text(self, row: int, column: int) -> str:
        """What a person sees there: of a merged area what stands in its first cell."""
        span = self.span(row, column)
        return self._said.get(span[:2] if span else (row, column), "")

    def cell(self, row: int, column: int) -> Cell | None:
        """The value of a cell, or of the first of its merged area."""
        span = self.span(row, column)
        return self.grid.cells.get(span[:2] if span else (row, column))

    def span(self, row: int, column: int) -> Span | None:
        """The merged area a cell belongs to."""
        return self._first.get((row, column))

    def is_merged_down(self, column: int, first: int, last: int) -> bool:
        """Whether any area in this column, between these rows, is merged over several rows."""
        return any(
            left <= column <= right and bottom > top and bottom >= first and top <= last
            for top, left, bottom, right in self.grid.merged
        )


MOST_COVERED = 200_000


def said(cell: Cell | None) -> str:
    """A cell as text: `3`, `3.5`, `2026-04-01`; what a formula showed; "" for a blank cell or one without a value."""
    if isinstance(cell, Formula):
        return said(cell.shows)
    if cell is None or isinstance(cell, Fault | bool):
        return ""
    return _said(cell)


def _said(value: Plain) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return clean(str(value))


def clean(text: str) -> str:
    """Text as a catalogue can keep it: NFC, no characters nobody sees, line ends and blanks tidy."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    seen = "".join(letter for letter in composed if letter in _KEPT or not _is_gone(letter))
    lines = (line.strip() for line in seen.replace("\t", " ").split("\n"))
    return "\n".join(lines).strip()


def _is_gone(letter: str) -> bool:
    return unicodedata.category(letter) in _GONE or letter in "\ufffe\uffff"


def is_japanese(text: str) -> bool:
    """Whether a text holds kana or kanji."""
    return any(
        unicodedata.name(letter, "").startswith(("CJK UNIFIED", "HIRAGANA", "KATAKANA")) for letter in text
    )
