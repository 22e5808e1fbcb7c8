"""The actions over time, and by impact and effort."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.action import AHEAD, Action, by_day
from dxassess.assessment.model import Round
from dxassess.errors import RoundDamaged
from dxassess.figures import gantt, matrix
from dxassess.text import Words
from dxassess.ui.components import block, chart, html_table
from dxassess.ui.context import Here
from dxassess.ui.trouble import refused
from dxassess.usecases.actions import impacts, points_of
from dxassess.usecases.rounds import today

COLUMNS = ("matrix_number", "pick", "matrix_impact", "matrix_effort", "matrix_cost")


def timeline_view(here: Here, found: Sequence[Action]) -> None:
    """Bars from start to due day, and the actions without days in words."""
    words = here.words
    assert here.store
    now = today(here.app, here.store)
    dated, undated = by_day(found)
    chart(gantt.draw(dated, now, words), "actions-timeline", gantt.describe(dated, now, words))
    _named(words, "actions.undated", undated)


def matrix_view(here: Here, held: Round, found: Sequence[Action]) -> None:
    """The actions ahead by effort and by what each alone does to the first average; those without effort in words."""
    words = here.words
    assert here.store
    try:
        known = impacts(here.app, here.store, held, found)
    except RoundDamaged as error:
        refused(words, error)
        return
    block(words("actions.matrix_lead"), "quiet")
    ahead = [action for action in found if action.status in AHEAD]
    if ahead and not known.lifts:
        block(words("actions.no_average"), "hint")
    shown, points = points_of(known, ahead)
    chart(matrix.draw(points, words), "actions-matrix", matrix.describe(points, words))
    heads = [words(f"actions.{name}") for name in COLUMNS]
    rows = [
        (
            words.number(point.number, 0),
            action.title,
            words.signed(point.lift),
            words("action.days", amount=words.level(point.effort)),
            words("action.yen", amount=words.number(action.first_year, 0)),
        )
        for action, point in zip(shown, points, strict=True)
    ]
    if rows:
        with st.container(key="matrix-list"):
            st.html(html_table(heads, rows, numbers=(0, 2, 3, 4), card=1))
    _named(words, "actions.no_effort", [action for action in ahead if action.effort is None])


def _named(words: Words, key: str, actions: Sequence[Action]) -> None:
    if actions:
        titles = words("common.comma").join(action.title for action in actions)
        block(words(key, titles=titles), "quiet")
