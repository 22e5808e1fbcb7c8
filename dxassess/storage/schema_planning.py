"""The tables of planning: actions with their notes, and what an organisation says of an edition's nodes when it plans.

`candidates` are the tasks it could begin with, `wave_notes` what it learnt from each wave.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, Table, Text

from dxassess.storage.schema import metadata, of_organisation, organisation_column
from dxassess.storage.types import CanonicalJson, Counter, Day, Identifier, Moment

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
    Column("finished", Day),
    Column("effects", CanonicalJson),
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
    Column("needs", CanonicalJson),
    of_organisation(),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

action_notes = Table(
    "action_notes",
    metadata,
    organisation_column(),
    Column("sequence", Counter, primary_key=True, nullable=False, autoincrement=False),
    Column("action", Identifier, nullable=False),
    Column("text", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("recorded", Moment, nullable=False),
    ForeignKeyConstraint(["organisation", "action"], ["actions.organisation", "actions.action"]),
    Index("ix_action_notes_action", "organisation", "action", "sequence"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


def _grade(name: str) -> Column[int]:
    """1 (low) to 5 (high); nothing where nobody has said."""
    return Column(name, Integer, CheckConstraint(f"{name} BETWEEN 1 AND 5", name=name))


candidates = Table(
    "candidates",
    metadata,
    organisation_column(),
    Column("candidate", Identifier, primary_key=True, nullable=False),
    Column("number", Counter, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("department", Text, nullable=False),
    _grade("importance"),
    _grade("reach"),
    _grade("effect"),
    _grade("benefit"),
    _grade("linking"),
    Column("hours", Text),
    Column("wave", Integer, CheckConstraint("wave BETWEEN 1 AND 3", name="wave")),
    Column("withdrawn", Moment),
    of_organisation(),
    sqlite_strict=True,
)

wave_notes = Table(
    "wave_notes",
    metadata,
    organisation_column(),
    Column("sequence", Counter, primary_key=True, nullable=False, autoincrement=False),
    Column("wave", Integer, CheckConstraint("wave BETWEEN 1 AND 3", name="wave"), nullable=False),
    Column("text", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("recorded", Moment, nullable=False),
    of_organisation(),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
