"""How far an order hangs on its weights."""

from fractions import Fraction

from dxassess.assessment.steadiness import WEIGHTINGS, steadiness


def test_each_weight_strays_between_half_and_double_and_the_draws_are_the_same_each_time() -> None:
    seen: list[tuple[float, ...]] = []

    def first(drawn: tuple[float, ...]) -> str:
        seen.append(drawn)
        return "ab"

    assert steadiness([1.0, 2.0, 0.0], first) == 1
    assert seen[0] == (1.0, 2.0, 0.0)
    assert len(seen) == WEIGHTINGS + 1
    for part, weight in enumerate((1.0, 2.0)):
        drawn = [each[part] for each in seen]
        assert weight / 2 <= min(drawn) < 0.51 * weight and 1.98 * weight < max(drawn) <= 2 * weight
    assert {each[2] for each in seen} == {0.0}
    before = seen[:]
    seen.clear()
    steadiness([1.0, 2.0, 0.0], first)
    assert seen == before


def test_the_order_among_the_first_ones_does_not_matter() -> None:
    assert steadiness([1.0], lambda drawn: "ab" if drawn[0] < 1 else "ba") == 1


def test_one_weight_that_decides_is_above_the_chosen_one_in_half_of_the_draws() -> None:
    share = steadiness([1.0], lambda drawn: "a" if drawn[0] >= 1 else "b")
    assert abs(share - Fraction(1, 2)) < Fraction(1, 20)
