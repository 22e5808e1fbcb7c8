"""How it looks in rows: records become data frames. The only place that names columns and the only import of pandas.

Cells are words, already rounded for print; numbers for calculating leave by the exports. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from dxassess.assessment.action import Action
from dxassess.assessment.model import Answer, Round, State
from dxassess.assessment.progress import Point
from dxassess.assessment.scoring import Counts
from dxassess.catalogue.model import Indicator, Measure
from dxassess.text import Number, Words

DataFrame = pd.DataFrame


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One scored indicator: today, target, last time and what lies between, as given; `group` in words."""

    indicator: Indicator
    group: str
    current: Number | None
    target: Number | None
    last: Number | None
    difference: Fraction | None
    state: State
    evidence: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round: `edition` in words; the first average of the edition with what it stands on."""

    round: Round
    edition: str
    average: Fraction | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One quantitative indicator with its answer of this round and of the last."""

    indicator: Indicator
    group: str
    answer: Answer | None
    last: Answer | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action with what is said of it in words: whether it is late, and what it lifts."""

    action: Action
    late: str
    lifts: str


def actions(rows: Sequence[ActionRow]) -> pd.DataFrame:
    """The actions for a table that is changed in place: cells are values there, and columns are named by their fields."""
    return pd.DataFrame(
        {
            "title": _texts(row.action.title for row in rows),
            "status": _texts(row.action.status.value for row in rows),
            "late": _texts(row.late for row in rows),
            "owner": _texts(row.action.owner for row in rows),
            "department": _texts(row.action.department for row in rows),
            "start": _days(row.action.start for row in rows),
            "due": _days(row.action.due for row in rows),
            "effort": pd.Series([row.action.effort for row in rows], dtype="Float64"),
            "one_off": pd.Series([row.action.one_off for row in rows], dtype="Int64"),
            "yearly": pd.Series([row.action.yearly for row in rows], dtype="Int64"),
            "lifts": _texts(row.lifts for row in rows),
            "reason": _texts(row.action.reason for row in rows),
        }
    )


def _texts(values: Iterable[str]) -> pd.Series:
    return pd.Series(list(values), dtype="str")


def _days(values: Iterable[date | None]) -> pd.Series:
    return pd.Series([pd.NaT if day is None else pd.Timestamp(day) for day in values], dtype="datetime64[s]")


def items(rows: Sequence[ItemRow], words: Words) -> pd.DataFrame:
    """All scored indicators; a level that is not there shows its state, never 0."""
    return _frame(
        words,
        ("number", "name", "group", "current", "target", "last", "difference", "evidence", "comment"),
        [
            (
                row.indicator.code,
                words.of(row.indicator.title),
                row.group,
                _level(row.current, row.state, words),
                _shown(row.target, words),
                _shown(row.last, words),
                "" if row.difference is None else words.signed(row.difference),
                row.evidence,
                row.comment,
            )
            for row in rows
        ],
    )


def rounds(rows: Sequence[RoundRow], words: Words, timezone: str = "Asia/Tokyo") -> pd.DataFrame:
    """All rounds with their first average."""
    return _frame(
        words,
        ("round", "quarter", "held_on", "edition", "status", "average", "counts"),
        [
            (
                row.round.title,
                words.quarter(row.round.quarter),
                words.date(row.round.held_on),
                row.edition,
                _status(row.round, words, timezone),
                words.number(row.average),
                words.n_of_m(row.counts.n, row.counts.m),
            )
            for row in rows
        ],
    )


def trend(lines: Sequence[tuple[str, Sequence[Point]]], words: Words) -> pd.DataFrame:
    """A row per average and round: today, target, and what today's mean stands on."""
    return _frame(
        words,
        ("average_of", "round", "quarter", "current", "target", "counts"),
        [
            (
                label,
                point.round.title,
                words.quarter(point.round.quarter),
                words.number(point.value),
                words.number(point.target),
                words.n_of_m(point.counts.n, point.counts.m),
            )
            for label, points in lines
            for point in points
        ],
    )


def measures(rows: Sequence[MeasureRow], words: Words) -> pd.DataFrame:
    """All quantitative indicators with their units and the direction that is better."""
    return _frame(
        words,
        ("name", "group", "current", "target", "last", "unit", "better", "evidence", "comment"),
        [_measure_cells(row, words) for row in rows],
    )


def _frame(words: Words, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> pd.DataFrame:
    return pd.DataFrame(
        list(cells), columns=[words(f"table.column.{column}") for column in columns], dtype="str"
    )


def _level(value: Number | None, state: State, words: Words) -> str:
    if value is not None:
        return _shown(value, words)
    return words(f"table.state.{State.OPEN if state is State.ANSWERED else state}")


def _shown(value: Number | None, words: Words) -> str:
    """A level; an empty cell where there is none."""
    return "" if value is None else words.level(value)


def _status(held: Round, words: Words, timezone: str) -> str:
    if not held.closed:
        return words("table.status.reopened" if held.reopened else "table.status.open")
    if held.closed_at is None:
        return words("table.status.closed")
    return words("table.status.closed_on", moment=words.moment(held.closed_at, timezone))


def _measure_cells(row: MeasureRow, words: Words) -> tuple[str, ...]:
    measure, answer, last = row.indicator.measure, row.answer, row.last
    if measure is None:
        raise ValueError(row.indicator.id)
    return (
        words.of(row.indicator.title),
        row.group,
        _amount(measure, answer.amount, words)
        if answer and answer.amount is not None
        else _why_empty(answer, words),
        _amount(measure, answer.target_amount if answer else None, words),
        _amount(measure, last.amount if last else None, words),
        "" if measure.choices else words.of(measure.unit),
        words(f"table.better.{measure.better}"),
        answer.evidence if answer else "",
        answer.comment if answer else "",
    )


def _why_empty(answer: Answer | None, words: Words) -> str:
    state = answer.state if answer else State.OPEN
    return words(f"table.state.{State.OPEN if state is State.ANSWERED else state}")


def _amount(measure: Measure, amount: Decimal | str | None, words: Words) -> str:
    """An amount with the digits of its measure, or the words of a choice; empty where there is none."""
    if amount is None:
        return ""
    if isinstance(amount, str):
        choices: Mapping[str, str] = {choice.id: words.of(choice) for choice in measure.choices}
        return choices.get(amount, amount)
    return words.number(amount, measure.decimals)
