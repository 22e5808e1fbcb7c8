"""A room that votes: a company with a round whose workshop may be open, and what a facilitator does from beside the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from dxassess.assessment.model import Recorded, Round
from dxassess.catalogue.load import load_edition
from dxassess.settings import shipped
from dxassess.storage import Store, open_database
from dxassess.usecases import (
    close_round,
    invite_openly,
    invite_person,
    open_second_vote,
    open_workshop,
    remove_person,
    reveal,
    workshop_of,
)
from dxassess.usecases.rounds import quarter_for

Found = TypeVar("Found")
DAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Hall:
    """`link` is the open one, `/j/…`. Everything a facilitator does opens the database for a moment of its own."""

    database: Path
    organisation: str
    round: str
    link: str

    @contextmanager
    def store(self) -> Iterator[tuple[Store, Round]]:
        """The organisation's store and its round, as they are now."""
        opened = open_database(str(self.database))
        try:
            store = opened.store(self.organisation)
            yield store, store.round(self.round)
        finally:
            opened.close()

    def do(self, what: Callable[[Store, Round], Found]) -> Found:
        """Let the facilitator do something."""
        with self.store() as (store, held):
            return what(store, held)

    def open_vote(self) -> None:
        self.do(open_workshop)

    def reveal(self) -> None:
        self.do(lambda store, held: reveal(store, _workshop(store, held)))

    def vote_again(self, *codes: str) -> None:
        """A second vote on these items; on all without any."""

        def again(store: Store, held: Round) -> None:
            known = store.edition(held.edition_hash).by_code
            open_second_vote(store, _workshop(store, held), [known[code] for code in codes] or None)

        self.do(again)

    def close(self) -> None:
        self.do(lambda store, held: close_round(store, held, "山田"))

    def invite(self, role: str, name: str = "") -> str:
        """A personal link, `/j/…`."""
        return f"/j/{self.do(lambda store, held: invite_person(store, held, role, name)).token.clear}"

    def remove(self, name: str) -> None:
        """Take out the person of this name."""

        def out(store: Store, held: Round) -> None:
            found = next(person for person in store.respondents(held.id) if person.name == name)
            remove_person(store, held, found.id)

        self.do(out)

    def votes(self) -> Mapping[tuple[str, str], Recorded]:
        """By respondent and code: the votes on the first ballot that stand, once they may be read."""
        return self.do(
            lambda store, held: {
                (each.respondent, each.answer.indicator.split(".", 1)[1]): each
                for each in store.answers(held.id, ballot="first")
            }
        )


def _workshop(store: Store, held: Round) -> object:
    found = workshop_of(store, held)
    assert found is not None
    return found


def new_hall(
    database: Path,
    *,
    named: bool = True,
    opened: bool = True,
    organisation: str = "東海部品製造株式会社",
    title: str = "2026年度 第3四半期の自己診断",
) -> Hall:
    """A company with one round on the shipped indicators, and an open link to it."""
    edition = load_edition(shipped("indicators") / "dx2019")
    known = open_database(str(database))
    created = known.create_organisation(organisation, "manufacturing", "up_to_300", 4)
    store = known.store(created.id)
    held = store.start_round(title, edition, DAY, quarter_for(store, DAY), None, "山田", named)
    if opened:
        open_workshop(store, held)
    link = f"/j/{invite_openly(store, held).token.clear}"
    known.close()
    return Hall(database, created.id, held.id, link)
