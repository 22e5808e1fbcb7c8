"""The parts of a small start that show: the four points, the order with every term, the chart."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dxassess.assessment.priorities import MIDDLE
from dxassess.assessment.waves import TERMS, Candidate, Place, Weights
from dxassess.figures import bubbles
from dxassess.figures.bubbles import Bubble
from dxassess.text import Words
from dxassess.ui.components import block, chart, chart_heading, html_table, plain, subheading
from dxassess.ui.context import Here
from dxassess.usecases.starting import Start

STEPS = (0.0, 0.5, 1.0, 1.5, 2.0)
AS_IT_STANDS = 1.0
POINTS = ("small", "rank", "learn", "widen")
COLUMNS = ("rank", "task", *TERMS, "score")


def points(words: Words) -> None:
    """What makes a small start, folded away."""
    lines = "".join(f"<li>{plain(words(f'start.point_{point}'))}</li>" for point in POINTS)
    with st.expander(words("start.points")):
        st.html(f'<ol class="dx-list">{lines}</ol>')


def named(words: Words, candidate: Candidate) -> str:
    """A task with its department, where it has one."""
    if not candidate.department:
        return candidate.name
    return words("start.task", name=candidate.name, department=candidate.department)


def weights(here: Here) -> Weights:
    """The formula, and the weights people move; for this visit only."""
    words = here.words
    subheading(words("start.order"), words("start.formula"))
    with st.expander(words("start.weights")):
        block(words("start.weights_why"), "quiet")
        chosen = {
            term: st.segmented_control(
                words(f"start.weight_{term}"),
                STEPS,
                default=AS_IT_STANDS,
                format_func=lambda step: words.number(step, 1),
                key=f"start-weight-{term}",
            )
            for term in TERMS
        }
    return Weights(**{term: AS_IT_STANDS if step is None else step for term, step in chosen.items()})


def order(here: Here, found: Start) -> None:
    """How stable the order is, and the tasks with every term; those without a grade by name."""
    words = here.words
    if not found.order:
        block(words("start.nothing_graded"), "hint")
    else:
        if found.stable is not None:
            block(words("start.stable", top=found.top, share=words.percent(found.stable)), "hint")
        heads = [words(f"start.column_{name}") for name in COLUMNS]
        rows = [_row(words, place) for place in found.order]
        st.html(html_table(heads, rows, numbers=(0, 2, 3, 4, 5, 6, 7), card=1))
        if found.tied:
            block(words("start.tied"), "quiet")
    if found.order and found.ungraded:
        block(words("start.ungraded", names=_names(words, found.ungraded)), "quiet")


def _row(words: Words, place: Place) -> tuple[str, ...]:
    rank = words.number(place.rank, 0)
    return (
        words("start.rank_tied", rank=rank) if place.tied else rank,
        named(words, place.candidate),
        *(
            words("start.middle", grade=MIDDLE) if grade is None else words.number(grade, 0)
            for grade in place.candidate.grades
        ),
        words.number(place.score, 1),
    )


def _names(words: Words, candidates: Iterable[Candidate]) -> str:
    return words("common.comma").join(named(words, each) for each in candidates)


def picture(here: Here, found: Start) -> None:
    """The bubbles, which number is which task, and what is not drawn."""
    words = here.words
    drawn = [
        Bubble(each.name, each.department, each.linking, each.effect, each.hours)
        for each in found.charted
        if each.linking is not None and each.effect is not None
    ]
    said = words("start.chart_n", n=len(drawn), m=len(found.candidates))
    chart_heading(words("start.chart"), words("start.chart_see") if drawn else "", said)
    chart(bubbles.draw(drawn, words), "bubbles", bubbles.describe(drawn, words))
    lines = "".join(
        f'<li><span style="color:{mark.colour}">{mark.sign}</span> <b>{plain(name)}</b>　{plain(tasks)}</li>'
        for mark, name, tasks in bubbles.key(drawn, words)
    )
    if lines:
        st.html(f'<ul class="dx-list">{lines}</ul>')
    if drawn and found.uncharted:
        block(words("start.not_drawn", names=_names(words, found.uncharted)), "quiet")
