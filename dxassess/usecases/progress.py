"""Progress: the averages and the groups over all closed rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dxassess.assessment.explanation import Explanation, explain
from dxassess.assessment.model import Round
from dxassess.assessment.progress import Point, between, marked, series
from dxassess.catalogue.model import Edition
from dxassess.catalogue.narrow import covers, is_pulse
from dxassess.errors import RoundDamaged
from dxassess.storage import Store
from dxassess.usecases.application import Application, edition_of
from dxassess.usecases.pulse import picture
from dxassess.usecases.result import Standings, standings
from dxassess.usecases.rounds import standing


@dataclass(frozen=True, slots=True)
class Progress:
    """Closed full rounds of one edition in order; `lines` by section id or indicator id; `damaged` rounds are named, not shown.

    `pulses` are the points between them, likewise by id: never part of a line of averages, nor of what changed since last time.
    `others` are rounds of another edition, or of none of what is shown; `choices` the editions and scopes there are, each with
    its newest round.
    """

    edition: Edition
    rounds: tuple[Round, ...]
    lines: Mapping[str, tuple[Point, ...]]
    damaged: tuple[Round, ...]
    others: tuple[Round, ...]
    choices: tuple[tuple[Round, Edition], ...]
    pulses: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """No item of any of these rounds has a level."""
        return all(point.value is None for points in self.lines.values() for point in points)


def progress(app: Application, store: Store, like: str | None = None) -> Progress | None:
    """All closed rounds that can stand on one line with the round `like` (by id), the newest when left out or not there.

    Those are the rounds of its edition that ask what it asks, alone or with more. None while no round is closed.
    """
    closed = standing(store).closed
    read, damaged = readable(app, store, closed)
    shown = [found for found in read if not is_pulse(found.edition)]
    if not shown:
        return Progress(edition_of(store, damaged[-1]), (), {}, damaged, (), ()) if damaged else None
    choices = {_scope(found.edition): (found.held, found.edition) for found in shown}
    edition = choices[_scope(_wanted(read, shown, like))][1]
    same = [found for found in shown if asks(found.edition, edition)]
    others = tuple(found.held for found in shown if not asks(found.edition, edition))
    numbers = [(found.held, found.today, found.targets) for found in same]
    nodes = [*edition.head.averages, *edition.head.groups, *(item.id for item in edition.scored)]
    lines = {node: series(numbers, node) for node in nodes}
    for section in (*edition.head.averages, *edition.head.groups):
        lines[section] = marked(lines[section], [_applies(found, section) for found in same])
    pictures = [
        made
        for found in read
        if is_pulse(found.edition)
        and found.edition.id == edition.id
        and (made := picture(app, store, edition, found.held))
    ]
    return Progress(
        edition,
        tuple(found.held for found in same),
        lines,
        damaged,
        others,
        tuple(choices.values()),
        {node: points for node in nodes if (points := between(pictures, node))},
    )


def _applies(found: Standings, section: str) -> frozenset[str]:
    """The indicators below a section that apply in a round."""
    items = (found.edition.by_code[code].id for code in found.edition.sections[section].codes())
    return frozenset(item for item in items if found.today[item].counts.m)


def _wanted(read: Sequence[Standings], full: Sequence[Standings], like: str | None) -> Edition:
    """The edition of the round `like`; for a pulse that of the newest full round that asks its items, else the newest."""
    asked = next((found.edition for found in read if found.held.id == like), None)
    if asked is None:
        return full[-1].edition
    if not is_pulse(asked):
        return asked
    return next((each.edition for each in reversed(full) if asks(each.edition, asked)), full[-1].edition)


def asks(edition: Edition, wanted: Edition) -> bool:
    """Whether an edition asks what another does: the same questions, or some of the same framework of which those are a part."""
    return covers(edition, wanted)


def _scope(edition: Edition) -> tuple[str, str]:
    return edition.id, edition.head.tree.id


def explained(
    app: Application, store: Store, held: Round, node: str, *, targets: bool = False
) -> Explanation:
    """How a node's value (or target) of a closed round was made.

    KeyError for a node its edition does not have. Raises RoundDamaged.
    """
    found = standings(app, store, held)
    return explain(found.targets if targets else found.today, found.edition, node)


def readable(
    app: Application, store: Store, closed: tuple[Round, ...]
) -> tuple[list[Standings], tuple[Round, ...]]:
    """The numbers of these rounds in their order, and those whose content no longer fits their hash."""
    shown: list[Standings] = []
    damaged: list[Round] = []
    for held in closed:
        try:
            shown.append(standings(app, store, held))
        except RoundDamaged:
            damaged.append(held)
    return shown, tuple(damaged)
