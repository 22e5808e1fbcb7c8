"""The short page somebody sees who is not let in: what this is and what to do, in both languages, without any script."""

from __future__ import annotations

from html import escape
from typing import Literal

from starlette.responses import HTMLResponse

from dxassess.text import LANGUAGES, Language, Words

Reason = Literal["no_key", "wrong_key", "too_many", "other_name", "other_site"]
FORBIDDEN, TOO_MANY = 403, 429
_NEXT: dict[Reason, tuple[str, ...]] = {
    "other_name": ("door.name_next",),
    "other_site": ("door.site_next",),
}
_WITH_KEY = ("door.voter", "door.host")
_STYLE = (
    "body{margin:0;background:#F4F7FB;color:#1F2933;font:1rem/1.8 'Hiragino Sans','BIZ UDPGothic','Yu Gothic UI',"
    "Meiryo,'Noto Sans CJK JP',system-ui,sans-serif}"
    "main{max-width:34rem;margin:0 auto;padding:2.5rem 1.25rem}section{background:#fff;border:1px solid #D9DFE6;"
    "border-radius:6px;padding:1rem 1.25rem;margin:0 0 1rem}h1{font-size:1rem;color:#14539A;margin:0 0 1rem}"
    "h2{font-size:1.2rem;line-height:1.5;margin:0 0 .5rem;text-wrap:balance;word-break:auto-phrase}p{margin:.5rem 0}a{color:#14539A}"
)
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
}


def refusal(reason: Reason, address: str, first: Language) -> HTMLResponse:
    """The page for a reason; `address` is where “open it again” leads, a path of this program."""
    languages = sorted(LANGUAGES, key=lambda language: language != first)
    body = "".join(_section(reason, address, Words(language)) for language in languages)
    page = (
        f'<!doctype html><html lang="{first}"><head><meta charset="utf-8"><title>dxassess</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>dxassess</h1>{body}</main></body></html>"
    )
    wait = {"retry-after": "60"} if reason == "too_many" else {}
    return HTMLResponse(page, TOO_MANY if wait else FORBIDDEN, {**HEADERS, **wait})


def _section(reason: Reason, address: str, words: Words) -> str:
    lines = ("door.about", *_NEXT.get(reason, _WITH_KEY))
    said = "".join(f"<p>{escape(words(key))}</p>" for key in lines)
    again = f'<p><a href="{escape(address)}">{escape(words("door.again"))}</a></p>'
    more = "" if reason in _NEXT else again
    return (
        f'<section lang="{words.language}"><h2>{escape(words(f"door.{reason}"))}</h2>{said}{more}</section>'
    )
