from __future__ import annotations

import math
import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxassess.assessment.model import Answer, State
from dxassess.assessment.scoring import (
    Counts,
    Mark,
    current_marks,
    exact,
    highest,
    reach,
    score,
    target_marks,
)
from dxassess.catalogue.model import Edition

Framework = Callable[..., Edition]
AGGREGATES = ["mean", "weighted_mean", "sum", "min"]
WEIGHTS = [1, 2, 3, 0.1, 0.25, 1.5]


def _codes(*counts: tuple[str, int]) -> list[str]:
    """`("4", 4)` → 4, 4-1 … 4-4: a key question and its subs."""
    return [code for key, subs in counts for code in (key, *(f"{key}-{sub}" for sub in range(1, subs + 1)))]


MANAGEMENT = _codes(("1", 0), ("2", 0), ("3", 0), ("4", 4), ("5", 2), ("6", 3), ("7", 3))
IT = _codes(("8", 8), ("9", 6))


@pytest.fixture(scope="module")
def thirty_five(framework: Framework) -> Edition:
    """35 items in two views of 19 and 16, whose mean is over the items."""
    views = [
        {"id": "management", "over": "items", "items": MANAGEMENT},
        {"id": "it", "over": "items", "items": IT},
    ]
    return framework({"id": "all", "over": "items", "sections": views})


def test_the_mean_of_35_items_is_the_mean_of_items_and_not_of_views(thirty_five: Edition) -> None:
    """19 items adding up to 40 and 16 adding up to 21: 61/35, not (40/19 + 21/16)/2."""
    levels = dict(zip(MANAGEMENT, [3, 2, 4, 2, 1, 2, 3, 2, 3, 2, 1, 2, 1, 2, 3, 2, 1, 2, 2], strict=True))
    levels |= dict(zip(IT, [2, 1, 1, 2, 1, 0, 2, 1, 1, 2, 1, 2, 1, 1, 2, 1], strict=True))
    scores = score(thirty_five, {f"t.{code}": [level] for code, level in levels.items()})
    assert scores["all"].value == Fraction(61, 35)
    assert scores["management"].value == Fraction(40, 19)
    assert scores["it"].value == Fraction(21, 16)
    assert scores["all"].counts == Counts(n=35, m=35)


def test_the_most_a_section_can_come_to_is_the_top_of_the_scale_or_the_sum_of_what_applies(
    framework: Framework,
) -> None:
    """On a scale of 0–5: a mean ends at 5; a sum of three items, one of which does not apply, at 10."""
    areas = [{"id": "a", "aggregate": "sum", "items": ["a1", "a2", "a3"]}, {"id": "b", "items": ["b1"]}]
    edition = framework({"id": "all", "aggregate": "sum", "sections": areas})
    scores = score(edition, {"t.a1": [1], "t.a2": [State.NOT_APPLICABLE], "t.b1": [2]})
    assert [highest(edition, scores, section) for section in ("all", "a", "b")] == [15, 10, 5]
    nothing = score(edition, {f"t.a{number}": [State.NOT_APPLICABLE] for number in (1, 2, 3)})
    assert highest(edition, nothing, "a") == 0
    assert (reach(edition, ["a", "b"]), reach(edition, ["all"]), reach(edition, [])) == (15, 20, 0)


def test_a_weighted_framework_weighs_its_sections(framework: Framework) -> None:
    """0.5 × mean(2, 4) + 0.3 × mean(1, 2, 2) + 0.2 × mean(5) = 1.5 + 0.5 + 1 = 3."""
    areas = [
        {"id": "a", "weight": 0.5, "items": ["a1", "a2"]},
        {"id": "b", "weight": 0.3, "items": ["b1", "b2", "b3"]},
        {"id": "c", "weight": 0.2, "items": ["c1"]},
    ]
    edition = framework({"id": "all", "aggregate": "weighted_mean", "sections": areas})
    levels = {"a1": 2, "a2": 4, "b1": 1, "b2": 2, "b3": 2, "c1": 5}
    scores = score(edition, {f"t.{code}": [level] for code, level in levels.items()})
    assert scores["all"].value == Fraction(3)
    without_c = score(edition, {f"t.{code}": [level] for code, level in levels.items() if code != "c1"})
    assert without_c["all"].value == Fraction(2) / Fraction(8, 10)
    assert without_c["all"].counts == Counts(n=5, m=6, not_answered=1)


