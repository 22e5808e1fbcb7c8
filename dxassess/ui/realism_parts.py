"""Whether targets can be reached in time, said beside them: a note with its source, never a block."""

from __future__ import annotations

from dxassess.assessment.realism import Pace
from dxassess.catalogue.model import Indicator
from dxassess.text import Words
from dxassess.ui.components import block
from dxassess.ui.context import Here
from dxassess.usecases.planning import Plan
from dxassess.usecases.realism import Paces, Wish, paces, realism


def realism_note(here: Here, found: Plan, item: Indicator) -> None:
    """What the target of this item asks for a year, beside the pace so far and the published one."""
    assert here.store
    words = here.words
    known = paces(here.app, here.store, found)
    asked = realism(here.app, here.store, found, item.id, known.own)
    if asked:
        needed = words("plan.pace_needed", needed=words.signed(asked.needed))
        if asked.times is not None:
            needed = words("plan.pace_times", needed=needed, times=words.number(asked.times, 1))
        block(needed, "hint")
    for sentence in (_own(words, known.own), _published(words, known), _wished(words, known.wish)):
        if sentence:
            block(sentence, "quiet")


def _own(words: Words, own: Pace | None) -> str:
    if own is None:
        return words("plan.pace_own_unknown")
    return words(
        "plan.pace_own",
        pace=words.signed(own.per_year),
        since=words.date(own.since),
        until=words.date(own.until),
        n=own.items,
    )


def _published(words: Words, known: Paces) -> str:
    published = known.published
    if published is None or known.group is None:
        return ""
    return words(
        "plan.pace_published",
        pace=words.signed(published.change),
        since=published.since,
        until=published.until,
        group=words.of(known.group),
        n=words.number(published.n, 0),
        publisher=published.publisher,
        source=published.source,
    )


def _wished(words: Words, wish: Wish | None) -> str:
    if wish is None:
        return ""
    return words(
        "plan.pace_wish",
        gap=words.signed(wish.gap),
        years=wish.years,
        year=wish.average.year,
        n=words.number(wish.average.n, 0),
        publisher=wish.average.publisher,
        source=wish.average.source,
    )
