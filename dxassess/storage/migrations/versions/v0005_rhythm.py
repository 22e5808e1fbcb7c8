"""Rhythm: the rounds that are planned."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_DIALECTS = {
    "sqlite": {"bytes": "BLOB", "big": "INTEGER", "strict": "STRICT"},
    "postgresql": {"bytes": "BYTEA", "big": "BIGINT", "strict": ""},
}

_STATEMENTS = (
    """CREATE TABLE planned_rounds (
        organisation {bytes} NOT NULL,
        planned {bytes} NOT NULL,
        number {big} NOT NULL,
        version INTEGER NOT NULL,
        title TEXT NOT NULL,
        edition TEXT NOT NULL,
        kind TEXT NOT NULL CONSTRAINT ck_planned_rounds_kind CHECK (kind IN ('full', 'pulse')),
        items TEXT NOT NULL,
        day TEXT NOT NULL,
        note TEXT NOT NULL,
        state TEXT NOT NULL
            CONSTRAINT ck_planned_rounds_state CHECK (state IN ('planned', 'started', 'dropped')),
        round {bytes},
        made TEXT NOT NULL,
        changed TEXT NOT NULL,
        CONSTRAINT pk_planned_rounds PRIMARY KEY (organisation, planned),
        CONSTRAINT fk_planned_rounds_rounds
            FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, round),
        CONSTRAINT fk_planned_rounds_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) {strict}""",
)


def upgrade() -> None:
    """Add the rounds that are planned; the caller's transaction holds it together."""
    dialect = op.get_bind().dialect.name
    for statement in _STATEMENTS:
        op.execute(statement.format(**_DIALECTS[dialect]))
