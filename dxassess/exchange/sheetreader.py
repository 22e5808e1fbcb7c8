"""Reading a score sheet: a CSV file of levels, one row per indicator and respondent.

Columns `indicator,current[,target][,respondent,role]`. `indicator` is the number on the form or the full id. A level cell
is blank (not answered), `?` (cannot say), `-` (not applicable) or a value of the scale (`cells`). `role` is one of the
edition's, by id or by name. `sheetlines` says in which encodings and with what between the cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from dxassess.assessment.model import State
from dxassess.assessment.scoring import Mark
from dxassess.catalogue.model import Edition, Indicator
from dxassess.errors import Problem, ScoreSheetProblems, reason_of
from dxassess.exchange.cells import codes_behind_date, few, folded, kept, levels_of, mark_of, numbered, shown
from dxassess.exchange.sheetlines import NotReadable, rows_of, text_of

MAX_BYTES = 5_000_000
MAX_PROBLEMS = 200
MAX_COUNTED = 10_000
REQUIRED = ("indicator", "current")
COLUMNS = (*REQUIRED, "target", "respondent", "role")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what a respondent says of an indicator (its id). `line` counts from 1, the header's line included.

    `current` and `target` are None when left blank; `role` is the id of a role, `""` when none is given.
    """

    line: int
    indicator: str
    current: Mark | None
    target: Mark | None
    respondent: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a score sheet, in the order of the file."""

    rows: tuple[Row, ...]

    @property
    def respondents(self) -> tuple[str, ...]:
        """The names of those who answered, in the order of the file; `""` for rows without a name."""
        return tuple({folded(row.respondent): row.respondent for row in self.rows}.values())

    def current_marks(self) -> dict[str, list[Mark]]:
        """What the respondents say of today, by indicator id."""
        marks: dict[str, list[Mark]] = {}
        for row in self.rows:
            if row.current is not None:
                marks.setdefault(row.indicator, []).append(row.current)
        return marks

    def target_marks(self) -> dict[str, list[Mark]]:
        """What they aim at, by indicator id. What does not apply today has no target."""
        marks: dict[str, list[Mark]] = {}
        for row in self.rows:
            mark = State.NOT_APPLICABLE if row.current is State.NOT_APPLICABLE else row.target
            if mark is not None:
                marks.setdefault(row.indicator, []).append(mark)
        return marks


def read_sheet(path: Path, edition: Edition, name: str | None = None) -> Sheet:
    """The sheet in a file; `name` is how the file is called in messages. Raises ScoreSheetProblems, all at once."""
    name = name or str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        problem = Problem("sheet.file_unreadable", name, 0, {"reason": reason_of(error)})
        raise ScoreSheetProblems([problem], file=name) from None
    return parse_sheet(raw, edition, name)


def parse_sheet(raw: bytes, edition: Edition, name: str) -> Sheet:
    """As `read_sheet`, for bytes already at hand."""
    reader = _Reader(edition, name)
    text = reader.decoded(raw)
    if text is not None:
        with suppress(_Enough):
            reader.read(text)
    if reader.problems:
        count = len(reader.problems) + reader.more
        raise ScoreSheetProblems(reader.all_problems(), file=name, count=count)
    return Sheet(tuple(reader.rows))


class _Enough(Exception):
    """There are `MAX_COUNTED` problems besides those listed; more would help nobody."""


class _Reader:
    """Reads one sheet, collecting rows and problems."""

    def __init__(self, edition: Edition, name: str) -> None:
        self.edition = edition
        self.name = name
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.more = 0
        self.first_lines: dict[tuple[str, str], int] = {}
        self.roles_of: dict[str, tuple[str, int]] = {}
        self.indicators = _by_number(edition)
        self.roles = {
            folded(word): role.id for role in edition.head.roles for word in (role.id, role.ja, role.en)
        }
        self.codes = few(indicator.code for indicator in edition.scored)
        self.levels = few(edition.scale.values)
        self.mark_of = lru_cache(maxsize=1_000)(partial(mark_of, levels=levels_of(edition.scale)))

    def report(self, code: str, line: int, **values: object) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(f"sheet.{code}", self.name, line, values))
            return
        self.more += 1
        if self.more == MAX_COUNTED:
            raise _Enough

    def all_problems(self) -> list[Problem]:
        code = "sheet.and_on" if self.more == MAX_COUNTED else "sheet.more"
        rest = [Problem(code, self.name, 0, {"count": self.more})] if self.more else []
        return self.problems + rest

    def decoded(self, raw: bytes) -> str | None:
        """The text of the file, or None with a problem reported."""
        if len(raw) > MAX_BYTES:
            self.report("file_too_large", 0, megabytes=MAX_BYTES // 1_000_000)
            return None
        try:
            return text_of(raw)
        except NotReadable as refused:
            self.report(refused.code, refused.line)
            return None

    def read(self, text: str) -> None:
        lines = self.lines(text)
        header = next(lines, None)
        if header is None:
            if not self.problems:
                self.report("empty", 0, allowed=COLUMNS)
            return
        columns = self.columns(*header)
        if columns is None:
            return
        for line, cells in lines:
            if self.is_whole(line, cells, len(columns)):
                self.row(line, dict(zip(columns, cells, strict=False)))

    def lines(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not blank, with the line it starts on."""
        try:
            yield from rows_of(text, REQUIRED)
        except NotReadable as refused:
            self.report(refused.code, refused.line)

    def columns(self, line: int, cells: Sequence[str]) -> list[str] | None:
        """The columns by name, or None when the rows cannot be read with them."""
        names = [folded(cell) for cell in cells]
        while names and not names[-1]:
            names.pop()
        twice = [name for name in COLUMNS if names.count(name) > 1]
        missing = [name for name in REQUIRED if name not in names]
        for number, name in enumerate(names, start=1):
            if name not in COLUMNS:
                self.report(
                    "column_unknown", line, column=shown(cells[number - 1]), number=number, allowed=COLUMNS
                )
        for name in twice:
            self.report("column_twice", line, column=name)
        for name in missing:
            self.report("column_missing", line, column=name, allowed=COLUMNS)
        return None if twice or missing else names

    def is_whole(self, line: int, cells: Sequence[str], expected: int) -> bool:
        if len(cells) >= expected and not any(cell.strip() for cell in cells[expected:]):
            return True
        self.report("ragged", line, found=len(cells), expected=expected)
        return False

    def row(self, line: int, cells: Mapping[str, str]) -> None:
        indicator = self.indicator(line, cells["indicator"])
        current = self.mark(line, "current", cells["current"], indicator)
        target = self.mark(line, "target", cells.get("target", ""), indicator)
        if current is State.NOT_APPLICABLE and target is not None and not isinstance(target, State):
            self.report("target_of_not_applicable", line, target=target)
        respondent = kept(cells.get("respondent", ""))
        role = self.role(line, respondent, cells.get("role", ""))
        if indicator is not None:
            self.refuse_twice(line, indicator, respondent)
            self.rows.append(Row(line, indicator.id, current, target, respondent, role))

    def indicator(self, line: int, cell: str) -> Indicator | None:
        found = self.indicators.get(cell) or self.indicators.get(numbered(cell))
        if found is None:
            self.unknown(line, cell)
        return found

    def unknown(self, line: int, cell: str) -> None:
        behind = codes_behind_date(cell, list(self.edition.by_code))
        if not cell.strip():
            self.report("indicator_blank", line, allowed=self.codes)
        elif behind is not None:
            self.report("indicator_date", line, indicator=shown(cell), allowed=behind or self.codes)
        else:
            self.report("indicator_unknown", line, indicator=shown(cell), allowed=self.codes)

    def mark(self, line: int, column: str, cell: str, indicator: Indicator | None) -> Mark | None:
        if indicator is not None and indicator.measure is not None and cell.strip():
            self.report("quantitative", line, column=column, indicator=indicator.code)
            return None
        try:
            return self.mark_of(cell)
        except ValueError:
            self.report("level_off_scale", line, column=column, value=shown(cell), allowed=self.levels)
            return None

    def role(self, line: int, respondent: str, cell: str) -> str:
        """The id of the role, `""` when blank or unknown; a respondent keeps the role of the first row."""
        if not cell.strip():
            return ""
        role = self.roles.get(folded(cell))
        if role is None:
            allowed = few(role.id for role in self.edition.head.roles)
            self.report("role_unknown", line, role=shown(cell), allowed=allowed)
            return ""
        if respondent:
            known, first = self.roles_of.setdefault(folded(respondent), (role, line))
            if known != role:
                values = {"respondent": shown(respondent), "role": role, "other": known, "first": first}
                self.report("two_roles", line, **values)
        return role

    def refuse_twice(self, line: int, indicator: Indicator, respondent: str) -> None:
        first = self.first_lines.setdefault((indicator.id, folded(respondent)), line)
        if first == line:
            return
        if respondent:
            values = {"indicator": indicator.code, "respondent": shown(respondent), "first": first}
            self.report("twice_by_respondent", line, **values)
        else:
            self.report("twice", line, indicator=indicator.code, first=first)


def _by_number(edition: Edition) -> dict[str, Indicator]:
    """The indicators of the edition by id and by code, as written and as compared."""
    indicators = (*edition.scored, *edition.measured)
    compared = {numbered(name): each for each in indicators for name in (each.id, each.code)}
    return compared | {name: each for each in indicators for name in (each.id, each.code)}
