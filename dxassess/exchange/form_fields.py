"""The cells of a table's rows by what their columns hold: names, questions, kinds, levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dxassess.catalogue.form import Both, Column, Field, Kind, Part, Table
from dxassess.catalogue.model import Level
from dxassess.exchange.form_columns import SECTIONS, place_of
from dxassess.exchange.form_headings import level_of
from dxassess.exchange.form_sheet import Sheet, is_japanese
from dxassess.exchange.workbook.values import Cell

_TICK = re.compile(r"[^\w\s]|[○◯〇●□■☐☑✓✔レ✕xXvVyYnN0-9]|")
"""Columns of levels with nothing else than this hold ticks, not texts."""
_INLINE = re.compile(r"[\s\u3000]+(?=[0-9０-９]{1,2}\s*[:：.．、)）=＝])")


class Fields:
    """What stands in a row, field by field. `own` is what stands in a cell itself, not in the merged area it belongs to."""

    def __init__(self, sheet: Sheet, table: Table, rows: Sequence[int]) -> None:
        self._sheet = sheet
        self.columns = _with_title(sheet, table, rows)
        self._quantitative = is_quantitative(f"{sheet.name} {_above(sheet, table.first)}")
        texts = [sheet.own(row, place_of(column)) for column in self.all("level") for row in rows]
        self._ticked = all(map(_TICK.fullmatch, texts))
        self.names: dict[Level, set[str]] = {}
        """What levels are called where a row is about one: `レベル2 一部で` beside its text."""
        self.read = {
            place_of(column) for column in self.columns if column.field not in (None, "answer", "running")
        }

    def all(self, name: Field) -> list[Column]:
        """The columns of a field, from the left."""
        return [column for column in self.columns if column.field == name]

    def has(self, *names: Field) -> bool:
        """Whether the table has a column for any of these."""
        return any(column.field in names for column in self.columns)

    def cell(self, row: int, name: Field) -> Cell | None:
        """The value of the first column of a field."""
        places = [place_of(column) for column in self.all(name)]
        return self._sheet.cell(row, places[0]) if places else None

    def own(self, row: int, name: Field) -> str:
        """The text of the first column of a field that has one."""
        texts = (self._sheet.own(row, place_of(column)) for column in self.all(name))
        return next((text for text in texts if text), "")

    def has_own(self, row: int, *names: Field) -> bool:
        """Whether anything stands in the cells of these fields themselves."""
        return any(self.own(row, name) for name in names)

    def both(self, row: int, name: Field) -> Both:
        """The text of a field; of two columns one may be the Japanese, one the English."""
        columns = self.all(name)
        texts = [text for column in columns if (text := self._sheet.text(row, place_of(column)))]
        japanese = [text for text in texts if is_japanese(text)]
        other = [text for text in texts if not is_japanese(text)]
        if japanese and other and len(columns) == 2:
            return Both(japanese[0], other[0])
        return Both(texts[0], texts[0]) if texts else Both("", "")

    def kind(self, row: int, path: tuple[str, ...]) -> tuple[Kind, Part]:
        """Whether an item is scored or measured, and key or sub where the sheet says so."""
        text = " ".join(self._sheet.text(row, place_of(each)) for each in self.all("kind")).casefold()
        is_key, is_sub = ("キー" in text or "key" in text), ("サブ" in text or "sub" in text)
        part: Part = "key" if is_key else "sub" if is_sub else ""
        if text:
            return ("quantitative" if is_quantitative(text) else "scored"), part
        unit = self.own(row, "unit")
        has_unit = bool(unit) and "レベル" not in unit and "level" not in unit.casefold()
        measured = self._quantitative or any(map(is_quantitative, path)) or has_unit
        return ("quantitative" if measured else "scored"), part

    def level_at(self, row: int) -> tuple[Level, str] | None:
        """The level a row is about, and its text."""
        for column in self.all("level_number"):
            found = level_of(self._sheet.text(row, place_of(column)))
            if found is not None:
                names: tuple[Field, ...] = ("level_text", "guidance", "question", "title")
                texts = [text for name in names if (text := self.own(row, name))]
                said = next((text for text in texts if level_of(text) is None), "")
                if said and found[1]:
                    self.names.setdefault(found[0], set()).add(" ".join(found[1].split()))
                return found[0], said or found[1]
        if self.has("level", "level_number"):
            return None
        places: tuple[Field, ...] = ("title", "question", "level_text")
        texts = [text for name in places if (text := self.own(row, name))]
        found = level_of(texts[0]) if texts else None
        if found is None or (not found[1] and len(texts) < 2):
            return None
        return found[0], "\n".join(dict.fromkeys(text for text in (found[1], *texts[1:]) if text))

    def levels(self, row: int) -> dict[Level, str]:
        """The levels an item's own row describes: in a cell that lists them, in a column each, or the one the row is about."""
        lists = [self._sheet.own(row, place_of(column)) for column in self.all("level_list")]
        found: dict[Level, str] = {level: said for text in lists for level, said in _listed(text)}
        at = self.level_at(row) if self.has("level_number") else None
        if at is not None:
            found[at[0]] = at[1]
        for column in () if self._ticked else self.all("level"):
            text = self._sheet.text(row, place_of(column))
            if text and column.level is not None:
                found[column.level] = text
        return {level: text for level, text in found.items() if text}

    def has_levels(self, row: int) -> bool:
        """Whether anything stands in a column of a level."""
        return any(self._sheet.own(row, place_of(column)) for column in self.all("level"))


def _with_title(sheet: Sheet, table: Table, rows: Sequence[int]) -> list[Column]:
    """Where no column has names, the last of the sections has them if they differ from row to row."""
    columns = list(table.columns)
    sections = [column for column in columns if column.field in SECTIONS]
    if not sections or any(column.field == "title" for column in columns):
        return columns
    last = max(sections, key=place_of)
    names = [text for row in rows if (text := sheet.own(row, place_of(last)))]
    asked = [column for column in columns if column.field == "question"]
    questions = sum(1 for row in rows for column in asked if sheet.own(row, place_of(column)))
    enough = not questions or len(names) * 10 >= questions * 8
    if names and enough and len(set(names)) * 10 >= len(names) * 8:
        return [replace(column, field="title") if column is last else column for column in columns]
    return columns


def _above(sheet: Sheet, first: int) -> str:
    """What stands in the two rows above the headings."""
    return " ".join(sheet.own(row, column) for row in (first - 2, first - 1) for column in sheet.rows.get(row, ()))  # fmt: skip


def is_quantitative(text: str) -> bool:
    """Whether a text says so, and does not say qualitative as well."""
    plain = text.casefold()
    return ("定量" in plain or "quantitative" in plain) and "定性" not in plain and "qualitative" not in plain


def _listed(text: str) -> list[tuple[Level, str]]:
    """The levels in a cell that lists them, one after another; a line that begins with no level goes on with the one above."""
    found: list[tuple[Level, str]] = []
    for line in _INLINE.sub("\n", text).split("\n"):
        each = level_of(line)
        if each is not None and (not found or abs(each[0] - found[-1][0]) == 1):
            found.append(each)
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}".strip())
    return [(level, name) for level, name in found if name] if len(found) >= 2 else []
