"""Workshops: opened, taken from phase to phase by whoever is first, ended with their round; and what the board remembers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from dxassess.assessment.anonymity import grouping
from dxassess.assessment.model import Recorded
from dxassess.assessment.revealed import people
from dxassess.assessment.voting import MINIMUM, Phase, Workshop
from dxassess.errors import WorkshopChanged, WorkshopMissing
from dxassess.storage.schema import events
from dxassess.storage.schema_voting import workshops
from dxassess.storage.scope import TENANT, Scope
from dxassess.storage.sound import Head, local

STEPS: Mapping[tuple[Phase, Phase], str] = {
    ("first", "talk"): "workshop_revealed",
    ("talk", "second"): "workshop_second",
    ("talk", "done"): "workshop_ended",
    ("second", "done"): "workshop_revealed",
}
OPENED = {
    "phase": "first",
    "version": 1,
    "shown_groups": None,
    "asked": None,
    "focus": None,
    "focused": None,
    "importance": {},
    "minutes": 60,
    "practice_rule": True,
}

_THIS = (workshops.c.organisation == TENANT, workshops.c.round == bindparam("round_id"))
_ONE = select(workshops).where(*_THIS)
_REMEMBER = update(workshops).where(*_THIS)
_STEP = _REMEMBER.where(workshops.c.version == bindparam("read_version"))
_LAST = (
    select(events.c.who, events.c.recorded)
    .where(
        events.c.organisation == TENANT,
        events.c.subject == bindparam("subject"),
        events.c.what.startswith("workshop_"),
    )
    .order_by(events.c.sequence.desc())
    .limit(1)
)


def find(scope: Scope, round_id: str) -> Workshop | None:
    """The workshop of a round, None where there is none."""
    row = scope.execute(_ONE, round_id=round_id).mappings().first()
    return None if row is None else to_workshop(row)


def one(scope: Scope, found: Head) -> Workshop:
    """The workshop of the round whose row is `found`. WorkshopMissing."""
    workshop = find(scope, found["round"])
    if workshop is None:
        raise WorkshopMissing(title=found["title"])
    return workshop


def to_workshop(row: Mapping[Any, Any]) -> Workshop:
    """A row of `workshops`."""
    groups, asked = row["shown_groups"], row["asked"]
    return Workshop(
        round=row["round"],
        phase=row["phase"],
        version=row["version"],
        opened=row["opened"],
        groups=None if groups is None else tuple(tuple(group) for group in groups),
        asked=None if asked is None else tuple(asked),
        focus=row["focus"],
        focused=row["focused"],
        minutes=row["minutes"],
        rule=row["practice_rule"],
        importance=dict(row["importance"]),
    )


def open_first(scope: Scope, found: Head, by: str) -> Workshop:
    """Open the first vote of an open round; where it is open already, that one."""
    standing = find(scope, found["round"])
    if standing is not None:
        return standing
    scope.insert(workshops, [{"round": found["round"], "opened": scope.now, **OPENED}])
    scope.log("workshop_opened", found["round"], by, {})
    return one(scope, found)


def step(
    scope: Scope,
    found: Head,
    version: int,
    to: Phase,
    by: str,
    first: Iterable[Recorded],
    asked: Sequence[str] | None = None,
) -> Workshop:
    """Take the workshop to a phase, from exactly the version the caller read; WorkshopChanged when somebody was faster.

    `first` are the standing votes of the first ballot: by them the groups of an anonymous round are fixed.
    """
    before = one(scope, found)
    what = STEPS.get((before.phase, to))
    if before.version != version or what is None:
        raise changed(scope, found)
    change: dict[str, object] = {"phase": to, "version": version + 1}
    if to == "second":
        change["asked"] = None if asked is None else list(asked)
    _change(scope, found, before, change | _grouped(found, before, first))
    scope.log(what, found["round"], by, {"phase": to, "asked": change.get("asked")})
    return one(scope, found)


def end(scope: Scope, found: Head, standing: Sequence[Recorded], by: str) -> None:
    """Closing a round ends its workshop: its votes are revealed, its groups fixed. Votes from elsewhere get one that is over."""
    first = [record for record in standing if record.ballot == "first"]
    before = find(scope, found["round"])
    if before is None and any(record.ballot != "agreed" for record in standing):
        open_first(scope, found, by)
        before = one(scope, found)
    if before is None or before.phase == "done":
        return
    change: dict[str, object] = {"phase": "done", "version": before.version + 1}
    _change(scope, found, before, change | _grouped(found, before, first))
    scope.log("workshop_ended", found["round"], by, {"phase": "done"})


def remember(scope: Scope, found: Head, **memory: object) -> Workshop:
    """Keep what the board shows: focus, minutes, practice_rule, importance. The last one counts; a new focus starts its timer."""
    before = one(scope, found)
    if "focus" in memory and memory["focus"] == before.focus:
        memory.pop("focus")
    if isinstance(said := memory.get("importance"), Mapping):
        memory["importance"] = {**before.importance, **said}
    if "focus" in memory:
        memory["focused"] = None if memory["focus"] is None else scope.now
    if memory:
        scope.take()
        scope.execute(_REMEMBER.values(**memory), round_id=found["round"])
    return one(scope, found)


def changed(scope: Scope, found: Head) -> WorkshopChanged:
    """Who moved the workshop last, and when, as an error to raise."""
    last = scope.first(_LAST, subject=found["round"])
    by, when = ("", found["started"]) if last is None else (last.who, last.recorded)
    return WorkshopChanged(title=found["title"], by=by, when=local(when, found))


def _grouped(found: Head, before: Workshop, first: Iterable[Recorded]) -> dict[str, object]:
    if found["consent"] == "named" or before.groups is not None:
        return {}
    groups = grouping(people(first), max(MINIMUM, found["anonymity_minimum"])).groups
    return {"shown_groups": [list(group) for group in groups]}


def _change(scope: Scope, found: Head, before: Workshop, change: Mapping[str, object]) -> None:
    done = scope.execute(_STEP.values(**change), round_id=found["round"], read_version=before.version)
    if done.rowcount != 1:
        raise changed(scope, found)
