"""Progress: the averages and the groups over all closed rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dxassess.assessment.explanation import Explanation, explain
from dxassess.assessment.model import Round
from dxassess.assessment.progress import Point, series
from dxassess.catalogue.model import Edition
from dxassess.errors import RoundDamaged
from dxassess.storage import Store
from dxassess.usecases.application import Application, edition_of
from dxassess.usecases.result import Standings, standings
from dxassess.usecases.rounds import standing


@dataclass(frozen=True, slots=True)
class Progress:
    """Closed rounds of one edition in order; `lines` by section id or indicator id; `damaged` rounds are named, not shown.

    `others` are rounds of another edition, or of none of what is shown; `choices` the editions and scopes there are, each with
    its newest round.
    """

    edition: Edition
    rounds: tuple[Round, ...]
    lines: Mapping[str, tuple[Point, ...]]
    damaged: tuple[Round, ...]
    others: tuple[Round, ...]
    choices: tuple[tuple[Round, Edition], ...]

    @property
    def is_empty(self) -> bool:
        """No item of any of these rounds has a level."""
        return all(point.value is None for points in self.lines.values() for point in points)


def progress(app: Application, store: Store, like: str | None = None) -> Progress | None:
    """All closed rounds that can stand on one line with the round `like` (by id), the newest when left out or not there.

    Those are the rounds of its edition that ask what it asks, alone or with more. None while no round is closed.
    """
    closed = standing(store).closed
    shown, damaged = readable(app, store, closed)
    if not shown:
        return Progress(edition_of(store, damaged[-1]), (), {}, damaged, (), ()) if damaged else None
    choices = {_scope(found.edition): (found.held, found.edition) for found in shown}
    wanted = next((found.edition for found in shown if found.held.id == like), shown[-1].edition)
    edition = choices[_scope(wanted)][1]
    same = [found for found in shown if asks(found.edition, edition)]
    others = tuple(found.held for found in shown if not asks(found.edition, edition))
    numbers = [(found.held, found.today, found.targets) for found in same]
    nodes = [*edition.head.averages, *edition.head.groups, *(item.id for item in edition.scored)]
    lines = {node: series(numbers, node) for node in nodes}
    return Progress(
        edition, tuple(found.held for found in same), lines, damaged, others, tuple(choices.values())
    )


def asks(edition: Edition, wanted: Edition) -> bool:
    """Whether an edition asks what another does: the same questions, or some of the same framework of which those are a part."""
    return edition.id == wanted.id and wanted.head.tree.id in edition.sections


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
