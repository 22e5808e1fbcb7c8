"""Who asks: a name of this machine that somebody else gave it (DNS rebinding), or a page of another site (F61)."""

from __future__ import annotations

from urllib.parse import urlsplit

from dxassess.settings import is_loopback

_USUAL_PORTS = {"http": ":80", "https": ":443", "ws": ":80", "wss": ":443"}


def is_own_name(host: str) -> bool:
    """Whether a Host header, with or without a port, names this machine as only this machine does."""
    return is_loopback(_split(f"//{host}")[1])


def is_own_page(origin: str, host: str, public_address: str) -> bool:
    """Whether an Origin header is that of a page we sent: from the host asked for, or from the public address."""
    scheme, name, port = _split(origin)
    if scheme not in ("http", "https") or not name:
        return False
    here = (name, port or _USUAL_PORTS[scheme])
    places = [_split(f"{scheme}://{host}")] + ([_split(public_address)] if public_address else [])
    return here in [(name, port or _USUAL_PORTS[scheme]) for scheme, name, port in places]


def _split(address: str) -> tuple[str, str, str]:
    """Scheme, name and `:port` of an address, in small letters; names of nothing for what is none."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return "", "", ""
    if "@" in parts.netloc or parts.path not in ("", "/") or parts.query or parts.fragment:
        return "", "", ""
    return parts.scheme, (parts.hostname or "").rstrip("."), port
