"""Asking once more before something that cannot be undone: a window that stays until it is answered.

What is asked is remembered by the session, so a page that is drawn anew underneath (somebody else did something) does not
take the question away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from dxassess.text import Words
from dxassess.ui.components import block, notice
from dxassess.ui.visit import visit


def ask(question: str) -> None:
    """Open a question; `question` says what about, so that it does not come up about anything else."""
    visit().asking = question


def is_asked(question: str) -> bool:
    """Whether this question is open."""
    return visit().asking == question


def answered() -> None:
    """The question is answered, or was closed."""
    visit().asking = None


def window(
    title: str, draw: Callable[[], bool], width: Literal["small", "medium", "large"] = "small"
) -> None:
    """A window over the page with what `draw` puts into it; when that is True, the question is answered."""

    @st.dialog(notice(title), width=width, on_dismiss=answered)
    def shown() -> None:
        if draw():
            answered()
            st.rerun()

    shown()


def yes_or_no(words: Words, yes: str, do: Callable[[], bool], *said: str, disabled: bool = False) -> bool:
    """What is going to happen, and the two buttons; `do` is done on yes and says whether it could be. True: answered."""
    for line in said:
        block(line)
    with st.container(horizontal=True):
        wanted = st.button(yes, type="primary", key="sure-yes", disabled=disabled)
        left = st.button(words("common.cancel"), key="sure-no")
    return left or (wanted and do())
