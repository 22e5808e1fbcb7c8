"""The form of a KPI, new or changed, and the hourly rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dxassess.assessment.kpi import KINDS, Kpi
from dxassess.assessment.period import FREQUENCIES
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.components import block, distinct, subheading
from dxassess.ui.context import Here
from dxassess.ui.forms import as_read, forget, kept, turn
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases.effects import Book
from dxassess.usecases.kpis import Template, keep_kpi, set_rate, templates
from dxassess.usecases.planning import as_written
from dxassess.usecases.rounds import TITLE_LIMIT

DIRECTIONS = ("lower", "higher")

NEW = "kpi-new"


def first_kpi(here: Here) -> None:
    """Before there is a KPI: what the page will show, and the form of the first one."""
    with st.container(border=True, key="empty-effects"):
        subheading(here.words("effects.empty_title"))
        block(here.words("effects.empty"))
        _new(here, here.words("effects.empty_button"))


def new_kpi(here: Here, found: Book) -> None:
    """One more KPI."""
    with st.expander(here.words("effects.add")):
        _new(here, here.words("effects.save"))


def change_kpi(here: Here, kpi: Kpi) -> None:
    """The settings of a KPI."""
    with st.expander(here.words("effects.change")):
        place = f"kpi-{kpi.id}"
        read = as_read(place, lambda: kpi)
        if read.version != kpi.version:
            block(here.words("effects.stale_form"), "hint")
            if st.button(here.words("actions.reload"), key=f"reload-{kpi.id}"):
                forget(place)
                st.rerun()
        _form(here, read, f"{read.id}-{read.version}", here.words("effects.save"), place)


def rate(here: Here, found: Book) -> None:
    """What an hour is worth, and saying it."""
    words = here.words
    now = None if found.rate is None else words.number(found.rate, 0)
    subheading(words("effects.rate"), words("effects.rate_lead"))
    block(words("effects.rate_now", yen=now) if now else words("effects.rate_none"))
    drawn = as_read("rate", lambda: now)
    with st.form(f"rate-{drawn}", border=False):
        typed = st.text_input(words("effects.rate_field"), drawn or "", TITLE_LIMIT, key=f"rate-yen-{drawn}")
        if st.form_submit_button(words("effects.save"), key=f"rate-save-{drawn}"):
            assert here.store
            try:
                set_rate(here.store, typed, visit().facilitator)
            except DxAssessError as error:
                refused(words, error)
            else:
                forget("rate")
                st.rerun()


def _new(here: Here, save: str) -> None:
    words, count = here.words, turn(NEW)
    found = templates(here.app.editions.values(), words)
    labels = distinct({place: _label(words, each) for place, each in enumerate(found)})
    picked = st.selectbox(
        words("effects.template"),
        [None, *labels],
        format_func=lambda place: words("effects.template_blank") if place is None else labels[place],
        key=f"template-{count}",
    )
    kpi = Kpi("") if picked is None else found[picked].kpi
    _form(here, kpi, f"new-{picked}-{count}", save, NEW)


def _label(words: Words, each: Template) -> str:
    if each.measure:
        return words("effects.template_measure", name=each.kpi.name, code=each.measure)
    return words("effects.template_own", name=each.kpi.name)


def _form(here: Here, kpi: Kpi, place: str, save: str, form: str) -> None:
    """Every field of one KPI; kept in one piece. `form` names it among those that outlive what others do."""
    words = here.words
    with st.form(f"kpi-{place}", border=False):
        name = st.text_input(words("effects.field_name"), kpi.name, TITLE_LIMIT, key=f"kpi-name-{place}")
        left, right = st.columns(2, gap="large")
        with left:
            said = _kind(words, kpi, place)
        with right:
            amounts = _amounts(words, kpi, place)
        retired = bool(kpi.id) and st.checkbox(
            words("effects.field_retired"), kpi.retired, key=f"kpi-retired-{place}"
        )
        wanted = Kpi(name, retired=retired, id=kpi.id, version=kpi.version, **said, **amounts)
        if st.form_submit_button(save, type="secondary" if kpi.id else "primary", key=f"kpi-save-{place}"):
            _keep(here, wanted, form)


def _keep(here: Here, wanted: Kpi, form: str) -> None:
    assert here.store
    try:
        keep_kpi(here.app, here.store, wanted, visit().facilitator)
    except DxAssessError as error:
        refused(here.words, error)
    else:
        forget(form)
        kept(form)
        st.rerun()


def _kind(words: Words, kpi: Kpi, place: str) -> dict[str, Any]:
    labels: dict[str, dict[Any, str]] = {
        "kind": {one: words(f"effects.kind_{one}") for one in KINDS},
        "better": {one: words(f"effects.better_{one}") for one in DIRECTIONS},
        "frequency": {one: words(f"effects.frequency_{one}") for one in FREQUENCIES},
    }
    chosen = {
        field: _choice(words(f"effects.field_{field}"), named, getattr(kpi, field), f"kpi-{field}-{place}")
        for field, named in labels.items()
    }
    texts = {
        field: st.text_input(
            words(f"effects.field_{field}"), getattr(kpi, field), TITLE_LIMIT, key=f"kpi-{field}-{place}"
        )
        for field in ("unit", "owner", "department")
    }
    return {**chosen, **texts}


def _choice(label: str, named: Mapping[Any, str], now: str, key: str) -> Any:
    options = list(named)
    return st.selectbox(label, options, index=options.index(now), format_func=lambda one: named[one], key=key)


def _amounts(words: Words, kpi: Kpi, place: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in ("baseline", "target"):
        before = getattr(kpi, field)
        number = st.number_input(
            words(f"effects.field_{field}"),
            value=None if before is None else float(before),
            step=1.0,
            key=f"kpi-{field}-{place}",
        )
        unchanged = before is not None and number == float(before)
        found[field] = before if unchanged or number is None else as_written(number)
        found[f"{field}_on"] = st.date_input(
            words(f"effects.field_{field}_on"),
            getattr(kpi, f"{field}_on"),
            key=f"kpi-{field}-on-{place}",
        )
    return found
