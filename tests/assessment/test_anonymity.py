"""Nothing below the minimum is shown, nor left over when shown things are added and subtracted in any way.

How it is proved: the people of a small round are put into classes that no view tells apart. Every shown group is a sum over
classes; `_least` tries every combination of the shown groups and returns the fewest people one of them speaks of. A class
lies in at most one group of each ballot, so the groups form the incidence matrix of a bipartite graph, which is totally
unimodular: the combinations with the smallest support have coefficients −1, 0 and 1, and these are all tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import numpy as np
import pytest

from dxassess.assessment.anonymity import (
    Grouping,
    Turnover,
    group_id,
    grouping,
    roles_of,
    shown,
    shown_again,
    standing,
    turnover,
)
from dxassess.assessment.histogram import Cell, histograms
from dxassess.assessment.model import Answer, Ballot, Recorded, State
from dxassess.catalogue.model import Bilingual, Scale, ScaleLevel

NAME = Bilingual(ja="名", en="name")
SCALE = Scale(levels=tuple(ScaleLevel(value=value, name=NAME) for value in range(6)))
ROLES = ("a", "b", "c", "d")


def _cell(
    role: str, levels: int, cannot_say: int = 0, indicator: str = "t.1", ballot: Ballot = "first"
) -> Cell:
    return Cell(ballot, role, indicator, "current", (levels, 0), cannot_say, 0)


def _vote(person: str, role: str, level: int | None, sequence: int, ballot: Ballot = "first") -> Recorded:
    answer = Answer("t.1", State.CANNOT_SAY if level is None else State.ANSWERED, level=level, target=None)
    return Recorded(answer, sequence, "r", ballot, person, role, datetime(2026, 4, 1, tzinfo=UTC))


def _least(views: Sequence[Sequence[float]], people: Sequence[int], same: Sequence[Sequence[int]]) -> int:
    """The fewest people any combination of `views` speaks of; 0 when all that can be had is nothing.

    `views`: the shown groups as sums over classes of votes. `same`: classes that are votes of the same people, whose number
    is in `people`.
    """
    if not views:
        return 0
    ways = np.array(list(product((-1, 0, 1), repeat=len(views))))
    spoken = ways @ np.array(views) != 0
    counted = np.stack([spoken[:, list(classes)].any(axis=1) for classes in same], axis=1) @ np.array(people)
    return int(counted[counted > 0].min(initial=10**6)) if counted.any() else 0


@pytest.mark.parametrize(
    ("people", "groups"),
    [
        ({"a": 3, "b": 4, "c": 5}, (("a",), ("b",), ("c",))),
        ({"a": 2, "b": 4, "c": 5}, (("c",), ("a", "b"))),
        ({"a": 1, "b": 1, "c": 5}, (("a", "b", "c"),)),
        ({"a": 1, "b": 2, "c": 5}, (("c",), ("a", "b"))),
        ({"a": 2, "b": 0, "c": 5, "d": 3}, (("c",), ("a", "d"))),
        ({"a": 1, "b": 1, "c": 1}, (("a", "b", "c"),)),
        ({"a": 1, "b": 1}, ()),
        ({"a": 7}, (("a",),)),
        ({}, ()),
    ],
)
def test_small_roles_are_joined_and_one_alone_takes_the_smallest_other_with_it(
    people: dict[str, int], groups: tuple[tuple[str, ...], ...]
) -> None:
    found = grouping(people, 3)
    assert found.groups == groups
    assert found.hidden is (not groups)
    assert found.merged == tuple(group for group in groups if len(group) > 1)


@pytest.mark.parametrize("minimum", [-1, 0, 1])
def test_a_minimum_of_one_is_no_minimum(minimum: int) -> None:
    with pytest.raises(ValueError):
        grouping({"a": 5}, minimum)


def test_a_group_knows_its_roles() -> None:
    assert group_id(("a", "b")) == "a+b"
    assert roles_of("a+b") == ("a", "b")


@pytest.mark.parametrize("minimum", [2, 3, 4])
def test_no_combination_of_the_groups_of_a_round_speaks_of_fewer_than_the_minimum(minimum: int) -> None:
    for people in product(range(6), repeat=4):
        found = grouping(dict(zip(ROLES, people, strict=True)), minimum)
        views = [[float(role in group) for role in ROLES] for group in found.groups]
        if sum(people):
            views += [[1.0] * 4] if views else []
            assert _least(views, people, [[0], [1], [2], [3]]) >= minimum or not views
        assert bool(found.groups) is (sum(people) >= minimum)


@pytest.mark.parametrize("minimum", [2, 3])
def test_neither_does_any_combination_on_an_indicator_where_people_left_blanks(minimum: int) -> None:
    """Every number of levels and of "cannot say" in three roles of a round that was grouped by more people than answered."""
    for joined in ((), (("a", "b"),)):
        groups = Grouping(
            (*joined, *((role,) for role in ("a", "b", "c") if not joined or role == "c")), minimum
        )
        for levels in product(range(5), repeat=3):
            for unsure in product(range(3), repeat=3):
                own = [_cell(r, n, u) for r, n, u in zip(ROLES, levels, unsure, strict=False) if n + u]
                cells = shown(own, groups)
                said = [n + u for n, u in zip(levels, unsure, strict=True)]
                views = [[float(role in roles_of(cell.role)) for role in ROLES[:3]] for cell in cells]
                assert _least(views, said, [[0], [1], [2]]) >= minimum or not views
                assert _least(views, levels, [[0], [1], [2]]) >= minimum or not views
                assert sum(sum(cell.counts) for cell in cells) in (0, sum(levels))
                assert bool(cells) is (sum(levels) >= minimum)


def test_five_people_of_whom_two_gave_a_level_have_no_distribution_there() -> None:
    groups = grouping({"a": 5, "b": 4, "c": 6}, 3)
    cells = shown([_cell("a", 2, 3), _cell("b", 4), _cell("c", 6)], groups)
    assert cells == (_cell("c", 6), replace(_cell("a+b", 6, 3)))


def test_indicators_are_looked_at_one_by_one() -> None:
    groups = grouping({"a": 5, "b": 5}, 3)
    cells = [_cell("a", 5), _cell("b", 5), _cell("a", 5, indicator="t.2"), _cell("b", 1, indicator="t.2")]
    assert [(cell.indicator, cell.role) for cell in shown(cells, groups)] == [
        ("t.1", "a"),
        ("t.1", "b"),
        ("t.2", "a+b"),
    ]


def test_nothing_is_shown_of_two_people() -> None:
    assert shown([_cell("a", 1), _cell("b", 1, 4)], grouping({"a": 5, "b": 5}, 3)) == ()


CLASSES = ("kept", "again", "gone", "new")


def _second(changes: dict[str, Turnover], groups: Grouping) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    before = {role: each.kept + each.again + each.gone for role, each in changes.items()}
    after = {role: each.kept + each.again + each.new for role, each in changes.items()}
    first = shown([_cell(role, n) for role, n in before.items() if n], groups)
    second = [_cell(role, n, ballot="second") for role, n in after.items() if n]
    return first, shown_again(first, second, [{("t.1", "current"): changes}], groups)


def _both_views(
    changes: dict[str, Turnover], first: Iterable[Cell], second: Iterable[Cell]
) -> tuple[int, int]:
    """The fewest people spoken of: when votes given anew are unknown, and when nobody changed their mind."""
    votes, people, by_vote, by_person = [], [], [], []
    for role, each in changes.items():
        for what in CLASSES:
            start = len(votes)
            if what == "again":
                votes += [(role, True, False), (role, False, True), (role, True, True)]
            else:
                votes.append((role, what in ("kept", "gone"), what in ("kept", "new")))
            people.append(getattr(each, what))
            by_vote.append([start, start + 1] if what == "again" else [start])
            by_person.append([start + 2] if what == "again" else [start])
    views = [
        [
            float(role in roles_of(cell.role) and (one if cell.ballot == "first" else other))
            for role, one, other in votes
        ]
        for cell in (*first, *second)
    ]
    return _least(views, people, by_vote), _least(views, people, by_person)


def _check(changes: dict[str, Turnover], groups: Grouping) -> bool:
    first, second = _second(changes, groups)
    for least in _both_views(changes, first, second):
        assert least >= groups.minimum or not (first or second), (changes, first, second)
    for cell in second:
        inside = [roles_of(other.role) for other in first]
        assert all(
            set(part) <= set(roles_of(cell.role)) or not set(part) & set(roles_of(cell.role))
            for part in inside
        )
    return bool(second)


@pytest.mark.parametrize("minimum", [2, 3])
def test_no_combination_of_two_ballots_speaks_of_fewer_than_the_minimum(minimum: int) -> None:
    """All ways two roles can move between the ballots, with up to `minimum` people of each kind."""
    seen = 0
    for moves in product(range(minimum + 1), repeat=8):
        changes = {"a": Turnover(*moves[:4]), "b": Turnover(*moves[4:])}
        if minimum == 3 and sum(moves) % 7:
            continue
        seen += _check(changes, Grouping((("a",), ("b",)), minimum))
    assert seen


def test_nor_with_three_roles_of_which_one_came_late() -> None:
    generator = np.random.default_rng(1)
    for moves in generator.integers(0, 4, size=(2_500, 12)):
        changes = {role: Turnover(*map(int, moves[4 * at : 4 * at + 4])) for at, role in enumerate("abc")}
        _check(changes, Grouping((("a",), ("b",)), 3))


def test_the_second_ballot_is_shown_like_the_first_when_enough_vote_again() -> None:
    changes = {"a": Turnover(kept=2, again=3), "b": Turnover(again=4)}
    first, second = _second(changes, Grouping((("a",), ("b",)), 3))
    assert [cell.role for cell in first] == [cell.role for cell in second] == ["a", "b"]


def test_a_role_of_whom_one_voted_again_is_joined_with_another() -> None:
    changes = {"a": Turnover(kept=4, again=1), "b": Turnover(again=4), "c": Turnover(again=6)}
    first, second = _second(changes, Grouping((("a",), ("b",), ("c",)), 3))
    assert [cell.role for cell in first] == ["a", "b", "c"]
    assert [cell.role for cell in second] == ["c", "a+b"]


def test_one_newcomer_in_the_second_ballot_hides_it() -> None:
    """All others vote again: if none changed their mind, second minus first would be the newcomer's vote."""
    changes = {"a": Turnover(again=4, new=1), "b": Turnover(again=4)}
    first, second = _second(changes, Grouping((("a",), ("b",)), 3))
    assert len(first) == 2
    assert second == ()


