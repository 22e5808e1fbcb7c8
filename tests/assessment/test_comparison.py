"""Rounds side by side: exact changes, whole ties, items that left or were renamed, sections on the same items."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.action import Action, Status
from dxassess.assessment.comparison import (
    Column,
    ItemAt,
    ItemLine,
    comparison,
    finished_between,
    ranking,
)
from dxassess.assessment.model import Answer, State
from dxassess.assessment.scoring import current_marks, score

TREE = {
    "id": "all",
    "over": "items",
    "sections": [{"id": "a", "items": ["1", "2"]}, {"id": "b", "items": ["3"]}],
}
FIRST, LAST = date(2026, 4, 1), date(2026, 7, 1)


@pytest.fixture
def edition(framework):
    found = framework(TREE)
    head = found.head.model_copy(update={"groups": ("a", "b"), "averages": ("all",)})
    return found.model_copy(update={"head": head})


@pytest.fixture
def column(edition, make):
    """A round from levels by code: a number, a state, or (level, target)."""

    def build(number, said, asked=None, day=None):
        edition_of_round = asked or edition
        answers = {}
        for code, given_level in said.items():
            level, target = given_level if isinstance(given_level, tuple) else (given_level, None)
            known = level if isinstance(level, State) else State.ANSWERED
            answers[f"t.{code}"] = Answer(
                f"t.{code}", known, None if isinstance(level, State) else level, target
            )
        held = replace(make.round(number), held_on=day or date(2026, 3 + number, 1))
        scores = score(edition_of_round, current_marks(answers.values()))
        return Column(held, edition_of_round, answers, scores)

    return build


def line(found, code):
    return next(each for each in found.lines if each.item.code == code)


def test_a_change_is_the_last_level_minus_the_first_and_every_step_between_is_told(column):
    found = comparison([column(1, {"1": 1}), column(2, {"1": 4}), column(3, {"1": 3})])
    assert line(found, "1").change == 2
    assert line(found, "1").steps == (3, -1)
    assert [at.level for at in line(found, "1").at] == [1, 4, 3]


@pytest.mark.parametrize("state", [State.CANNOT_SAY, State.NOT_APPLICABLE])
def test_what_has_no_level_in_one_of_the_rounds_is_never_0_and_has_no_change(column, state):
    found = comparison([column(1, {"1": state, "2": 0}), column(2, {"1": 3, "2": 1})])
    assert line(found, "1").change is None
    assert line(found, "1").at[0] == ItemAt(state)
    assert line(found, "3").at[0] == ItemAt(State.OPEN)
    assert [each.item.code for each in found.apart] == ["1", "3"]
    assert line(found, "2").change == 1


def test_items_rose_fell_stayed_or_cannot_be_compared_and_these_add_up(column):
    found = comparison([column(1, {"1": 1, "2": 3}), column(2, {"1": 2, "2": 1})])
    assert [[each.item.code for each in kind] for kind in (found.risen, found.fallen, found.same)] == [
        ["1"],
        ["2"],
        [],
    ]
    found = comparison([column(1, {"1": 1}), column(2, {"1": 1})])
    assert len(found.same) == 1
    assert len(found.risen) + len(found.fallen) + len(found.same) + len(found.apart) == len(found.lines)


def test_other_scales_and_other_editions_are_never_subtracted(column, framework):
    halves = framework(TREE, scale=[0, 0.5, 1])
    other = framework(TREE)
    other = other.model_copy(update={"head": other.head.model_copy(update={"id": "u"})})
    for strange in (halves, other):
        with pytest.raises(ValueError, match="0"):
            comparison([column(1, {"1": 1}), column(2, {"1": 1}, strange)])
    with pytest.raises(ValueError, match=r"\[\]"):
        comparison([])


def test_an_item_the_last_round_no_longer_asks_stands_after_the_others_and_one_it_asks_anew_has_no_change(
    column, framework
):
    fewer = framework({"id": "all", "items": ["3", "4"]})
    found = comparison([column(1, {"1": 1, "3": 2}), column(2, {"3": 3, "4": 1}, fewer)])
    assert [(each.item.code, each.gone) for each in found.lines] == [
        ("3", False),
        ("4", False),
        ("1", True),
        ("2", True),
    ]
    assert line(found, "4").at[0] == ItemAt() == line(found, "1").at[1]
    assert [each.item.code for each in found.items] == ["3", "4"]
    assert line(found, "1").change is None


def test_a_renamed_item_is_the_same_item_and_says_its_former_names(column, edition, make):
    def renamed(**changes):
        items = {**edition.indicators, "t.1": edition.indicators["t.1"].model_copy(update=changes)}
        return edition.model_copy(update={"indicators": items})

    newer, newest = renamed(title=make.words("new")), renamed(title=make.words("newest"))
    found = comparison(
        [column(1, {"1": 1}), column(2, {"1": 1}, newer), column(3, {"1": 2}, newest), column(4, {}, newest)]
    )
    assert [title.en for title in line(found, "1").named] == ["English 1", "English new"]
    assert line(found, "1").item.title.en == "English newest"
    assert (line(found, "1").reworded, line(found, "2").named) == (False, ())
    asked = renamed(question=make.words("asked otherwise"))
    assert line(comparison([column(1, {}), column(2, {}, asked)]), "1").reworded


def test_a_section_stands_beside_itself_and_says_whether_it_stands_on_the_same_items(column):
    found = comparison([column(1, {"1": 1, "2": 3}), column(2, {"1": 2, "2": 3, "3": 5})])
    whole = found.sections["all"]
    assert (whole.first, whole.last, whole.change) == (2, Fraction(10, 3), Fraction(4, 3))
    assert (whole.alike, whole.shared, whole.like) == (False, 2, Fraction(1, 2))
    assert (found.sections["a"].alike, found.sections["a"].like) == (True, Fraction(1, 2))
    assert (found.sections["b"].change, found.sections["b"].like) == (None, None)


def test_a_revision_of_the_weights_alone_is_no_change_of_the_same_items(column, edition):
    tree = edition.head.tree.model_copy(update={"aggregate": "weighted_mean"})
    items = {**edition.indicators, "t.1": edition.indicators["t.1"].model_copy(update={"weight": 3})}
    head = edition.head.model_copy(update={"tree": tree})
    heavy = edition.model_copy(update={"head": head, "indicators": items})
    said = {"1": 3, "2": 1, "3": 2}
    found = comparison([column(1, said), column(2, said, heavy)])
    whole = found.sections["all"]
    assert len(found.same) == 3
    assert (whole.first, whole.last, whole.like) == (2, Fraction(12, 5), 0)
    assert (whole.alike, whole.revised, whole.shared) == (False, True, 3)
    assert (found.sections["b"].alike, found.sections["b"].revised) == (True, False)
    fewer = comparison([column(1, said), column(2, {"1": 3}, heavy)]).sections["all"]
    assert (fewer.alike, fewer.revised) == (False, False)


def test_a_section_the_first_round_did_not_have_has_no_change(column, framework):
    flat = framework({"id": "root", "items": ["1", "2", "3"]})
    found = comparison([column(1, {"1": 1}, flat), column(2, {"1": 2})])
    assert (found.sections["a"].at, found.sections["a"].change) == ((None, 2), None)
    assert found.sections["a"].like == 1


def moved(framework, *changes):
    item = framework({"id": "all", "items": ["1"]}).scored[0]
    return [
        ItemLine(item, "all", (ItemAt(State.ANSWERED, Fraction(0)), ItemAt(State.ANSWERED, change)))
        for change in changes
    ]


def test_equal_changes_stand_together_and_no_tie_is_ever_cut(framework):
    found = ranking(moved(framework, 1, 3, 1, 2, 1, 1), most=3)
    assert [(rank.change, len(rank.lines)) for rank in found.ranks] == [(3, 1), (2, 1), (1, 4)]
    assert (found.more, found.then) == (0, None)
    found = ranking(moved(framework, -1, -3, -3, -2), most=2)
    assert [(rank.change, len(rank.lines)) for rank in found.ranks] == [(-3, 2)]
    assert (found.more, found.then) == (2, 2)
    assert ranking([]).ranks == ()


@given(sizes=st.lists(st.integers(1, 5)), way=st.sampled_from([1, -1]), most=st.integers(1, 6))
def test_every_item_that_moved_is_listed_or_counted_once(framework, sizes, way, most):
    changes = [Fraction(way * size) for size in sizes]
    found = ranking(moved(framework, *changes), most)
    listed = [line.change for rank in found.ranks for line in rank.lines]
    assert len(listed) + found.more == len(changes)
    assert len(listed) >= min(most, len(changes))
    rest = sorted((abs(change) for change in changes), reverse=True)[len(listed) :]
    assert all(abs(change) > size for change in listed for size in rest)


def action(number, finished, status=Status.DONE, edition="t", **more):
    return Action(f"A{number}", edition, {"t.1": Decimal(1)}, status, finished=finished, **more)


def test_actions_count_from_the_day_after_the_first_round_to_the_day_of_the_last(column):
    found = comparison([column(1, {"1": 1}, day=FIRST), column(2, {"1": 2}, day=LAST)])
    actions = [
        action(1, LAST),
        action(2, FIRST),
        action(3, date(2026, 4, 2)),
        action(4, date(2026, 7, 2)),
        action(5, None, due=date(2026, 5, 1)),
        action(6, date(2026, 5, 1), Status.STOPPED),
        action(7, date(2026, 5, 1), edition="other"),
        action(8, None),
    ]
    done = finished_between(actions, found)
    assert [each.action.title for each in done] == ["A3", "A5", "A1"]
    assert [line.change for line in done[0].lines] == [1]


def test_between_two_rounds_of_one_day_no_action_is_finished(column):
    found = comparison([column(1, {}, day=FIRST), column(2, {}, day=FIRST)])
    assert finished_between([action(1, FIRST)], found) == ()
