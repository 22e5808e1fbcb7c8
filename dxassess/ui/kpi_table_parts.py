"""Values of KPIs as a table: pasted or uploaded, looked at, then taken; and written out."""

from __future__ import annotations

import streamlit as st

from dxassess.errors import DxAssessError
from dxassess.ui.components import block, html_table
from dxassess.ui.context import Here
from dxassess.ui.effects_parts import amount
from dxassess.ui.forms import kept, turn
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases.effects import Book, steps_csv
from dxassess.usecases.kpis import CHANGES, TableRead, read_table, take_table, values_csv

KIND = "text/csv"
SHOWN = 20
COLUMNS = ("line", "kpi", "day", "amount", "before", "change")


def table(here: Here, found: Book) -> None:
    """In and out."""
    assert here.store
    words = here.words
    with st.expander(words("effects.table"), key="kpi-table"):
        block(words("effects.table_lead"), "quiet")
        place = turn("kpi-table")
        if (taken := st.session_state.pop("kpi-taken", None)) is not None:
            block(words("effects.taken", n=taken), "hint")
        pasted = st.text_area(
            words("effects.paste"),
            placeholder=words("effects.paste_example"),
            key=f"kpi-paste-{place}",
            height=130,
        )
        given = st.file_uploader(words("effects.upload"), type=["csv", "txt", "tsv"], key=f"kpi-file-{place}")
        if given is not None:
            _compare(here, given.getvalue(), given.name)
        elif pasted.strip():
            _compare(here, pasted.encode("utf-8", "replace"), words("effects.pasted_file"))
        with st.container(horizontal=True):
            _download(here, "values", values_csv(here.store, words.language))
            _download(here, "steps", steps_csv(found, words))


def _download(here: Here, name: str, data: bytes) -> None:
    words = here.words
    st.download_button(
        words(f"effects.export_{name}"),
        data,
        file_name=words(f"effects.export_{name}_file"),
        mime=KIND,
        key=f"kpi-export-{name}",
        on_click="ignore",
    )


def _compare(here: Here, raw: bytes, file: str) -> None:
    """What a table would change; taking it is one button. Nothing of a table that has a problem."""
    assert here.store
    words = here.words
    try:
        read = read_table(here.app, here.store, raw, file)
        _preview(here, read)
        if not read.news:
            block(words("effects.nothing_new"), "hint")
        elif st.button(words("effects.take", n=len(read.news)), type="primary", key="kpi-take"):
            taken = take_table(here.app, here.store, raw, file, visit().facilitator)
            st.session_state["kpi-taken"] = len(taken.news)
            kept("kpi-table")
            st.rerun()
    except DxAssessError as error:
        refused(words, error)


def _preview(here: Here, read: TableRead) -> None:
    words = here.words
    counts = {change: read.count(change) for change in CHANGES}
    block(words("effects.preview", blank=len(read.blank), **counts), "hint")
    heads = [words(f"effects.column_{name}") for name in COLUMNS]
    rows = [
        (
            words.number(each.row.line, 0),
            each.row.kpi.name,
            words.date(each.row.reading.day),
            amount(words, each.row.kpi, each.row.reading.amount),
            amount(words, each.row.kpi, each.before),
            words(f"effects.change_{each.change}"),
        )
        for each in read.rows
    ]
    if rows:
        st.html(html_table(heads, rows[:SHOWN], numbers=(0, 3, 4)))
    if rows[SHOWN:]:
        block(words("effects.rest", n=len(rows[SHOWN:])), "quiet")
