"""Ballots handed out, and filled in as a person would: by the words in the headings and the numbers of the rows."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from dxassess.assessment.model import FiscalQuarter, Organisation, Respondent, Round
from dxassess.assessment.paper import PaperBallot
from dxassess.catalogue.model import Edition
from dxassess.errors import Problem
from dxassess.exchange.paper_reader import Expected, Upload, read_ballots
from dxassess.exchange.paper_sheet import Paper, ballot_workbook
from dxassess.text import Language, Words, sentences

ORGANISATION = Organisation("0" * 31 + "1", "株式会社みどり製作所", "manufacturing", "small")
Cells = Mapping[str, Mapping[str, object]]
"""What stands in a row: by the number of the indicator, by the name of the column."""


def held(edition: Edition, **more: object) -> Round:
    """A round of this edition."""
    fixed = Round("a" * 32, "第1回", edition.id, 1, edition.hash, date(2026, 11, 22), FiscalQuarter(2026, 3))
    return replace(fixed, **more)  # type: ignore[arg-type]


def paper(edition: Edition, person: int = 1, **more: object) -> Paper:
    """The ballot of one of many people, whose tag is theirs."""
    fixed = Paper(
        edition, ORGANISATION, held(edition), "first", "経営", f"佐藤 {person}", f"tag-{person:03d}"
    )
    return replace(fixed, **more)  # type: ignore[arg-type]


def blank(edition: Edition, person: int = 1, language: Language = "ja", **more: object) -> bytes:
    """That ballot as it is handed out."""
    return ballot_workbook(paper(edition, person, **more), Words(language))


def opened(raw: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw), rich_text=True)


def saved(book: openpyxl.Workbook) -> bytes:
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def columns(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """The row of the headings, and the column of each by its name."""
    words = {said: key.rpartition(".")[2] for key, both in sentences().items() if key.startswith("paper.column.") for said in both.values()}  # fmt: skip
    for row in sheet.iter_rows():
        found = {words[cell.value]: cell.column for cell in row if cell.value in words}
        if len(found) > 3:
            return row[0].row, found
    raise AssertionError("no headings")


def rows(sheet: Worksheet) -> dict[str, int]:
    """The row of each indicator by its number."""
    header, named = columns(sheet)
    numbered = {
        str(sheet.cell(row, named["number"]).value): row for row in range(header + 1, sheet.max_row + 1)
    }
    numbered.pop("None", None)
    return numbered


def filled(raw: bytes, answers: Cells) -> bytes:
    """A ballot with these cells filled in."""
    book = opened(raw)
    sheet = book.worksheets[0]
    _, named = columns(sheet)
    placed = rows(sheet)
    for code, said in answers.items():
        for name, value in said.items():
            sheet.cell(placed[code], named[name]).value = value  # type: ignore[assignment]
    return saved(book)


def people(n: int = 60) -> dict[str, Respondent]:
    """Whose tag is whose."""
    return {
        f"tag-{person:03d}": Respondent(f"{person:032x}", "management", f"佐藤 {person}")
        for person in range(1, n)
    }


def expected(edition: Edition, **more: object) -> Expected:
    """The ballots of this round's first vote."""
    known = people()
    fixed = Expected(ORGANISATION.id, held(edition).id, "first", lambda tag: known.get(tag, "tag_unknown"))
    return replace(fixed, **more)  # type: ignore[arg-type]


def read(
    edition: Edition, *files: bytes | tuple[str, bytes], **more: object
) -> tuple[list[PaperBallot], list[Problem]]:
    """What comes back from these files, named 1.xlsx, 2.xlsx … where they have no name."""
    named = [
        file if isinstance(file, tuple) else (f"{n}.xlsx", file) for n, file in enumerate(files, start=1)
    ]
    return read_ballots([Upload(*file) for file in named], edition, expected(edition, **more))
