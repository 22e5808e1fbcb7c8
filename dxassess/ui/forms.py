"""Forms that outlive what others do meanwhile: drawn from what was read when they were opened, and empty again once they are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from dxassess.ui.visit import visit

Read = TypeVar("Read")


def as_read(place: str, read: Callable[[], Read]) -> Read:
    """What a form of this page was first drawn with: what others change meanwhile must not slip under what is being entered."""
    known = visit().read
    if place not in known:
        known[place] = read()
    found: Read = known[place]
    return found


def only_read(place: str, read: Callable[[], Read]) -> Read:
    """As `as_read`, for what is large: anything else kept under the same first word is given up."""
    word = place.partition("-")[0]
    forget(*(known for known in visit().read if known != place and known.partition("-")[0] == word))
    return as_read(place, read)


def forget(*places: str) -> None:
    """Draw these forms anew from the store."""
    for place in places:
        visit().read.pop(place, None)


def arrived(key: str) -> None:
    """On arriving at the page (the widget `key` is not drawn yet) every form is drawn from the store."""
    if key not in st.session_state:
        visit().read.clear()


def turn(place: str) -> int:
    """How many times this session has kept the form of a place: part of its keys, so that it comes back empty."""
    return visit().turns.get(place, 0)


def kept(place: str) -> None:
    """The form of a place was kept."""
    visit().turns[place] = turn(place) + 1
