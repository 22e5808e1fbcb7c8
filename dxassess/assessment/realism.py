"""Whether a target can be reached in time: what it asks for a year, beside what was reached in a year so far. A note, never a block.

All paces are in levels a year, a year being 365 days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

YEAR = 365
LEAST_DAYS = 180
"""A pace out of fewer days says more about the day of the round than about the company."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Levels a year, as the mean of `items` indicators that had a level on both days."""

    per_year: Fraction
    items: int
    since: date
    until: date


def own_pace(rounds: Sequence[tuple[date, Mapping[str, Fraction]]]) -> Pace | None:
    """The pace between the first and the last of these rounds, each with its day and the levels by indicator.

    None with fewer than two rounds, fewer than 180 days between them, or no indicator with a level in both.
    """
    if len(rounds) < 2:
        return None
    (since, before), (until, after) = rounds[0], rounds[-1]
    days = (until - since).days
    both = [indicator for indicator in before if indicator in after]
    if days < LEAST_DAYS or not both:
        return None
    risen = sum((after[one] - before[one] for one in both), Fraction()) / len(both)
    return Pace(risen * YEAR / days, len(both), since, until)


def needed_pace(gap: Fraction, today: date, due: date) -> Fraction | None:
    """What a target gap (levels) asks for a year until it is due; None when that day is today or gone."""
    days = (due - today).days
    return gap * YEAR / days if days > 0 else None


def times(needed: Fraction, pace: Fraction) -> Fraction | None:
    """How many times a pace that is needed; None where nothing was gained, which no number of times makes enough."""
    return needed / pace if pace > 0 else None
