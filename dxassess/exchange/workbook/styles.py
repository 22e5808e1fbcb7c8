"""Which cells are dates: a date is a number, and only its format says so. And what day such a number is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

_BUILT_IN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NO_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_LETTERS = re.compile("[ymdhs]", re.IGNORECASE)
_ZERO, _ZERO_BEFORE_MARCH, _ZERO_1904 = datetime(1899, 12, 30), datetime(1899, 12, 31), datetime(1904, 1, 1)
_MARCH_1900 = 60
"""Excel takes 1900 for a leap year: its numbers are one too high from 1 March on."""


class Styles:
    """Handler of the styles: `dates` has, for each style of a cell, whether it shows a date."""

    def __init__(self) -> None:
        self.dates: list[bool] = []
        self._own: dict[str, bool] = {}
        self._of_cells = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """`numFmt` is a format of the workbook's own, `xf` inside `cellXfs` a style of cells."""
        if name == "numFmt":
            self._own[given.get("numFmtId", "")] = shows_date(given.get("formatCode", ""))
        elif name == "cellXfs":
            self._of_cells = True
        elif name == "xf" and self._of_cells:
            number = given.get("numFmtId", "0")
            self.dates.append(self._own.get(number, number in map(str, _BUILT_IN)))

    def end(self, name: str) -> None:
        """The styles of cells stand together."""
        if name == "cellXfs":
            self._of_cells = False

    def text(self, text: str) -> None:
        """Styles have no text."""


def shows_date(code: str) -> bool:
    """Whether a number format is one of dates or times: `yyyy-mm-dd`, `m"月"d"日"`; not `0.00`, `"d"0`, `General`."""
    return bool(_LETTERS.search(_NO_LETTERS.sub("", code)))


def moment(number: float, from_1904: bool) -> datetime:
    """The moment a number stands for (ECMA-376 part 1, 18.17.4.1). OverflowError beyond the years of a calendar."""
    zero = _ZERO_BEFORE_MARCH if number < _MARCH_1900 else _ZERO
    return (_ZERO_1904 if from_1904 else zero) + timedelta(days=number)
