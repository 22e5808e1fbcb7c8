"""From levels to values: every node of an edition's tree gets a value and says how many indicators it stands on.

Exact: values are fractions, made from numbers as they are written (`2.5` is 5/2). An indicator nobody answered, one the
group cannot say and one that does not apply have no value and leave every mean; none of them is ever 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from dxassess.assessment.model import Answer, State
from dxassess.catalogue.model import Aggregate, Bilingual, Edition, Indicator, Level, Section

Mark = Level | Literal[State.CANNOT_SAY, State.NOT_APPLICABLE]
Marks = Mapping[str, Sequence[Mark | Fraction]]
"""What the voices say by indicator; a fraction is a level that is planned, which may lie between two of the scale."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many indicators a value stands on: `n` of `m` have a level.

    `m` = `n` + `cannot_say` + `not_answered`: the indicators that apply. `not_applicable` ones come on top.
    """

    n: int = 0
    m: int = 0
    cannot_say: int = 0
    not_applicable: int = 0
    not_answered: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.n + other.n,
            self.m + other.m,
            self.cannot_say + other.cannot_say,
            self.not_applicable + other.not_applicable,
            self.not_answered + other.not_answered,
        )


@dataclass(frozen=True, slots=True)
class NodeScore:
    """The value of one node of the tree. `depth` is 0 at the root; `aggregate` is None for an indicator."""

    id: str
    kind: Literal["section", "indicator"]
    code: str | None
    title: Bilingual
    depth: int
    parent: str | None
    aggregate: Aggregate | None
    weight: Fraction
    value: Fraction | None
    counts: Counts


Scores = Mapping[str, NodeScore]


@lru_cache(maxsize=1_000)
def exact(number: Level | Fraction) -> Fraction:
    """A number as it is written: 0.1 is 1/10."""
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


def current_mark(answer: Answer) -> Mark | None:
    """What an answer says of today; None while it is open, and for a quantitative indicator."""
    if answer.state is State.ANSWERED:
        return answer.level
    return None if answer.state is State.OPEN else answer.state


def target_mark(answer: Answer) -> Mark | None:
    """What an answer aims at; None without a target. What does not apply has no target to reach."""
    return State.NOT_APPLICABLE if answer.state is State.NOT_APPLICABLE else answer.target


def current_marks(answers: Iterable[Answer]) -> dict[str, list[Mark]]:
    """The marks of today by indicator id, one per voice that says something."""
    return _gathered((answer.indicator, current_mark(answer)) for answer in answers)


def target_marks(answers: Iterable[Answer]) -> dict[str, list[Mark]]:
    """The targets by indicator id, one per voice that sets one."""
    return _gathered((answer.indicator, target_mark(answer)) for answer in answers)


def _gathered(pairs: Iterable[tuple[str, Mark | None]]) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {}
    for indicator, mark in pairs:
        if mark is not None:
            marks.setdefault(indicator, []).append(mark)
    return marks


def score(edition: Edition, marks: Marks) -> dict[str, NodeScore]:
    """Every node of the tree by section id or indicator id, depth first, the root first.

    `marks` holds what the voices say by indicator id; quantitative and unknown indicators in it are passed over.
    """
    scores: dict[str, NodeScore] = {}
    for place in reversed(list(_places(edition, edition.head.tree, None, 0))):
        if isinstance(place.node, Section):
            scores[place.node.id] = _section_score(edition, place.node, place, scores)
        else:
            scores[place.node.id] = _indicator_score(place.node, place, marks.get(place.node.id, ()))
    return dict(reversed(scores.items()))


def highest(edition: Edition, scores: Scores, section: str) -> Fraction:
    """The most a section can come to: the top of the scale, or, where it sums, every indicator that applies at the top."""
    top = edition.scale.values[-1]
    if all(below.aggregate != "sum" for below in edition.sections[section].walk()):
        return exact(top)
    applies = [each.id for each in edition.scored if not scores[each.id].counts.not_applicable]
    return score(edition, {indicator: [top] for indicator in applies})[section].value or Fraction()


def reach(edition: Edition, sections: Iterable[str]) -> Fraction:
    """The most that any of these sections can come to when everything applies: where an axis they share ends."""
    everything = score(edition, {each.id: [edition.scale.values[-1]] for each in edition.scored})
    return max((everything[section].value or Fraction() for section in sections), default=Fraction())


def operands(edition: Edition, section: Section, scores: Scores) -> list[NodeScore]:
    """The nodes a section's value is made of: the nodes just below it, or all indicators below."""
    if section.over == "items":
        return [scores[edition.by_code[code].id] for code in section.codes()]
    return _children(edition, section, scores)


