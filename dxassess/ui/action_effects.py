"""In the form of an action: which KPIs it should move, and by how much in each of their periods."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import streamlit as st

from dxassess.assessment.action import Action
from dxassess.assessment.kpi import Kpi
from dxassess.text import Words
from dxassess.ui.components import block, notice
from dxassess.usecases.planning import as_written


def effects(words: Words, kpis: Iterable[Kpi], action: Action, place: str) -> dict[str, Decimal]:
    """The expected change of each KPI by id, in its unit with its sign; what was said of KPIs no longer measured stays."""
    known = list(kpis)
    shown = [kpi for kpi in known if not kpi.retired]
    found = {one: change for one, change in action.effects.items() if one not in {kpi.id for kpi in shown}}
    with st.expander(words("effects.action"), expanded=bool(action.effects)):
        block(words("effects.action_lead" if shown else "effects.action_none"), "quiet")
        for kpi in shown:
            before = action.effects.get(kpi.id)
            change = st.number_input(
                notice(_label(words, kpi)),
                value=None if before is None else float(before),
                step=1.0,
                key=f"effect-{kpi.id}-{place}",
            )
            if before is not None and change == float(before):
                found[kpi.id] = before
            elif change:
                found[kpi.id] = as_written(change)
    return found


def _label(words: Words, kpi: Kpi) -> str:
    unit = words(f"effects.unit_{kpi.kind}") if kpi.adds_up else kpi.unit
    return words(
        "effects.action_field",
        name=kpi.name,
        unit=unit,
        frequency=words(f"effects.frequency_{kpi.frequency}"),
    )
