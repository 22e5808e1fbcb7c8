"""From the bytes of a CSV file to its rows: which encoding it is in, and what separates its cells.

UTF-8 with or without byte order mark, UTF-16 with one, or Shift_JIS (as Windows writes it). Bytes that are well-formed
EUC-JP are mostly well-formed Shift_JIS too and would come out as other characters, so they are not guessed at.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterator

from dxassess.exchange.cells import folded

SEPARATORS = (",", ";", "\t")

_EUC_JP = re.compile(rb"(?:[\x00-\x7f]|\x8e[\xa1-\xdf]|\x8f[\xa1-\xfe]{2}|[\xa1-\xfe]{2})*+\Z")
_ESCAPE = b"\x1b"
_DECLARED = re.compile(r"\s*sep=([,;\t])[,;\t ]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_LINE = re.compile(r"\s*([^\r\n]*)")


class NotReadable(Exception):
    """`code` names the sentence `sheet.<code>`; `line` counts from 1, 0 when no line is to blame."""

    def __init__(self, code: str, line: int) -> None:
        super().__init__(code, line)
        self.code = code
        self.line = line


def text_of(raw: bytes) -> str:
    """The text of a file. Raises NotReadable."""
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _utf_16(raw)
    if b"\0" in raw:
        raise NotReadable("not_text", _line_at(raw, raw.index(b"\0")))
    if _ESCAPE in raw:
        raise NotReadable("encoding", _line_at(raw, raw.index(_ESCAPE)))
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if raw.startswith(BOM_UTF8):
            raise NotReadable("encoding", _line_at(raw, error.start)) from None
        return _japanese(raw, error.start)


def _japanese(raw: bytes, first: int) -> str:
    """`first` is where the file stops being UTF-8."""
    if _EUC_JP.match(raw):
        raise NotReadable("encoding_unsure", _line_at(raw, first))
    try:
        return raw.decode("cp932")
    except UnicodeDecodeError as error:
        raise NotReadable("encoding", _line_at(raw, max(first, error.start))) from None


def _utf_16(raw: bytes) -> str:
    try:
        text = raw.decode("utf-16")
    except UnicodeDecodeError as error:
        raise NotReadable(
            "encoding", raw[: error.start].decode("utf-16", "replace").count("\n") + 1
        ) from None
    if "\0" in text:
        raise NotReadable("not_text", text[: text.index("\0")].count("\n") + 1)
    return text


def rows_of(text: str, names: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line it starts on. Raises NotReadable from the first line that is no CSV on.

    Cells are separated by what Excel's line `sep=;` says, else by the first of `SEPARATORS` with which the first row
    holds all of `names`, else by commas.
    """
    declared = _DECLARED.match(text)
    begin = declared.end() if declared else 0
    separator = declared[1] if declared else _separator(text, names)
    skipped = len(text[:begin].splitlines())
    reader = csv.reader(io.StringIO(text[begin:], newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield skipped + start, cells
            start = reader.line_num + 1
    except csv.Error:
        raise NotReadable("quotes", skipped + start) from None


def _separator(text: str, names: Collection[str]) -> str:
    found = _LINE.match(text)
    header = found[1] if found else ""
    return next((each for each in SEPARATORS if set(names) <= _names(header, each)), ",")


def _names(header: str, separator: str) -> set[str]:
    return {folded(cell) for cells in csv.reader([header], delimiter=separator) for cell in cells}


def _line_at(raw: bytes, position: int) -> int:
    return raw[:position].count(b"\n") + 1
