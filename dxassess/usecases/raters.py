"""The lens on the raters of a revealed vote: for the facilitator, and beside every result and export it concerns."""

from __future__ import annotations

from dxassess.assessment.model import Ballot, Round
from dxassess.assessment.raters import Flag
from dxassess.storage import Store
from dxassess.usecases.application import edition_of
from dxassess.usecases.roles import sides_of


def rater_flags(store: Store, held: Round, ballot: Ballot = "first") -> tuple[Flag, ...]:
    """All signs of one revealed ballot; in an anonymous round nobody is named, and below the minimum hardly anything is said.

    VotesSecret before the reveal, RoundDamaged.
    """
    return store.flags(held.id, sides_of(store, edition_of(store, held)), ballot)
