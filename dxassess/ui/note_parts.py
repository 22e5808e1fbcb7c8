"""The change note: one paragraph made from the numbers by rule, each sentence linked to the figure it comes from."""

from __future__ import annotations

import html
from collections.abc import Iterable
from urllib.parse import urlencode

import streamlit as st

from dxassess.assessment.change_note import (
    Answered,
    Fact,
    Finished,
    KeysAtLowest,
    Largest,
    LikeForLike,
    Reopened,
    Target,
    Value,
)
from dxassess.assessment.model import Round
from dxassess.figures.waterfall import item_name
from dxassess.text import Words
from dxassess.ui.components import plain, subheading
from dxassess.ui.context import Here
from dxassess.ui.movement_parts import called
from dxassess.usecases.movement import Pair, View, note_of

_FIGURES = {
    Value: "#beside",
    LikeForLike: "#beside",
    Largest: "#waterfall",
    Answered: "#parts",
    Target: "result",
    KeysAtLowest: "result",
    Finished: "actions",
    Reopened: "rounds",
}
"""Where the number behind a sentence stands: a place on this page, or another page."""


def note(here: Here, shown: Pair, node: str, view: View) -> None:
    """The newest round's change note, and its text to take along; `shown`, `node` and `view` are what the page shows below it."""
    assert here.store
    made = note_of(here.app, here.store)
    if made is None:
        return
    found, facts = made
    told = [(fact, sentence(here, found, fact)) for fact in facts]
    subheading(here.words("note.title", round=found.after.held.title), here.words("note.lead"))
    between = "" if here.words.language == "ja" else " "
    below = (shown.after.held, _held(shown), node, view)
    is_below = below == (found.after.held, _held(found), found.edition.head.averages[0], "agreed")
    linked = between.join(
        f'<a href="{html.escape(_address(here, found, fact, is_below))}" target="_self">{plain(said)}</a>'
        for fact, said in told
    )
    st.html(f'<p class="dx-note" id="note">{linked}</p>')
    text = between.join(said for _, said in told)
    with st.expander(here.words("note.copy")):
        st.text_area(here.words("note.copy_label"), text, key=f"note-{hash(text)}")


def _held(pair: Pair) -> Round | None:
    return pair.before.held if pair.before else None


def _address(here: Here, found: Pair, fact: Fact, is_below: bool) -> str:
    """A place on this page, freshly opened unless what the note is about stands below it, or another page about that round."""
    place = _FIGURES[type(fact)]
    if place.startswith("#") and is_below:
        return place
    held = fact.held if isinstance(fact, Reopened) else found.after.held
    query = urlencode(here.link(round=held.id))
    return f"movement?{query}{place}" if place.startswith("#") else f"{place}?{query}"


def sentence(here: Here, found: Pair, fact: Fact) -> str:
    """A fact in words."""
    words = here.words
    match fact:
        case Value():
            return _value(words, found, fact)
        case LikeForLike():
            return words("note.alike", n=fact.n, change=words.signed(fact.change), moved=fact.moved)
        case Largest():
            return _largest(words, fact)
        case Answered():
            came, left = len(fact.came), len(fact.left)
            return words("note.answered", came=came, left=left, change=words.signed(fact.change))
        case Target():
            return _target(words, fact)
        case KeysAtLowest():
            names = (item_name(key, words) for key in fact.keys)
            return words(
                "note.keys", level=words.level(fact.level), n=len(fact.keys), items=_named(words, names)
            )
        case Finished():
            titles = (action.title for action in fact.actions)
            return words("note.finished", n=len(fact.actions), items=_named(words, titles))
        case Reopened():
            when = words.moment(fact.newest.recorded, here.timezone)
            return words("note.reopened", title=fact.held.title, times=fact.times, when=when)


def _value(words: Words, found: Pair, fact: Value) -> str:
    values = {
        "title": called(words, found, fact.after),
        "after": words.number(fact.after.value),
        "after_n": words.n_of_m(fact.after.counts.n, fact.after.counts.m),
    }
    if found.before is None:
        return words("note.value_only", **values)
    if fact.before is None or fact.change is None:
        return words("note.value_apart", **values)
    counts = fact.before.counts
    return words(
        "note.value",
        before=words.number(fact.before.value),
        before_n=words.n_of_m(counts.n, counts.m),
        change=words.signed(fact.change),
        **values,
    )


def _largest(words: Words, fact: Largest) -> str:
    which = "rose" if fact.rose else "fell"
    items = words("common.comma").join(
        words(
            "note.item",
            name=item_name(item, words),
            change=words.signed(change, 0 if change.denominator == 1 else 2),
        )
        for item, change in fact.moved
    )
    if fact.tied:
        return words(f"note.{which}_tied", items=items, tied=fact.tied)
    return words(f"note.{which}", items=items)


def _target(words: Words, fact: Target) -> str:
    values = {"target": words.number(fact.target), "n_of_m": words.n_of_m(fact.n, fact.m)}
    if fact.missing <= 0:
        return words("note.target_reached", **values)
    return words("note.target", missing=words.to_go(fact.missing), **values)


def _named(words: Words, names: Iterable[str]) -> str:
    return words("common.comma").join(words("note.name", name=name) for name in names)
