"""Progress: the averages and the groups over all closed rounds, by fiscal quarter."""

from __future__ import annotations

import streamlit as st

from dxassess.ui import progress_parts as parts
from dxassess.ui.arrival_parts import outlook
from dxassess.ui.components import block, empty, empty_house, heading
from dxassess.ui.context import current, page_at
from dxassess.ui.own_parts import own_badge
from dxassess.ui.together_parts import alone_among
from dxassess.usecases import progress

here = current()
words = here.words
found = progress(here.app, here.store, here.round.id if here.round else None) if here.store else None
heading(words("progress.title"), badge=own_badge(here, found.edition) if found else "")
if here.store is None:
    empty_house(here, "progress")
elif found is None:
    empty(here, "progress", "rounds")
else:
    parts.damaged(words, found)
    parts.scope(here, found)
    if found.is_empty:
        empty(here, "progress.closed", "rounds")
    else:
        parts.headline(words, found)
        for page in ("movement", "compare"):
            st.page_link(page_at(page), label=words(f"{page}.go"), query_params=here.link())
        alone_among(here, found.rounds)
        parts.averages_chart(words, found)
        parts.breaks_note(here, found)
        parts.explain_button(here, found, "averages")
        outlook(here, found)
        parts.groups_chart(words, found)
        parts.explain_button(here, found, "groups")
        if found.edition.has_subs:
            parts.keys_chart(words, found)
            parts.explain_button(here, found, "keys")
        parts.rounds_table(words, found)
    if found.others:
        titles = words("common.comma").join(held.title for held in found.others)
        block(words("progress.others", titles=titles), "hint")
        st.page_link(page_at("editions"), label=words("progress.go_editions"), query_params=here.link())
