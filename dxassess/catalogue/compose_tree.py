"""The tree of an edition made from the sections its items name, and which of its sections are groups.

A section that is named by itself and by narrower ones gets a narrower one of its own name, as a section holds sections or
items. Ids come from the names, so that a corrected workbook keeps those of the sections it keeps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from dxassess.catalogue.form import Item
from dxassess.catalogue.model import Bilingual, Section
from dxassess.catalogue.short import short_of
from dxassess.text import sentences

ROOT = "all"
MOST_GROUPS = 14
"""More cannot be read on a radar, where sections are nested and a wider one can be taken."""
Path = tuple[str, ...]


def grouped(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items, subs without their key where the two stand in different first sections: they are not answered together."""
    paths = {item.code: item.path for item in items}
    return tuple(
        replace(item, parent="", part="") if item.parent and paths[item.parent][:1] != item.path[:1] else item
        for item in items
    )


def tree_of(items: Sequence[Item]) -> Section:
    """All sections below a root, in the order of the sheet."""
    title = _words("form.all")
    return _section((), items, title) if items else Section(id=ROOT, title=title)


def measures_of(items: Sequence[Item]) -> tuple[Section, ...]:
    """The sections of the quantitative items; one without a name where they name none."""
    if not items:
        return ()
    root = _section((), items, _words("form.measures"), mark="m")
    return root.sections or (root,)


def own_groups(root: Section, items: Sequence[Item]) -> tuple[str, ...]:
    """The narrowest sections that are not too many and keep every sub beside its key; the root where there are none."""
    parents = [(item.code, item.parent) for item in items if item.parent]
    deepest = max(_depths(root, 0))
    for depth in range(deepest, 0, -1):
        found = _at(root, depth)
        homes = {code: section.id for section in found for code in section.codes()}
        together = all(homes[code] == homes[parent] for code, parent in parents)
        if together and (len(found) <= MOST_GROUPS or depth == 1):
            return tuple(section.id for section in found)
    return (root.id,)


def _depths(section: Section, depth: int) -> list[int]:
    return [depth, *(each for inner in section.sections for each in _depths(inner, depth + 1))]


def _at(section: Section, depth: int) -> list[Section]:
    if depth == 0 or not section.sections:
        return [section]
    return [each for inner in section.sections for each in _at(inner, depth - 1)]


def _section(path: Path, items: Sequence[Item], title: Bilingual, mark: str = "s") -> Section:
    depth = len(path)
    own = [item for item in items if len(item.path) == depth]
    names = list(dict.fromkeys(item.path[depth] for item in items if len(item.path) > depth))
    name = ROOT if mark == "s" and not path else _id(path, mark)
    fixed = {"id": name, "title": title, "short": short_of(title), "over": "items"}
    if not names:
        return Section.model_validate({**fixed, "items": tuple(item.code for item in own)})
    inner = [
        _section(
            (*path, each),
            [item for item in items if item.path[: depth + 1] == (*path, each)],
            Bilingual(ja=each, en=each),
            mark,
        )
        for each in names
    ]
    if own:
        rest = title if path else _words("form.others")
        codes = tuple(item.code for item in own)
        inner.insert(0, Section(id=_id((*path, ""), mark), title=rest, short=short_of(rest), over="items", items=codes))  # fmt: skip
    return Section.model_validate({**fixed, "sections": tuple(inner)})


def _id(path: Path, mark: str) -> str:
    digest = hashlib.sha256("\n".join(path).encode()).hexdigest()
    return f"{mark}-{digest[:10]}"


def _words(key: str) -> Bilingual:
    both = sentences()[key]
    return Bilingual(ja=both["ja"], en=both["en"])
