"""How a number was made: the formula with its numbers, the parts, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.explanation import Explanation, Part
from dxassess.assessment.model import State
from dxassess.catalogue.model import Edition
from dxassess.text import Words
from dxassess.ui.components import block, distinct, html_table, subheading
from dxassess.ui.context import Here
from dxassess.ui.result_parts import group_label
from dxassess.usecases.result import Result


def explain_button(here: Here, found: Result, of: str) -> None:
    """Opens the making of any number of this figure."""
    if st.button(here.words("result.explain"), key=f"explain-{of}"):
        nodes = {
            "averages": list(found.standings.edition.head.averages),
            "groups": list(found.standings.edition.head.groups),
            "items": [item.id for item in found.standings.edition.scored],
        }[of]
        st.dialog(here.words("result.explain"), width="large")(_explain)(here, found, nodes)


def _explain(here: Here, found: Result, nodes: list[str]) -> None:
    words, edition = here.words, found.standings.edition
    titles = distinct({known: node_title(words, edition, known) for known in nodes})
    node = st.selectbox(words("result.explain_pick"), nodes, format_func=lambda known: titles[known])
    explanation(words, edition, found.explain(node, targets=targets_wanted(words)))


def targets_wanted(words: Words) -> bool:
    """Whether the making of the target is to be shown, not that of today's value."""
    which = st.segmented_control(
        words("result.explain_which"),
        ["current", "target"],
        default="current",
        required=True,
        format_func=lambda known: words(f"result.explain_{known}"),
    )
    return which == "target"


def node_title(words: Words, edition: Edition, node: str) -> str:
    """What a number is about, as its figure calls it: the words of a section, or number and name of an indicator."""
    if node in edition.head.groups:
        return group_label(words, edition, node)
    if node in edition.sections:
        return words.of(edition.sections[node].title)
    item = edition.indicators[node]
    return f"{item.code} {words.of(item.title)}"


def explanation(words: Words, edition: Edition, made: Explanation) -> None:
    """The formula with its numbers, the parts, what was left out and why, edition and revision."""
    block(_formula(words, made))
    if made.value is not None:
        block(
            words(
                "result.rounding",
                exact=made.value,
                shown=words.number(made.value),
                edition=words.of(edition.head.title),
                revision=edition.revision,
            ),
            "quiet",
        )
    if made.parts:
        st.html(_parts_table(words, made.parts))
    if made.formula != "levels":
        subheading(words("result.left_out"))
        if made.left_out:
            st.html(_left_out_table(words, made.left_out))
        else:
            block(words("result.left_out_none"), "quiet")


def _formula(words: Words, made: Explanation) -> str:
    if made.value is None:
        return words("result.formula_none")
    return words(
        f"result.formula_{made.formula}",
        parts=len(made.parts),
        total=words.number(made.total),
        weights=words.number(made.weights, 0 if made.weights.denominator == 1 else 2),
        value=words.number(made.value),
    )


def _parts_table(words: Words, parts: Sequence[Part]) -> str:
    rows = [
        (
            _part_label(words, part),
            words.number(part.value),
            words.number(part.weight, 0 if part.weight.denominator == 1 else 2),
        )
        for part in parts
    ]
    heads = [words("result.column_item"), words("result.column_value"), words("result.column_weight")]
    return html_table(heads, rows, numbers=(1, 2))


def _left_out_table(words: Words, parts: Sequence[Part]) -> str:
    rows = [(_part_label(words, part), _why(words, part.state)) for part in parts]
    return html_table([words("result.column_item"), words("result.column_why")], rows)


def _part_label(words: Words, part: Part) -> str:
    return f"{part.code or ''} {words.of(part.title)}".strip()


def _why(words: Words, state: State) -> str:
    return words(f"answering.state_{state}")
