"""What the room talks about, in which order and for how long; and the rule from practice that says what to do first.

No official rule for reaching one level exists. The one here is custom: the same level is accepted, one level apart is a short
talk, two apart or executives against the field by two must be discussed, and without evidence for the higher level the lower
is taken. It proposes, it never sets, and it can be switched off.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from dxassess.assessment.agreement import pooled
from dxassess.assessment.recognition import ItemRecognition
from dxassess.assessment.scoring import exact
from dxassess.catalogue.model import Level, Scale

FAR = 2
SHORT, LONG = 2, 5
"""Minutes that a short talk and any other take at least: with less nobody has heard the other side."""
Verdict = Literal["accept", "short_talk", "discuss"]
Because = Literal["same", "one_apart", "spread", "executives_against_field"]


@dataclass(frozen=True, slots=True)
class Advice:
    """What the rule says of one indicator: what to do, why, and the level to propose when the talk brings nothing new."""

    verdict: Verdict
    because: Because
    propose: Level


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A place on the agenda. `priority` = `disagreement` (mean pairwise difference, levels) × `importance`.

    `minutes` is 0 for what is not talked about: accepted by the rule, or left out for want of time. `advice` is None when the rule is
    switched off.
    """

    indicator: str
    disagreement: Fraction
    importance: Fraction
    priority: Fraction
    minutes: int
    advice: Advice | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """`talks` in their order, with minutes that add up to `minutes` (the whole time) unless there are none.

    `left_out`: no time for them, most important first. `accepted`: no talk needed by the rule. `unclear`: fewer than two
    votes, so nothing to compare; in the order of the tree.
    """

    minutes: int
    talks: tuple[AgendaItem, ...]
    left_out: tuple[AgendaItem, ...]
    accepted: tuple[AgendaItem, ...]
    unclear: tuple[str, ...]


def agenda(
    items: Sequence[ItemRecognition],
    scale: Scale,
    minutes: int,
    *,
    importance: Mapping[str, Level] | None = None,
    evidence: Mapping[str, Collection[Level]] | None = None,
    rule: bool = True,
) -> Agenda:
    """The agenda of a talk of `minutes` (whole, 0 or more) on the indicators of a ballot, given in the order of the tree.

    A talk has SHORT or LONG minutes at least; what no longer fits, and everything behind it, is left out. `importance` is 1 where nothing is said. `evidence` holds, by indicator, the levels somebody gave evidence for.
    Order: priority, then the spread, then the tree. ValueError for negative minutes or importance.
    """
    weights = {item.indicator: exact((importance or {}).get(item.indicator, 1)) for item in items}
    if minutes < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError(minutes, weights)
    voted = [item for item in items if item.differences.pairs]
    order = sorted(voted, key=lambda item: (-_difference(item) * weights[item.indicator], -_spread(item)))
    said = evidence or {}
    placed = [
        _placed(
            item, weights[item.indicator], advise(item, scale, said.get(item.indicator, ())) if rule else None
        )
        for item in order
    ]
    talks = [each for each in placed if not _accepted(each)]
    room = _room(talks, minutes)
    return Agenda(
        minutes,
        _timed(talks[:room], minutes),
        tuple(talks[room:]),
        tuple(each for each in placed if _accepted(each)),
        tuple(item.indicator for item in items if not item.differences.pairs),
    )


def advise(item: ItemRecognition, scale: Scale, evidence: Collection[Level] = ()) -> Advice:
    """The rule from practice for an indicator with votes; a level is a step of the scale. `evidence`: as in `agenda`.

    Proposed is the highest level that was voted and has evidence, or the lowest that was voted.
    """
    given = [value for value, n in zip(scale.values, pooled(item.votes), strict=True) if n]
    propose = max((value for value in given if value in evidence), default=given[0])
    spread, sides = _spread(item), item.executive_minus_field
    if not spread:
        return Advice("accept", "same", propose)
    if sides is not None and abs(sides) >= FAR * _step(scale):
        return Advice("discuss", "executives_against_field", propose)
    return (
        Advice("discuss", "spread", propose) if spread >= FAR else Advice("short_talk", "one_apart", propose)
    )


def shared(minutes: int, priorities: Sequence[Fraction], least: Sequence[int]) -> list[int]:
    """Whole minutes for talks, at least `least` each, adding up to `minutes`, the rest in proportion to their priorities.

    Largest remainders (Hamilton's method), of equals the first; evenly when nothing has a priority. `least` adds up to
    `minutes` at most.
    """
    if not priorities:
        return []
    whole, spare = sum(priorities, Fraction()), minutes - sum(least)
    weights = (
        [each / whole for each in priorities] if whole else [Fraction(1, len(priorities))] * len(priorities)
    )
    quotas = [weight * spare for weight in weights]
    given = [own + int(quota) for own, quota in zip(least, quotas, strict=True)]
    by_rest = sorted(range(len(quotas)), key=lambda place: -(quotas[place] % 1))
    for place in by_rest[: minutes - sum(given)]:
        given[place] += 1
    return given


def _placed(item: ItemRecognition, weight: Fraction, advice: Advice | None) -> AgendaItem:
    difference = _difference(item)
    return AgendaItem(item.indicator, difference, weight, difference * weight, 0, advice)


def _accepted(item: AgendaItem) -> bool:
    return item.advice is not None and item.advice.verdict == "accept"


def _least(item: AgendaItem) -> int:
    return SHORT if item.advice is not None and item.advice.verdict == "short_talk" else LONG


def _room(talks: Sequence[AgendaItem], minutes: int) -> int:
    """How many of the talks fit, taken in their order; the first always does, if there is any time at all."""
    ends = list(accumulate(_least(talk) for talk in talks))
    return max(sum(end <= minutes for end in ends), min(1, minutes, len(talks)))


def _timed(talks: Sequence[AgendaItem], minutes: int) -> tuple[AgendaItem, ...]:
    least = [min(_least(talk), minutes) for talk in talks]
    given = shared(minutes, [talk.priority for talk in talks], least)
    return tuple(replace(talk, minutes=own) for talk, own in zip(talks, given, strict=True))


def _difference(item: ItemRecognition) -> Fraction:
    return item.differences.mean or Fraction()


def _step(scale: Scale) -> Fraction:
    """The mean distance of neighbouring levels; 1 on 0–5."""
    return (exact(scale.values[-1]) - exact(scale.values[0])) / max(len(scale.values) - 1, 1)


def _spread(item: ItemRecognition) -> int:
    """Steps of the scale between the lowest and the highest level voted."""
    places = [place for place, n in enumerate(pooled(item.votes)) if n]
    return places[-1] - places[0]
