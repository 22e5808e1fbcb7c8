"""The tables as queries see them; those of voting, planning, effects and rhythm in the modules `schema_…` beside this one.

What creates them is `migrations/`; a test keeps the two equal.

The organisation comes first in every primary, unique and foreign key, so that no row can point at another's.
Answers and events share one counter per organisation: order is by sequence, never by clock.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from dxassess.storage.types import CanonicalJson, Counter, Day, Flag, Identifier, Moment

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_1_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def organisation_column() -> Column[str]:
    """Whose row it is: first in the primary key of every table."""
    return Column("organisation", Identifier, primary_key=True, nullable=False)


def of_organisation() -> ForeignKeyConstraint:
    """For tables that hang on nothing but the organisation."""
    return ForeignKeyConstraint(["organisation"], ["organisations.organisation"])


organisations = Table(
    "organisations",
    metadata,
    organisation_column(),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("industry", Text, nullable=False),
    Column("size", Text, nullable=False),
    Column(
        "first_month",
        Integer,
        CheckConstraint("first_month BETWEEN 1 AND 12", name="first_month"),
        nullable=False,
    ),
    Column("timezone", Text, nullable=False),
    Column("sample", Flag, CheckConstraint("sample IN (0, 1)", name="sample"), nullable=False),
    Column("created", Moment, nullable=False),
    Column("active", Moment, nullable=False),
    Column("sequence", Counter, nullable=False),
    CheckConstraint("length(organisation) = 16", name="organisation"),
    Index("ix_organisations_active", "active", "organisation"),
    sqlite_strict=True,
)

editions = Table(
    "editions",
    metadata,
    organisation_column(),
    Column("hash", Text, primary_key=True, nullable=False),
    Column("edition", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("stored", Moment, nullable=False),
    of_organisation(),
    sqlite_strict=True,
)

rounds = Table(
    "rounds",
    metadata,
    organisation_column(),
    Column("round", Identifier, primary_key=True, nullable=False),
    Column("number", Counter, nullable=False),
    Column("title", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("edition_hash", Text, nullable=False),
    Column("held_on", Day, nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column(
        "fiscal_quarter",
        Integer,
        CheckConstraint("fiscal_quarter BETWEEN 1 AND 4", name="fiscal_quarter"),
        nullable=False,
    ),
    Column(
        "first_month",
        Integer,
        CheckConstraint("first_month BETWEEN 1 AND 12", name="first_month"),
        nullable=False,
    ),
    Column("timezone", Text, nullable=False),
    Column("previous", Identifier),
    Column(
        "consent", Text, CheckConstraint("consent IN ('named', 'anonymous')", name="consent"), nullable=False
    ),
    Column(
        "anonymity_minimum",
        Integer,
        CheckConstraint("anonymity_minimum >= 1", name="anonymity_minimum"),
        nullable=False,
    ),
    Column("status", Text, CheckConstraint("status IN ('open', 'closed')", name="status"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("reopened", Integer, nullable=False),
    Column("started", Moment, nullable=False),
    Column("started_by", Text, nullable=False),
    Column("closed", Moment),
    Column("closed_by", Text, nullable=False),
    Column("content_hash", Text),
    CheckConstraint("length(round) = 16", name="round"),
    CheckConstraint("(status = 'closed') = (content_hash IS NOT NULL)", name="frozen"),
    ForeignKeyConstraint(["organisation", "edition_hash"], ["editions.organisation", "editions.hash"]),
    ForeignKeyConstraint(["organisation", "previous"], ["rounds.organisation", "rounds.round"]),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

respondents = Table(
    "respondents",
    metadata,
    organisation_column(),
    Column("round", Identifier, primary_key=True, nullable=False),
    Column("respondent", Identifier, primary_key=True, nullable=False),
    Column("number", Counter, nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("removed", Moment),
    CheckConstraint("length(respondent) = 16", name="respondent"),
    ForeignKeyConstraint(["organisation", "round"], ["rounds.organisation", "rounds.round"]),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

answers = Table(
    "answers",
    metadata,
    organisation_column(),
    Column("sequence", Counter, primary_key=True, nullable=False, autoincrement=False),
    Column("round", Identifier, nullable=False),
    Column(
        "ballot",
        Text,
        CheckConstraint("ballot IN ('agreed', 'first', 'second')", name="ballot"),
        nullable=False,
    ),
    Column("respondent", Identifier, nullable=False),
    Column("indicator", Text, nullable=False),
    Column(
        "state",
        Text,
        CheckConstraint("state IN ('open', 'answered', 'cannot_say', 'not_applicable')", name="state"),
        nullable=False,
    ),
    Column("level", Integer, CheckConstraint("level >= 0", name="level")),
    Column("target", Integer, CheckConstraint("target >= 0", name="target")),
    Column("amount", Text),
    Column("target_amount", Text),
    Column("unit", Text),
    Column("reason", Text),
    Column("evidence", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("conditions", CanonicalJson, nullable=False),
    Column("edition_hash", Text, nullable=False),
    Column("idempotency_key", Text, nullable=False),
    Column("based_on", Counter),
    Column("recorded", Moment, nullable=False),
    UniqueConstraint("organisation", "idempotency_key", name="uq_answers_idempotency_key"),
    ForeignKeyConstraint(
        ["organisation", "round", "respondent"],
        ["respondents.organisation", "respondents.round", "respondents.respondent"],
    ),
    ForeignKeyConstraint(["organisation", "edition_hash"], ["editions.organisation", "editions.hash"]),
    Index("ix_answers_round", "organisation", "round", "indicator", "sequence"),
    Index(
        "ix_answers_open",
        "organisation",
        "round",
        "ballot",
        "respondent",
        "indicator",
        "sequence",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    sqlite_strict=True,
)

current_answers = Table(
    "current_answers",
    metadata,
    organisation_column(),
    Column("round", Identifier, primary_key=True, nullable=False),
    Column("ballot", Text, primary_key=True, nullable=False),
    Column("respondent", Identifier, primary_key=True, nullable=False),
    Column("indicator", Text, primary_key=True, nullable=False),
    Column("sequence", Counter, nullable=False),
    ForeignKeyConstraint(["organisation", "sequence"], ["answers.organisation", "answers.sequence"]),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

histograms = Table(
    "histograms",
    metadata,
    organisation_column(),
    Column("round", Identifier, primary_key=True, nullable=False),
    Column("ballot", Text, primary_key=True, nullable=False),
    Column("role", Text, primary_key=True, nullable=False),
    Column("indicator", Text, primary_key=True, nullable=False),
    Column(
        "field",
        Text,
        CheckConstraint("field IN ('current', 'target')", name="field"),
        primary_key=True,
        nullable=False,
    ),
    Column("counts", CanonicalJson, nullable=False),
    Column("cannot_say", Integer, nullable=False),
    Column("not_applicable", Integer, nullable=False),
    ForeignKeyConstraint(["organisation", "round"], ["rounds.organisation", "rounds.round"]),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    metadata,
    organisation_column(),
    Column("sequence", Counter, primary_key=True, nullable=False, autoincrement=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("recorded", Moment, nullable=False),
    Column("detail", CanonicalJson, nullable=False),
    of_organisation(),
    Index("ix_events_subject", "organisation", "subject", "sequence"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
