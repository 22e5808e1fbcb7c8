"""Actions, and what is said of sections and indicators when planning. Each function runs inside one transaction.

A row holds how an action is now; how it was before stands in the log, whole, with who changed it and when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from uuid_utils import uuid7

from dxassess.assessment.action import Action, Note, PlanNode, Status, Version, checked, checked_node
from dxassess.catalogue.model import Edition
from dxassess.errors import ActionChanged, ActionUnknown
from dxassess.storage import checks, log
from dxassess.storage.schema import events
from dxassess.storage.schema_planning import action_notes, actions, plan_nodes
from dxassess.storage.scope import TENANT, Scope

_ALL = select(actions).where(actions.c.organisation == TENANT).order_by(actions.c.number)
_SAME = update(actions).where(
    actions.c.organisation == TENANT,
    actions.c.action == bindparam("which"),
    actions.c.version == bindparam("read_version"),
)
CHANGES = ("action_added", "action_changed")
_KEPT = (
    select(events)
    .where(
        events.c.organisation == TENANT,
        events.c.subject == bindparam("subject"),
        events.c.what.in_(CHANGES),
    )
    .order_by(events.c.sequence)
)
_NOTES = (
    select(action_notes)
    .where(action_notes.c.organisation == TENANT, action_notes.c.action == bindparam("which"))
    .order_by(action_notes.c.sequence.desc())
)
_NODES = select(plan_nodes).where(
    plan_nodes.c.organisation == TENANT, plan_nodes.c.edition == bindparam("edition_id")
)
_NODE = (
    plan_nodes.c.organisation == TENANT,
    plan_nodes.c.edition == bindparam("edition_id"),
    plan_nodes.c.node == bindparam("node_id"),
)
_FORGET = delete(plan_nodes).where(*_NODE)


def every(scope: Scope) -> tuple[Action, ...]:
    """All actions, in the order they were made."""
    return tuple(_to_action(row) for row in scope.execute(_ALL).mappings())


def keep(scope: Scope, wanted: Sequence[Action], edition: Edition, by: str) -> tuple[Action, ...]:
    """Keep new actions (version 0) and changed ones that are still as they were read, all or none.

    New ones may name each other by ids made up for it. The ActionErrors, ActionUnknown, ActionChanged.
    """
    scope.lock()
    before = {each.id: each for each in every(scope)}
    clean = _named(list(map(tidy, wanted)))
    together = {**before, **{each.id: each for each in clean}}
    kept = []
    for action in clean:
        checked(action, edition, together.values(), before.get(action.id))
        kept.append(_change(scope, action, before, by) if action.version else _add(scope, action, by))
    return tuple(kept)


def _named(wanted: Sequence[Action]) -> list[Action]:
    """The actions with ids of their own for the new ones, also where others name them."""
    made = [uuid7().hex for _ in wanted]
    ids = {old.id: new for old, new in zip(wanted, made, strict=True) if old.id and not old.version}
    return [
        replace(
            action,
            id=action.id if action.version else new,
            needs=frozenset(ids.get(each, each) for each in action.needs),
            excludes=frozenset(ids.get(each, each) for each in action.excludes),
        )
        for action, new in zip(wanted, made, strict=True)
    ]


def _add(scope: Scope, action: Action, by: str) -> Action:
    made = replace(action, number=scope.counter() + 1, version=1)
    scope.insert(actions, [_row(made)])
    scope.log("action_added", made.id, by, {"after": _said(made)})
    return made


def _change(scope: Scope, action: Action, known: Mapping[str, Action], by: str) -> Action:
    before = known.get(action.id)
    if before is None:
        raise ActionUnknown
    kept = replace(action, number=before.number, version=action.version + 1)
    row = {name: value for name, value in _row(kept).items() if name not in ("action", "number")}
    place = {"which": kept.id, "read_version": action.version}
    if scope.execute(_SAME.values(**row), **place).rowcount != 1:
        raise ActionChanged(title=before.title, **log.last_change(scope, before.id, *CHANGES))
    scope.log("action_changed", kept.id, by, {"before": _said(before), "after": _said(kept)})
    return kept


def versions(scope: Scope, action: str) -> tuple[Version, ...]:
    """Every version of an action as it was kept, oldest first; none of one that is not there."""
    return tuple(to_version(row) for row in scope.execute(_KEPT, subject=action).mappings())


def notes(scope: Scope, action: str) -> tuple[Note, ...]:
    """What was written about how an action goes, newest first."""
    return tuple(Note(row.text, row.who, row.recorded) for row in scope.execute(_NOTES, which=action))


def add_note(scope: Scope, action: str, text: str, by: str) -> None:
    """Write how an action goes. ActionUnknown."""
    scope.lock()
    if all(each.id != action for each in every(scope)):
        raise ActionUnknown
    row = {"sequence": scope.take(), "action": action, "text": text, "who": by, "recorded": scope.now}
    scope.insert(action_notes, [row])
    scope.log("action_noted", action, by, {"after": text})


def nodes(scope: Scope, edition: str) -> tuple[PlanNode, ...]:
    """What is said of the sections and indicators of an edition (by its id)."""
    return tuple(
        PlanNode(row.node, row.importance, row.effort, row.due, frozenset(row.needs or ()))
        for row in scope.execute(_NODES, edition_id=edition)
    )


def set_node(scope: Scope, edition: Edition, said: PlanNode, by: str) -> None:
    """Say something of a section or indicator; nothing at all forgets it. IndicatorUnknown, IndicatorCycle."""
    scope.lock()
    others = nodes(scope, edition.id)
    checked_node(said, edition, others)
    before = next((each for each in others if each.node == said.node), PlanNode(said.node))
    if before == said:
        return
    scope.execute(_FORGET, edition_id=edition.id, node_id=said.node)
    if said != PlanNode(said.node):
        row = {"edition": edition.id, "node": said.node, **_of(said), "due": said.due}
        scope.insert(plan_nodes, [row])
    scope.log("plan_set", f"{edition.id}:{said.node}", by, {"before": _of(before), "after": _of(said)})


def tidy(action: Action) -> Action:
    """The action as it is kept. TextTooLong, TextNotStorable."""
    return replace(
        action,
        title=" ".join(checks.short(action.title).split()),
        owner=checks.short(action.owner).strip(),
        department=checks.short(action.department).strip(),
        reason=checks.storable(action.reason).strip(),
        finished=action.finished if action.status is Status.DONE else None,
    )


def _row(action: Action) -> dict[str, object]:
    return {
        **_plain(action),
        "action": action.id,
        "number": action.number,
        "version": action.version,
        "start": action.start,
        "due": action.due,
        "finished": action.finished,
    }


def _said(action: Action) -> dict[str, object]:
    """The whole action as the log keeps it."""
    days = {name: day.isoformat() if day else None for name, day in _days(action)}
    return {**_plain(action), **days, "version": action.version}


def _days(action: Action) -> tuple[tuple[str, Any], ...]:
    return ("start", action.start), ("due", action.due), ("finished", action.finished)


def _plain(action: Action) -> dict[str, object]:
    return {
        "edition": action.edition,
        "title": action.title,
        "status": action.status.value,
        "owner": action.owner,
        "department": action.department,
        "effort": None if action.effort is None else str(action.effort),
        "one_off": action.one_off,
        "yearly": action.yearly,
        "lifts": {indicator: str(lift) for indicator, lift in action.lifts.items()},
        "needs": sorted(action.needs),
        "excludes": sorted(action.excludes),
        "reason": action.reason,
        "effects": {kpi: str(change) for kpi, change in action.effects.items()},
    }


def _to_action(row: Mapping[Any, Any]) -> Action:
    return Action(
        title=row["title"],
        edition=row["edition"],
        lifts={indicator: Decimal(lift) for indicator, lift in row["lifts"].items()},
        status=Status(row["status"]),
        owner=row["owner"],
        department=row["department"],
        start=row["start"],
        due=row["due"],
        effort=None if row["effort"] is None else Decimal(row["effort"]),
        one_off=row["one_off"],
        yearly=row["yearly"],
        needs=frozenset(row["needs"]),
        excludes=frozenset(row["excludes"]),
        reason=row["reason"],
        finished=row["finished"],
        effects={kpi: Decimal(change) for kpi, change in (row["effects"] or {}).items()},
        id=row["action"],
        number=row["number"],
        version=row["version"],
    )


def to_version(row: Mapping[Any, Any]) -> Version:
    """A line of the log: days are texts there, and lines of earlier versions of the program lack the fields of later ones."""
    said = {"finished": None, "effects": {}, **row["detail"]["after"]}
    days = {
        name: date.fromisoformat(said[name]) if said[name] else None for name in ("start", "due", "finished")
    }
    action = _to_action({**said, **days, "action": row["subject"], "number": 0})
    return Version(action, row["who"], row["recorded"])


def _of(said: PlanNode) -> dict[str, object]:
    due = said.due.isoformat() if said.due else None
    return {
        "importance": said.importance,
        "effort": said.effort,
        "due": due,
        "needs": sorted(said.needs) or None,
    }
