"""How a node's value moved from round to round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from dxassess.assessment.carried import Carried
from dxassess.assessment.model import Round
from dxassess.assessment.scoring import Counts, NodeScore, Scores, value_of
from dxassess.catalogue.model import Edition


@dataclass(frozen=True, slots=True)
class Point:
    """A node in one round: its value and its target, each with what it stands on.

    After a pulse `sources` says for how many indicators the value is one of an earlier round, carried forward; `counts.n` are measured
    ones alone. None for what a round measured itself. `others`: other indicators apply than at the last point with a value, be they as
    many or not.
    """

    round: Round
    value: Fraction | None
    target: Fraction | None
    counts: Counts
    target_counts: Counts
    sources: tuple[tuple[Round, int], ...] | None = None
    others: bool = False

    @property
    def carried(self) -> int | None:
        """How many indicators are carried forward; None for what a round measured itself."""
        return None if self.sources is None else sum(count for _, count in self.sources)


@dataclass(frozen=True, slots=True)
class Since:
    """A node's value beside that of the round before.

    `alike`: both stand on the same indicators. `interim`: today's round is open, and answers are still to come.
    """

    today: NodeScore
    last: NodeScore | None
    alike: bool
    interim: bool

    @property
    def change(self) -> Fraction | None:
        """Today minus last round.

        None when either has no value, and while an interim value stands on other indicators than the last: a mean of
        the first few answers is no progress.
        """
        if self.last is None or self.last.value is None or self.today.value is None:
            return None
        return None if self.interim and not self.alike else self.today.value - self.last.value


@dataclass(frozen=True, slots=True)
class Shared:
    """A node in two rounds over the `n` indicators that have a level in both."""

    before: Fraction
    after: Fraction
    n: int

    @property
    def change(self) -> Fraction:
        """Later minus earlier."""
        return self.after - self.before


def shared(
    edition: Edition, lines: Mapping[str, Sequence[Point]], section: str, before: str, after: str
) -> Shared | None:
    """A section in two rounds (by id) over the indicators below it that have a level in both; None where there is none."""
    items = [edition.by_code[code].id for code in edition.sections[section].codes()]
    told = [
        {item: point.value for item in items for point in lines[item] if point.round.id == held}
        for held in (before, after)
    ]
    both = [item for item in items if all(each.get(item) is not None for each in told)]
    first, last = (
        value_of(edition, section, {item: value for item in both if (value := each[item]) is not None})
        for each in told
    )
    return None if first is None or last is None else Shared(first, last, len(both))


def since(edition: Edition, today: Scores, last: Scores | None, section: str, *, interim: bool) -> Since:
    """A section's value beside that of the round before; `last` are its scores, None without one."""
    before = last.get(section) if last else None
    items = [edition.by_code[code].id for code in edition.sections[section].codes()]
    alike = all(_has_value(today, item) == _has_value(last or {}, item) for item in items)
    return Since(today[section], before, before is not None and alike, interim)


def _has_value(scores: Scores, node: str) -> bool:
    return node in scores and scores[node].value is not None


def series(rounds: Sequence[tuple[Round, Scores, Scores]], node: str) -> tuple[Point, ...]:
    """One point per round, in the order given; each round comes with its scores of today and of the targets.

    A round whose edition does not have the node is a point without value that stands on nothing.
    """
    return tuple(_point(held, scores, targets, node) for held, scores, targets in rounds)


def between(pictures: Sequence[Carried], node: str) -> tuple[Point, ...]:
    """A node after each pulse that measured any of it, in the order given: an indicator as it was measured, a section with what
    of it is carried forward."""
    found: list[Point] = []
    for picture in pictures:
        there = picture.nodes.get(node)
        if there is None or not there.measured:
            continue
        scored, aimed = picture.today[node], picture.targets[node]
        counts = replace(scored.counts, n=there.measured)
        sources = None if scored.kind == "indicator" else there.sources
        found.append(Point(picture.held, there.value, there.target, counts, aimed.counts, sources))
    return tuple(found)


def marked(points: Sequence[Point], applies: Sequence[frozenset[str]]) -> tuple[Point, ...]:
    """The points, each saying whether `others` apply; `applies` holds for every point the indicators below it that apply."""
    found: list[Point] = []
    last: frozenset[str] | None = None
    for point, now in zip(points, applies, strict=True):
        found.append(replace(point, others=last is not None and point.value is not None and now != last))
        last = now if point.value is not None else last
    return tuple(found)


def change(points: Sequence[Point]) -> Fraction | None:
    """The last value minus the one before it.

    None with fewer than two points, when either has no value, and between different editions, whose levels are never
    subtracted.
    """
    if len(points) < 2:
        return None
    before, last = points[-2], points[-1]
    if before.round.edition != last.round.edition or before.value is None or last.value is None:
        return None
    return last.value - before.value


def _point(held: Round, scores: Scores, targets: Scores, node: str) -> Point:
    value, counts = _standing(scores, node)
    target, target_counts = _standing(targets, node)
    return Point(held, value, target, counts, target_counts)


def _standing(scores: Scores, node: str) -> tuple[Fraction | None, Counts]:
    found = scores.get(node)
    return (found.value, found.counts) if found else (None, Counts())
