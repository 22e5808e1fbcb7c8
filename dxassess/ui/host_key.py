"""The host's key: who holds it may open every page. A link carries it once; from then on a cookie does.

The cookie is made from the key and does not tell it. Neither is kept anywhere: a fresh key is made at each start, unless
`DXASSESS_HOST_KEY` sets one.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable

from dxassess.settings import Settings

PARAMETER = "key"
MARK_SECONDS = 20
_BYTES = 32


class HostKey:
    """A key of 256 bits, or the one that was set."""

    def __init__(self, key: str = "", port: int = 0) -> None:
        self.is_set = bool(key)
        self.secret = key or secrets.token_urlsafe(_BYTES)
        self.cookie_name = f"dxassess_host_{port}"
        self.mark_name = f"dxassess_opened_{port}"
        self._cookie = hmac.new(self.secret.encode(), b"dxassess: cookie of the host", "sha256").hexdigest()
        self._once = ""

    def __repr__(self) -> str:
        return "HostKey(…)"

    def once(self) -> str:
        """A key that opens a single time: it may stand where others on this machine can read it, as a browser's command line."""
        self._once = secrets.token_urlsafe(_BYTES)
        return self._once

    def opens(self, given: str) -> bool:
        """Whether a link with this key opens the pages."""
        if _same(given, self.secret):
            return True
        if self._once and _same(given, self._once):
            self._once = ""
            return True
        return False

    def cookie(self, *, secure: bool) -> str:
        """The value of a Set-Cookie header."""
        return f"{self.cookie_name}={self._cookie}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if secure else ''}"

    def mark(self, *, gone: bool = False) -> str:
        """The value of a Set-Cookie header that says for some seconds that this browser has just been let in, and opens nothing.

        A browser that came by a link on another site keeps the strict cookie to itself for the page it is led on to, but
        shows the mark; the door then lets the page load once more, by itself.
        """
        return f"{self.mark_name}=1; Path=/; HttpOnly; SameSite=Lax; Max-Age={0 if gone else MARK_SECONDS}"

    def is_marked(self, cookies: Iterable[str]) -> bool:
        """Whether the Cookie headers of a request carry the mark."""
        return bool(_values(cookies, self.mark_name))

    def shown(self, cookies: Iterable[str]) -> bool | None:
        """Whether one of the Cookie headers of a request carries it; None when there is no cookie of this name at all."""
        values = _values(cookies, self.cookie_name)
        return any(_same(value, self._cookie) for value in values) if values else None


def host_key(settings: Settings) -> HostKey | None:
    """The key of this start; None while nobody else can reach the program."""
    return HostKey(settings.host_key, settings.port) if settings.beyond else None


def _values(cookies: Iterable[str], wanted: str) -> list[str]:
    pairs = (pair.strip().partition("=") for header in cookies for pair in header.split(";"))
    return [value for name, _, value in pairs if name == wanted]


def _same(given: str, wanted: str) -> bool:
    """In a time that tells nothing about where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())
