"""What Streamlit says of its own, in English only, in our words: names for screen readers, the lost connection.

The same small script lets the next item begin at its top, where the one before was scrolled down, and hands over a long
text whenever its writer pauses for a second (as Ctrl+Enter does): Streamlit itself waits until the field is left.

Each line: where on the screen, which attribute (None: the text itself, and nothing after it), what Streamlit says, our sentence.
What ends with a blank is the beginning of a name. Nothing a person wrote stands at these places.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import streamlit as st

from dxassess.text import LANGUAGES, Words

_SCRIPT = (Path(__file__).parent / "screen_words.js").read_text(encoding="utf-8")
_MENU = '[data-testid="stDataFrameColumnMenu"]'
_LINES: tuple[tuple[str, str | None, str, str], ...] = (
    ('a[href="#stMain"]', None, "Skip to main content", "screen.skip"),
    ('[data-testid="stSidebar"]', "aria-label", "Sidebar", "screen.sidebar"),
    ("button", "aria-label", "Expand sidebar", "screen.sidebar_open"),
    ("button", "aria-label", "Collapse sidebar", "screen.sidebar_close"),
    ('[data-testid="stSelectbox"] button', "aria-label", "Open", "screen.list_open"),
    ('[data-testid="stSelectbox"] input', "placeholder", "Choose an option", "screen.choose"),
    ('[data-testid="stMultiSelect"] button', "aria-label", "Open", "screen.list_open"),
    ('[data-testid="stMultiSelect"] [aria-label]', "aria-label", "Clear all", "screen.list_clear"),
    ('[data-testid="stMultiSelect"] [aria-label]', "aria-label", "Remove ", "screen.list_remove"),
    ('[data-testid="stMultiSelect"] [role="group"]', "aria-label", "Selected values", "screen.list_chosen"),
    ('[data-testid="stNumberInput"] button', "aria-label", "Increment", "screen.number_up"),
    ('[data-testid="stNumberInput"] button', "aria-label", "Decrement", "screen.number_down"),
    ('[data-testid="stDateInput"] [role="spinbutton"]', None, "yyyy", "screen.no_year"),
    ('[data-testid="stDateInput"] [role="spinbutton"]', None, "mm", "screen.no_month"),
    ('[data-testid="stDateInput"] [role="spinbutton"]', None, "dd", "screen.no_day"),
    ('[data-testid="stSelectboxVirtualDropdown"] [data-empty] span', None, "No results", "screen.list_none"),
    ('[data-testid="stDateInput"] button', "aria-label", "Choose date", "screen.date_open"),
    ('[data-testid="stDateInput"] [role="spinbutton"]', "aria-label", "year, ", "screen.year"),
    ('[data-testid="stDateInput"] [role="spinbutton"]', "aria-label", "month, ", "screen.month"),
    ('[data-testid="stDateInput"] [role="spinbutton"]', "aria-label", "day, ", "screen.day"),
    ('[role="dialog"]', "aria-label", "Choose date", "screen.date_open"),
    ('[role="application"], [role="grid"]', "aria-label", "Choose date, ", "screen.calendar"),
    ('[role="application"] h2', None, "Choose date, ", "screen.calendar"),
    ('[role="dialog"] button', "aria-label", "Previous month", "screen.month_before"),
    ('[role="dialog"] button', "aria-label", "Next month", "screen.month_behind"),
    (
        '[role="dialog"] span',
        None,
        "Use arrow keys to navigate dates. Enter to select. Escape to close.",
        "screen.calendar_keys",
    ),
    ('[role="dialog"] button', "aria-label", "Close", "screen.close"),
    ('[role="dialog"] h2', None, "Connection error", "screen.connection_title"),
    (
        '[role="dialog"] div:not(:has(*))',
        None,
        "Streamlit server is not responding. Are you connected to the internet?",
        "screen.connection",
    ),
    (
        '[role="dialog"] div:has(> a[href$="/CORS"])',
        None,
        "Cannot connect to Streamlit (HTTP status: 403).\n\nIf you are trying to access a Streamlit app running on "
        "another server, this could be due to the app's ",
        "screen.key_gone",
    ),
    ('[data-testid="stStatusWidget"] label', None, "Connecting", "screen.connecting"),
    ('[data-testid="stFileUploaderDropzone"] button p', None, "Upload", "screen.upload"),
    ('[data-testid="stFileUploaderDropzone"] input', "aria-label", "file upload", "screen.upload"),
    ('[data-testid="stFileUploaderDropzone"] button', "aria-label", "Add files", "screen.upload"),
    ('[data-testid="stFileUploaderDropzone"] span', None, "20MB per file", "screen.upload_limit"),
    (
        '[data-testid="stFileUploaderDropzone"] :not(:has(*))',
        None,
        "Drag and drop files here",
        "screen.upload_drop",
    ),
    ('[role="dialog"] h2', None, "Page not found", "screen.page_unknown"),
    (f'{_MENU} [role="menu"]', "aria-label", "Dataframe column menu", "screen.column"),
    (f"{_MENU} button", "aria-label", "Copy column name", "screen.column_copy"),
    (f"{_MENU} button", "title", "Copy column name", "screen.column_copy"),
    (f'{_MENU} [role="menuitem"]', None, "Sort ascending", "screen.column_up"),
    (f'{_MENU} [role="menuitem"]', None, "Sort descending", "screen.column_down"),
    (f'{_MENU} [role="menuitem"]', None, "Autosize", "screen.column_width"),
    (f'{_MENU} [role="menuitem"]', None, "Pin column", "screen.column_pin"),
    (f'{_MENU} [role="menuitem"]', None, "Unpin column", "screen.column_unpin"),
    (f"{_MENU} [title]", "title", "text", "screen.column_text"),
    (f"{_MENU} [title]", "title", "date", "screen.column_date"),
    (f"{_MENU} [title]", "title", "number", "screen.column_number"),
    (f"{_MENU} [title]", "title", "selectbox", "screen.column_choice"),
)


def screen_words(words: Words) -> None:
    """Put our sentences into the browser, which uses them from now on, also while the server cannot be reached."""
    with st.container(key="screen-words"):
        st.html(f"<script>{script(words)}</script>", unsafe_allow_javascript=True)


@cache
def script(words: Words) -> str:
    """What the browser runs; the content policy knows it (`inline_scripts`)."""
    lines = [
        {"place": place, "attribute": attribute, "said": [said, *_renderings(key)], "ours": words(key)}
        for place, attribute, said, key in _LINES
    ]
    given = json.dumps({"language": words.language, "lines": lines}, ensure_ascii=False).replace(
        "<", "\\u003c"
    )
    return f"({_SCRIPT})({given})"


def _renderings(key: str) -> list[str]:
    """Our sentence in every language: after a change of language the screen still says the other one."""
    return [Words(language)(key) for language in LANGUAGES]
