"""The parts of the page of the rhythm: the fiscal year as a strip, the next step, and the calendar file."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.rhythm import Quarter
from dxassess.text import Words
from dxassess.ui.components import block, plain, subheading
from dxassess.ui.context import Here, page_at
from dxassess.ui.own_parts import own_badge
from dxassess.ui.planned_parts import due_words, start_button
from dxassess.usecases.application import edition_of
from dxassess.usecases.dates import calendar
from dxassess.usecases.rhythm import Rhythm
from dxassess.usecases.rounds import quarter_for

KIND = "text/calendar"


def clock(here: Here, found: Rhythm) -> None:
    """Says so where the clock of the computer was set back."""
    words = here.words
    if found.clock_back:
        said = words("rhythm.clock_back", today=words.date(found.today), last=words.date(found.clock_back))
        block(said, "hint")


def year(here: Here, found: Rhythm) -> None:
    """The four quarters with what was held and is planned, and where today is."""
    words = here.words
    first, last = found.quarters[0].period.first, found.quarters[-1].period.last
    title = words(
        "rhythm.year", year=found.now.year, first=words.month(first.month), last=words.month(last.month)
    )
    subheading(title, words("rhythm.share", share=found.share))
    st.html(
        '<ol class="dx-year">' + "".join(_quarter(here, found, each) for each in found.quarters) + "</ol>"
    )


def _quarter(here: Here, found: Rhythm, each: Quarter) -> str:
    """One quarter as a box; today's is marked by a line, and in words."""
    words, is_now = here.words, each.quarter == found.now
    months = words(
        "rhythm.months",
        first=words.month(each.period.first.month),
        last=words.month(each.period.last.month),
    )
    mark = (
        f'<div class="now">{plain(words("rhythm.today", day=words.date(found.today)))}</div>'
        if is_now
        else ""
    )
    lines = [
        *(("full", held.held_on, held.title, _badge(here, held)) for held in each.full),
        *(("section", held.held_on, held.title, _badge(here, held)) for held in each.sections),
        *(("pulse", held.held_on, held.title, _badge(here, held)) for held in each.pulses),
        *((f"planned_{plan.kind}", plan.day, plan.title, "") for plan in each.planned),
    ]
    lines.sort(key=lambda line: line[1])
    told = "".join(
        f'<p class="{kind}"><span class="dx-tag">{plain(words(f"rhythm.tag_{kind}"))}</span>{badge}<br>'
        f"{plain(words('rhythm.line', day=words.date(day), title=title))}</p>"
        for kind, day, title, badge in lines
    )
    none = f'<p class="none">{plain(words("rhythm.nothing"))}</p>'
    name = plain(words.quarter(each.quarter))
    return (
        f'<li{" class=here" if is_now else ""}><div class="name">{name}</div><div class="months">{plain(months)}</div>'
        f"{mark}{told or none}</li>"
    )


def _badge(here: Here, held: Round) -> str:
    assert here.store
    return own_badge(here, edition_of(here.store, held))


def next_step(here: Here, found: Rhythm) -> None:
    """The one next step: close what is running, start what is planned, or plan."""
    words, running, planned = here.words, found.where.running, found.next
    if running:
        _step(words, words("rhythm.next_running", title=running.title), words("rhythm.next_running_why"))
        if st.button(words("rhythm.next_running_button"), type="primary", key="rhythm-next"):
            st.switch_page(page_at("answering"), query_params=here.link(round=running.id))
    elif planned:
        is_due = planned.day <= found.today
        told = words.date(planned.day)
        if is_due:
            due = due_words(words, planned, found.today)
            _step(words, words("rhythm.next_due", title=planned.title), due)
        else:
            what = words("rhythm.next_ahead", title=planned.title, day=told)
            _step(words, what, words("rhythm.next_ahead_why"))
        start_button(words, planned, "rhythm-next", "primary" if is_due else "secondary")
    elif found.days:
        assert here.store
        day = found.days[0]
        quarter = words.quarter(quarter_for(here.store, day))
        why = words("rhythm.next_plan_why", quarter=quarter, day=words.date(day))
        _step(words, words("rhythm.next_plan"), why)
    else:
        block(words("rhythm.next_plan_full"), "hint")


def _step(words: Words, what: str, why: str) -> None:
    st.html(
        f'<div class="dx-top"><div class="dx-step"><div class="label">{plain(words("rhythm.next_label"))}</div>'
        f'<div class="what">{plain(what)}</div><div>{plain(why)}</div></div></div>'
    )


def calendar_button(here: Here) -> None:
    """The dates as a file for a calendar."""
    assert here.store
    words, app, store = here.words, here.app, here.store
    subheading(words("rhythm.calendar"), words("rhythm.calendar_lead"))
    st.download_button(
        words("rhythm.calendar_button"),
        lambda: calendar(app, store, words),
        file_name=words("rhythm.calendar_file"),
        mime=KIND,
        key="rhythm-calendar",
        on_click="ignore",
    )
