"""The rows of a ballot's table: what was answered, and whatever is not understood, by cell."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from dxassess.assessment.model import Answer, State
from dxassess.assessment.paper import TEXT_LIMIT
from dxassess.assessment.scoring import Mark
from dxassess.catalogue.model import Edition, Indicator, Level
from dxassess.errors import Problem
from dxassess.exchange.cells import few, folded, kept, levels_of, mark_of, shown
from dxassess.exchange.paper_table import READ, Numbers, Table
from dxassess.exchange.workbook.values import Cell, Fault, Formula, Place, Span, address

_NOT_KEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Rows:
    """Reads the rows of one table, collecting problems."""

    def __init__(
        self, edition: Edition, table: Table, file: str, asked: Collection[str] | None = None
    ) -> None:
        self.problems: list[Problem] = []
        self._table = table
        self._file = file
        self._asked = asked
        self._numbers = Numbers(edition)
        self._levels = levels_of(edition.scale)
        self._allowed = few(edition.scale.values)
        self._reasons = {
            folded(said): reason.id
            for reason in edition.head.not_applicable
            for said in (reason.id, reason.ja, reason.en)
        }
        self._offered = few(f"{reason.ja} / {reason.en}" for reason in edition.head.not_applicable)

    def answers(self) -> dict[str, Answer]:
        """What was answered, by indicator id; rows left blank are left out."""
        found: dict[str, Answer] = {}
        first: dict[str, str] = {}
        for row in self._table.rows():
            indicator = self._indicator(row) if self._table.is_filled_in(row) else None
            if indicator is None:
                continue
            cell = address(self._table.place(row, "number"))
            if self._asked is not None and indicator.id not in self._asked:
                self._report("not_asked", row, "number", indicator=indicator.code)
            elif first.setdefault(indicator.id, cell) != cell:
                self._report("row_twice", row, "number", indicator=indicator.code, first=first[indicator.id])
            else:
                found[indicator.id] = self._answer(row, indicator)
        for span in self._table.grid.merged:
            self._refuse_merged(span)
        return found

    def _report(self, code: str, row: int, column: str, **values: object) -> None:
        self._report_at(code, self._table.place(row, column), **values)

    def _report_at(self, code: str, place: Place, **values: object) -> None:
        self.problems.append(Problem(f"paper.{code}", self._file, values=values, cell=address(place)))

    def _indicator(self, row: int) -> Indicator | None:
        """The indicator a row is about; None with a problem reported."""
        number, name = self._table.cell(row, "number"), self._table.cell(row, "name")
        if number is None:
            self._report("number_missing", row, "number")
            return None
        told = {"indicator": shown(_said(number)), "allowed": few(self._numbers.listed)}
        try:
            found = self._numbers.indicator(number, name)
        except ValueError:
            self._report("number_date", row, "number", **told)
            return None
        if found is None:
            self._report("number_unknown", row, "number", **told)
        elif not self._numbers.belongs(found.code, name):
            self._report("name_differs", row, "name", indicator=found.code, name=shown(_said(name)))
            return None
        return found

    def _refuse_merged(self, span: Span) -> None:
        """A merged area shows one value for several cells and keeps it in the first."""
        top, left, bottom, right = span
        columns = {self._table.columns[name] for name in READ}
        rows = [row for row in self._table.rows() if self._table.cell(row, "number") is not None]
        touched = columns.intersection(range(left, right + 1)) and any(top <= row <= bottom for row in rows)
        if touched and (top, left) != (bottom, right):
            self._report_at("merged", (top, left), area=f"{address((top, left))}:{address((bottom, right))}")

    def _answer(self, row: int, indicator: Indicator) -> Answer:
        before = len(self.problems)
        mark, target = self._mark(row, "answer"), self._target(row)
        reason = self._reason(row)
        if len(self.problems) == before:
            self._refuse_contradictions(row, mark, target, reason)
        return Answer(
            indicator.id,
            state=State.OPEN if mark is None else mark if isinstance(mark, State) else State.ANSWERED,
            level=None if isinstance(mark, State) else mark,
            target=target,
            reason=reason,
            evidence=self._text(row, "evidence"),
            comment=self._text(row, "comment"),
        )

    def _refuse_contradictions(
        self, row: int, mark: Mark | None, target: Level | None, reason: str | None
    ) -> None:
        """All of these stand at the cell of the answer: which cell is to blame would tell what was answered."""
        if mark is State.NOT_APPLICABLE and reason is None:
            self._report("reason_missing", row, "answer", allowed=self._offered)
        if mark is not State.NOT_APPLICABLE and reason is not None:
            self._report("reason_without", row, "answer")
        if mark is State.NOT_APPLICABLE and target is not None:
            self._report("target_without", row, "answer")

    def _plain(self, row: int, column: str) -> Cell | None:
        """What a cell holds; None when it is blank, or with a problem reported when it is no value."""
        value = self._table.cell(row, column)
        if isinstance(value, Formula):
            self._report("formula", row, column)
            return None
        if isinstance(value, Fault):
            self._report("fault", row, column, found=shown(value.text))
            return None
        return value

    def _mark(self, row: int, column: str) -> Mark | None:
        value = self._plain(row, column)
        text = "" if value is None else _said(value)
        try:
            return mark_of(text, self._levels)
        except ValueError:
            self._report(f"{column}_unknown", row, column, found=shown(text), allowed=self._allowed)
            return None

    def _target(self, row: int) -> Level | None:
        mark = self._mark(row, "target")
        if isinstance(mark, State):
            found = shown(_said(self._table.cell(row, "target")))
            self._report("target_unknown", row, "target", found=found, allowed=self._allowed)
            return None
        return mark

    def _reason(self, row: int) -> str | None:
        value = self._plain(row, "reason")
        if value is None:
            return None
        reason = self._reasons.get(folded(_said(value)))
        if reason is None:
            self._report("reason_unknown", row, "reason", found=shown(_said(value)), allowed=self._offered)
        return reason

    def _text(self, row: int, column: str) -> str:
        value = self._plain(row, column)
        text = "" if value is None else kept(_said(value).replace("\r\n", "\n").replace("\r", "\n"))
        hidden = _NOT_KEPT.search(text)
        if hidden:
            self._report("text_hidden", row, column, character=f"U+{ord(hidden[0]):04X}")
        if len(text) > TEXT_LIMIT:
            self._report("text_too_long", row, column, length=len(text), limit=TEXT_LIMIT)
        return text


def _said(value: Cell | None) -> str:
    """A value as text: `3`, `3.5`, `2026-04-01`, `TRUE`."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, Formula):
        return "" if value.shows is None else _said(value.shows)
    if isinstance(value, Fault):
        return value.text
    return "" if value is None else str(value)
