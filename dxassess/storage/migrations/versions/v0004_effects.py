"""Effects: KPIs, notes of actions, dependencies between indicators, tasks to begin with and what each wave taught."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_DIALECTS = {
    "sqlite": {"bytes": "BLOB", "big": "INTEGER", "strict": "STRICT", "compact": "STRICT, WITHOUT ROWID"},
    "postgresql": {"bytes": "BYTEA", "big": "BIGINT", "strict": "", "compact": ""},
}

_STATEMENTS = (
    "ALTER TABLE actions ADD COLUMN finished TEXT",
    "ALTER TABLE actions ADD COLUMN effects TEXT",
    "ALTER TABLE plan_nodes ADD COLUMN needs TEXT",
    """CREATE TABLE action_notes (
        organisation {bytes} NOT NULL,
        sequence {big} NOT NULL,
        action {bytes} NOT NULL,
        text TEXT NOT NULL,
        who TEXT NOT NULL,
        recorded TEXT NOT NULL,
        CONSTRAINT pk_action_notes PRIMARY KEY (organisation, sequence),
        CONSTRAINT fk_action_notes_actions
            FOREIGN KEY (organisation, action) REFERENCES actions (organisation, action)
    ) {compact}""",
    "CREATE INDEX ix_action_notes_action ON action_notes (organisation, action, sequence)",
    """CREATE TABLE candidates (
        organisation {bytes} NOT NULL,
        candidate {bytes} NOT NULL,
        number {big} NOT NULL,
        version INTEGER NOT NULL,
        name TEXT NOT NULL,
        department TEXT NOT NULL,
        importance INTEGER CONSTRAINT ck_candidates_importance CHECK (importance BETWEEN 1 AND 5),
        reach INTEGER CONSTRAINT ck_candidates_reach CHECK (reach BETWEEN 1 AND 5),
        effect INTEGER CONSTRAINT ck_candidates_effect CHECK (effect BETWEEN 1 AND 5),
        benefit INTEGER CONSTRAINT ck_candidates_benefit CHECK (benefit BETWEEN 1 AND 5),
        linking INTEGER CONSTRAINT ck_candidates_linking CHECK (linking BETWEEN 1 AND 5),
        hours TEXT,
        wave INTEGER CONSTRAINT ck_candidates_wave CHECK (wave BETWEEN 1 AND 3),
        withdrawn TEXT,
        CONSTRAINT pk_candidates PRIMARY KEY (organisation, candidate),
        CONSTRAINT fk_candidates_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) {strict}""",
    """CREATE TABLE wave_notes (
        organisation {bytes} NOT NULL,
        sequence {big} NOT NULL,
        wave INTEGER NOT NULL CONSTRAINT ck_wave_notes_wave CHECK (wave BETWEEN 1 AND 3),
        text TEXT NOT NULL,
        who TEXT NOT NULL,
        recorded TEXT NOT NULL,
        CONSTRAINT pk_wave_notes PRIMARY KEY (organisation, sequence),
        CONSTRAINT fk_wave_notes_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) {compact}""",
    """CREATE TABLE kpis (
        organisation {bytes} NOT NULL,
        kpi {bytes} NOT NULL,
        number {big} NOT NULL,
        version INTEGER NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL CONSTRAINT ck_kpis_kind CHECK (kind IN ('hours', 'yen', 'other')),
        unit TEXT NOT NULL,
        better TEXT NOT NULL CONSTRAINT ck_kpis_better CHECK (better IN ('lower', 'higher')),
        frequency TEXT NOT NULL
            CONSTRAINT ck_kpis_frequency CHECK (frequency IN ('monthly', 'quarterly', 'yearly')),
        owner TEXT NOT NULL,
        department TEXT NOT NULL,
        baseline TEXT,
        baseline_on TEXT,
        target TEXT,
        target_on TEXT,
        retired INTEGER NOT NULL CONSTRAINT ck_kpis_retired CHECK (retired IN (0, 1)),
        CONSTRAINT pk_kpis PRIMARY KEY (organisation, kpi),
        CONSTRAINT fk_kpis_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) {strict}""",
    """CREATE TABLE kpi_values (
        organisation {bytes} NOT NULL,
        sequence {big} NOT NULL,
        kpi {bytes} NOT NULL,
        day TEXT NOT NULL,
        amount TEXT,
        note TEXT NOT NULL,
        who TEXT NOT NULL,
        recorded TEXT NOT NULL,
        CONSTRAINT pk_kpi_values PRIMARY KEY (organisation, sequence),
        CONSTRAINT fk_kpi_values_kpis FOREIGN KEY (organisation, kpi) REFERENCES kpis (organisation, kpi)
    ) {compact}""",
    "CREATE INDEX ix_kpi_values_kpi ON kpi_values (organisation, kpi, day, sequence)",
    """CREATE TABLE hourly_rates (
        organisation {bytes} NOT NULL,
        yen INTEGER NOT NULL CONSTRAINT ck_hourly_rates_yen CHECK (yen > 0),
        CONSTRAINT pk_hourly_rates PRIMARY KEY (organisation),
        CONSTRAINT fk_hourly_rates_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) {compact}""",
)


def upgrade() -> None:
    """Add what the ledger and the small start need; the caller's transaction holds it together."""
    dialect = op.get_bind().dialect.name
    for statement in _STATEMENTS:
        op.execute(statement.format(**_DIALECTS[dialect]))
