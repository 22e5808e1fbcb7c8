"""What each column of a table is, once the cells below the headings have been looked at: each thing in one column.

Of two columns called alike the longer texts are the questions; `No` beside `指標No.` only counts; a column called 種別 may be the
kind; names alone may head the levels; a second table beside the first is none of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from dxassess.catalogue.form import Column, Field, Table
from dxassess.exchange.form_headings import LONGEST, meaning, plain_heading
from dxassess.exchange.form_sheet import Sheet
from dxassess.exchange.workbook.values import LETTERS, address

SECTIONS: tuple[Field, ...] = ("section1", "section2", "section3", "section")
_MAIN: tuple[Field, ...] = ("title", "question")
_BESIDE: tuple[Field, ...] = (*SECTIONS, *_MAIN, "number", "running", "kind", "unit", "guidance")
_LEVELS: tuple[Field, ...] = ("level", "level_number", "level_text", "level_list")
LONG_NAME = 40
"""Characters: names longer than this on average are questions."""
LEAST_NAMED = 3
MOST_NAMED = 11
SENTENCE = 12
"""Characters: texts of levels are this long on average, at least."""
_ASSESSED = re.compile(
    "現在|目標|現状|レベル|成熟度|評価|スコア|点数|判定|current|target|score|rating|level|maturity|asis|tobe"
)


def place_of(column: Column) -> int:
    """The number of a column, from 1."""
    number = 0
    for letter in column.letter:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number


def letter_of(place: int) -> str:
    """The letters of a column."""
    return address((1, place))[:-1]


def is_assessment(table: Table) -> bool:
    """Whether a table has levels, kinds or units, or columns where a company says where it stands; a list of questions and answers has none."""
    fields = {column.field for column in table.columns}
    if "level_number" not in fields:
        fields -= {"level_text"}
    answers = [plain_heading(column.heading) for column in table.columns if column.field == "answer"]
    return bool(fields & {*_LEVELS, "kind", "unit"}) or any(map(_ASSESSED.search, answers))


def settled(sheet: Sheet, columns: Sequence[Column], rows: Sequence[int], fixed: set[str]) -> list[Column]:
    """The columns of a table after a look at its rows. `fixed` are the letters a person settled."""
    held = {column.letter: [sheet.text(row, place_of(column)) for row in rows] for column in columns}
    found = [
        column if column.letter in fixed else _by_content(column, held[column.letter]) for column in columns
    ]
    found = _without_table_beside(found, held, fixed)
    found = _answers_told_apart(found, held, fixed)
    found = _questions_told_apart(found, held, fixed)
    found = _levels_by_name(found, held, fixed)
    return _one_number(found, held, fixed)


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
    elif fields["title"] >= 1 and not fields["question"] and (asked := _sentences(settled, held, fixed)):
        settled = [replace(column, field="question", unsure=True) if column is asked else column for column in settled]  # fmt: skip
    elif fields["title"] == 1 and not fields["question"]:
        named = next(column for column in settled if column.field == "title")
        if _length(held[named.letter]) > LONG_NAME and not any("\n" in text for text in held[named.letter]):
            settled = _renamed(settled, fixed, "title", "question", held)
    return settled


def _sentences(
    columns: Sequence[Column], held: Mapping[str, Sequence[str]], fixed: set[str]
) -> Column | None:
    """A column called a section, or nothing known, that holds a sentence of its own in nearly every row; none of several."""
    found: list[Column] = []
    for column in columns:
        texts = held[column.letter]
        filled = [text for text in texts if text]
        is_asked = column.field in (*SECTIONS, None) and bool(column.heading) and column.letter not in fixed
        each_its_own = len(filled) * 10 >= len(texts) * 8 and len(set(filled)) * 10 >= len(filled) * 9
        if is_asked and each_its_own and len(filled) >= 2 and _length(texts) >= SENTENCE:
            found.append(column)
    return found[0] if len(found) == 1 else None


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


def _without_table_beside(
    columns: Sequence[Column], held: Mapping[str, Sequence[str]], fixed: set[str]
) -> list[Column]:
    """Behind an empty column to the right of names and questions stands something else: a summary, a legend."""
    main = [place for place, column in enumerate(columns) if column.field in _MAIN]
    empty = [
        place
        for place, column in enumerate(columns)
        if main and place > main[0] and not column.heading and not any(held[column.letter])
    ]
    gaps = [place_of(one) + 1 for one, other in pairwise(columns) if place_of(other) > place_of(one) + 1]
    first = min([place_of(columns[place]) for place in empty] + [gap for gap in gaps if main and gap > place_of(columns[main[0]])], default=None)  # fmt: skip
    if first is None:
        return list(columns)
    return [
        replace(column, field=None)
        if place_of(column) > first and column.field in _BESIDE and column.letter not in fixed
        else column
        for column in columns
    ]


def _levels_by_name(
    columns: Sequence[Column], held: Mapping[str, Sequence[str]], fixed: set[str]
) -> list[Column]:
    """Columns a person calls levels, or three and more side by side that nothing else is known of and that hold sentences.

    They are numbered from the left: six from 0, others from 1.
    """
    if any(column.field in _LEVELS and column.level is not None for column in columns):
        return list(columns)
    named = [column for column in columns if column.field == "level"] or _unknown_run(columns, held, fixed)
    if len(named) < 2:
        return [replace(column, field=None) if column.field == "level" else column for column in columns]
    first = 0 if len(named) == 6 else 1
    numbers = {column.letter: first + place for place, column in enumerate(named)}
    return [
        replace(column, field="level", level=numbers[column.letter], unsure=True)
        if column.letter in numbers
        else column
        for column in columns
    ]


def _unknown_run(
    columns: Sequence[Column], held: Mapping[str, Sequence[str]], fixed: set[str]
) -> list[Column]:
    if any(column.field in _LEVELS for column in columns):
        return []
    runs: list[list[Column]] = [[]]
    for column in columns:
        texts = held[column.letter]
        filled = [text for text in texts if text]
        is_text = len(filled) * 10 >= len(texts) * 6 and _length(texts) >= SENTENCE
        if column.field is None and column.heading and is_text and column.letter not in fixed:
            runs[-1].append(column)
        else:
            runs.append([])
    longest = max(runs, key=len)
    return longest if LEAST_NAMED <= len(longest) <= MOST_NAMED else []


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
