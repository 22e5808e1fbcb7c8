"""Rounds that are planned. Each function runs inside one transaction.

A row holds how a planned round is now; how it was before stands in the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select, update
from uuid_utils import uuid7

from dxassess.assessment.rhythm import PlannedRound, check_free
from dxassess.errors.rhythm import PlannedChanged, PlannedOver, PlannedUnknown
from dxassess.storage import checks, log
from dxassess.storage.rounds import all_rounds, head, titled
from dxassess.storage.schema_rhythm import planned_rounds
from dxassess.storage.scope import TENANT, Scope

_ALL = (
    select(planned_rounds)
    .where(planned_rounds.c.organisation == TENANT)
    .order_by(planned_rounds.c.day, planned_rounds.c.number)
)
_SAME = update(planned_rounds).where(
    planned_rounds.c.organisation == TENANT,
    planned_rounds.c.planned == bindparam("which"),
    planned_rounds.c.version == bindparam("read_version"),
)
_CHANGES = ("planned_added", "planned_changed", "planned_dropped", "planned_started")


def every(scope: Scope) -> tuple[PlannedRound, ...]:
    """All of them, also those that were started or dropped, by their day."""
    return tuple(_to_planned(row) for row in scope.execute(_ALL).mappings())


def keep(scope: Scope, wanted: PlannedRound, by: str) -> PlannedRound:
    """Keep a new one (without id), or a changed one that is still as it was read and still planned.

    PlannedDayTaken, PlannedUnknown, PlannedOver, PlannedChanged, RoundTitleMissing.
    """
    scope.lock()
    clean = replace(wanted, title=titled(wanted.title), note=checks.storable(wanted.note).strip())
    if not clean.id:
        check_free(clean, every(scope), all_rounds(scope))
        number = scope.counter() + 1
        made = replace(
            clean,
            id=uuid7().hex,
            number=number,
            version=1,
            state="planned",
            round=None,
            made=scope.now,
            changed=scope.now,
        )
        scope.insert(
            planned_rounds, [{**_row(made), "planned": made.id, "number": number, "made": scope.now}]
        )
        scope.log("planned_added", made.id, by, {"after": _said(made)})
        return made
    before = waiting(scope, clean.id, clean.version)
    check_free(clean, every(scope), all_rounds(scope))
    return _change(scope, before, replace(clean, state="planned", round=None), "planned_changed", by)


def drop(scope: Scope, planned: str, version: int, by: str) -> PlannedRound:
    """Give one up (by its id); it stays, marked. PlannedUnknown, PlannedOver, PlannedChanged."""
    scope.lock()
    before = waiting(scope, planned, version)
    return _change(scope, before, replace(before, state="dropped"), "planned_dropped", by)


def mark_started(scope: Scope, planned: str, version: int, round_id: str, by: str) -> PlannedRound:
    """It became the round of this id. PlannedUnknown, PlannedOver, PlannedChanged."""
    before = waiting(scope, planned, version)
    return _change(scope, before, replace(before, state="started", round=round_id), "planned_started", by)


def settle(scope: Scope, planned: str, version: int, round_id: str, by: str) -> PlannedRound:
    """It was held as a round that was started another way. RoundUnknown, PlannedUnknown, PlannedOver, PlannedChanged."""
    scope.lock()
    head(scope, round_id)
    return mark_started(scope, planned, version, round_id, by)


def waiting(scope: Scope, planned: str, version: int) -> PlannedRound:
    """One that is still planned and at this version. PlannedUnknown, PlannedOver, PlannedChanged."""
    found = next((each for each in every(scope) if each.id == planned), None)
    if found is None:
        raise PlannedUnknown
    if found.state != "planned":
        raise PlannedOver(title=found.title)
    if found.version != version:
        raise PlannedChanged(title=found.title, **log.last_change(scope, planned, *_CHANGES))
    return found


def _change(scope: Scope, before: PlannedRound, wanted: PlannedRound, what: str, by: str) -> PlannedRound:
    kept = replace(
        wanted, number=before.number, version=before.version + 1, made=before.made, changed=scope.now
    )
    done = scope.execute(_SAME.values(**_row(kept)), which=kept.id, read_version=before.version)
    assert done.rowcount == 1
    scope.log(what, kept.id, by, {"before": _said(before), "after": _said(kept)})
    return kept


def _row(planned: PlannedRound) -> dict[str, object]:
    """What may change of it."""
    return {
        "version": planned.version,
        "title": planned.title,
        "edition": planned.edition,
        "kind": planned.kind,
        "items": list(planned.items),
        "day": planned.day,
        "note": planned.note,
        "state": planned.state,
        "round": planned.round,
        "changed": planned.changed,
    }


def _said(planned: PlannedRound) -> dict[str, object]:
    """The whole of it as the log keeps it."""
    plain = {name: value for name, value in _row(planned).items() if name != "changed"}
    return {**plain, "day": planned.day.isoformat()}


def _to_planned(row: Mapping[Any, Any]) -> PlannedRound:
    return PlannedRound(
        title=row["title"],
        edition=row["edition"],
        day=row["day"],
        kind=row["kind"],
        items=tuple(row["items"]),
        note=row["note"],
        state=row["state"],
        round=row["round"],
        id=row["planned"],
        number=row["number"],
        version=row["version"],
        made=row["made"],
        changed=row["changed"],
    )
