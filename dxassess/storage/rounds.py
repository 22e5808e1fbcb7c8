"""Rounds and the people in them: start, close, reopen, correct. Each function runs inside one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, func, select, update
from uuid_utils import uuid7

from dxassess.assessment.histogram import histograms as counted
from dxassess.assessment.model import FiscalQuarter, Respondent, Round, fiscal_quarter
from dxassess.catalogue.model import Edition
from dxassess.errors import (
    DatabaseDamaged,
    RespondentUnknown,
    RoundChanged,
    RoundClosed,
    RoundNotClosed,
    RoundReasonMissing,
    RoundTitleMissing,
    RoundUnknown,
)
from dxassess.storage import checks, content, own_roles, rows, workshops
from dxassess.storage.caches import ONE_VOICE, Caches
from dxassess.storage.schema import editions, events, histograms, organisations, respondents, rounds
from dxassess.storage.scope import TENANT, Scope
from dxassess.storage.sound import Head, asked_for, sound

_MINE = rounds.c.organisation == TENANT
_THIS = (_MINE, rounds.c.round == bindparam("round_id"))
_ALL = select(rounds).where(_MINE).order_by(rounds.c.held_on, rounds.c.number)
_ONE = select(rounds).where(*_THIS)
_SAME_VERSION = update(rounds).where(*_THIS, rounds.c.version == bindparam("read_version"))
_CLOSE = _SAME_VERSION.where(rounds.c.status == "open")
_REOPEN = _SAME_VERSION.where(rounds.c.status == "closed")
_UNFREEZE = delete(histograms).where(
    histograms.c.organisation == TENANT, histograms.c.round == bindparam("round_id")
)
_HAS_EDITION = select(editions.c.hash).where(
    editions.c.organisation == TENANT, editions.c.hash == bindparam("hash")
)
_OWNER = select(organisations.c.first_month, organisations.c.timezone).where(
    organisations.c.organisation == TENANT
)
_RESPONDENTS = (
    select(respondents)
    .where(respondents.c.organisation == TENANT, respondents.c.round == bindparam("round_id"))
    .order_by(respondents.c.number)
)
_LOGGED = select(
    func.count().filter(events.c.what == "organisation_created").label("created"),
    func.count().filter(events.c.what == "round_started").label("started"),
).where(events.c.organisation == TENANT)
_LAST_CHANGE = (
    select(events.c.who, events.c.recorded)
    .where(
        events.c.organisation == TENANT,
        events.c.subject == bindparam("subject"),
        events.c.what.startswith("round_"),
    )
    .order_by(events.c.sequence.desc())
    .limit(1)
)

_OPEN = {"status": "open", "version": 1, "reopened": 0, "closed": None, "closed_by": "", "content_hash": None}


def all_rounds(scope: Scope) -> tuple[Round, ...]:
    """All rounds, by the day they were held, then by when they were started.

    DatabaseDamaged when the log knows of more or fewer: a lost round is not passed over in silence.
    """
    found = tuple(rows.to_round(sound(row)) for row in scope.execute(_ALL).mappings())
    logged = scope.execute(_LOGGED).one()
    if logged.created != 1 or logged.started != len(found):
        raise DatabaseDamaged(place=scope.place)
    return found


def head(scope: Scope, round_id: str) -> Head:
    """The row of a round. RoundUnknown."""
    row = scope.execute(_ONE, round_id=round_id).mappings().first()
    if row is None:
        raise RoundUnknown(round=round_id)
    return sound(asked_for(scope, row, round_id))


def start(
    scope: Scope,
    title: str,
    edition: Edition,
    held_on: date,
    quarter: FiscalQuarter,
    previous: str | None,
    by: str,
    named: bool,
    anonymity_minimum: int,
) -> Round:
    """Write a new open round, its edition's text, and the organisation's one voice in it."""
    number = scope.lock() + 1
    owner = scope.execute(_OWNER).mappings().one()
    if previous is not None:
        head(scope, previous)
    _store_edition(scope, edition)
    row = {
        "round": uuid7().hex,
        "number": number,
        "title": titled(title),
        "edition": edition.id,
        "revision": edition.revision,
        "edition_hash": edition.hash,
        "held_on": held_on,
        "fiscal_year": quarter.year,
        "fiscal_quarter": quarter.quarter,
        "first_month": owner["first_month"],
        "timezone": owner["timezone"],
        "previous": previous,
        "consent": "named" if named else "anonymous",
        "anonymity_minimum": anonymity_minimum,
        "started": scope.now,
        "started_by": by,
        **_OPEN,
    }
    scope.insert(rounds, [row])
    scope.log("round_started", str(row["round"]), by, {"title": row["title"], "edition_hash": edition.hash})
    insert_respondent(scope, str(row["round"]), ONE_VOICE, "")
    return rows.to_round(row)


def titled(title: str) -> str:
    """A title as it will be kept. RoundTitleMissing when nothing of it can be seen."""
    kept = checks.short(title)
    if not checks.folded(kept):
        raise RoundTitleMissing()
    return kept


def _store_edition(scope: Scope, edition: Edition) -> None:
    if scope.first(_HAS_EDITION, hash=edition.hash) is None:
        scope.insert(
            editions,
            [
                {
                    "hash": edition.hash,
                    "edition": edition.id,
                    "revision": edition.revision,
                    "text": edition.text,
                    "stored": scope.now,
                }
            ],
        )


def add_respondent(scope: Scope, caches: Caches, round_id: str, role: str, name: str) -> Respondent:
    """Somebody who answers in an open round, without a name in an anonymous one. RoleUnknown for a role nobody may take."""
    scope.lock()
    found = head(scope, round_id)
    refuse_closed(scope, found)
    own_roles.refuse_unknown(scope, caches.edition(scope, found["edition_hash"]), role)
    return insert_respondent(scope, round_id, role, checks.short(name) if found["consent"] == "named" else "")


def insert_respondent(scope: Scope, round_id: str, role: str, name: str) -> Respondent:
    """Write somebody who answers; everything about them was checked."""
    person = Respondent(uuid7().hex, role, name)
    row = {"round": round_id, "respondent": person.id, "number": scope.take(), "role": role, "name": name}
    scope.insert(respondents, [row])
    return person


def respondents_of(scope: Scope, caches: Caches, round_id: str) -> tuple[Respondent, ...]:
    """Everybody in a round, the one voice first. Of a closed round: as verified."""
    return _people(scope, caches, head(scope, round_id))


def _people(scope: Scope, caches: Caches, found: Head) -> tuple[Respondent, ...]:
    if found["status"] == "closed":
        return caches.frozen(scope, found).respondents
    listed = scope.execute(_RESPONDENTS, round_id=found["round"]).mappings()
    return tuple(rows.to_respondent(row, found["consent"] == "named") for row in listed)


def agreed(scope: Scope, caches: Caches, round_id: str) -> Respondent:
    """The organisation's one voice."""
    return speaker(scope, caches, head(scope, round_id))


