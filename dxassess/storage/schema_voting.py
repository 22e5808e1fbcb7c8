"""The tables of voting: workshops, invitations, seats, decisions, an organisation's own roles.

Of tokens and of the secrets of seats only the SHA-256 is here. No row says which seat an answer came from.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from dxassess.storage.schema import metadata, of_organisation, organisation_column
from dxassess.storage.types import CanonicalJson, Counter, Digest, Flag, Identifier, Moment


def _of_round() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["organisation", "round"], ["rounds.organisation", "rounds.round"])


def _of_respondent() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["organisation", "round", "respondent"],
        ["respondents.organisation", "respondents.round", "respondents.respondent"],
    )


workshops = Table(
    "workshops",
    metadata,
    organisation_column(),
    Column("round", Identifier, primary_key=True, nullable=False),
    Column(
        "phase",
        Text,
        CheckConstraint("phase IN ('first', 'talk', 'second', 'done')", name="phase"),
        nullable=False,
    ),
    Column("version", Integer, nullable=False),
    Column("opened", Moment, nullable=False),
    Column("shown_groups", CanonicalJson),
    Column("asked", CanonicalJson),
    Column("focus", Text),
    Column("focused", Moment),
    Column("importance", CanonicalJson, nullable=False),
    Column("minutes", Integer, CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"), nullable=False),
    Column(
        "practice_rule",
        Flag,
        CheckConstraint("practice_rule IN (0, 1)", name="practice_rule"),
        nullable=False,
    ),
    _of_round(),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

invitations = Table(
    "invitations",
    metadata,
    organisation_column(),
    Column("invitation", Identifier, primary_key=True, nullable=False),
    Column("round", Identifier, nullable=False),
    Column("token_hash", Digest, nullable=False),
    Column(
        "kind", Text, CheckConstraint("kind IN ('open', 'personal', 'device')", name="kind"), nullable=False
    ),
    Column("respondent", Identifier),
    Column("since", Counter, nullable=False),
    Column("created", Moment, nullable=False),
    Column("used", Moment),
    Column("revoked", Moment),
    UniqueConstraint("organisation", "token_hash", name="uq_invitations_token_hash"),
    CheckConstraint("length(token_hash) = 32", name="token_hash"),
    CheckConstraint("(kind = 'open') = (respondent IS NULL)", name="respondent"),
    _of_round(),
    _of_respondent(),
    Index("ix_invitations_round", "organisation", "round"),
    sqlite_strict=True,
)

seats = Table(
    "seats",
    metadata,
    organisation_column(),
    Column("secret_hash", Digest, primary_key=True, nullable=False),
    Column("round", Identifier, nullable=False),
    Column("respondent", Identifier, nullable=False),
    Column("since", Counter, nullable=False),
    Column("created", Moment, nullable=False),
    Column("ended", Moment),
    CheckConstraint("length(secret_hash) = 32", name="secret_hash"),
    _of_respondent(),
    Index("ix_seats_respondent", "organisation", "round", "respondent"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

decisions = Table(
    "decisions",
    metadata,
    organisation_column(),
    Column("sequence", Counter, primary_key=True, nullable=False, autoincrement=False),
    Column("round", Identifier, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("answer", Counter, nullable=False),
    Column("reason", Text, nullable=False),
    Column("dissent", CanonicalJson, nullable=False),
    Column("idea", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("based_on", Counter),
    Column("recorded", Moment, nullable=False),
    UniqueConstraint("organisation", "answer", name="uq_decisions_answer"),
    _of_round(),
    ForeignKeyConstraint(["organisation", "answer"], ["answers.organisation", "answers.sequence"]),
    Index("ix_decisions_round", "organisation", "round", "indicator", "sequence"),
    sqlite_strict=True,
)

own_roles = Table(
    "own_roles",
    metadata,
    organisation_column(),
    Column("role", Text, primary_key=True, nullable=False),
    Column("number", Counter, nullable=False),
    Column("name", Text, nullable=False),
    Column("stands", Text, CheckConstraint("stands IN ('executive', 'field')", name="stands")),
    Column("added", Moment, nullable=False),
    Column("hidden", Moment),
    of_organisation(),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