def aggregated(aggregate: Aggregate, parts: Sequence[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    """(total, divisor) of parts given as (value, weight); total / divisor is the value. (0, 0) without parts.

    `mean` ignores weights; `weighted_mean` divides by the weights of the parts that are there; `sum` and `min` divide by 1.
    """
    if not parts:
        return Fraction(), Fraction()
    values, weights = zip(*parts, strict=True)
    if aggregate == "mean":
        return sum(values, Fraction()), Fraction(len(parts))
    if aggregate == "weighted_mean":
        return sum((value * weight for value, weight in parts), Fraction()), sum(weights, Fraction())
    return sum(values, Fraction()) if aggregate == "sum" else min(values), Fraction(1)


def value_of(edition: Edition, node: str, levels: Mapping[str, Fraction]) -> Fraction | None:
    """What `score` gives a node (a section or an indicator, by id) when these indicators have these levels and no other has any.

    It looks at nothing but the node and what lies below it, for those who ask many times over.
    """
    section = edition.sections.get(node)
    if section is None:
        return levels.get(node)
    below = [
        edition.by_code[code] for code in (section.codes() if section.over == "items" else section.items)
    ]
    parts = [(levels[item.id], exact(item.weight)) for item in below if item.id in levels]
    for child in section.sections if section.over == "children" else ():
        value = value_of(edition, child.id, levels)
        parts += [] if value is None else [(value, exact(child.weight))]
    total, divisor = aggregated(section.aggregate, parts)
    return total / divisor if parts else None


@dataclass(frozen=True, slots=True)
class _Place:
    node: Section | Indicator
    parent: str | None
    depth: int


def _places(edition: Edition, section: Section, parent: str | None, depth: int) -> Iterator[_Place]:
    yield _Place(section, parent, depth)
    for code in section.items:
        yield _Place(edition.by_code[code], section.id, depth + 1)
    for child in section.sections:
        yield from _places(edition, child, section.id, depth + 1)


def _children(edition: Edition, section: Section, scores: Scores) -> list[NodeScore]:
    items = [scores[edition.by_code[code].id] for code in section.items]
    return items + [scores[child.id] for child in section.sections]


def _section_score(edition: Edition, section: Section, place: _Place, scores: Scores) -> NodeScore:
    parts = [
        (node.value, node.weight) for node in operands(edition, section, scores) if node.value is not None
    ]
    total, divisor = aggregated(section.aggregate, parts)
    counts = sum((node.counts for node in _children(edition, section, scores)), Counts())
    return NodeScore(
        section.id,
        "section",
        None,
        section.title,
        place.depth,
        place.parent,
        section.aggregate,
        exact(section.weight),
        total / divisor if parts else None,
        counts,
    )


def _indicator_score(indicator: Indicator, place: _Place, marks: Sequence[Mark | Fraction]) -> NodeScore:
    levels = [exact(mark) for mark in marks if not isinstance(mark, State)]
    return NodeScore(
        indicator.id,
        "indicator",
        indicator.code,
        indicator.title,
        place.depth,
        place.parent,
        None,
        exact(indicator.weight),
        sum(levels, Fraction()) / len(levels) if levels else None,
        _indicator_counts(marks, len(levels)),
    )


def _indicator_counts(marks: Sequence[Mark | Fraction], levels: int) -> Counts:
    if levels:
        return Counts(n=1, m=1)
    if not marks:
        return Counts(m=1, not_answered=1)
    if State.CANNOT_SAY in marks:
        return Counts(m=1, cannot_say=1)
    return Counts(not_applicable=1)