def speaker(scope: Scope, caches: Caches, found: Head) -> Respondent:
    """The one voice of the round whose row is `found`."""
    if found["status"] == "closed":
        return caches.spoken(scope, found).speaker
    for person in _people(scope, caches, found):
        if person.role == ONE_VOICE:
            return person
    raise RespondentUnknown(respondent=ONE_VOICE)


def close(scope: Scope, caches: Caches, round_id: str, version: int, by: str) -> Round:
    """Freeze a round: histograms and content hash. RoundChanged when somebody was faster."""
    scope.lock()
    before = head(scope, round_id)
    if before["version"] != version or before["status"] != "open":
        raise changed(scope, before)
    edition = caches.edition(scope, before["edition_hash"])
    change = {"status": "closed", "version": version + 1, "closed": scope.now, "closed_by": by}
    standing = content.newest(content.load(scope, before).recorded(edition))
    workshops.end(scope, before, standing, by)
    found = content.load(scope, before)
    cells = [rows.from_cell(cell) for cell in counted(standing, edition.scale)]
    after = {**before, **change}
    digest = replace(found, head=after, cells=cells).hash()
    scope.insert(histograms, [{"round": round_id, **cell} for cell in cells])
    _compare_and_set(scope, _CLOSE, before, {**change, "content_hash": digest})
    scope.log("round_closed", round_id, by, {"title": before["title"], "content_hash": digest})
    return rows.to_round({**after, "content_hash": digest})


def reopen(scope: Scope, round_id: str, version: int, by: str, reason: str) -> Round:
    """Open a closed round again, for a reason. What does not fit its hash stays closed: RoundDamaged."""
    scope.lock()
    before = head(scope, round_id)
    why = checks.storable(reason).strip()
    if not checks.folded(why):
        raise RoundReasonMissing(title=before["title"])
    if before["version"] != version:
        raise changed(scope, before)
    if before["status"] != "closed":
        raise RoundNotClosed(title=before["title"])
    content.verified(scope, before)
    change = {
        "status": "open",
        "version": version + 1,
        "closed": None,
        "closed_by": "",
        "content_hash": None,
        "reopened": before["reopened"] + 1,
    }
    scope.execute(_UNFREEZE, round_id=round_id)
    _compare_and_set(scope, _REOPEN, before, change)
    scope.log("round_reopened", round_id, by, {"reason": why, "content_hash": before["content_hash"]})
    return rows.to_round({**before, **change})


def correct(scope: Scope, round_id: str, version: int, title: str, held_on: date, by: str) -> Round:
    """Give an open round another title and day; its quarter follows, by the fiscal year it was started with."""
    scope.lock()
    before = head(scope, round_id)
    refuse_closed(scope, before)
    if before["version"] != version:
        raise changed(scope, before)
    quarter = fiscal_quarter(held_on, before["first_month"])
    change = {
        "title": titled(title),
        "held_on": held_on,
        "fiscal_year": quarter.year,
        "fiscal_quarter": quarter.quarter,
        "version": version + 1,
    }
    _compare_and_set(scope, _SAME_VERSION, before, change)
    after = {**before, **change}
    scope.log("round_corrected", round_id, by, {"before": _named(before), "after": _named(after)})
    return rows.to_round(after)


def _named(found: Mapping[str, Any]) -> dict[str, str]:
    return {"title": found["title"], "held_on": found["held_on"].isoformat()}


def _compare_and_set(scope: Scope, statement: Any, before: Head, change: Mapping[str, object]) -> None:
    done = scope.execute(statement.values(**change), round_id=before["round"], read_version=before["version"])
    if done.rowcount != 1:
        raise changed(scope, before)


def refuse_closed(scope: Scope, found: Head) -> None:
    """RoundClosed with who closed it and when."""
    if found["status"] == "closed":
        when = _local(scope, found["closed"])
        raise RoundClosed(title=found["title"], by=found["closed_by"], when=when)


def changed(scope: Scope, found: Head) -> RoundChanged:
    """Who changed a round last, and when, as an error to raise."""
    last = scope.first(_LAST_CHANGE, subject=found["round"])
    return RoundChanged(
        title=found["title"],
        by="" if last is None else last.who,
        when=_local(scope, found["started"] if last is None else last.recorded),
    )


def _local(scope: Scope, moment: datetime) -> datetime:
    """A moment for a person to read: in the time zone of the organisation."""
    owner = scope.first(_OWNER)
    return moment if owner is None else moment.astimezone(ZoneInfo(owner.timezone))
