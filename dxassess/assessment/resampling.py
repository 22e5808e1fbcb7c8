"""The noise of a change: how far two rounds would lie apart because of who happened to answer, by re-sampling the raters.

Bootstrap (Efron 1979, Ann. Statist. 7:1) within each role. Of its n people n − 1 are drawn with replacement and weighted by
n / (n − 1): drawing all n makes small roles look surer than they are by that factor (McCarthy & Snowden 1985; Rao & Wu 1988, JASA
83:231), so that with three raters a round one change in six would pass for more than noise instead of about one in twenty. Who
voted under the same name and role in both rounds is drawn once for both. Seed and number of draws are fixed, so the same votes give
the same limits with one version of numpy. Floats: these are limits, not values.

Histograms (anonymous rounds) do not tell who is strict everywhere. Each indicator is then drawn by itself, which makes the interval
of an average too narrow; with everybody as strict everywhere as can be it is at its widest. Both are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import numpy as np

from dxassess.assessment.agreement import Values, Votes, mean_level, pooled
from dxassess.assessment.draws import Numbers, aggregated, of_people, of_votes, weighted
from dxassess.assessment.scoring import Scores, score
from dxassess.assessment.strata import Rater, Unit, units
from dxassess.catalogue.model import Edition, Section

SEED = 20_190_731
SHARE = 0.95
FEW = 3
"""With fewer raters than this nothing can be said."""
ALIKE = 1e-9
Why = Literal["no_votes", "few", "hidden"]
_Said = tuple[int, Fraction | None]
Verdict = Literal["beyond", "within", "against", "still", "unsaid"]


@dataclass(frozen=True, slots=True)
class Voices:
    """The votes of a round as they may be seen: single people, or (`raters` None) histograms by indicator and group.

    `people` voted; `hidden`: too few of them for anything to be shown.
    """

    people: int
    raters: tuple[Rater, ...] | None = None
    votes: Mapping[str, Votes] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Noise:
    """What the votes of two rounds say of a change. `votes` (of a section: people) and `means` of each round.

    `low` to `high`: where `SHARE` of the drawn differences of means lie; `widest`: the same at its widest, where it depends on
    what histograms do not tell. `why`: nothing can be said, and there is no interval.
    """

    votes: tuple[int, int]
    means: tuple[Fraction | None, Fraction | None] = (None, None)
    low: float | None = None
    high: float | None = None
    widest: tuple[float, float] | None = None
    why: Why | None = None

    def verdict(self, change: Fraction | None) -> Verdict:
        """What may be said of a change. `within`: 0 lies in the interval; `against`: the votes moved the other way, beyond noise.

        `still`: nothing changed. `unsaid`: it cannot be told, also where only the widest interval holds 0.
        """
        if change == 0:
            return "still"
        if change is None or self.low is None or self.high is None:
            return "unsaid"
        if _holds_zero(self.low, self.high):
            return "within"
        if self.widest and _holds_zero(*self.widest):
            return "unsaid"
        return "beyond" if (self.low > 0) == (change > 0) else "against"


@dataclass(frozen=True, slots=True)
class Resampled:
    """The noise of every indicator and of the sections asked for, by id. `people` of each round, `paired` of whom were drawn once for
    both. `single`: people were drawn; otherwise, of one round at least, the votes on each indicator."""

    items: Mapping[str, Noise]
    sections: Mapping[str, Noise]
    people: tuple[int, int]
    paired: int
    single: bool

    @property
    def why(self) -> Why | None:
        """Why nothing can be said of any indicator; None where something can of one."""
        whys = [noise.why for noise in self.items.values()]
        return None if None in whys or not whys else whys[0]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The mean level of each indicator (columns) in each draw (rows), nan where nobody drawn gave one."""

    before: Numbers
    after: Numbers


def resampled(edition: Edition, before: Voices, after: Voices, sections: Sequence[str]) -> Resampled:
    """The noise between two rounds for every indicator of `edition` and these sections of it."""
    ids = [item.id for item in edition.scored]
    sides = before, after
    single = before.raters is not None and after.raters is not None
    why = _why(before, after)
    values, generator = edition.scale.values, np.random.default_rng(SEED)
    known = {one: (_said(before, one, values), _said(after, one, values)) for one in ids}
    if why:
        items = {one: Noise((first[0], last[0]), why=why) for one, (first, last) in known.items()}
        nothing = Noise((before.people, after.people), why=why)
        return Resampled(items, dict.fromkeys(sections, nothing), nothing.votes, 0, single)
    people = units(before.raters or (), after.raters or ()) if single else ()
    drawn = _together(people, ids, generator) if single else _apart(sides, ids, values, generator)
    items = {one: _item(known[one], sides, drawn, number) for number, one in enumerate(ids)}
    wide = None if single else _widest(drawn, sides, generator)
    return Resampled(
        items,
        _sections(edition, sections, items, (drawn, wide), (before.people, after.people)),
        (before.people, after.people),
        sum(unit.kind == "both" for unit in people),
        single,
    )


