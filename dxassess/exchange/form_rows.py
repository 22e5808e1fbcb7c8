"""The rows of one table of a form: which of them are items, which say more of the item above, and which are none.

A row is an item when it names or asks something and stands where items stand. Sections are carried down from the cell or the
row that names them. A row that is nothing of this is kept with the reason, never dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dxassess.catalogue.form import Both, Kind, Left, Part, Table
from dxassess.catalogue.model import Level
from dxassess.exchange.form_columns import SECTIONS, place_of
from dxassess.exchange.form_fields import Fields
from dxassess.exchange.form_headings import level_of, meaning, plain_heading
from dxassess.exchange.form_numbers import Numbered, number_of
from dxassess.exchange.form_sections import Carried, Headings
from dxassess.exchange.form_sheet import Sheet
from dxassess.exchange.form_titles import all_numbered, split_number, split_question, without_number
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
_WORD = re.compile("[A-Za-z]{4}")
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
        self._fields = Fields(sheet, table, self._rows)
        self.columns = tuple(self._fields.columns)
        self._headings_only = not self._fields.has(*SECTIONS)
        sections = [column for name in SECTIONS for column in self._fields.all(name)]
        self._carried = Carried(sheet, sorted(map(place_of, sections)), self._rows)
        self._headings = Headings()
        self._answers = {place_of(column) for column in table.columns if column.field == "answer"}

    @property
    def level_names(self) -> dict[Level, set[str]]:
        """What rows that are about a level call it."""
        return self._fields.names

    def read(self) -> Rows:
        """Go through the rows."""
        for row in self._rows:
            self._row(row)
        self.left += [Left(self._sheet.name, row, text, "after") for row, text in self._headings.open]
        self._numbers_from_names()
        return self

    def _numbers_from_names(self) -> None:
        """Where items have no numbers, or only count, and their names or questions begin with some, those are their numbers."""
        counted = [item.number.code for item in self.items] == [str(n + 1) for n in range(len(self.items))]
        free = counted or not any(item.number.printed for item in self.items)
        for texts in ([each.title.ja for each in self.items], [each.question.ja for each in self.items]):
            if free and all_numbered(texts):
                for item, text in zip(self.items, texts, strict=True):
                    found = split_number(text)
                    item.number = number_of(found[0]) if found else item.number
                self.notes.append(("numbers_in_names", self.items[0].row))
                break
        for item in self.items:
            item.title = without_number(item.title, item.number.code)
            item.question = without_number(item.question, item.number.code)

    # -- what a row is

    def _row(self, row: int) -> None:
        path = self._carried.at(row)
        own = {column: text for column in self._fields.read if (text := self._sheet.own(row, column))}
        if not own:
            self._beside(row)
        elif self._carried.is_only(own) or self._is_repeated_heading(own):
            return
        elif self._without_hidden and row in self._sheet.grid.hidden_rows:
            self._leave(row, "hidden", own)
        elif (why := self._why_none(row, own)) is not None:
            self._leave(row, why, own)
        elif not (self._is_level(row) or self._is_continued(row)):
            self._take(row, path, own)

    def _beside(self, row: int) -> None:
        """What stands in a row only outside of the columns that are read: words are told, numbers and answers are not."""
        said = {column: self._sheet.own(row, column) for column in self._sheet.rows[row]}
        words = {
            column: text
            for column, text in said.items()
            if column not in self._answers and not _is_number(text)
        }
        if words:
            text = next(iter(words.values()))
            self._leave(row, "note" if _NOTE.match(text) else "unclear", words)

    def _why_none(self, row: int, own: dict[int, str]) -> str | None:
        first = plain_heading(next(iter(own[column] for column in sorted(own))))
        named = next((text for name in ("title", "number") if (text := self._fields.own(row, name))), "")
        if plain_heading(self._fields.own(row, "number")) in _EXAMPLES or first in _EXAMPLES:
            return "example"
        if plain_heading(named or first) in _TOTALS and not self._fields.own(row, "question"):
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
        found = self._fields.level_at(row)
        if found is None or (self._fields.has_own(row, "number") and not self._is_same(row, item)):
            return False
        level, text = found
        if level in item.levels or (self._fields.has_own(row, "number", "title", "question") and not self._fits(row, item, level)):  # fmt: skip
            return False
        item.levels[level] = text
        item.last = row
        return True

    def _fits(self, row: int, item: Found, level: Level) -> bool:
        """Whether the row says nothing else than the item above, or the level itself stands where names and questions stand."""
        if self._is_same(row, item):
            return True
        texts = [text for name in ("title", "question") if (text := self._fields.own(row, name))]
        in_place = bool(texts) and level_of(texts[0]) is not None
        goes_on = not item.levels or level == max(item.levels) + 1 or level == min(item.levels) - 1
        return in_place and goes_on and bool(_WORDED.match(texts[0]) or item.levels or level <= 1)

    def _is_same(self, row: int, item: Found) -> bool:
        titles = {item.title.ja, item.title.en, item.question.ja, ""}
        return (self._fields.own(row, "title") in titles and self._fields.own(row, "number") in (item.number.printed, "") and bool(self._fields.own(row, "title") or self._fields.own(row, "number")))  # fmt: skip

    def _is_continued(self, row: int) -> bool:
        """A question that goes on in the row below; it is added to the item above."""
        if (
            not self.items
            or self._fields.has_own(row, "number", "title")
            or not self._fields.has("title", "number")
        ):
            return False
        item, more = self.items[-1], self._fields.own(row, "question")
        if not more or row != item.last + 1 or self._fields.own(row, "kind"):
            return False
        item.question = Both(f"{item.question.ja}\n{more}", f"{item.question.en}\n{more}")
        item.last = row
        self.notes.append(("continued", row))
        return True

    def _take(self, row: int, path: tuple[str, ...], own: dict[int, str]) -> None:
        title, question = self._fields.both(row, "title"), self._fields.both(row, "question")
        number = number_of(self._fields.cell(row, "number"))
        if self._is_heading(own, number):
            self._headings.add(row, next(own[column] for column in sorted(own)))
        elif self._is_numbered_heading(row, number, own):
            self._headings.add(row, " ".join(own[column] for column in sorted(own)))
            self.notes.append(("numbered_heading", row))
        elif not title.ja and not question.ja:
            self._leave(row, self._why_unnamed(row, number), own)
        elif not self._is_item(row, number):
            self._leave(row, "unclear", own)
        else:
            self._add(row, number, title, question, (*self._headings.path(), *path))

    def _is_heading(self, own: dict[int, str], number: Numbered) -> bool:
        """One text alone in a row, where no column names sections: the rows below belong to it."""
        alone = len(own) == 1 or len(set(own.values())) == 1
        is_number = bool(number.days) or bool(number.code and not _WORD.search(number.code))
        has_names = self._fields.has("number") or (self._fields.has("question") and self._fields.has("title"))
        return alone and not is_number and self._headings_only and has_names

    def _is_numbered_heading(self, row: int, number: Numbered, own: dict[int, str]) -> bool:
        """A number and a name with nothing asked, and in the next row a number below it with a question: `4 Leadership`, `4.1 …`."""
        following = next((each for each in self._rows if each > row), row)
        below = number_of(self._fields.cell(following, "number")).code
        return (
            self._headings_only
            and len(own) == 2
            and bool(
                number.code and self._fields.own(row, "title") and self._fields.own(following, "question")
            )
            and below[:-1].startswith((f"{number.code}.", f"{number.code}-"))
            and self._answerless(row)
        )

    def _answerless(self, row: int) -> bool:
        return not any(self._sheet.own(row, column) for column in self._answers)

    def _is_item(self, row: int, number: Numbered) -> bool:
        if number.printed or not self._fields.has("number"):
            return True
        filled = sum(
            1 for name in ("title", "question", "kind", "unit", "level_list") if self._fields.own(row, name)
        )
        filled += self._fields.has_levels(row)
        return filled >= 2

    def _why_unnamed(self, row: int, number: Numbered) -> str:
        cells = [self._fields.cell(row, name) for name in ("title", "question")]
        if any(isinstance(cell, Formula) for cell in cells):
            return "formula"
        return "unnamed" if number.code or number.days else "unclear"

    def _add(self, row: int, number: Numbered, title: Both, question: Both, path: tuple[str, ...]) -> None:
        kind, part = self._fields.kind(row, path)
        if title.ja and not question.ja and (parts := split_question(title)) is not None:
            title, question = parts
        asked = question if question.ja else title
        found = Found(
            row,
            number,
            title if title.ja else Both(_shortened(asked.ja), _shortened(asked.en)),
            asked,
            self._fields.own(row, "guidance") if self._fields.has("question") else "",
            path,
            kind,
            part,
            self._fields.own(row, "unit"),
            row in self._sheet.grid.hidden_rows,
            last=row,
        )
        if not title.ja or not question.ja:
            self.notes.append(("title_from_question" if not title.ja else "question_from_title", row))
        if kind == "scored":
            found.levels.update(self._fields.levels(row))
        self.items.append(found)

    def _leave(self, row: int, why: str, own: dict[int, str]) -> None:
        text = " ".join(" | ".join(own[column] for column in sorted(own)).split())
        self.left.append(Left(self._sheet.name, row, _shortened(text, SHOWN), why))


def _is_number(text: str) -> bool:
    return bool(number_of(text).code) and not any(letter.isalpha() for letter in text)


def _shortened(text: str, most: int = TITLE_FROM_QUESTION) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
