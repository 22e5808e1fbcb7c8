"""People in a room: a round whose vote is open, ballots cast as phones cast them, and the reveal."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dxassess.assessment.decision import Decision
from dxassess.assessment.model import Round
from dxassess.assessment.voting import Workshop
from dxassess.catalogue.model import Indicator
from dxassess.usecases import (
    cast,
    decide,
    focus_on,
    invite_openly,
    join,
    open_second_vote,
    open_workshop,
    reveal,
    start_round,
    workshop_of,
)
from tests.usecases.conftest import TODAY, House

Sheet = Mapping[str, int | Mapping[str, Any] | None]
"""What one person says by code: a level, None for nothing, or a whole change."""

SPLIT: Mapping[str, Sequence[Sheet]] = {
    "management": [{"1": 3, "1-1": 2, "2": 1, "2-1": 1}, {"1": 3, "1-1": 2, "2": 1, "2-1": 2}],
    "it": [
        {"1": 0, "1-1": 2, "2": 1, "2-1": 1},
        {
            "1": {"level": 0, "comment": "見たことがない", "evidence": "アンケート"},
            "1-1": 2,
            "2": 2,
            "2-1": 1,
        },
        {"1": 1, "1-1": 2, "2": 3, "2-1": 1},
    ],
}


@dataclass
class Meeting:
    """A round of a house that is voted on; `seats` are the people's secrets by role, in the order they came."""

    house: House
    held: Round
    link: str = ""
    seats: dict[str, list[str]] = field(default_factory=dict)

    @property
    def workshop(self) -> Workshop:
        found = workshop_of(self.house.store, self.held)
        assert found
        return found

    def item(self, code: str) -> Indicator:
        return self.house.store.edition(self.held.edition_hash).by_code[code]

    def come(self, role: str, name: str = "") -> str:
        """Somebody joins; gives the secret of the seat."""
        people = self.seats.setdefault(role, [])
        seat = join(self.house.app, self.link, role, name or f"{role}{len(people)}").clear
        people.append(seat)
        return seat

    def say(self, seat: str, sheet: Sheet, based_on: int | None = None) -> None:
        """Cast what a person says on the vote that is open."""
        for code, said in sheet.items():
            if said is not None:
                change = said if isinstance(said, Mapping) else {"level": said}
                cast(self.house.app, seat, self.item(code).id, change, based_on, uuid.uuid4().hex)

    def vote(self, sheets: Mapping[str, Sequence[Sheet]]) -> Meeting:
        """Everybody of these roles votes, joining first where they have not."""
        for role, people in sheets.items():
            for place, sheet in enumerate(people):
                seats = self.seats.get(role, [])
                self.say(seats[place] if place < len(seats) else self.come(role), sheet)
        return self

    def reveal(self) -> Meeting:
        reveal(self.house.store, self.workshop, "佐藤")
        return self

    def focus(self, code: str) -> Meeting:
        focus_on(self.house.store, self.held, self.item(code))
        return self

    def again(self, *codes: str) -> Meeting:
        """Open a second vote."""
        open_second_vote(self.house.store, self.workshop, [self.item(code) for code in codes], "佐藤")
        return self

    def decide(self, code: str, level: int | None = 2, by: str = "佐藤", **words: Any) -> Decision:
        """Record what is agreed on top of what stands."""
        item = self.item(code)
        stands = self.house.store.voice(self.held.id).recorded.get(item.id)
        based_on = stands.sequence if stands else None
        change = {} if level is None else {"level": level}
        key = uuid.uuid4().hex
        return decide(self.house.store, self.held, item, change, based_on=based_on, key=key, by=by, **words)


def meet(house: House, *, minimum: int | None = None, previous: Round | None = None) -> Meeting:
    """A round whose vote is open with an open link; anonymous when a `minimum` is given."""
    edition = next(iter(house.app.editions))
    held = start_round(
        house.app,
        house.store,
        edition,
        "秋の回",
        TODAY,
        previous.id if previous else None,
        named=minimum is None,
        minimum=minimum or 3,
    )
    open_workshop(house.store, held, "佐藤")
    return Meeting(house, held, invite_openly(house.store, held, "佐藤").token.clear)
