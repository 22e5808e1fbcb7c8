"""Across editions: every closed round seen from one edition, with the crosswalk of today's catalogues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dxassess.assessment.bridge import (
    Crossing,
    Row,
    Seen,
    Sorted,
    averages,
    bridge,
    crossing,
    is_part,
    sort_out,
)
from dxassess.assessment.model import Round
from dxassess.assessment.progress import Point
from dxassess.catalogue.crosswalk import leads
from dxassess.catalogue.model import Edition, Indicator
from dxassess.errors import RoundDamaged
from dxassess.storage import Store
from dxassess.usecases.application import Application
from dxassess.usecases.result import standings
from dxassess.usecases.rounds import standing


@dataclass(frozen=True, slots=True)
class View:
    """The closed rounds as seen from `edition`; `choices` are the editions they can be seen from, each as it was last seen.

    `crossings`: the ways to every other edition a crosswalk leads to, the ones with rounds first. `lines` holds the averages per edition
    with rounds, the viewed one first; they are never joined. `gone`: editions of shown rounds that are not installed any more. `stray`:
    crosswalk lines (indicator, what it points to) that lead into one of these editions and find nothing there.
    """

    edition: Edition
    choices: tuple[Edition, ...]
    rounds: Sorted
    rows: tuple[Row, ...]
    crossings: tuple[Crossing, ...]
    lines: tuple[tuple[Edition, Mapping[str, tuple[Point, ...]]], ...]
    damaged: tuple[Round, ...]
    gone: tuple[Edition, ...]
    stray: tuple[tuple[Indicator, str], ...]

    @property
    def is_empty(self) -> bool:
        """All rounds were held in one edition with the same words: there is nothing to cross."""
        return len({seen.edition.hash for seen in self.rounds.shown}) < 2

    @property
    def crossed(self) -> tuple[Crossing, ...]:
        """The ways to the editions that rounds were held in."""
        held = {seen.edition.id for seen in self.rounds.shown}
        return tuple(each for each in self.crossings if each.there.id in held)

    @property
    def silent(self) -> tuple[Round, ...]:
        """Shown rounds in which no item has a level."""
        return tuple(
            seen.held
            for seen in self.rounds.shown
            if all(seen.today[item.id].value is None for item in seen.edition.scored)
        )

    @property
    def rescaled(self) -> tuple[Round, ...]:
        """Shown rounds that were answered on another scale than the viewed edition has."""
        values = self.edition.scale.values
        return tuple(seen.held for seen in self.rounds.shown if seen.edition.scale.values != values)

    @property
    def reworded(self) -> int:
        """How many items were once asked in other words than they are viewed in."""
        return sum(any(cell.reworded for cell in row.cells) for row in self.rows)


def view(app: Application, store: Store, edition: str | None = None) -> View | None:
    """All closed rounds as seen from an edition (by id); when left out or not there, from the newest that there are others to see from.

    None where there is no edition to see them from: no round is closed, and no crosswalk is installed.
    """
    rounds, damaged = _seen(app, store)
    today = tuple(app.editions.values())
    known = {each.hash: each for each in (*today, *(seen.edition for seen in rounds))}.values()
    whole = [seen.edition for seen in rounds if not is_part(seen.edition, known)]
    choices = _choices(today, whole)
    if not choices:
        return None
    here = choices.get(edition or "") or choices[_usual(today, whole, choices)]
    found = sort_out(today, here, rounds)
    held = list(dict.fromkeys(seen.edition.id for seen in found.shown))
    ways = [crossing(today, here, there) for there in choices.values() if there.id != here.id]
    ways = [each for each in ways if each.pairs or each.there.id in held]
    return View(
        here,
        tuple(choices.values()),
        found,
        bridge(today, here, found.shown),
        tuple(sorted(ways, key=lambda each: each.there.id not in held)),
        _lines(choices, here, found.shown, held),
        damaged,
        tuple(choices[known] for known in held if known not in app.editions),
        _stray(here, (*today, *choices.values())),
    )


def _seen(app: Application, store: Store) -> tuple[list[Seen], tuple[Round, ...]]:
    """Every closed round that can be read, in the order held, and those that are damaged."""
    rounds: list[Seen] = []
    damaged: list[Round] = []
    for held in standing(store).closed:
        try:
            found = standings(app, store, held)
        except RoundDamaged:
            damaged.append(held)
        else:
            rounds.append(Seen(held, found.edition, found.today, found.targets))
    return rounds, tuple(damaged)


def _choices(today: Sequence[Edition], whole: Sequence[Edition]) -> dict[str, Edition]:
    """Editions by id: those whole rounds were held in, newest texts, then those of today that a crosswalk relates to another."""
    held = {each.id: each for each in whole}
    known = {each.id: each for each in today} | held
    related = {
        each.id: each
        for each in today
        if any(crossing(today, each, other).pairs for other in known.values() if other.id != each.id)
    }
    return held | {known: each for known, each in related.items() if known not in held}


def _usual(today: Sequence[Edition], whole: Sequence[Edition], choices: Mapping[str, Edition]) -> str:
    """The edition of the newest round that is related to another round's; else of the newest round, else the first there is."""
    held = list(dict.fromkeys(each.id for each in reversed(whole)))
    crossed = (
        each
        for each in held
        if any(each != other and crossing(today, choices[each], choices[other]).pairs for other in held)
    )
    return next(iter([*crossed, *held, *choices]))


def _lines(
    choices: Mapping[str, Edition], here: Edition, shown: Sequence[Seen], held: Sequence[str]
) -> tuple[tuple[Edition, Mapping[str, tuple[Point, ...]]], ...]:
    order = sorted(held, key=lambda known: known != here.id)
    return tuple((choices[known], averages(choices[known], shown)) for known in order)


def _stray(here: Edition, known: Sequence[Edition]) -> tuple[tuple[Indicator, str], ...]:
    """Lines of crosswalks from or to the viewed edition that lead into a known edition and find nothing in any."""
    names = {each.id for each in known}
    everything = {indicator for each in known for indicator in each.indicators}
    found = {
        (indicator.id, line.to): indicator
        for edition in known
        for indicator in edition.indicators.values()
        for line in indicator.crosswalk
        if line.to not in everything
        and any(here.id in (edition.id, name) and leads(line, name) for name in names)
    }
    return tuple((indicator, to) for (_, to), indicator in found.items())
