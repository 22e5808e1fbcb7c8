"""Rounds side by side: what rose and fell beside the noise of who answered, targets, and the actions finished between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from dxassess.assessment.anonymity import standing as as_it_stands
from dxassess.assessment.comparison import (
    Column,
    Comparison,
    Finished,
    SectionLine,
    comparison,
    finished_between,
)
from dxassess.assessment.model import Round, State
from dxassess.assessment.resampling import Noise, Resampled, Verdict, Voices, resampled
from dxassess.assessment.revealed import Revealed, voted
from dxassess.assessment.scoring import current_mark, exact
from dxassess.assessment.strata import Rater
from dxassess.assessment.targets import OUTCOMES, Aim, Outcome, aims
from dxassess.catalogue.model import Edition
from dxassess.catalogue.narrow import is_pulse, narrowed
from dxassess.errors import RoundDamaged
from dxassess.storage import Store
from dxassess.usecases.application import Application
from dxassess.usecases.progress import asks
from dxassess.usecases.result import Standings, standings
from dxassess.usecases.rounds import standing

Left = Literal["damaged", "reopened", "pulse", "edition", "scope", "scale"]


@dataclass(frozen=True, slots=True)
class Beside:
    """What the page of comparison shows.

    `offered`: the rounds that can be laid side by side, oldest first; `choices` the editions and scopes that have two rounds or more,
    each with its newest; `left` rounds that cannot, and why. `found` is None while fewer than two are chosen. `single` is the round
    asked for where no other can stand beside it and `scope` is shown instead.
    """

    scope: Edition
    offered: tuple[Round, ...]
    empty: tuple[Round, ...]
    choices: tuple[tuple[Round, Edition], ...]
    left: tuple[tuple[Round, Left], ...]
    found: Comparison | None
    noise: Resampled | None
    aims: tuple[Aim, ...]
    finished: tuple[Finished, ...]
    single: Round | None = None

    @property
    def same_day(self) -> tuple[Round, ...]:
        """Chosen rounds that were held on the day of another of them."""
        rounds = self.found.rounds if self.found else ()
        pairs = [pair for pair in pairwise(rounds) if pair[0].held_on == pair[1].held_on]
        return tuple(dict.fromkeys(held for pair in pairs for held in pair))

    @property
    def corrected(self) -> tuple[Round, ...]:
        """Chosen rounds that were opened again after they had been closed, and closed anew."""
        return tuple(held for held in (self.found.rounds if self.found else ()) if held.reopened)

    @property
    def unanswered(self) -> tuple[Round, ...]:
        """Chosen rounds without a single level."""
        rounds = self.found.rounds if self.found else ()
        return tuple(held for held in rounds if held in self.empty)

    def noise_of(self, node: str) -> Noise | None:
        """The noise of an indicator or a section, by id."""
        if self.noise is None:
            return None
        return self.noise.items.get(node) or self.noise.sections.get(node)

    def verdict(self, node: str, change: Fraction | None) -> Verdict:
        """What may be said of a change of an indicator or a section."""
        noise = self.noise_of(node)
        return noise.verdict(change) if noise else "unsaid"

    def verdict_of(self, line: SectionLine) -> Verdict:
        """What may be said of a section: of its change over the items that have a level in both rounds."""
        return self.verdict(line.section, line.like)

    @property
    def verdicts(self) -> Mapping[Verdict, int]:
        """Of how many items that moved what may be said."""
        moved = (*self.found.risen, *self.found.fallen) if self.found else ()
        return Counter(self.verdict(line.item.id, line.change) for line in moved)

    @property
    def aimed(self) -> int:
        """How many items have a target of an earlier round and apply."""
        return sum(aim.target is not None for aim in self.aims)

    @property
    def newly(self) -> int:
        """How many items reached their target in the last of the rounds, and in none before."""
        return sum(aim.is_new for aim in self.aims)

    @property
    def outcomes(self) -> Mapping[Outcome, tuple[Aim, ...]]:
        """The items of the last round by what became of their target; every item stands in exactly one place."""
        return {each: tuple(aim for aim in self.aims if aim.outcome == each) for each in OUTCOMES}


def compare(
    app: Application, store: Store, like: str | None = None, chosen: Collection[str] | None = None
) -> Beside | None:
    """The `chosen` rounds (by id) side by side; the last two with answers when left out. None while no closed round can be read.

    They are of the edition and scope of the round `like` (by id), of the newest when left out or not there; where that has one round
    alone, of the newest that has two. Ids of other rounds are passed over.
    """
    shown, left = _closed(app, store)
    if not shown:
        return None
    choices, scope, single = _choice(shown, like)
    fit = _beside(shown, scope)
    left += [(each.held, why) for each in shown if (why := _why_not(each, scope))]
    empty = tuple(each.held for each in fit if not _has_levels(each, scope))
    usual = [each.held.id for each in fit if each.held not in empty][-2:]
    picked = [each for each in fit if each.held.id in (usual if chosen is None else chosen)]
    rounds = tuple(each.held for each in fit)
    places = tuple((each.held, each.edition) for each in choices)
    if len(picked) < 2:
        return Beside(scope, rounds, empty, places, tuple(left), None, None, (), (), single)
    found = comparison([_column(each, scope.head.tree.id) for each in picked])
    due = {each.node: each.due for each in store.plan_nodes(scope.id) if each.due}
    return Beside(
        scope,
        rounds,
        empty,
        places,
        tuple(left),
        found,
        _noise(app, store, found),
        aims(found, due),
        finished_between(store.actions(), found),
        single,
    )


def _closed(app: Application, store: Store) -> tuple[list[Standings], list[tuple[Round, Left]]]:
    """The closed rounds in order; and those that are damaged, are pulses, or were closed and are open again."""
    found: list[Standings] = []
    left: list[tuple[Round, Left]] = []
    for held in standing(store).rounds:
        if held.closed:
            try:
                numbers = standings(app, store, held)
            except RoundDamaged:
                left.append((held, "damaged"))
                continue
            if is_pulse(numbers.edition):
                left.append((held, "pulse"))
            else:
                found.append(numbers)
        elif held.reopened:
            left.append((held, "reopened"))
    return found, left


def _choice(shown: Sequence[Standings], like: str | None) -> tuple[list[Standings], Edition, Round | None]:
    """The newest round of each scope that has two, the scope to show, and the round asked for where that stands in no such scope."""
    newest = {_scope(each.edition): each for each in shown}
    choices = [each for each in newest.values() if _beside(shown, each.edition)[1:]]
    wanted = next((each for each in shown if each.held.id == like), shown[-1])
    asked = newest[_scope(wanted.edition)]
    if not choices or asked in choices:
        return choices, asked.edition, None
    return choices, max(choices, key=shown.index).edition, asked.held


def _beside(shown: Sequence[Standings], scope: Edition) -> list[Standings]:
    """Those that can be laid side by side."""
    return [each for each in shown if _why_not(each, scope) is None]


def _scope(edition: Edition) -> tuple[object, ...]:
    return edition.id, edition.head.tree.id, edition.scale.values


def _why_not(each: Standings, scope: Edition) -> Left | None:
    if each.edition.id != scope.id:
        return "edition"
    if each.edition.scale.values != scope.scale.values:
        return "scale"
    return None if asks(each.edition, scope) else "scope"


def _has_levels(each: Standings, scope: Edition) -> bool:
    return each.today[scope.head.tree.id].counts.n > 0


def _column(each: Standings, root: str) -> Column:
    return Column(each.held, narrowed(each.edition, root), each.answers, each.today)


def _noise(app: Application, store: Store, found: Comparison) -> Resampled:
    """The noise between the first and the last of the rounds, drawn once."""
    edition, first, last = found.edition, found.rounds[0], found.rounds[-1]
    ends = (first.id, first.version, last.id, last.version, edition.head.tree.id)
    return app.closed.get(
        ("resampled", app.database.place, store.organisation_id, *ends),
        lambda: resampled(edition, _voices(store, first), _voices(store, last), list(found.sections)),
    )


def _voices(store: Store, held: Round) -> Voices:
    """The votes of a closed round as they may be seen: single people in a named round, otherwise what its groups let through."""
    seen = store.revealed(held.id)
    people = sum(seen.people.values())
    if seen.groups is not None:
        return Voices(people, None, _histograms(seen), seen.groups.hidden)
    raters = _raters(store, held)
    return Voices(len(raters), raters)


def _histograms(seen: Revealed) -> dict[str, dict[str, tuple[int, ...]]]:
    """By indicator and group; of the second vote where it is shown."""
    again = {cell.indicator for cell in seen.second}
    cells = [*seen.second, *(cell for cell in seen.first if cell.indicator not in again)]
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for cell in cells:
        if cell.field == "current":
            found.setdefault(cell.indicator, {})[cell.role] = cell.counts
    return found


def _raters(store: Store, held: Round) -> tuple[Rater, ...]:
    """The people of a named round who gave a level, each with the vote that stands."""
    names = {person.id: person.name for person in store.respondents(held.id)}
    records = store.answers(held.id)
    first = [record for record in records if record.ballot == "first"]
    second = [record for record in records if record.ballot == "second" and voted(record)]
    again = as_it_stands(first, second)
    asked = {record.answer.indicator for record in again}
    levels: dict[str, dict[str, Fraction]] = {}
    roles: dict[str, str] = {}
    for record in (*again, *(each for each in first if each.answer.indicator not in asked)):
        mark = current_mark(record.answer)
        if mark is not None and not isinstance(mark, State):
            levels.setdefault(record.respondent, {})[record.answer.indicator] = exact(mark)
            roles.setdefault(record.respondent, record.role)
    return tuple(Rater(names.get(who, ""), roles[who], given) for who, given in levels.items())
