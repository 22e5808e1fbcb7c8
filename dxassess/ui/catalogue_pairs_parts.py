"""Proposed counterparts of an imported edition: a table a person accepts from, changes and drops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dxassess.catalogue.model import Crosswalk
from dxassess.text import Words
from dxassess.ui.components import block
from dxassess.ui.forms import only_read
from dxassess.usecases.catalogues import Plan
from dxassess.usecases.counterparts import RELATIONS, Pair, accepted_pairs, pairs_of
from dxassess.usecases.shelf import Shelf

ROW = 38


def pairs(words: Words, shelf: Shelf, plan: Plan, key: str) -> Mapping[str, Sequence[Crosswalk]] | None:
    """The table, folded away, and what is accepted in it, by number; None where nothing is proposed."""
    proposed: Sequence[Pair] = only_read(
        f"pairs-{key}-{plan.edition.hash}", lambda: pairs_of(shelf, plan.edition)
    )
    if not proposed:
        return None
    place = f"pairs-{key}-{plan.edition.hash[:16]}"
    with st.expander(words("catalogues.pairs", n=len(proposed)), key=f"fold-{place}"):
        block(words("catalogues.pairs_why"), "quiet")
        st.data_editor(
            [_cells(words, each) for each in proposed],
            column_config=_columns(words),
            disabled=("one", "other"),
            hide_index=True,
            row_height=ROW,
            key=place,
            alt=words("catalogues.pairs_alt"),
        )
    state = st.session_state.get(place)
    return accepted_pairs(proposed, state["edited_rows"] if state else {}, words.language)


def _cells(words: Words, each: Pair) -> dict[str, Any]:
    return {
        "accept": each.accepted,
        "one": words("catalogues.pair", id=each.code, title=words.of(each.title)),
        "other": words("catalogues.pair", id=each.to, title=words.of(each.to_title)),
        "relation": each.relation,
        "reason": words.of(each.reason),
    }


def _columns(words: Words) -> dict[str, Any]:
    kind = st.column_config
    return {
        "accept": kind.CheckboxColumn(words("catalogues.pair_accept"), width=70),
        "one": kind.TextColumn(words("catalogues.pair_one"), width=220),
        "other": kind.TextColumn(words("catalogues.pair_other"), width=220),
        "relation": kind.SelectboxColumn(
            words("catalogues.pair_relation"),
            options=list(RELATIONS),
            format_func=lambda name: words(f"catalogues.relation_{name}"),
            required=True,
            width=120,
        ),
        "reason": kind.TextColumn(words("catalogues.pair_reason"), width=360, max_chars=500),
    }
