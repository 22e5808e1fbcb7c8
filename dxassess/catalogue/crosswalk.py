"""How the indicators of two editions relate: one list of pairs, whichever side it was written on.

A crosswalk is no part of what people saw when they answered; it is taken from the catalogues of today, never from a round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from dxassess.catalogue.model import Bilingual, Crosswalk, Edition, Indicator

Relation = Literal["same", "broader", "narrower", "overlaps"]
FLIPPED: Mapping[Relation, Relation] = {
    "same": "same",
    "broader": "narrower",
    "narrower": "broader",
    "overlaps": "overlaps",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two related indicators (ids). `relation`: what `there` is to `here`, `broader` when it asks about more.

    `levels` is `same` only where the levels of both mean the same. `basis`: whose judgement this is.
    """

    here: str
    there: str
    relation: Relation
    levels: Literal["same", "changed"]
    basis: Literal["own", "official"]
    reason: Bilingual

    @property
    def flipped(self) -> Pair:
        """The same pair seen from the other side."""
        return Pair(self.there, self.here, FLIPPED[self.relation], self.levels, self.basis, self.reason)


def pairs(today: Iterable[Edition], here: Edition, there: Edition) -> tuple[Pair, ...]:
    """Every pair of scored indicators of two editions, in the order of `here` and then of `there`.

    `today`: the catalogues that may hold the crosswalk, be it on the one side or on the other. Of a pair written on both sides the
    one written for `here` counts. What points to an indicator that is in neither is passed over.
    """
    ours = {item.id: place for place, item in enumerate(here.scored)}
    theirs = {item.id: place for place, item in enumerate(there.scored)}
    found: dict[tuple[str, str], Pair] = {}
    written = [_pair(indicator.id, line) for indicator, line in _lines(today)]
    for pair in (*written, *(pair.flipped for pair in written)):
        if pair.here in ours and pair.there in theirs:
            found.setdefault((pair.here, pair.there), pair)
    return tuple(sorted(found.values(), key=lambda pair: (ours[pair.here], theirs[pair.there])))


def leads(line: Crosswalk, edition: str) -> bool:
    """Does a line of a crosswalk point into the edition of this id?"""
    return line.to.startswith(f"{edition}.")


def whose(today: Iterable[Edition], edition: Edition) -> Literal["arrangement", "indicators"] | None:
    """What an edition that nobody published is: an arrangement of what was published, where a crosswalk of `today` relates it to an
    edition that was; otherwise indicators of one's own. None for a published edition.
    """
    if edition.head.status != "own":
        return None
    published = [each for each in today if each.head.status != "own"]
    from_here = {
        each.id
        for each in published
        for indicator in edition.indicators.values()
        for line in indicator.crosswalk
        if leads(line, each.id)
    }
    led_here = any(leads(line, edition.id) for _, line in _lines(published))
    return "arrangement" if from_here or led_here else "indicators"


def _pair(indicator: str, line: Crosswalk) -> Pair:
    return Pair(indicator, line.to, line.relation, line.levels, line.basis, line.reason)


def _lines(today: Iterable[Edition]) -> Iterable[tuple[Indicator, Crosswalk]]:
    return (
        (indicator, line)
        for edition in today
        for indicator in edition.indicators.values()
        for line in indicator.crosswalk
    )
