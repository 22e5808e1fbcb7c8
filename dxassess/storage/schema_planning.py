"""The tables of planning: actions, and what an organisation says of an edition's sections and indicators when it plans."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Table, Text

from dxassess.storage.schema import metadata, of_organisation, organisation_column
from dxassess.storage.types import CanonicalJson, Counter, Day, Identifier

actions = Table(
    "actions",
    metadata,
    organisation_column(),
    Column("action", Identifier, primary_key=True, nullable=False),
    Column("number", Counter, nullable=False),
    Column("version", Integer, nullable=False),
    Column("edition", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column(
        "status",
        Text,
        CheckConstraint("status IN ('idea', 'planned', 'doing', 'done', 'stopped')", name="status"),
        nullable=False,
    ),
    Column("owner", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("start", Day),
    Column("due", Day),
    Column("effort", Text),
    Column("one_off", Counter, CheckConstraint("one_off >= 0", name="one_off")),
    Column("yearly", Counter, CheckConstraint("yearly >= 0", name="yearly")),
    Column("lifts", CanonicalJson, nullable=False),
    Column("needs", CanonicalJson, nullable=False),
    Column("excludes", CanonicalJson, nullable=False),
    Column("reason", Text, nullable=False),
    CheckConstraint("due >= start", name="days"),
    of_organisation(),
    sqlite_strict=True,
)

plan_nodes = Table(
    "plan_nodes",
    metadata,
    organisation_column(),
    Column("edition", Text, primary_key=True, nullable=False),
    Column("node", Text, primary_key=True, nullable=False),
    Column("importance", Integer, CheckConstraint("importance BETWEEN 1 AND 5", name="importance")),
    Column("effort", Integer, CheckConstraint("effort BETWEEN 1 AND 5", name="effort")),
    Column("due", Day),
    of_organisation(),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
