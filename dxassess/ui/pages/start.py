"""Small start: tasks with their grades, where to begin, and three waves with what was learnt carried on."""

from __future__ import annotations

import streamlit as st

from dxassess.storage import Store
from dxassess.ui import grading_parts, start_parts, wave_parts
from dxassess.ui.components import empty_house, heading
from dxassess.ui.context import Here, current
from dxassess.usecases.starting import small_start


def show(here: Here, store: Store) -> None:
    """The tasks from their grades to the waves. How many a wave takes stands below what it changes."""
    start_parts.points(here.words)
    grading_parts.grading(here, store.candidates())
    grading_parts.more_tasks(here)
    weights = start_parts.weights(here)
    between = st.container()
    room = wave_parts.room(here)
    found = small_start(store, weights, room)
    with between:
        start_parts.order(here, found)
        start_parts.picture(here, found)
    wave_parts.waves(here, found)


here = current()
heading(here.words("start.title"), here.words("start.lead"))
if here.store is None:
    empty_house(here, "start")
elif here.store.candidates():
    show(here, here.store)
else:
    grading_parts.first_tasks(here)
