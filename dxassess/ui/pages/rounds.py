"""Organisation and rounds: start, close, reopen; the organisation's details."""

from __future__ import annotations

import streamlit as st

from dxassess.ui import rounds_parts as parts
from dxassess.ui.components import block, empty, heading, subheading
from dxassess.ui.context import current
from dxassess.ui.round_form import start_form

here = current()
words = here.words
heading(words("rounds.title"), words("rounds.lead"))
if here.store is None or here.where is None:
    empty(here, "home", "home")
else:
    for held in reversed(here.where.open):
        parts.open_round(here, held)
    with st.expander(words("rounds.new"), expanded=not here.where.open):
        start_form(here)
    subheading(words("rounds.all"))
    if not here.where.rounds:
        block(words("rounds.all_empty"), "quiet")
    elif not here.where.closed:
        block(words("progress.empty_title"), "quiet")
    for held in reversed(here.where.closed):
        parts.closed_round(here, held)
    subheading(words("rounds.organisations"))
    with st.expander(words("rounds.organisation")):
        parts.organisation_details(here)
    with st.expander(words("rounds.add_organisation")):
        parts.another_organisation(here)
