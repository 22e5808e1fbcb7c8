"""Which items are key questions and which are subs of them: where the sheet says so, else where numbers do, as 4 and 4-1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dxassess.catalogue.form import Item

_BELOW = re.compile(r"(?P<head>.+)[-._][0-9A-Za-z]+")


def with_parts(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items with key and sub, and each sub with its key; a sub without a key to be found is a key. `4-1.2`, once more 4-1, is no sub."""
    codes = {item.code for item in items if item.kind == "scored"}
    said = any(item.part for item in items)
    found: list[Item] = []
    last = ""
    for item in items:
        if item.kind != "scored":
            found.append(replace(item, part=""))
            continue
        head = "" if item.numbering == "repeated" else _head(item.code, codes)
        is_sub = item.part == "sub" if said else bool(head)
        parent = (head or last) if is_sub else ""
        found.append(replace(item, part="sub" if parent else "key" if said or head in codes else "", parent=parent))  # fmt: skip
        last = last if parent else item.code
    return _one_storey(found)


def _one_storey(items: Sequence[Item]) -> tuple[Item, ...]:
    """A sub of a sub belongs to the key of both; keys are marked as such."""
    parents = {item.code: item.parent for item in items}
    keys = {item.parent for item in items if item.parent}
    climbed: list[Item] = []
    for item in items:
        parent = item.parent
        while parents.get(parent):
            parent = parents[parent]
        part = "sub" if parent else "key" if item.code in keys else item.part
        climbed.append(replace(item, part=part, parent=parent))
    return tuple(climbed)


def _head(code: str, codes: set[str]) -> str:
    """The number one storey up, if there is an item with it."""
    found = _BELOW.fullmatch(code)
    return found["head"] if found and found["head"] in codes else ""
