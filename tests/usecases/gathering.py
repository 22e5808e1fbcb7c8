"""A workshop as people hold it: they join by links and vote from their seats."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dxassess.assessment.model import Recorded, Round
from dxassess.assessment.voting import Workshop
from dxassess.catalogue.model import Edition, Indicator
from dxassess.usecases import (
    ballot_of,
    cast,
    close_round,
    invite_openly,
    join,
    open_second_vote,
    open_workshop,
    reveal,
    start_round,
    workshop_of,
)
from tests.usecases.conftest import TODAY, House


@dataclass
class Gathering:
    """A round with its vote open; `seats` holds the secrets in the clear, as cookies do."""

    house: House
    held: Round
    link: str
    seats: list[str] = field(default_factory=list)

    @property
    def edition(self) -> Edition:
        return next(iter(self.house.app.editions.values()))

    def item(self, code: str) -> Indicator:
        return self.edition.by_code[code]

    def sit(self, *roles: str) -> list[str]:
        """One more person per role."""
        new = [
            join(self.house.app, self.link, role, f"氏名{len(self.seats) + number}").clear
            for number, role in enumerate(roles)
        ]
        self.seats += new
        return new

    def vote(self, seat: str, code: str, level: int | None = None, **rest: object) -> Recorded:
        """A change on top of the own vote that stands."""
        sheet = ballot_of(self.house.app, seat)
        item = self.item(code)
        change = rest if level is None else {"level": level, **rest}
        return cast(self.house.app, seat, item.id, change, sheet.sequence(item), uuid.uuid4().hex)

    def vote_all(self, levels: Mapping[str, Sequence[int | None]]) -> None:
        """By code: the level of each seat in turn, None for who says nothing."""
        for code, given in levels.items():
            for seat, level in zip(self.seats, given, strict=False):
                if level is not None:
                    self.vote(seat, code, level)

    def now(self) -> Workshop:
        """The workshop as it is."""
        found = workshop_of(self.house.store, self.held)
        assert found is not None
        return found

    def reveal(self) -> Workshop:
        """Reveal the vote that is open."""
        return reveal(self.house.store, self.now(), "山田")

    def second(self, *codes: str) -> Workshop:
        """Open the second vote, on these or on all."""
        items = [self.item(code) for code in codes] or None
        return open_second_vote(self.house.store, self.now(), items, "山田")

    def close(self) -> Round:
        """Close the round."""
        self.held = close_round(self.house.store, self.held, "山田")
        return self.held


def gathered(
    house: House, *roles: str, named: bool = True, minimum: int = 3, previous: Round | None = None
) -> Gathering:
    """A new round with an open vote and one person per role."""
    edition = next(iter(house.app.editions))
    before = previous.id if previous else None
    held = start_round(
        house.app, house.store, edition, "投票の回", TODAY, before, "山田", named=named, minimum=minimum
    )
    open_workshop(house.store, held, "山田")
    gathering = Gathering(house, held, invite_openly(house.store, held, "山田").token.clear)
    gathering.sit(*roles)
    return gathering
