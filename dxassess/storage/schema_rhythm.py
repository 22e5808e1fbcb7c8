"""The table of the rhythm: the rounds that are planned."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, Table, Text

from dxassess.storage.schema import metadata, of_organisation, organisation_column
from dxassess.storage.types import CanonicalJson, Counter, Day, Identifier, Moment

planned_rounds = Table(
    "planned_rounds",
    metadata,
    organisation_column(),
    Column("planned", Identifier, primary_key=True, nullable=False),
    Column("number", Counter, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("kind", Text, CheckConstraint("kind IN ('full', 'pulse')", name="kind"), nullable=False),
    Column("items", CanonicalJson, nullable=False),
    Column("day", Day, nullable=False),
    Column("note", Text, nullable=False),
    Column(
        "state",
        Text,
        CheckConstraint("state IN ('planned', 'started', 'dropped')", name="state"),
        nullable=False,
    ),
    Column("round", Identifier),
    Column("made", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    ForeignKeyConstraint(["organisation", "round"], ["rounds.organisation", "rounds.round"]),
    of_organisation(),
    sqlite_strict=True,
)
