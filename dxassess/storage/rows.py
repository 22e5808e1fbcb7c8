"""Rows ⇄ values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dxassess.assessment.histogram import Cell
from dxassess.assessment.model import (
    Answer,
    Event,
    FiscalQuarter,
    Organisation,
    Recorded,
    Respondent,
    Round,
    State,
)
from dxassess.catalogue.model import Edition
from dxassess.errors import DatabaseDamaged
from dxassess.storage import checks

Values = Mapping[Any, Any]


@contextmanager
def readable(place: str) -> Iterator[None]:
    """What cannot be turned into a value was not written by this program: DatabaseDamaged."""
    try:
        yield
    except (ValueError, KeyError, IndexError, TypeError, ArithmeticError) as error:
        raise DatabaseDamaged(place=place) from error


def to_organisation(row: Values) -> Organisation:
    """A row of `organisations`."""
    return Organisation(
        id=row["organisation"],
        name=row["name"],
        industry=row["industry"],
        size=row["size"],
        first_month=row["first_month"],
        timezone=row["timezone"],
        sample=row["sample"],
    )


def to_round(row: Values) -> Round:
    """A row of `rounds`."""
    return Round(
        id=row["round"],
        title=row["title"],
        edition=row["edition"],
        revision=row["revision"],
        edition_hash=row["edition_hash"],
        held_on=row["held_on"],
        quarter=FiscalQuarter(row["fiscal_year"], row["fiscal_quarter"]),
        previous=row["previous"],
        closed=row["status"] == "closed",
        closed_at=row["closed"],
        closed_by=row["closed_by"],
        reopened=row["reopened"],
        version=row["version"],
        content_hash=row["content_hash"],
        anonymity_minimum=row["anonymity_minimum"],
        named=row["consent"] == "named",
    )


def to_respondent(row: Values, named: bool) -> Respondent:
    """A row of `respondents`; in an anonymous round nobody has a name."""
    return Respondent(row["respondent"], row["role"], row["name"] if named else "")


def to_event(row: Values) -> Event:
    """A row of `events`."""
    return Event(row["sequence"], row["what"], row["subject"], row["who"], row["recorded"], row["detail"])


def to_cell(row: Values) -> Cell:
    """A row of `histograms`."""
    return Cell(
        row["ballot"],
        row["role"],
        row["indicator"],
        row["field"],
        tuple(row["counts"]),
        row["cannot_say"],
        row["not_applicable"],
    )


def from_cell(cell: Cell) -> dict[str, object]:
    """A row for `histograms`, without organisation and round."""
    return {
        "ballot": cell.ballot,
        "role": cell.role,
        "indicator": cell.indicator,
        "field": cell.field,
        "counts": list(cell.counts),
        "cannot_say": cell.cannot_say,
        "not_applicable": cell.not_applicable,
    }


def to_recorded(row: Values, role: str, edition: Edition) -> Recorded:
    """A row of `answers`, levels given back as numbers of the scale."""
    levels, unit = edition.scale.values, row["unit"]
    return Recorded(
        answer=Answer(
            indicator=row["indicator"],
            state=State(row["state"]),
            level=None if row["level"] is None else levels[row["level"]],
            target=None if row["target"] is None else levels[row["target"]],
            amount=_to_amount(row["amount"], unit),
            target_amount=_to_amount(row["target_amount"], unit),
            reason=row["reason"],
            evidence=row["evidence"],
            comment=row["comment"],
            conditions=frozenset(row["conditions"]),
        ),
        sequence=row["sequence"],
        round=row["round"],
        ballot=row["ballot"],
        respondent=row["respondent"],
        role=role,
        recorded=row["recorded"],
    )


def from_answer(answer: Answer, edition: Edition) -> dict[str, object]:
    """What an answer writes into `answers`. Raises what `checks` raises."""
    return {
        "unit": checks.unit(answer, edition),
        "indicator": answer.indicator,
        "state": str(answer.state),
        "level": checks.position(answer.level, edition),
        "target": checks.position(answer.target, edition),
        "amount": _from_amount(answer.amount),
        "target_amount": _from_amount(answer.target_amount),
        "reason": answer.reason,
        "evidence": answer.evidence,
        "comment": answer.comment,
        "conditions": sorted(answer.conditions),
    }


def as_kept(answer: Answer, row: Mapping[str, Any], edition: Edition) -> Answer:
    """The answer as it will be read back: levels as the scale writes them."""
    levels = edition.scale.values
    return replace(
        answer,
        level=None if row["level"] is None else levels[row["level"]],
        target=None if row["target"] is None else levels[row["target"]],
    )


def _to_amount(text: str | None, unit: str | None) -> Decimal | str | None:
    return text if text is None or unit is None else Decimal(text)


def _from_amount(amount: Decimal | str | None) -> str | None:
    return f"{amount:f}" if isinstance(amount, Decimal) else amount
