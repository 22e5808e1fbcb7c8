"""The order of indicators: the formula, what comes first, how stable it is."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.priorities import (
    Terms,
    Weights,
    are_tied,
    both,
    ranked,
    score,
    stability,
    sub_questions_first,
)
from dxassess.catalogue.model import Edition

EVEN = Weights()


def known(
    indicator: str, gap: object, recognition: object = 0, importance: int = 3, effort: int = 3
) -> Terms:
    return Terms(indicator, Fraction(str(gap)), Fraction(str(recognition)), importance, effort)


def order(terms: list[Terms], needs: dict[str, list[str]] | None = None, weights: Weights = EVEN) -> str:
    return "".join(each.terms.indicator for each in ranked(terms, weights, needs or {}))


@pytest.mark.parametrize(
    ("terms", "weights", "value"),
    [
        (known("a", 2, "0.5", 4, 2), EVEN, 3 * 4 * 1.5 / 2),
        (known("a", 0, 0, 1, 1), EVEN, 1),
        (known("a", 2, 1, 5, 4), Weights(2, 0, 0.5, 1), 9 * 2**0.5 / 4),
        (known("a", 2, 1, 5, 4), Weights(0, 0, 0, 0), 1),
    ],
)
def test_the_score_is_the_formula_by_hand(terms: Terms, weights: Weights, value: float) -> None:
    assert score(terms, weights) == pytest.approx(value)
    (only,) = ranked([terms], weights, {})
    assert (only.rank, only.score, only.first, only.raised_by) == (1, pytest.approx(value), (), None)


def test_a_zero_in_one_term_erases_nothing() -> None:
    assert order([known("a", 0, 0), known("b", 0, 3), known("c", 3, 0)]) == "bca"


def test_ties_stand_as_they_were_given() -> None:
    assert order([known("b", 1), known("a", 1), known("c", 1)]) == "bac"


def test_what_others_need_comes_before_them_and_says_who_raised_it() -> None:
    terms = [known("a", 3), known("b", 2), known("c", 1), known("d", 0)]
    found = ranked(terms, EVEN, {"a": ["d", "c", "gone"], "c": ["d"]})
    assert "".join(each.terms.indicator for each in found) == "dcab"
    assert [each.raised_by for each in found] == ["a", "a", None, None]
    assert found[2].first == ("d", "c")
    assert [each.rank for each in found] == [1, 2, 3, 4]


def test_what_is_needed_and_stands_higher_anyway_was_raised_by_nobody() -> None:
    found = ranked([known("a", 3), known("b", 1)], EVEN, {"b": ["a"]})
    assert [each.raised_by for each in found] == [None, None]


def test_a_key_question_needs_its_sub_questions_below_its_target(tiny: Edition) -> None:
    level = {"tiny.1": Fraction(1), "tiny.1-1": Fraction(1), "tiny.2-1": Fraction(2)}
    target = {"tiny.1": Fraction(2), "tiny.2": Fraction(2)}
    assert sub_questions_first(tiny, level, target) == {"tiny.1": ["tiny.1-1"]}
    assert sub_questions_first(tiny, level, {"tiny.1": Fraction(1)}) == {}
    assert sub_questions_first(tiny, {}, target) == {}


def test_what_leads_in_every_term_leads_under_every_weighting() -> None:
    leads = [known(name, 3, 2, 5, 1) for name in "ab"]
    follows = [known(name, 1, 0, 2, 4) for name in "cde"]
    assert stability([*leads, *follows], EVEN, {}, top=2) == 1
    assert stability(leads, EVEN, {}, top=5) == 1


def test_what_hangs_on_the_weights_says_so_and_the_same_each_time() -> None:
    terms = [known("a", 3, 0, 3, 3), known("b", 0, 3, 3, 3), known("c", 1, 1, 3, 3)]
    share = stability(terms, EVEN, {}, top=1)
    assert Fraction(1, 4) < share < Fraction(3, 4)
    assert stability(terms, EVEN, {}, top=1) == share


@given(
    st.lists(st.tuples(*[st.integers(0, 3)] * 2, *[st.integers(1, 5)] * 2), min_size=1, max_size=6), st.data()
)
def test_the_order_keeps_every_need_and_holds_each_indicator_once(rows: list, data: st.DataObject) -> None:
    terms = [known(str(place), *row) for place, row in enumerate(rows)]
    needs = {
        str(place): data.draw(
            st.lists(st.sampled_from([str(n) for n in range(place)]), max_size=2, unique=True)
        )
        for place in range(1, len(rows))
    }
    found = ranked(terms, EVEN, needs)
    at = {each.terms.indicator: each.rank for each in found}
    assert sorted(at.values()) == list(range(1, len(rows) + 1))
    assert all(at[need] < at[one] for one, needed in needs.items() for need in needed)
    free = [each.score for each in found if each.raised_by is None]
    assert free == sorted(free, reverse=True)


def test_the_first_ones_are_tied_where_the_next_one_is_as_high() -> None:
    same = [Terms(name, Fraction(1)) for name in "abc"]
    assert are_tied(ranked(same, Weights(), {}), 2)
    assert not are_tied(ranked(same, Weights(), {}), 3)
    better = [Terms("a", Fraction(2)), Terms("b", Fraction(1)), Terms("c", Fraction(1))]
    assert not are_tied(ranked(better, Weights(), {}), 1)


def test_needs_from_two_sides_are_one() -> None:
    assert both({"a": ["b"]}, {"a": ["c", "b"], "d": ["a"]}) == {"a": ["b", "c"], "d": ["a"]}


def test_needs_in_a_circle_end() -> None:
    same = [Terms(name, Fraction(1)) for name in "ab"]
    found = ranked(same, Weights(), {"a": ["b"], "b": ["a"]})
    assert {each.terms.indicator for each in found} == {"a", "b"}
