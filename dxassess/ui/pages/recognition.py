"""Recognition: how differently the roles see the company, indicator by indicator, and what the talk changed."""

from __future__ import annotations

from dxassess.assessment.model import Round
from dxassess.errors import VotesSecret
from dxassess.ui import recognition_parts as parts
from dxassess.ui.components import empty, empty_house, heading, round_picker
from dxassess.ui.context import Here, current
from dxassess.ui.raters_parts import lens
from dxassess.ui.together_parts import alone, over_rounds
from dxassess.usecases import recognition_of


def show(here: Here, held: Round) -> None:
    """One round whose votes are revealed, and all of them over time."""
    assert here.store
    words = here.words
    found = recognition_of(here.app, here.store, held)
    alone(here)
    if not parts.missing(words, found):
        parts.notes(words, found)
        parts.large_numbers(words, found)
        parts.furthest(words, found)
        parts.items_chart(words, found)
        parts.meetings(words, found)
        over_rounds(here)
        parts.specialists(here, found)
    if not found.is_empty:
        lens(here, held, found.edition)


here = current()
heading(here.words("recognition.title"), here.words("recognition.lead"))
if here.store is None:
    empty_house(here, "recognition")
elif here.round is None:
    empty(here, "recognition", "rounds")
else:
    round_picker(here, "recognition")
    try:
        show(here, here.round)
    except VotesSecret:
        parts.teach(here.words("recognition.open_title"), here.words("recognition.open"))
