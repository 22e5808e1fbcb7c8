from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import krippendorff
import numpy as np
import pytest

from dxassess.assessment import reliability
from dxassess.assessment.reliability import RESAMPLES, Alpha, Reliability, alpha

NOBODY = None
# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve units, blanks.
FOUR_BY_TWELVE = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NOBODY, NOBODY, NOBODY],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NOBODY, 3],
    [NOBODY, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NOBODY],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NOBODY],
]


def _histograms(raters: Sequence[Sequence[int | None]], values: Sequence[int]) -> list[tuple[int, ...]]:
    return [tuple(list(unit).count(value) for value in values) for unit in zip(*raters, strict=True)]


def _by_hand(raters: Sequence[Sequence[int | None]]) -> float:
    """Ordinal alpha from single pairs of values, as Krippendorff 2011 writes it; the package is not used."""
    units = [[v for v in unit if v is not None] for unit in zip(*raters, strict=True)]
    units = [unit for unit in units if len(unit) >= 2]
    flat = [v for unit in units for v in unit]
    of = {v: flat.count(v) for v in flat}

    def apart(a: int, b: int) -> float:
        low, high = min(a, b), max(a, b)
        return (sum(n for v, n in of.items() if low <= v <= high) - (of[a] + of[b]) / 2) ** 2

    seen = sum(2 * apart(a, b) / (len(unit) - 1) for unit in units for a, b in combinations(unit, 2)) / len(
        flat
    )
    chance = sum(2 * apart(a, b) for a, b in combinations(flat, 2)) / (len(flat) * (len(flat) - 1))
    return 1 - seen / chance


def test_krippendorffs_example_with_blanks_has_its_published_ordinal_alpha() -> None:
    """0.815; of twelve units eleven have two values or more, with forty values."""
    found = alpha(_histograms(FOUR_BY_TWELVE, range(1, 6)))
    assert found.state is Reliability.MEASURED
    assert found.value == pytest.approx(0.815, abs=5e-4)
    assert found.value == pytest.approx(_by_hand(FOUR_BY_TWELVE))
    assert (found.items, found.votes) == (11, 40)


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_the_package_gives_the_published_values_of_that_example(metric: str, published: float) -> None:
    table = np.array(_histograms(FOUR_BY_TWELVE, range(1, 6)))
    found = krippendorff.alpha(value_counts=table, value_domain=range(1, 6), level_of_measurement=metric)  # type: ignore[arg-type]
    assert found == pytest.approx(published, abs=5e-4)


def test_levels_nobody_chose_change_nothing() -> None:
    narrow = alpha(_histograms(FOUR_BY_TWELVE, range(1, 6)))
    assert alpha(_histograms(FOUR_BY_TWELVE, range(9))) == narrow


def test_indicators_with_one_vote_or_none_drop_out() -> None:
    units = _histograms(FOUR_BY_TWELVE, range(1, 6))
    assert alpha([*units, (0, 0, 0, 0, 1), (0,) * 5]) == alpha(units)


@pytest.mark.parametrize("seed", range(5))
def test_random_votes_with_blanks_agree_with_the_formula(seed: int) -> None:
    generator = np.random.default_rng(seed)
    raters = [[int(v) if v < 6 else None for v in generator.integers(0, 8, size=20)] for _ in range(7)]
    assert alpha(_histograms(raters, range(6))).value == pytest.approx(_by_hand(raters))


def test_everyone_agreeing_everywhere_is_a_state_and_not_zero() -> None:
    assert alpha([(0, 4, 0), (0, 2, 0), (1, 0, 0)]) == Alpha(
        Reliability.EVERYONE_AGREES, None, None, None, 2, 6, 0, 0
    )


def test_agreement_on_indicators_that_differ_is_one() -> None:
    assert alpha([(3, 0, 0), (0, 3, 0)]).value == 1


@pytest.mark.parametrize(
    "histograms", [[], [(2, 1)], [(2, 1), (1, 0), (0, 0)]], ids=["none", "one", "one with two votes"]
)
def test_fewer_than_two_indicators_with_two_votes_are_too_few(histograms: list[tuple[int, ...]]) -> None:
    found = alpha(histograms)
    assert found.state is Reliability.TOO_FEW
    assert (found.value, found.low, found.high) == (None, None, None)


def test_alpha_falls_to_nothing_where_all_indicators_stand_at_one_level() -> None:
    """The known trap: everyone within a level of 2, and alpha near 0."""
    generator = np.random.default_rng(7)
    items = [tuple(generator.multinomial(12, [0, 0.15, 0.7, 0.15, 0, 0])) for _ in range(35)]
    found = alpha(items).value
    assert found is not None
    assert abs(found) < 0.1


def test_the_interval_holds_the_value_and_comes_out_the_same_twice() -> None:
    units = _histograms(FOUR_BY_TWELVE, range(1, 6))
    one, other = alpha(units), alpha(units)
    assert one == other
    assert one.low is not None
    assert one.high is not None
    assert one.value is not None
    assert one.low < one.value < one.high
    assert (one.resamples, one.undefined) == (RESAMPLES, 0)


def test_four_indicators_are_too_few_for_an_interval() -> None:
    found = alpha([(3, 0), (2, 1), (0, 3), (1, 2)])
    assert found.state is Reliability.MEASURED
    assert (found.low, found.high, found.resamples) == (None, None, 0)


def test_draws_without_an_alpha_are_counted_and_too_many_leave_no_interval() -> None:
    """Four indicators all at one level, one not: a draw misses the fifth with (4/5)⁵ = 33 %."""
    found = alpha([(3, 0)] * 4 + [(1, 2)])
    assert found.value is not None
    assert (found.low, found.high) == (None, None)
    assert 250 < found.undefined < 410
    assert found.resamples == RESAMPLES


def test_few_draws_without_an_alpha_leave_an_interval_from_the_others() -> None:
    """Six of eight at one level: (6/8)⁸ = 10 % would be too many; five of eight: 2 %."""
    assert alpha([(3, 0)] * 6 + [(1, 2)] * 2).low is None
    found = alpha([(3, 0)] * 5 + [(1, 2), (0, 3), (0, 3)])
    assert found.low is not None
    assert 0 < found.undefined < 0.05 * RESAMPLES


def test_the_interval_holds_the_truth_about_as_often_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """60 rounds of 30 indicators from one population, whose alpha is taken from 20,000 indicators."""
    monkeypatch.setattr(reliability, "RESAMPLES", 200)
    generator = np.random.default_rng(11)

    def items(n: int) -> list[tuple[int, ...]]:
        levels = generator.normal(2.5, 1.2, size=(n, 1)) + generator.normal(0, 0.8, size=(n, 10))
        votes = np.clip(np.round(levels), 0, 5).astype(int)
        return [tuple(np.bincount(row, minlength=6)) for row in votes]

    table = np.array(items(20_000))
    truth = float(krippendorff.alpha(value_counts=table, level_of_measurement="ordinal"))
    found = [alpha(items(30)) for _ in range(60)]
    held = sum(
        each.low <= truth <= each.high for each in found if each.low is not None and each.high is not None
    )
    assert held >= 50
