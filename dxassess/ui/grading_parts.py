"""The parts of a small start that ask: which tasks there are, and how each is graded, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from dxassess.assessment.waves import GRADES, TERMS, WAVES, Candidate
from dxassess.text import Words
from dxassess.ui.asking import ask, is_asked, window, yes_or_no
from dxassess.ui.components import block, distinct, subheading
from dxassess.ui.context import Here
from dxassess.ui.start_parts import named, points
from dxassess.ui.trouble import done
from dxassess.ui.visit import visit
from dxassess.usecases.planning import as_written
from dxassess.usecases.rounds import TITLE_LIMIT
from dxassess.usecases.starting import (
    STARTERS,
    USUAL,
    action_of,
    add_starters,
    keep_candidate,
    make_action,
    newest_edition,
    next_after,
    withdraw_candidate,
)

HOURS = 10.0
ROWS = range(3)
"""Of two fields each: the five grades and the hours."""


def first_tasks(here: Here) -> None:
    """Before there is a task: what will stand here, and the one button that adds typical ones."""
    words = here.words
    with st.container(border=True, key="empty-start"):
        subheading(words("start.empty_title"))
        block(words("start.empty"))
        _starters(here, USUAL, primary=True)
    points(words)
    with st.expander(words("start.add")):
        _new(here)


def more_tasks(here: Here) -> None:
    """Further tasks: one's own, or typical ones."""
    with st.expander(here.words("start.add")):
        _new(here)
    with st.expander(here.words("start.starters")):
        block(here.words("start.starters_why"), "quiet")
        _starters(here, ())


def _starters(here: Here, chosen: Sequence[str], primary: bool = False) -> None:
    words, store = here.words, here.store
    assert store
    picked = st.segmented_control(
        words("start.departments"),
        list(STARTERS),
        selection_mode="multi",
        default=list(chosen),
        format_func=lambda department: words(f"start.group.{department}"),
        key="starters",
    )
    wanted = st.button(
        words("start.empty_button"),
        type="primary" if primary else "secondary",
        disabled=not picked,
        key="add-starters",
    )
    if wanted:
        _do(words, lambda: add_starters(store, words, picked, visit().facilitator))


def _new(here: Here) -> None:
    """A task by name and department; then it is the one to grade."""
    words, store = here.words, here.store
    assert store
    with st.form("task-new", border=False, clear_on_submit=True):
        name = st.text_input(words("start.name"), max_chars=TITLE_LIMIT, key="task-name")
        department = st.text_input(words("start.department"), max_chars=TITLE_LIMIT, key="task-department")
        if st.form_submit_button(words("start.add_save"), key="task-add"):
            _do(
                words, lambda: _go_to(keep_candidate(store, Candidate(name, department), visit().facilitator))
            )


def grading(here: Here, candidates: Sequence[Candidate]) -> None:
    """One task at a time: its grades, the hours it takes, its wave; kept in one piece."""
    words = here.words
    graded = [each for each in candidates if each.is_graded]
    subheading(words("start.list"), words("start.list_lead", n=len(graded), m=len(candidates)))
    with st.container(border=True):
        task = _current(here, candidates)
        _form(here, candidates, _as_seen(task))
        with st.container(horizontal=True):
            _to_action(here, task)
            if st.button(words("start.withdraw"), key=f"withdraw-{task.id}"):
                ask(f"withdraw-{task.id}")
    if is_asked(f"withdraw-{task.id}"):
        window(words("start.withdraw"), lambda: _withdrawal(here, task))


def _current(here: Here, candidates: Sequence[Candidate]) -> Candidate:
    """The task of the address, else the first without a grade, else the first; another can be picked."""
    known = {each.id: each for each in candidates}
    open_ones = [each for each in candidates if not each.is_graded]
    first = (open_ones or candidates)[0]
    task = known.get(st.query_params.get("task", ""), first)
    labels = distinct({each.id: named(here.words, each) for each in candidates})
    picked = st.selectbox(
        here.words("start.pick"),
        list(labels),
        index=list(labels).index(task.id),
        format_func=lambda one: labels[one],
        key=f"task-pick-{task.id}",
    )
    if picked != task.id:
        _go_to(known[picked])
        st.rerun()
    return task


def _go_to(task: Candidate) -> None:
    st.query_params["task"] = task.id


def _as_seen(task: Candidate) -> Candidate:
    """The task at the version its form was drawn with: who changes it since then is told, and nothing is lost."""
    memory = visit()
    if memory.task is None or memory.task.id != task.id:
        memory.task = task
    seen = memory.task
    assert isinstance(seen, Candidate)
    return seen


def _form(here: Here, candidates: Sequence[Candidate], task: Candidate) -> None:
    words, store, place = here.words, here.store, f"{task.id}-{task.version}"
    assert store
    with st.form(f"task-{place}", border=False):
        given = {**_grades(words, task, place), **_rest(words, task, place)}
        with st.container(horizontal=True):
            further = st.form_submit_button(words("start.save_next"), type="primary", key=f"next-{place}")
            only = st.form_submit_button(words("start.save"), key=f"keep-{place}")
    if not (further or only):
        return
    visit().task = None
    following = next_after(candidates, task) if further else task

    def keep() -> None:
        keep_candidate(store, replace(task, **given), visit().facilitator)
        _go_to(following)

    _do(words, keep)


def _grades(words: Words, task: Candidate, place: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    cells = [cell for _ in ROWS for cell in st.columns(2)]
    for term, cell in zip(TERMS, cells, strict=False):
        with cell:
            found[term] = st.segmented_control(
                words(f"start.grade.{term}"), GRADES, default=getattr(task, term), key=f"{term}-{place}"
            )
    with cells[-1]:
        hours = st.number_input(
            words("start.hours"),
            value=None if task.hours is None else float(task.hours),
            min_value=0.0,
            step=HOURS,
            format="%g",
            key=f"hours-{place}",
        )
    return {**found, "hours": None if hours is None else as_written(hours)}


def _rest(words: Words, task: Candidate, place: str) -> dict[str, Any]:
    with st.expander(words("start.more")):
        name = st.text_input(words("start.name"), task.name, TITLE_LIMIT, key=f"name-{place}")
        department = st.text_input(
            words("start.department"), task.department, TITLE_LIMIT, key=f"department-{place}"
        )
        wave = st.segmented_control(
            words("start.wave"),
            WAVES,
            default=task.wave,
            format_func=lambda wave: words("start.wave_name", wave=wave),
            key=f"wave-{place}",
        )
    return {"name": name, "department": department, "wave": wave}


def _to_action(here: Here, task: Candidate) -> None:
    """The button that makes an action of a task, or that there is one; nothing before there is a round."""
    words, store = here.words, here.store
    assert store
    edition = newest_edition(store)
    if edition is None:
        return
    action = action_of(store, edition, task)
    if action is not None:
        block(words("start.is_action", status=words(f"action.status_{action.status}")), "quiet")
    elif st.button(words("start.to_action"), key=f"to-action-{task.id}"):
        _do(words, lambda: make_action(here.app, store, edition, task, visit().facilitator))


def _withdrawal(here: Here, task: Candidate) -> bool:
    words, store = here.words, here.store
    assert store
    return yes_or_no(
        words,
        words("start.withdraw"),
        lambda: done(words, lambda: withdraw_candidate(store, task, visit().facilitator)),
        words("start.withdraw_sure", name=task.name),
    )


def _do(words: Words, do: Callable[[], object]) -> None:
    """Do something and draw the page anew, or say why not."""
    if done(words, do):
        visit().task = None
        st.rerun()
