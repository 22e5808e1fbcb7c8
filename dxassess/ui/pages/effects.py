"""Effects: what the actions were expected to change, what was measured, in hours and yen, quarter by quarter."""

from __future__ import annotations

from dxassess.ui import effects_parts as parts
from dxassess.ui.components import empty_house, heading
from dxassess.ui.context import Here, current
from dxassess.ui.forms import arrived
from dxassess.ui.kpi_form_parts import first_kpi, new_kpi, rate
from dxassess.ui.kpi_parts import one_kpi
from dxassess.ui.kpi_table_parts import table
from dxassess.ui.touched_parts import touched, without
from dxassess.usecases.effects import Book, book


def show(here: Here) -> None:
    """The ledger, from the sums down to the single KPI, and the ways to fill it."""
    assert here.store
    arrived("effects-show")
    found = book(here.app, here.store)
    if found.accounts:
        filled(here, found)
    else:
        first_kpi(here)
    if found.accounts or found.actions:
        without(here, found)
        touched(here)


def filled(here: Here, found: Book) -> None:
    """What there is to see and to do once there is a KPI."""
    parts.sums(here, found)
    parts.chart(here, found)
    parts.kpis(here, found)
    one_kpi(here, found)
    table(here, found)
    new_kpi(here, found)
    rate(here, found)


here = current()
heading(here.words("effects.title"), here.words("effects.lead"))
if here.store is None:
    empty_house(here, "effects")
else:
    show(here)
