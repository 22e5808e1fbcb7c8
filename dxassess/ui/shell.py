"""What surrounds every page: language, page list, sidebar, the mark of sample data."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dxassess.errors import SettingNotUnderstood
from dxassess.settings import from_environment
from dxassess.text import LANGUAGES, Language, Words
from dxassess.ui.components import notice, plain
from dxassess.ui.context import Here, page_at, page_file, register
from dxassess.ui.screen_words import screen_words
from dxassess.ui.visit import visit
from dxassess.usecases import organisations
from dxassess.usecases.planning import overdue

_STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
PAGE_NAMES = (
    "home",
    "answering",
    "measures",
    "workshop",
    "board",
    "result",
    "recognition",
    "record",
    "plan",
    "actions",
    "start",
    "effects",
    "progress",
    "movement",
    "compare",
    "rhythm",
    "asof",
    "editions",
    "rounds",
    "catalogues",
    "about",
)


def spoken() -> Words:
    """The language of the address bar, else of the settings (Japanese by default)."""
    return Words(_language(st.query_params.get("lang") or _usual()))


def _usual() -> str:
    try:
        return from_environment().language
    except SettingNotUnderstood:
        return LANGUAGES[0]


def _language(wanted: str) -> Language:
    return next((language for language in LANGUAGES if language == wanted), "ja")


def pages(words: Words) -> list[st.Page]:
    """Every page, the first of them the default."""
    made = {
        name: st.Page(
            page_file(name),
            title=f"{words(f'{name}.title')} – dxassess",
            url_path=None if name == "home" else name,
            default=name == "home",
        )
        for name in PAGE_NAMES
    }
    register(made)
    return list(made.values())


def style() -> None:
    """The program's style sheet."""
    st.html(f"<style>{_STYLE}</style>")


def sidebar(here: Here, page: st.Page) -> None:
    """Organisation, the way to every page, and `page` in the other language."""
    with st.sidebar:
        if here.organisation:
            st.html(f'<div class="dx-brand">dxassess</div>{_organisation_line(here)}')
            _switch(here)
        else:
            st.html('<div class="dx-brand">dxassess</div>')
        for name in PAGE_NAMES:
            st.page_link(page_at(name), label=here.words(f"{name}.title"), query_params=here.link())
        _overdue(here)
        _languages(here, page)
        _keep_address(page)
        screen_words(here.words)


def _organisation_line(here: Here) -> str:
    assert here.organisation
    return f'<div class="dx-organisation">{plain(here.organisation.name)}</div>'


def _switch(here: Here) -> None:
    others = [known for known in organisations(here.app) if known.id != here.organisation_id]
    if not others:
        return
    with st.popover(here.words("common.switch_organisation"), width="stretch"):
        for known in others:
            st.page_link(
                page_at("home"), label=notice(known.name), query_params=here.link(org=known.id, round=None)
            )


def _overdue(here: Here) -> None:
    """On every page: how many actions should be done by now."""
    late = len(overdue(here.app, here.store)) if here.store else 0
    if late:
        with st.container(key="overdue"):
            st.page_link(
                page_at("actions"), label=here.words("action.overdue_n", n=late), query_params=here.link()
            )


def _languages(here: Here, page: st.Page) -> None:
    other: Language = "en" if here.words.language == "ja" else "ja"
    kept = {name: st.query_params.get(name) for name in ("item", "day", "edition")}
    with st.container(key="language"):
        st.page_link(
            page, label=Words(other)("common.language_name"), query_params=here.link(lang=other, **kept)
        )


def _keep_address(page: st.Page) -> None:
    """A link from a page to itself changes what is asked for but not the address bar: what was asked is put there."""
    asked = st.query_params.to_dict()
    now = (page.url_path, asked.get("org"), asked.get("lang"))
    memory = visit()
    before = memory.asked
    if before and before != now and before[0] == now[0] and (now[1] or now[2]):
        st.query_params.from_dict(asked)
    memory.asked = now


def sample_mark(here: Here) -> None:
    """On every page of the sample company: that it is one."""
    if here.organisation and here.organisation.sample:
        st.html(f'<div class="dx-sample" role="note">{plain(here.words("common.sample"))}</div>')
