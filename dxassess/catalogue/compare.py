"""A shipped edition against an official workbook: numbers, names and order. Levels and questions are our own and not compared.

Names are compared in NFKC without blanks and letter case; a difference is told exactly as both are written. Quantitative
indicators have no number on the form and are known by their names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dxassess.catalogue.form import Understood
from dxassess.catalogue.model import Edition


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that differs: the number, what, the name as shipped and as in the file ("" where there is none), the row (0: none)."""

    code: str
    what: Literal["missing", "extra", "renamed", "order"]
    shipped: str = ""
    file: str = ""
    row: int = 0


def mismatches(edition: Edition, found: Understood) -> tuple[Mismatch, ...]:
    """Everything that differs, scored indicators first."""
    return (*_scored(edition, found), *_measured(edition, found))


def _scored(edition: Edition, found: Understood) -> Iterator[Mismatch]:
    theirs = {item.code: item for item in found.scored}
    ours = {each.code: each for each in edition.scored}
    for code, each in ours.items():
        item = theirs.get(code)
        if item is None:
            yield Mismatch(code, "missing", each.title.ja)
        elif plain(item.title.ja) != plain(each.title.ja):
            yield Mismatch(code, "renamed", each.title.ja, item.title.ja, item.row)
    for code, item in theirs.items():
        if code not in ours:
            yield Mismatch(code, "extra", "", item.title.ja, item.row)
    yield from _order([code for code in ours if code in theirs], [code for code in theirs if code in ours])


def _measured(edition: Edition, found: Understood) -> Iterator[Mismatch]:
    theirs = {plain(item.title.ja): item for item in found.measured}
    ours = {plain(each.title.ja): each for each in edition.measured}
    for name, each in ours.items():
        if name not in theirs:
            yield Mismatch(each.code, "missing", each.title.ja)
    for name, item in theirs.items():
        if name not in ours:
            yield Mismatch(item.printed, "extra", "", item.title.ja, item.row)
    both = [ours[name].code for name in theirs if name in ours]
    yield from _order([each.code for name, each in ours.items() if name in theirs], both)


def _order(ours: list[str], theirs: list[str]) -> Iterator[Mismatch]:
    """The first place from which the order differs."""
    for mine, other in zip(ours, theirs, strict=True):
        if mine != other:
            yield Mismatch(mine, "order", mine, other)
            return


def plain(name: str) -> str:
    """A name as it is compared."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
