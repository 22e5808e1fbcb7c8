"""What the noise of who answered is, how it was drawn, and every change with its interval."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from dxassess.assessment.comparison import Comparison
from dxassess.assessment.draws import DRAWS
from dxassess.assessment.resampling import Noise, Verdict
from dxassess.text import Words
from dxassess.ui.compare_parts import item_name, signed
from dxassess.ui.components import block, html_table
from dxassess.ui.explanation_parts import node_title
from dxassess.usecases.comparison import Beside

NOISE_COLUMNS = ("item", "levels", "change", "votes", "means", "interval", "verdict")


def told(words: Words, found: Beside, compared: Comparison) -> None:
    """Why nothing can be said of noise; otherwise how it was drawn, folded, with every interval."""
    if found.noise is None:
        return
    why = found.noise.why
    if why:
        block(words(f"compare.noise_none_{why}"), "hint")
        return
    with st.expander(words("compare.noise_title")):
        block(words("compare.noise_how", draws=DRAWS))
        first, last = found.noise.people
        if not found.noise.single:
            block(words("compare.noise_votes", first=first, last=last), "quiet")
        elif found.noise.paired:
            block(words("compare.noise_paired", paired=found.noise.paired, first=first, last=last), "quiet")
        else:
            block(words("compare.noise_unpaired", first=first, last=last), "quiet")
    unfolded = st.expander(words("compare.noise_table"), key="noise-table", on_change="rerun")
    if unfolded.open:
        with unfolded:
            block(words("compare.noise_what"), "quiet")
            heads = [words(f"compare.column_{name}") for name in NOISE_COLUMNS]
            st.html(html_table(heads, list(_rows(words, found, compared)), numbers=(2,), card=0))


def _rows(words: Words, found: Beside, compared: Comparison) -> Iterator[list[str]]:
    edition = compared.edition
    for section, line in compared.sections.items():
        name = node_title(words, edition, section)
        change = words.signed(line.change)
        if not line.alike:
            change = words("compare.same_items", change=change, like=words.signed(line.like))
        ends = words.number(line.first), words.number(line.last)
        yield _row(words, found.noise_of(section), name, (*ends, change), found.verdict_of(line))
    for each in compared.items:
        ends = words.level(each.at[0].level), words.level(each.at[-1].level)
        moved = (*ends, signed(words, each.change))
        verdict = found.verdict(each.item.id, each.change)
        yield _row(words, found.noise_of(each.item.id), item_name(words, each.item), moved, verdict)


def _row(
    words: Words, known: Noise | None, name: str, moved: tuple[str, str, str], verdict: Verdict
) -> list[str]:
    first, last, change = moved
    noise = known or Noise((0, 0))
    return [
        name,
        words("compare.arrow", first=first, last=last),
        change,
        words("compare.arrow", first=noise.votes[0], last=noise.votes[1]),
        words("compare.arrow", first=words.number(noise.means[0]), last=words.number(noise.means[1])),
        _interval(words, noise),
        words(f"compare.verdict_{verdict}"),
    ]


def _interval(words: Words, noise: Noise) -> str:
    """From where to where, at its narrowest and its widest where the two differ; why not, where there is none."""
    if noise.why:
        return words(f"compare.why_{noise.why}")
    spans = [span for span in ((noise.low, noise.high), noise.widest) if span]
    return words("common.comma").join(
        words("compare.interval", low=words.signed(low), high=words.signed(high)) for low, high in spans
    )