def test_what_the_first_ballot_did_not_show_cannot_be_subtracted() -> None:
    changes = {"a": Turnover(kept=1, new=2), "b": Turnover(again=1, new=3)}
    first, second = _second(changes, Grouping((("a",), ("b",)), 3))
    assert first == ()
    assert [cell.role for cell in second] == ["a", "b"]


def test_three_who_left_and_three_who_stayed_cover_one_who_voted_again() -> None:
    """Second minus first is at least the three who left or stayed with the one who voted again."""
    first, second = _second({"a": Turnover(kept=3, again=1, gone=3)}, Grouping((("a",),), 3))
    assert [cell.role for cell in (*first, *second)] == ["a", "a"]


def test_a_group_of_whom_nobody_said_anything_is_no_group_there() -> None:
    groups = Grouping((("a",), ("b",), ("c",)), 3)
    assert [cell.role for cell in shown([_cell("a", 4), _cell("b", 3)], groups)] == ["a", "b"]


def test_who_does_not_vote_again_keeps_the_first_vote_and_the_role_of_the_first() -> None:
    first = [_vote("p", "a", 1, 1), _vote("q", "b", 2, 2), _vote("r", "b", None, 3)]
    second = [_vote("q", "a", 4, 4, "second"), _vote("s", "a", 5, 5, "second")]
    found = {each.respondent: each for each in standing(first, second)}
    assert {who: (each.ballot, each.role, each.sequence) for who, each in found.items()} == {
        "p": ("second", "a", 1),
        "q": ("second", "b", 4),
        "r": ("second", "b", 3),
        "s": ("second", "a", 5),
    }


