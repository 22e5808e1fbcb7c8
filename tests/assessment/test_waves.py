"""A small start: what can be kept, the order with its ties, how stable it is, the three waves."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.waves import (
    TERMS,
    Candidate,
    WaveNote,
    Weights,
    checked,
    learnt_before,
    proposed_waves,
    ranked,
    stability,
)
from dxassess.errors import CandidateGradeOff, CandidateHoursUnlikely, CandidateNameMissing, WaveOff

EVEN = Weights()
ONLY_EFFECT = Weights(0, 0, 1, 0, 0)


def task(name: str, *grades: int | None, number: int = 0, wave: int | None = None) -> Candidate:
    return Candidate(name, **dict(zip(TERMS, grades, strict=False)), number=number, wave=wave)


def by_effect(*effects: int | None, **waves: int) -> list[Candidate]:
    """Tasks a, b, c … of which only the effect is graded; `waves` as people set them."""
    return [
        Candidate(name, effect=effect, number=number, wave=waves.get(name))
        for number, (name, effect) in enumerate(zip("abcdefgh", effects, strict=False))
    ]


def names(found: object) -> str:
    return "".join(each.name for each in found)  # type: ignore[attr-defined]


def order(tasks: list[Candidate], weights: Weights = EVEN) -> str:
    return names(place.candidate for place in ranked(tasks, weights))


@pytest.mark.parametrize(
    ("strange", "refusal", "values"),
    [
        (Candidate(" 　"), CandidateNameMissing, {}),
        (Candidate("x", importance=0), CandidateGradeOff, {"grade": 0, "least": 1, "most": 5}),
        (Candidate("x", linking=6), CandidateGradeOff, {"grade": 6, "least": 1, "most": 5}),
        (
            Candidate("x", hours=Decimal("-1")),
            CandidateHoursUnlikely,
            {"hours": Decimal("-1"), "most": 10**8},
        ),
        (
            Candidate("x", hours=Decimal("Infinity")),
            CandidateHoursUnlikely,
            {"hours": Decimal("Infinity"), "most": 10**8},
        ),
        (Candidate("x", wave=0), WaveOff, {"wave": 0, "least": 1, "most": 3}),
        (Candidate("x", wave=4), WaveOff, {"wave": 4, "least": 1, "most": 3}),
    ],
)
def test_what_cannot_be_kept_says_why(strange: Candidate, refusal: type, values: dict) -> None:
    with pytest.raises(refusal) as told:
        checked(strange)
    assert told.value.values == values


def test_everything_else_is_kept_as_it_is() -> None:
    for fine in (Candidate("x"), Candidate("x", "y", 1, 5, 1, 5, 1, Decimal(0), 3)):
        assert checked(fine) is fine


@pytest.mark.parametrize(
    ("grades", "weights", "value"),
    [
        ((5, 4, 3, 2, 1), EVEN, 120),
        ((5, 4, 3, 2, 4), EVEN, 30),
        ((1, 1, 1, 1, 5), EVEN, 0.2),
        ((None, None, 5, None, None), EVEN, 3 * 3 * 5 * 3 / 3),
        ((5, 4, 3, 2, 4), Weights(2, 0, 0.5, 1, 1), 25 * 3**0.5 * 2 / 4),
        ((5, 4, 3, 2, 4), Weights(0, 0, 0, 0, 0), 1),
    ],
)
def test_the_score_is_the_formula_by_hand(grades: tuple, weights: Weights, value: float) -> None:
    (only,) = ranked([task("a", *grades)], weights)
    assert (only.rank, only.score, only.tied) == (1, pytest.approx(value), False)


def test_what_is_equal_shares_a_rank_and_stands_as_it_was_added() -> None:
    tasks = [
        task("c", 2, 3, 3, 3, 1, number=3),
        task("a", 3, 2, 3, 3, 1, number=1),
        task("b", 5, 5, 5, 5, 1, number=4),
        task("d", 1, 1, 1, 1, 1, number=2),
    ]
    found = ranked(tasks, EVEN)
    assert [(place.candidate.name, place.rank, place.tied) for place in found] == [
        ("b", 1, False),
        ("a", 2, True),
        ("c", 2, True),
        ("d", 4, False),
    ]


def test_noise_of_the_machine_makes_no_difference_of_rank() -> None:
    found = ranked([task("a", 1, 1, 1, 2, 1), task("b", 1, 1, 2, 3, 3), task("c", 1, 2, 2, 2, 4)], EVEN)
    assert {place.rank for place in found} == {1}


def test_a_task_without_any_grade_has_no_place() -> None:
    assert order([task("a"), task("b", None, None, 1)]) == "b"
    assert ranked([], EVEN) == []


def test_how_stable_the_first_ones_are() -> None:
    leads, follows = (
        [task(name, 5, 5, 5, 5, 1) for name in "ab"],
        [task(name, 1, 1, 1, 1, 5) for name in "cd"],
    )
    assert stability([*leads, *follows], EVEN, 2) == 1
    torn = [task("a", 5, 1, 3, 3, 3), task("b", 1, 5, 4, 3, 3, number=1)]
    share = stability(torn, EVEN, 1)
    assert share is not None
    assert Fraction(1, 2) < share < 1
    assert stability(torn, EVEN, 1) == share


def test_nothing_is_said_of_stability_where_all_are_first_or_the_line_goes_through_equals() -> None:
    assert stability(by_effect(5, 4), EVEN, 2) is None
    assert stability(by_effect(5, 4, 4), EVEN, 2) is None
    assert stability(by_effect(5, 4, 4), EVEN, 1) is not None


def waves(tasks: list[Candidate], *room: int) -> list[str]:
    found = proposed_waves(tasks, ranked(tasks, EVEN), *([room] if room else []))
    assert list(found) == [1, 2, 3]
    return [names(members) for members in found.values()]


def test_the_first_wave_is_small_and_the_rest_is_the_third() -> None:
    assert waves(by_effect(1, 2, 3, 4, 5, 1, 2)) == ["ed", "cbg", "af"]
    assert waves(by_effect(1, 2, 3, 4, 5), 1, 1) == ["e", "d", "cba"]
    assert waves(by_effect(3)) == ["a", "", ""]
    assert waves([]) == ["", "", ""]


def test_what_people_put_into_a_wave_stays_there_and_takes_room() -> None:
    assert waves(by_effect(1, 2, 3, 4, 5, a=1), 2, 1) == ["ea", "d", "cb"]
    assert waves(by_effect(1, 2, 3, 4, 5, a=1, b=1, c=1), 2, 1) == ["cba", "e", "d"]
    assert waves(by_effect(1, 2, 3, 4, 5, e=3), 2, 1) == ["dc", "b", "ea"]


def test_without_a_grade_a_task_is_in_no_wave_but_the_one_people_chose_and_there_last() -> None:
    assert waves(by_effect(None, 5, None, 1, c=1)) == ["bc", "d", ""]
    assert waves(by_effect(None, 5, None, 1, c=1), 3, 1) == ["bdc", "", ""]


@given(
    st.lists(st.tuples(st.sampled_from([None, 1, 3, 5]), st.sampled_from([None, 1, 2, 3])), max_size=8),
    st.integers(1, 4),
    st.integers(1, 4),
)
def test_every_graded_task_is_in_exactly_one_wave(rows: list, first: int, second: int) -> None:
    tasks = [task(str(n), None, None, effect, number=n, wave=wave) for n, (effect, wave) in enumerate(rows)]
    found = proposed_waves(tasks, ranked(tasks, ONLY_EFFECT), (first, second))
    placed = [each for members in found.values() for each in members]
    assert sorted(placed, key=lambda each: each.number) == [
        each for each in tasks if each.is_graded or each.wave is not None
    ]
    for wave, members in found.items():
        assert all(each.wave in (None, wave) for each in members)
    for wave, most in ((1, first), (2, second)):
        by_hand = sum(each.wave == wave for each in tasks)
        assert len(found[wave]) <= max(most, by_hand)


def test_what_was_learnt_is_carried_into_the_next_wave() -> None:
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    first = WaveNote(1, "小さく", "佐藤", moment)
    notes = [first, replace(first, wave=2, text="広げる"), replace(first, text="早く")]
    assert [note.text for note in learnt_before(notes, 2)] == ["小さく", "早く"]
    assert [note.text for note in learnt_before(notes, 3)] == ["広げる"]
    assert learnt_before(notes, 1) == ()
