"""Texts as they may stand in a workbook we write: what a cell, a sheet's name and a footer can carry."""

from __future__ import annotations

import unicodedata

LONGEST_CELL = 32_767
"""In UTF-16 units, as Excel counts: an emoji is two."""
LONGEST_NAME = 31
LONGEST_FOOTER = 100
REPLACEMENT = "\ufffd"

_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def cell_text(text: str) -> str:
    """As a cell can hold it: NFC, no control characters, no half characters; a longer text is cut and ends in `…`."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    carried = composed if composed.isprintable() else "".join(map(_carried, composed))
    if len(carried) * 2 <= LONGEST_CELL or len(_units(carried)) <= LONGEST_CELL * 2:
        return carried
    return _units(carried)[: (LONGEST_CELL - 1) * 2].decode("utf-16-le", "ignore") + "…"


def sheet_name(text: str) -> str:
    """As a sheet can be called: at most 31 characters, without `[]:*?/\\` and without an apostrophe at an end."""
    name = cell_text(text).replace("\n", " ").translate(_NOT_IN_NAMES)
    return _units(name)[: LONGEST_NAME * 2].decode("utf-16-le", "ignore").strip(" '") or REPLACEMENT


def footer_text(text: str) -> str:
    """As a footer can hold it: `&` would begin a command and becomes `＆`; not longer than a line."""
    return cell_text(text).replace("\n", " ").replace("&", "＆")[:LONGEST_FOOTER]


def _units(text: str) -> bytes:
    return text.encode("utf-16-le")


def _carried(character: str) -> str:
    if character in "\n\t":
        return character
    hidden = unicodedata.category(character) in ("Cc", "Cs") or character in "\ufffe\uffff"
    return REPLACEMENT if hidden else character
