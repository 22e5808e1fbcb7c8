"""As of: what was recorded by the end of a day, whatever was corrected since."""

from __future__ import annotations

from dxassess.errors import DayAhead
from dxassess.ui import asof_parts as parts
from dxassess.ui import asof_plan_parts as plan_parts
from dxassess.ui.components import empty, empty_house, heading
from dxassess.ui.context import Here, current
from dxassess.ui.trouble import refused
from dxassess.usecases.asof import AsOf, as_of


def show(here: Here) -> None:
    """The day that is asked about, and what had been recorded by its end."""
    assert here.store
    day = parts.day_asked(here)
    parts.day_picker(here, day)
    try:
        found = as_of(here.app, here.store, day)
    except DayAhead as error:
        refused(here.words, error)
    else:
        recorded(here, found)


def recorded(here: Here, found: AsOf) -> None:
    """What there is to tell of the day; before anything was recorded, from when on there is."""
    parts.clock(here, found)
    if found.is_empty:
        parts.nothing(here, found)
        return
    parts.sentence(here, found)
    parts.onward(here, found)
    parts.cannot_tell(here, found)
    parts.rounds(here, found)
    parts.levels(here, found)
    plan_parts.kpis(here, found)
    plan_parts.actions(here, found)
    plan_parts.file(here, found)
    parts.how(here)


here = current()
heading(here.words("asof.title"), here.words("asof.lead"))
if here.store is None:
    empty_house(here, "asof")
elif not (here.where and here.where.rounds) and not here.store.actions() and not here.store.kpis():
    empty(here, "asof", "rounds")
else:
    show(here)
