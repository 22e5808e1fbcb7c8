"""What was understood of a self-diagnosis workbook: its items as they stand there, and everything that was not understood.

Made by `exchange.form_reader`, turned into an edition by `catalogue.compose`. Nothing here is an answer of a company.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dxassess.catalogue.model import Level
from dxassess.errors import Problem

Field = Literal[
    "number", "running", "title", "question", "guidance", "section1", "section2", "section3", "section",
    "kind", "unit", "level", "level_number", "level_text", "level_list", "answer",
]  # fmt: skip
"""What a column may hold. `running` counts rows; `level` is the text of one level; `answer` is what a company writes and is not read."""
FIELDS: tuple[Field, ...] = (
    "number", "running", "title", "question", "guidance", "section1", "section2", "section3", "section",
    "kind", "unit", "level", "level_number", "level_text", "level_list", "answer",
)  # fmt: skip
Kind = Literal["scored", "quantitative"]
Part = Literal["key", "sub", ""]
Numbering = Literal["printed", "restored", "counted", "placed", "repeated"]
"""Where an item's number comes from: the sheet; a date a spreadsheet made of it; the order, as there was none; its section, as
numbers begin anew in each; or the sheet, with a mark, as another item has it too."""


ScaleFrom = Literal["columns", "rows", "legend", "asked"]


@dataclass(frozen=True, slots=True)
class Both:
    """A text in Japanese and English; the same twice where the sheet has one language."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its letter, its heading as it stands there, what it was taken for (None: nothing), and how it looked.

    `level` is the level of a column that holds the texts of one.
    """

    letter: str
    heading: str
    field: Field | None
    level: Level | None = None
    hidden: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of items: its sheet, the rows of its headings (from 1), its columns from left to right."""

    sheet: str
    first: int
    last: int
    columns: tuple[Column, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator as the sheet has it. `printed` is what stood in the cell of its number; `code` what it is imported under.

    `parent` is the code of the key question a sub belongs to, "" for all others.
    """

    sheet: str
    row: int
    code: str
    printed: str
    numbering: Numbering
    kind: Kind
    part: Part
    parent: str
    title: Both
    question: Both
    path: tuple[str, ...] = ()
    guidance: str = ""
    unit: str = ""
    levels: Mapping[Level, str] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A row that was not taken: where, what stands there, and why, as the sentence `form.left_<why>`."""

    sheet: str
    row: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """A level of the scale as the sheet names it; empty texts where it only has the number."""

    value: Level
    name: str = ""
    character: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know or confirm, as the sentence `form.note_<code>`."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided where the sheet leaves it open. Empty means: as proposed.

    `heads`: the row of the headings by sheet, where none are known; `columns`: field by (sheet, letter); `numbers`: code by (sheet, row); `sheets`: which are read, all when empty.
    """

    columns: Mapping[tuple[str, str], Field | None] = field(default_factory=dict)
    numbers: Mapping[tuple[str, int], str] = field(default_factory=dict)
    heads: Mapping[str, int] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    without_hidden: bool = False
    scale: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """A workbook as it was understood.

    `digest` is the SHA-256 of the file. `title` is what stands above the table, "" when nothing does. `steps` is the scale,
    `scale_from` where it comes from: the columns or rows of levels, a legend, or the person (0–5 unless said otherwise).
    `problems` keep the file from being imported; without any, `items` can be.
    """

    file: str
    digest: str
    title: str
    tables: tuple[Table, ...]
    items: tuple[Item, ...]
    steps: tuple[Step, ...]
    scale_from: ScaleFrom
    left: tuple[Left, ...]
    notes: tuple[Note, ...]
    sheets: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def scored(self) -> tuple[Item, ...]:
        """The items that carry a level, in the order of the sheet."""
        return tuple(item for item in self.items if item.kind == "scored")

    @property
    def measured(self) -> tuple[Item, ...]:
        """The quantitative items, in the order of the sheet."""
        return tuple(item for item in self.items if item.kind == "quantitative")
