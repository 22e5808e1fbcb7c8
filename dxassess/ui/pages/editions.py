"""Across editions: every item through rounds of several editions, seen from either of them."""

from __future__ import annotations

import streamlit as st

from dxassess.ui import editions_parts as parts
from dxassess.ui.components import empty, empty_house, heading
from dxassess.ui.context import current
from dxassess.usecases.bridge import view

here = current()
words = here.words
heading(words("editions.title"), words("editions.lead"))
if here.store is None:
    empty_house(here, "editions")
else:
    found = view(here.app, here.store, st.query_params.get("edition"))
    if found is None or found.is_empty:
        empty(here, "editions", "rounds")
    if found is not None:
        parts.damaged(words, found)
        parts.chooser(here, found)
        if found.is_empty:
            parts.crosswalk(words, found)
        else:
            parts.headline(words, found)
            parts.panels(words, found)
            for way in found.crossed:
                parts.only_there(words, way)
            parts.averages(here, found)
        parts.left_out(words, found)