def test_weights_of_items_count_where_the_items_are_weighed(framework: Framework) -> None:
    """(3 × 4 + 1 × 2 + 0.5 × 1) / 4.5 over items; the child sections' weights play no part."""
    parts = [{"id": "a", "weight": 7, "items": ["a1", "a2"]}, {"id": "b", "items": ["b1"]}]
    tree = {"id": "all", "aggregate": "weighted_mean", "over": "items", "sections": parts}
    scores = score(framework(tree, weights={"a1": 3, "b1": 0.5}), {"t.a1": [4], "t.a2": [2], "t.b1": [1]})
    assert scores["all"].value == Fraction(29, 9)
    assert scores["a"].value == Fraction(3)


def test_a_points_framework_adds_what_there_is(framework: Framework) -> None:
    """Points 0–2: sections of 2 + 1 + 0 = 3 and 2 + 2 = 4, seven in all; what nobody answered adds nothing."""
    parts = [
        {"id": "a", "aggregate": "sum", "items": ["a1", "a2", "a3"]},
        {"id": "b", "aggregate": "sum", "items": ["b1", "b2"]},
        {"id": "c", "aggregate": "sum", "items": ["c1"]},
    ]
    edition = framework({"id": "all", "aggregate": "sum", "sections": parts}, scale=[0, 1, 2])
    scores = score(edition, {"t.a1": [2], "t.a2": [1], "t.a3": [0], "t.b1": [2], "t.b2": [2]})
    assert [scores[node].value for node in ("a", "b", "c", "all")] == [3, 4, None, 7]


def test_a_staged_framework_is_as_mature_as_its_least_mature_area(framework: Framework) -> None:
    parts = [{"id": "a", "items": ["a1", "a2"]}, {"id": "b", "items": ["b1"]}, {"id": "c", "items": ["c1"]}]
    edition = framework({"id": "all", "aggregate": "min", "sections": parts})
    scores = score(edition, {"t.a1": [4], "t.a2": [3], "t.b1": [3], "t.c1": [State.CANNOT_SAY]})
    assert scores["all"].value == Fraction(3)
    assert scores["a"].value == Fraction(7, 2)


def test_levels_are_taken_as_they_are_written(framework: Framework) -> None:
    assert exact(0.1) == Fraction(1, 10)
    edition = framework({"id": "all", "items": ["1", "2", "3"]}, scale=[0, 0.1, 0.2])
    assert score(edition, {"t.1": [0.1], "t.2": [0.2], "t.3": [0.1]})["all"].value == Fraction(4, 30)


def test_missing_zero_cannot_say_and_not_applicable_are_four_different_things(framework: Framework) -> None:
    edition = framework({"id": "all", "items": ["1", "2"]})
    found = {
        name: score(edition, {"t.1": [4], **marks})["all"]
        for name, marks in {
            "missing": {},
            "zero": {"t.2": [0]},
            "cannot say": {"t.2": [State.CANNOT_SAY]},
            "not applicable": {"t.2": [State.NOT_APPLICABLE]},
        }.items()
    }
    assert {name: node.value for name, node in found.items()} == {
        "missing": 4,
        "zero": 2,
        "cannot say": 4,
        "not applicable": 4,
    }
    assert {name: node.counts for name, node in found.items()} == {
        "missing": Counts(n=1, m=2, not_answered=1),
        "zero": Counts(n=2, m=2),
        "cannot say": Counts(n=1, m=2, cannot_say=1),
        "not applicable": Counts(n=1, m=1, not_applicable=1),
    }


@pytest.mark.parametrize(
    ("marks", "value", "counts"),
    [
        ([], None, Counts(m=1, not_answered=1)),
        ([2, 3, 3], Fraction(8, 3), Counts(n=1, m=1)),
        ([State.CANNOT_SAY, 3], Fraction(3), Counts(n=1, m=1)),
        ([State.NOT_APPLICABLE, 0], Fraction(0), Counts(n=1, m=1)),
        ([State.NOT_APPLICABLE, State.CANNOT_SAY], None, Counts(m=1, cannot_say=1)),
        ([State.NOT_APPLICABLE, State.NOT_APPLICABLE], None, Counts(not_applicable=1)),
    ],
)
def test_several_voices_of_one_indicator(
    framework: Framework, marks: list[Mark], value: Fraction | None, counts: Counts
) -> None:
    node = score(framework({"id": "all", "items": ["1"]}), {"t.1": marks})["t.1"]
    assert (node.value, node.counts) == (value, counts)


def test_nodes_come_depth_first_with_their_place_in_the_tree(framework: Framework) -> None:
    inner = {"id": "a", "sections": [{"id": "aa", "items": ["1", "2"]}]}
    edition = framework({"id": "all", "sections": [inner, {"id": "b", "weight": 2.5, "items": ["3"]}]})
    scores = score(edition, {})
    assert list(scores) == ["all", "a", "aa", "t.1", "t.2", "b", "t.3"]
    assert [node.depth for node in scores.values()] == [0, 1, 2, 3, 3, 1, 2]
    assert [node.parent for node in scores.values()] == [None, "all", "a", "aa", "aa", "all", "b"]
    assert [node.code for node in scores.values()] == [None, None, None, "1", "2", None, "3"]
    assert {node.value for node in scores.values()} == {None}
    assert (scores["b"].weight, scores["b"].aggregate, scores["t.3"].aggregate) == (
        Fraction(5, 2),
        "mean",
        None,
    )


