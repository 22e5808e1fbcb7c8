"""The order of the talk: all items with their minutes, how long it may take, and the way from item to item."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.agenda import Advice, AgendaItem
from dxassess.catalogue.model import Edition
from dxassess.text import Words
from dxassess.ui.board_parts import top
from dxassess.ui.components import block, distinct, notice, plain
from dxassess.ui.context import Here
from dxassess.ui.recognition_parts import role_label
from dxassess.ui.second_vote_parts import steps
from dxassess.ui.visit import visit
from dxassess.usecases import focus_on, set_importance, set_talk
from dxassess.usecases.board import Board, Focus

ONCE, TWICE = 1, 2
"""How often the difference of an item counts: any, and one that matters most."""


def overview(here: Here, found: Board) -> None:
    """The order of the talk with its minutes, before the first item is on the board."""
    words = here.words
    top(here, found.held, words("board.agenda"))
    assert found.agenda
    st.html(f'<p class="dx-quiet">{plain(words("board.agenda_why"))}</p>{together(words, found)}')
    left, right = st.columns([7, 3], gap="large")
    with left:
        st.html(agenda_table(words, found))
    with right:
        settings(here, found)
        way(here, found)
        steps(here, found)


def settings(here: Here, found: Board) -> None:
    """How long the whole talk may take, and whether the rule from practice speaks."""
    assert here.store
    words, workshop = here.words, found.workshop
    minutes = st.number_input(
        words("board.minutes"),
        min_value=0,
        max_value=1440,
        value=workshop.minutes,
        step=5,
        key=f"minutes-{workshop.minutes}",
    )
    rule = st.toggle(words("board.rule"), value=workshop.rule, key=f"rule-{workshop.rule}")
    block(words("board.rule_why"), "quiet")
    if minutes != workshop.minutes or rule != workshop.rule:
        set_talk(here.store, found.held, int(minutes), rule)
        st.rerun()
    important(here, found)
    by = st.text_input(words("board.facilitator"), value=visit().facilitator, max_chars=60, key="facilitator")
    visit().facilitator = by.strip()


def important(here: Here, found: Board) -> None:
    """Which items matter most to the room."""
    assert here.store
    words, edition = here.words, found.edition
    labels = distinct({known.id: _name(words, edition, known.id) for known in edition.scored})
    now = [known.id for known in edition.scored if found.workshop.importance.get(known.id, ONCE) > ONCE]
    picked = st.multiselect(
        words("board.important"),
        list(labels),
        default=now,
        format_func=lambda each: labels[each],
        placeholder=words("screen.choose"),
        key=f"important-{'-'.join(now)}",
    )
    changed = [each for each in labels if (each in picked) != (each in now)]
    for each in changed:
        set_importance(here.store, found.held, edition.indicators[each], TWICE if each in picked else ONCE)
    if changed:
        st.rerun()


def other_item(here: Here, found: Board) -> None:
    """Any item, also one the agenda has no time for."""
    assert here.store and found.focus
    words, edition = here.words, found.edition
    labels = distinct({each: _name(words, edition, each) for each in found.order})
    now = found.focus.indicator.id
    picked = st.selectbox(
        words("board.other"),
        list(labels),
        index=list(labels).index(now),
        format_func=lambda each: labels[each],
        key=f"other-{now}",
    )
    if picked != now:
        focus_on(here.store, found.held, edition.indicators[picked])
        st.rerun()


def agenda_table(words: Words, found: Board) -> str:
    """Every item in the order of the talk, by what becomes of it."""
    plan = found.agenda
    assert plan
    heads = "".join(
        f"<th{' class=number' if name in ('difference', 'minutes') else ''}>{plain(words(f'board.column_{name}'))}</th>"
        for name in ("item", "difference", "minutes", "advice", "agreed")
    )
    groups = {"talks": plan.talks, "left_out": plan.left_out, "accepted": plan.accepted}
    rows = {name: [_agenda_row(words, found, each) for each in group] for name, group in groups.items()}
    rows["unclear"] = [
        (_name(words, found.edition, each), "–", "–", "–", _agreed(words, found, each))
        for each in plan.unclear
    ]
    body = "".join(_group(words, name, lines) for name, lines in rows.items() if lines)
    return f'<div class="dx-scroll" tabindex="0"><table class="dx-table"><tr>{heads}</tr>{body}</table></div>'


def _group(words: Words, name: str, lines: Sequence[Sequence[str]]) -> str:
    title = f'<tr class="group"><td colspan="5">{plain(words(f"board.group_{name}"))}</td></tr>'
    return title + "".join(
        "<tr>"
        + "".join(
            f"<td{' class=number' if place in (1, 2) else ''}>{plain(cell)}</td>"
            for place, cell in enumerate(line)
        )
        + "</tr>"
        for line in lines
    )


def _agenda_row(words: Words, found: Board, each: AgendaItem) -> tuple[str, ...]:
    return (
        _name(words, found.edition, each.indicator),
        words.number(each.disagreement, 1),
        words("board.min", n=each.minutes) if each.minutes else "–",
        _verdict(words, each.advice) if each.advice else "–",
        _agreed(words, found, each.indicator),
    )


def _verdict(words: Words, advice: Advice) -> str:
    return words(f"board.verdict_{advice.verdict}")


def _agreed(words: Words, found: Board, indicator: str) -> str:
    decided = found.decided.get(indicator)
    return words.level(decided.answer.answer.level) if decided else ""


def _name(words: Words, edition: Edition, indicator: str) -> str:
    known = edition.indicators[indicator]
    return f"{known.code} {words.of(known.title)}"


def together(words: Words, found: Board) -> str:
    """In an anonymous round: which roles are shown together."""
    views = found.views
    if views is None or not views.merged:
        return ""
    groups = words("common.comma").join(role_label(words, views.names, group) for group in views.merged)
    said = words("recognition.merged", minimum=found.held.anonymity_minimum, groups=groups)
    return f'<p class="dx-quiet">{plain(said)}</p>'


def strip_of_agenda(here: Here, found: Board, focus: Focus) -> None:
    """The items of the talk in one line, each with its minutes; a click puts it on the board."""
    assert here.store and found.agenda
    words, memory, key = here.words, visit(), f"agenda-{found.held.id}"
    options = [each.indicator for each in found.agenda.talks]
    if focus.indicator.id not in options:
        options.append(focus.indicator.id)
    if memory.focus != focus.indicator.id or key not in st.session_state:
        st.session_state[key] = memory.focus = focus.indicator.id
    labels = {each: _chip(words, found, each, each == focus.indicator.id) for each in options}
    with st.container(key="board-agenda"):
        picked = st.pills(
            words("board.agenda"),
            options,
            format_func=lambda each: labels[each],
            key=key,
            label_visibility="collapsed",
            required=True,
            wrap=False,
        )
    if picked and picked != focus.indicator.id:
        focus_on(here.store, found.held, found.edition.indicators[picked])
        st.rerun()


def _chip(words: Words, found: Board, indicator: str, here: bool) -> str:
    known = found.edition.indicators[indicator]
    minutes = (
        next((each.minutes for each in found.agenda.talks if each.indicator == indicator), 0)
        if found.agenda
        else 0
    )
    name = notice(f"{known.code} {words.of(known.title)}") if here else notice(known.code)
    done = (
        f"{words('board.chip_done', level=_agreed(words, found, indicator))}"
        if indicator in found.decided
        else ""
    )
    return f"{name} {words('board.min', n=minutes) if minutes and not done else ''}{done}".strip()


def way(here: Here, found: Board) -> None:
    """To the item before, and to the one behind."""
    assert here.store
    words = here.words
    before, behind = found.beside(-1), found.beside(1)
    with st.container(horizontal=True, key="board-way"):
        if found.focus is not None and st.button(words("board.previous"), key="board-back"):
            _go(here, found, before)
        label = words("board.next" if found.focus else "board.begin")
        if st.button(
            label, key="board-next", disabled=behind is None, type="secondary" if found.focus else "primary"
        ):
            _go(here, found, behind)


def _go(here: Here, found: Board, indicator: str | None) -> None:
    assert here.store
    focus_on(here.store, found.held, None if indicator is None else found.edition.indicators[indicator])
    st.rerun()
