"""The parts of the page of a day's record: the day, its sentence, the rounds and their levels."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dxassess.assessment.asof import Difference
from dxassess.assessment.scoring import NodeScore
from dxassess.catalogue.model import Edition
from dxassess.catalogue.narrow import is_pulse
from dxassess.text import Words
from dxassess.ui.components import (
    block,
    distinct,
    html_table,
    notice,
    plain,
    round_label,
    round_labels,
    subheading,
)
from dxassess.ui.context import Here, page_at
from dxassess.ui.explanation_parts import explanation, node_title, targets_wanted
from dxassess.ui.own_parts import own_badge, own_words
from dxassess.usecases.asof import AsOf, RoundThen, closing_days, usual_day
from dxassess.usecases.asof_words import called, level_said, state_said, target_said

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
ROUND_COLUMNS = ("round", "state", "averages", "since")
LEVEL_COLUMNS = ("item", "level", "target", "evidence", "reason")
CHANGED_COLUMNS = ("item", "level", "level_now", "target", "target_now", "fields")


def day_asked(here: Here) -> date:
    """The day in the address bar; the end of the last quarter where there is none."""
    assert here.store
    try:
        day = date.fromisoformat(st.query_params.get("day", ""))
    except ValueError:
        return usual_day(here.app, here.store)
    return day if EARLIEST <= day <= LATEST else usual_day(here.app, here.store)


def _go(day: date) -> None:
    st.query_params["day"] = day.isoformat()
    st.rerun()


def day_picker(here: Here, day: date) -> None:
    """Any day, and those one is most likely to ask about: the end of the last quarter, the days rounds were closed."""
    assert here.store
    words = here.words
    usual = usual_day(here.app, here.store)
    quick = {usual: words("asof.quick_quarter", day=words.date(usual))}
    for closed, titles in closing_days(here.store):
        named = words("common.comma").join(titles)
        quick[closed] = words("asof.quick_closed", day=words.date(closed), titles=named)
    labels = distinct({known: notice(label) for known, label in quick.items()})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = st.date_input(
            words("asof.day"), day, min_value=EARLIEST, max_value=LATEST, key=f"asof-day-{day}"
        )
        quickly = st.selectbox(
            words("asof.quick"),
            list(labels),
            index=None,
            format_func=lambda known: labels[known],
            placeholder=words("asof.quick_placeholder"),
            key=f"asof-quick-{day}",
        )
    wanted = quickly or picked
    if wanted and wanted != day:
        _go(wanted)


def clock(here: Here, found: AsOf) -> None:
    """Where the clock was set back: what is left out, and why."""
    behind = found.then.reached.behind
    if behind and found.blocked:
        days = {"day": here.words.date(found.day), "later": here.words.date(found.blocked)}
        block(here.words("asof.clock", n=behind, **days), "hint")


def nothing(here: Here, found: AsOf) -> None:
    """A day before anything was recorded: from which day on there is something, and the way there."""
    words = here.words
    day = words.date(found.day)
    with st.container(border=True, key="asof-nothing"):
        subheading(words("asof.nothing_title", day=day))
        if found.began is None or not found.day < found.began <= found.today:
            block(words("asof.nothing_yet"))
            return
        block(words("asof.nothing", began=words.date(found.began)))
        if st.button(words("asof.nothing_button"), type="primary", key="asof-first"):
            _go(found.began)


def sentence(here: Here, found: AsOf) -> None:
    """What this is, and how much of each there was."""
    words = here.words
    subheading(words("asof.sentence", day=words.date(found.day)))
    counted = words(
        "asof.counted",
        rounds=len(found.rounds),
        closed=found.closed,
        kpis=len(found.kpis),
        stale=found.stale,
        actions=len(found.actions),
        overdue=found.overdue,
    )
    block(counted, "question")
    if found.then.name != found.name_now:
        block(words("asof.name", name=found.then.name), "quiet")


def onward(here: Here, found: AsOf) -> None:
    """The ways on from the newest round of that day: why it moved, as it is recorded today, and where rounds are looked after."""
    if found.newest is None:
        return
    words, link = here.words, here.link(round=found.newest.held.id)
    if found.newest.now.closed and not is_pulse(found.newest.then.edition):
        st.page_link(page_at("movement"), label=words("asof.go_movement"), query_params=link)
    st.page_link(page_at("rounds"), label=words("asof.go_rounds"), query_params=link)


def cannot_tell(here: Here, found: AsOf) -> None:
    """What the record does not tell: rounds that are damaged, things whose changes are lost, the fiscal year."""
    words = here.words
    for held in found.then.damaged:
        sentence = plain(words("rounds.damaged", title=held.title))
        st.html(f'<div class="dx-trouble" role="alert"><p>{sentence}</p></div>')
    if found.then.untold:
        block(words("asof.untold", titles=words("common.comma").join(found.then.untold)), "hint")
    if found.then.first_month is None:
        block(words("asof.first_month"), "hint")


def rounds(here: Here, found: AsOf) -> None:
    """The rounds with their averages, as they were; what has become of them since."""
    words = here.words
    subheading(words("asof.rounds"), words("asof.rounds_lead"))
    if not found.rounds:
        block(words("asof.rounds_none"), "quiet")
        return
    heads = [words(f"asof.column_{name}") for name in ROUND_COLUMNS]
    st.html(html_table(heads, [_round(here, each) for each in found.rounds], card=0))
    if st.button(words("result.explain"), key="explain-asof"):
        st.dialog(words("result.explain"), width="large")(_explain)(here, found)


def _round(here: Here, each: RoundThen) -> tuple[str, ...]:
    words, held, edition = here.words, each.held, each.then.edition
    averages = [_average(words, "average", each.then.today[node]) for node in edition.head.averages]
    named = [held.title, words.quarter(held.quarter), words.date(held.held_on)]
    if is_pulse(edition):
        named.append(words("rhythm.kind_pulse"))
    whose = own_words(here, edition)
    if whose:
        named.append(whose)
    return (
        "\n".join(named),
        state_said(held, words),
        "\n".join(averages),
        "\n".join(_since(words, each)) or "–",
    )


def _average(words: Words, key: str, node: NodeScore) -> str:
    n_of_m = words.n_of_m(node.counts.n, node.counts.m)
    return words(f"asof.{key}", title=words.of(node.title), value=words.number(node.value), n_of_m=n_of_m)


def _since(words: Words, each: RoundThen) -> list[str]:
    """What has become of a round since that day."""
    held, now = each.held, each.now
    found: list[str] = []
    if now.title != held.title:
        found.append(words("asof.since_title", title=now.title))
    if now.held_on != held.held_on:
        found.append(words("asof.since_day", day=words.date(now.held_on)))
    if now.reopened != held.reopened:
        found.append(words("asof.since_reopened"))
    if now.closed and not held.closed:
        found.append(words("asof.since_closed"))
    if each.changed:
        kind = "corrected" if held.closed else "answered"
        found.append(words(f"asof.since_{kind}", n=len(each.changed)))
    then, today = each.then.today, each.today
    moved = [node for node in each.then.edition.head.averages if today[node] != then[node]]
    return [*found, *(_average(words, "since_average", today[node]) for node in moved)]


def _explain(here: Here, found: AsOf) -> None:
    words = here.words
    known = {each.held.id: each for each in reversed(found.rounds)}
    labels = round_labels(words, [each.held for each in found.rounds])
    each = known[
        st.selectbox(words("rounds.pick"), list(known), format_func=lambda round_id: labels[round_id])
    ]
    edition = each.then.edition
    nodes = [*edition.head.averages, *edition.head.groups]
    titles = distinct({node: node_title(words, edition, node) for node in nodes})
    node = st.selectbox(words("result.explain_pick"), nodes, format_func=lambda one: titles[one])
    explanation(words, edition, each.explain(node, targets=targets_wanted(words)))


def levels(here: Here, found: AsOf) -> None:
    """The levels of a round as they were, the newest first; those recorded otherwise today beside what they are."""
    if found.newest is None:
        return
    words = here.words
    subheading(words("asof.levels"), words("asof.levels_lead"))
    each = _picked(here, found, found.newest)
    badge = own_badge(here, each.then.edition)
    if badge:
        st.html(f'<p class="dx-quiet">{plain(words.of(each.then.edition.head.short))}{badge}</p>')
    if not each.then.answers:
        block(words("asof.levels_none"), "quiet")
    kind = "corrected" if each.held.closed else "answered"
    if each.changed:
        block(words(f"asof.levels_{kind}", n=len(each.changed)), "see")
        heads = [words(f"asof.column_{name}") for name in CHANGED_COLUMNS]
        rows = [_changed(words, each.then.edition, one) for one in each.changed]
        st.html(html_table(heads, rows, card=0))
    else:
        block(words("asof.levels_same"), "see")
    if each.then.answers:
        with st.expander(words("asof.levels_all", n=len(each.then.answers))):
            st.html(_levels_table(words, each))


def _picked(here: Here, found: AsOf, newest: RoundThen) -> RoundThen:
    """The round whose levels are shown: the newest of then, or another."""
    words = here.words
    if not found.rounds[1:]:
        block(round_label(words, newest.held), "quiet")
        return newest
    known = {each.held.id: each for each in reversed(found.rounds)}
    labels = round_labels(words, [each.held for each in found.rounds])
    picked = st.selectbox(
        words("rounds.pick"),
        list(known),
        format_func=lambda round_id: labels[round_id],
        key=f"asof-round-{found.day}",
    )
    return known[picked]


def _changed(words: Words, edition: Edition, one: Difference) -> tuple[str, ...]:
    item = edition.indicators[one.indicator]
    fields = words("common.comma").join(words(f"asof.field_{name}") for name in one.fields)
    return (
        called(item, words),
        level_said(item, one.then, words),
        level_said(item, one.now, words),
        target_said(item, one.then, words),
        target_said(item, one.now, words),
        fields,
    )


def _levels_table(words: Words, each: RoundThen) -> str:
    heads = [words(f"asof.column_{name}") for name in LEVEL_COLUMNS]
    rows = [
        (
            called(item, words),
            level_said(item, answer, words),
            target_said(item, answer, words),
            answer.evidence or words.level(None),
            each.reasons.get(one, words.level(None)),
        )
        for one, item in each.then.edition.indicators.items()
        if (answer := each.then.answers.get(one))
    ]
    return html_table(heads, rows, card=0)


def how(here: Here) -> None:
    """How a day is told from the record, folded away."""
    with st.expander(here.words("asof.how_title")):
        block(here.words("asof.how"))
        block(here.words("asof.how_votes"))
        block(here.words("asof.how_not"))
