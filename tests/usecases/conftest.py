"""What tests of use cases need: the running program on the tiny edition with a clock that stands still, and an organisation."""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dxassess.assessment.model import Recorded, Round
from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition
from dxassess.settings import Settings
from dxassess.storage import Database, Store, open_database
from dxassess.usecases import (
    Application,
    answer,
    close_round,
    create_organisation,
    questionnaire,
    start_round,
)
from dxassess.usecases.application import ClosedNumbers
from tests.conftest import TINY

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def new_application(database: Database, edition: Edition) -> Application:
    """The running program with one edition, on 22 November 2026 at noon in Tokyo."""
    settings = Settings("", Path("backups"), Path("indicators"))
    return Application(settings, database, {edition.id: edition}, now=lambda: NOW)


@dataclass
class House:
    """An organisation that holds rounds."""

    app: Application
    store: Store

    def start(self, day: date = TODAY, previous: Round | None = None, title: str = "回") -> Round:
        before = previous.id if previous else None
        return start_round(self.app, self.store, next(iter(self.app.editions)), title, day, before)

    def keep(
        self, held: Round, code: str, change: dict[str, Any], based_on: int | None = None, key: str = ""
    ) -> Recorded:
        """Keep a change as one who had seen `based_on`."""
        asked = questionnaire(self.store, held)
        item = asked.edition.by_code[code]
        return answer(self.store, asked, item, change, based_on, key or uuid.uuid4().hex)

    def say(self, held: Round, code: str, *level: float, **rest: Any) -> Recorded:
        """Keep a change on top of what stands."""
        asked = questionnaire(self.store, held)
        change = {"level": level[0], **rest} if level else rest
        item = asked.edition.by_code[code]
        return answer(self.store, asked, item, change, asked.sequence(item), uuid.uuid4().hex)

    def hold(self, levels: dict[str, float], day: date = TODAY, previous: Round | None = None) -> Round:
        """A closed round with these levels."""
        held = self.start(day, previous)
        for code, level in levels.items():
            self.say(held, code, level)
        return close_round(self.store, held, "山田")

    def with_edition(self, edition: Edition | None) -> House:
        """The same organisation after the folder of indicators became another one, or none."""
        editions = {} if edition is None else {edition.id: edition}
        return replace(self, app=replace(self.app, editions=editions))


def new_house(app: Application, name: str = "甲社", first_month: int = 4) -> House:
    """A new organisation without rounds."""
    created = create_organisation(app, name, "manufacturing", "up_to_300", first_month)
    return House(app, app.database.store(created.id))


@pytest.fixture
def app(sqlite_database: Database, tiny: Edition) -> Application:
    """The program on SQLite."""
    return new_application(sqlite_database, tiny)


@pytest.fixture
def house(app: Application) -> House:
    """An organisation without rounds, on SQLite."""
    return new_house(app)


@pytest.fixture
def any_house(database: Database, tiny: Edition) -> House:
    """An organisation without rounds, on a database of each kind."""
    return new_house(new_application(database, tiny))


Edit = tuple[str, str, str]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Edition]:
    """The tiny edition after its folder was edited: (file, old, new) …."""

    def edit(*edits: Edit) -> Edition:
        folder = tmp_path / uuid.uuid4().hex / "tiny"
        shutil.copytree(TINY, folder)
        for name, old, new in edits:
            path = folder / name
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")
        return load_edition(folder)

    return edit


def flip_levels(path: Path, held: Round) -> None:
    """Another level in every answer of a round, on the disk, whatever guards the table."""
    with closing(sqlite3.connect(path)) as raw, raw:
        guards = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in guards:
            raw.execute(f'DROP TRIGGER "{name}"')
        changed = raw.execute(
            "UPDATE answers SET level = 3 - level WHERE round = ?", [bytes.fromhex(held.id)]
        )
        assert changed.rowcount


@pytest.fixture
def flipped(sqlite_path: Path) -> Iterator[Callable[[House, Round], House]]:
    """The organisation as a fresh start of the program finds it after a level of a closed round changed on the disk."""
    opened: list[Database] = []

    def flip(house: House, held: Round) -> House:
        organisation = house.store.organisation.id
        house.app.database.close()
        flip_levels(sqlite_path, held)
        opened.append(open_database(str(sqlite_path)))
        app = replace(house.app, database=opened[-1], closed=ClosedNumbers())
        return House(app, opened[-1].store(organisation))

    yield flip
    for database in opened:
        database.close()
