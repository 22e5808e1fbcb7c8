"""Where no headings are known: the first rows of each sheet, and which of them has the headings."""

from __future__ import annotations

import streamlit as st

from dxassess.text import Words
from dxassess.ui.components import block, distinct, html_table
from dxassess.usecases.catalogues import Workbook, first_rows


def headings(words: Words, workbook: Workbook, key: str) -> dict[str, int]:
    """The row of the headings a person names, by sheet; empty as long as none is named."""
    sheets = first_rows(workbook)
    if not sheets:
        return {}
    with st.container(border=True, key=f"heads-{key}"):
        block(words("catalogues.heads_why"), "quiet")
        titles = distinct({known: each.name for known, each in enumerate(sheets)})
        picked = st.selectbox(words("catalogues.heads_sheet"), list(titles), format_func=titles.__getitem__, key=f"heads-sheet-{key}")  # fmt: skip
        sheet = sheets[picked]
        rows = [(words.number(row, 0), *cells) for row, cells in sheet.rows]
        st.html(html_table([words("catalogues.item_row"), *sheet.letters], rows, numbers=(0,)))
        offered = [0, *(row for row, _ in sheet.rows)]
        row = st.selectbox(
            words("catalogues.heads_row"),
            offered,
            format_func=lambda row: words.number(row, 0) if row else words("catalogues.heads_none"),
            key=f"heads-row-{key}-{picked}",
        )
    return {sheet.name: row} if row else {}
