"""Voting: workshops, invitations, seats, decisions, an organisation's own roles; people who were taken out."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_DIALECTS = {
    "sqlite": {"bytes": "BLOB", "big": "INTEGER", "strict": "STRICT", "compact": "STRICT, WITHOUT ROWID"},
    "postgresql": {"bytes": "BYTEA", "big": "BIGINT", "strict": "", "compact": ""},
}

_TABLES = (
    "ALTER TABLE respondents ADD COLUMN removed TEXT",
    """CREATE INDEX ix_answers_open ON answers (organisation, round, ballot, respondent, indicator, sequence)
        WHERE state = 'open'""",
    """CREATE TABLE workshops (
        organisation {bytes} NOT NULL,
        round {bytes} NOT NULL,
        phase TEXT NOT NULL CONSTRAINT ck_workshops_phase CHECK (phase IN ('first', 'talk', 'second', 'done')),
        version INTEGER NOT NULL,
        opened TEXT NOT NULL,
        shown_groups TEXT,
        asked TEXT,
        focus TEXT,
        focused TEXT,
        importance TEXT NOT NULL,
        minutes INTEGER NOT NULL CONSTRAINT ck_workshops_minutes CHECK (minutes BETWEEN 0 AND 1440),
        practice_rule INTEGER NOT NULL CONSTRAINT ck_workshops_practice_rule CHECK (practice_rule IN (0, 1)),
        CONSTRAINT pk_workshops PRIMARY KEY (organisation, round),
        CONSTRAINT fk_workshops_rounds FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, round)
    ) {compact}""",
    """CREATE TABLE invitations (
        organisation {bytes} NOT NULL,
        invitation {bytes} NOT NULL,
        round {bytes} NOT NULL,
        token_hash {bytes} NOT NULL,
        kind TEXT NOT NULL CONSTRAINT ck_invitations_kind CHECK (kind IN ('open', 'personal', 'device')),
        respondent {bytes},
        since {big} NOT NULL,
        created TEXT NOT NULL,
        used TEXT,
        revoked TEXT,
        CONSTRAINT pk_invitations PRIMARY KEY (organisation, invitation),
        CONSTRAINT uq_invitations_token_hash UNIQUE (organisation, token_hash),
        CONSTRAINT ck_invitations_token_hash CHECK (length(token_hash) = 32),
        CONSTRAINT ck_invitations_respondent CHECK ((kind = 'open') = (respondent IS NULL)),
        CONSTRAINT fk_invitations_rounds FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, round),
        CONSTRAINT fk_invitations_respondents FOREIGN KEY (organisation, round, respondent)
            REFERENCES respondents (organisation, round, respondent)
    ) {strict}""",
    "CREATE INDEX ix_invitations_round ON invitations (organisation, round)",
    """CREATE TABLE seats (
        organisation {bytes} NOT NULL,
        secret_hash {bytes} NOT NULL,
        round {bytes} NOT NULL,
        respondent {bytes} NOT NULL,
        since {big} NOT NULL,
        created TEXT NOT NULL,
        ended TEXT,
        CONSTRAINT pk_seats PRIMARY KEY (organisation, secret_hash),
        CONSTRAINT ck_seats_secret_hash CHECK (length(secret_hash) = 32),
        CONSTRAINT fk_seats_respondents FOREIGN KEY (organisation, round, respondent)
            REFERENCES respondents (organisation, round, respondent)
    ) {compact}""",
    "CREATE INDEX ix_seats_respondent ON seats (organisation, round, respondent)",
    """CREATE TABLE decisions (
        organisation {bytes} NOT NULL,
        sequence {big} NOT NULL,
        round {bytes} NOT NULL,
        indicator TEXT NOT NULL,
        answer {big} NOT NULL,
        reason TEXT NOT NULL,
        dissent TEXT NOT NULL,
        idea TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        based_on {big},
        recorded TEXT NOT NULL,
        CONSTRAINT pk_decisions PRIMARY KEY (organisation, sequence),
        CONSTRAINT uq_decisions_answer UNIQUE (organisation, answer),
        CONSTRAINT fk_decisions_rounds FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, round),
        CONSTRAINT fk_decisions_answers FOREIGN KEY (organisation, answer) REFERENCES answers (organisation, sequence)
    ) {strict}""",
    "CREATE INDEX ix_decisions_round ON decisions (organisation, round, indicator, sequence)",
    """CREATE TABLE own_roles (
        organisation {bytes} NOT NULL,
        role TEXT NOT NULL,
        number {big} NOT NULL,
        name TEXT NOT NULL,
        stands TEXT CONSTRAINT ck_own_roles_stands CHECK (stands IN ('executive', 'field')),
        added TEXT NOT NULL,
        hidden TEXT,
        CONSTRAINT pk_own_roles PRIMARY KEY (organisation, role),
        CONSTRAINT fk_own_roles_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) {compact}""",
)

_SQLITE = (
    "CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions "
    "BEGIN SELECT RAISE(ABORT, 'decisions is only appended to'); END",
    "CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions "
    "BEGIN SELECT RAISE(ABORT, 'decisions is only appended to'); END",
    "CREATE TRIGGER workshops_no_delete BEFORE DELETE ON workshops "
    "BEGIN SELECT RAISE(ABORT, 'a workshop stays'); END",
    """CREATE TRIGGER decisions_closed BEFORE INSERT ON decisions
        WHEN (SELECT status FROM rounds WHERE organisation = NEW.organisation AND round = NEW.round) = 'closed'
        BEGIN SELECT RAISE(ABORT, 'the round is closed'); END""",
    """CREATE TRIGGER workshops_closed BEFORE UPDATE ON workshops
        WHEN (SELECT status FROM rounds WHERE organisation = NEW.organisation AND round = NEW.round) = 'closed'
        BEGIN SELECT RAISE(ABORT, 'the round is closed'); END""",
    """CREATE TRIGGER workshops_groups_fixed BEFORE UPDATE ON workshops
        WHEN OLD.shown_groups IS NOT NULL AND NEW.shown_groups IS NOT OLD.shown_groups
        BEGIN SELECT RAISE(ABORT, 'the groups are fixed'); END""",
    """CREATE TRIGGER answers_vote_over BEFORE INSERT ON answers
        WHEN NEW.ballot <> 'agreed' AND
            (SELECT phase FROM workshops WHERE organisation = NEW.organisation AND round = NEW.round) <> NEW.ballot
        BEGIN SELECT RAISE(ABORT, 'this vote is not open'); END""",
)

_POSTGRESQL = (
    """CREATE FUNCTION dxassess_workshop_stays() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN RAISE EXCEPTION 'a workshop stays'; END $body$""",
    """CREATE FUNCTION dxassess_workshop_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF (SELECT status FROM rounds WHERE organisation = NEW.organisation AND round = NEW.round) = 'closed' THEN
                RAISE EXCEPTION 'the round is closed';
            END IF;
            IF OLD.shown_groups IS NOT NULL AND NEW.shown_groups IS DISTINCT FROM OLD.shown_groups THEN
                RAISE EXCEPTION 'the groups are fixed';
            END IF;
            RETURN NEW;
        END $body$""",
    """CREATE FUNCTION dxassess_vote_over() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF (SELECT phase FROM workshops WHERE organisation = NEW.organisation AND round = NEW.round)
                <> NEW.ballot THEN
                RAISE EXCEPTION 'this vote is not open';
            END IF;
            RETURN NEW;
        END $body$""",
    """CREATE TRIGGER decisions_no_change BEFORE UPDATE OR DELETE ON decisions
        FOR EACH ROW EXECUTE FUNCTION dxassess_appended_only()""",
    """CREATE TRIGGER decisions_no_truncate BEFORE TRUNCATE ON decisions
        FOR EACH STATEMENT EXECUTE FUNCTION dxassess_appended_only()""",
    """CREATE TRIGGER decisions_closed BEFORE INSERT ON decisions
        FOR EACH ROW EXECUTE FUNCTION dxassess_answer_to_closed()""",
    """CREATE TRIGGER workshops_no_delete BEFORE DELETE ON workshops
        FOR EACH ROW EXECUTE FUNCTION dxassess_workshop_stays()""",
    """CREATE TRIGGER workshops_changed BEFORE UPDATE ON workshops
        FOR EACH ROW EXECUTE FUNCTION dxassess_workshop_changed()""",
    """CREATE TRIGGER answers_vote_over BEFORE INSERT ON answers
        FOR EACH ROW WHEN (NEW.ballot <> 'agreed') EXECUTE FUNCTION dxassess_vote_over()""",
)


def upgrade() -> None:
    """Add what voting needs; the caller's transaction holds it together."""
    dialect = op.get_bind().dialect.name
    for statement in _TABLES:
        op.execute(statement.format(**_DIALECTS[dialect]))
    for statement in _POSTGRESQL if dialect == "postgresql" else _SQLITE:
        op.execute(statement)
