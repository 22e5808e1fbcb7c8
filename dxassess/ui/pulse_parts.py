"""What is said of pulses: the choice between a full round and one, its items, and the sentence that a page shows one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.rhythm import KINDS, Kind
from dxassess.catalogue.model import Edition
from dxassess.ui.components import block, distinct
from dxassess.ui.context import Here
from dxassess.usecases.pulse import Focus, focus, full_round, is_pulse_round


def kind_of(here: Here, place: str, chosen: Kind = "full") -> Kind:
    """Full round or pulse."""
    words = here.words
    picked = st.segmented_control(
        words("rhythm.kind"),
        KINDS,
        default=chosen,
        required=True,
        format_func=lambda kind: words(f"rhythm.kind_{kind}"),
        key=f"kind-{place}",
    )
    block(words("rhythm.kind_lead"), "quiet")
    return picked or chosen


def items_of(here: Here, edition: Edition, place: str, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """The items of a pulse; to begin with those `chosen`, else those that are suggested."""
    assert here.store
    words = here.words
    found = focus(here.app, here.store, edition.id)
    labels = distinct({item.code: f"{item.code} {words.of(item.title)}" for item in edition.scored})
    usual = tuple(chosen) or suggested(found, edition)
    picked = st.multiselect(
        words("rhythm.focus"),
        list(labels),
        default=[code for code in usual if code in labels],
        format_func=lambda code: labels.get(code, code),
        key=f"items-{place}",
    )
    block(words("rhythm.focus_why" if found else "rhythm.focus_none"), "quiet" if found else "hint")
    return tuple(picked)


def suggested(found: Focus | None, edition: Edition) -> tuple[str, ...]:
    """The suggested codes that the edition of today still has."""
    known = {item.code for item in edition.scored}
    return tuple(code for code in found.suggested if code in known) if found else ()


def pulse_note(here: Here, held: Round) -> None:
    """Says of a pulse that it is one."""
    assert here.store
    if is_pulse_round(here.store, held):
        edition = here.store.edition(held.edition_hash)
        block(here.words("rhythm.pulse_note", n=len(edition.scored)), "hint")


def full_for(here: Here, held: Round) -> Round | None:
    """The full round a page that needs every item is made from; says so where another was asked for."""
    assert here.store and here.where
    found = full_round(here.store, here.where, held)
    if found is not None and found.id != held.id:
        block(here.words("rhythm.pulse_plan", title=found.title), "hint")
    return found
