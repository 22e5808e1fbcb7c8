"""The one error boundary: instead of a page that fails, the sentence of what happened.

A fragment needs a boundary of its own: Streamlit runs it apart from the script that drew it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from dxassess.errors import DxAssessError, NotExpected
from dxassess.text import Words
from dxassess.ui.components import plain
from dxassess.ui.context import page_at

_log = logging.getLogger(__name__)


@contextmanager
def boundary(words: Words) -> Iterator[None]:
    """Run what is inside; an error becomes its sentence. One outside our tree is a fault of the program: it is logged too."""
    try:
        yield
    except DxAssessError as error:
        trouble(words, error)
    except Exception as fault:
        _log.exception("A page could not be drawn")
        trouble(words, NotExpected(kind=type(fault).__name__))


def trouble(words: Words, error: DxAssessError) -> None:
    """The sentence of an error, its problems line by line, and the way back."""
    first, *lines = words.error(error).split("\n")
    st.html(
        f'<div class="dx-trouble" role="alert"><h2>{plain(words("common.trouble"))}</h2><p>{plain(first)}</p>'
        + "".join(f"<p>{plain(line)}</p>" for line in lines)
        + "</div>"
    )
    if st.button(words("common.try_again"), type="primary", key="try-again"):
        language = st.query_params.get("lang")
        st.switch_page(page_at("home"), query_params={"lang": language} if language else {})


def refused(words: Words, error: DxAssessError) -> None:
    """Why something could not be kept, beside what was filled in; nothing of it is lost."""
    st.html(f'<div class="dx-trouble" role="alert"><p>{plain(words.error(error))}</p></div>')


def done(words: Words, do: Callable[[], object]) -> bool:
    """Do something; whether it could be done. Where not, the sentence of why is on the page."""
    try:
        do()
    except DxAssessError as error:
        refused(words, error)
        return False
    return True
