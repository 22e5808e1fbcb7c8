"""The hidden field by which the browser hands back what it was looking at: the sequence number a page was drawn from."""

from __future__ import annotations

import re

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

SLOT = "seen-slot"
_BEGUN = re.compile("\u2063([0-9]{1,18})\u2063$")


def seen_slot() -> DeltaGenerator:
    """The place of the hidden field, the same in every run, so that nothing below it moves between two runs."""
    return st.container(key=SLOT)


def read_seen(key: str, newest: int, slot: DeltaGenerator) -> int:
    """What the browser had seen. Draws the hidden field on a session's first run, when only the browser remembers."""
    if key in st.session_state:
        return _number(st.session_state[key])
    drawn = slot.text_input("seen", value=str(newest), key=key, label_visibility="collapsed")
    return _number(drawn or "0")


def write_seen(key: str, newest: int, slot: DeltaGenerator, drawn: bool) -> None:
    """Hand the browser what this run was drawn from; `drawn`: `read_seen` drew the field in this run already."""
    if not drawn:
        st.session_state[key] = str(newest)
        slot.text_input("seen", key=key, label_visibility="collapsed")


def begun_on(text: str) -> tuple[str, int | None]:
    """What somebody typed, and on which record it was begun where another came meanwhile (`board.js` hands it over so)."""
    found = _BEGUN.search(text)
    return (text[: found.start()], int(found[1])) if found else (text, None)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
