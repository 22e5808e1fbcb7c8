"""The parts of the plan: the order of the indicators with its terms, and what the next level of one takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dxassess.assessment.action import PlanNode
from dxassess.catalogue.cases import cases_for
from dxassess.catalogue.model import Bilingual, Indicator
from dxassess.errors import DxAssessError
from dxassess.ui.components import block, distinct, plain, subheading
from dxassess.ui.context import Here, page_at
from dxassess.ui.realism_parts import realism_note
from dxassess.ui.record_parts import action_line
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases.decisions import ideas_of
from dxassess.usecases.planning import Plan, actions_of, first_draft, next_level, say_of_node

GRADES = (1, 2, 3, 4, 5)


def groups(here: Here, found: Plan) -> None:
    """How important each group is; what is said of an indicator itself wins."""
    words = here.words
    with st.expander(words("plan.groups")):
        block(words("plan.groups_why"), "quiet")
        for group in found.edition.groups:
            said = found.said.get(group.id, PlanNode(group.id))
            importance = st.segmented_control(
                words.of(group.title),
                GRADES,
                default=said.importance,
                key=f"importance-{group.id}-{said.importance}",
            )
            _keep(here, found, said, replace(said, importance=importance))


def asked(found: Plan) -> str | None:
    """The item the address names by its code, by id; None without one."""
    code = st.query_params.get("item")
    return next((item.id for item in found.edition.scored if item.code == code), None)


def one_item(here: Here, found: Plan) -> None:
    """One item: what is said of it, and what its next level takes."""
    words, edition = here.words, found.edition
    subheading(words("plan.item"))
    first = found.order[0].terms.indicator if found.order else edition.scored[0].id
    first = asked(found) or first
    labels = distinct({item.id: f"{item.code} {words.of(item.title)}" for item in edition.scored})
    picked = st.selectbox(
        words("plan.pick"),
        list(labels),
        index=list(labels).index(first),
        format_func=lambda known: labels[known],
        key=f"plan-item-{found.held.id}-{asked(found) or ''}",
    )
    item = edition.indicators[picked]
    _grades(here, found, item)
    realism_note(here, found, item)
    _next(here, found, item)


def _grades(here: Here, found: Plan, item: Indicator) -> None:
    """How important it is, how hard to raise, and by when its target is to be reached; kept at once."""
    words = here.words
    said = found.said.get(item.id, PlanNode(item.id))
    with st.container(horizontal=True):
        importance = st.segmented_control(
            words("plan.importance"),
            GRADES,
            default=said.importance,
            key=f"importance-{item.id}-{said.importance}",
        )
        effort = st.segmented_control(
            words("plan.effort"), GRADES, default=said.effort, key=f"effort-{item.id}-{said.effort}"
        )
        due = st.date_input(words("plan.due"), value=said.due, key=f"due-{item.id}-{said.due}")
    needs = _needs(here, found, item, said)
    block(words("plan.kept"), "quiet")
    _keep(here, found, said, replace(said, importance=importance, effort=effort, due=due, needs=needs))


def _needs(here: Here, found: Plan, item: Indicator, said: PlanNode) -> frozenset[str]:
    """Which items must come first; those this round does not ask stay as they are."""
    words = here.words
    labels = distinct(
        {
            each.id: f"{each.code} {words.of(each.title)}"
            for each in found.edition.scored
            if each.id != item.id
        }
    )
    picked = st.multiselect(
        words("plan.needs"),
        list(labels),
        default=[one for one in labels if one in said.needs],
        format_func=lambda one: labels[one],
        placeholder=words("action.choose"),
        key=f"needs-{item.id}-{sorted(said.needs)}",
    )
    return said.needs.difference(labels).union(picked)


def _keep(here: Here, found: Plan, said: PlanNode, wanted: PlanNode) -> None:
    """Keep what was just chosen, where it is something else than before.

    The keys of the fields carry what is kept: where somebody else changed it, the field is drawn anew and writes nothing.
    """
    words = here.words
    if wanted != said:
        assert here.store
        try:
            say_of_node(here.store, found.edition, wanted, visit().facilitator)
        except DxAssessError as error:
            refused(words, error)
        else:
            st.rerun()


def _next(here: Here, found: Plan, item: Indicator) -> None:
    words = here.words
    there = next_level(found.edition, item, found.answers.get(item.id))
    if there.level is None:
        block(words("plan.no_level" if there.now is None else "plan.at_top"), "hint")
    else:
        text = f"　{words.of(there.words)}" if there.words else ""
        block(f"{words('plan.next', level=words.level(there.level))}{text}", "hint")
    left, right = st.columns(2, gap="large")
    with left:
        _list(words("plan.ticked"), [words.of(each) for each in there.ticked], words("plan.nothing_ticked"))
        _list(
            words("plan.missing"), [words.of(each) for each in there.missing], words("plan.nothing_missing")
        )
        _list(words("plan.later"), [words.of(each) for each in there.later])
    with right:
        _list(words("plan.evidence"), _all(here, item.evidence))
        _list(words("plan.steps"), _all(here, item.actions))
    _begin(here, found, item)
    _known(here, found, item)
    _cases(here, item)


def _begin(here: Here, found: Plan, item: Indicator) -> None:
    """One of the typical next steps, or what the room wanted to try, as the beginning of an action."""
    assert here.store
    words = here.words
    offered = [*ideas_of(here.store, found.held, item.id), *_all(here, item.actions)]
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        step = st.selectbox(words("plan.begin_with"), offered, key=f"begin-{item.id}")
        if st.button(words("plan.begin"), key=f"begin-now-{item.id}"):
            visit().draft = first_draft(found.edition, item, step)
            st.switch_page(page_at("actions"), query_params=here.link())


def _known(here: Here, found: Plan, item: Indicator) -> None:
    """What the room wanted to try, and what is done already."""
    assert here.store
    words = here.words
    ideas = ideas_of(here.store, found.held, item.id)
    doing = [action for action in actions_of(here.store, found.edition) if item.id in action.lifts]
    _list(words("plan.ideas"), ideas)
    _list(words("plan.actions"), [action_line(words, action) for action in doing])


def _cases(here: Here, item: Indicator) -> None:
    """What other companies did about something like it, as published."""
    words, known = here.words, here.app.cases
    fitting = cases_for(known, [item.id])
    if known is None or not fitting:
        return
    with st.expander(words("plan.cases", n=len(fitting))):
        block(words.of(known.notice), "quiet")
        for case in fitting:
            size = words("plan.case_size", size=words.of(case.size)) if case.size else ""
            title = words("plan.case", company=words.of(case.company), task=words.of(case.task), size=size)
            lines = [
                words(f"plan.case_{name}", said=words.of(getattr(case, name)))
                for name in ("before", "done", "effect", "source")
            ]
            _list(title, lines)


def _all(here: Here, texts: Sequence[Bilingual]) -> list[str]:
    return [here.words.of(text) for text in texts]


def _list(title: str, lines: Sequence[str], nothing: str = "") -> None:
    shown = "".join(f"<li>{plain(line)}</li>" for line in lines)
    body = f'<ul class="dx-list">{shown}</ul>' if lines else f'<p class="dx-quiet">{plain(nothing)}</p>'
    if lines or nothing:
        st.html(f'<p class="dx-quiet"><b>{plain(title)}</b></p>{body}')
