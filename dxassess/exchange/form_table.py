"""Where the tables of a sheet begin, and what each column of them is: found by headings, wherever they stand.

Headings may take up to three rows, the upper ones merged over several columns. What a heading cannot settle, `form_columns` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from dxassess.catalogue.form import Column, Field, Table
from dxassess.exchange.form_columns import SECTIONS, letter_of, place_of, settled
from dxassess.exchange.form_headings import EXACT, LONGEST, Meaning, meaning, upright
from dxassess.exchange.form_sheet import Sheet

DEEPEST = 3
LEAST_POINTS = 4


@dataclass(frozen=True, slots=True)
class Head:
    """Rows of headings: from `first` to `last`; by column what is written there and what it means."""

    first: int
    last: int
    headings: Mapping[int, str]
    meanings: Mapping[int, Meaning]

    @property
    def fields(self) -> frozenset[Field]:
        """What the columns hold."""
        return frozenset(each.field for each in self.meanings.values())

    def is_bare(self, column: int) -> bool:
        """Whether a heading is a number without a word, as an item's own number is."""
        return self.meanings[column].field == "level" and self.headings[column].strip()[:1].isdigit()

    @property
    def points(self) -> int:
        """How surely these are headings: each thing named counts once, every level and every section for itself."""
        best: dict[tuple[Field, int], int] = {}
        for column, each in self.meanings.items():
            key = (each.field, column if each.field == "section" else each.level)
            best[key] = max(best.get(key, 0), each.weight)
        return sum(best.values())

    @property
    def weight(self) -> int:
        """The same over all columns."""
        return sum(each.weight for each in self.meanings.values())


def heads(sheet: Sheet) -> list[Head]:
    """The rows of headings of a sheet, from above, none within another."""
    found: list[Head] = []
    likely = [row for row in sheet.rows if _may_begin(sheet, row)]
    begun = {row: [head for head in _from(sheet, row) if _is_head(head)] for row in likely}
    for row in sheet.rows:
        if found and row <= found[-1].last:
            continue
        candidates = [head for first in range(row, row + DEEPEST) for head in begun.get(first, ())]
        best = max(
            candidates,
            key=lambda head: (head.points, head.weight, head.first - head.last),
            default=None,
        )
        if best is not None and best.first == row:
            found.append(best)
    return found


def head_at(sheet: Sheet, row: int) -> Head:
    """The head a person says stands in a row, whatever its headings mean."""
    return _head(sheet, row, row)


def table(sheet: Sheet, head: Head, last: int, chosen: Mapping[tuple[str, str], Field | None]) -> Table:
    """The table below a head, down to row `last`. `chosen` are columns a person named otherwise, by (sheet, letter)."""
    rows = [row for row in sheet.rows if head.last < row <= last]
    columns = [_column(sheet, head, place, chosen) for place in _places(sheet, head, rows, chosen)]
    columns = settled(sheet, columns, rows, fixed={letter for name, letter in chosen if name == sheet.name})
    return Table(sheet.name, head.first, head.last, tuple(columns), sheet.grid.hidden)


def _may_begin(sheet: Sheet, row: int) -> bool:
    """Whether anything in a row is a heading of something else than a level; headings that begin lower begin there."""
    found = (meaning(sheet.own(row, column)) for column in sheet.rows[row])
    return any(each is not None and each.field != "level" for each in found)


def _from(sheet: Sheet, row: int) -> Iterator[Head]:
    """The heads that may begin in a row, of one to three rows that follow each other."""
    for depth in range(DEEPEST):
        last = row + depth
        if depth and not _is_lower_row(sheet, row, last):
            if not _is_between(sheet, row, last):
                return
            continue
        yield _head(sheet, row, last)


def _is_between(sheet: Sheet, first: int, row: int) -> bool:
    """Whether a row lies between rows of headings: a heading above is merged down past it, and the next row goes on with them."""
    spans = (sheet.span(first, column) for column in sheet.rows[first] if _counts(meaning(sheet.own(first, column))))  # fmt: skip
    return any(span is not None and span[0] == first and span[2] > row for span in spans) and _is_lower_row(sheet, first, row + 1)  # fmt: skip


def _is_lower_row(sheet: Sheet, first: int, row: int) -> bool:
    """Whether a row goes on with the headings above: more than half of what stands in it, up to an empty column, are headings."""
    columns = sheet.rows.get(row, ())
    start = min((*columns, *sheet.rows.get(first, ())), default=1)
    end = next(
        column for column in count(start) if not sheet.text(first, column) and not sheet.text(row, column)
    )
    own = [sheet.own(row, column) for column in columns if column < end]
    known = sum(1 for text in own if _counts(meaning(text)))
    return bool(own) and known * 2 > len(own)


