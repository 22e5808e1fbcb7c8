"""The entry Streamlit runs at every click: page list, sidebar, and the one error boundary."""

import streamlit as st

from dxassess.ui import shell
from dxassess.ui.context import arrive
from dxassess.ui.trouble import boundary
from dxassess.ui.turns import turn

words = shell.spoken()
page = st.navigation(shell.pages(words), position="hidden")
shell.style()
with turn(), boundary(words):
    here = arrive(words)
    shell.sidebar(here, page)
    shell.sample_mark(here)
    page.run()