def test_an_indicator_nobody_voted_on_again_has_no_second_ballot() -> None:
    assert standing([_vote("p", "a", 1, 1)], []) == ()


def test_turnover_counts_who_stayed_voted_again_left_and_came() -> None:
    first = [_vote("p", "a", 1, 1), _vote("q", "a", 2, 2), _vote("r", "b", 3, 3)]
    second = [_vote("p", "a", 1, 1), _vote("q", "a", 3, 4), _vote("s", "b", 3, 5)]
    assert turnover(first, second) == {
        ("t.1", "current"): {"a": Turnover(kept=1, again=1), "b": Turnover(gone=1, new=1)}
    }


def test_targets_are_a_subject_of_their_own() -> None:
    vote = _vote("p", "a", 1, 1)
    aimed = replace(vote, answer=replace(vote.answer, target=3), sequence=2)
    blank = replace(vote, answer=Answer("t.1"), sequence=3)
    assert turnover([vote], [aimed]) == {
        ("t.1", "current"): {"a": Turnover(again=1)},
        ("t.1", "target"): {"a": Turnover(new=1)},
    }
    assert turnover([vote], [blank]) == {("t.1", "current"): {"a": Turnover(gone=1)}}


def test_a_whole_workshop_goes_through() -> None:
    """Two executives, four and five of the field; in the second ballot four people of the field vote again."""
    roles = ["management"] * 2 + ["it"] * 4 + ["dx"] * 5
    first = [
        _vote(f"p{n}", role, 4 if role == "management" else n % 3, n + 1) for n, role in enumerate(roles)
    ]
    groups = grouping({"management": 2, "it": 4, "dx": 5}, 3)
    one = shown(histograms(first, SCALE), groups)
    assert [(cell.role, sum(cell.counts)) for cell in one] == [("dx", 5), ("management+it", 6)]
    anew = [replace(each, ballot="second", sequence=each.sequence + 50) for each in first[7:11]]
    second = standing(first, anew)
    two = shown_again(
        one,
        histograms(second, SCALE),
        [turnover(first, second), turnover(first, second, levels=True)],
        groups,
    )
    assert [(cell.role, sum(cell.counts)) for cell in two] == [("dx", 5), ("management+it", 6)]


