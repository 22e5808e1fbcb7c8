"""Where the tables of a sheet begin, and what each column of them is: found by headings, wherever they stand.

Headings may take up to three rows, the upper ones merged over several columns. What one heading cannot settle, the cells below do:
of two columns called alike the longer texts are the questions; `No` beside `指標No.` only counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dxassess.catalogue.form import Column, Field, Table
from dxassess.exchange.form_headings import EXACT, LONGEST, Meaning, meaning
from dxassess.exchange.form_sheet import Sheet
from dxassess.exchange.workbook.values import address

DEEPEST = 3
SECTIONS: tuple[Field, ...] = ("section1", "section2", "section3", "section")


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
        """How surely these are headings: each thing named counts once, levels once each."""
        best: dict[tuple[Field, int], int] = {}
        for each in self.meanings.values():
            key = (each.field, each.level)
            best[key] = max(best.get(key, 0), each.weight)
        return sum(best.values())


def heads(sheet: Sheet) -> list[Head]:
    """The rows of headings of a sheet, from above, none within another."""
    found: list[Head] = []
    for row in sheet.rows:
        if found and row <= found[-1].last:
            continue
        near = (
            each for first in range(row, row + DEEPEST) if first in sheet.rows for each in _from(sheet, first)
        )
        candidates = [head for head in near if _is_head(head)]
        best = max(candidates, key=lambda head: (head.points, head.first - head.last), default=None)
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
    settled = _settled(sheet, columns, rows, fixed={letter for name, letter in chosen if name == sheet.name})
    return Table(sheet.name, head.first, head.last, tuple(settled), sheet.grid.hidden)


def place_of(column: Column) -> int:
    """The number of a column, from 1."""
    number = 0
    for letter in column.letter:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def letter_of(place: int) -> str:
    """The letters of a column."""
    return address((1, place))[:-1]


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
    """Whether a row goes on with the headings above: more than half of what stands in it are headings."""
    own = [sheet.own(row, column) for column in sheet.rows.get(row, ())]
    known = sum(1 for text in own if _counts(meaning(text)))
    return bool(own) and known * 2 > len(own)


def _counts(found: Meaning | None) -> bool:
    return found is not None and found.weight == EXACT


def _head(sheet: Sheet, first: int, last: int) -> Head:
    headings: dict[int, str] = {}
    meanings: dict[int, Meaning] = {}
    columns = {column for row in range(first, last + 1) for column in sheet.rows.get(row, ())}
    widened = {column for span in sheet.grid.merged if first <= span[0] <= last for column in _across(span)}
    for column in sorted(columns | widened):
        texts = list(
            dict.fromkeys(text for row in range(first, last + 1) if (text := sheet.text(row, column)))
        )
        if not texts or len(texts[-1]) > LONGEST:
            continue
        headings[column] = " / ".join(" ".join(text.split()) for text in texts)
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
    """Numbers are headings of levels where at least two follow each other, each once; otherwise they mean nothing."""
    levels = [each.level for _, each in sorted(meanings.items()) if each.field == "level"]
    if len(levels) >= 2 and len(set(levels)) == len(levels):
        steps = {after - before for before, after in pairwise(levels)}
        if steps in ({1}, {-1}) or (len(levels) >= 3 and (min(steps) > 0 or max(steps) < 0)):
            return meanings
    return {column: each for column, each in meanings.items() if each.field != "level"}


def _is_head(head: Head) -> bool:
    """A table asks something (a question, or a name with levels or an answer), and is more than a list of two things."""
    fields = head.fields
    named = "question" in fields or "title" in fields or fields >= _SECTIONED
    asks = "question" in fields or bool(fields & {"level", "level_number", "level_text", "level_list", "answer", "kind", "guidance"})  # fmt: skip
    beside = fields - {"question", "title"}
    exact = [column for column, each in head.meanings.items() if each.weight == EXACT]
    sure = any(not head.is_bare(column) for column in exact)
    return named and asks and len(exact) >= 2 and sure and bool(beside or {"question", "title"} <= fields)


_SECTIONED: frozenset[Field] = frozenset({"section1", "section2"})


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


def _settled(sheet: Sheet, columns: Sequence[Column], rows: Sequence[int], fixed: set[str]) -> list[Column]:
    """Each thing in one column, after a look at what stands below the headings. `fixed` are the letters a person settled."""
    held = {column.letter: [sheet.text(row, place_of(column)) for row in rows] for column in columns}
    settled = [column if column.letter in fixed else _by_content(column, held[column.letter]) for column in columns]  # fmt: skip
    settled = _answers_told_apart(settled, held, fixed)
    settled = _questions_told_apart(settled, held, fixed)
    return _one_number(settled, held, fixed)


_KINDS = ("定性", "定量", "qualitative", "quantitative", "キー", "サブ", "key", "sub")


def _by_content(column: Column, texts: Sequence[str]) -> Column:
    """A column called 区分 or 種別 that only says 定性 or 定量 is the kind."""
    filled = [text.casefold() for text in texts if text]
    if column.field in ("section", "kind", None) and filled and column.heading:
        kinds = sum(1 for text in filled if len(text) <= 20 and any(word in text for word in _KINDS))
        if kinds * 10 >= len(filled) * 8:
            return replace(column, field="kind")
        if column.field == "kind":
            return replace(column, field=None)
    return column


def _answers_told_apart(
    columns: Sequence[Column], held: Mapping[str, Sequence[str]], fixed: set[str]
) -> list[Column]:
    """A column called レベル is where a company answers, unless the levels of the scale stand in it, again and again."""
    settled: list[Column] = []
    for column in columns:
        numbers = [text for text in held[column.letter] if text]
        if column.field == "level_number" and column.letter not in fixed and not _are_levels(numbers):
            longest = max(map(len, numbers), default=0)
            column = replace(column, field="level_list" if longest > LONGEST else "answer")  # noqa: PLW2901
        settled.append(column)
    return settled


def _are_levels(texts: Sequence[str]) -> bool:
    found = [each.level for text in texts if (each := meaning(text)) and each.field == "level"]
    rises = sum(1 for before, after in pairwise(found) if abs(after - before) == 1)
    return len(found) >= 2 and len(found) * 10 >= len(texts) * 8 and rises * 2 >= len(found) - 1


def _questions_told_apart(
    columns: Sequence[Column], held: Mapping[str, Sequence[str]], fixed: set[str]
) -> list[Column]:
    """Of two columns called alike the one with longer texts is the question; what then is left over twice is unsure."""
    settled = list(columns)
    fields = Counter(column.field for column in settled)
    if fields["question"] == 0 and fields["guidance"] and not fields["title"] > 1:
        settled = _renamed(settled, fixed, "guidance", "question", held)
    if fields["title"] > 1 and not fields["question"]:
        settled = _renamed(settled, fixed, "title", "question", held)
    elif fields["question"] > 1 and not fields["title"]:
        settled = _renamed(settled, fixed, "question", "title", held, shortest=True)
    return settled


def _renamed(
    columns: Sequence[Column],
    fixed: set[str],
    old: Field,
    new: Field,
    held: Mapping[str, Sequence[str]],
    *,
    shortest: bool = False,
) -> list[Column]:
    """One of the columns of a field becomes another field: the one with the longest texts, or the shortest."""
    offered = [column for column in columns if column.field == old and column.letter not in fixed]
    filled = [column for column in offered if any(held[column.letter])]
    if not filled:
        return list(columns)
    picked = sorted(filled, key=lambda column: _length(held[column.letter]))[0 if shortest else -1]
    return [replace(column, field=new, unsure=True) if column is picked else column for column in columns]


def _length(texts: Sequence[str]) -> float:
    filled = [len(text) for text in texts if text]
    return sum(filled) / len(filled) if filled else 0


def _one_number(
    columns: Sequence[Column], held: Mapping[str, Sequence[str]], fixed: set[str]
) -> list[Column]:
    """A column that only counts is the number where there is no other, or where the other only counts."""
    numbers = [column for column in columns if column.field in ("number", "running")]
    if not numbers:
        return list(columns)
    chosen = [column for column in numbers if column.letter in fixed and column.field == "number"]
    best = chosen[0] if chosen else max(numbers, key=lambda column: (_parts(held[column.letter]), column.field == "number"))  # fmt: skip
    return [
        replace(column, field="number" if column is best else "running") if column in numbers else column
        for column in columns
    ]


def _parts(texts: Sequence[str]) -> bool:
    """Whether numbers of a column have parts, as 4-1 and 4.1 have."""
    return any(any(sign in text for sign in "-.－−ー月/") for text in texts if text)
