"""The form that starts a round: edition and scope, day, title, how votes are kept, and what is shown as "last time"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.voting import MINIMUM
from dxassess.catalogue.model import Edition
from dxassess.catalogue.narrow import narrowed, sections_for_rounds
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.components import block, distinct, round_label, round_labels
from dxassess.ui.context import Here, page_at
from dxassess.ui.pulse_parts import items_of, kind_of
from dxassess.ui.trouble import refused
from dxassess.usecases import start_round
from dxassess.usecases.pulse import start_pulse, without_pulses
from dxassess.usecases.rounds import (
    MINIMUM_LIMIT,
    TITLE_LIMIT,
    editions_to_choose,
    last_like,
    months_of,
    quarter_for,
    today,
)


def start_form(here: Here) -> None:
    """Edition, full round or pulse, day, title, and the round shown as "last time"."""
    assert here.store and here.where
    words = here.words
    if here.where.running:
        block(words("rounds.new_while_open", line=round_label(words, here.where.running)), "hint")
    block(words("rounds.new_lead"), "quiet")
    editions = editions_to_choose(here.app, here.store)
    titles = distinct({known: words.of(each.head.title) for known, each in editions.items()})
    edition = st.selectbox(
        words("rounds.edition"),
        list(editions),
        format_func=lambda known: titles[known],
        key="new-edition",
    )
    if here.where.closed and kind_of(here, "new") == "pulse":
        items = items_of(here, editions[edition], f"new-{edition}")
        short = words.of(editions[edition].head.short)
        held_on, title = _day_and_title(
            here, words("rhythm.pulse_round_title", edition=short), f"pulse-{edition}"
        )
        _start(here, partial(start_pulse, here.app, here.store, edition, items, title, held_on))
        return
    section, short = _section(words, editions[edition])
    default = words("rounds.round_title_default", edition=short)
    held_on, title = _day_and_title(here, default, f"{edition}-{section}")
    previous = _previous(here, narrowed(editions[edition], section))
    start = partial(start_round, here.app, here.store, edition, title, held_on, previous)
    _start(here, partial(start, section=section))


def _day_and_title(here: Here, default: str, place: str) -> tuple[date, str]:
    """The day with the quarter it lies in, and the title."""
    assert here.store
    words = here.words
    held_on = st.date_input(words("rounds.held_on"), value=today(here.app, here.store), key="new-day")
    quarter = quarter_for(here.store, held_on)
    first, last = (words.month(month) for month in months_of(here.store, quarter))
    block(words("rounds.quarter_is", quarter=words.quarter(quarter), first=first, last=last), "quiet")
    title = st.text_input(
        words("rounds.round_title"), value=default, max_chars=TITLE_LIMIT, key=f"new-title-{place}"
    )
    return held_on, title


def _start(here: Here, start: Callable[..., Round]) -> None:
    """How votes are kept, and the two buttons."""
    words = here.words
    named, minimum = ballots(words)
    with st.container(horizontal=True):
        alone = st.button(words("rounds.start"), type="primary", key="start-round")
        invite = st.button(words("rounds.start_and_invite"), key="start-and-invite")
    if alone or invite:
        _go_on(here, partial(start, named=named, minimum=minimum), "workshop" if invite else "answering")


def _go_on(here: Here, start: Callable[[], Round], page: str) -> None:
    """Start the round and go on to a page."""
    try:
        started = start()
    except DxAssessError as error:
        refused(here.words, error)
    else:
        st.switch_page(page_at(page), query_params=here.link(round=started.id))


def _section(words: Words, edition: Edition) -> tuple[str, str]:
    """The section the round is held for, the whole unless another is chosen, and the short title of what is asked then."""
    root = edition.head.tree
    offered = {section.id: section for section in (root, *sections_for_rounds(edition))}
    picked = root.id
    if len(offered) > 1:
        titles = distinct({known: words.of(each.title) for known, each in offered.items()})
        picked = st.selectbox(
            words("rounds.section"),
            list(offered),
            format_func=lambda known: titles[known],
            key=f"new-section-{edition.id}",
        )
    return picked, words.of(narrowed(edition, picked).head.short)


def ballots(words: Words) -> tuple[bool, int]:
    """Whether votes carry names, and for anonymous ones the smallest group that is shown."""
    kinds = ("named", "anonymous")
    picked = st.radio(
        words("rounds.ballots"),
        kinds,
        format_func=lambda kind: words(f"rounds.ballots_{kind}"),
        captions=[words(f"rounds.ballots_{kind}_why") for kind in kinds],
        key="new-ballots",
    )
    minimum = MINIMUM
    if picked == "anonymous":
        minimum = st.number_input(
            words("rounds.minimum", least=MINIMUM),
            min_value=MINIMUM,
            max_value=MINIMUM_LIMIT,
            value=MINIMUM,
            key="new-minimum",
        )
    return picked == "named", int(minimum)


def _previous(here: Here, edition: Edition) -> str | None:
    """Which closed round is shown as last time, the newest that asked the same unless another is chosen."""
    assert here.where and here.store
    words = here.words
    closed = round_labels(words, without_pulses(here.store, here.where.closed))
    if not closed:
        return None
    options = [*reversed(closed), None]
    return st.selectbox(
        words("rounds.previous"),
        options,
        index=options.index(last_like(here.store, edition)),
        format_func=lambda known: closed[known] if known else words("rounds.previous_none"),
        key=f"new-previous-{edition.hash}",
    )
