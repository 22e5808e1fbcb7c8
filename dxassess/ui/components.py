"""Small things every page shows the same way. Text from people and catalogues goes through `plain` or `notice`."""

from __future__ import annotations

import html
import importlib
import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.progress import Since
from dxassess.figures.style import CONFIG
from dxassess.text import Words
from dxassess.ui.context import Here, page_at

if TYPE_CHECKING:
    from dxassess.tables import DataFrame

Picked = TypeVar("Picked", bound=Hashable)

_MARKDOWN = re.compile(
    r"([\\`*_{}\[\]#|~<>$:&@/]|(?<=\bwww)\.|-(?=[->])|(?<=[-<])-|^[-+](?=\s|$)|(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$))",
    re.IGNORECASE,
)
"""What means something in a label: signs of Markdown, arrows and dashes Streamlit draws, and what opens a list. Nothing else is
touched, as a label is read aloud with its backslashes."""


def plain(text: str) -> str:
    """Text for HTML: every sign stays the sign it is, line ends kept."""
    return html.escape(text).replace("\n", "<br>")


def notice(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown: nothing in it is markup."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def block(text: str, kind: str = "text") -> None:
    """A paragraph of plain text; `kind` names its look in style.css."""
    st.html(f'<p class="dx-{kind}">{plain(text)}</p>')


def heading(title: str, lead: str = "", badge: str = "") -> None:
    """The page's title and one sentence under it; `badge`, as `own_badge` makes it, beside the title."""
    below = f'<p class="dx-lead">{plain(lead)}</p>' if lead else ""
    st.html(f'<header class="dx-head"><h1>{plain(title)}{badge}</h1>{below}</header>')


def subheading(title: str, lead: str = "") -> None:
    """A part of a page."""
    below = f'<p class="dx-quiet">{plain(lead)}</p>' if lead else ""
    st.html(f'<h2 class="dx-sub">{plain(title)}</h2>{below}')


def chart_heading(title: str, sentence: str, lead: str = "", pointing: str = "") -> None:
    """A part of a page that is a chart: its title, a remark, and what to see, in type that breaks where the window ends.

    `pointing` is for those who have a mouse.
    """
    pointed = f'<span class="dx-pointing"> {plain(pointing)}</span>' if pointing else ""
    below = f'<p class="dx-quiet">{plain(lead)}{pointed}</p>' if lead or pointing else ""
    said = f'<p class="dx-see">{plain(sentence)}</p>' if sentence else ""
    st.html(f'<h2 class="dx-sub">{plain(title)}</h2>{below}{said}')


def html_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = (), card: int | None = None
) -> str:
    """A plain table; the columns at the places in `numbers` stand to the right.

    What is wider than its place is pushed sideways, by the keyboard too. With `card` a phone shows each row as a card instead, headed
    by the cell at that place.
    """

    def cell(place: int, text: str) -> str:
        kinds = [*(["number"] if place in numbers else []), *(["head"] if place == card else [])]
        kind = f' class="{" ".join(kinds)}"' if kinds else ""
        named = f' data-head="{html.escape(heads[place])}"' if card is not None else ""
        return f"<td{kind}{named}>{plain(text)}</td>"

    top = "".join(
        f"<th{' class=number' if place in numbers else ''}>{plain(head)}</th>"
        for place, head in enumerate(heads)
    )
    body = "".join(f"<tr>{''.join(cell(place, text) for place, text in enumerate(row))}</tr>" for row in rows)
    kind = "dx-table" if card is None else "dx-table dx-cards"
    return f'<div class="dx-scroll" tabindex="0"><table class="{kind}"><tr>{top}</tr>{body}</table></div>'


@st.fragment
def unfolding_tables(*named: tuple[str, str, Callable[[], DataFrame]]) -> None:
    """Tables (title, key, how it is made), each made only once somebody opens it; the page around does not run again."""
    for title, key, table in named:
        unfolded = st.expander(title, key=key, on_change="rerun")
        if unfolded.open:
            with unfolded:
                made = table()
                st.html(html_table(list(made.columns), made.to_numpy().tolist()))


def chart(figure: dict[str, Any], key: str, alt: str) -> None:
    """A figure with its words for those who do not see it.

    Plotly takes pandas as it finds it, even half loaded by another thread just after the start: wait until it is whole.
    """
    importlib.import_module("pandas")
    st.plotly_chart(figure, key=key, theme=None, config=dict(CONFIG), alt=alt)


def empty(here: Here, word: str, page: str, **link: str | None) -> None:
    """An empty page: what it will show, why that helps, and the one button that starts it."""
    with st.container(border=True, key=f"empty-{word}"):
        subheading(here.words(f"{word}.empty_title"))
        block(here.words(f"{word}.empty"))
        if st.button(here.words(f"{word}.empty_button"), type="primary"):
            st.switch_page(page_at(page), query_params=here.link(**link))


def empty_house(here: Here, word: str) -> None:
    """A page before there is an organisation: what it will show, and the button that starts everything."""
    with st.container(border=True, key=f"empty-{word}"):
        subheading(here.words("home.empty_title"))
        block(here.words(f"{word}.empty"))
        block(here.words("home.empty"))
        if st.button(here.words("home.empty_button"), type="primary"):
            st.switch_page(page_at("home"), query_params=here.link())


def round_picker(here: Here, word: str) -> None:
    """Choose the round a page speaks of; the choice goes into the address."""
    assert here.where and here.round
    order = [held.id for held in reversed(here.where.rounds)]
    titles = round_labels(here.words, here.where.rounds)
    picked = st.selectbox(
        here.words("rounds.pick"),
        order,
        index=order.index(here.round.id),
        format_func=lambda round_id: titles[round_id],
        key=f"pick-{word}-{here.round.id}",
    )
    if picked != here.round.id:
        st.query_params["round"] = picked
        st.rerun()


def round_label(words: Words, held: Round) -> str:
    """Quarter, title and state of a round, for a list."""
    state = words("rounds.state_closed" if held.closed else "rounds.state_open")
    return words("rounds.line", quarter=words.quarter(held.quarter), title=held.title, state=state)


def round_labels(words: Words, rounds: Sequence[Round]) -> dict[str, str]:
    """The labels of rounds (in order of time) by id, for a list to pick from; those that are alike also say the day."""
    labels = {held.id: round_label(words, held) for held in rounds}
    often = Counter(labels.values())
    dated = {held.id: f"{labels[held.id]} {words.date(held.held_on)}" for held in rounds}
    return distinct({known: label if often[label] == 1 else dated[known] for known, label in labels.items()})


def distinct(labels: Mapping[Picked, str]) -> dict[Picked, str]:
    """Labels of which no two are alike: Streamlit knows a choice by its label alone and would take the first of two."""
    found: dict[Picked, str] = {}
    taken: set[str] = set()
    for key, label in labels.items():
        numbered = chain([label], (f"{label} ({number})" for number in count(2)))
        found[key] = next(each for each in numbered if each not in taken)
        taken.add(found[key])
    return found


def since_words(words: Words, since: Since) -> str:
    """What changed since last time; where the two stand on other items, also or only where it stood then."""
    last = since.last
    if last is None or last.value is None or since.today.value is None:
        return words("result.no_last")
    then = words.n_of_m(last.counts.n, last.counts.m)
    if since.change is None:
        return words("result.last_only", value=words.number(last.value), n_of_m=then)
    key = "result.change" if since.alike else "result.change_other"
    return words(key, value=words.signed(since.change), n_of_m=then)
