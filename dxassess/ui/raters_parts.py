"""The lens on the raters: signs that votes say less than they seem to. For the facilitator; it drops and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.raters import Flag
from dxassess.catalogue.model import Edition
from dxassess.text import Words
from dxassess.ui.components import block, plain
from dxassess.ui.context import Here
from dxassess.ui.recognition_parts import role_label
from dxassess.usecases import participants_of, rater_flags, role_choices
from dxassess.usecases.roles import RoleChoice


@st.fragment
def lens(here: Here, held: Round, edition: Edition) -> None:
    """Folded away; read once somebody opens it."""
    unfolded = st.expander(here.words("raters.title"), key="raters", on_change="rerun")
    if unfolded.open:
        with unfolded:
            flags(here, held, edition)


def flags(here: Here, held: Round, edition: Edition) -> None:
    """Every sign in a sentence, with what it may mean."""
    assert here.store
    words = here.words
    block(words("raters.lead"), "quiet")
    if not held.named:
        block(words("raters.anonymous", minimum=held.anonymity_minimum), "quiet")
    found = rater_flags(here.store, held)
    names = {one.id: one.name for one in participants_of(here.store, held)}
    roles = role_choices(here.store, edition)
    lines = "".join(f"<li>{_line(words, edition, flag, names, roles)}</li>" for flag in found)
    st.html(f'<ul class="dx-list">{lines}</ul>' if found else f"<p>{plain(words('raters.none'))}</p>")


def _line(
    words: Words,
    edition: Edition,
    flag: Flag,
    names: Mapping[str, str],
    roles: tuple[RoleChoice, ...],
) -> str:
    role = role_label(words, roles, flag.role) if flag.role else ""
    item = edition.indicators.get(flag.indicator or "")
    values: dict[str, object] = {
        "who": words("common.comma").join(names[each] for each in flag.respondents if names.get(each))
        or role,
        "role": role,
        "n": flag.people,
        "level": words.level(flag.level),
        "item": f"{item.code} {words.of(item.title)}" if item else "",
    }
    if flag.role or item:
        said = words(f"raters.{flag.sign}", **values)
    else:
        said = words(f"raters.{flag.sign}_people", **values)
    minute = words("raters.same_minute") if flag.same_minute else ""
    why = words(f"raters.{flag.sign}_why")
    return f'{plain(said)}{plain(minute)}<p class="dx-under">{plain(why)}</p>'
