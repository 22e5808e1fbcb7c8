from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from dxassess.assessment.hints import Hint, hints, sentence
from dxassess.assessment.model import Answer, State
from dxassess.catalogue.model import Edition
from dxassess.text import Words

SUBS = {"4-1": "4", "4-2": "4"}


def _answered(**levels: int) -> dict[str, Answer]:
    """`_4=3` answers indicator 4 with 3, with evidence; `_4_1` is 4-1."""
    ids = {name: "t." + name[1:].replace("_", "-") for name in levels}
    return {
        ids[name]: Answer(ids[name], State.ANSWERED, level=level, evidence="議事録")
        for name, level in levels.items()
    }


@pytest.fixture
def key_and_subs(framework: Callable[..., Edition]) -> Edition:
    return framework({"id": "all", "items": ["4", "4-1", "4-2"]}, parents=SUBS)


@pytest.mark.parametrize(
    ("levels", "mean"),
    [
        ({"_4": 1, "_4_1": 2, "_4_2": 3}, Fraction(5, 2)),
        ({"_4": 4, "_4_1": 2, "_4_2": 3}, Fraction(5, 2)),
        ({"_4": 0, "_4_1": 2}, Fraction(2)),
        ({"_4": 3, "_4_1": 2, "_4_2": 2}, None),
        ({"_4": 3}, None),
        ({"_4_1": 0, "_4_2": 5}, None),
    ],
)
def test_a_key_question_one_and_a_half_from_its_subs_is_worth_a_look(
    key_and_subs: Edition, levels: Mapping[str, int], mean: Fraction | None
) -> None:
    found = hints(key_and_subs, _answered(**levels))
    expected = (
        () if mean is None else (Hint("key_far_from_subs", "t.4", {"level": levels["_4"], "mean": mean}),)
    )
    assert found == expected


def test_hints_that_name_other_indicators_are_left_out_for_the_one_that_is_shown(
    framework: Callable[..., Edition],
) -> None:
    edition = framework({"id": "all", "items": ["4", "4-1"]}, parents=SUBS)
    answers = {id_: replace(answer, target=1) for id_, answer in _answered(_4=4, _4_1=2).items()}
    found = hints(edition, answers)
    assert {hint.indicator for hint in found} == {"t.4", "t.4-1"}
    for shown in ("t.4", "t.4-1"):
        assert hints(edition, answers, shown) == tuple(hint for hint in found if hint.indicator == shown)


def test_far_is_counted_in_steps_of_the_scale(framework: Callable[..., Edition]) -> None:
    edition = framework({"id": "all", "items": ["4", "4-1"]}, parents=SUBS, scale=[0, 25, 50, 75, 100])
    assert hints(edition, _answered(_4=25, _4_1=50)) == ()
    far = Hint("key_far_from_subs", "t.4", {"level": 0, "mean": Fraction(50)})
    assert hints(edition, _answered(_4=0, _4_1=50)) == (far,)


@pytest.mark.parametrize(
    ("scale", "high"), [(range(6), {3, 4, 5}), (range(4), {2, 3}), ([1, 2, 3], {3}), ([0], set())]
)
def test_the_upper_half_of_the_scale_asks_for_evidence(
    framework: Callable[..., Edition], scale: list[int], high: set[int]
) -> None:
    edition = framework({"id": "all", "items": ["1"]}, scale=scale)
    for level in scale:
        for evidence in ("", "  \n"):
            found = hints(edition, {"t.1": Answer("t.1", State.ANSWERED, level=level, evidence=evidence)})
            assert (Hint("high_without_evidence", "t.1", {"level": level}) in found) == (level in high)
        assert hints(edition, {"t.1": Answer("t.1", State.ANSWERED, level=level, evidence="規程")}) == ()


@pytest.mark.parametrize(("target", "hinted"), [(None, False), (0, True), (1, True), (2, False), (3, False)])
def test_a_target_below_today_is_worth_a_look(
    framework: Callable[..., Edition], target: int | None, hinted: bool
) -> None:
    edition = framework({"id": "all", "items": ["1"]})
    found = hints(edition, {"t.1": Answer("t.1", State.ANSWERED, level=2, target=target)})
    assert found == ((Hint("target_below_current", "t.1", {"level": 2, "target": target}),) if hinted else ())


def test_eight_equal_levels_are_worth_a_question(framework: Callable[..., Edition]) -> None:
    edition = framework({"id": "all", "items": list("123456789")})
    equal = _answered(**{f"_{number}": 1 for number in range(1, 9)})
    assert hints(edition, equal) == (Hint("all_the_same", None, {"level": 1, "n": 8}),)
    assert hints(edition, dict(list(equal.items())[:7])) == ()
    assert hints(edition, equal | _answered(_9=2)) == ()


def test_what_has_no_level_gives_no_hint(key_and_subs: Edition) -> None:
    answers = {
        "t.4": Answer("t.4", State.OPEN, level=5, target=1),
        "t.4-1": Answer("t.4-1", State.CANNOT_SAY, target=0),
        "t.4-2": Answer("t.4-2", State.NOT_APPLICABLE),
    }
    assert hints(key_and_subs, answers) == ()


def test_hints_stand_in_the_order_of_the_tree(framework: Callable[..., Edition]) -> None:
    edition = framework({"id": "all", "items": list("123456789")})
    answers = {f"t.{number}": Answer(f"t.{number}", State.ANSWERED, level=3) for number in range(9, 0, -1)}
    assert [hint.indicator for hint in hints(edition, answers)] == [
        *(f"t.{number}" for number in range(1, 10)),
        None,
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_hint_says_its_numbers(language: str) -> None:
    said = sentence(Hint("key_far_from_subs", "t.4", {"level": 4, "mean": Fraction(9, 4)}), Words(language))
    assert "4" in said
    assert "2.3" in said
