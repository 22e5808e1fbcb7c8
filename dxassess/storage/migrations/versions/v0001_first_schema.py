"""First schema: organisations, editions, rounds, respondents, answers, what stands for them now, histograms, events."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_DIALECTS = {
    "sqlite": {"bytes": "BLOB", "big": "INTEGER", "strict": "STRICT", "compact": "STRICT, WITHOUT ROWID"},
    "postgresql": {"bytes": "BYTEA", "big": "BIGINT", "strict": "", "compact": ""},
}

_TABLES = (
    """CREATE TABLE organisations (
        organisation {bytes} NOT NULL,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        industry TEXT NOT NULL,
        size TEXT NOT NULL,
        first_month INTEGER NOT NULL CONSTRAINT ck_organisations_first_month CHECK (first_month BETWEEN 1 AND 12),
        timezone TEXT NOT NULL,
        sample INTEGER NOT NULL CONSTRAINT ck_organisations_sample CHECK (sample IN (0, 1)),
        created TEXT NOT NULL,
        active TEXT NOT NULL,
        sequence {big} NOT NULL,
        CONSTRAINT pk_organisations PRIMARY KEY (organisation),
        CONSTRAINT ck_organisations_organisation CHECK (length(organisation) = 16)
    ) {strict}""",
    "CREATE INDEX ix_organisations_active ON organisations (active, organisation)",
    """CREATE TABLE editions (
        organisation {bytes} NOT NULL,
        hash TEXT NOT NULL,
        edition TEXT NOT NULL,
        revision INTEGER NOT NULL,
        text TEXT NOT NULL,
        stored TEXT NOT NULL,
        CONSTRAINT pk_editions PRIMARY KEY (organisation, hash),
        CONSTRAINT fk_editions_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) {strict}""",
    """CREATE TABLE rounds (
        organisation {bytes} NOT NULL,
        round {bytes} NOT NULL,
        number {big} NOT NULL,
        title TEXT NOT NULL,
        edition TEXT NOT NULL,
        revision INTEGER NOT NULL,
        edition_hash TEXT NOT NULL,
        held_on TEXT NOT NULL,
        fiscal_year INTEGER NOT NULL,
        fiscal_quarter INTEGER NOT NULL CONSTRAINT ck_rounds_fiscal_quarter CHECK (fiscal_quarter BETWEEN 1 AND 4),
        first_month INTEGER NOT NULL CONSTRAINT ck_rounds_first_month CHECK (first_month BETWEEN 1 AND 12),
        timezone TEXT NOT NULL,
        previous {bytes},
        consent TEXT NOT NULL CONSTRAINT ck_rounds_consent CHECK (consent IN ('named', 'anonymous')),
        anonymity_minimum INTEGER NOT NULL CONSTRAINT ck_rounds_anonymity_minimum CHECK (anonymity_minimum >= 1),
        status TEXT NOT NULL CONSTRAINT ck_rounds_status CHECK (status IN ('open', 'closed')),
        version INTEGER NOT NULL,
        reopened INTEGER NOT NULL,
        started TEXT NOT NULL,
        started_by TEXT NOT NULL,
        closed TEXT,
        closed_by TEXT NOT NULL,
        content_hash TEXT,
        CONSTRAINT pk_rounds PRIMARY KEY (organisation, round),
        CONSTRAINT ck_rounds_round CHECK (length(round) = 16),
        CONSTRAINT ck_rounds_frozen CHECK ((status = 'closed') = (content_hash IS NOT NULL)),
        CONSTRAINT fk_rounds_editions FOREIGN KEY (organisation, edition_hash) REFERENCES editions (organisation, hash),
        CONSTRAINT fk_rounds_rounds FOREIGN KEY (organisation, previous) REFERENCES rounds (organisation, round)
    ) {compact}""",
    """CREATE TABLE respondents (
        organisation {bytes} NOT NULL,
        round {bytes} NOT NULL,
        respondent {bytes} NOT NULL,
        number {big} NOT NULL,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        CONSTRAINT pk_respondents PRIMARY KEY (organisation, round, respondent),
        CONSTRAINT ck_respondents_respondent CHECK (length(respondent) = 16),
        CONSTRAINT fk_respondents_rounds FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, round)
    ) {compact}""",
    """CREATE TABLE answers (
        organisation {bytes} NOT NULL,
        sequence {big} NOT NULL,
        round {bytes} NOT NULL,
        ballot TEXT NOT NULL CONSTRAINT ck_answers_ballot CHECK (ballot IN ('agreed', 'first', 'second')),
        respondent {bytes} NOT NULL,
        indicator TEXT NOT NULL,
        state TEXT NOT NULL
            CONSTRAINT ck_answers_state CHECK (state IN ('open', 'answered', 'cannot_say', 'not_applicable')),
        level INTEGER CONSTRAINT ck_answers_level CHECK (level >= 0),
        target INTEGER CONSTRAINT ck_answers_target CHECK (target >= 0),
        amount TEXT,
        target_amount TEXT,
        unit TEXT,
        reason TEXT,
        evidence TEXT NOT NULL,
        comment TEXT NOT NULL,
        conditions TEXT NOT NULL,
        edition_hash TEXT NOT NULL,
        idempotency_key TEXT NOT NULL,
        based_on {big},
        recorded TEXT NOT NULL,
        CONSTRAINT pk_answers PRIMARY KEY (organisation, sequence),
        CONSTRAINT uq_answers_idempotency_key UNIQUE (organisation, idempotency_key),
        CONSTRAINT fk_answers_respondents FOREIGN KEY (organisation, round, respondent)
            REFERENCES respondents (organisation, round, respondent),
        CONSTRAINT fk_answers_editions FOREIGN KEY (organisation, edition_hash) REFERENCES editions (organisation, hash)
    ) {strict}""",
    "CREATE INDEX ix_answers_round ON answers (organisation, round, indicator, sequence)",
    """CREATE TABLE current_answers (
        organisation {bytes} NOT NULL,
        round {bytes} NOT NULL,
        ballot TEXT NOT NULL,
        respondent {bytes} NOT NULL,
        indicator TEXT NOT NULL,
        sequence {big} NOT NULL,
        CONSTRAINT pk_current_answers PRIMARY KEY (organisation, round, ballot, respondent, indicator),
        CONSTRAINT fk_current_answers_answers FOREIGN KEY (organisation, sequence) REFERENCES answers (organisation, sequence)
    ) {compact}""",
    """CREATE TABLE histograms (
        organisation {bytes} NOT NULL,
        round {bytes} NOT NULL,
        ballot TEXT NOT NULL,
        role TEXT NOT NULL,
        indicator TEXT NOT NULL,
        field TEXT NOT NULL CONSTRAINT ck_histograms_field CHECK (field IN ('current', 'target')),
        counts TEXT NOT NULL,
        cannot_say INTEGER NOT NULL,
        not_applicable INTEGER NOT NULL,
        CONSTRAINT pk_histograms PRIMARY KEY (organisation, round, ballot, role, indicator, field),
        CONSTRAINT fk_histograms_rounds FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, round)
    ) {compact}""",
    """CREATE TABLE events (
        organisation {bytes} NOT NULL,
        sequence {big} NOT NULL,
        what TEXT NOT NULL,
        subject TEXT NOT NULL,
        who TEXT NOT NULL,
        recorded TEXT NOT NULL,
        detail TEXT NOT NULL,
        CONSTRAINT pk_events PRIMARY KEY (organisation, sequence),
        CONSTRAINT fk_events_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) {compact}""",
    "CREATE INDEX ix_events_subject ON events (organisation, subject, sequence)",
)

_APPENDED_ONLY = ("answers", "events", "editions")

_SQLITE_CLOSED = (
    """CREATE TRIGGER answers_closed BEFORE INSERT ON answers
        WHEN (SELECT status FROM rounds WHERE organisation = NEW.organisation AND round = NEW.round) = 'closed'
        BEGIN SELECT RAISE(ABORT, 'the round is closed'); END""",
    """CREATE TRIGGER rounds_closed BEFORE UPDATE ON rounds
        WHEN OLD.status = 'closed' AND NEW.status = 'closed'
        BEGIN SELECT RAISE(ABORT, 'the round is closed'); END""",
)

_POSTGRESQL = (
    """CREATE FUNCTION dxassess_appended_only() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is only appended to'; END $body$""",
    """CREATE FUNCTION dxassess_answer_to_closed() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF (SELECT status FROM rounds WHERE organisation = NEW.organisation AND round = NEW.round) = 'closed' THEN
                RAISE EXCEPTION 'the round is closed';
            END IF;
            RETURN NEW;
        END $body$""",
    """CREATE FUNCTION dxassess_closed_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF OLD.status = 'closed' AND NEW.status = 'closed' THEN
                RAISE EXCEPTION 'the round is closed';
            END IF;
            RETURN NEW;
        END $body$""",
    """CREATE TRIGGER answers_closed BEFORE INSERT ON answers
        FOR EACH ROW EXECUTE FUNCTION dxassess_answer_to_closed()""",
    """CREATE TRIGGER rounds_closed BEFORE UPDATE ON rounds
        FOR EACH ROW EXECUTE FUNCTION dxassess_closed_changed()""",
)


def upgrade() -> None:
    """Create everything; the caller's transaction holds it together."""
    dialect = op.get_bind().dialect.name
    for statement in _TABLES:
        op.execute(statement.format(**_DIALECTS[dialect]))
    if dialect == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_sqlite() -> None:
    for table in _APPENDED_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only appended to'); END"
            )
    for statement in _SQLITE_CLOSED:
        op.execute(statement)


def _guard_postgresql() -> None:
    for statement in _POSTGRESQL:
        op.execute(statement)
    for table in _APPENDED_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION dxassess_appended_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION dxassess_appended_only()"
        )
