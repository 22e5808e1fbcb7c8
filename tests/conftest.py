"""What many tests need: the tiny edition, and a database of each kind.

The PostgreSQL server is private: its own folder, its own port on this machine, started once and stopped at the end.
`DXASSESS_TEST_POSTGRES_BIN` names the folder of its programs; without any server these tests fail, they are not skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from dxassess.assessment.model import Answer, FiscalQuarter, Recorded, Round, State
from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition
from dxassess.storage import Database, Store, Token, open_database
from tests.machine import postgres_bin

DAY = date(2026, 11, 22)
TINY = Path(__file__).parent / "data" / "tiny"

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def tiny() -> Edition:
    """The tiny edition: scale 0–3, four scored indicators, two measured ones."""
    return load_edition(TINY)


class PostgresServer:
    """A private server. `new_database` gives the address of a fresh, migrated database."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="dxassess-pg-"))
        self._owner = "postgres" if os.name != "nt" and os.geteuid() == 0 else None
        if self._owner:
            shutil.chown(self.folder, self._owner)
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._data = self.folder / "data"
        self._shared: str | None = None

    def start(self) -> None:
        self._run(
            "initdb", "-D", self._data, "-U", "dxassess", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        self.resume()
        open_database(self.address("postgres")).close()

    def resume(self) -> None:
        """Start the server on what it already holds."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100"
        if os.name != "nt":
            options += f" -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "-D", self._data, "-o", options, "-l", self.folder / "log", "-w", "start")

    def halt(self, mode: str) -> None:
        """Stop the server and keep what it holds. `mode` is `fast`, or `immediate`, which is a crash."""
        self._run("pg_ctl", "-D", self._data, "-m", mode, "-w", "stop")

    def stop(self) -> None:
        if (self._data / "postmaster.pid").exists():
            self.halt("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, name: str) -> str:
        return f"postgresql://dxassess@127.0.0.1:{self.port}/{name}"

    def new_database(self, template: str = "postgres") -> str:
        """Address of a database of its own: migrated, or empty when made from `template1`."""
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(self.address("template1"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address(name)

    def emptied_database(self) -> str:
        """Address of the migrated database that tests share one after the other, its rows gone."""
        if self._shared is None:
            self._shared = self.new_database()
        with psycopg.connect(self._shared) as connection:
            connection.execute("SET lock_timeout = '10s'; SET session_replication_role = replica")
            connection.execute("TRUNCATE organisations CASCADE")
        return self._shared

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        done = subprocess.run(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self._owner,
            cwd=self.folder,
            check=False,
        )
        if done.returncode:
            log = self.folder / "log"
            raise RuntimeError(f"{command}: {done.returncode}\n{log.read_text() if log.exists() else ''}")


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A private PostgreSQL server; a test that stops and starts it takes one of its own."""
    programs = postgres_bin()
    if programs is None:
        pytest.fail("No PostgreSQL server programs found: install them or set DXASSESS_TEST_POSTGRES_BIN.")
    server = PostgresServer(programs)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The private PostgreSQL server of this test run."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    """Where an SQLite database of this test would lie; nothing is there yet."""
    return tmp_path / "dx.sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'dx.sqlite'}"
    return str(request.getfixturevalue("postgres").emptied_database())


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database, once of each kind."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@dataclass
class Voice:
    """The one voice of an organisation in a round: says things, and knows what it last read."""

    store: Store
    edition: Edition
    round: Round
    read: dict[str, int] = field(default_factory=dict)

    def say(self, indicator: str, level: float | None, key: str | None = None, **rest: object) -> Recorded:
        state = State.ANSWERED if level is not None else State.CANNOT_SAY
        return self.tell(Answer(indicator, state, level, **rest), key)

    def tell(self, answer: Answer, key: str | None = None) -> Recorded:
        agreed = self.store.agreed(self.round.id).id
        record = self.store.append(
            self.round.id,
            agreed,
            answer,
            key=key or uuid.uuid4().hex,
            based_on=self.read.get(answer.indicator),
        )
        self.read[answer.indicator] = record.sequence
        return record

    def say_all(self, level: float = 2) -> None:
        for indicator in self.edition.scored:
            self.say(indicator.id, level)

    def close(self) -> Round:
        self.round = self.store.close_round(self.round.id, self.round.version, "山田")
        return self.round


def new_voice(database: Database, edition: Edition, name: str = "甲社", title: str = "第1回") -> Voice:
    """A new organisation with one open round."""
    organisation = database.create_organisation(name, "manufacturing", "small", 4)
    store = database.store(organisation.id)
    started = store.start_round(title, edition, DAY, FiscalQuarter(2026, 3), None, "山田")
    return Voice(store, edition, started)


def seated(voice: Voice, people: int, role: str = "it") -> list[Token]:
    """The vote opened in the round of a voice, and this many people at their ballots: the secrets they hold."""
    voice.store.open_workshop(voice.round.id, "山田")
    invitation = Token.new(voice.store.organisation_id)
    voice.store.invite(voice.round.id, invitation, None, "山田")
    secrets = [Token.new(voice.store.organisation_id) for _ in range(people)]
    for number, secret in enumerate(secrets):
        voice.store.join(invitation, secret, role, f"社員{number}")
    return secrets


@pytest.fixture
def voice(database: Database, tiny: Edition) -> Voice:
    """A new organisation with one open round, on a database of each kind."""
    return new_voice(database, tiny)


@pytest.fixture
def sqlite_database(sqlite_path: Path) -> Iterator[Database]:
    """An open SQLite database."""
    opened = open_database(str(sqlite_path))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_voice(sqlite_database: Database, tiny: Edition) -> Voice:
    """A new organisation with one open round, on SQLite."""
    return new_voice(sqlite_database, tiny)
