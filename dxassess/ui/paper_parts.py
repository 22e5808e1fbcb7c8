"""People without a device: a ballot each as an Excel file, and all of them back at once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.paper import STANDINGS
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.components import block, html_table, subheading
from dxassess.ui.context import Here
from dxassess.ui.guests_parts import misread_line
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases.guest_list import Guest, read_guests
from dxassess.usecases.paper import PapersRead, Upload, bundle, enter_papers, hand_out, read_papers
from dxassess.usecases.roles import RoleChoice
from dxassess.usecases.room import Room

KIND = "application/zip"


def on_paper(here: Here, found: Room, roles: Sequence[RoleChoice]) -> None:
    """Hand out and take back, one below the other."""
    words, held = here.words, found.held
    block(words("workshop.paper.why"), "quiet")
    subheading(words("workshop.paper.out"))
    _hand_out(here, held, roles)
    subheading(words("workshop.paper.back"), words("workshop.paper.back_why"))
    _take_back(here, held, {role.id: role for role in roles})


def _hand_out(here: Here, held: Round, roles: Sequence[RoleChoice]) -> None:
    words = here.words
    text = st.text_area(
        words("workshop.invite.people"),
        placeholder=words("workshop.invite.people_example"),
        key=f"paper-{held.id}-{len(visit().papers.get(held.id, b''))}",
        height=110,
    )
    guests, misread = read_guests(text, roles, named=held.named)
    for line in misread:
        block(misread_line(words, line), "hint")
    if guests and st.button(words("workshop.paper.make", n=len(guests)), type="primary", key="make-paper"):
        _make(here, held, guests)
    made = visit().papers.get(held.id)
    if made is not None:
        block(words("workshop.paper.made"), "hint")
        st.download_button(
            words("workshop.paper.download"),
            made,
            file_name=words("workshop.paper.file", title=held.title),
            mime=KIND,
            key="paper-zip",
            on_click="ignore",
        )


def _make(here: Here, held: Round, guests: Sequence[Guest]) -> None:
    assert here.store
    people = [(guest.role, guest.name) for guest in guests]
    try:
        visit().papers[held.id] = bundle(hand_out(here.store, held, people, here.words, visit().facilitator))
    except DxAssessError as error:
        refused(here.words, error)
        return
    st.rerun()


def _take_back(here: Here, held: Round, roles: dict[str, RoleChoice]) -> None:
    assert here.store
    words = here.words
    given = st.file_uploader(
        words("workshop.paper.upload"), accept_multiple_files=True, key=f"papers-{held.id}"
    )
    if not given:
        return
    files = [Upload(each.name, each.getvalue()) for each in given]
    try:
        read = read_papers(here.store, held, files)
        _compared(words, read, roles)
        if read.changes and st.button(
            words("workshop.paper.enter", n=len(read.ballots)), type="primary", key="enter-paper"
        ):
            entered = enter_papers(here.store, held, files, visit().facilitator)
            block(words("workshop.paper.entered", n=len(entered.ballots), answers=entered.changes), "hint")
    except DxAssessError as error:
        refused(words, error)


def _compared(words: Words, read: PapersRead, roles: dict[str, RoleChoice]) -> None:
    """Per ballot how many answers are new, changed, the same and blank; never which level. And what is not taken, and why."""
    heads = [words(f"workshop.paper.column_{name}") for name in ("who", "file", *STANDINGS)]
    rows = [
        (
            each.respondent.name or words.of(roles[each.respondent.role]),
            each.file,
            *(words.number(len(each.codes[standing]), 0) for standing in STANDINGS),
        )
        for each in read.ballots
    ]
    if rows:
        st.html(html_table(heads, rows, numbers=(2, 3, 4, 5)))
        block(words("workshop.paper.secret" if read.changes else "workshop.paper.nothing_new"), "quiet")
    for problem in read.problems:
        block(words.problem(problem), "hint")
