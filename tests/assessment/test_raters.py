from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dxassess.assessment.model import Answer, Recorded, State
from dxassess.assessment.raters import (
    Flag,
    all_lowest,
    flags,
    key_without_executive,
    role_identical,
    single_person,
    straight_lining,
)
from dxassess.assessment.recognition import Sides
from dxassess.catalogue.model import Edition, Level

START = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SIDES = Sides(frozenset({"management"}), frozenset({"it"}))


@pytest.fixture(scope="module")
def edition(framework: Callable[..., Edition]) -> Edition:
    return framework({"id": "all", "items": [str(number) for number in range(1, 11)]}, measures=["q"])


def _sheet(
    person: str, role: str, levels: Sequence[Level | None], minutes: float = 0, first: int = 1
) -> list[Recorded]:
    """One person's answers to t.1, t.2 …, ten seconds apart; None is "cannot say"."""
    return [
        Recorded(
            Answer(f"t.{first + at}", State.CANNOT_SAY if level is None else State.ANSWERED, level=level),
            at,
            "r",
            "first",
            person,
            role,
            START + timedelta(minutes=minutes, seconds=at * 10 % 50),
        )
        for at, level in enumerate(levels)
    ]


def test_eight_equal_answers_are_straight_lining_and_seven_are_not() -> None:
    eight, seven = _sheet("p", "it", [3] * 8 + [None]), _sheet("q", "it", [3] * 7)
    assert straight_lining(eight + seven, 0) == (Flag("straight_lining", 1, ("p",), "it", level=3),)
    assert straight_lining(seven, 0, least=7)[0].respondents == ("q",)
    assert straight_lining(_sheet("p", "it", [3] * 8 + [2]), 0) == ()


def test_all_on_the_lowest_level_is_a_sign_of_its_own() -> None:
    zeros = _sheet("p", "it", [0] * 9)
    assert straight_lining(zeros, 0) == ()
    assert all_lowest(zeros, 0) == (Flag("all_lowest", 1, ("p",), "it", level=0),)
    assert all_lowest(_sheet("p", "it", [0, 0]), 0) == ()
    assert all_lowest(_sheet("p", "it", [0, 0, 0, 1]), 0) == ()
    assert all_lowest(_sheet("p", "it", [1, 1, 1]), 1)[0].level == 1


def test_cannot_say_everywhere_is_no_sign() -> None:
    assert (
        all_lowest(_sheet("p", "it", [None] * 9), 0)
        == straight_lining(_sheet("p", "it", [None] * 9), 0)
        == ()
    )


def test_a_role_whose_people_all_said_the_same_is_flagged_and_whether_in_the_same_minute() -> None:
    one, same, later = (_sheet(who, "it", [1, 2, 3], wait) for who, wait in (("p", 0), ("q", 0.1), ("r", 5)))
    assert role_identical(one + same) == (Flag("role_identical", 2, ("p", "q"), "it", same_minute=True),)
    assert role_identical(one + later) == (Flag("role_identical", 2, ("p", "r"), "it"),)
    assert role_identical(one) == ()


def test_one_blank_or_one_other_level_or_few_answers_are_not_identical() -> None:
    one = _sheet("p", "it", [1, 2, 3])
    assert role_identical(one + _sheet("q", "it", [1, 2])) == ()
    assert role_identical(one + _sheet("q", "it", [1, 2, 4])) == ()
    assert role_identical(_sheet("p", "it", [1, 2]) + _sheet("q", "it", [1, 2])) == ()
    assert role_identical(one + _sheet("q", "dx", [1, 2, 3])) == ()


def test_a_key_indicator_without_an_executive_is_named(framework: Callable[..., Edition]) -> None:
    edition = framework({"id": "all", "items": ["1", "2", "3"]})
    sub = edition.indicators["t.3"].model_copy(update={"kind": "sub"})
    edition = edition.model_copy(update={"indicators": {**edition.indicators, "t.3": sub}})
    records = _sheet("p", "it", [1, 2, 3]) + _sheet("boss", "management", [4])
    assert key_without_executive(edition, records, SIDES) == (
        Flag("key_without_executive", 0, indicator="t.2"),
    )
    assert key_without_executive(edition, records, Sides()) == ()
    assert key_without_executive(edition, [], SIDES) == ()


def test_a_ballot_of_one_person_is_flagged() -> None:
    assert single_person(_sheet("p", "it", [1, 2])) == (Flag("single_person", 1, ("p",), "it"),)
    assert single_person(_sheet("p", "it", [1]) + _sheet("q", "it", [1])) == ()
    assert single_person([]) == ()


