"""What the workshop's page shows of a round: where the vote stands, who is there, how many items are agreed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dxassess.assessment.decision import newest
from dxassess.assessment.model import Round
from dxassess.assessment.voting import Turnout, Workshop, everyone, open_ballot
from dxassess.catalogue.model import Edition
from dxassess.storage import Store
from dxassess.usecases.application import edition_of
from dxassess.usecases.roles import RoleChoice, role_choices
from dxassess.usecases.workshop import the_workshop


@dataclass(frozen=True, slots=True)
class Room:
    """A workshop as its facilitator sees it. `total` is everybody of `turnout`; `agreed` of `items` indicators have a decision.

    `agreed` is None while a vote is open: it is not shown then, and the board asks with every vote that comes in.
    """

    held: Round
    edition: Edition
    workshop: Workshop
    turnout: tuple[Turnout, ...]
    total: Turnout
    agreed: int | None
    items: int


def room(store: Store, held: Round) -> Room:
    """The workshop of a round as it is now. WorkshopMissing."""
    workshop = the_workshop(store, held)
    edition = edition_of(store, held)
    there = store.turnout(held.id)
    agreed = None if open_ballot(workshop) else len(newest(store.decisions(held.id)))
    return Room(held, edition, workshop, there, everyone(there), agreed, len(edition.scored))


def role_names(store: Store, edition: Edition) -> Mapping[str, RoleChoice]:
    """Every role there is a name for, by id, in order."""
    return {role.id: role for role in role_choices(store, edition)}
