"""Result: where the organisation stands in one round, every figure open to its making."""

from __future__ import annotations

from dxassess.ui import result_parts as parts
from dxassess.ui.components import block, empty, empty_house, heading, round_picker, unfolding_tables
from dxassess.ui.context import current
from dxassess.ui.explanation_parts import explain_button
from dxassess.ui.own_parts import own_badge
from dxassess.ui.published_parts import published_note
from dxassess.ui.pulse_parts import pulse_note
from dxassess.ui.result_tables import result_tables
from dxassess.ui.together_parts import alone
from dxassess.usecases import result
from dxassess.usecases.application import edition_of

here = current()
words = here.words
if here.store is None:
    heading(words("result.title"))
    empty_house(here, "result")
elif here.round is None:
    heading(words("result.title"))
    empty(here, "result", "rounds")
else:
    heading(words("result.title"), badge=own_badge(here, edition_of(here.store, here.round)))
    round_picker(here, "result")
    pulse_note(here, here.round)
    found = result(here.app, here.store, here.round)
    if found.is_empty and here.round.closed:
        empty(here, "result.closed", "rounds")
    elif found.is_empty:
        empty(here, "result", "answering", round=here.round.id)
    else:
        if not here.round.closed:
            block(words("result.open_note"), "hint")
            parts.onward(here, here.round)
        if found.damaged:
            block(words("rounds.damaged", title=found.damaged.title), "hint")
        alone(here)
        parts.large_numbers(words, found)
        parts.distances(words, found)
        parts.averages_chart(words, found)
        explain_button(here, found, "averages")
        parts.groups_chart(words, found)
        explain_button(here, found, "groups")
        parts.strong_and_weak(words, found)
        parts.items_chart(words, found)
        explain_button(here, found, "items")
        unfolding_tables(*result_tables(words, found))
        published_note(here, found)
        parts.onward(here, here.round)
