"""Rounds in which people vote from their seats, for the tests of storage; and what finds a vote in whatever came back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date

from dxassess.assessment.histogram import Cell
from dxassess.assessment.model import AGREED, Answer, FiscalQuarter, Recorded, Round, State
from dxassess.assessment.raters import Flag
from dxassess.assessment.revealed import Revealed
from dxassess.assessment.voting import Comment
from dxassess.catalogue.model import Edition
from dxassess.errors import DxAssessError
from dxassess.storage import Database, Store, Token
from tests.conftest import Voice

ITEM, OTHER = "tiny.1", "tiny.2"
SECRET_WORD = "だれにも見せない"


@dataclass
class Room:
    """A round whose vote is open, and the people in it by the secrets they hold."""

    store: Store
    edition: Edition
    round: Round
    invitation: Token
    seats: list[Token] = field(default_factory=list)
    kept: dict[tuple[Token, str], int] = field(default_factory=dict)

    def sit(self, *roles: str) -> list[Token]:
        """One more person per role."""
        new = [Token.new(self.store.organisation_id) for _ in roles]
        for secret, role in zip(new, roles, strict=True):
            self.store.join(self.invitation, secret, role, f"氏名{len(self.seats) + 1}")
            self.seats.append(secret)
        return new

    def vote(
        self, seat: Token, level: int | None, item: str = ITEM, *, key: str = "", comment: str = ""
    ) -> Recorded:
        """A vote on top of the own one that stands."""
        state = State.CANNOT_SAY if level is None else State.ANSWERED
        answer = Answer(item, state, level, comment=comment)
        based_on, key = self.kept.get((seat, item)), key or uuid.uuid4().hex
        record = self.store.cast(seat, item, based_on, key, lambda *_: answer)
        self.kept[seat, item] = record.sequence
        return record

    def move(self, to: str, asked: list[str] | None = None) -> None:
        """Take the workshop on."""
        now = self.store.workshop(self.round.id)
        assert now is not None
        self.store.step(self.round.id, now.version, to, "山田", asked)  # type: ignore[arg-type]
        self.kept.clear()

    def close(self) -> Round:
        """Close the round."""
        self.round = self.store.close_round(self.round.id, self.round.version, "山田")
        return self.round


def new_room(
    database: Database,
    edition: Edition,
    *roles: str,
    named: bool = True,
    minimum: int = 3,
    name: str = "甲社",
) -> Room:
    """A new organisation with an open vote and one person per role."""
    store = database.store(database.create_organisation(name, "manufacturing", "small", 4).id)
    quarter = FiscalQuarter(2026, 3)
    held = store.start_round(
        "第1回", edition, date(2026, 11, 22), quarter, None, "山田", named, anonymity_minimum=minimum
    )
    store.open_workshop(held.id, "山田")
    token = Token.new(store.organisation_id)
    store.invite(held.id, token, None, "山田")
    room = Room(store, edition, held, token)
    room.sit(*roles)
    return room


def voice_of(room: Room) -> Voice:
    """The one voice of the same round."""
    return Voice(room.store, room.edition, room.round)


def votes_in(value: object) -> Iterator[object]:
    """Every vote, count of votes, comment or sign of one, and every secret word, somewhere inside a value or an error."""
    if isinstance(value, Comment | Revealed | Flag):
        yield value
    elif isinstance(value, Recorded | Cell):
        if value.ballot != AGREED:
            yield value
    elif isinstance(value, DxAssessError):
        yield from votes_in(value.values)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from votes_in(getattr(value, each.name))
    elif isinstance(value, Mapping):
        yield from votes_in([*value.keys(), *value.values()])
    elif isinstance(value, str):
        if SECRET_WORD in value:
            yield value
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from votes_in(part)
