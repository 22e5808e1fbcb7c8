"""The rows of one table of a form: which of them are items, which say more of the item above, and which are none.

A row is an item when it names or asks something and stands where items stand. Sections are carried down from the cell or the
row that names them. A row that is nothing of this is kept with the reason, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dxassess.catalogue.form import Both, Column, Field, Kind, Left, Part, Table
from dxassess.catalogue.model import Level
from dxassess.exchange.form_headings import level_of, meaning, plain_heading
from dxassess.exchange.form_numbers import Numbered, number_of
from dxassess.exchange.form_sections import Carried, Headings
from dxassess.exchange.form_sheet import Sheet, is_japanese
from dxassess.exchange.form_table import SECTIONS, place_of
from dxassess.exchange.workbook.values import Formula

SHOWN = 60
TITLE_FROM_QUESTION = 40
_NOTE = re.compile(r"(?:[※*＊•・注]|\(注|（注|note|remark|備考|出典|source)", re.IGNORECASE)
_TOTALS = (
    "合計",
    "平均",
    "計",
    "小計",
    "総合計",
    "総合",
    "全体平均",
    "total",
    "subtotal",
    "average",
    "mean",
    "sum",
)
_EXAMPLES = ("例", "記入例", "入力例", "回答例", "サンプル", "example", "sample", "eg")
_WORDED = re.compile(r"\s*(?:レベル|成熟度|段階|level|lv|l|stage)", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """An item under construction."""

    row: int
    number: Numbered
    title: Both
    question: Both
    guidance: str
    path: tuple[str, ...]
    kind: Kind
    part: Part
    unit: str
    hidden: bool
    levels: dict[Level, str] = field(default_factory=dict)
    last: int = 0


class Rows:
    """Reads the rows of a table. `items` and `left` hold what came of it; `notes` the codes of what should be told, by row."""

    def __init__(self, sheet: Sheet, table: Table, last: int, *, without_hidden: bool = False) -> None:
        self.items: list[Found] = []
        self.left: list[Left] = []
        self.notes: list[tuple[str, int]] = []
        self._sheet = sheet
        self._rows = [row for row in sheet.rows if table.last < row <= last]
        self._without_hidden = without_hidden
        self._columns = _with_title(sheet, table, self._rows)
        self._headings_only = not self._has(*SECTIONS)
        sections = [column for name in SECTIONS for column in self._all(name)]
        self._carried = Carried(sheet, sorted(map(place_of, sections)), self._rows)
        self._headings = Headings()
        self._quantitative = _is_quantitative(f"{sheet.name} {_above(sheet, table.first)}")
        self._read = {
            place_of(column) for column in self._columns if column.field not in (None, "answer", "running")
        }

    def read(self) -> Rows:
        """Go through the rows."""
        for row in self._rows:
            self._row(row)
        self.left += [Left(self._sheet.name, row, text, "after") for row, text in self._headings.open]
        return self

    # -- what a row is

    def _row(self, row: int) -> None:
        path = self._carried.at(row)
        own = {column: text for column in self._read if (text := self._sheet.own(row, column))}
        if not own or self._carried.is_only(own) or self._is_repeated_heading(own):
            return
        if self._without_hidden and row in self._sheet.grid.hidden_rows:
            self._leave(row, "hidden", own)
        elif (why := self._why_none(row, own)) is not None:
            self._leave(row, why, own)
        elif not (self._is_level(row) or self._is_continued(row)):
            self._take(row, path, own)

    def _why_none(self, row: int, own: dict[int, str]) -> str | None:
        first = plain_heading(next(iter(own[column] for column in sorted(own))))
        named = next((text for name in ("title", "number") if (text := self._own(row, name))), "")
        if plain_heading(self._own(row, "number")) in _EXAMPLES or first in _EXAMPLES:
            return "example"
        if plain_heading(named or first) in _TOTALS and not self._own(row, "question"):
            return "total"
        texts = len(own) == 1 or len(set(own.values())) == 1
        return "note" if texts and _NOTE.match(next(iter(own.values()))) else None

    def _is_repeated_heading(self, own: dict[int, str]) -> bool:
        known = sum(1 for text in own.values() if (each := meaning(text)) and each.weight == 2 and each.field != "level")  # fmt: skip
        return len(own) > 1 and known == len(own)

    def _is_level(self, row: int) -> bool:
        """A row that describes a level of the item above; it is added there."""
        if not self.items:
            return False
        item = self.items[-1]
        found = self._level_at(row)
        if found is None or (self._has_own(row, "number") and not self._is_same(row, item)):
            return False
        level, text = found
        if level in item.levels or (self._has_own(row, "number", "title", "question") and not self._fits(row, item, level)):  # fmt: skip
            return False
        item.levels[level] = text
        item.last = row
        return True

    def _fits(self, row: int, item: Found, level: Level) -> bool:
        """Whether the row says nothing else than the item above, or the level itself stands where names and questions stand."""
        if self._is_same(row, item):
            return True
        texts = [text for name in ("title", "question") if (text := self._own(row, name))]
        in_place = bool(texts) and level_of(texts[0]) is not None
        goes_on = not item.levels or level == max(item.levels) + 1 or level == min(item.levels) - 1
        return in_place and goes_on and bool(_WORDED.match(texts[0]) or item.levels or level <= 1)

    def _is_same(self, row: int, item: Found) -> bool:
        titles = {item.title.ja, item.title.en, item.question.ja, ""}
        return (self._own(row, "title") in titles and self._own(row, "number") in (item.number.printed, "") and bool(self._own(row, "title") or self._own(row, "number")))  # fmt: skip

    def _level_at(self, row: int) -> tuple[Level, str] | None:
        """The level a row is about, and its text."""
        for column in self._all("level_number"):
            found = level_of(self._sheet.text(row, place_of(column)))
            if found is not None:
                texts = [text for name in ("level_text", "guidance", "question", "title") if (text := self._own(row, name))]  # fmt: skip
                return found[0], next((text for text in texts if level_of(text) is None), "") or found[1]
        if self._has("level") or self._has("level_number"):
            return None
        texts = [text for name in ("title", "question", "level_text") if (text := self._own(row, name))]
        found = level_of(texts[0]) if texts else None
        if found is None or (not found[1] and len(texts) < 2):
            return None
        return found[0], "\n".join(dict.fromkeys(text for text in (found[1], *texts[1:]) if text))

    def _is_continued(self, row: int) -> bool:
        """A question that goes on in the row below; it is added to the item above."""
        if not self.items or self._has_own(row, "number", "title") or not self._has("title", "number"):
            return False
        item, more = self.items[-1], self._own(row, "question")
        if not more or row != item.last + 1 or self._own(row, "kind"):
            return False
        item.question = Both(f"{item.question.ja}\n{more}", f"{item.question.en}\n{more}")
        item.last = row
        self.notes.append(("continued", row))
        return True

    def _take(self, row: int, path: tuple[str, ...], own: dict[int, str]) -> None:
        title, question = self._both(row, "title"), self._both(row, "question")
        number = number_of(self._cell(row, "number"))
        if not title.ja and not question.ja:
            self._leave(row, self._why_unnamed(row), own)
        elif self._is_heading(row, own, number):
            self._headings.add(row, next(own[column] for column in sorted(own)))
        elif not self._is_item(row, number):
            self._leave(row, "unclear", own)
        else:
            self._add(row, number, title, question, (*self._headings.path(), *path))

    def _is_heading(self, row: int, own: dict[int, str], number: Numbered) -> bool:
        """One text alone in a row, where no column names sections: the rows below belong to it."""
        alone = len(own) == 1 or len(set(own.values())) == 1
        rest = not number.code and not number.days
        return alone and rest and self._headings_only and bool(self._has("number") or self._has("question") and self._has("title"))  # fmt: skip

    def _is_item(self, row: int, number: Numbered) -> bool:
        if number.printed or not self._has("number"):
            return True
        filled = sum(
            1 for name in ("title", "question", "kind", "unit", "level_list") if self._own(row, name)
        )
        filled += any(self._own_levels(row))
        return filled >= 2

    def _why_unnamed(self, row: int) -> str:
        cells = [self._cell(row, name) for name in ("title", "question")]
        if any(isinstance(cell, Formula) for cell in cells):
            return "formula"
        return "unnamed" if self._has_own(row, "number") else "unclear"

    def _add(self, row: int, number: Numbered, title: Both, question: Both, path: tuple[str, ...]) -> None:
        kind, part = self._kind(row, path)
        asked = question if question.ja else title
        found = Found(
            row,
            number,
            title if title.ja else Both(_shortened(asked.ja), _shortened(asked.en)),
            asked,
            self._own(row, "guidance") if self._has("question") else "",
            path,
            kind,
            part,
            self._own(row, "unit"),
            row in self._sheet.grid.hidden_rows,
            last=row,
        )
        if not title.ja or not question.ja:
            self.notes.append(("title_from_question" if not title.ja else "question_from_title", row))
        if kind == "scored":
            found.levels.update(self._levels(row))
        self.items.append(found)

    # -- what stands in it

    def _kind(self, row: int, path: tuple[str, ...]) -> tuple[Kind, Part]:
        text = " ".join(self._sheet.text(row, place_of(each)) for each in self._all("kind")).casefold()
        part: Part = (
            "key" if "キー" in text or "key" in text else "sub" if "サブ" in text or "sub" in text else ""
        )
        if text:
            return ("quantitative" if _is_quantitative(text) else "scored"), part
        unit = self._own(row, "unit")
        measured = (
            self._quantitative or any(map(_is_quantitative, path)) or (bool(unit) and "レベル" not in unit)
        )
        return ("quantitative" if measured else "scored"), part

    def _levels(self, row: int) -> dict[Level, str]:
        listed = [line for column in self._all("level_list") for line in _lines(self._sheet.own(row, place_of(column)))]  # fmt: skip
        found: dict[Level, str] = dict(listed)
        at = self._level_at(row) if self._has("level_number") else None
        if at is not None:
            found[at[0]] = at[1]
        for column in self._all("level"):
            text = self._sheet.text(row, place_of(column))
            if text and column.level is not None:
                found[column.level] = text
        return {level: text for level, text in found.items() if text}

    def _own_levels(self, row: int) -> list[str]:
        return [text for column in self._all("level") if (text := self._sheet.own(row, place_of(column)))]

    def _both(self, row: int, name: Field) -> Both:
        """The text of a field; of two columns one may be the Japanese, one the English."""
        texts = [text for column in self._all(name) if (text := self._sheet.text(row, place_of(column)))]
        japanese = [text for text in texts if is_japanese(text)]
        other = [text for text in texts if not is_japanese(text)]
        if japanese and other and self._is_bilingual(name):
            return Both(japanese[0], other[0])
        return Both(texts[0], texts[0]) if texts else Both("", "")

    def _is_bilingual(self, name: Field) -> bool:
        return len(self._all(name)) == 2

    def _leave(self, row: int, why: str, own: dict[int, str]) -> None:
        text = " ".join(" | ".join(own[column] for column in sorted(own)).split())
        self.left.append(Left(self._sheet.name, row, _shortened(text, SHOWN), why))

    def _all(self, name: Field) -> list[Column]:
        return [column for column in self._columns if column.field == name]

    def _has(self, *names: Field) -> bool:
        return any(column.field in names for column in self._columns)

    def _cell(self, row: int, name: Field):  # type: ignore[no-untyped-def]
        places = [place_of(column) for column in self._all(name)]
        return self._sheet.cell(row, places[0]) if places else None

    def _own(self, row: int, name: Field) -> str:
        return next((text for column in self._all(name) if (text := self._sheet.own(row, place_of(column)))), "")  # fmt: skip

    def _has_own(self, row: int, *names: Field) -> bool:
        return any(self._own(row, name) for name in names)


def _with_title(sheet: Sheet, table: Table, rows: Sequence[int]) -> list[Column]:
    """Where no column has names, the last of the sections has them if they differ from row to row."""
    from dataclasses import replace

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


def _is_quantitative(text: str) -> bool:
    plain = text.casefold()
    return ("定量" in plain or "quantitative" in plain) and "定性" not in plain and "qualitative" not in plain


def _lines(text: str) -> list[tuple[Level, str]]:
    """The levels in a cell that lists them, one a line."""
    found = [each for line in text.split("\n") if (each := level_of(line)) is not None]
    return [(level, name) for level, name in found if name] if len(found) >= 2 else []


def _shortened(text: str, most: int = TITLE_FROM_QUESTION) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
