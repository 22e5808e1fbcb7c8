"""A vote in the running program, and what its facilitator does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from dxassess.assessment.model import Round
from dxassess.storage import Store
from dxassess.text import Words
from dxassess.ui.context import application
from dxassess.usecases import (
    close_round,
    invite_openly,
    invite_person,
    open_second_vote,
    open_workshop,
    reveal,
    workshop_of,
)
from dxassess.usecases.rounds import quarter_for
from tests.ui.devices import Building, Device
from tests.usecases.conftest import TODAY, House

JA, EN = Words("ja"), Words("en")


@dataclass(frozen=True)
class Hall:
    """An open vote in a named round; `link` is the open one."""

    house: House
    held: Round
    link: str
    building: Building

    @property
    def store(self) -> Store:
        return self.house.store

    @property
    def ballot(self) -> str:
        return f"/b/{self.held.id}"

    def device(self, place: str = "192.0.2.50") -> Device:
        return self.building.device(place)

    def voter(self, name: str = "田中", role: str = "it") -> Device:
        """A device that has joined by the open link."""
        device = self.device()
        device.join(self.link, role, name, again="1")
        return device

    def invite(self, name: str = "佐藤", role: str = "management") -> str:
        return f"/j/{invite_person(self.store, self.held, role, name).token.clear}"

    def reveal(self) -> None:
        reveal(self.store, self.workshop)

    def vote_again(self, *codes: str) -> None:
        edition = self.store.edition(self.held.edition_hash)
        open_second_vote(self.store, self.workshop, [edition.by_code[code] for code in codes] or None)

    @property
    def workshop(self) -> Any:
        return workshop_of(self.store, self.held)

    def close(self) -> None:
        close_round(self.store, self.held, "山田")

    def votes(self) -> dict[tuple[str, str], Any]:
        """By name and code the first votes that stand, once they may be read."""
        names = {person.id: person.name for person in self.store.respondents(self.held.id)}
        found = self.store.answers(self.held.id, ballot="first")
        return {(names[each.respondent], each.answer.indicator[5:]): each.answer for each in found}

    def rows(self) -> int:
        """How many answers were ever written."""
        with closing(sqlite3.connect(application().database.place)) as looking:
            return int(looking.execute("SELECT count(*) FROM answers").fetchone()[0])


def new_hall(house: House, *, named: bool = True, opened: bool = True) -> Hall:
    edition = next(iter(house.app.editions.values()))
    quarter = quarter_for(house.store, TODAY)
    held = house.store.start_round("秋の回", edition, TODAY, quarter, None, "", named)
    if opened:
        open_workshop(house.store, held)
    return Hall(house, held, f"/j/{invite_openly(house.store, held).token.clear}", Building())
