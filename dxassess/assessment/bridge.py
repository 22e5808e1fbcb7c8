"""Rounds of several editions beside one another, seen from one of them: what goes on, what is only related, what ends.

Levels of different editions are never averaged and never subtracted: a related level stands beside the line with the relation and the
reason of the crosswalk. Only a pair that is `same` with the levels `same`, on one scale, goes on as one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dxassess.assessment.model import Round, State
from dxassess.assessment.progress import Point, series
from dxassess.assessment.scoring import NodeScore, Scores
from dxassess.catalogue.crosswalk import Pair, pairs
from dxassess.catalogue.model import Edition, Indicator
from dxassess.catalogue.narrow import is_pulse

Kind = Literal["solid", "bridged", "broken"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A closed round as it was seen then: the edition it stored, and every node of it with today's value and its target."""

    held: Round
    edition: Edition
    today: Scores
    targets: Scores


@dataclass(frozen=True, slots=True)
class Counterpart:
    """An item that stands beside the viewed one in a round, with its own level there; None with the reason in `state`.

    `pair` is the line of the crosswalk; None where it is the viewed item itself, asked on another scale.
    """

    item: Indicator
    value: Fraction | None
    state: State
    pair: Pair | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One item in one round. `solid`: `value` is a level of the viewed scale, or None with the reason in `state`.

    `bridged`: no value of its own, `counterparts` stand beside it. `broken`: nothing there relates to it. `reworded`: the same item was
    asked in other words than it is viewed in.
    """

    round: Round
    kind: Kind
    value: Fraction | None = None
    state: State = State.OPEN
    counterparts: tuple[Counterpart, ...] = ()
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the viewed edition through all rounds, in the order given."""

    item: Indicator
    cells: tuple[Cell, ...]

    @property
    def newest(self) -> Cell | None:
        """The last round in which the item has a level of its own."""
        return next((cell for cell in reversed(self.cells) if cell.value is not None), None)


@dataclass(frozen=True, slots=True)
class Crossing:
    """The way from the viewed edition to another: its pairs, and the items of `here` that go on, are bridged, break.

    `only_there`: scored items of the other edition that nothing here relates to.
    """

    here: Edition
    there: Edition
    pairs: tuple[Pair, ...]

    @property
    def solid(self) -> tuple[Indicator, ...]:
        return self._of("solid")

    @property
    def bridged(self) -> tuple[Indicator, ...]:
        return self._of("bridged")

    @property
    def broken(self) -> tuple[Indicator, ...]:
        return self._of("broken")

    @property
    def only_there(self) -> tuple[Indicator, ...]:
        known = {pair.there for pair in self.pairs}
        return tuple(item for item in self.there.scored if item.id not in known)

    def _of(self, kind: Kind) -> tuple[Indicator, ...]:
        related = _by_item(self.pairs)
        return tuple(
            item
            for item in self.here.scored
            if _kind(related.get(item.id, ()), self.here, self.there) == kind
        )


@dataclass(frozen=True, slots=True)
class Sorted:
    """Rounds by what can be done with them in a view: drawn, asking a part of their edition alone, or of an edition without any pair."""

    shown: tuple[Seen, ...]
    narrow: tuple[Seen, ...]
    unrelated: tuple[Seen, ...]


def crossing(today: Iterable[Edition], here: Edition, there: Edition) -> Crossing:
    """The way from one edition to another by the crosswalks of `today`, written on either side."""
    return Crossing(here, there, pairs(today, here, there))


def sort_out(today: Sequence[Edition], here: Edition, rounds: Sequence[Seen]) -> Sorted:
    """Which rounds a view from `here` shows: whole rounds of this edition, and of those a crosswalk leads to."""
    known = [*today, *_editions(rounds)]
    parts = {each.hash for each in _editions(rounds) if is_part(each, known)}
    whole = [each for each in _editions(rounds) if each.hash not in parts]
    related = {each.hash for each in whole if each.id == here.id or pairs(today, here, each)}
    return Sorted(
        tuple(seen for seen in rounds if seen.edition.hash in related),
        tuple(seen for seen in rounds if seen.edition.hash in parts),
        tuple(seen for seen in rounds if seen.edition.hash not in related | parts),
    )


