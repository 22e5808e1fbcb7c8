"""The entry Streamlit runs at every click: page list, sidebar, and the one error boundary."""

import streamlit as st

from dxassess.errors import DxAssessError
from dxassess.ui import shell
from dxassess.ui.context import arrive

words = shell.spoken()
page = st.navigation(shell.pages(words), position="hidden")
shell.style()
try:
    here = arrive(words)
    shell.sidebar(here)
    shell.sample_mark(here)
    page.run()
except DxAssessError as error:
    shell.trouble(words, error)
