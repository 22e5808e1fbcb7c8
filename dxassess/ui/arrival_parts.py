"""When the targets are reached if the pace goes on: one sentence, the picture of the whole, and a line for every group."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.arrival import COVERS, FARTHEST, LEAST_ROUNDS, WIDEST
from dxassess.assessment.realism import LEAST_DAYS
from dxassess.assessment.scoring import reach
from dxassess.figures import arrival
from dxassess.figures.arrival import Way, month
from dxassess.text import Words
from dxassess.ui.components import block, chart, chart_heading, html_table
from dxassess.ui.context import Here
from dxassess.usecases.arrival import Course, courses
from dxassess.usecases.progress import Progress


def outlook(here: Here, found: Progress) -> None:
    """Where the last rounds lead; the reason where that cannot be said."""
    assert here.store
    words = here.words
    first, *others = courses(here.app, here.store, found)
    if first.arrival.why == "rounds":
        block(words("arrival.headline", title=words("arrival.title"), said=_when(words, first)), "quiet")
        return
    chart_heading(words("arrival.title"), _headline(words, first))
    way = Way(first.points, first.target, first.arrival)
    top = reach(found.edition, [first.section.id])
    chart(arrival.draw(way, found.edition.scale, words, "", top), "arrival", arrival.describe(way, words))
    counts = words.n_of_m(first.items, first.asked)
    block(
        words("arrival.how", covers=words.percent(COVERS), rounds=first.arrival.rounds, counts=counts),
        "quiet",
    )
    if others:
        with st.expander(words("arrival.groups")):
            st.html(_table(words, (first, *others)))


def _headline(words: Words, course: Course) -> str:
    return words("arrival.headline", title=words.of(course.section.title), said=_when(words, course))


def _when(words: Words, course: Course) -> str:
    """When the target is reached, or why that cannot be said."""
    made = course.arrival
    if made.reached:
        return words("arrival.reached", target=words.number(course.target))
    if made.earliest and made.latest:
        return words(
            "arrival.between",
            n=made.rounds,
            target=words.number(course.target),
            earliest=month(made.earliest, words),
            latest=month(made.latest, words),
        )
    return words(
        f"arrival.why_{made.why}",
        n=made.rounds,
        least=LEAST_ROUNDS,
        days=LEAST_DAYS,
        years=FARTHEST,
        wide=WIDEST,
        counts=words.n_of_m(course.items, course.asked),
        pace=words.signed(made.pace),
        slowest=words.signed(made.slowest),
        fastest=words.signed(made.fastest),
    )


def _pace(words: Words, course: Course) -> str:
    made = course.arrival
    if made.pace is None:
        return "–"
    return words(
        "arrival.pace",
        pace=words.signed(made.pace),
        slowest=words.signed(made.slowest),
        fastest=words.signed(made.fastest),
    )


def _table(words: Words, found: tuple[Course, ...]) -> str:
    heads = [words(f"arrival.column_{head}") for head in ("title", "counts", "pace", "target", "when")]
    rows = [
        (
            words.of(course.section.title),
            words.n_of_m(course.items, course.asked),
            _pace(words, course),
            words.number(course.target),
            _when(words, course),
        )
        for course in found
    ]
    return html_table(heads, rows, card=0)
