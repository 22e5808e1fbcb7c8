"""Tables as CSV files that spreadsheets open as they are: UTF-8 with byte order mark, and no cell that a spreadsheet would compute."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from decimal import Decimal

Cell = str | Decimal | int | None

_COMPUTES = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What a spreadsheet takes for a formula, and what would be taken for one that is guarded."""
_GUARD = "'"


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The file. Texts that a spreadsheet could take for a formula begin with `'`; numbers stand as they are, None is blank."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(head) for head in heads])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return BOM_UTF8 + out.getvalue().encode("utf-8")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"{_GUARD}{text}" if _COMPUTES.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith(_GUARD) and _COMPUTES.match(text) else text


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
