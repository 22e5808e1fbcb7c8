"""Result: where the organisation stands in one round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from dxassess.assessment.benchmark import Beside, beside
from dxassess.assessment.distance import distance
from dxassess.assessment.explanation import Explanation, explain
from dxassess.assessment.model import Answer, Round
from dxassess.assessment.progress import Since, since
from dxassess.assessment.ranking import strongest, weakest
from dxassess.assessment.scoring import NodeScore, Scores, current_marks, score, target_marks
from dxassess.catalogue.model import Benchmarks, Edition, PublishedAverage, Threshold
from dxassess.catalogue.narrow import is_pulse
from dxassess.errors import RoundDamaged
from dxassess.storage import Store
from dxassess.usecases.application import Application

PICKS = 5


@dataclass(frozen=True, slots=True)
class Standings:
    """The numbers of one round: the agreed answers, every node today and its target; of a closed one how many people voted alone first.

    The votes are counted here because a closed round is read whole, which is what takes long.
    """

    held: Round
    edition: Edition
    answers: Mapping[str, Answer]
    today: Scores
    targets: Scores
    voters: int = 0


@dataclass(frozen=True, slots=True)
class Average:
    """One average of the edition: today, target, last round, and what was published for companies like this one."""

    since: Since
    target: NodeScore
    beside: Beside | None

    @property
    def published(self) -> PublishedAverage | None:
        return self.beside.average if self.beside else None

    @property
    def today(self) -> NodeScore:
        return self.since.today

    @property
    def last(self) -> NodeScore | None:
        return self.since.last


@dataclass(frozen=True, slots=True)
class Result:
    """What the result page shows. `damaged` is last round where its content no longer fits its hash.

    `benchmarks`: what is published for the edition, as it is known today; None where nothing is.
    """

    standings: Standings
    last: Standings | None
    averages: tuple[Average, ...]
    strongest: tuple[NodeScore, ...]
    weakest: tuple[NodeScore, ...]
    distances: tuple[tuple[Threshold, Fraction | None], ...]
    damaged: Round | None = None
    benchmarks: Benchmarks | None = None

    @property
    def is_empty(self) -> bool:
        """No item has a level yet."""
        return all(average.today.counts.n == 0 for average in self.averages)

    def change(self, item: str) -> Fraction | None:
        """Today minus last round of an item; None when either has no value."""
        today, last = self.standings.today[item], self.last.today.get(item) if self.last else None
        if last is None or last.value is None or today.value is None:
            return None
        return today.value - last.value

    def explain(self, node: str, *, targets: bool = False) -> Explanation:
        """How a number of this result was made."""
        scores = self.standings.targets if targets else self.standings.today
        return explain(scores, self.standings.edition, node)


def standings(app: Application, store: Store, held: Round) -> Standings:
    """The numbers of a round; those of a closed one are computed once. Raises RoundDamaged."""
    if not held.closed:
        return _standings(store, held)
    key = (app.database.place, store.organisation_id, held.id, held.version)
    return app.closed.get(key, lambda: _standings(store, held))


def sound_standings(app: Application, store: Store, held: Round) -> Standings | None:
    """As `standings`; None for a round whose content no longer fits its hash, where others stand beside it."""
    try:
        return standings(app, store, held)
    except RoundDamaged:
        return None


def result(app: Application, store: Store, held: Round) -> Result:
    """Everything the result page shows of a round. Raises RoundDamaged."""
    here = standings(app, store, held)
    before = _before(store, held)
    last, damaged = _readable(app, store, before)
    edition = here.edition
    published = benchmarks_of(app, edition)
    size = store.organisation.size
    last = _beside(here, last)
    return Result(
        here,
        last,
        tuple(
            Average(since_last(here, last, node), here.targets[node], beside(published, node, size))
            for node in edition.head.averages
        ),
        tuple(node for node in strongest(edition, here.today, PICKS) if _off(here, node) > 0),
        tuple(node for node in weakest(edition, here.today, PICKS) if _off(here, node) < 0),
        tuple((line, distance(line, here.today)) for line in edition.head.thresholds),
        before if damaged else None,
        published,
    )


def benchmarks_of(app: Application, edition: Edition) -> Benchmarks | None:
    """What is published for an edition, as the catalogue of today has it; None for one that is asked in part, or has none."""
    today = app.editions.get(edition.id)
    return today.benchmarks if edition.benchmarks and today else edition.benchmarks


def _standings(store: Store, held: Round) -> Standings:
    voice = store.voice(held.id)
    voters = sum(store.revealed(held.id).people.values()) if held.closed else 0
    return replace(_scored(held, voice.edition, voice.answers), voters=voters)


def _scored(held: Round, edition: Edition, answers: Mapping[str, Answer]) -> Standings:
    return Standings(
        held,
        edition,
        answers,
        score(edition, current_marks(answers.values())),
        score(edition, target_marks(answers.values())),
    )


def _before(store: Store, held: Round) -> Round | None:
    """The round before, if it has the same edition: levels of two editions are never laid on one axis."""
    before = store.round(held.previous) if held.previous else None
    return before if before and before.edition == held.edition else None


def _beside(here: Standings, last: Standings | None) -> Standings | None:
    """The round before as it stands beside this one: of a pulse's items alone; never a pulse beside a full round, nor another scale."""
    if last is None or last.edition.scale.values != here.edition.scale.values:
        return None
    if is_pulse(last.edition) and not is_pulse(here.edition):
        return None
    return _scored(last.held, here.edition, last.answers) if is_pulse(here.edition) else last


def _off(here: Standings, node: NodeScore) -> Fraction:
    """How far an item lies above the plain mean of all items: nothing at the mean is called strong or weak."""
    values = [here.today[item.id].value for item in here.edition.scored]
    known = [value for value in values if value is not None]
    return (node.value or Fraction()) - Fraction(sum(known), len(known))


def _readable(app: Application, store: Store, before: Round | None) -> tuple[Standings | None, bool]:
    """The numbers of the round before, and whether they are kept back because its content changed."""
    if before is None:
        return None, False
    try:
        return standings(app, store, before), False
    except RoundDamaged:
        return None, True


def since_last(here: Standings, last: Standings | None, node: str) -> Since:
    """A section's value in a round beside that of `last`, a round of the same edition."""
    before = last.today if last else None
    return since(here.edition, here.today, before, node, interim=not here.held.closed)
