"""Where a visitor is: which organisation, which round, which language. The address bar is the only memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dxassess.assessment.model import Organisation, Round
from dxassess.errors import RoundUnknown
from dxassess.settings import from_environment
from dxassess.storage import Store
from dxassess.text import Words
from dxassess.usecases import Application, open_application, organisations, standing
from dxassess.usecases.rounds import Standing

QueryParams = dict[str, str]

_PAGES = Path(__file__).parent / "pages"


def page_file(name: str) -> Path:
    """The script of a page, as `st.switch_page` and `st.page_link` take it."""
    return _PAGES / f"{name}.py"


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

    @property
    def organisation_id(self) -> str | None:
        return self.organisation.id if self.organisation else None

    @property
    def timezone(self) -> str:
        """The organisation's zone; UTC while there is none."""
        return self.organisation.timezone if self.organisation else "UTC"

    def link(self, **changes: str | None) -> QueryParams:
        """Query parameters of a link that keeps organisation, round and language; None in `changes` drops one."""
        kept = {
            "org": self.organisation_id,
            "round": st.query_params.get("round"),
            "lang": st.query_params.get("lang"),
        }
        return {name: value for name, value in {**kept, **changes}.items() if value}


def arrive(words: Words) -> Here:
    """Read the address bar. Raises OrganisationUnknown or RoundUnknown for ids that are not there, and StorageErrors."""
    app = application()
    store = _store(app)
    if store is None:
        here = Here(app, words, None, None, None, None)
    else:
        where = standing(store)
        here = Here(app, words, store, store.organisation, where, _round(where))
    st.session_state["here"] = here
    return here


def current() -> Here:
    """What `arrive` found in this run."""
    found = st.session_state["here"]
    assert isinstance(found, Here)
    return found


def _store(app: Application) -> Store | None:
    wanted = st.query_params.get("org")
    if wanted:
        return app.database.store(wanted)
    known = organisations(app)
    return app.database.store(known[0].id) if known else None


def _round(where: Standing) -> Round | None:
    wanted = st.query_params.get("round")
    if not wanted:
        return where.running or where.last_closed
    found = where.named(wanted)
    if found is None:
        raise RoundUnknown(round=wanted)
    return found
