"""Which actions to take within a budget, person-days and a date; in words, with what was left out and why."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.action import Action
from dxassess.assessment.path import LeftOut, Limits, Path
from dxassess.assessment.scoring import reach
from dxassess.catalogue.model import Edition
from dxassess.figures import whatif
from dxassess.figures.whatif import Reach
from dxassess.text import Words
from dxassess.ui.components import block, chart, chart_heading, plain, subheading
from dxassess.ui.context import Here
from dxassess.ui.result_parts import chart_label
from dxassess.usecases.planning import AIMS, Plan, Way, as_written, best_way, goals

HALF = 0.5


def path(here: Here, found: Plan) -> None:
    """The limits, the aim, and the set that was found."""
    words = here.words
    subheading(words("path.title"), words("path.lead"))
    with st.form("path", border=True):
        left, right = st.columns(2, gap="large")
        with left:
            aim = st.radio(
                words("path.aim"), AIMS, format_func=lambda one: words(f"path.aim_{one}"), key="path-aim"
            )
            low, usual, high = goals(found.edition)
            floor = st.number_input(words("path.floor"), low, high, usual, HALF, key="path-floor")
        with right:
            yen = st.number_input(words("path.yen"), value=None, min_value=0, step=1, key="path-yen")
            days = st.number_input(words("path.days"), value=None, min_value=0.0, step=HALF, key="path-days")
            by = st.date_input(words("path.by"), value=None, key="path-by")
            running = st.checkbox(words("path.running"), value=True, key="path-running")
        wanted = st.form_submit_button(words("path.find"), type="primary", key="path-find")
    if wanted:
        assert here.store
        limits = Limits(yen, None if days is None else as_written(days), by, running)
        way = best_way(here.store, found, limits, aim, as_written(floor))
        told(words, way)
        if way.path.chosen:
            picture(words, found.edition, way)


def picture(words: Words, edition: Edition, way: Way) -> None:
    """Today, with the plan, and the target: of the average and of every group."""
    reaches = [
        Reach(
            chart_label(words, edition, step.section.id), step.now, step.then, step.target, step is way.first
        )
        for step in way.steps
    ]
    chart_heading(words("path.picture"), "", words("path.picture_why", n=way.items))
    top = reach(edition, [step.section.id for step in way.steps])
    chart(whatif.draw(reaches, edition.scale, words, "", top), "whatif", whatif.describe(reaches, words))


def told(words: Words, way: Way) -> None:
    """What was found, in words."""
    if not way.path.reached:
        block(words("path.unreachable"), "hint")
        if way.most is not None:
            block(words("path.most", most=words.number(way.most)), "quiet")
        return
    if way.is_met:
        block(words("path.already"), "hint")
        return
    if not way.path.chosen:
        block(words("path.nothing"), "hint")
    else:
        block(_sum(words, way), "distance")
        if way.first.target is not None:
            block(words("path.aimed", target=words.number(way.first.target)), "quiet")
        _list(words("path.chosen"), [_line(words, action) for action in way.path.chosen])
    if way.path.left_out:
        _list(words("path.left_out"), [_why(words, each) for each in way.path.left_out])


def _sum(words: Words, way: Way) -> str:
    found: Path = way.path
    return words(
        "path.found",
        n=len(found.chosen),
        items=way.items,
        now=words.number(way.first.now),
        then=words.number(found.value),
        yen=words.number(found.yen, 0),
        days=words.level(found.days),
    )


def _line(words: Words, action: Action) -> str:
    """What a chosen action costs, in its first year and in days, and by when it is due."""
    said = [
        words("action.yen", amount=words.number(action.first_year, 0)),
        *([words("action.days", amount=words.level(action.effort))] if action.effort is not None else []),
        *([words("actions.until", day=words.date(action.due))] if action.due else []),
    ]
    return words("path.line", title=action.title, said=words("common.comma").join(said))


def _why(words: Words, each: LeftOut) -> str:
    other = each.because.title if each.because else ""
    return words(f"path.why_{each.why}", title=each.action.title, other=other)


def _list(title: str, lines: list[str]) -> None:
    shown = "".join(f"<li>{plain(line)}</li>" for line in lines)
    st.html(f'<p class="dx-quiet"><b>{plain(title)}</b></p><ul class="dx-list">{shown}</ul>')