def test_quantitative_and_unknown_indicators_never_enter(framework: Framework) -> None:
    edition = framework({"id": "all", "items": ["1"]}, measures=["q-days"])
    scores = score(edition, {"t.1": [2], "t.q-days": [5], "other.1": [5]})
    assert list(scores) == ["all", "t.1"]
    assert scores["all"].value == 2


def test_current_marks_hold_what_answers_say_of_today() -> None:
    answers = [
        Answer("t.1", State.ANSWERED, level=3, target=4),
        Answer("t.1", State.ANSWERED, level=0),
        Answer("t.2", State.CANNOT_SAY, target=2),
        Answer("t.3", State.NOT_APPLICABLE, reason="none"),
        Answer("t.4", State.OPEN, level=5, target=5),
        Answer("t.q", State.ANSWERED, amount=Decimal(12)),
    ]
    assert current_marks(answers) == {"t.1": [3, 0], "t.2": [State.CANNOT_SAY], "t.3": [State.NOT_APPLICABLE]}


def test_target_marks_hold_targets_and_what_does_not_apply() -> None:
    answers = [
        Answer("t.1", State.ANSWERED, level=3, target=4),
        Answer("t.1", State.ANSWERED, level=3),
        Answer("t.2", State.CANNOT_SAY, target=2),
        Answer("t.3", State.NOT_APPLICABLE, target=2),
        Answer("t.4", State.OPEN, target=0),
    ]
    assert target_marks(answers) == {"t.1": [4], "t.2": [2], "t.3": [State.NOT_APPLICABLE], "t.4": [0]}


def test_random_sheets_agree_with_pandas(framework: Framework) -> None:
    draw = random.Random(2019)
    for _ in range(20):
        codes = [
            f"{group}-{item}" for group in range(draw.randint(1, 6)) for item in range(draw.randint(1, 7))
        ]
        weights = {code: draw.choice(WEIGHTS) for code in codes}
        groups = sorted({code.split("-")[0] for code in codes})
        group_weights = {group: draw.choice(WEIGHTS) for group in groups}
        rows = [
            (code, draw.choice([*range(6), None]))
            for code in codes
            for _ in range(draw.randint(0, 4))
        ]  # fmt: skip
        marks: dict[str, list[Mark]] = {}
        for code, level in rows:
            marks.setdefault(f"t.{code}", []).append(State.CANNOT_SAY if level is None else level)
        expected = _by_pandas(rows, weights, group_weights)
        for shape, value in expected.items():
            sections = [
                {
                    "id": f"g{group}",
                    "aggregate": "weighted_mean" if shape[1] else "mean",
                    "weight": group_weights[group],
                    "items": [code for code in codes if code.split("-")[0] == group],
                }
                for group in groups
            ]
            aggregate = "weighted_mean" if shape[1] else "mean"
            tree = {"id": "all", "over": shape[0], "aggregate": aggregate, "sections": sections}
            found = score(framework(tree, weights=weights), marks)["all"].value
            if found is None:
                assert math.isnan(value)
            else:
                assert math.isclose(found, value, rel_tol=1e-12)


def _by_pandas(
    rows: list[tuple[str, int | None]], weights: dict[str, float], group_weights: dict[str, float]
) -> dict[tuple[str, bool], float]:
    table = pd.DataFrame(rows, columns=["code", "level"]).astype({"level": "float"})
    items = table.groupby("code")["level"].mean().dropna().reset_index()
    items["group"] = items["code"].str.split("-").str[0]
    items["weight"] = items["code"].map(weights).astype(float)
    items["weighed"] = items["level"] * items["weight"]
    groups = items.groupby("group").agg(
        mean=("level", "mean"), weighed=("weighed", "sum"), weight=("weight", "sum")
    )
    own = pd.Series(group_weights).reindex(groups.index).astype(float)
    weighed_groups = groups["weighed"] / groups["weight"]
    return {
        ("items", False): items["level"].mean(),
        ("items", True): items["weighed"].sum() / items["weight"].sum() if len(items) else math.nan,
        ("children", False): groups["mean"].mean(),
        ("children", True): (weighed_groups * own).sum() / own.sum() if len(groups) else math.nan,
    }


