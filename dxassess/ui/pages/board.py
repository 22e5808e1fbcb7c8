"""The board: what the room looks at, from the count of votes to the levels that are agreed."""

from __future__ import annotations

from dxassess.assessment.model import Round
from dxassess.ui import board_parts as parts
from dxassess.ui import talk_parts as talk
from dxassess.ui.board_looks import board_looks
from dxassess.ui.components import empty, empty_house, heading
from dxassess.ui.context import Here, current
from dxassess.ui.workshop_parts import closed
from dxassess.usecases import workshop_of


def show(here: Here, held: Round) -> None:
    """The vote that is open, or the talk about one that is revealed."""
    assert here.store
    found = workshop_of(here.store, held)
    if found is None:
        heading(here.words("board.title"))
        empty(here, "board", "workshop", round=held.id)
    elif found.phase in ("first", "second"):
        parts.voting(here, held)
    else:
        talk.talk(here, held)


here = current()
if here.store is None:
    heading(here.words("board.title"))
    empty_house(here, "board")
elif here.round is None:
    heading(here.words("board.title"))
    empty(here, "board", "workshop")
elif here.round.closed:
    heading(here.words("board.title"))
    closed(here, here.round)
else:
    board_looks()
    show(here, here.round)
