"""The parts of the page of quantitative indicators."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dxassess.assessment.model import Answer
from dxassess.catalogue.model import Indicator, Section
from dxassess.errors import DxAssessError, MeasureNotUnderstood
from dxassess.text import Words
from dxassess.ui.answering_parts import with_kept
from dxassess.ui.components import block, distinct, notice, plain, round_label
from dxassess.ui.context import Here, page_at
from dxassess.ui.keeping import Kept, Memory, tell_next_run, told_before
from dxassess.ui.trouble import refused
from dxassess.usecases.amounts import read_amount
from dxassess.usecases.answering import Questionnaire

FIELDS = {"amount": "current", "target_amount": "target"}


def section_choice(here: Here, asked: Questionnaire) -> Section:
    """Choose the field to fill in."""
    sections = {found.id: found for found in asked.edition.head.measures}
    titles = distinct({known: notice(here.words.of(found.title)) for known, found in sections.items()})
    picked = st.segmented_control(
        here.words("measures.section"),
        list(sections),
        default=next(iter(sections)),
        required=True,
        format_func=lambda known: f"{titles[known]}  {_done(asked, sections[known])}",
        key="measure-section",
    )
    return sections[str(picked)]


def _done(asked: Questionnaire, section: Section) -> str:
    items = tuple(asked.edition.by_code[code] for code in section.codes())
    return f"{asked.done(items)}/{len(items)}"


def onward(here: Here, asked: Questionnaire, section: Section) -> None:
    """At the end of a field: the next one, and after the last where the round is closed, or its result."""
    words, sections = here.words, asked.edition.head.measures
    behind = next((after for known, after in pairwise(sections) if known.id == section.id), None)
    if behind:
        st.button(
            words("measures.next", title=notice(words.of(behind.title))),
            key="measures-next",
            on_click=_choose_section,
            args=(behind.id,),
        )
    elif asked.held.closed:
        st.page_link(page_at("result"), label=words("rounds.see_result"), query_params=here.link())
    else:
        st.page_link(page_at("rounds"), label=words("answering.go_close"), query_params=here.link())


def _choose_section(section: str) -> None:
    st.session_state["measure-section"] = section


def leaves(section: Section) -> tuple[Section, ...]:
    """The parts of a field that hold indicators themselves, in order."""
    return tuple(found for found in section.walk() if found.items)


def items_of(asked: Questionnaire, section: Section) -> tuple[Indicator, ...]:
    """The indicators of a part."""
    return tuple(asked.edition.by_code[code] for code in section.items)


def progress_line(here: Here, asked: Questionnaire) -> None:
    """Which round, and how many have a current value."""
    measured = asked.edition.measured
    done = here.words("measures.done", n=asked.done(measured), m=len(measured))
    block(f"{round_label(here.words, asked.held)}　{done}", "saved")


def measure(
    here: Here, memory: Memory, asked: Questionnaire, item: Indicator, arrived: bool, may_type: bool
) -> Questionnaire:
    """One quantitative indicator: what to measure, current and target; kept at once."""
    assert item.measure
    told = told_before(item)
    pushed = _follow_store(memory, item, bool(arrived or told))
    with st.container(border=True):
        _head(here, asked, item)
        left, right = st.columns(2)
        before = {name: st.session_state.get(_field_key(name, item)) for name in FIELDS}
        typed = {
            name: _field(here, memory, asked, item, name, column, pushed)
            for name, column in zip(FIELDS, (left, right), strict=True)
        }
        kept = _keep(here, memory, item, before if asked.held.closed else typed, may_type)
        if kept.is_stale:
            tell_next_run(item, kept)
            st.rerun()
        error = kept.error or (told.error if told else None)
        if error:
            refused(here.words, error)
        if item.guidance:
            with st.expander(here.words("measures.guidance")):
                block(here.words.of(item.guidance))
    return with_kept(asked, kept)


def _whose_words(words: Words, item: Indicator) -> str:
    return words("measures.own" if item.wording.title == "official" else "measures.all_own")


def _head(here: Here, asked: Questionnaire, item: Indicator) -> None:
    assert item.measure
    words = here.words
    last = asked.last.get(item.id)
    was = ""
    if last and last.amount is not None:
        shown = _shown(words, item, last.amount)
        was = f'<p class="dx-quiet">{plain(words("measures.last", value=shown, unit=words.of(item.measure.unit)))}</p>'
    tags = (words(f"measures.better_{item.measure.better}"), _whose_words(words, item))
    st.html(
        f'<p class="dx-item-title">{plain(words.of(item.title))}</p><p class="dx-text">{plain(words.of(item.question))}</p>'
        + "".join(f"<span class=dx-tag>{plain(tag)}</span>" for tag in tags)
        + was
    )


def _field_key(name: str, item: Indicator) -> str:
    return f"{name}-{item.code}"


def _follow_store(memory: Memory, item: Indicator, every: bool) -> set[str]:
    """Before drawing: show what is stored now, in every field, or in those that still show what was there before.

    The keys of the fields that were given a value.
    """
    pushed: set[str] = set()
    if not every and not memory.has_moved(item):
        return pushed
    newest, base = memory.newest(item), memory.base(item)[0]
    for name in FIELDS:
        key = _field_key(name, item)
        if key in st.session_state and (every or st.session_state[key] == _shown_in_field(item, base, name)):
            st.session_state[key] = _shown_in_field(item, newest, name)
            pushed.add(key)
    return pushed


def _field(
    here: Here,
    memory: Memory,
    asked: Questionnaire,
    item: Indicator,
    name: str,
    column: DeltaGenerator,
    pushed: set[str],
) -> str | None:
    assert item.measure
    words = here.words
    key = _field_key(name, item)
    stored = _shown_in_field(item, memory.newest(item), name)
    label = words(f"measures.{FIELDS[name]}", unit=words.of(item.measure.unit))
    if item.measure.choices:
        choices = {choice.id: choice for choice in item.measure.choices}
        index = list(choices).index(stored) if key not in st.session_state and stored in choices else None
        return column.selectbox(
            label,
            list(choices),
            index=index,
            format_func=lambda choice: words.of(choices[choice]),
            placeholder=words("measures.choose"),
            key=key,
            disabled=asked.held.closed,
        )
    return column.text_input(
        notice(label),
        value=stored if stored and key not in pushed else "",
        max_chars=40,
        placeholder=words("measures.choose"),
        key=key,
        disabled=asked.held.closed,
    )


def _keep(here: Here, memory: Memory, item: Indicator, typed: dict[str, str | None], may_type: bool) -> Kept:
    """Keep what can be read; a field that cannot be read does not hold up the other."""
    assert item.measure
    if not may_type:
        return Kept()
    values: dict[str, object] = {}
    error: DxAssessError | None = None
    for name, text in typed.items():
        try:
            values[name] = read_amount(item.measure, text or "", here.words.of(item.measure.unit))
        except MeasureNotUnderstood as not_read:
            error = not_read
    kept = memory.keep(item, values)
    return Kept(kept.recorded, kept.error or error)


def _shown_in_field(item: Indicator, answer: Answer, name: str) -> str | None:
    amount = answer.amount if name == "amount" else answer.target_amount
    if amount is None:
        return None if item.measure and item.measure.choices else ""
    return amount if isinstance(amount, str) else f"{amount:f}"


def _shown(words: Words, item: Indicator, amount: Decimal | str) -> str:
    assert item.measure
    named: Answer | str = amount if isinstance(amount, str) else words.number(amount, item.measure.decimals)
    return next((words.of(choice) for choice in item.measure.choices if choice.id == named), str(named))