@st.composite
def _trees(draw: st.DrawFn, aggregates: list[str] | None = None) -> tuple[dict[str, Any], dict[str, float]]:
    """A tree up to four levels deep, and a weight for each of its items."""
    weights: dict[str, float] = {}
    ids = iter(range(10_000))

    def grow(depth: int) -> dict[str, Any]:
        node: dict[str, Any] = {
            "id": f"s{next(ids)}",
            "aggregate": draw(st.sampled_from(aggregates or AGGREGATES)),
            "over": draw(st.sampled_from(["children", "items"])),
            "weight": draw(st.sampled_from(WEIGHTS)),
        }
        size = draw(st.integers(1, 3))
        if depth and draw(st.booleans()):
            return node | {"sections": [grow(depth - 1) for _ in range(size)]}
        codes = [f"i{next(ids)}" for _ in range(size)]
        weights.update({code: draw(st.sampled_from(WEIGHTS)) for code in codes})
        return node | {"items": codes}

    return grow(3), weights


_MARK = st.one_of(st.integers(0, 5), st.sampled_from([State.CANNOT_SAY, State.NOT_APPLICABLE]))


def _marks(data: st.DataObject, edition: Edition) -> dict[str, list[Mark]]:
    return {item.id: data.draw(st.lists(_MARK, max_size=3), label=item.code) for item in edition.scored}


@settings(max_examples=60, deadline=None)
@given(_trees(["mean", "weighted_mean", "min"]), st.data())
def test_a_mean_lies_between_the_lowest_and_the_highest_level(
    framework: Framework, shape: tuple[dict[str, Any], dict[str, float]], data: st.DataObject
) -> None:
    edition = framework(shape[0], weights=shape[1])
    marks = _marks(data, edition)
    levels = [mark for said in marks.values() for mark in said if not isinstance(mark, State)]
    for node in score(edition, marks).values():
        if node.value is not None:
            assert min(levels) <= node.value <= max(levels)


@settings(max_examples=60, deadline=None)
@given(_trees(), st.data())
def test_the_order_of_answers_does_not_matter(
    framework: Framework, shape: tuple[dict[str, Any], dict[str, float]], data: st.DataObject
) -> None:
    edition = framework(shape[0], weights=shape[1])
    marks = _marks(data, edition)
    shuffled = {
        key: data.draw(st.permutations(marks[key])) for key in data.draw(st.permutations(list(marks)))
    }
    assert score(edition, marks) == score(edition, shuffled)


@settings(max_examples=60, deadline=None)
@given(_trees(), st.data())
def test_counts_add_up_in_every_node(
    framework: Framework, shape: tuple[dict[str, Any], dict[str, float]], data: st.DataObject
) -> None:
    edition = framework(shape[0], weights=shape[1])
    scores = score(edition, _marks(data, edition))
    for node in scores.values():
        counts = node.counts
        assert counts.n + counts.not_answered + counts.cannot_say == counts.m
        items = len(list(edition.sections[node.id].codes())) if node.kind == "section" else 1
        assert counts.m + counts.not_applicable == items
        assert (node.value is None) == (counts.n == 0)


@settings(max_examples=60, deadline=None)
@given(_trees(), st.data())
def test_calling_an_open_indicator_not_applicable_changes_no_value(
    framework: Framework, shape: tuple[dict[str, Any], dict[str, float]], data: st.DataObject
) -> None:
    edition = framework(shape[0], weights=shape[1])
    marks = _marks(data, edition)
    unsaid = {key: said or [State.NOT_APPLICABLE] for key, said in marks.items()}
    before, after = score(edition, marks), score(edition, unsaid)
    assert [node.value for node in before.values()] == [node.value for node in after.values()]


@settings(max_examples=60, deadline=None)
@given(_trees(["mean", "weighted_mean", "min"]), st.data(), st.integers(-7, 7))
def test_moving_all_levels_by_a_constant_moves_every_mean_by_it(
    framework: Framework, shape: tuple[dict[str, Any], dict[str, float]], data: st.DataObject, by: int
) -> None:
    edition = framework(shape[0], weights=shape[1])
    marks = _marks(data, edition)
    moved = {
        key: [mark if isinstance(mark, State) else mark + by for mark in said] for key, said in marks.items()
    }
    before, after = score(edition, marks), score(edition, moved)
    for id_, node in before.items():
        assert after[id_].value == (None if node.value is None else node.value + by)


@settings(max_examples=60, deadline=None)
@given(_trees(["sum"]), st.data())
def test_a_sum_of_sums_is_the_sum_of_all_items(
    framework: Framework, shape: tuple[dict[str, Any], dict[str, float]], data: st.DataObject
) -> None:
    edition = framework(shape[0], weights=shape[1])
    scores = score(edition, _marks(data, edition))
    values = [scores[item.id].value for item in edition.scored]
    assert (scores[edition.head.tree.id].value or 0) == sum(value for value in values if value is not None)
