"""One sheet: its cells that hold something, as values that can travel to the other process.

A cell travels as `[row, column, kind, text]`: kind `t` text, `n` number, `d` date (ISO), `b` true or false, `x` no value.
A formula has kind `f` and after it kind and text of what it showed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dxassess.exchange.workbook.strings import unescaped
from dxassess.exchange.workbook.styles import moment
from dxassess.exchange.workbook.values import LETTERS, Place, Refused, Span, address

MAX_ROW = 2_000
MAX_COLUMN = 200
MAX_CELLS = 100_000
MAX_MERGED = 10_000
MAX_AREAS = 200
MAX_TEXT = 32_767
MAX_TEXTS = 5_000_000
LONGEST_NUMBER = 40

Travelling = list[int | str | None]

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_TRUTH = {"1": "1", "true": "1", "0": "", "false": ""}


@dataclass(frozen=True, slots=True)
class Around:
    """What the cells of a sheet refer to: the shared strings, which styles are dates, from when days are counted."""

    strings: Sequence[str]
    dates: Sequence[bool]
    from_1904: bool


class Cells:
    """Handler of a sheet. Refused where it holds a cell too far off, twice, or too many."""

    def __init__(self, sheet: str, around: Around) -> None:
        self.cells: list[Travelling] = []
        self.merged: list[Span] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self._sheet = sheet
        self._around = around
        self._place: Place = (0, 0)
        self._cell: Mapping[str, str] | None = None
        self._pieces: list[str] = []
        self._inside = False
        self._aloud = 0
        self._formula = False
        self._computed: list[Span] = []
        self._seen: set[Place] = set()
        self._length = 0

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """`c` is a cell, `v` its value, `t` a piece of a text of its own, `f` a formula."""
        if name == "row":
            self._place = (_number(given.get("r"), self._place[0] + 1), 0)
            if _is_hidden(given) and self._place[0] <= MAX_ROW and len(self.hidden_rows) < MAX_ROW:
                self.hidden_rows.append(self._place[0])
        elif name == "col" and _is_hidden(given):
            first, last = _number(given.get("min"), 1), _number(given.get("max"), 1)
            self.hidden_columns = [*self.hidden_columns, *range(first, min(last, MAX_COLUMN) + 1)][
                :MAX_COLUMN
            ]
        elif name == "c":
            self._begin(given)
        elif name == "mergeCell":
            self.merged.append(span(given.get("ref", "")))
            if len(self.merged) > MAX_MERGED:
                raise Refused("too_much")
        elif self._cell is not None:
            self._within(name, given)

    def end(self, name: str) -> None:
        """The end of a cell keeps it when it holds something."""
        self._inside = False
        if name == "rPh":
            self._aloud -= 1
        elif name == "c" and self._cell is not None:
            text = "".join(self._pieces)
            if text or self._formula:
                self._keep(self._cell, text)
            self._cell = None

    def text(self, text: str) -> None:
        """A piece of the value."""
        if self._inside:
            self._length += len(text)
            if self._length > MAX_TEXTS:
                raise Refused("too_much")
            self._pieces.append(text)

    def _begin(self, given: Mapping[str, str]) -> None:
        row, column = self._place
        self._place = place_of(given["r"]) if "r" in given else (row, column + 1)
        self._cell, self._pieces, self._formula = given, [], False

    def _within(self, name: str, given: Mapping[str, str]) -> None:
        if name == "rPh":
            self._aloud += 1
        elif name == "f":
            self._formula = True
            if "ref" in given and given.get("t") != "shared":
                self._computed.append(span(given["ref"]))
                if len(self._computed) > MAX_AREAS:
                    raise Refused("too_much")
        self._inside = name in ("v", "t") and not self._aloud

    def _keep(self, given: Mapping[str, str], text: str) -> None:
        row, column = self._place
        if row > MAX_ROW or column > MAX_COLUMN:
            raise Refused("far_cell", sheet=self._sheet, cell=address(self._place), rows=MAX_ROW)
        if self._place in self._seen:
            raise Refused("damaged")
        self._seen.add(self._place)
        value = self._value(given, text) if text else None
        if self._formula or self._is_computed(row, column):
            self.cells.append([row, column, "f", *(value or (None, None))])
        elif value:
            self.cells.append([row, column, *value])
        if len(self._seen) > MAX_CELLS:
            raise Refused("too_much")

    def _is_computed(self, row: int, column: int) -> bool:
        """Only the first cell of an area with one formula names it."""
        return any(
            top <= row <= bottom and left <= column <= right for top, left, bottom, right in self._computed
        )

    def _value(self, given: Mapping[str, str], text: str) -> tuple[str, str]:
        kind = given.get("t", "n")
        if kind in ("s", "str", "inlineStr"):
            return "t", self._text(kind, text)
        if kind == "b":
            return ("b", _TRUTH[text.strip()]) if text.strip() in _TRUTH else ("x", text)
        if kind == "d":
            return _day(text)
        if kind == "n" and len(text) <= LONGEST_NUMBER and _NUMBER.fullmatch(text.strip()):
            return self._counted(float(text), text.strip(), _number(given.get("s"), 0))
        return "x", text[:LONGEST_NUMBER]

    def _text(self, kind: str, text: str) -> str:
        if kind == "s":
            number = _number(text.strip(), -1)
            if not 0 <= number < len(self._around.strings):
                raise Refused("damaged")
            found = self._around.strings[number]
            self._length += len(found)
        else:
            found = unescaped(text)
        if len(found) > MAX_TEXT:
            raise Refused("too_much")
        return found

    def _counted(self, number: float, text: str, style: int) -> tuple[str, str]:
        if not math.isfinite(number):
            return "x", text
        if not (style < len(self._around.dates) and self._around.dates[style]):
            return "n", text
        try:
            return "d", moment(number, self._around.from_1904).isoformat()
        except OverflowError:
            return "x", text


def place_of(reference: str) -> Place:
    """Row and column of `C5`. Refused when it is no such reference."""
    found = _CELL.fullmatch(reference)
    if found is None:
        raise Refused("damaged")
    column = 0
    for letter in found[1]:
        column = column * LETTERS + ord(letter) - ord("A") + 1
    return int(found[2]), column


def span(reference: str) -> Span:
    """The area `A1:C5`, or a single cell."""
    first, _, last = reference.partition(":")
    return (*place_of(first), *place_of(last or first))


def _is_hidden(given: Mapping[str, str]) -> bool:
    """Whether a row or a column is hidden by hand, or by a filter."""
    return given.get("hidden", "0") in ("1", "true")


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise Refused("damaged")
    return int(text)


def _day(text: str) -> tuple[str, str]:
    try:
        return "d", datetime.fromisoformat(text.strip()).replace(tzinfo=None).isoformat()
    except ValueError:
        return "x", text[:LONGEST_NUMBER]
