"""Why a number moved: the parts add up exactly, whatever the framework, the answers and the revision."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dxassess.assessment.composition import named_voices
from dxassess.assessment.model import State
from dxassess.assessment.movement import KINDS, Side, movement
from dxassess.assessment.scoring import score, value_of
from dxassess.catalogue.model import Edition
from dxassess.catalogue.narrow import narrowed

Framework = Callable[..., Edition]
NA, UNSURE = State.NOT_APPLICABLE, State.CANNOT_SAY
AGGREGATES = ["mean", "weighted_mean", "sum", "min"]
WEIGHTS = [1, 2, 0.5, 1.5, 3]
CODES = [str(number) for number in range(1, 9)]


def side(edition: Edition, said: dict[str, Any], **more: Any) -> Side:
    """`said`: by code a level, a state, or None for not answered."""
    marks = {f"t.{code}": [mark] for code, mark in said.items() if mark is not None}
    return Side(edition, score(edition, marks), **more)


def told(found) -> list[tuple[str, Fraction, str]]:
    """Each part with its change and the codes in it."""
    return [
        (part.kind, part.change, " ".join(one.indicator.code for one in part.inputs)) for part in found.parts
    ]


@pytest.fixture(scope="module")
def five(framework: Framework) -> Edition:
    return framework({"id": "all", "items": ["1", "2", "3", "4", "5"]})


def test_every_reason_by_hand(five: Edition) -> None:
    """Before: 1, 2, 3, N/A, open: 2. After: 2, N/A, cannot say, 4, 0: 2.

    Without 2: (1 + 3)/2 = 2, ±0. Without 3: 1, −1. Then 1 → 2: +1. 5 comes with 0: 1, −1. 4 comes with 4: 2, +1.
    """
    found = movement(
        side(five, {"1": 1, "2": 2, "3": 3, "4": NA}),
        side(five, {"1": 2, "2": NA, "3": UNSURE, "4": 4, "5": 0}),
        "all",
    )
    assert told(found) == [
        ("not_applicable", 0, "2"),
        ("unanswered", -1, "3"),
        ("moved", 1, "1"),
        ("answered", -1, "5"),
        ("applicable", 1, "4"),
    ]
    assert [one.reason for part in found.parts for one in part.inputs] == [
        "not_applicable",
        "cannot_say",
        None,
        "open",
        "not_applicable",
    ]
    assert (found.alike.before, found.alike.after, found.alike.n, found.alike.still) == (1, 2, 1, 0)
    assert (found.change, found.alike.change, found.total(*KINDS)) == (0, 1, 0)
    assert (found.told_by, found.why_not, found.both) == ("voice", None, 0)


def test_items_that_moved_stand_in_the_order_of_the_form_with_what_each_level_is_worth(
    framework: Framework,
) -> None:
    """Weights 3 and 1: (3 × 1 + 1 × 4)/4 → (3 × 2 + 1 × 0)/4: +3/4 and −1."""
    edition = framework(
        {"id": "all", "aggregate": "weighted_mean", "items": ["2", "1", "3"]}, weights={"2": 3}
    )
    found = movement(side(edition, {"1": 4, "2": 1}), side(edition, {"1": 0, "2": 2}), "all")
    assert told(found) == [("moved", Fraction(3, 4), "2"), ("moved", -1, "1")]
    first = found.parts[0].inputs[0]
    assert (first.before, first.after, first.weight, first.by, first.share) == (1, 2, 3, 1, Fraction(3, 4))


def test_a_weight_that_does_not_count_is_no_reason(framework: Framework) -> None:
    tree = {"id": "all", "aggregate": "mean", "items": ["1", "2"]}
    old, new = framework(tree), framework(tree, weights={"1": 3})
    found = movement(side(old, {"1": 1, "2": 3}), side(new, {"1": 1, "2": 3}), "all")
    assert (told(found), found.change) == ([], 0)


def test_a_revision_takes_items_away_brings_others_and_weighs_anew(framework: Framework) -> None:
    """Before: 1, 3, 5 alike: 3. The revision drops 5 and counts 1 three times: 6/4 = 1.5. Later 9 comes with 5: (3 + 3 + 5)/5."""
    old = framework({"id": "all", "aggregate": "weighted_mean", "items": ["1", "2", "3"]})
    new = framework({"id": "all", "aggregate": "weighted_mean", "items": ["1", "2", "9"]}, weights={"1": 3})
    found = movement(side(old, {"1": 1, "2": 3, "3": 5}), side(new, {"1": 1, "2": 3, "9": 5}), "all")
    assert told(found) == [("revision", Fraction(-3, 2), "1 3"), ("added", Fraction(7, 10), "9")]
    assert [one.reason for part in found.parts for one in part.inputs] == ["weight", "gone", "new"]
    assert (found.alike.still, found.alike.change) == (2, 0)


def test_an_item_that_moved_to_another_section_is_the_revision_and_a_new_aggregate_too(
    framework: Framework,
) -> None:
    def tree(first, second, how="mean"):
        return framework(
            {
                "id": "all",
                "sections": [{"id": "a", "aggregate": how, "items": first}, {"id": "b", "items": second}],
            }
        )

    old, new, summed = tree(["1"], ["2", "3"]), tree(["1", "2"], ["3"]), tree(["1"], ["2", "3"], "sum")
    said = {"1": 1, "2": 3, "3": 3}
    found = movement(side(old, said), side(new, said), "a")
    assert told(found) == [("revision", 1, "2")]
    assert found.parts[0].inputs[0].reason == "came"
    two = framework({"id": "all", "items": ["1", "2"]})
    both = framework({"id": "all", "aggregate": "sum", "items": ["1", "2"]})
    assert told(movement(side(two, {"1": 1, "2": 3}), side(both, {"1": 1, "2": 3}), "all")) == [
        ("revision", 2, "")
    ]
    assert told(movement(side(old, said), side(summed, said), "all")) == []


def test_a_minimum_that_another_item_holds_down_does_not_move(framework: Framework) -> None:
    edition = framework({"id": "all", "aggregate": "min", "items": ["1", "2"]})
    found = movement(side(edition, {"1": 0, "2": 1}), side(edition, {"1": 0, "2": 3}), "all")
    assert told(found) == [("moved", 0, "2")]
    assert found.parts[0].inputs[0].share == 0


def test_what_moved_it_most_is_one_part_or_several_alike(five: Edition) -> None:
    def largest(before, after) -> list[str]:
        found = movement(side(five, before), side(five, after), "all").largest
        return [part.inputs[0].indicator.code for part in found]

    assert largest({"1": 1, "2": 1, "3": 2}, {"1": 2, "2": 1, "3": 0}) == ["3"]
    assert largest({"1": 1, "2": 1}, {"1": 2, "2": 0}) == ["1", "2"]
    assert largest({"1": 1}, {"1": 1}) == []
    assert largest({"1": 1, "2": 1}, {"1": 1}) == []


def test_one_indicator_alone_has_itself_as_its_part(five: Edition) -> None:
    assert told(movement(side(five, {"2": 1}), side(five, {"2": 3}), "t.2")) == [("moved", 2, "2")]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ({}, {"1": 1}, "before"),
        ({"1": 1}, {"1": UNSURE}, "after"),
        ({"1": 1}, {"2": 1}, "common"),
    ],
)
def test_what_has_no_value_on_the_way_is_not_taken_apart(five: Edition, before, after, why) -> None:
    found = movement(side(five, before), side(five, after), "all")
    assert (found.why_not, found.parts, found.alike) == (why, (), None)
    assert found.change == (0 if why == "common" else None)


def test_other_editions_scales_and_nodes_are_never_subtracted(five: Edition, framework: Framework) -> None:
    other = framework({"id": "all", "items": ["1"]}, scale=[1, 2, 3])
    named = five.model_copy(update={"head": five.head.model_copy(update={"id": "u"})})
    said = {"1": 1}
    for last, node, why in ((other, "all", "scale"), (named, "all", "edition"), (five, "elsewhere", "node")):
        found = movement(side(five, said), side(last, said), node)
        assert (found.why_not, found.change, found.parts) == (why, None, ())


def test_which_of_the_two_rounds_lacks_the_node_is_told(framework: Framework) -> None:
    whole = framework({"id": "all", "sections": [{"id": "a", "items": ["1"]}, {"id": "b", "items": ["2"]}]})
    part = narrowed(whole, "a")
    said = {"1": 1}
    assert movement(side(part, said), side(whole, said), "b").why_not == "node"
    assert movement(side(whole, said), side(part, said), "b").why_not == "node_after"


def voices(**people: tuple[str, dict[str, float]]):
    return named_voices(
        (f"t.{code}", name, role, level)
        for name, (role, said) in people.items()
        for code, level in said.items()
    )


def many(edition: Edition, **people: tuple[str, dict[str, float]]) -> Side:
    marks: dict[str, list[float]] = {}
    for _, said in people.values():
        for code, level in said.items():
            marks.setdefault(f"t.{code}", []).append(level)
    return Side(edition, score(edition, marks), voices(**people))


def test_who_answered_stands_apart_from_what_people_think_now(five: Edition) -> None:
    """Sato: 1 → 2 on item 1, stays 3 on item 2. Abe (5 and 5) leaves. Item 1: 3 → 2, item 2: 4 → 3; mean 3.5 → 2.5.

    Changed minds: +1 on item 1, +0.5. Who answered: −2 and −1, −1.5.
    """
    before = many(five, sato=("it", {"1": 1, "2": 3}), abe=("it", {"1": 5, "2": 5}))
    after = many(five, sato=("it", {"1": 2, "2": 3}))
    found = movement(before, after, "all")
    assert told(found) == [("moved", Fraction(1, 2), "1"), ("who", Fraction(-3, 2), "1 2")]
    assert (found.told_by, found.both, found.untold) == ("person", 1, ())
    assert [(one.by, one.effect) for one in found.parts[1].inputs] == [(-2, -1), (-1, Fraction(-1, 2))]
    assert [one.share for one in found.parts[1].inputs] == [Fraction(1, 2)] * 2
    assert {(one.told, one.people) for part in found.parts for one in part.inputs} == {("person", 1)}


def test_where_groups_may_not_be_told_apart_the_whole_change_is_shown_and_named(five: Edition) -> None:
    hidden = side(five, {"1": 1, "2": 2}, voices=voices(), unseen=frozenset(["t.3"]))
    after = many(five, sato=("it", {"1": 2, "2": 2, "3": 4}))
    found = movement(hidden, after, "all")
    assert [one.code for one in found.untold] == ["1"]
    assert [(kind, codes) for kind, _, codes in told(found)] == [("moved", "1"), ("answered", "3")]
    assert found.parts[1].inputs[0].reason == "unseen"


def test_how_many_people_are_in_both_is_not_said_where_some_have_no_name(five: Edition) -> None:
    def round_of(level: int) -> Side:
        votes = named_voices([("t.1", "sato", "it", level), ("t.1", "", "it", level)])
        return Side(five, score(five, {"t.1": [level, level]}), votes)

    ((one,),) = (part.inputs for part in movement(round_of(1), round_of(2), "all").parts)
    assert (one.told, one.people, one.by) == ("person", 0, 1)


def test_one_voice_and_many_cannot_be_told_apart(five: Edition) -> None:
    found = movement(side(five, {"1": 1}), many(five, sato=("it", {"1": 2})), "all")
    assert (found.told_by, told(found), [one.code for one in found.untold]) == (
        None,
        [("moved", 1, "1")],
        ["1"],
    )


# --- whatever the framework

marks = st.one_of(st.none(), st.integers(0, 5), st.sampled_from([UNSURE, NA]))


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """Two levels of sections over some of the codes, in any order, with any aggregates."""
    codes = draw(st.permutations(CODES))[: draw(st.integers(2, 8))]
    cut = draw(st.integers(1, len(codes) - 1))

    def section(name: str, items: list[str]) -> dict[str, Any]:
        how = {
            "aggregate": draw(st.sampled_from(AGGREGATES)),
            "over": draw(st.sampled_from(["items", "children"])),
        }
        return {"id": name, "weight": draw(st.sampled_from(WEIGHTS)), **how, "items": list(items)}

    parts = [section("a", codes[:cut]), section("b", codes[cut:])]
    root = section("all", [])
    if draw(st.booleans()):
        inner = {**section("inner", []), "items": [], "sections": [parts[1]]}
        parts = [parts[0], inner]
    return {**root, "items": [], "sections": parts}


weights = st.dictionaries(st.sampled_from(CODES), st.sampled_from(WEIGHTS))
answers = st.dictionaries(st.sampled_from(CODES), marks)
crowd = st.dictionaries(
    st.sampled_from(["sato", "abe", "kato", "ito"]),
    st.tuples(
        st.sampled_from(["it", "management"]), st.dictionaries(st.sampled_from(CODES), st.integers(0, 5))
    ),
)
anything = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def check(found) -> None:
    """What holds of every movement."""
    if found.why_not is not None:
        assert found.parts == ()
        return
    assert sum((part.change for part in found.parts), Fraction()) == found.change
    assert found.alike.change == found.total("moved", "who")
    order = [KINDS.index(part.kind) for part in found.parts]
    assert order == sorted(order)
    for part in found.parts:
        effects = [one.effect for one in part.inputs]
        assert part.kind in ("moved", "who") or not any(effects)
        if part.kind in ("moved", "who"):
            assert sum(effects, Fraction()) == part.change
    values = [found.before.value, *(part.after for part in found.parts)]
    assert values[-1] == found.after.value
    assert [part.before for part in found.parts] == values[:-1]


@anything
@given(trees(), trees(), weights, weights, answers, answers)
def test_the_parts_add_up_whatever_was_revised_and_answered(
    framework: Framework, old, new, heavy, light, then, now
) -> None:
    first, last = framework(old, weights=heavy), framework(new, weights=light)
    before = side(first, {code: mark for code, mark in then.items() if f"t.{code}" in first.indicators})
    after = side(last, {code: mark for code, mark in now.items() if f"t.{code}" in last.indicators})
    for node in last.sections:
        check(movement(before, after, node))


@anything
@given(trees(), weights, crowd, crowd)
def test_the_parts_add_up_whoever_answered(framework: Framework, tree, heavy, then, now) -> None:
    edition = framework(tree, weights=heavy)
    asked = {one.code for one in edition.scored}

    def of(people):
        return {
            name: (role, {code: level for code, level in said.items() if code in asked})
            for name, (role, said) in people.items()
        }

    check(movement(many(edition, **of(then)), many(edition, **of(now)), "all"))


@anything
@given(trees(), weights, answers)
def test_the_quick_value_of_a_node_is_the_one_of_the_whole_tree(
    framework: Framework, tree, heavy, said
) -> None:
    edition = framework(tree, weights=heavy)
    scores = side(edition, said).scores
    levels = {one.id: scores[one.id].value for one in edition.scored if scores[one.id].value is not None}
    for node, found in scores.items():
        assert value_of(edition, node, levels) == found.value


def test_a_weight_is_told_only_where_it_counts(framework: Framework) -> None:
    """`a` weighs its items; `b` does not; the root over items weighs none, though a section below it would."""
    inner = [{"id": "a", "aggregate": "weighted_mean", "items": ["1"]}, {"id": "b", "items": ["2"]}]
    heavy = {"1": 2, "2": 3}
    children = framework({"id": "all", "sections": inner}, weights=heavy)
    items = framework({"id": "all", "over": "items", "sections": inner}, weights=heavy)
    for edition, node, weights in (
        (children, "all", [2, None]),
        (items, "all", [None, None]),
        (items, "a", [2]),
        (items, "t.1", [None]),
    ):
        found = movement(side(edition, {"1": 1, "2": 1}), side(edition, {"1": 2, "2": 2}), node)
        assert [one.weight for part in found.parts for one in part.inputs] == weights
