"""The form of an organisation: name, industry, size, first month of the fiscal year."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.model import Organisation
from dxassess.ui.context import Here
from dxassess.usecases.organisations import INDUSTRIES, NAME_LIMIT, SIZES

Filled = tuple[str, str, str, int]


def organisation_form(here: Here, known: Organisation | None, button: str) -> Filled | None:
    """Draw the form; what was filled in once the button is pressed, else None."""
    words = here.words
    with st.form(f"organisation-{known.id if known else 'new'}", border=True):
        name = st.text_input(
            words("home.name"),
            value=known.name if known else "",
            max_chars=NAME_LIMIT,
            placeholder=words("home.name_placeholder"),
        )
        left, middle, right = st.columns(3)
        industry = left.selectbox(
            words("rounds.industry"),
            INDUSTRIES,
            index=_place(INDUSTRIES, known.industry if known else ""),
            format_func=lambda value: words(f"rounds.industries.{value}"),
        )
        size = middle.selectbox(
            words("rounds.size"),
            SIZES,
            index=_place(SIZES, known.size if known else "up_to_300"),
            format_func=lambda value: words(f"rounds.sizes.{value}"),
        )
        first_month = right.selectbox(
            words("rounds.first_month"),
            list(range(1, 13)),
            index=list(range(1, 13)).index(known.first_month if known else 4),
            format_func=words.month,
        )
        pressed = st.form_submit_button(button, type="primary")
    return (name, industry, size, first_month) if pressed else None


def _place(options: tuple[str, ...], value: str) -> int:
    return options.index(value) if value in options else 0
