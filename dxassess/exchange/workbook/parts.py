"""The zip a workbook is: what it is when it is no workbook, and its parts, inflated within limits.

The directory is looked at before anything is inflated; what is inflated is counted, because a directory can lie.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from dxassess.exchange.workbook.values import Refused

MAX_PARTS = 500
MAX_INFLATED = 20_000_000
MAX_RATIO = 200
SMALL = 1_000_000
"""Below this many bytes a part may be packed as tightly as it likes."""
CHUNK = 65_536

CONTENT_TYPES = "[content_types].xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_WORKBOOKS = (".xlsx", ".xlsm", ".xls")


class Parts:
    """The parts of a workbook by name. Raises Refused when the bytes are none, or more than a workbook should be."""

    def __init__(self, raw: bytes) -> None:
        _refuse_other_files(raw)
        try:
            self._archive = zipfile.ZipFile(BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, OverflowError, RuntimeError):
            raise Refused("damaged") from None
        entries = self._archive.infolist()
        _check_directory(entries)
        self._entries = {_plain(entry.filename): entry for entry in entries}
        self._left = MAX_INFLATED
        _check_kind(self._entries, entries, self)

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._entries

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece. Refused when it is missing, damaged, or inflates to too much."""
        entry = self._entries.get(_plain(name))
        if entry is None:
            raise Refused("damaged")
        try:
            with self._archive.open(entry) as part:
                while chunk := part.read(CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Refused("too_much")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
            raise Refused("damaged") from None


def _plain(name: str) -> str:
    """Names of parts are the same in any case."""
    return name.replace("\\", "/").lstrip("/").lower()


def _refuse_other_files(raw: bytes) -> None:
    if raw.startswith(_OLE):
        raise Refused("encrypted" if _ENCRYPTED in raw else "old_format")
    if not raw.startswith(_ZIP):
        raise Refused("only_text" if b"\0" not in raw[:CHUNK] else "no_workbook")


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise Refused("too_many_parts", limit=MAX_PARTS)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted")
    if sum(entry.file_size for entry in entries) > MAX_INFLATED or any(map(_is_bomb, entries)):
        raise Refused("too_much")
    if len({_plain(entry.filename) for entry in entries}) < len(entries) or any(map(_is_odd, entries)):
        raise Refused("damaged")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > SMALL and entry.file_size > MAX_RATIO * entry.compress_size


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    """No spreadsheet program writes links or packs in other ways."""
    return stat.S_ISLNK(entry.external_attr >> 16) or entry.compress_type not in _METHODS


def _check_kind(names: dict[str, zipfile.ZipInfo], entries: list[zipfile.ZipInfo], parts: Parts) -> None:
    if CONTENT_TYPES not in names:
        if "content.xml" in names and "mimetype" in names:
            raise Refused("other_format")
        inside = [entry.filename for entry in entries if entry.filename.lower().endswith(_WORKBOOKS)]
        raise Refused("zip_of_files") if inside else Refused("no_workbook")
    if any(name.endswith("/vbaproject.bin") for name in names) or _declares_macros(parts):
        raise Refused("macros")
    if "xl/workbook.bin" in names:
        raise Refused("other_format")


def _declares_macros(parts: Parts) -> bool:
    return b"macroenabled" in b"".join(parts.chunks(CONTENT_TYPES)).lower()
