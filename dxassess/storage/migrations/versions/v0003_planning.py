"""Planning: actions, and what an organisation says of the nodes of an edition when it plans."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_DIALECTS = {
    "sqlite": {"bytes": "BLOB", "big": "INTEGER", "strict": "STRICT", "compact": "STRICT, WITHOUT ROWID"},
    "postgresql": {"bytes": "BYTEA", "big": "BIGINT", "strict": "", "compact": ""},
}

_TABLES = (
    """CREATE TABLE actions (
        organisation {bytes} NOT NULL,
        action {bytes} NOT NULL,
        number {big} NOT NULL,
        version INTEGER NOT NULL,
        edition TEXT NOT NULL,
        title TEXT NOT NULL,
        status TEXT NOT NULL
            CONSTRAINT ck_actions_status CHECK (status IN ('idea', 'planned', 'doing', 'done', 'stopped')),
        owner TEXT NOT NULL,
        department TEXT NOT NULL,
        start TEXT,
        due TEXT,
        effort TEXT,
        one_off {big} CONSTRAINT ck_actions_one_off CHECK (one_off >= 0),
        yearly {big} CONSTRAINT ck_actions_yearly CHECK (yearly >= 0),
        lifts TEXT NOT NULL,
        needs TEXT NOT NULL,
        excludes TEXT NOT NULL,
        reason TEXT NOT NULL,
        CONSTRAINT pk_actions PRIMARY KEY (organisation, action),
        CONSTRAINT ck_actions_days CHECK (due >= start),
        CONSTRAINT fk_actions_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) {strict}""",
    """CREATE TABLE plan_nodes (
        organisation {bytes} NOT NULL,
        edition TEXT NOT NULL,
        node TEXT NOT NULL,
        importance INTEGER CONSTRAINT ck_plan_nodes_importance CHECK (importance BETWEEN 1 AND 5),
        effort INTEGER CONSTRAINT ck_plan_nodes_effort CHECK (effort BETWEEN 1 AND 5),
        due TEXT,
        CONSTRAINT pk_plan_nodes PRIMARY KEY (organisation, edition, node),
        CONSTRAINT fk_plan_nodes_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) {compact}""",
)


def upgrade() -> None:
    """Add what planning needs; the caller's transaction holds it together."""
    dialect = op.get_bind().dialect.name
    for statement in _TABLES:
        op.execute(statement.format(**_DIALECTS[dialect]))
