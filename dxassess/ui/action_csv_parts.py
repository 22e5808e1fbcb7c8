"""Actions out and in as a table for a spreadsheet: first what would change, then all of it or nothing."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from dxassess.assessment.action import FIELDS, Action
from dxassess.catalogue.model import Edition
from dxassess.errors import DxAssessError
from dxassess.ui.action_form_parts import changed
from dxassess.ui.action_parts import said, titles_of
from dxassess.ui.components import block, html_table
from dxassess.ui.context import Here
from dxassess.ui.forms import as_read, forget
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases.actions import Row, Table, action_table, read_table, take_table

KIND = "text/csv"
COLUMNS = ("csv_row", "csv_what", "csv_detail")


def spreadsheet(here: Here, edition: Edition) -> None:
    """Export and import, folded away."""
    words = here.words
    assert here.store
    store = here.store
    with st.expander(words("actions.csv")):
        block(words("actions.csv_how"), "quiet")
        st.download_button(
            words("actions.csv_export"),
            lambda: action_table(store, edition, words),
            file_name=words("actions.csv_file"),
            mime=KIND,
            key="actions-export",
            on_click="ignore",
        )
        place = f"import-{here.organisation_id}-{edition.id}"
        taken: tuple[int, ...] = as_read(place, tuple)
        given = st.file_uploader(
            words("actions.csv_upload"), type=["csv", "txt", "tsv"], key=f"{place}-{len(taken)}"
        )
        if given:
            _given(here, edition, given.name, given.getvalue(), place)
        elif taken:
            block(words("actions.csv_taken", n=taken[-1]), "hint")


def _given(here: Here, edition: Edition, name: str, raw: bytes, place: str) -> None:
    """What the table would change; it is taken as it was shown, whatever others change meanwhile."""
    words = here.words
    assert here.store
    app, store = here.app, here.store
    seen = f"{place}-{sha256(raw).hexdigest()}"
    try:
        table = as_read(seen, lambda: read_table(app, store, edition, name, raw, words.language))
        if not table.added and not table.changed:
            block(words("actions.csv_nothing", n=table.unchanged), "hint")
            return
        _preview(here, edition, table)
        if st.button(words("actions.csv_take"), type="primary", key="actions-take"):
            count = take_table(store, edition, table, visit().facilitator)
            visit().read[place] = (*as_read(place, tuple), count)
            forget(seen)
            st.rerun()
    except DxAssessError as error:
        forget(seen)
        refused(words, error)


def _preview(here: Here, edition: Edition, table: Table) -> None:
    words = here.words
    assert here.store
    block(
        words(
            "actions.csv_summary",
            added=len(table.added),
            changed=len(table.changed),
            unchanged=table.unchanged,
        ),
        "hint",
    )
    after = [row.after for row in table.rows]
    titles = {**titles_of(here.store.actions()), **{action.id: action.title for action in after}}
    heads = [words(f"actions.{name}") for name in COLUMNS]
    rows = [_row(here, edition, titles, row) for row in table.rows if row.before is None or row.changes]
    st.html(html_table(heads, rows, numbers=(0,)))


def _row(here: Here, edition: Edition, titles: dict[str, str], row: Row) -> tuple[str, ...]:
    words, number = here.words, here.words.number(row.line, 0)
    if row.before is None:
        lines = (
            words(
                "actions.field",
                field=words(f"action.column_{name}"),
                after=said(words, edition, titles, row.after, name),
            )
            for name in FIELDS
            if getattr(row.after, name) != getattr(Action("", edition.id), name)
        )
        return number, words("actions.csv_add"), "\n".join(lines)
    before = row.before
    lines = (changed(words, edition, titles, before, row.after, name) for name in row.changes)
    return number, words("actions.csv_change"), "\n".join([before.title, *lines])
