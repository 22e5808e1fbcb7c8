"""Where a visitor is: which organisation, which round, which language. The address bar is the only memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import streamlit as st

from dxassess.assessment.model import Organisation, Round
from dxassess.errors import RoundUnknown
from dxassess.settings import from_environment
from dxassess.storage import Store
from dxassess.text import Words
from dxassess.ui.visit import visit
from dxassess.usecases import Application, open_application, organisations, standing
from dxassess.usecases.rounds import Standing

QueryParams = dict[str, str]

_PAGES = Path(__file__).parent / "pages"


def page_file(name: str) -> Path:
    """The script of a page."""
    return _PAGES / f"{name}.py"


def register(pages: Mapping[str, st.Page]) -> None:
    """Keep the pages of this run by name; called once, before any link is drawn."""
    visit().pages = pages


def page_at(name: str) -> st.Page:
    """A page as `st.switch_page` and `st.page_link` take it: they need no file system for it, as they do for a path."""
    return visit().pages[name]


@st.cache_resource(show_spinner=False)
def application() -> Application:
    """The program, opened once per process. A failure is not kept: the next visit tries again."""
    return open_application(from_environment())


@dataclass(frozen=True, slots=True)
class Here:
    """What a page is given. `store` and `where` are None while there is no organisation."""

    app: Application
    words: Words
    store: Store | None
    organisation: Organisation | None
    where: Standing | None
    round: Round | None
    address: QueryParams

    @property
    def organisation_id(self) -> str | None:
        return self.organisation.id if self.organisation else None

    @property
    def timezone(self) -> str:
        """The organisation's zone; UTC while there is none."""
        return self.organisation.timezone if self.organisation else "UTC"

    def clock(self, moment: datetime) -> str:
        """When something happened, as short as it can be told today."""
        return self.words.clock(moment, self.app.now(), self.timezone)

    def link(self, **changes: str | None) -> QueryParams:
        """Query parameters of a link that keeps organisation, round and language; None in `changes` drops one."""
        kept = {**self.address, "org": self.organisation_id, **changes}
        return {name: value for name, value in kept.items() if value}


def arrive(words: Words) -> Here:
    """Read the address bar. Raises OrganisationUnknown or RoundUnknown for ids that are not there, and StorageErrors."""
    app = application()
    asked = st.query_params.to_dict()
    address: QueryParams = {name: asked[name] for name in ("round", "lang") if name in asked}
    found = _organisation(app, asked.get("org"))
    if found is None:
        here = Here(app, words, None, None, None, None, address)
    else:
        store = app.database.store_of(found)
        where = standing(store)
        here = Here(app, words, store, found, where, _round(where, asked.get("round")), address)
    visit().here = here
    return here


def current() -> Here:
    """What `arrive` found in this run."""
    found = visit().here
    assert isinstance(found, Here)
    return found


def _organisation(app: Application, wanted: str | None) -> Organisation | None:
    if wanted:
        return app.database.organisation(wanted)
    return next(iter(organisations(app)), None)


def _round(where: Standing, wanted: str | None) -> Round | None:
    if not wanted:
        return where.running or where.last_closed
    found = where.named(wanted)
    if found is None:
        raise RoundUnknown(round=wanted)
    return found
