"""The log: what happened to which thing, by whom, when. It is only appended to (`Scope.log`); here it is read."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from dxassess.assessment.model import Event
from dxassess.storage import rows
from dxassess.storage.schema import events
from dxassess.storage.scope import TENANT, Scope

_MINE = select(events).where(events.c.organisation == TENANT)
_NEWEST = _MINE.order_by(events.c.sequence.desc()).limit(bindparam("how_many"))
_OF = _MINE.where(events.c.subject == bindparam("subject"), events.c.what == bindparam("what")).order_by(
    events.c.sequence
)


def newest(scope: Scope, limit: int) -> tuple[Event, ...]:
    """At most `limit` lines, newest first."""
    return tuple(rows.to_event(row) for row in scope.execute(_NEWEST, how_many=limit).mappings())


def of(scope: Scope, subject: str, what: str) -> tuple[Event, ...]:
    """What happened of one kind to one thing, oldest first."""
    return tuple(rows.to_event(row) for row in scope.execute(_OF, subject=subject, what=what).mappings())
