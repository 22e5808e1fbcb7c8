"""Plan: where to begin, by a formula whose terms and weights are all visible, and what the next level takes."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.errors import RoundDamaged
from dxassess.ui import order_parts as order
from dxassess.ui import plan_parts as parts
from dxassess.ui.action_parts import way_to_actions
from dxassess.ui.components import empty, empty_house, heading, round_picker
from dxassess.ui.context import Here, current
from dxassess.ui.path_parts import path
from dxassess.ui.pulse_parts import full_for
from dxassess.ui.trouble import refused
from dxassess.usecases.outlook import outlook
from dxassess.usecases.planning import actions_of, plan


def show(here: Here, held: Round) -> None:
    """The plan from one round."""
    assert here.store
    top = st.container(key="plan-top")
    chosen = order.weights(here)
    try:
        found = plan(here.app, here.store, held, chosen)
    except RoundDamaged as error:
        refused(here.words, error)
        return
    if not found.order:
        empty(here, "plan", "answering", round=held.id)
        return
    kept = actions_of(here.store, found.edition)
    ahead = outlook(found.edition, found.answers, kept)
    with top:
        order.headline(here, found, ahead)
    is_asked = parts.asked(found) is not None
    if is_asked:
        parts.one_item(here, found)
    order.order(here, found, ahead)
    parts.groups(here, found)
    if not is_asked:
        parts.one_item(here, found)
    way_to_actions(here, kept)
    if kept:
        path(here, found)


here = current()
heading(here.words("plan.title"), here.words("plan.lead"))
if here.store is None:
    empty_house(here, "plan")
elif here.round is None:
    empty(here, "plan", "answering")
else:
    round_picker(here, "plan")
    held = full_for(here, here.round)
    if held is None:
        empty(here, "plan", "answering")
    else:
        show(here, held)
