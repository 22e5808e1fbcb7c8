"""The organisations of a database: find, add, change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, text, update
from uuid_utils import uuid7

from dxassess.assessment.model import Organisation
from dxassess.errors import (
    DatabaseDamaged,
    OrganisationNameMissing,
    OrganisationNameTaken,
    OrganisationUnknown,
)
from dxassess.storage import checks, rows
from dxassess.storage.schema import events, organisations
from dxassess.storage.scope import TENANT, Scope

_NAMES_LOCK = 0x44584E4D

_NEWEST = select(organisations).order_by(organisations.c.active.desc(), organisations.c.organisation.desc())
_LAST_ACTIVE = select(func.max(organisations.c.active))
_ONE = select(organisations).where(organisations.c.organisation == TENANT)
_LEFT = select(events.c.sequence).where(events.c.organisation == TENANT).limit(1)
_NAMED = select(organisations.c.organisation).where(organisations.c.name_key == bindparam("name_key"))
_CHANGE = update(organisations).where(organisations.c.organisation == TENANT)


def search(connection: Connection, words: str, limit: int) -> tuple[Organisation, ...]:
    """Organisations whose name contains `words`, the most recently active first."""
    statement = _NEWEST.limit(limit)
    wanted = checks.folded(words)
    if wanted:
        statement = statement.where(organisations.c.name_key.contains(wanted, autoescape=True))
    return tuple(rows.to_organisation(row) for row in connection.execute(statement).mappings())


def newest_activity(connection: Connection) -> datetime | None:
    """When any organisation wrote something last, by the clock of whoever wrote it; None before the first.

    ValueError where that is no moment.
    """
    return connection.execute(_LAST_ACTIVE).scalar()


def create(connection: Connection, now: datetime, place: str, wanted: Organisation) -> Organisation:
    """Write a new organisation, its id made here. OrganisationNameMissing, OrganisationNameTaken."""
    kept = replace(
        wanted,
        id=uuid7().hex,
        name=_named(wanted.name),
        industry=checks.short(wanted.industry),
        size=checks.short(wanted.size),
        timezone=checks.short(wanted.timezone),
    )
    _refuse_taken(connection, kept.name, None)
    row = {
        "organisation": kept.id,
        "name": kept.name,
        "name_key": checks.folded(kept.name),
        "industry": kept.industry,
        "size": kept.size,
        "first_month": kept.first_month,
        "timezone": kept.timezone,
        "sample": kept.sample,
        "created": now,
        "active": now,
        "sequence": 0,
    }
    connection.execute(insert(organisations), row)
    Scope(connection, kept.id, now, place).log("organisation_created", kept.id, "", {"name": kept.name})
    return kept


def one(scope: Scope) -> Organisation:
    """The organisation of this transaction. OrganisationUnknown, or DatabaseDamaged when only its log is left."""
    row = scope.execute(_ONE).mappings().first()
    if row is None:
        if scope.first(_LEFT) is not None:
            raise DatabaseDamaged(place=scope.place)
        raise OrganisationUnknown(organisation=scope.organisation)
    return rows.to_organisation(row)


def change(scope: Scope, given: Mapping[str, object]) -> Organisation:
    """Change some of name, industry, size, first_month."""
    scope.lock()
    before = one(scope)
    values = {
        field: checks.short(value) if isinstance(value, str) else value for field, value in given.items()
    }
    if "name" in values:
        name = _named(str(values["name"]))
        _refuse_taken(scope.connection, name, scope.organisation)
        values |= {"name": name, "name_key": checks.folded(name)}
    changed = {
        field: value
        for field, value in values.items()
        if field == "name_key" or value != getattr(before, field)
    }
    if set(changed) - {"name_key"}:
        scope.execute(_CHANGE.values(**changed))
        scope.log(
            "organisation_changed",
            scope.organisation,
            "",
            {k: v for k, v in changed.items() if k != "name_key"},
        )
    return one(scope)


def _named(name: str) -> str:
    kept = checks.short(name)
    if not checks.folded(kept):
        raise OrganisationNameMissing()
    return kept


def _refuse_taken(connection: Connection, name: str, mine: str | None) -> None:
    """Two organisations of one database never look alike. On PostgreSQL writers of names queue for this look."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _NAMES_LOCK})
    for row in connection.execute(_NAMED, {"name_key": checks.folded(name)}):
        if row.organisation != mine:
            raise OrganisationNameTaken(name=name)
