"""The ballot's pages as HTML. Whatever people or catalogues wrote goes through `plain`, or travels as JSON and is set as text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from dxassess.text import Language, Words
from dxassess.ui.routes import ASSETS

_HERE = Path(__file__).parent
TYPES = {"ballot.js": "text/javascript; charset=utf-8", "ballot.css": "text/css; charset=utf-8"}
LONGEST_NAME = 60
_NEVER_IN_SCRIPT = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Top:
    """What stands above every page: organisation, round, as whom, what is promised."""

    organisation: str
    round: str
    who: str = ""
    promise: str = ""


@dataclass(frozen=True, slots=True)
class JoinForm:
    """What every page of joining has: what is promised, what makes the form its own; why the last try was not taken, and its name.

    `again`: somebody of that name is there, and the person may say that they are another.
    """

    promise: str
    once: str
    problem: str = ""
    name: str = ""
    again: bool = False


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


def _alone(text: str) -> str:
    """Text people wrote inside a line of ours: its direction of writing stays its own."""
    return f"<bdi>{plain(text)}</bdi>"


def document(words: Words, title: str, top: Top, main: str, data: object = None) -> str:
    """A whole page. `data` is handed to the script; without it there is no script."""
    script = "" if data is None else f'{_data(data)}<script src="{_address(".js")}" defer></script>'
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8"><title>{plain(title)} – dxassess</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{_address(".css")}"></head>'
        f"<body>{_header(words, top)}<main>{main}</main>{script}</body></html>"
    )


def _data(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, code in _NEVER_IN_SCRIPT.items():
        text = text.replace(sign, code)  # `translate` takes many times as long
    return f'<script type="application/json" id="ballot">{text}</script>'


def _header(words: Words, top: Top) -> str:
    other: Language = "en" if words.language == "ja" else "ja"
    said = "".join(f"<span>{_alone(line)}</span>" for line in (top.who, top.promise) if line)
    return (
        f'<header class="top"><div><div>{_alone(top.organisation)}</div><b>{_alone(top.round)}</b>{said}</div>'
        f'<a href="?lang={other}" lang="{other}">{plain(words("ballot.language"))}</a></header>'
    )


def message(words: Words, title: str, said: str, back: str = "") -> str:
    """A page that only says something; with a way back to the ballot where there is one."""
    link = f'<p><a class="button" href="{plain(back)}">{plain(words("ballot.role.back"))}</a></p>'
    main = f"<h1>{plain(title)}</h1><p>{plain(said)}</p>{link if back else ''}"
    return document(words, title, Top("dxassess", ""), main)


def open_page(
    words: Words, top: Top, form: JoinForm, roles: Mapping[str, str], *, asks_name: bool, role: str = ""
) -> str:
    """Choose a role (id → name); in a named round also say one's name."""
    asked = f"{_roles(words, roles, role)}{_name(words, form.name) if asks_name else ''}"
    another = (
        f'<p><button class="wide" name="again" value="1">{plain(words("ballot.join.again"))}</button></p>'
    )
    return _joining(words, top, form, asked, choice=another if form.again else "")


def personal_page(
    words: Words, top: Top, form: JoinForm, who: str, sitting: str, other: str, *, is_device: bool = False
) -> str:
    """A personal link: one button. `sitting`: as whom this device votes already; `other` leads to that ballot.

    A link from another device of the person has a second one: to go on beside it, and be seen there.
    """
    going_on = (
        f'<p class="note">{plain(words("ballot.join.other", who=sitting))}</p>'
        f'<p><a class="button wide" href="{plain(other)}">{plain(words("ballot.join.other_button", who=sitting))}</a></p>'
    )
    asked = f"<p>{plain(who)}</p>"
    if not is_device:
        return _joining(words, top, form, asked, going_on if sitting else "")
    asked += f'<p class="note">{plain(words("ballot.join.device"))}</p>'
    beside = (
        f'<p class="note warn">{plain(words("ballot.join.beside"))}</p>'
        f'<p><button class="wide" name="beside" value="1">{plain(words("ballot.join.beside_button"))}</button></p>'
    )
    return _joining(words, top, form, asked, going_on if sitting else "", beside)


def _joining(words: Words, top: Top, form: JoinForm, asked: str, below: str = "", choice: str = "") -> str:
    title = words("ballot.join.title")
    problem = f'<p class="note warn" role="alert">{plain(form.problem)}</p>' if form.problem else ""
    main = (
        f'<h1>{plain(title)}</h1>{problem}<form method="post">{asked}<p class="note">{plain(form.promise)}</p>'
        f'<input type="hidden" name="once" value="{plain(form.once)}">{_button(words("ballot.join.button"))}{choice}</form>{below}'
    )
    return document(words, title, top, main)


def role_page(words: Words, top: Top, roles: Mapping[str, str], role: str, back: str) -> str:
    """Another role, before the first answer."""
    title = words("ballot.role.title")
    main = (
        f'<h1>{plain(title)}</h1><p>{plain(words("ballot.role.lead"))}</p><form method="post">{_roles(words, roles, role)}'
        f'{_button(words("ballot.role.button"))}</form><p><a class="button wide" href="{plain(back)}">{plain(words("ballot.role.back"))}</a></p>'
    )
    return document(words, title, top, main)


def _roles(words: Words, roles: Mapping[str, str], chosen: str) -> str:
    rows = "".join(
        f'<label class="row"><input type="radio" name="role" value="{plain(role)}" required{" checked" * (role == chosen)}>'
        f"<span><b>{_alone(said)}</b></span></label>"
        for role, said in roles.items()
    )
    return f"<fieldset><legend>{plain(words('ballot.join.role'))}</legend>{rows}</fieldset>"


def _name(words: Words, name: str) -> str:
    return (
        f'<label class="field" for="name">{plain(words("ballot.join.name"))}</label>'
        f'<input type="text" id="name" name="name" required maxlength="{LONGEST_NAME}" autocomplete="name" value="{plain(name)}">'
    )


def _button(label: str) -> str:
    return f'<p><button class="primary wide">{plain(label)}</button></p>'


def ballot_page(words: Words, top: Top, data: Mapping[str, object]) -> str:
    """The ballot itself; the script draws it from `data` (`payload.ballot_data`)."""
    without = f"<noscript>{plain(words('ballot.no_script'))}</noscript>"
    return document(words, words("ballot.title"), top, without, data)
