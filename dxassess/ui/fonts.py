"""Two small fonts in the place of two large ones of Streamlit's: 9 KB instead of 545 at the first visit (`fonts/README.md`)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import Headers
from starlette.responses import Response

from dxassess.ui.door import App, Receive, Scope, Send

MADE_FOR = "1.67."
_HERE = Path(__file__).parent / "fonts"
_FILES = {"MaterialSymbols-Rounded": "icons.woff2", "SourceSansVF": "nothing.woff2"}
_LARGE = re.compile(rf"/static/media/({'|'.join(_FILES)})[A-Za-z0-9._-]*\.woff2")
_DAY = "public, max-age=86400"


class Fonts:
    """ASGI middleware. With another version of Streamlit, whose icons may be others, it lets everything pass."""

    def __init__(self, app: App, version: str = streamlit.__version__) -> None:
        self._app = app
        known = _FILES.items() if version.startswith(MADE_FOR) else ()
        self._fonts = {large: (_HERE / small).read_bytes() for large, small in known}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a large font with the small one, and pass any other on."""
        found = _LARGE.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if not found or found[1] not in self._fonts or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        font = self._fonts[found[1]]
        version = f'"{hashlib.sha256(font).hexdigest()[:16]}"'
        headers = {"cache-control": _DAY, "etag": version}
        if version in Headers(scope=scope).get("if-none-match", ""):
            await Response(status_code=304, headers=headers)(scope, receive, send)
        else:
            await Response(font, headers=headers, media_type="font/woff2")(scope, receive, send)
