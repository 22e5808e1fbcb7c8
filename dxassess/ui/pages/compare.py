"""Compare: rounds side by side, what moved by more than the noise of who answered, targets reached, actions finished between."""

from __future__ import annotations

from dxassess.ui import compare_heat_parts as heat
from dxassess.ui import compare_noise_parts as noise
from dxassess.ui import compare_parts as parts
from dxassess.ui import compare_targets_parts as targets
from dxassess.ui.components import empty, empty_house, heading
from dxassess.ui.context import Here, current
from dxassess.ui.own_parts import own_badge
from dxassess.ui.together_parts import alone_among
from dxassess.usecases.comparison import Beside, compare


def show(here: Here, found: Beside) -> None:
    """The chosen rounds, from one sentence down to the actions."""
    assert found.found
    parts.headline(here.words, found, found.found)
    parts.onward(here, found.found)
    parts.notes(here.words, found, found.found)
    alone_among(here, found.found.rounds)
    parts.moves(here.words, found, found.found)
    noise.told(here.words, found, found.found)
    heat.table(here.words, found, found.found)
    heat.explain_button(here, found.found)
    parts.slopes_chart(here.words, found, found.found)
    targets.reached(here.words, found)
    targets.finished(here.words, found, found.found)


here = current()
if here.store is None:
    heading(here.words("compare.title"))
    empty_house(here, "compare")
else:
    like = here.round.id if here.round else None
    offered = compare(here.app, here.store, like, ())
    heading(here.words("compare.title"), badge=own_badge(here, offered.scope) if offered else "")
    if offered is None or not offered.offered[1:]:
        if offered:
            parts.left_out(here.words, offered)
        empty(here, "compare", "rounds")
    else:
        parts.scope(here, offered)
        parts.single(here, offered)
        chosen = parts.chosen(here.words, offered)
        beside = compare(here.app, here.store, like, chosen)
        assert beside
        parts.left_out(here.words, beside)
        if beside.found:
            show(here, beside)
