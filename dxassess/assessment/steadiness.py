"""How far an order hangs on its weights: whether the first ones stay the first ones when the weights stray."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from random import Random

WEIGHTINGS = 1_000
RANGE = 2.0
"""How far a weighting strays from the one chosen: each weight between a half and the double of it."""

Weighting = tuple[float, ...]


def steadiness(weights: Iterable[float], first: Callable[[Weighting], Iterable[str]]) -> Fraction:
    """In which share of weightings `first` (the names that come first under a weighting) gives the same as under `weights`,
    in whatever order.

    Every weight is drawn between half and double of the chosen one, evenly in its logarithm; 1,000 draws, the same each time.
    """
    chosen = tuple(weights)
    wanted = set(first(chosen))
    dice = Random(2019)
    same = sum(set(first(_strayed(chosen, dice))) == wanted for _ in range(WEIGHTINGS))
    return Fraction(same, WEIGHTINGS)


def _strayed(weights: Weighting, dice: Random) -> Weighting:
    return tuple(weight * RANGE ** dice.uniform(-1, 1) for weight in weights)
