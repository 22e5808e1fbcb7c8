"""Builds the folder of a framework of one's own: nested sections, weights, any scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition

HEAD = """id: other
title: {{ja: "ほかの枠組み", en: "Another framework"}}
short: {{ja: "ほか", en: "Other"}}
status: own
revision: 1
source: {{ja: "公表された様式です。", en: "A published form."}}
notice: {{ja: "文言は独自です。", en: "The wording is our own."}}
scale: {{described: scale, levels: [{levels}]}}
roles: [{{id: it, ja: "IT部門", en: "IT"}}]
not_applicable: [{{id: none, ja: "該当なし", en: "None"}}]
tree: {tree}
groups: [{groups}]
averages: [{root}]
"""
ITEM = """id: other.{id}
code: "{code}"
kind: key
wording: {{title: official, question: own}}
title: {{ja: "項目{code}", en: "Item {code}"}}
question: {{ja: "どの段階ですか。", en: "Which stage is it?"}}
weight: {weight}
"""


@dataclass(frozen=True)
class Node:
    """A section: what it makes of what is below it, which are sections or items (code → weight as written)."""

    id: str
    aggregate: str
    below: Sequence[Node] | Mapping[str, str]
    over: str = "children"
    weight: str = "1"

    def yaml(self) -> str:
        if isinstance(self.below, Mapping):
            inside = "items: [" + ", ".join(f'"{code}"' for code in self.below) + "]"
        else:
            inside = "sections: [" + ", ".join(node.yaml() for node in self.below) + "]"
        return (
            f'{{id: {self.id}, title: {{ja: "区分", en: "Section"}}, aggregate: {self.aggregate}, '
            f"over: {self.over}, weight: {self.weight}, {inside}}}"
        )

    def items(self) -> Iterator[tuple[str, str]]:
        if isinstance(self.below, Mapping):
            yield from self.below.items()
        else:
            for node in self.below:
                yield from node.items()


def edition(folder: Path, scale: Sequence[str], root: Node, groups: Sequence[str] = ()) -> Edition:
    """The edition `other` in a folder of its name inside `folder`; its items are all of one group unless `groups` are given."""
    place = folder / "other"
    place.mkdir()
    levels = ", ".join(f'{{value: {value}, name: {{ja: "段", en: "Step"}}}}' for value in scale)
    (place / "edition.yaml").write_text(
        HEAD.format(levels=levels, tree=root.yaml(), root=root.id, groups=", ".join(groups or [root.id])),
        encoding="utf-8",
    )
    for code, weight in root.items():
        text = ITEM.format(id=code.lower(), code=code, weight=weight)
        (place / f"{code}.yaml").write_text(text, encoding="utf-8")
    return load_edition(place)
