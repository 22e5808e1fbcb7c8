"""The log: what happened to which thing, by whom, when. It is only appended to (`Scope.log`); here it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from dxassess.assessment.model import AGREED, Event
from dxassess.storage import directory, rows
from dxassess.storage.rounds import head
from dxassess.storage.schema import events
from dxassess.storage.scope import TENANT, Scope
from dxassess.storage.sight import Sight, sight

_MINE = select(events).where(events.c.organisation == TENANT)
_NEWEST = _MINE.order_by(events.c.sequence.desc()).limit(bindparam("how_many"))
_OF = _MINE.where(events.c.subject == bindparam("subject"), events.c.what == bindparam("what")).order_by(
    events.c.sequence
)
_LAST = (
    select(events)
    .where(
        events.c.organisation == TENANT,
        events.c.subject == bindparam("subject"),
        events.c.what.in_(bindparam("kinds", expanding=True)),
    )
    .order_by(events.c.sequence.desc())
    .limit(1)
)


def newest(scope: Scope, limit: int) -> tuple[Event, ...]:
    """At most `limit` lines, newest first."""
    return tuple(_seen(scope, map(rows.to_event, scope.execute(_NEWEST, how_many=limit).mappings())))


def of(scope: Scope, subject: str, what: str) -> tuple[Event, ...]:
    """What happened of one kind to one thing, oldest first."""
    found = scope.execute(_OF, subject=subject, what=what).mappings()
    return tuple(_seen(scope, map(rows.to_event, found)))


def last_change(scope: Scope, subject: str, *kinds: str) -> dict[str, object]:
    """Who last changed something by one of these kinds of lines, `by`, and `when` where the organisation is: as errors carry them."""
    last = scope.first(_LAST, subject=subject, kinds=list(kinds))
    assert last is not None
    return {"by": last.who, "when": last.recorded.astimezone(ZoneInfo(directory.one(scope).timezone))}


def _seen(scope: Scope, events_read: Iterable[Event]) -> Iterator[Event]:
    """A refused vote is in the log as it was given: of one that may not be read only that there was one is told."""
    known: dict[str, Sight] = {}
    for event in list(events_read):
        answer = event.detail.get("answer")
        ballot = answer.get("ballot", AGREED) if isinstance(answer, dict) else AGREED
        if ballot != AGREED and event.subject not in known:
            known[event.subject] = sight(scope, head(scope, event.subject))
        hidden = ballot != AGREED and ballot not in known[event.subject].ballots
        yield replace(event, who="", detail={}) if hidden else event
