"""In which order to raise indicators: a stated formula, its terms visible, its weights movable.

    score = (1 + target gap)^g × (importance)^i × (1 + recognition gap)^r ÷ (effort)^e

Target gap and recognition gap are in levels, importance and effort are 1 (low) to 5 (high). Every term is 1 or more, so a zero in
one of them never erases an indicator; a weight of 0 switches a term off. The formula is this project's own.

An indicator that others need stands before them, with the score of the highest of them. A key question needs those of its
sub-questions that are below its target: it is the sum of what they ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, isclose, log

from dxassess.assessment.steadiness import steadiness
from dxassess.catalogue.model import Edition

MIDDLE = 3
"""Importance and effort where nobody has said anything, on the scale of 1 to 5."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term counts, 0 (not at all) or more."""

    gap: float = 1.0
    importance: float = 1.0
    recognition: float = 1.0
    effort: float = 1.0

    def __iter__(self) -> Iterator[float]:
        return iter((self.gap, self.importance, self.recognition, self.effort))


@dataclass(frozen=True, slots=True)
class Terms:
    """What is known of one indicator. `target_gap` and `recognition_gap` in levels, 0 or more; the others 1–5."""

    indicator: str
    target_gap: Fraction
    recognition_gap: Fraction = Fraction(0)
    importance: int = MIDDLE
    effort: int = MIDDLE


@dataclass(frozen=True, slots=True)
class Priority:
    """One place of the order, 1 first. `score` is its own; `first` are the indicators that must come before it.

    `raised_by`: the indicator with a higher score that needs this one, None where it stands by its own score.
    """

    rank: int
    terms: Terms
    score: float
    first: tuple[str, ...] = ()
    raised_by: str | None = None


def score(terms: Terms, weights: Weights) -> float:
    """The formula above for one indicator."""
    return exp(sum(weight * part for weight, part in zip(weights, _logarithms(terms), strict=True)))


def ranked(terms: Sequence[Terms], weights: Weights, needs: Mapping[str, Iterable[str]]) -> list[Priority]:
    """The order; ties stand as they were given. `needs`: by indicator, those that must come first; none may need itself."""
    parts = {each.indicator: _logarithms(each) for each in terms}
    needed = {one: [need for need in needs.get(one, ()) if need in parts] for one in parts}
    order, raised = _order(parts, weights, needed)
    known = {each.indicator: each for each in terms}
    return [
        Priority(rank, known[one], score(known[one], weights), tuple(needed[one]), raised.get(one))
        for rank, one in enumerate(order, start=1)
    ]


def stability(
    terms: Sequence[Terms], weights: Weights, needs: Mapping[str, Iterable[str]], top: int = 5
) -> Fraction:
    """In which share of weightings (`steadiness`) the first `top` stay the first `top`, in whatever order."""
    parts = {each.indicator: _logarithms(each) for each in terms}
    needed = {one: [need for need in needs.get(one, ()) if need in parts] for one in parts}
    return steadiness(weights, lambda drawn: _order(parts, Weights(*drawn), needed)[0][:top])


def sub_questions_first(
    edition: Edition, currents: Mapping[str, Fraction], targets: Mapping[str, Fraction]
) -> dict[str, list[str]]:
    """By key question, those of its sub-questions that stand below the key question's target."""
    found: dict[str, list[str]] = {}
    for item in edition.scored:
        target = targets.get(item.parent or "")
        if item.parent and target is not None and item.id in currents and currents[item.id] < target:
            found.setdefault(item.parent, []).append(item.id)
    return found


def both(*needs: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Several of what `ranked` takes as `needs`, as one; each indicator named once."""
    found: dict[str, list[str]] = {}
    for each in needs:
        for one, those in each.items():
            found[one] = list(dict.fromkeys([*found.get(one, ()), *those]))
    return found


def are_tied(order: Sequence[Priority], top: int) -> bool:
    """Whether the first `top` are no better than what follows them: the score of the last of them is that of the next."""
    return len(order) > top and isclose(order[top - 1].score, order[top].score)


def _logarithms(terms: Terms) -> tuple[float, float, float, float]:
    return (
        log(1 + terms.target_gap),
        log(terms.importance),
        log(1 + terms.recognition_gap),
        -log(terms.effort),
    )


def _order(
    parts: Mapping[str, tuple[float, float, float, float]],
    weights: Weights,
    needed: Mapping[str, Sequence[str]],
) -> tuple[list[str], dict[str, str]]:
    """The indicators in order, and by whom those were raised that stand higher than by their own score."""
    own = {one: sum(weight * part for weight, part in zip(weights, parts[one], strict=True)) for one in parts}
    order: dict[str, None] = {}
    raised: dict[str, str] = {}
    coming: set[str] = set()

    def place(one: str, by: str | None) -> None:
        if one in order or one in coming:
            return
        coming.add(one)
        for need in sorted(needed[one], key=lambda each: -own[each]):
            place(need, by or one)
        order[one] = None
        if by is not None:
            raised[one] = by

    for one in sorted(own, key=lambda each: -own[each]):
        place(one, None)
    return list(order), raised
