"""The result in rows: every item with its evidence, and the quantitative indicators."""

from __future__ import annotations

from collections.abc import Callable

from dxassess import tables
from dxassess.assessment.model import Answer
from dxassess.catalogue.model import Indicator
from dxassess.text import Words
from dxassess.ui.result_parts import group_label
from dxassess.usecases.result import Result

Named = tuple[str, str, Callable[[], tables.DataFrame]]


def result_tables(words: Words, found: Result) -> tuple[Named, ...]:
    """Title, key and making of the tables: all scored items, and the quantitative ones where the edition has any."""
    items = (words("result.as_table"), "items-table", lambda: _items(words, found))
    measures = (words("result.measures_table"), "measures-table", lambda: _measures(words, found))
    return (items, measures) if found.standings.edition.measured else (items,)


def _items(words: Words, found: Result) -> tables.DataFrame:
    return tables.items([_item(words, found, item) for item in found.standings.edition.scored], words)


def _measures(words: Words, found: Result) -> tables.DataFrame:
    edition = found.standings.edition
    rows = [
        _measure(found, edition.by_code[code], words.of(part.title))
        for section in edition.head.measures
        for part in section.walk()
        for code in part.items
    ]
    return tables.measures(rows, words)


def _item(words: Words, found: Result, item: Indicator) -> tables.ItemRow:
    here, last = found.standings, found.last
    answer = here.answers.get(item.id, Answer(item.id))
    return tables.ItemRow(
        item,
        group_label(words, here.edition, here.edition.group_of[item.id].id),
        here.today[item.id].value,
        here.targets[item.id].value,
        last.today[item.id].value if last and item.id in last.today else None,
        found.change(item.id),
        answer.state,
        answer.evidence,
        answer.comment,
    )


def _measure(found: Result, item: Indicator, group: str) -> tables.MeasureRow:
    last = found.last.answers.get(item.id) if found.last else None
    return tables.MeasureRow(item, group, found.standings.answers.get(item.id), last)
