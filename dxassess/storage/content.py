"""What a closed round consists of, and the hash that proves it unchanged.

SQLite's pages carry no checksum: one flipped bit may read as another level. So a closed round is read whole, its hash
computed anew, and shown only when it fits. The fields are named here one by one: columns that later versions add do not
change the hash of what was closed before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select

from dxassess.assessment.histogram import Cell
from dxassess.assessment.model import Recorded, Respondent
from dxassess.catalogue.model import Edition
from dxassess.errors import RoundDamaged
from dxassess.storage import rows
from dxassess.storage.schema import answers, editions, histograms, respondents
from dxassess.storage.schema_voting import decisions, workshops
from dxassess.storage.scope import TENANT, Scope
from dxassess.storage.types import canonical, moment_text

FORMAT = 1
WITH_WORKSHOP = 2

_ROUND = [
    "organisation",
    "round",
    "number",
    "title",
    "edition",
    "revision",
    "edition_hash",
    "held_on",
    "fiscal_year",
    "fiscal_quarter",
    "first_month",
    "timezone",
    "previous",
    "consent",
    "anonymity_minimum",
    "status",
    "version",
    "reopened",
    "started",
    "started_by",
    "closed",
    "closed_by",
]
_RESPONDENT = ["respondent", "number", "role", "name"]
_ANSWER = [
    "sequence",
    "ballot",
    "respondent",
    "indicator",
    "state",
    "level",
    "target",
    "amount",
    "target_amount",
    "unit",
    "reason",
    "evidence",
    "comment",
    "conditions",
    "edition_hash",
    "idempotency_key",
    "based_on",
    "recorded",
]
_WORKSHOP = [
    "phase",
    "version",
    "opened",
    "shown_groups",
    "asked",
    "focus",
    "focused",
    "importance",
    "minutes",
    "practice_rule",
]
_DECISION = [
    "sequence",
    "indicator",
    "answer",
    "reason",
    "dissent",
    "idea",
    "decided_by",
    "based_on",
    "recorded",
]
_CELL = ["ballot", "role", "indicator", "field", "counts", "cannot_say", "not_applicable"]

_ROUND_ID: BindParameter[str] = bindparam("round_id")


def _all_of(table: Any, *order: Any) -> Select[Any]:
    return select(table).where(table.c.organisation == TENANT, table.c.round == _ROUND_ID).order_by(*order)


_RESPONDENTS = _all_of(respondents, respondents.c.number)
_ANSWERS = _all_of(answers, answers.c.sequence)
_CELLS = _all_of(histograms)
_WORKSHOPS = _all_of(workshops)
_DECISIONS = _all_of(decisions, decisions.c.sequence)
EDITION_TEXT = select(editions.c.text).where(
    editions.c.organisation == TENANT, editions.c.hash == bindparam("hash")
)


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that belongs to one round, as rows."""

    head: Mapping[Any, Any]
    edition_text: str
    respondents: Sequence[Mapping[Any, Any]]
    answers: Sequence[Mapping[Any, Any]]
    cells: Sequence[Mapping[Any, Any]]
    workshops: Sequence[Mapping[Any, Any]] = ()
    decisions: Sequence[Mapping[Any, Any]] = ()

    def hash(self) -> str:
        """SHA-256 over the canonical JSON of all of it, 64 hex digits. A round without a workshop hashes as it always did."""
        voted = bool(self.workshops or self.decisions)
        everything = {
            "format": WITH_WORKSHOP if voted else FORMAT,
            "round": _plain(self.head, _ROUND),
            "edition": self.edition_text,
            "respondents": [_plain(row, _RESPONDENT) for row in self.respondents],
            "answers": [_plain(row, _ANSWER) for row in self.answers],
            "histograms": sorted(_plain(row, _CELL) for row in self.cells),
        }
        if voted:
            everything["workshops"] = [_plain(row, _WORKSHOP) for row in self.workshops]
            everything["decisions"] = [_plain(row, _DECISION) for row in self.decisions]
        return hashlib.sha256(canonical(everything).encode()).hexdigest()

    def recorded(self, edition: Edition) -> tuple[Recorded, ...]:
        """Every answer ever given in the round, oldest first."""
        roles = {row["respondent"]: row["role"] for row in self.respondents}
        return tuple(rows.to_recorded(row, roles[row["respondent"]], edition) for row in self.answers)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A closed round whose content was found to fit its hash."""

    head: Mapping[Any, Any]
    respondents: tuple[Respondent, ...]
    current: tuple[Recorded, ...]
    cells: tuple[Cell, ...]
    workshop: Mapping[Any, Any] | None = None
    decisions: tuple[Mapping[Any, Any], ...] = ()


def load(scope: Scope, head: Mapping[Any, Any]) -> Content:
    """Read all that belongs to the round whose row is `head`."""
    of_round = {"round_id": head["round"]}
    text = scope.execute(EDITION_TEXT, hash=head["edition_hash"]).scalar()
    return Content(
        head=head,
        edition_text=text or "",
        respondents=scope.execute(_RESPONDENTS, **of_round).mappings().all(),
        answers=scope.execute(_ANSWERS, **of_round).mappings().all(),
        cells=scope.execute(_CELLS, **of_round).mappings().all(),
        workshops=scope.execute(_WORKSHOPS, **of_round).mappings().all(),
        decisions=scope.execute(_DECISIONS, **of_round).mappings().all(),
    )


def verified(scope: Scope, head: Mapping[Any, Any]) -> Content:
    """As `load`, for a closed round. RoundDamaged when anything differs from what was closed."""
    try:
        content = load(scope, head)
        fits = content.hash() == head["content_hash"]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise RoundDamaged(title=head["title"]) from error
    if not fits:
        raise RoundDamaged(title=head["title"])
    return content


def freeze(content: Content, edition: Edition) -> Frozen:
    """The values of a verified content."""
    return Frozen(
        head=dict(content.head),
        respondents=tuple(
            rows.to_respondent(row, content.head["consent"] == "named") for row in content.respondents
        ),
        current=newest(content.recorded(edition)),
        cells=tuple(sorted((rows.to_cell(row) for row in content.cells), key=_cell_order)),
        workshop=next(iter(content.workshops), None),
        decisions=tuple(content.decisions),
    )


def newest(recorded: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """Of answers in the order of their sequence, the last per ballot, respondent and indicator."""
    last = {(record.ballot, record.respondent, record.answer.indicator): record for record in recorded}
    return tuple(sorted(last.values(), key=lambda record: record.sequence))


def _cell_order(cell: Cell) -> tuple[str, str, str, str]:
    return cell.ballot, cell.role, cell.indicator, cell.field


def _plain(row: Mapping[Any, Any], fields: Iterable[str]) -> list[Any]:
    return [_value(row[field]) for field in fields]


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    return value.isoformat() if isinstance(value, date) else value
