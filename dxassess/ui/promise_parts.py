"""The promises of a quarter: each as a count that unfolds to its list, with the way to where it is looked after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, get_args

import streamlit as st

from dxassess.assessment.promises import Share, WhyOwnerless, kept
from dxassess.catalogue.model import Indicator
from dxassess.figures.pulses import from_rounds
from dxassess.text import Words
from dxassess.ui.components import block, html_table, notice, subheading
from dxassess.ui.context import Here, page_at
from dxassess.usecases.promises import Items, Promises, Which, promises_of

WHY: Mapping[WhyOwnerless, str] = {
    "no_action": "rhythm.item_no_action",
    "no_owner": "rhythm.item_no_owner",
}
WHERE: Mapping[WhyOwnerless, str] = {"no_action": "plan", "no_owner": "actions"}


def quarter_promises(here: Here) -> None:
    """This quarter's promises, or those of the quarter before."""
    assert here.store
    words = here.words
    subheading(words("rhythm.promises"))
    picked: Which | None = st.segmented_control(
        words("rhythm.which"),
        get_args(Which),
        default="this",
        required=True,
        format_func=lambda which: words(f"rhythm.which_{which}"),
        key="rhythm-which",
    )
    found = promises_of(here.app, here.store, picked or "this")
    days = (words.date(found.period.first), words.date(found.period.last))
    quarter = words("rhythm.promises_of", quarter=words.quarter(found.quarter), first=days[0], last=days[1])
    block(quarter, "quiet")
    _due(here, found)
    if picked == "before":
        return
    _overdue(here, found)
    _kpis(here, found)
    if found.items:
        _items(here, found.items)


def _due(here: Here, found: Promises) -> None:
    words, share = here.words, kept(found.due)
    if not share.m:
        block(words("rhythm.kept_none"), "quiet")
        return
    rows = [
        (
            each.action.title,
            each.action.owner or "–",
            words.date(each.due),
            words(f"rhythm.outcome_{each.outcome}"),
        )
        for each in found.due
    ]
    with _unfolding(here, "kept", share):
        _table(here, ("what", "owner", "due", "outcome"), rows)
        _way(here, "actions")


def _overdue(here: Here, found: Promises) -> None:
    words = here.words
    rows = [
        (each.title, each.owner or "–", words.date(each.due) if each.due else "–")
        for each in found.overdue.things
    ]
    with _unfolding(here, "overdue", found.overdue):
        _table(here, ("what", "owner", "due"), rows)
        _way(here, "actions")


def _kpis(here: Here, found: Promises) -> None:
    words = here.words
    rows = [
        (
            each.kpi.name,
            each.kpi.owner or "–",
            words(f"effects.frequency_{each.kpi.frequency}"),
            words.number(each.missed, 0),
        )
        for each in found.kpis.things
    ]
    with _unfolding(here, "kpis", found.kpis):
        _table(here, ("kpi", "owner", "frequency", "missed"), rows)
        _way(here, "effects")


def _items(here: Here, found: Items) -> None:
    words = here.words
    day = words.date(found.base.held_on)
    if found.sources:
        said = words("rhythm.from_rounds", sources=from_rounds(found.sources, words))
    else:
        said = words("rhythm.from_round", title=found.base.title, day=day)
    block(said, "quiet")
    stale = [
        (each.item.code, "answering", _said(words, "rhythm.item_since", each.item, each.since.held_on))
        for each in found.stale.things
    ]
    bare = [(item.code, "answering", _said(words, "rhythm.item", item)) for item in found.bare.things]
    alone = [
        (each.item.code, WHERE[each.why], _said(words, WHY[each.why], each.item))
        for each in found.ownerless.things
    ]
    with _unfolding(here, "evidence", found.stale):
        _links(here, found, stale)
    with _unfolding(here, "bare", found.bare):
        _links(here, found, bare)
    with _unfolding(here, "ownerless", found.ownerless):
        _links(here, found, alone)
        _way(here, "plan")


def _said(words: Words, key: str, item: Indicator, day: date | None = None) -> str:
    """An item, and what is said of it."""
    since = words.date(day) if day else ""
    return words(key, code=item.code, title=words.of(item.title), day=since)


def _unfolding(here: Here, word: str, share: Share[Any]) -> AbstractContextManager[Any]:
    """A count of so many, and what is counted."""
    words = here.words
    opened = st.expander(notice(words(f"rhythm.{word}", n=share.n, m=share.m)), key=f"promise-{word}")
    with opened:
        block(words(f"rhythm.{word}_how"), "quiet")
    return opened


def _table(here: Here, columns: Iterable[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        block(here.words("rhythm.nothing_to_do"))
        return
    heads = [here.words(f"rhythm.column_{name}") for name in columns]
    st.html(html_table(heads, rows, card=0))


def _links(here: Here, found: Items, lines: Sequence[tuple[str, str, str]]) -> None:
    """Lines about items, by code, each with the page it leads to."""
    if not lines:
        block(here.words("rhythm.nothing_to_do"))
    for code, page, line in lines:
        st.page_link(
            page_at(page),
            label=notice(line),
            query_params=here.link(round=found.base.id, item=code),
        )


def _way(here: Here, page: str) -> None:
    st.page_link(page_at(page), label=here.words(f"rhythm.go_{page}"), query_params=here.link())
