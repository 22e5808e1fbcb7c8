"""The environment, read once, as one frozen value; and where the shipped files lie."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from dxassess.errors import SettingNotUnderstood

_HERE = Path(__file__).resolve().parent
LOCAL_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment and the command line decide.

    `database_url` is an SQLAlchemy address or a path; `sample` marks the separate sample database of `dxassess demo`.
    """

    database_url: str
    backups: Path
    catalogues: Path
    language: str = "ja"
    host: str = LOCAL_HOST
    port: int = 8501
    sample: bool = False


def data_folder() -> Path:
    """The platform's folder for this user's data of this program."""
    return Path(platformdirs.user_data_dir("dxassess", appauthor=False))


def shipped(name: str) -> Path:
    """`indicators` or `app.py`: beside the package in a checkout, inside it when installed from the wheel."""
    inside = _HERE / "_shipped" / name
    return inside if inside.exists() else _HERE.parent / name


def from_environment(environment: Mapping[str, str] = os.environ, *, sample: bool | None = None) -> Settings:
    """Read `DXASSESS_DATABASE_URL`, `_CATALOGUES`, `_LANGUAGE`, `_HOST`, `_PORT`, `_SAMPLE`.

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
        host=environment.get("DXASSESS_HOST") or LOCAL_HOST,
        port=_port(environment),
        sample=is_sample,
    )


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
