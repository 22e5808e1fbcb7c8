"""A company with a history: twenty closed rounds and one that is running."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dxassess.assessment.model import AGREED, Answer, FiscalQuarter, Round, State
from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition
from dxassess.settings import shipped
from dxassess.storage import Store, open_database

CLOSED = 20
NAME = "東海部品製造株式会社"


@dataclass(frozen=True, slots=True)
class Company:
    """Where it lies and what is in it: ids of the organisation, of the newest closed round and of the running ones."""

    database: Path
    organisation: str
    closed: str
    running: tuple[str, ...]


def build(
    folder: Path, *, closed: int = CLOSED, running: int = 1, organisations: int = 1, answered: int = 20
) -> list[Company]:
    """Write the database of `organisations` companies, each with `closed` closed and `running` open rounds.

    In an open round the first `answered` items have a level.
    """
    path = folder / "dx.sqlite"
    database = open_database(str(path))
    edition = load_edition(shipped("indicators") / "dx2019")
    built = []
    for number in range(organisations):
        name = NAME if number == 0 else f"{NAME} {number + 1}"
        organisation = database.create_organisation(name, "manufacturing", "up_to_300", 4)
        store = database.store(organisation.id)
        last = None
        for place in range(closed):
            last = _closed(store, edition, place, last)
        previous = last.id if last else None
        held = [_running(store, edition, closed, previous, place, answered) for place in range(running)]
        built.append(
            Company(path, organisation.id, last.id if last else "", tuple(found.id for found in held))
        )
    database.close()
    return built


def _closed(store: Store, edition: Edition, place: int, last: Round | None) -> Round:
    held = _start(store, edition, place, last.id if last else None, f"第{place + 1}回 自己診断")
    _fill(store, edition, held, place, len(edition.scored))
    return store.close_round(held.id, held.version, "山田")


def _running(
    store: Store, edition: Edition, place: int, previous: str | None, number: int, answered: int
) -> Round:
    title = "今期の自己診断" if number == 0 else f"今期の自己診断 {number + 1}"
    held = _start(store, edition, place, previous, title)
    _fill(store, edition, held, place, answered)
    return held


def _start(store: Store, edition: Edition, place: int, previous: str | None, title: str) -> Round:
    quarter = FiscalQuarter(2021 + place // 4, place % 4 + 1)
    month = place % 4 * 3 + 1
    return store.start_round(title, edition, date(2021 + place // 4, month, 15), quarter, previous, "山田")


def _fill(store: Store, edition: Edition, held: Round, place: int, items: int) -> None:
    agreed = store.agreed(held.id).id
    top = edition.scale.values[-1]
    entries = []
    for number, indicator in enumerate(edition.scored[:items]):
        level = min((number * 7 + place) % 4 + place // 8, int(top))
        said = Answer(
            indicator.id,
            State.ANSWERED,
            level,
            target=min(level + 2, int(top)),
            evidence="経営会議の議事録と中期計画の該当ページ" if number % 3 else "",
            comment="部門ごとの差を次回確認する" if number % 5 == 0 else "",
            conditions=frozenset({"a"} if any(found.id == "a" for found in indicator.conditions) else set()),
        )
        entries.append((agreed, AGREED, said, uuid.uuid4().hex))
    store.append_many(held.id, entries)