def is_part(edition: Edition, known: Iterable[Edition]) -> bool:
    """Is this a part of an edition: what a pulse asks, or one section alone? Then some known edition of this id holds its root inside."""
    root = edition.head.tree.id
    return is_pulse(edition) or any(
        each.id == edition.id and root in each.sections and root != each.head.tree.id for each in known
    )


def bridge(today: Sequence[Edition], here: Edition, rounds: Sequence[Seen]) -> tuple[Row, ...]:
    """Every scored item of `here` through these rounds, each of its own edition."""
    related = {
        each.hash: _by_item(pairs(today, here, each)) for each in _editions(rounds) if each.id != here.id
    }
    return tuple(
        Row(
            item,
            tuple(
                _own(here, item, seen)
                if seen.edition.id == here.id
                else _other(here, related[seen.edition.hash].get(item.id, ()), seen)
                for seen in rounds
            ),
        )
        for item in here.scored
    )


def averages(here: Edition, rounds: Sequence[Seen]) -> dict[str, tuple[Point, ...]]:
    """The averages of an edition, each over the rounds that have it: those of this edition on this scale, and no others."""
    own = [seen for seen in rounds if seen.edition.id == here.id and _one_scale(here, seen.edition)]
    return {
        node: series(
            [(seen.held, seen.today, seen.targets) for seen in own if node in seen.edition.head.averages],
            node,
        )
        for node in here.head.averages
    }


def _editions(rounds: Iterable[Seen]) -> list[Edition]:
    """The editions of rounds, each text once."""
    return list({seen.edition.hash: seen.edition for seen in rounds}.values())


def _by_item(found: Iterable[Pair]) -> dict[str, list[Pair]]:
    related: dict[str, list[Pair]] = {}
    for pair in found:
        related.setdefault(pair.here, []).append(pair)
    return related


def _own(here: Edition, item: Indicator, seen: Seen) -> Cell:
    """An item in a round of its own edition, be it an earlier revision."""
    node = seen.today.get(item.id)
    if node is None:
        return Cell(seen.held, "broken")
    asked = seen.edition.indicators[item.id]
    if not _one_scale(here, seen.edition):
        return Cell(seen.held, "bridged", counterparts=(_counterpart(asked, node, None),))
    return Cell(seen.held, "solid", node.value, _state(node), reworded=_words(asked) != _words(item))


def _other(here: Edition, related: Sequence[Pair], seen: Seen) -> Cell:
    """An item in a round of another edition."""
    indicators = seen.edition.indicators
    found = tuple(_counterpart(indicators[pair.there], seen.today[pair.there], pair) for pair in related)
    if not found:
        return Cell(seen.held, "broken")
    alike = next((each for each in found if _goes_on(each.pair, here, seen.edition)), None)
    if alike is not None:
        return Cell(seen.held, "solid", alike.value, alike.state, (alike,))
    return Cell(seen.held, "bridged", counterparts=found)


def _kind(related: Sequence[Pair], here: Edition, there: Edition) -> Kind:
    if any(_goes_on(pair, here, there) for pair in related):
        return "solid"
    return "bridged" if related else "broken"


def _goes_on(pair: Pair | None, here: Edition, there: Edition) -> bool:
    same = pair is not None and pair.relation == "same" and pair.levels == "same"
    return same and _one_scale(here, there)


def _one_scale(one: Edition, other: Edition) -> bool:
    return one.scale.values == other.scale.values


def _counterpart(item: Indicator, node: NodeScore, pair: Pair | None) -> Counterpart:
    return Counterpart(item, node.value, _state(node), pair)


_WHY: Mapping[str, State] = {"cannot_say": State.CANNOT_SAY, "not_applicable": State.NOT_APPLICABLE}


def _state(node: NodeScore) -> State:
    """Where an indicator stands in a round."""
    if node.value is not None:
        return State.ANSWERED
    return next((state for name, state in _WHY.items() if getattr(node.counts, name)), State.OPEN)


def _words(item: Indicator) -> tuple[object, ...]:
    """What people read when they chose a level."""
    return item.title, item.question, item.guidance, item.conditions, item.levels
