"""The style sheet and the small script of the workshop, its board and its record: keys, the clock that ticks, copying, printing.

Keys press buttons of the page, so whatever they do can be done with a mouse as well; none of them counts while somebody
types. The script listens before Streamlit does, whose own R would run the page again.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent


def board_looks() -> None:
    """Put both into the browser; the script keeps itself to one per tab."""
    with st.container(key="board-looks"):
        st.html(f"<style>{_style()}</style><script>{script()}</script>", unsafe_allow_javascript=True)


@cache
def script() -> str:
    """What the browser runs; the content policy knows it (`inline_scripts`)."""
    return f"({(_HERE / 'board.js').read_text(encoding='utf-8')})()"


@cache
def _style() -> str:
    return (_HERE / "board.css").read_text(encoding="utf-8")
