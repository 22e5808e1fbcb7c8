"""A small start: with which tasks to begin, and which follow in the second and the third wave.

    score = importance^i × reach^r × effect^e × benefit^b ÷ linking^l

All five are grades of 1 (low) to 5 (high) that people give: how important the task is, how many it touches, what digital
technology would change, what that is worth against its cost, and how hard it is to link with the systems there are. Every term
is 1 or more, so none erases a task; a weight of 0 switches a term off. A grade nobody has given counts as the middle, 3; a
task without any grade has no place in the order. The formula is this project's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import exp, log

from dxassess.assessment.names import seen
from dxassess.assessment.priorities import MIDDLE
from dxassess.assessment.steadiness import Weighting, steadiness
from dxassess.errors import CandidateGradeOff, CandidateHoursUnlikely, CandidateNameMissing, WaveOff

GRADES = (1, 2, 3, 4, 5)
TERMS = ("importance", "reach", "effect", "benefit", "linking")
WAVES = (1, 2, 3)
ROOM = (2, 3)
"""How many tasks the first and the second wave take at most, unless people say otherwise; the third takes the rest."""
MOST_HOURS = 10**8
"""Hours a year beyond which somebody mistyped."""
_EQUAL = 9
"""Digits to which the logarithms of two scores must agree to be one score; beyond them is noise of the machine."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A task (or a whole department) one could begin with. The five grades 1–5, None where nobody has said.

    `hours` a year are spent on it today, None where nobody knows. `wave`: the one people put it into, 1–3; None leaves it to the
    order. `id` and `number` are the store's; `version` rises with each change.
    """

    name: str
    department: str = ""
    importance: int | None = None
    reach: int | None = None
    effect: int | None = None
    benefit: int | None = None
    linking: int | None = None
    hours: Decimal | None = None
    wave: int | None = None
    id: str = ""
    number: int = 0
    version: int = 0

    @property
    def grades(self) -> tuple[int | None, ...]:
        """The five grades in the order of `TERMS`."""
        return self.importance, self.reach, self.effect, self.benefit, self.linking

    @property
    def is_graded(self) -> bool:
        """Whether anybody has given any of the grades."""
        return any(grade is not None for grade in self.grades)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term counts, 0 (not at all) or more."""

    importance: float = 1.0
    reach: float = 1.0
    effect: float = 1.0
    benefit: float = 1.0
    linking: float = 1.0

    def __iter__(self) -> Iterator[float]:
        return iter((self.importance, self.reach, self.effect, self.benefit, self.linking))


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the order. `rank` 1 first; those with the same score share it, and are `tied`."""

    rank: int
    candidate: Candidate
    score: float
    tied: bool


@dataclass(frozen=True, slots=True)
class WaveNote:
    """What was learnt in a wave (1–3), by whom, when (UTC)."""

    wave: int
    text: str
    who: str
    recorded: datetime


def checked(candidate: Candidate) -> Candidate:
    """The candidate, where it can be kept; otherwise one of the StartErrors."""
    if not seen(candidate.name):
        raise CandidateNameMissing
    for grade in candidate.grades:
        if grade is not None and grade not in GRADES:
            raise CandidateGradeOff(grade=grade, least=GRADES[0], most=GRADES[-1])
    if candidate.hours is not None and not 0 <= candidate.hours <= MOST_HOURS:
        raise CandidateHoursUnlikely(hours=candidate.hours, most=MOST_HOURS)
    if candidate.wave is not None:
        checked_wave(candidate.wave)
    return candidate


def checked_wave(wave: int) -> int:
    """The wave, where it is one of the three. WaveOff."""
    if wave not in WAVES:
        raise WaveOff(wave=wave, least=WAVES[0], most=WAVES[-1])
    return wave


def ranked(candidates: Iterable[Candidate], weights: Weights) -> list[Place]:
    """The graded ones in order; of those with the same score, which share a rank, whichever was added first stands first."""
    scored = [(_sum(_logarithms(each), tuple(weights)), each) for each in candidates if each.is_graded]
    sums = [own for own, _ in scored]
    return [
        Place(1 + sum(other > own for other in sums), each, exp(own), sums.count(own) > 1)
        for own, each in sorted(scored, key=lambda found: (-found[0], found[1].number))
    ]


def stability(candidates: Iterable[Candidate], weights: Weights, top: int) -> Fraction | None:
    """In which share of weightings (`steadiness`) the first `top` stay the first `top`, in whatever order.

    None where that says nothing: where there are no more than `top`, or where the last of them and the next one are equal.
    """
    order = ranked(candidates, weights)
    if len(order) <= top or order[top - 1].rank == order[top].rank:
        return None
    parts = [
        (each.candidate.number, str(place), _logarithms(each.candidate)) for place, each in enumerate(order)
    ]

    def first(drawn: Weighting) -> list[str]:
        sums = sorted((-_sum(part, drawn), number, name) for number, name, part in parts)
        return [name for _, _, name in sums[:top]]

    return steadiness(weights, first)


def proposed_waves(
    candidates: Sequence[Candidate], order: Sequence[Place], room: tuple[int, int] = ROOM
) -> dict[int, tuple[Candidate, ...]]:
    """The three waves. What people put into a wave stands there; then the best of the others fill the first wave and the second
    up to `room`, and the rest is the third. In each wave by rank; a task without a grade stands only where people put it, last.
    """
    waves = {wave: [each for each in candidates if each.wave == wave] for wave in WAVES}
    free = [each.candidate for each in order if each.candidate.wave is None]
    for wave, most in zip(WAVES, (*room, len(candidates)), strict=True):
        taken = max(0, most - len(waves[wave]))
        waves[wave] += free[:taken]
        free = free[taken:]
    ranks = {each.candidate: place for place, each in enumerate(order)}
    return {
        wave: tuple(sorted(members, key=lambda each: ranks.get(each, len(ranks))))
        for wave, members in waves.items()
    }


def learnt_before(notes: Iterable[WaveNote], wave: int) -> tuple[WaveNote, ...]:
    """What was learnt in the wave before this one, in the order it was written down."""
    return tuple(note for note in notes if note.wave == wave - 1)


def _logarithms(candidate: Candidate) -> tuple[float, ...]:
    *raising, linking = (log(grade or MIDDLE) for grade in candidate.grades)
    return (*raising, -linking)


def _sum(parts: Sequence[float], weights: Weighting) -> float:
    return round(sum(weight * part for weight, part in zip(weights, parts, strict=True)), _EQUAL)
