"""Rounds in which several people vote one by one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from dxassess.assessment.model import Answer, Ballot, Round, State
from dxassess.usecases import close_round
from dxassess.usecases.rounds import quarter_for
from tests.usecases.conftest import TODAY, House

Votes = Mapping[str, Mapping[str, Sequence[int | None]]]
"""By role and code: the level of each person in turn; None for who says nothing of it."""


def vote(house: House, held: Round, votes: Votes, ballot: Ballot = "first") -> None:
    """Let people vote; in a later ballot the same people again."""
    known = house.store.respondents(held.id)
    for role, said in votes.items():
        people = [one.id for one in known if one.role == role]
        for code, levels in said.items():
            while len(people) < len(levels):
                people.append(house.store.add_respondent(held.id, role, f"{role}{len(people)}").id)
            for person, level in zip(people, levels, strict=False):
                if level is not None:
                    answer = Answer(f"tiny.{code}", State.ANSWERED, level)
                    key = uuid.uuid4().hex
                    house.store.append(held.id, person, answer, key=key, ballot=ballot, based_on=None)


def voted(
    house: House, first: Votes, second: Votes | None = None, day: date = TODAY, *, minimum: int | None = None
) -> Round:
    """A closed round with these votes; anonymous when a `minimum` is given."""
    edition = next(iter(house.app.editions.values()))
    held = house.store.start_round(
        "投票",
        edition,
        day,
        quarter_for(house.store, day),
        None,
        "",
        named=minimum is None,
        anonymity_minimum=minimum or 3,
    )
    vote(house, held, first)
    vote(house, held, second or {}, "second")
    return close_round(house.store, held, "山田")
