"""Writing a paper ballot: a workbook one person fills in, to be read on a screen or printed on A4.

Everything is written as text, never as a formula or a link. Only the cells of an answer can be changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from dxassess.assessment.model import Ballot, Organisation, Round
from dxassess.assessment.paper import TEXT_LIMIT
from dxassess.catalogue.model import Edition, Indicator, ScaleLevel
from dxassess.exchange.cells import NOT_APPLICABLE
from dxassess.exchange.paper_choices import write_choices
from dxassess.exchange.paper_code import PaperCode
from dxassess.exchange.paper_looks import Looks, height
from dxassess.exchange.workbook.writing import cell_text, footer_text, sheet_name
from dxassess.text import Words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

COLUMNS = ("number", "name", "question", "levels", "answer", "target", "reason", "evidence", "comment")
WIDTHS = (5.3, 12, 22, 74, 7, 7, 12, 16, 16)
FILLED_IN = COLUMNS.index("answer")
HEADER = 5
MOST_DESCRIBED = 12
"""A scale of more levels is not described row by row."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Whose ballot it is and what it asks. `role` in the words of the ballot; `name` counts in named rounds alone.

    `tag` is this person's secret: no blanks, and nobody else's. `asked`: the ids of the indicators that are asked, None for all.
    """

    edition: Edition
    organisation: Organisation
    held: Round
    vote: Ballot
    role: str
    name: str
    tag: str
    asked: Collection[str] | None = None

    @property
    def code(self) -> PaperCode:
        """What tells that it is this one."""
        return PaperCode(self.organisation.id, self.held.id, self.vote, self.edition.hash, self.tag)


def ballot_workbook(paper: Paper, words: Words) -> bytes:
    """The ballot as a workbook (.xlsx). The same paper in the same language is the same bytes."""
    import xlsxwriter

    raw = BytesIO()
    with xlsxwriter.Workbook(raw, {"in_memory": True}) as workbook:
        made = datetime.combine(paper.held.held_on, time(), UTC).replace(tzinfo=None)
        workbook.set_properties({"title": cell_text(words("paper.title")), "created": made})
        _Ballot(workbook, paper, words).write()
    return raw.getvalue()


class _Ballot:
    def __init__(self, workbook: Workbook, paper: Paper, words: Words) -> None:
        self.paper = paper
        self.words = words
        self.looks = Looks(workbook, words.language)
        self.sheet = workbook.add_worksheet(sheet_name(words("paper.title")))
        self.choices = write_choices(workbook, paper.edition.head, self.looks, words)
        self.scale = paper.edition.scale
        listed = [words.level(value) for value in self.scale.values]
        self.levels = f"{listed[0]}–{listed[-1]}" if _is_counted(self.scale.values) else ", ".join(listed)

    def write(self) -> None:
        """The sheet to fill in."""
        self._set_page()
        self._write_head()
        last = self._write_rows()
        self._write_foot(last + 2)
        self._restrict(HEADER + 1, last)

    def _set_page(self) -> None:
        sheet = self.sheet
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.32, right=0.32, top=0.4, bottom=0.55)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER)
        sheet.hide_gridlines(2)
        sheet.freeze_panes(HEADER + 1, 2)
        whose = footer_text(f"{self.paper.organisation.name}  {self.paper.held.title}  {self._who()}")
        page = self.words("paper.page", page="&P", pages="&N")
        sheet.set_footer(f"&L&8 {whose}&R&8 {page}")
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _write_head(self) -> None:
        words, held = self.words, self.paper.held
        vote = words(f"paper.vote_{self.paper.vote}")
        about = words("paper.held", title=held.title, quarter=words.quarter(held.quarter), vote=vote)
        title = f"{words('paper.title')}   {about}"
        lines = [
            words("paper.how_1", levels=self.levels),
            words("paper.how_2"),
            words("paper.how_3"),
        ]
        self._say(0, 0, title, "title", 26)
        self._say(1, 0, f"{self.paper.organisation.name}   {self._who()}", "who", 17)
        for row, line in enumerate(lines, start=2):
            self._say(row, 0, line, "how", 14)
        for column, name in enumerate(COLUMNS):
            self._say(HEADER, column, words(f"paper.column.{name}"), "header", 28)

    def _who(self) -> str:
        name, role = self.paper.name, self.paper.role
        if name and self.paper.held.named:
            return self.words("paper.named", name=name, role=role)
        return role if self.paper.held.named else self.words("paper.anonymous", role=role)

    def _write_rows(self) -> int:
        """The rows of the indicators, under the titles of their sections; gives the last row."""
        row = HEADER
        for title, indicator in self._asked():
            row += 1
            if title:
                self._write_band(row, title)
                row += 1
            self._write_indicator(row, indicator)
        return row

    def _asked(self) -> Iterator[tuple[str, Indicator]]:
        """Each scored indicator, with the title of its part of the tree before the first of it."""
        edition, asked = self.paper.edition, self.paper.asked
        items = [item for item in edition.scored if asked is None or item.id in asked]
        part_of = {code: part for part in edition.head.tree.sections for code in part.codes()}
        last = None
        for item in items:
            part = part_of.get(item.code)
            yield (self.words.of(part.title) if part and part is not last else ""), item
            last = part

    def _write_band(self, row: int, title: str) -> None:
        for column in range(len(COLUMNS)):
            self.sheet.write_blank(row, column, None, self.looks["band"])
        self._say(row, 1, title, "band", 18)

    def _write_indicator(self, row: int, indicator: Indicator) -> None:
        kind = "key" if indicator.kind == "key" else "text"
        texts = (indicator.code, self.words.of(indicator.title), self.words.of(indicator.question))
        levels = self._described_levels(indicator)
        below = "\n".join(f"{name}  {said}" for name, said in levels)
        self.sheet.set_row(row, height((*texts, below), WIDTHS, self.words.language))
        for column, (text, look) in enumerate(zip(texts, ("number", kind, "text"), strict=True)):
            self._say(row, column, text, look)
        self._write_levels(row, levels)
        for column in range(FILLED_IN, len(COLUMNS)):
            look = "pick" if column < FILLED_IN + 2 else "fill"
            self.sheet.write_blank(row, column, None, self.looks[look])

    def _write_levels(self, row: int, levels: Sequence[tuple[str, str]]) -> None:
        """Each level on a line of its own, its number and name in bold."""
        pieces: list[object] = []
        for name, said in levels:
            end = "" if name is levels[-1][0] else "\n"
            pieces += [self.looks["strong"], name, self.looks["plain"], f"  {said}{end}"]
        if pieces:
            self.sheet.write_rich_string(row, 3, *pieces, self.looks["text"])
        else:
            self._say(row, 3, self.levels, "text")

    def _described_levels(self, indicator: Indicator) -> list[tuple[str, str]]:
        """Number and name, and what it means, of each level; nothing on a long scale."""
        levels = self.scale.levels
        if len(levels) > MOST_DESCRIBED:
            return []
        return [(self._named(level), self._described(indicator, level)) for level in levels]

    def _named(self, level: ScaleLevel) -> str:
        name = self.words.of(level.short or level.name)
        return cell_text(self.words("paper.level", level=self.words.level(level.value), name=name))

    def _described(self, indicator: Indicator, level: ScaleLevel) -> str:
        said = indicator.levels.get(level.value) or level.character
        return cell_text(self.words.of(said)) if said else ""

    def _write_foot(self, row: int) -> None:
        self._say(row, 1, self.words.of(self.paper.edition.head.notice), "note", 13)
        self._say(row + 1, 1, self.words("paper.code"), "note", 13)
        self._say(row + 2, 1, str(self.paper.code), "code", 10)

    def _restrict(self, first: int, last: int) -> None:
        """What a cell may hold is offered as a list, and a reason is missed while the answer is `-`."""
        said, column, offered = self.words, FILLED_IN, self.choices
        self._offer(first, last, column, offered.answers, said("paper.only_levels", levels=self.levels))
        self._offer(first, last, column + 1, offered.levels, said("paper.only_targets", levels=self.levels))
        self._offer(first, last, column + 2, offered.reasons, said("paper.only_reasons"))
        message = said("paper.only_short", limit=TEXT_LIMIT)
        told = {"error_title": said("paper.too_long"), "error_message": message}
        limit = {"validate": "length", "criteria": "<=", "value": TEXT_LIMIT, **told}
        self.sheet.data_validation(first, column + 3, last, column + 4, limit)
        missing = f'=AND($E{first + 1}="{NOT_APPLICABLE[0]}",$G{first + 1}="")'
        missed = {"type": "formula", "criteria": missing, "format": self.looks["missed"]}
        self.sheet.conditional_format(first, column + 2, last, column + 2, missed)
        self.sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:A{last + 1}"})

    def _offer(self, first: int, last: int, column: int, source: str, message: str) -> None:
        offered = {"validate": "list", "source": source, "error_title": self.words("paper.only_listed")}
        self.sheet.data_validation(first, column, last, column, offered | {"error_message": message})

    def _say(self, row: int, column: int, text: str, look: str, height: float | None = None) -> None:
        if height is not None:
            self.sheet.set_row(row, height)
        self.sheet.write_string(row, column, cell_text(text), self.looks[look])


def _is_counted(values: tuple[float, ...]) -> bool:
    """Whole numbers one after the other, more than two: `0–5` says it all."""
    return len(values) > 2 and list(values) == list(range(int(values[0]), int(values[0]) + len(values)))