def _holds_zero(low: float, high: float) -> bool:
    return low <= ALIKE and high >= -ALIKE


def _why(before: Voices, after: Voices) -> Why | None:
    if not before.people or not after.people:
        return "no_votes"
    if before.hidden or after.hidden:
        return "hidden"
    return "few" if min(before.people, after.people) < FEW else None


def _said(side: Voices, indicator: str, values: Values) -> _Said:
    """How many levels were given, and their mean."""
    if side.raters is None:
        votes = side.votes.get(indicator)
        histogram = pooled(votes) if votes else (0,) * len(values)
        return sum(histogram), mean_level(histogram, values)
    given = [rater.levels[indicator] for rater in side.raters if indicator in rater.levels]
    return len(given), sum(given, Fraction()) / len(given) if given else None


def _together(people: Sequence[Unit], ids: Sequence[str], generator: np.random.Generator) -> _Drawn:
    """Both rounds from the same draw of people."""
    weights = weighted(people, generator)
    sides = [unit.before for unit in people], [unit.after for unit in people]
    return _Drawn(*(of_people(side, ids, weights) for side in sides))


def _apart(
    sides: tuple[Voices, Voices], ids: Sequence[str], values: Values, generator: np.random.Generator
) -> _Drawn:
    """Each round drawn for itself."""
    found: list[Numbers] = []
    for side in sides:
        if side.raters is None:
            found.append(of_votes(side.votes, ids, values, generator))
        else:
            people = units(side.raters, ())
            weights = weighted(people, generator)
            found.append(of_people([unit.before for unit in people], ids, weights))
    return _Drawn(*found)


def _widest(drawn: _Drawn, sides: tuple[Voices, Voices], generator: np.random.Generator) -> _Drawn:
    """The draws of histograms in rising order, as if who is strict on one indicator were as strict on all; the rounds apart."""
    before, after = (
        np.sort(each, axis=0) if side.raters is None else each
        for each, side in zip((drawn.before, drawn.after), sides, strict=True)
    )
    return _Drawn(before, generator.permutation(after, axis=0))


def _item(said: tuple[_Said, _Said], sides: tuple[Voices, Voices], drawn: _Drawn, number: int) -> Noise:
    votes, means = (said[0][0], said[1][0]), (said[0][1], said[1][1])
    missing = [side for side, n in zip(sides, votes, strict=True) if not n]
    if missing:
        return Noise(
            votes, means, why="hidden" if any(side.raters is None for side in missing) else "no_votes"
        )
    if min(votes) < FEW:
        return Noise(votes, means, why="few")
    return Noise(votes, means, *_limits(drawn.after[:, number] - drawn.before[:, number]))


def _limits(differences: Numbers) -> tuple[float, float]:
    known = differences[~np.isnan(differences)]
    low, high = np.quantile(known, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return float(low), float(high)


def _sections(
    edition: Edition,
    sections: Sequence[str],
    items: Mapping[str, Noise],
    draws: tuple[_Drawn, _Drawn | None],
    people: tuple[int, int],
) -> dict[str, Noise]:
    """The noise of sections over the indicators of which something can be said: a few votes on one say nothing of a section either."""
    used = {one: number for number, one in enumerate(items) if items[one].why is None}
    means = _scores(edition, items, used, 0), _scores(edition, items, used, 1)
    found: dict[str, Noise] = {}
    for one in sections:
        values = means[0][one].value, means[1][one].value
        if None in values:
            below = [items[edition.by_code[code].id] for code in edition.sections[one].codes()]
            few = any(noise.why == "few" for noise in below)
            found[one] = Noise(people, values, why="few" if few else "no_votes")
            continue
        low, high, *widest = [
            limit
            for drawn in draws
            if drawn
            for limit in _limits(_difference(edition, edition.sections[one], used, drawn))
        ]
        found[one] = Noise(people, values, low, high, (widest[0], widest[1]) if widest else None)
    return found


def _scores(edition: Edition, items: Mapping[str, Noise], used: Iterable[str], end: int) -> Scores:
    means = {one: items[one].means[end] for one in used}
    return score(edition, {one: [mean] for one, mean in means.items() if mean is not None})


def _difference(edition: Edition, section: Section, known: Mapping[str, int], drawn: _Drawn) -> Numbers:
    before, after = (aggregated(edition, section, known, each) for each in (drawn.before, drawn.after))
    assert before is not None and after is not None
    return after - before
