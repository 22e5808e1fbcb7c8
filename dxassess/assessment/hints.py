"""Gentle hints while answering: things worth a second look. They never keep an answer from being saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from dxassess.assessment.model import Answer, State
from dxassess.assessment.scoring import current_mark, exact
from dxassess.catalogue.model import Edition, Level, Scale
from dxassess.text import Words

FAR = Fraction(3, 2)
MANY = 8

Code = Literal["key_far_from_subs", "high_without_evidence", "target_below_current", "all_the_same"]


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint. `indicator` is its id, None when it is about the whole sheet; `values` fill `hint.<code>`."""

    code: Code
    indicator: str | None
    values: Mapping[str, Level | Fraction] = field(default_factory=dict)


def hints(edition: Edition, answers: Mapping[str, Answer], shown: str | None = None) -> tuple[Hint, ...]:
    """All hints of one voice, in the order of the tree; those about the whole sheet last.

    `answers` is by indicator id; `shown` leaves out the hints that name another indicator. A key question is far from its subs when their mean is `FAR` steps of the scale away;
    a level is high from the upper half of the scale; `MANY` equal levels are worth a question.
    """
    levels = {id_: level for id_, answer in answers.items() if (level := _level(answer)) is not None}
    subs: dict[str, list[Level]] = {}
    for indicator in edition.scored:
        if indicator.parent is not None and indicator.id in levels:
            subs.setdefault(indicator.parent, []).append(levels[indicator.id])
    found: list[Hint] = []
    for indicator in edition.scored:
        if indicator.id in levels and shown in (None, indicator.id):
            below = subs.get(indicator.id, [])
            found += _of_indicator(edition.scale, answers[indicator.id], levels[indicator.id], below)
    return (*found, *_of_sheet(edition, levels))


def sentence(hint: Hint, words: Words) -> str:
    """What a hint says, its numbers rounded for print."""
    values = {
        name: words.number(value, 1) if isinstance(value, Fraction) else words.level(value)
        for name, value in hint.values.items()
    }
    return words(f"hint.{hint.code}", **values)


def _level(answer: Answer) -> Level | None:
    mark = current_mark(answer)
    return None if isinstance(mark, State) else mark


def _of_indicator(scale: Scale, answer: Answer, level: Level, subs: list[Level]) -> Iterator[Hint]:
    if subs and _distance(scale, level, subs) >= FAR:
        mean = sum(map(exact, subs), Fraction()) / len(subs)
        yield Hint("key_far_from_subs", answer.indicator, {"level": level, "mean": mean})
    if is_high(scale, level) and not answer.evidence.strip():
        yield Hint("high_without_evidence", answer.indicator, {"level": level})
    if answer.target is not None and answer.target < level:
        yield Hint("target_below_current", answer.indicator, {"level": level, "target": answer.target})


def _distance(scale: Scale, level: Level, subs: list[Level]) -> Fraction:
    mean = Fraction(sum(scale.position(sub) for sub in subs), len(subs))
    return abs(scale.position(level) - mean)


def is_high(scale: Scale, level: Level) -> bool:
    """Whether a level lies in the upper half of the scale, where it should have something to show for it."""
    return 2 * scale.position(level) >= len(scale.values)


def _of_sheet(edition: Edition, levels: Mapping[str, Level]) -> Iterator[Hint]:
    given = [levels[indicator.id] for indicator in edition.scored if indicator.id in levels]
    if len(given) >= MANY and len(set(given)) == 1:
        yield Hint("all_the_same", None, {"level": given[0], "n": len(given)})
