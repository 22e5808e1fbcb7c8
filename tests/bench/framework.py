"""A framework of any size, for questions of speed."""

from __future__ import annotations

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition, Section
from tests.protocol.program import ROOT


def edition_of(items_wanted: int) -> Edition:
    """Six groups of so many indicators with levels 0–5: those of 2019, and some of them once more under other numbers."""
    real = load_edition(ROOT / "indicators" / "dx2019")
    known = [item.model_copy(update={"kind": "key", "parent": None}) for item in real.scored]
    more = [
        item.model_copy(update={"id": f"{item.id}x", "code": f"{item.code}x"})
        for item in known[: items_wanted - len(known)]
    ]
    items = known + more
    groups = tuple(
        Section(
            id=f"g{number}",
            title=real.head.title,
            over="items",
            items=tuple(item.code for item in items[number::6]),
        )
        for number in range(6)
    )
    tree = Section(id="all", title=real.head.title, over="items", sections=groups)
    head = real.head.model_copy(
        update={
            "tree": tree,
            "groups": tuple(group.id for group in groups),
            "averages": ("all",),
            "measures": (),
            "thresholds": (),
        }
    )
    return Edition(head=head, indicators={item.id: item for item in items})
