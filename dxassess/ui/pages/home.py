"""Home: whose data this is, the round that is running, and the one next step."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.rhythm import PlannedRound
from dxassess.errors import DxAssessError
from dxassess.figures import trend
from dxassess.settings import called
from dxassess.text import Words
from dxassess.ui.action_parts import late
from dxassess.ui.components import (
    block,
    chart,
    heading,
    notice,
    plain,
    round_label,
    since_words,
    subheading,
)
from dxassess.ui.context import Here, current, page_at
from dxassess.ui.organisation_form import organisation_form
from dxassess.ui.own_parts import own_badge
from dxassess.ui.planned_parts import due_words
from dxassess.ui.together_parts import alone_among
from dxassess.ui.trouble import refused
from dxassess.usecases import create_organisation, progress
from dxassess.usecases.application import edition_of
from dxassess.usecases.overview import Attention, Overview, RoundLine, overview
from dxassess.usecases.rounds import today

PAGE_OF_STEP = {
    "start_first_round": "rounds",
    "answer_first": "answering",
    "answer": "answering",
    "collect_votes": "workshop",
    "talk": "board",
    "close": "rounds",
    "look": "result",
    "look_and_start_next": "rounds",
    "start_planned": "rhythm",
}


ROUNDS = 5


def first_run(here: Here) -> None:
    """Three fields and one button."""
    words = here.words
    heading(words("home.welcome"), words("home.welcome_lead"))
    filled = organisation_form(here, None, words("home.create"))
    if filled:
        try:
            created = create_organisation(here.app, *filled)
        except DxAssessError as error:
            refused(words, error)
        else:
            st.switch_page(page_at("rounds"), query_params=here.link(org=created.id, round=None))
    block(words("home.see_sample", called=called()), "quiet")


def now(here: Here, found: Overview) -> str:
    """Where the organisation stands: its first average, large, with n of m and the change since last time."""
    if found.now is None:
        return ""
    words = here.words
    held, since = found.now
    mean = since.today
    name = words(
        "home.now" if held.closed else "home.now_interim",
        title=words.of(mean.title),
        quarter=words.quarter(held.quarter),
    )
    small = [words.n_of_m(mean.counts.n, mean.counts.m), *([since_words(words, since)] if since.last else [])]
    return (
        f'<div class="dx-figure"><div class="name">{plain(name)}{_badge(here, held)}</div><div class="big">{words.number(mean.value)}</div>'
        + "".join(f'<div class="small">{plain(line)}</div>' for line in small)
        + "</div>"
    )


def _badge(here: Here, held: Round) -> str:
    assert here.store
    return own_badge(here, edition_of(here.store, held))


def next_thing(here: Here, found: Overview) -> None:
    """The one next step as a button, beside where the organisation stands."""
    words, step = here.words, found.step
    done = words.n_of_m(found.done, found.items)
    assert here.where
    held = here.where.running or here.where.last_closed
    line = round_label(words, held) if held else ""
    what, due = words(f"home.step_{step}", left=found.left, title=""), ""
    if step == "start_planned":
        assert here.store and found.planned
        what = words("home.step_start_planned", title=found.planned.title)
        due = due_words(words, found.planned, today(here.app, here.store))
    st.html(
        f'<div class="dx-top"><div class="dx-step"><div class="label">{plain(words("home.next_label"))}</div>'
        f'<div class="what">{plain(what)}</div>'
        f"<div>{plain(words(f'home.step_{step}_why', line=line, done=done, due=due))}</div></div>{now(here, found)}</div>"
    )
    if st.button(notice(what), type="primary", key="next-step"):
        st.switch_page(page_at(PAGE_OF_STEP[step]), query_params=here.link(round=None))
    if step in ("answer_first", "answer"):
        st.page_link(page_at("workshop"), label=words("home.or_workshop"), query_params=here.link(round=None))
    if step == "look":
        start = words("home.step_look_and_start_next")
        st.page_link(page_at("rounds"), label=start, query_params=here.link(round=None))
    if step in ("look_and_start_next", "start_planned"):
        st.page_link(page_at("result"), label=words("rounds.see_result"), query_params=here.link(round=None))
    if step in ("look", "look_and_start_next"):
        planned(here, found.planned)


def planned(here: Here, found: PlannedRound | None) -> None:
    """The round that is planned next, and the way to where it is started."""
    if found:
        label = here.words("rhythm.next_ahead", day=here.words.date(found.day), title=found.title)
        st.page_link(page_at("rhythm"), label=notice(label), query_params=here.link(round=None))


def attention_line(words: Words, found: Attention) -> str:
    """The sentence of one thing worth a look."""
    values = {
        name: words.level(value) if name in ("level", "target") else value  # type: ignore[arg-type]
        for name, value in found.values.items()
    }
    title = words.of(found.title) if found.title else ""
    return words(f"home.attention_{found.code}", title=title, **values)


def timeline(here: Here, rounds: Sequence[RoundLine]) -> None:
    """The newest rounds, each with its average and the way to its result."""
    words = here.words
    subheading(words("home.rounds"))
    if not rounds:
        block(words("home.rounds_empty"), "quiet")
    for line in rounds[:ROUNDS]:
        mean = line.mean
        shown = (
            words("home.round_damaged")
            if mean is None
            else words(
                "home.round_mean",
                title=words.of(mean.title),
                value=words.number(mean.value),
                n_of_m=words.n_of_m(mean.counts.n, mean.counts.m),
            )
        )
        with st.container(key=f"line-{line.held.id}", gap=None):
            st.page_link(
                page_at("result"),
                label=notice(round_label(words, line.held)),
                query_params=here.link(round=line.held.id),
            )
            st.html(f'<p class="dx-under">{plain(shown)}{_badge(here, line.held) if mean else ""}</p>')
    if rounds[ROUNDS:]:
        label = words("home.rounds_all", count=len(rounds))
        st.page_link(page_at("rounds"), label=notice(label), query_params=here.link(round=None))


def movement(here: Here) -> None:
    """The first average by quarter, once two rounds are closed and anything has a value."""
    assert here.store and here.where
    if not here.where.closed[1:]:
        return
    found = progress(here.app, here.store)
    if found and not found.is_empty:
        first = found.edition.sections[found.edition.head.averages[0]]
        scale, lines = found.edition.scale, [(here.words.of(first.title), found.lines[first.id])]
        figure = trend.draw(lines, scale, here.words, aggregate=first.aggregate)
        chart(figure, "home-trend", trend.describe(lines, scale, here.words))


here = current()
if here.store is None or here.where is None or here.organisation is None:
    first_run(here)
else:
    words = here.words
    heading(here.organisation.name)
    found = overview(here.app, here.store, here.where)
    next_thing(here, found)
    late(here)
    left, right = st.columns(2, gap="large")
    with left:
        timeline(here, found.rounds)
        alone_among(here, (line.held for line in found.rounds[:ROUNDS]))
    with right:
        subheading(words("home.attention"))
        for thing in found.attention:
            st.page_link(
                page_at("answering"),
                label=notice(attention_line(words, thing)),
                query_params=here.link(round=None, item=thing.item),
            )
        if not found.attention:
            block(words("home.attention_none"), "quiet")
    movement(here)