def test_in_a_named_round_all_signs_come_with_their_people(edition: Edition) -> None:
    records = _sheet("p", "it", [0] * 10) + _sheet("q", "it", [0] * 10)
    found = flags(edition, records, SIDES, named=True, minimum=3)
    assert [flag.sign for flag in found].count("key_without_executive") == 10
    assert {flag.sign: flag.respondents for flag in found} == {
        "all_lowest": ("q",),
        "role_identical": ("p", "q"),
        "key_without_executive": (),
    }


def test_who_could_not_say_anything_is_no_second_person_and_measures_do_not_count(edition: Edition) -> None:
    unsure = _sheet("q", "it", [None] * 3)
    measure = Recorded(Answer("t.q", State.ANSWERED, amount="3"), 1, "r", "first", "m", "it", START)
    foreign = Recorded(Answer("other.1", State.ANSWERED, level=3), 1, "r", "first", "f", "it", START)
    found = flags(
        edition, [*_sheet("p", "it", [1]), *unsure, measure, foreign], Sides(), named=True, minimum=3
    )
    assert found == (Flag("single_person", 1, ("p",), "it"),)


def test_an_anonymous_round_below_the_minimum_says_only_that_it_is_one_person(edition: Edition) -> None:
    one = _sheet("p", "it", [0] * 10)
    assert flags(edition, one, SIDES, named=False, minimum=3) == (Flag("single_person", 1),)
    assert flags(edition, one + _sheet("q", "it", [0] * 10), SIDES, named=False, minimum=3) == ()


def _zeros(people: int, others: int, role: str = "it") -> list[Recorded]:
    found: list[Recorded] = []
    for person in range(people):
        found += _sheet(f"z{person}", role, [0] * 4)
    for person in range(others):
        found += _sheet(f"o{person}", role, [1, 2, person % 3])
    return found


@pytest.mark.parametrize(
    ("zeros", "others", "said"),
    [(1, 5, False), (2, 5, False), (3, 3, True), (3, 2, False), (3, 1, False), (4, 0, True)],
)
def test_an_anonymous_round_counts_people_only_when_they_and_the_others_are_enough(
    edition: Edition, zeros: int, others: int, said: bool
) -> None:
    found = flags(edition, _zeros(zeros, others), Sides(), named=False, minimum=3)
    assert found == ((Flag("all_lowest", zeros),) if said else ())


@pytest.mark.parametrize(("executives", "said"), [(0, True), (1, False), (2, False), (3, True)])
def test_in_an_anonymous_round_absent_executives_are_named_and_few_are_not(
    edition: Edition, executives: int, said: bool
) -> None:
    bosses = [each for n in range(executives) for each in _sheet(f"b{n}", "management", [n, n + 1], first=5)]
    found = flags(edition, _zeros(0, 4) + bosses, SIDES, named=False, minimum=3)
    assert {flag.sign for flag in found} == ({"key_without_executive"} if said else set())
    assert all(flag.respondents == () for flag in found)


def test_signs_that_together_leave_one_person_are_not_counted(edition: Edition) -> None:
    """Three gave 0 to everything, three gave 2: what is left of the histograms is the seventh person's whole ballot."""
    twos = [each for n in range(3) for each in _sheet(f"t{n}", "it", [2] * 8)]
    free = _sheet("free", "it", [1, 2, 3, 4, 5, 1, 2, 3])
    zeros = [each for n in range(3) for each in _sheet(f"z{n}", "it", [0] * 8)]
    assert flags(edition, twos + zeros + free, Sides(), named=False, minimum=3) == ()
    said = flags(edition, twos + zeros, Sides(), named=False, minimum=3)
    assert {(flag.sign, flag.people) for flag in said} == {("straight_lining", 3), ("all_lowest", 3)}


def test_signs_are_looked_at_in_every_group_and_on_every_indicator(edition: Edition) -> None:
    groups = [("dx",), ("it",)]
    bosses = [each for n in range(3) for each in _sheet(f"d{n}", "dx", [1, 2, 3, n])]
    zeros = [each for n in range(3) for each in _sheet(f"z{n}", "it", [0] * 4)]
    one_left = _sheet("free", "it", [3, 1, 2, 2])
    said = {"named": False, "minimum": 3, "groups": groups}
    assert flags(edition, bosses + zeros, Sides(), **said) == (Flag("all_lowest", 3),)
    assert flags(edition, bosses + zeros + one_left, Sides(), **said) == ()
    blanks = [each for n in range(3) for each in _sheet(f"f{n}", "it", [1, 2] if n else [1, 2, 3])]
    assert flags(edition, bosses + zeros + blanks, Sides(), **said) == ()
    parted = [*zeros[:8], *(replace(each, role="dx") for each in zeros[8:])]
    assert flags(edition, bosses + parted, Sides(), **said) == ()
