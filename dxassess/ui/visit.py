"""What one session remembers between two runs of its script; a reload begins a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

_KEY = "visit"


@dataclass(slots=True)
class Visit:
    """One object under one name: Streamlit goes through every name of a session at many of its widgets.

    `pages` and `here` belong to the current run, `asked` is the address bar of the run before. Of answering: `own`
    the sequence of the newest answer this session kept, by indicator; `round`, `item` what its widgets show; `open`
    the round that was open when it was drawn; `whole` the page runs as a whole; `told` a refusal the next run shows;
    `stored` the item the next run draws from the store.

    Of the workshop: `room` and `board` what was last read and when; `focus` the item the agenda was drawn with; `refused` an
    item, what this session wanted to record of it and what stands there instead; `asking` the question that is open. `links`: the address of the newest open
    invitation this session made, by round; `personal`: those of single people, (name, role, address); they are nowhere
    else; `papers`: the ballots last made, by round, as one zip. `facilitator`: who says they drive. `task`: the task of the small
    start that is being graded, as its form was drawn.

    Of the actions: `read` what each form on the page was drawn with, by its place; `draft` one that was begun on the plan.
    `turns` how often a form was kept, by its place.
    """

    pages: Mapping[str, st.Page] = field(default_factory=dict)
    here: Any = None
    asked: tuple[str | None, ...] = ()
    own: dict[str, int] = field(default_factory=dict)
    round: str | None = None
    item: str | None = None
    open: str | None = None
    whole: bool = False
    told: tuple[str, Any] | None = None
    stored: str | None = None
    room: tuple[Any, Any] | None = None
    board: tuple[Any, Any] | None = None
    focus: str | None = None
    refused: tuple[str, Any, Any] | None = None
    asking: str | None = None
    links: dict[str, str] = field(default_factory=dict)
    personal: dict[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)
    papers: dict[str, bytes] = field(default_factory=dict)
    facilitator: str = ""
    task: Any = None
    read: dict[str, Any] = field(default_factory=dict)
    draft: Any = None
    turns: dict[str, int] = field(default_factory=dict)


def visit() -> Visit:
    """This session's memory."""
    found = st.session_state.get(_KEY)
    if found is None:
        found = st.session_state[_KEY] = Visit()
    assert isinstance(found, Visit)
    return found
