"""Organisation and rounds: start, close, reopen; the organisation's details."""

from __future__ import annotations

import streamlit as st

from dxassess.ui import rounds_parts as parts
from dxassess.ui.components import block, empty, heading, round_label, subheading
from dxassess.ui.context import current

here = current()
words = here.words
heading(words("rounds.title"), words("rounds.lead"))
if here.store is None or here.where is None:
    empty(here, "home", "home")
else:
    running = here.where.running
    if running:
        with st.container(border=True, key="running-round"):
            subheading(words("rounds.close"), words("rounds.running_note", line=round_label(words, running)))
            parts.edition_note(here, running)
            parts.reopened_lines(here, running)
            parts.close_form(here, running)
    with st.expander(words("rounds.new"), expanded=running is None):
        parts.start_form(here)
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
