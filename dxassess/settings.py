"""The environment, read once, as one frozen value; and where the shipped files lie."""

from __future__ import annotations

import ipaddress
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from dxassess.errors import SettingNotUnderstood

_HERE = Path(__file__).resolve().parent
LOCAL_HOST = "127.0.0.1"
EVERY_ADDRESS = "0.0.0.0"
_KEY = re.compile(r"[A-Za-z0-9_-]{32,256}")
_ADDRESS = re.compile(
    r"(?P<scheme>https?://)?(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?P<port>:[0-9]{1,5})?/?"
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment and the command line decide.

    `database_url` is an SQLAlchemy address or a path; `sample` marks the separate sample database of `dxassess demo`.
    `own_catalogues` holds the editions somebody imported; None: none are looked for.
    `host_key` is empty unless the people who run it chose one; `public_address` (`http://name:port`, no slash at the end) is
    empty unless the program cannot find out by itself under which address others reach it.
    """

    database_url: str
    backups: Path
    catalogues: Path
    language: str = "ja"
    host: str = LOCAL_HOST
    port: int = 8501
    sample: bool = False
    host_key: str = field(default="", repr=False)
    public_address: str = ""
    own_catalogues: Path | None = None

    @property
    def beyond(self) -> bool:
        """Whether others than this machine may reach the program, directly or through a proxy that stands before it."""
        return bool(self.public_address) or not is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether a name or an address (without brackets) means this machine only. Names other than localhost do not."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def called() -> str:
    """How this program was called, so that what a message says to type works as it stands."""
    if Path(sys.argv[0]).name != "__main__.py":
        return "dxassess"
    return "py -m dxassess" if os.name == "nt" else "python3 -m dxassess"


def data_folder() -> Path:
    """The platform's folder for this user's data of this program."""
    return Path(platformdirs.user_data_dir("dxassess", appauthor=False))


def shipped(name: str) -> Path:
    """`indicators` or `app.py`: beside the package in a checkout, inside it when installed from the wheel."""
    inside = _HERE / "_shipped" / name
    return inside if inside.exists() else _HERE.parent / name


def from_environment(environment: Mapping[str, str] = os.environ, *, sample: bool | None = None) -> Settings:
    """Read `DXASSESS_DATABASE_URL`, `_CATALOGUES`, `_OWN_CATALOGUES`, `_LANGUAGE`, `_HOST`, `_PORT`, `_ROOM`, `_PUBLIC_ADDRESS`, `_HOST_KEY`, `_SAMPLE`.

    Raises SettingNotUnderstood when a value is none of what is allowed.
    """
    is_sample = environment.get("DXASSESS_SAMPLE") == "1" if sample is None else sample
    folder = data_folder()
    default = folder / ("sample.sqlite" if is_sample else "dxassess.sqlite")
    return Settings(
        database_url=environment.get("DXASSESS_DATABASE_URL") or str(default),
        backups=folder / "backups",
        catalogues=Path(environment.get("DXASSESS_CATALOGUES") or shipped("indicators")),
        language=_choice(environment, "DXASSESS_LANGUAGE", ("ja", "en")),
        host=_host(environment),
        port=_port(environment),
        sample=is_sample,
        host_key=_host_key(environment),
        public_address=_public_address(environment),
        own_catalogues=Path(environment.get("DXASSESS_OWN_CATALOGUES") or folder / "catalogues"),
    )


def _host(environment: Mapping[str, str]) -> str:
    """In a room of people an address that only this machine knows is none."""
    host = environment.get("DXASSESS_HOST") or LOCAL_HOST
    return EVERY_ADDRESS if environment.get("DXASSESS_ROOM") == "1" and is_loopback(host) else host


def _host_key(environment: Mapping[str, str]) -> str:
    """The key itself is in no message."""
    key = environment.get("DXASSESS_HOST_KEY") or ""
    if key and not _KEY.fullmatch(key):
        raise SettingNotUnderstood(name="DXASSESS_HOST_KEY", value="…", allowed="A-Z a-z 0-9 - _ (32–256)")
    return key


def _public_address(environment: Mapping[str, str]) -> str:
    """`name` and `name:port` mean http; a name alone stands for the port that is listened on."""
    value = environment.get("DXASSESS_PUBLIC_ADDRESS") or ""
    found = _ADDRESS.fullmatch(value)
    if value and not (found and int((found["port"] or ":1")[1:]) in range(1, 65536)):
        allowed = ("192.0.2.10", "192.0.2.10:8501", "https://dx.example.com")
        raise SettingNotUnderstood(name="DXASSESS_PUBLIC_ADDRESS", value=value, allowed=allowed)
    if not found:
        return ""
    port = found["port"] or ("" if found["scheme"] else f":{_port(environment)}")
    return f"{found['scheme'] or 'http://'}{found['host'].lower()}{port}"


def _choice(environment: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = environment.get(name) or allowed[0]
    if value not in allowed:
        raise SettingNotUnderstood(name=name, value=value, allowed=allowed)
    return value


def _port(environment: Mapping[str, str]) -> int:
    value = environment.get("DXASSESS_PORT") or "8501"
    if not (value.isascii() and value.isdigit() and len(value) < 6 and 0 < int(value) < 65536):
        raise SettingNotUnderstood(name="DXASSESS_PORT", value=value, allowed="1-65535")
    return int(value)
