"""The badge of editions that nobody published: it stands wherever their values are shown."""

from __future__ import annotations

from dxassess.catalogue.crosswalk import whose
from dxassess.catalogue.model import Edition
from dxassess.ui.components import plain
from dxassess.ui.context import Here


def own_words(here: Here, edition: Edition) -> str:
    """`独自の整理` for an arrangement of what was published, `独自の指標` for indicators of one's own; empty for a published edition."""
    kind = whose(here.app.editions.values(), edition)
    return here.words(f"common.own_{kind}") if kind else ""


def own_badge(here: Here, edition: Edition) -> str:
    """The same as a small badge, to stand beside a name in HTML; empty for a published edition."""
    said = own_words(here, edition)
    return f' <span class="dx-tag dx-own">{plain(said)}</span>' if said else ""
