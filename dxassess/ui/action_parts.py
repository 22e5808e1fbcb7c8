"""What every view of the actions shares: what is overdue, an action in words, and what a form on the page was drawn with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import streamlit as st

from dxassess.assessment.action import Action
from dxassess.catalogue.model import Edition
from dxassess.text import Words
from dxassess.ui.components import block, distinct, subheading
from dxassess.ui.context import Here, page_at
from dxassess.ui.visit import visit
from dxassess.usecases.planning import overdue

Read = TypeVar("Read")


def late(here: Here) -> None:
    """Names the actions that should be done by now."""
    assert here.store
    found = overdue(here.app, here.store)
    if found:
        titles = here.words("common.comma").join(action.title for action in found)
        block(here.words("action.overdue", n=len(found), titles=titles), "hint")


def way_to_actions(here: Here, found: Sequence[Action]) -> None:
    """How many actions there are, which are overdue, and the way to them."""
    words = here.words
    subheading(
        words("actions.title"),
        words("actions.on_plan", n=len(found)) if found else words("actions.none_on_plan"),
    )
    late(here)
    if st.button(words("actions.see_all") if found else words("actions.add_first"), key="see-actions"):
        st.switch_page(page_at("actions"), query_params=here.link())


def recorded_by(words: Words) -> None:
    """Who changes something here; it stands in the log beside each change."""
    by = st.text_input(words("board.facilitator"), visit().facilitator, max_chars=60, key="actions-by")
    visit().facilitator = by.strip()


def titles_of(found: Sequence[Action]) -> dict[str, str]:
    """The titles of actions by id, no two alike."""
    return distinct({each.id: each.title for each in found})


def said(words: Words, edition: Edition, titles: Mapping[str, str], action: Action, name: str) -> str:
    """A field of an action in words; a dash where nothing is said."""
    value = getattr(action, name)
    if value is None or value in ("", {}, frozenset()):
        return "–"
    if name == "lifts":
        return lifts_said(words, edition, action)
    if name in ("needs", "excludes"):
        return words("common.comma").join(sorted(titles.get(one, one) for one in value))
    if name == "effects":
        return words("action.effects_n", n=len(value))
    if name == "status":
        return words(f"action.status_{value}")
    if name == "effort":
        return words("action.days", amount=words.level(value))
    if name in ("one_off", "yearly"):
        return words("action.yen", amount=words.number(value, 0))
    return words.date(value) if name in ("start", "due", "finished") else str(value)


def lifts_said(words: Words, edition: Edition, action: Action) -> str:
    """The expected lift of each item; an item the edition no longer has by its id."""
    known = edition.indicators
    return words("common.comma").join(
        words("action.lift_line", code=known[one].code if one in known else one, lift=words.level(lift))
        for one, lift in action.lifts.items()
    )


def who(words: Words, action: Action) -> str:
    """Department and owner, as far as they are said."""
    return words("common.comma").join(each for each in (action.department, action.owner) if each)
