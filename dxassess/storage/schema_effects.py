"""The tables of the effect ledger: KPIs, what was measured of them, and what an hour is worth."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, Table, Text

from dxassess.storage.schema import metadata, of_organisation, organisation_column
from dxassess.storage.types import Counter, Day, Flag, Identifier, Moment

kpis = Table(
    "kpis",
    metadata,
    organisation_column(),
    Column("kpi", Identifier, primary_key=True, nullable=False),
    Column("number", Counter, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, CheckConstraint("kind IN ('hours', 'yen', 'other')", name="kind"), nullable=False),
    Column("unit", Text, nullable=False),
    Column("better", Text, CheckConstraint("better IN ('lower', 'higher')", name="better"), nullable=False),
    Column(
        "frequency",
        Text,
        CheckConstraint("frequency IN ('monthly', 'quarterly', 'yearly')", name="frequency"),
        nullable=False,
    ),
    Column("owner", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("baseline", Text),
    Column("baseline_on", Day),
    Column("target", Text),
    Column("target_on", Day),
    Column("retired", Flag, CheckConstraint("retired IN (0, 1)", name="retired"), nullable=False),
    of_organisation(),
    sqlite_strict=True,
)

kpi_values = Table(
    "kpi_values",
    metadata,
    organisation_column(),
    Column("sequence", Counter, primary_key=True, nullable=False, autoincrement=False),
    Column("kpi", Identifier, nullable=False),
    Column("day", Day, nullable=False),
    Column("amount", Text),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("recorded", Moment, nullable=False),
    ForeignKeyConstraint(["organisation", "kpi"], ["kpis.organisation", "kpis.kpi"]),
    Index("ix_kpi_values_kpi", "organisation", "kpi", "day", "sequence"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

hourly_rates = Table(
    "hourly_rates",
    metadata,
    organisation_column(),
    Column("yen", Integer, CheckConstraint("yen > 0", name="yen"), nullable=False),
    of_organisation(),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
