"""About: how to use it, where the indicators come from, what the levels mean, where the data is."""

from __future__ import annotations

import streamlit as st

from dxassess import __version__
from dxassess.ui.components import block, heading, plain, subheading
from dxassess.ui.context import current

here = current()
words = here.words
heading(words("about.title"))
subheading(words("about.use"))
steps = "".join(f"<li>{plain(words(f'about.use_{number}'))}</li>" for number in (1, 2, 3, 4))
st.html(f'<ol class="dx-list">{steps}</ol>')
for edition in here.app.editions.values():
    title = words("about.revision", title=words.of(edition.head.title), revision=edition.revision)
    subheading(title)
    block(words.of(edition.head.source))
    block(words.of(edition.head.notice))
    names = words(f"about.level_names_{edition.scale.names}")
    rows = "".join(
        f"<tr><td class=number>{words.level(level.value)}</td><td><b>{plain(words.of(level.name))}</b><br>"
        f"{plain(words.of(level.character)) if level.character else ''}</td></tr>"
        for level in edition.scale.levels
    )
    with st.expander(words("about.levels")):
        st.html(f'<table class="dx-table">{rows}</table>')
        block(names, "quiet")
subheading(words("about.data"))
block(words("about.place", place=here.app.database.place))
for caution in here.app.database.warnings:
    block(words(f"common.warning.{caution}"), "hint")
block(words("about.no_outside"))
block(words("about.version", version=__version__), "quiet")
