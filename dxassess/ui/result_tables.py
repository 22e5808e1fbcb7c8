"""The result in rows: every item with its evidence, and the quantitative indicators."""

from __future__ import annotations

from dxassess import tables
from dxassess.assessment.model import Answer
from dxassess.catalogue.model import Indicator
from dxassess.text import Words
from dxassess.ui.components import unfolding_table
from dxassess.ui.result_parts import group_label
from dxassess.usecases.result import Result


def items_table(words: Words, found: Result) -> None:
    """All scored items, unfolded on request."""
    unfolding_table(
        words("result.as_table"),
        "items-table",
        lambda: tables.items([_item(words, found, item) for item in found.standings.edition.scored], words),
    )


def measures_table(words: Words, found: Result) -> None:
    """All quantitative indicators, unfolded on request; nothing where the edition has none."""
    edition = found.standings.edition
    if edition.measured:
        rows = [
            _measure(found, edition.by_code[code], words.of(part.title))
            for section in edition.head.measures
            for part in section.walk()
            for code in part.items
        ]
        unfolding_table(
            words("result.measures_table"), "measures-table", lambda: tables.measures(rows, words)
        )


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
