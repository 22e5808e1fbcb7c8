"""From the bytes of a file to its sheets: which parts belong to the workbook, and where they lie."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from dxassess.exchange.workbook.parts import Parts
from dxassess.exchange.workbook.sheets import Around, Cells
from dxassess.exchange.workbook.strings import Strings
from dxassess.exchange.workbook.styles import Styles
from dxassess.exchange.workbook.values import Refused
from dxassess.exchange.workbook.xml import walk

MAX_SHEETS = 50


def read(raw: bytes) -> list[dict[str, Any]]:
    """The sheets of a workbook as values that travel: name, hidden, cells (see `sheets`), merged, hidden rows and columns.

    Raises Refused.
    """
    parts = Parts(raw)
    root = _relations(parts, "")
    main = next((where for kind, where in root.values() if kind == "officeDocument"), None)
    if main is None or main not in parts:
        raise Refused("no_workbook")
    listed = _Listed()
    walk(parts.chunks(main), listed)
    if not listed.is_workbook:
        raise Refused("no_workbook")
    related = _relations(parts, main)
    around = Around(_strings(parts, related), _dates(parts, related), listed.from_1904)
    return [
        _sheet(parts, related[found["id"]][1], found, around)
        for found in listed.sheets
        if related.get(found["id"], ("", ""))[0] == "worksheet"
    ]


def _sheet(parts: Parts, part: str, found: Mapping[str, str], around: Around) -> dict[str, Any]:
    cells = Cells(found["name"], around)
    walk(parts.chunks(part), cells)
    hidden = found["state"] != "visible"
    return {
        "name": found["name"],
        "hidden": hidden,
        "cells": cells.cells,
        "merged": cells.merged,
        "rows": cells.hidden_rows,
        "columns": cells.hidden_columns,
    }


def _strings(parts: Parts, related: Mapping[str, tuple[str, str]]) -> list[str]:
    strings = Strings()
    for kind, part in related.values():
        if kind == "sharedStrings":
            walk(parts.chunks(part), strings)
    return strings.texts


def _dates(parts: Parts, related: Mapping[str, tuple[str, str]]) -> list[bool]:
    styles = Styles()
    for kind, part in related.values():
        if kind == "styles":
            walk(parts.chunks(part), styles)
    return styles.dates


def _relations(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """The parts a part points at inside the file, by their ids: what each is, and where."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    found = _Related(folder)
    if listing in parts:
        walk(parts.chunks(listing), found)
    return found.parts


class _Related:
    """Handler of a part that says which parts belong to another."""

    def __init__(self, folder: str) -> None:
        self.parts: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "Relationship" and given.get("TargetMode") != "External":
            kind = given.get("Type", "").rpartition("/")[2]
            where = posixpath.normpath(posixpath.join("/", self._folder, given.get("Target", "")))
            self.parts[given.get("Id", "")] = (kind, where.lstrip("/"))

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class _Listed:
    """Handler of the workbook part: its sheets in their order, and from when it counts days."""

    def __init__(self) -> None:
        self.sheets: list[dict[str, str]] = []
        self.from_1904 = False
        self.is_workbook = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "workbook":
            self.is_workbook = True
        elif name == "workbookPr":
            self.from_1904 = given.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            state = given.get("state", "visible")
            self.sheets.append({"name": given.get("name", ""), "id": given.get("id", ""), "state": state})
            if len(self.sheets) > MAX_SHEETS:
                raise Refused("too_much")

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...
