"""The ballot's pages as HTML. Whatever people or catalogues wrote goes through `plain`, or travels as JSON and is set as text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path

from dxassess.text import Language, Words
from dxassess.ui.routes import ASSETS

_HERE = Path(__file__).parent
TYPES = {"ballot.js": "text/javascript; charset=utf-8", "ballot.css": "text/css; charset=utf-8"}
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
}
LONGEST_NAME = 60


@cache
def assets() -> Mapping[str, tuple[bytes, str]]:
    """Script and style sheet: name with the hash of its content → (content, type). A changed file has another name."""
    found = {name: (_HERE / name).read_bytes() for name in TYPES}
    return {_named(name, content): (content, TYPES[name]) for name, content in found.items()}


def _named(name: str, content: bytes) -> str:
    stem, _, ending = name.partition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.{ending}"


def _address(ending: str) -> str:
    return f"{ASSETS}/{next(name for name in assets() if name.endswith(ending))}"


def plain(text: str) -> str:
    """Text for HTML: every sign stays the sign it is."""
    return escape(text)


def document(words: Words, title: str, top: str, main: str, data: object = None) -> str:
    """A whole page. `data` is handed to the script; without it there is no script."""
    script = "" if data is None else f'{_data(data)}<script src="{_address(".js")}" defer></script>'
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8"><title>{plain(title)} – dxassess</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{_address(".css")}"></head>'
        f'<body><header class="top">{top}</header><main>{main}</main>{script}</body></html>'
    )


def _data(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(sign, code)
    return f'<script type="application/json" id="ballot">{text}</script>'


def top(words: Words, said: Iterable[str], other: str) -> str:
    """The line above every page: organisation, round and what is promised; and the way to the other language."""
    first, *rest = said
    lines = "".join(f"　{plain(line)}" for line in rest if line)
    language: Language = "en" if words.language == "ja" else "ja"
    return (
        f"<span><b>{plain(first)}</b>{lines}</span>"
        f'<a href="{plain(other)}" lang="{language}">{plain(words("ballot.language"))}</a>'
    )


def message(words: Words, title: str, *lines: str) -> str:
    """A page that only says something."""
    said = "".join(f"<p>{plain(line)}</p>" for line in lines)
    return document(words, title, top(words, ["dxassess"], _other(words)), f"<h1>{plain(title)}</h1>{said}")


def _other(words: Words) -> str:
    return "?lang=en" if words.language == "ja" else "?lang=ja"


def join_page(
    words: Words,
    head: str,
    promise: str,
    roles: Mapping[str, str],
    *,
    asks_name: bool,
    problem: str = "",
    name: str = "",
) -> str:
    """Choose a role (id → name); in a named round also say one's name. `problem`: why the last try was not taken."""
    rows = "".join(
        f'<label class="row"><input type="radio" name="role" value="{plain(role)}" required><span><b>{plain(said)}</b></span></label>'
        for role, said in roles.items()
    )
    asked = (
        f'<label class="field" for="name">{plain(words("ballot.join_name"))}</label><p class="quiet">{plain(words("ballot.join_name_why"))}</p>'
        f'<input type="text" id="name" name="name" required maxlength="{LONGEST_NAME}" autocomplete="name" value="{plain(name)}">'
        if asks_name
        else ""
    )
    main = (
        f'<h1>{plain(words("ballot.join_title"))}</h1>{_warning(problem)}<p class="note">{plain(promise)}</p>'
        f'<form method="post"><p>{plain(words("ballot.join_lead"))}</p><fieldset><legend>{plain(words("ballot.join_role"))}</legend>'
        f'{rows}</fieldset>{asked}<p><button class="primary wide">{plain(words("ballot.join_button"))}</button></p></form>'
    )
    return document(words, words("ballot.join_title"), head, main)


def personal_page(words: Words, head: str, promise: str, who: str, problem: str = "") -> str:
    """A personal link: one button, so that a preview of the link by a messenger does not use it up."""
    main = (
        f'<h1>{plain(words("ballot.join_title"))}</h1>{_warning(problem)}<p>{plain(who)}</p><p class="note">{plain(promise)}</p>'
        f'<form method="post"><button class="primary wide">{plain(words("ballot.join_button"))}</button></form>'
    )
    return document(words, words("ballot.join_title"), head, main)


def _warning(problem: str) -> str:
    return f'<p class="note warn" role="alert">{plain(problem)}</p>' if problem else ""


def ballot_page(words: Words, head: str, data: Mapping[str, object]) -> str:
    """The ballot itself; the script draws it from `data` (`payload.ballot_data`)."""
    return document(
        words, words("ballot.title"), head, f"<noscript>{plain(words('ballot.no_script'))}</noscript>", data
    )
