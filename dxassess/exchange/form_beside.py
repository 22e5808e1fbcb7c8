"""Tables that stand side by side under the same headings: read as one, half of their items would be lost."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dxassess.catalogue.form import Column, Table
from dxassess.errors import Problem
from dxassess.exchange.form_columns import place_of
from dxassess.exchange.form_sheet import Sheet


def side_by_side(
    tables: Sequence[tuple[Sheet, Table, int]], file: str, settled: Collection[tuple[str, str]]
) -> list[Problem]:
    """A problem for each table, given with its last row, that is two: the same headings again, and something below them.

    `settled` are columns a person decided on.
    """
    found: list[Problem] = []
    for sheet, table, last in tables:
        rows = [row for row in sheet.rows if table.last < row <= last]
        filled = [
            column
            for column in table.columns
            if (sheet.name, column.letter) not in settled
            and any(sheet.own(row, place_of(column)) for row in rows)
        ]
        again = [_again(filled, fields) for fields in (("number", "running"), ("title", "question"))]
        if all(again):
            values: dict[str, object] = {"sheet": sheet.name, "letters": again}
            found.append(Problem("form.side_by_side", file, values=values))
    return found


def _again(columns: Sequence[Column], fields: Sequence[str]) -> str:
    """The letter of the second column of these fields that is headed as the first of them."""
    first = next((column for column in columns if column.field in fields), None)
    same = [column for column in columns if first and column is not first and column.heading == first.heading]
    return next((column.letter for column in same if column.field in (None, *fields)), "")
