"""Rhythm: the fiscal year with what was measured and is planned, the next round, and the promises of the quarter."""

from __future__ import annotations

from dxassess.ui import rhythm_parts as parts
from dxassess.ui.components import empty, empty_house, heading
from dxassess.ui.context import Here, current
from dxassess.ui.forms import arrived
from dxassess.ui.planned_parts import done_another_way, planned_list
from dxassess.ui.promise_parts import quarter_promises
from dxassess.usecases.rhythm import rhythm


def show(here: Here) -> None:
    """The year, the next step, the planned rounds, the promises and the calendar."""
    assert here.store
    found = rhythm(here.app, here.store)
    if not found.where.rounds and not found.waiting:
        empty(here, "rhythm", "rounds")
        return
    arrived("rhythm-which")
    parts.clock(here, found)
    parts.next_step(here, found)
    done_another_way(here, found)
    parts.year(here, found)
    planned_list(here, found)
    quarter_promises(here)
    parts.calendar_button(here)


here = current()
heading(here.words("rhythm.title"), here.words("rhythm.lead"))
if here.store is None:
    empty_house(here, "rhythm")
else:
    show(here)
