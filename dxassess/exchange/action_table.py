"""Actions as a table for a spreadsheet: one row each, read back with everything that is wrong named by its row.

A row with an ID changes that action, one without adds one. A column that is not there changes nothing, a blank cell empties its field.
`'` stands before what a spreadsheet would take for a formula, and is taken off again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from dxassess.assessment.action import MOST_YEN, Action, Status, differing, refusals
from dxassess.catalogue.model import Edition
from dxassess.errors import ActionNotOfEdition, DxAssessError, TableProblems
from dxassess.exchange.cells import amount_of, codes_behind_date, day_of, folded, numbered, shown
from dxassess.exchange.safe_csv import csv_of, unguarded
from dxassess.exchange.tablereader import Column, Line, TableReader
from dxassess.text import LANGUAGES, Language, Words

COLUMNS = (
    Column("title", "アクション", "Action", required=True),
    Column("status", "状態", "Status"),
    Column("owner", "担当", "Owner"),
    Column("department", "部門", "Department"),
    Column("start", "開始日", "Start"),
    Column("due", "期限", "Due"),
    Column("finished", "完了日", "Finished"),
    Column("effort", "工数（人日）", "Effort (person-days)"),
    Column("one_off", "一時費用（円）", "One-off cost (yen)"),
    Column("yearly", "年間費用（円）", "Yearly cost (yen)"),
    Column("lifts", "上がる見込み", "Expected lift"),
    Column("needs", "先に必要", "Needs first"),
    Column("excludes", "同時にしない", "Not together with"),
    Column("reason", "中止の理由", "Why it was stopped"),
    Column("id", "ID", "ID"),
)
DAYS, YEN = ("人日", "日", "days", "person-days"), ("円", "yen")

_BETWEEN = re.compile(r"[;；\n]")
_LIFT = re.compile(r"(?P<item>[^:]+):\s*\+?(?P<lift>[^:+]+)")

Fit = Callable[[Action], Action]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: the action as it would be kept, and as it is (None for a new one). `line` counts from 1."""

    line: int
    before: Action | None
    after: Action

    @property
    def changes(self) -> tuple[str, ...]:
        """The fields it changes; of a new action none."""
        return differing(self.before, self.after) if self.before else ()


def write_actions(
    actions: Sequence[Action], everybody: Sequence[Action], edition: Edition, words: Words
) -> bytes:
    """The table of these actions as UTF-8 with a byte order mark. `everybody`: all actions that they may name."""
    names = _names({action.id: action.title for action in everybody})
    called = {one: title for title, ids in names.items() for one in ids if len(ids) == 1}
    titles = {each.id: each.title if _can_be_named(each, called) else each.id for each in everybody}
    rows = (_cells(action, edition, titles, words) for action in actions)
    heads = [column[words.language] for column in COLUMNS]
    return csv_of(heads, ([cells[column.name] for column in COLUMNS] for cells in rows))


def read_actions(
    file: str, raw: bytes, edition: Edition, everybody: Sequence[Action], fit: Fit, language: Language
) -> tuple[Row, ...]:
    """The rows of a table, in their order. TableProblems with everything that is wrong, rows named; then nothing is to be kept.

    `fit` gives an action as it is kept, or a DxAssessError. New actions have ids that hold until they are kept.
    """
    reader = TableReader(file, COLUMNS, language)
    lines = reader.lines(raw)
    rows = [] if reader.count else _Table(reader, lines, edition, everybody).rows(fit)
    if reader.count:
        raise TableProblems(reader.problems, file=file, count=reader.count)
    return tuple(rows)


