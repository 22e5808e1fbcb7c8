"""The heat table of the comparison: every item in every chosen round, by section; and how any of its numbers was made."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from dxassess.assessment.comparison import Comparison, ItemLine
from dxassess.assessment.model import State
from dxassess.figures import heat
from dxassess.figures.style import STATE_SIGNS
from dxassess.text import Words
from dxassess.ui.compare_parts import item_name, signed
from dxassess.ui.components import block, chart_heading, distinct, plain, round_labels
from dxassess.ui.context import Here
from dxassess.ui.explanation_parts import explanation, node_title, targets_wanted
from dxassess.ui.result_parts import aggregate_word
from dxassess.usecases.application import edition_of
from dxassess.usecases.comparison import Beside
from dxassess.usecases.progress import explained

MANY = 12
"""From so many rounds on a sentence says how to see the earlier ones."""


def table(words: Words, found: Beside, compared: Comparison) -> None:
    """The heat table with its key; what cannot be compared below it."""
    many = compared.rounds[MANY:]
    lead = words("compare.heat_scroll", n=len(compared.rounds)) if many else ""
    chart_heading(words("compare.heat"), words("compare.heat_see"), lead)
    st.html(_style(compared))
    st.html(_legend(words, compared))
    st.html(
        f'<div class="dx-heat-box" tabindex="0"><table class="dx-heat">{_body(words, found, compared)}</table></div>'
    )
    if any(line.change is not None and not line.alike for line in compared.sections.values()):
        block(words("compare.other_items_note"), "quiet")
    if compared.apart:
        with st.expander(words("compare.apart", n=len(compared.apart))):
            lines = (plain(_apart(words, line)) for line in compared.apart)
            st.html('<ul class="dx-list">' + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")


def _style(compared: Comparison) -> str:
    looks = (
        f".dx-heat .s{place}{{background:{shade.colour};color:{shade.ink}}}"
        for place, shade in enumerate(heat.shades(compared.edition.scale))
    )
    return f"<style>{''.join(looks)}</style>"


def _legend(words: Words, compared: Comparison) -> str:
    levels = "".join(
        f'<span class="s{place}">{words.level(value)}</span>'
        for place, value in enumerate(compared.edition.scale.values)
    )
    signs = [(STATE_SIGNS[state], words(f"answering.state_{state}")) for state in STATE_SIGNS]
    named = [*signs, (heat.NOT_ASKED, words("compare.legend_not_asked"))]
    rest = "".join(
        f"<span class='named'><span class='sign'>{plain(sign)}</span>{plain(name)}</span>"
        for sign, name in named
    )
    return f'<p class="dx-heat dx-heat-key">{levels}{rest}</p>'


def _body(words: Words, found: Beside, compared: Comparison) -> Iterator[str] | str:
    tops = "".join(
        f"<th scope='col'>{plain(quarter)}<small>{plain(year)}</small></th>"
        for quarter, year in heat.heads(compared.rounds, words)
    )
    head = (
        f"<tr><th class='name' scope='col'>{plain(words('compare.column_item'))}</th>{tops}"
        f"<th scope='col'>{plain(words('compare.column_change'))}</th></tr>"
    )
    nodes = dict.fromkeys((*compared.edition.head.averages, *compared.edition.head.groups))
    return head + "".join(_section(words, found, compared, node) for node in nodes)


def _section(words: Words, found: Beside, compared: Comparison, group: str) -> str:
    """The values of an average or a group, and below a group its items."""
    edition, line = compared.edition, compared.sections[group]
    aggregate = aggregate_word(words, edition.sections[group].aggregate)
    named = node_title(words, edition, group)
    title = words("compare.heat_section", title=named, aggregate=aggregate)
    values = "".join(f"<td>{words.number(value)}</td>" for value in line.at)
    change = words.signed(line.change)
    other = line.change is not None and not line.alike
    verdict = "still" if line.change is None else found.verdict_of(line)
    shown = words("compare.other_items", change=change) if other else change
    moved = _moved(words, shown, verdict, always=other)
    rows = "".join(_row(words, found, compared, each) for each in compared.lines if each.group == group)
    return f"<tr class='group'><th class='name' scope='row'>{plain(title)}</th>{values}{moved}</tr>{rows}"


def _row(words: Words, found: Beside, compared: Comparison, line: ItemLine) -> str:
    cells = "".join(_cell(heat.cell(at, compared.edition.scale, words)) for at in line.at)
    verdict = "still" if line.change is None else found.verdict(line.item.id, line.change)
    moved = _moved(words, signed(words, line.change), verdict)
    name = f"<b>{plain(line.item.code)}</b> {plain(words.of(line.item.title))}"
    return f"<tr><th class='name' scope='row'>{name}</th>{cells}{moved}</tr>"


def _cell(shown: heat.HeatCell) -> str:
    kind = "sign" if shown.shade is None else f"s{shown.shade}"
    return f"<td class='{kind}'>{plain(shown.text)}</td>"


def _moved(words: Words, change: str, verdict: str, *, always: bool = False) -> str:
    """The change and in short what may be said of it; of nothing changed only where `always` asks for it."""
    said = (
        ""
        if verdict == "still" and not always
        else f"<small>{plain(words(f'compare.short_{verdict}'))}</small>"
    )
    return f"<td class='moved {verdict}'>{plain(change)}{said}</td>"


def _apart(words: Words, line: ItemLine) -> str:
    first, last = (_where(words, line, end) for end in (0, -1))
    return words("compare.apart_line", item=item_name(words, line.item), first=first, last=last)


def _where(words: Words, line: ItemLine, end: int) -> str:
    at = line.at[end]
    if at.level is not None:
        return words("compare.level", level=words.level(at.level))
    return words("compare.not_asked") if at.state is None else words(f"answering.state_{State(at.state)}")


def explain_button(here: Here, compared: Comparison) -> None:
    """Opens the making of any number of any of these rounds."""
    if st.button(here.words("result.explain"), key="explain-compare"):
        st.dialog(here.words("result.explain"), width="large")(_explain)(here, compared)


def _explain(here: Here, compared: Comparison) -> None:
    assert here.store
    words = here.words
    rounds = {held.id: held for held in reversed(compared.rounds)}
    labels = round_labels(words, compared.rounds)
    picked = st.selectbox(
        words("compare.explain_pick"), list(rounds), format_func=lambda known: labels[known]
    )
    edition = edition_of(here.store, rounds[picked])
    nodes = [*edition.head.averages, *edition.head.groups, *(item.id for item in edition.scored)]
    titles = distinct({known: node_title(words, edition, known) for known in nodes})
    node = st.selectbox(words("result.explain_pick"), list(titles), format_func=lambda known: titles[known])
    made = explained(here.app, here.store, rounds[picked], node, targets=targets_wanted(words))
    explanation(words, edition, made)
