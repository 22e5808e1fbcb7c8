"""The editions at hand, shipped and imported, and those that were left out."""

from __future__ import annotations

import streamlit as st

from dxassess.catalogue.model import Edition
from dxassess.text import Words
from dxassess.ui.components import block, html_table, subheading
from dxassess.usecases.shelf import Shelf

COLUMNS = ("edition", "whose", "revision", "scored", "measured", "levels")


def at_hand(words: Words, shelf: Shelf) -> None:
    """One row per edition."""
    subheading(words("catalogues.at_hand"))
    heads = [words(f"catalogues.column_{name}") for name in COLUMNS]
    rows = [_row(words, each, own=known in shelf.own) for known, each in sorted(shelf.items())]
    st.html(html_table(heads, rows, numbers=(2, 3, 4), card=0))


def left_out(words: Words, shelf: Shelf) -> None:
    """Imported editions that cannot be used, and why."""
    if not shelf.problems:
        return
    subheading(words("catalogues.left_out"), words("catalogues.left_out_why"))
    for problem in shelf.problems:
        block(words.problem(problem), "hint")


def _row(words: Words, each: Edition, *, own: bool) -> tuple[str, ...]:
    whose = "imported" if own else "shipped"
    lowest, highest = each.scale.values[0], each.scale.values[-1]
    return (
        words("catalogues.named", title=words.of(each.head.title), id=each.id),
        words(f"catalogues.whose_{whose}_{_words_of(each)}"),
        words.number(each.revision, 0),
        words.number(len(each.scored), 0),
        words.number(len(each.measured), 0),
        words("catalogues.levels", low=words.level(lowest), high=words.level(highest)),
    )


def _words_of(each: Edition) -> str:
    return "own" if each.head.status == "own" else "official"