def _counts(found: Meaning | None) -> bool:
    return found is not None and found.weight == EXACT


def _head(sheet: Sheet, first: int, last: int) -> Head:
    headings: dict[int, str] = {}
    meanings: dict[int, Meaning] = {}
    columns = {column for row in range(first, last + 1) for column in sheet.rows.get(row, ())}
    widened = {
        column
        for row in range(first, last + 1)
        for span in sheet.merged_from.get(row, ())
        for column in _across(span)
    }
    for column in sorted(columns | widened):
        texts = list(
            dict.fromkeys(text for row in range(first, last + 1) if (text := sheet.text(row, column)))
        )
        if not texts or len(texts[-1]) > LONGEST:
            continue
        headings[column] = " / ".join(" ".join(upright(text).split()) for text in texts)
        found = _meaning(texts)
        if found is not None:
            meanings[column] = found
    return Head(first, last, headings, _levels_checked(meanings))


def _across(span: Sequence[int]) -> range:
    _top, left, _bottom, right = span
    return range(left, min(right, left + 40) + 1)


def _meaning(texts: Sequence[str]) -> Meaning | None:
    """The lowest heading that means something; one that is an answer above makes everything below it one."""
    found = [each for text in texts if (each := meaning(text)) is not None]
    if not found:
        return None
    if any(each.field == "answer" for each in found[:-1]) and found[-1].field in ("level", "level_number"):
        return next(each for each in found if each.field == "answer")
    return found[-1]


def _levels_checked(meanings: dict[int, Meaning]) -> dict[int, Meaning]:
    """Numbers head levels where at least two follow each other, or three rise or fall; the longest such run counts, others mean nothing."""
    headed = [(column, each.level) for column, each in sorted(meanings.items()) if each.field == "level"]
    longest = max(
        (_run(headed, start, step) for start in range(len(headed)) for step in (1, -1)), key=len, default=()
    )
    if len(longest) < 2 or (len(longest) == 2 and abs(longest[1][1] - longest[0][1]) != 1):
        longest = ()
    kept = {column for column, _ in longest}
    return {column: each for column, each in meanings.items() if each.field != "level" or column in kept}


def _run(headed: Sequence[tuple[int, int]], start: int, step: int) -> tuple[tuple[int, int], ...]:
    """The levels from a place on that go on rising (`step` 1) or falling (-1)."""
    found = [headed[start]]
    for column, level in headed[start + 1 :]:
        if (level - found[-1][1]) * step <= 0:
            break
        found.append((column, level))
    return tuple(found)


def _is_head(head: Head) -> bool:
    """Whether a row may head a table that asks something: a question, or a name with what is said of it. `asks` looks closer."""
    fields = head.fields
    sections = sum(1 for each in head.meanings.values() if each.field in SECTIONS)
    named = "question" in fields or "title" in fields or sections >= 2
    beside = fields - {"question", "title"}
    sure = any(each.weight == EXACT and not head.is_bare(column) for column, each in head.meanings.items())
    return named and sure and head.points >= LEAST_POINTS and bool(beside or {"question", "title"} <= fields)


def _places(
    sheet: Sheet, head: Head, rows: Sequence[int], chosen: Mapping[tuple[str, str], Field | None]
) -> list[int]:
    """The columns of a table: those with a heading, and those a person named."""
    named = {place_of(Column(letter, "", None)) for name, letter in chosen if name == sheet.name}
    filled = {column for row in rows for column in sheet.rows[row]}
    inside = range(min(head.headings), max(head.headings) + 1) if head.headings else range(0)
    return sorted({*head.headings, *named, *(column for column in filled if column in inside)})


def _column(sheet: Sheet, head: Head, place: int, chosen: Mapping[tuple[str, str], Field | None]) -> Column:
    found = head.meanings.get(place)
    letter = letter_of(place)
    field = found.field if found else None
    key = (sheet.name, letter)
    level = found.level if found and found.field == "level" else None
    heading, hidden = head.headings.get(place, ""), place in sheet.grid.hidden_columns
    if key in chosen:
        return Column(letter, heading, chosen[key], level if chosen[key] == "level" else None, hidden)
    return Column(letter, heading, field, level, hidden)