def _beside(first: list[Recorded], second: list[Recorded]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    groups = grouping({"a": len(first)}, 3)
    again = [replace(each, ballot="second") for each in second]
    one, stands = shown(histograms(first, SCALE), groups), standing(first, again)
    moved = [turnover(first, stands), turnover(first, stands, levels=True)]
    return one, shown_again(one, histograms(stands, SCALE), moved, groups)


def test_who_cannot_say_does_not_hide_the_one_who_gives_a_level() -> None:
    """The number of those who cannot say is shown: of three newcomers, two of them unsure, the level of one would be left."""
    first = [_vote(f"p{n}", "a", level, n + 1) for n, level in enumerate((1, 2, 2, 3))]
    new = [_vote("q", "a", 5, 11), _vote("r", "a", None, 12), _vote("s", "a", None, 13)]
    one, two = _beside(first, new)
    assert (len(one), two) == (1, ())
    assert len(_beside(first, [_vote(f"n{n}", "a", n, 20 + n) for n in range(3)])[1]) == 1


def test_of_three_who_vote_again_the_only_one_with_a_level_is_not_left() -> None:
    first = [_vote(f"p{n}", "a", level, n + 1) for n, level in enumerate((0, 0, 1, 1, 2))]
    first += [_vote("x", "a", None, 8), _vote("y", "a", None, 9)]
    again = [_vote("p4", "a", 5, 21), _vote("x", "a", None, 22), _vote("y", "a", None, 23)]
    one, two = _beside(first, again)
    assert (len(one), two) == (1, ())
    more = [_vote(f"p{n}", "a", 5, 30 + n) for n in range(3)]
    assert len(_beside(first, more)[1]) == 1