class _Table:
    """The rows of one table, with what they may name: each other and the actions that are there."""

    def __init__(
        self, reader: TableReader, lines: Sequence[Line], edition: Edition, everybody: Sequence[Action]
    ) -> None:
        self.reader, self.edition, self.everybody = reader, edition, everybody
        self.own = {action.id: action for action in everybody if action.edition == edition.id}
        self.new = uuid4().hex
        self.columns = frozenset(name for line in lines for name in line.cells)
        self.lines = [(line, self._id(line)) for line in lines]
        titles = {action.id: action.title for action in everybody}
        self.titles = {**titles, **{one: _title(line) for line, one in self.lines}}
        self.names = _names(self.titles)

    def rows(self, fit: Fit) -> list[Row]:
        """Every row, and every problem to the reader."""
        found: dict[str, Row] = {}
        for line, one in self.lines:
            if one in found:
                self.reader.complain("action_twice", line.number, value=one)
            action = self._action(line, one)
            try:
                action = fit(action)
            except DxAssessError as error:
                self.reader.refuse(line.number, error)
            found[one] = Row(line.number, self.own.get(one), action)
        for action, refused in refusals([row.after for row in found.values()], self.edition, self.everybody):
            self.reader.refuse(found[action.id].line, refused)
        self.reader.problems.sort(key=lambda problem: problem.line)
        return list(found.values())

    def _id(self, line: Line) -> str:
        said = folded(line["id"])
        if said and said not in self.own:
            self.reader.complain("action_unknown", line.number, value=shown(line["id"]))
        return said if said in self.own else f"{self.new}-{line.number}"

    def _action(self, line: Line, one: str) -> Action:
        base = self.own.get(one, Action("", self.edition.id, id=one))
        given = {name: value for name, value in self._given(line, base, one).items() if name in self.columns}
        action = replace(base, **given)
        if action.finished and action.status is not Status.DONE and line["finished"]:
            self.reader.complain("finished", line.number)
        return action

    def _given(self, line: Line, base: Action, one: str) -> dict[str, Any]:
        cell = self.reader.cell
        return {
            "title": _title(line),
            "status": cell(line, "status", _status, "status") or base.status,
            **{name: unguarded(line[name]) for name in ("owner", "department", "reason")},
            **{name: cell(line, name, day_of, "day") for name in ("start", "due", "finished")},
            "effort": cell(line, "effort", lambda text: amount_of(text, DAYS), "amount"),
            **{name: cell(line, name, _yen, "yen") for name in ("one_off", "yearly")},
            "lifts": self._lifts(line, base),
            **{name: self._links(line, name, one) for name in ("needs", "excludes")},
        }

    def _lifts(self, line: Line, base: Action) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for part in _parts(numbered(line["lifts"])):
            dated = codes_behind_date(part, list(self.edition.by_code))
            match = _LIFT.fullmatch(part)
            lift = _lift(match["lift"]) if match else None
            if dated is not None:
                self.reader.complain("lift_date", line.number, value=shown(part), codes=dated)
            elif match is None or lift is None:
                self.reader.complain("lift", line.number, value=shown(part))
            else:
                self._lift(line, base, match["item"].strip(), lift, found)
        return found

    def _lift(self, line: Line, base: Action, said: str, lift: Decimal, found: dict[str, Decimal]) -> None:
        """One lift; an item that left the edition stays where the action raised it before."""
        item = self.edition.by_code.get(said) or self.edition.indicators.get(said)
        if item is None and said in base.lifts:
            found[said] = lift
        elif item is None:
            unknown = ActionNotOfEdition(indicator=shown(said), edition=self.edition.id)
            self.reader.refuse(line.number, unknown)
        elif item.id in found:
            self.reader.complain("lift_twice", line.number, value=item.code)
        else:
            found[item.id] = lift

    def _links(self, line: Line, name: str, one: str) -> frozenset[str]:
        found = set()
        for part in _parts(unguarded(line[name])):
            ids = [part.casefold()] if part.casefold() in self.titles else self.names.get(folded(part), [])
            if len(ids) != 1:
                code = "link_several" if ids else "link_unknown"
                self.reader.complain(code, line.number, value=shown(part))
            elif ids[0] == one:
                self.reader.complain("link_itself", line.number, value=shown(part))
            else:
                found.add(ids[0])
        return frozenset(found)


def _names(titles: Mapping[str, str]) -> dict[str, list[str]]:
    """The ids behind each title, as titles are compared."""
    found: dict[str, list[str]] = defaultdict(list)
    for one, title in titles.items():
        found[folded(title)].append(one)
    return found


def _can_be_named(action: Action, called: Mapping[str, str]) -> bool:
    """Whether its title means this action alone, and stays one piece between others."""
    return bool(called.get(action.id)) and not _BETWEEN.search(action.title)


def _cells(action: Action, edition: Edition, titles: Mapping[str, str], words: Words) -> dict[str, str]:
    lifts = (f"{_code(edition, one)}:+{lift:f}" for one, lift in action.lifts.items())
    return {
        "title": action.title,
        "status": words(f"action.status_{action.status}"),
        **{name: getattr(action, name) for name in ("owner", "department", "reason", "id")},
        **{name: _day(getattr(action, name)) for name in ("start", "due", "finished")},
        "effort": "" if action.effort is None else f"{action.effort:f}",
        **{name: _number(getattr(action, name)) for name in ("one_off", "yearly")},
        "lifts": "; ".join(lifts),
        **{
            name: "; ".join(titles.get(one, one) for one in sorted(getattr(action, name)))
            for name in ("needs", "excludes")
        },
    }


def _code(edition: Edition, indicator: str) -> str:
    return edition.indicators[indicator].code if indicator in edition.indicators else indicator


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(amount: int | None) -> str:
    return "" if amount is None else str(amount)


def _title(line: Line) -> str:
    return " ".join(unguarded(line["title"]).split())


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _status(text: str) -> Status:
    """A status by its name in either language, or by its id. ValueError."""
    said = {
        folded(Words(language)(f"action.status_{kind}")): kind for language in LANGUAGES for kind in Status
    }
    found = said.get(folded(text))
    return found if found else Status(folded(text))


def _yen(text: str) -> int:
    """Whole yen. ValueError."""
    amount = amount_of(text, YEN)
    if amount != int(amount) or abs(amount) > MOST_YEN:
        raise ValueError(text)
    return int(amount)


def _lift(text: str) -> Decimal | None:
    try:
        return amount_of(text)
    except ValueError:
        return None
