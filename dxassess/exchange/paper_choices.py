"""The second sheet of a paper ballot: what each answer means, the reasons, whose words these are. Cells offer from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dxassess.catalogue.model import EditionHead, ScaleLevel
from dxassess.exchange.cells import CANNOT_SAY, NOT_APPLICABLE
from dxassess.exchange.paper_looks import Looks, height
from dxassess.exchange.workbook.writing import cell_text, sheet_name
from dxassess.text import Words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

WIDTHS = (4.0, 40.0, 100.0)
FIRST = 2


@dataclass(frozen=True, slots=True)
class Choices:
    """Where a cell finds what it offers: answers, levels alone, reasons; as references to areas of the second sheet."""

    answers: str
    levels: str
    reasons: str


def write_choices(workbook: Workbook, head: EditionHead, looks: Looks, words: Words) -> Choices:
    """Write the second sheet."""
    sheet = _ChoiceSheet(workbook, looks, words)
    levels = head.scale.levels
    for row, level in enumerate(levels, start=FIRST):
        sheet.mean(row, level.value, words.of(level.name), _character(level, words))
    after = FIRST + len(levels)
    sheet.mean(after, CANNOT_SAY, words("paper.cannot_say"), words("paper.cannot_say_text"))
    sheet.mean(
        after + 1, NOT_APPLICABLE[0], words("paper.not_applicable"), words("paper.not_applicable_text")
    )
    sheet.title(after + 3, words("paper.reasons"))
    for row, reason in enumerate(head.not_applicable, start=after + 4):
        sheet.line(row, 1, words.of(reason))
    end = after + 5 + len(head.not_applicable)
    sheet.title(end, words("paper.wording"))
    sheet.line(end + 1, 2, words.of(head.notice))
    sheet.line(end + 2, 2, words.of(head.source))
    answers, only_levels = sheet.area(FIRST, len(levels) + 2, "A"), sheet.area(FIRST, len(levels), "A")
    return Choices(answers, only_levels, sheet.area(after + 4, len(head.not_applicable), "B"))


def _character(level: ScaleLevel, words: Words) -> str:
    return words.of(level.character) if level.character else ""


class _ChoiceSheet:
    def __init__(self, workbook: Workbook, looks: Looks, words: Words) -> None:
        self._name = sheet_name(words("paper.choices"))
        self._looks = looks
        self._language = words.language
        self._sheet = workbook.add_worksheet(self._name)
        for column, width in enumerate(WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.hide_gridlines(2)
        self._sheet.set_paper(9)
        self._sheet.set_landscape()
        self._sheet.set_margins(left=0.32, right=0.32, top=0.4, bottom=0.55)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.protect()
        self.title(0, words("paper.choices"))

    def title(self, row: int, text: str) -> None:
        """The title of what follows."""
        self._sheet.set_row(row, 24)
        self._sheet.write_string(row, 0, cell_text(text), self._looks["title"])

    def mean(self, row: int, sign: float | str, name: str, text: str) -> None:
        """An answer and what it means. Levels are numbers, so that picking one enters a number."""
        self._sheet.set_row(row, height(("", name, text), WIDTHS, self._language))
        if isinstance(sign, str):
            self._sheet.write_string(row, 0, sign, self._looks["sign"])
        else:
            self._sheet.write_number(row, 0, sign, self._looks["sign"])
        self._sheet.write_string(row, 1, cell_text(name), self._looks["key"])
        self._sheet.write_string(row, 2, cell_text(text), self._looks["text"])

    def line(self, row: int, column: int, text: str) -> None:
        """A text in one cell."""
        self._sheet.set_row(row, height(("",) * column + (text,), WIDTHS, self._language))
        self._sheet.write_string(row, column, cell_text(text), self._looks["text"])

    def area(self, row: int, rows: int, column: str) -> str:
        """A reference to some rows of a column, for lists."""
        name = self._name.replace("'", "''")
        return f"='{name}'!${column}${row + 1}:${column}${row + rows}"
