"""Recognition: how differently the roles see the company, indicator by indicator, and what the talk changed."""

from __future__ import annotations

from dxassess.ui import recognition_parts as parts
from dxassess.ui.components import empty, empty_house, heading, round_picker
from dxassess.ui.context import current
from dxassess.usecases import recognition_of

here = current()
words = here.words
heading(words("recognition.title"), words("recognition.lead"))
if here.store is None:
    empty_house(here, "recognition")
elif here.round is None:
    empty(here, "recognition", "rounds")
else:
    round_picker(here, "recognition")
    if not here.round.closed:
        parts.teach(words("recognition.open_title"), words("recognition.open"))
    else:
        found = recognition_of(here.app, here.store, here.round)
        if not parts.missing(words, found):
            parts.notes(words, found)
            parts.large_numbers(words, found)
            parts.furthest(words, found)
            parts.items_chart(words, found)
            parts.meetings(words, found)
            parts.specialists(here, found)
