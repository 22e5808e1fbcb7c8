"""The workshop of a round: open the vote, reveal it, vote again, end the talk; who is there and how far they are."""

from __future__ import annotations

from collections.abc import Iterable

from dxassess.assessment.model import Round
from dxassess.assessment.voting import Turnout, Workshop
from dxassess.catalogue.model import Indicator
from dxassess.errors import WorkshopMissing
from dxassess.storage import Store


def open_workshop(store: Store, held: Round, by: str = "") -> Workshop:
    """Open the first vote of an open round; where it is open already, that workshop comes back. RoundClosed."""
    return store.open_workshop(held.id, by)


def workshop_of(store: Store, held: Round) -> Workshop | None:
    """The workshop of a round as it is now; None where the vote was never opened. RoundUnknown."""
    return store.workshop(held.id)


def reveal(store: Store, seen: Workshop, by: str = "") -> Workshop:
    """Reveal the vote that is open; the groups of an anonymous round are fixed at the first reveal.

    `seen` is the workshop as the person saw it: when somebody else moved it meanwhile, WorkshopChanged, and nothing is done.
    """
    return store.step(seen.round, seen.version, "done" if seen.phase == "second" else "talk", by)


def open_second_vote(
    store: Store, seen: Workshop, items: Iterable[Indicator] | None = None, by: str = ""
) -> Workshop:
    """Open a second, again secret vote on these indicators; None for all. WorkshopChanged as `reveal`."""
    asked = None if items is None else [item.id for item in items]
    return store.step(seen.round, seen.version, "second", by, asked)


def end_talk(store: Store, seen: Workshop, by: str = "") -> Workshop:
    """End the workshop after the talk; there will be no second vote. WorkshopChanged as `reveal`."""
    return store.step(seen.round, seen.version, "done", by)


def turnout_of(store: Store, held: Round) -> tuple[Turnout, ...]:
    """By role: how many are there, started, answered, finished. Cheap while nothing changes. WorkshopMissing."""
    return store.turnout(held.id)


def the_workshop(store: Store, held: Round) -> Workshop:
    """As `workshop_of`. WorkshopMissing where there is none."""
    found = store.workshop(held.id)
    if found is None:
        raise WorkshopMissing(title=held.title)
    return found
