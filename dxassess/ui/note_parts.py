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
    WithinNoise,
)
from dxassess.figures.waterfall import item_name
from dxassess.text import Words
from dxassess.ui.components import plain, subheading
from dxassess.ui.context import Here
from dxassess.ui.movement_parts import called
from dxassess.usecases.movement import Pair, View, note_of

_FIGURES = {
    Value: "#beside",
    LikeForLike: "#beside",
    WithinNoise: "compare",
    Largest: "#waterfall",
    Answered: "#parts",
    Target: "result",
    KeysAtLowest: "result",
    Finished: "actions",
    Reopened: "rounds",
}
"""Where the number behind a sentence stands: a place on this page, or another page."""


def note(here: Here, found: Pair, node: str, view: View) -> None:
    """The change note on the two rounds, and its text to copy; `node` and `view` are what the page shows beside it."""
    assert here.store
    told = [(fact, sentence(here, found, fact)) for fact in note_of(here.app, here.store, found)]
    if not told:
        return
    between = "" if here.words.language == "ja" else " "
    is_shown = (node, view) == (found.edition.head.averages[0], "agreed")
    subheading(_title(here.words, found), here.words("note.lead" if is_shown else "note.lead_agreed"))
    linked = between.join(
        f'<a href="{html.escape(_address(here, found, fact, is_shown))}" target="_self">{plain(said)}</a>'
        for fact, said in told
    )
    st.html(f'<p class="dx-note" id="note">{linked}</p>')
    text = between.join(said for _, said in told)
    with st.expander(here.words("note.copy")):
        st.text_area(here.words("note.copy_label"), text, key=f"note-{hash(text)}")


def _title(words: Words, found: Pair) -> str:
    if found.before is None:
        return words("note.title", round=found.after.held.title)
    return words("note.title_since", before=found.before.held.title, round=found.after.held.title)


def _address(here: Here, found: Pair, fact: Fact, is_shown: bool) -> str:
    """A place on this page, freshly opened unless what the note is about stands there, or another page about that round."""
    place = "result" if isinstance(fact, Value) and not _is_apart(fact) else _FIGURES[type(fact)]
    if place.startswith("#") and is_shown:
        return place
    held = fact.held if isinstance(fact, Reopened) else found.after.held
    if not place.startswith("#"):
        return f"{place}?{urlencode(here.link(round=held.id))}"
    before = found.before.held.id if found.before else None
    return f"movement?{urlencode(here.link(round=held.id, before=before))}{place}"


def _is_apart(fact: Value) -> bool:
    """Whether the page takes the value apart."""
    return fact.change is not None and fact.why_not is None


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
        case WithinNoise():
            return words("note.within" if fact.within else "note.within_none", n=fact.within, m=fact.judged)
        case Answered():
            return _answered(words, fact)
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
        return words(f"note.apart_{fact.why_not}", **values)
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
    moved = [
        (item_name(item, words), words.signed(change, 0 if change.denominator == 1 else 2))
        for item, change in fact.moved
    ]
    items = words("common.comma").join(words("note.item", name=name, change=change) for name, change in moved)
    if fact.tied:
        return words(f"note.{which}_tied", items=items, tied=fact.tied, change=moved[-1][1])
    return words(f"note.{which}", items=items)


def _answered(words: Words, fact: Answered) -> str:
    came, left = len(fact.came), len(fact.left)
    key = "answered" if came and left else "answered_came" if came else "answered_left"
    return words(f"note.{key}", came=came, left=left, change=words.signed(fact.change))


def _target(words: Words, fact: Target) -> str:
    values = {"target": words.number(fact.target), "n_of_m": words.n_of_m(fact.n, fact.m)}
    if fact.missing <= 0:
        return words("note.target_reached", **values)
    return words("note.target", missing=words.to_go(fact.missing), **values)


def _named(words: Words, names: Iterable[str]) -> str:
    return words("common.comma").join(words("note.name", name=name) for name in names)
