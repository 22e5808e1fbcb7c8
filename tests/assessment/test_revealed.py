"""What may be seen of revealed votes: all of it in a named round, in an anonymous one groups that no subtraction makes smaller."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.anonymity import Grouping, roles_of
from dxassess.assessment.model import Answer, Ballot, Recorded, State
from dxassess.assessment.revealed import Revealed, comments, evidenced, people, revealed, voted
from dxassess.catalogue.model import Bilingual, Scale, ScaleLevel

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NAME = Bilingual(ja="段階", en="Level")
SCALE = Scale(levels=tuple(ScaleLevel(value=value, name=NAME) for value in range(4)))
BOTH: frozenset[Ballot] = frozenset({"agreed", "first", "second"})
FIRST: frozenset[Ballot] = frozenset({"agreed", "first"})


def said(
    who: str,
    level: int | None,
    *,
    role: str = "",
    item: str = "1",
    ballot: Ballot = "first",
    state: State = State.ANSWERED,
    at: int = 0,
    comment: str = "",
    evidence: str = "",
) -> Recorded:
    """One vote; the role is the letter a name begins with."""
    answer = Answer(
        item, State.CANNOT_SAY if level is None else state, level, comment=comment, evidence=evidence
    )
    sequence = at or int(who[1:] or 0) + {"agreed": 0, "first": 100, "second": 200}[ballot]
    return Recorded(answer, sequence, "r", ballot, who, role or who[0], NOW)


def seen(
    records: Iterable[Recorded],
    ballots: frozenset[Ballot] = BOTH,
    *,
    named: bool = True,
    fixed: tuple[tuple[str, ...], ...] | None = None,
    minimum: int = 3,
) -> Revealed:
    return revealed(records, SCALE, ballots, fixed, named=named, minimum=minimum)


A = [said(f"a{n}", n % 4, comment=f"a{n}") for n in range(5)]
B = [said(f"b{n}", 3, comment=f"b{n}", evidence="規程") for n in range(2)]


def test_what_is_not_revealed_is_left_out() -> None:
    votes = [*A, said("a1", 3, ballot="second"), said("x", 2, ballot="agreed")]
    assert seen(votes, frozenset({"agreed"})) == Revealed(frozenset({"agreed"}), {}, None, (), ())
    first = seen(votes, FIRST)
    assert [cell.counts for cell in first.first] == [(2, 1, 1, 1)]
    assert first.second == ()
    assert [cell.counts for cell in seen(votes).second] == [(2, 0, 1, 2)]
    assert comments(votes, seen(votes, frozenset({"agreed"})), {}) == ()
    assert evidenced(B, seen(B, frozenset({"agreed"}))) == {}


def test_only_who_said_something_that_counts_has_voted() -> None:
    blank, word = Answer("1"), Answer("1", comment="言葉")
    empty = [
        Recorded(answer, at, "r", "first", f"a{at}", "a", NOW) for at, answer in enumerate((blank, word))
    ]
    aim = Recorded(Answer("1", target=2), 9, "r", "first", "a9", "a", NOW)
    assert [voted(record) for record in (*empty, aim, *A[:1], said("a8", None))] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert people([*empty, aim, *A, *B, *A]) == {"a": 6, "b": 2}


def test_a_second_vote_that_was_taken_back_is_none() -> None:
    back = Recorded(Answer("1"), 300, "r", "second", "a1", "a", NOW)
    assert seen([*A, back]).second == ()
    again = said("a2", 0, ballot="second")
    assert [cell.counts for cell in seen([*A, back, again]).second] == [(3, 1, 0, 1)]


def test_in_an_anonymous_round_a_small_role_is_shown_with_another() -> None:
    found = seen([*A, *B], named=False)
    assert found.groups == Grouping((("a", "b"),), 3)
    assert [(cell.role, cell.counts) for cell in found.first] == [("a+b", (2, 1, 1, 3))]
    assert found.people == {"a": 5, "b": 2}


def test_groups_that_were_fixed_stay_whoever_came_later() -> None:
    later = [said(f"b{n}", 0, ballot="second") for n in range(2, 6)]
    found = seen([*A, *B, *later], named=False, fixed=(("a", "b"),))
    assert {cell.role for cell in (*found.first, *found.second)} == {"a+b"}


def test_comments_of_a_named_round_are_signed_and_stand_from_the_highest_level_down() -> None:
    votes = [
        *A,
        said("b9", None, comment="わからない"),
        said("a1", 3, ballot="second", comment="変えた", item="1"),
    ]
    found = comments(votes, seen(votes), {"a3": "佐藤"})
    assert [each.level for each in found] == [3, 3, 2, 1, 0, 0, None]
    assert [(each.comment, each.role, each.name, each.ballot) for each in found][:2] == [
        ("a3", "a", "佐藤", "first"),
        ("変えた", "a", "", "second"),
    ]
    assert comments(votes, seen(votes), {}, "2") == ()
    assert [each.ballot for each in comments(votes, seen(votes, FIRST), {})].count("second") == 0
    assert comments([said("a1", 1)], seen(A), {}) == ()


def test_comments_of_an_anonymous_round_carry_no_level_no_name_and_say_not_who_wrote_the_evidence() -> None:
    votes = [*A, *B]
    found = comments(votes, seen(votes, named=False), {"b1": "佐藤"})
    assert {(each.level, each.name, each.role) for each in found} == {(None, "", "a+b")}
    assert not any(each.comment and each.evidence for each in found)
    assert len(found) == 9
    texts = [(each.comment, each.evidence) for each in found]
    assert texts == sorted(texts)
    backwards = [
        said(each.respondent, 3, comment=each.answer.comment, at=500 - n) for n, each in enumerate(A)
    ]
    assert [each.comment for each in comments(backwards, seen(backwards, named=False), {})] == [
        f"a{n}" for n in range(5)
    ]


def test_comments_where_too_few_gave_a_level_are_shown_without_any_role_and_where_too_few_voted_not_at_all() -> (
    None
):
    votes = [*A, said("b1", 1, item="2", comment="ひとり")]
    (lonely,) = comments(votes, seen(votes, named=False), {}, "2")
    assert (lonely.role, lonely.comment) == (None, "ひとり")
    assert comments(A[:2], seen(A[:2], named=False), {}) == ()


def test_in_the_second_vote_a_comment_stands_beside_the_widest_group_that_is_shown() -> None:
    first = [said(f"{role}{n}", 1) for role in "ab" for n in range(3)]
    again = [said(f"a{n}", 2, ballot="second", comment="変えた") for n in range(2)]
    again += [said("b1", 2, ballot="second")]
    found = seen([*first, *again], named=False)
    assert {cell.role for cell in found.first} == {"a", "b"}
    assert {cell.role for cell in found.second} == {"a+b"}
    assert {each.role for each in comments(again, found, {})} == {"a+b"}


def test_evidence_counts_for_a_level_that_was_given_on_the_first_ballot() -> None:
    votes = [
        said("a1", 3, evidence="規程"),
        said("a2", 1, evidence="議事録"),
        said("a3", 2),
        said("a4", None, evidence="?"),
        said("a5", 0, evidence="x", ballot="second"),
        said("a6", 2, item="2", evidence="台帳"),
    ]
    assert evidenced(votes, seen(votes)) == {"1": {1, 3}, "2": {2}}


@pytest.mark.parametrize(("n", "told"), [(2, {}), (3, {"1": frozenset({3})})])
def test_in_an_anonymous_round_evidence_of_few_ties_no_text_to_a_level(
    n: int, told: dict[str, object]
) -> None:
    votes = [*A, *(said(f"b{who}", 3, evidence="規程") for who in range(n))]
    assert evidenced(votes, seen(votes, named=False)) == told


_VOTE = st.tuples(
    st.sampled_from("abcd"),
    st.integers(0, 5),
    st.sampled_from("12"),
    st.sampled_from(("first", "second")),
    st.integers(0, 4),
)


@given(st.lists(_VOTE, max_size=60), st.integers(2, 4))
def test_no_group_is_smaller_than_the_minimum_and_groups_are_disjoint_and_hold_everybody(
    drawn: list[tuple[str, int, str, Ballot, int]], minimum: int
) -> None:
    """F58: so every sum and difference of what is shown, the whole included, is a union of groups."""
    newest = {
        (role, n, item, ballot): said(f"{role}{n}", level if level < 4 else None, item=item, ballot=ballot)
        for role, n, item, ballot, level in drawn
    }
    votes = list(newest.values())
    found = seen(votes, named=False, minimum=minimum)
    assert found.groups is not None
    for cells in (found.first, found.second):
        for item in "12":
            own = [cell for cell in cells if cell.indicator == item and cell.field == "current"]
            roles = [role for cell in own for role in roles_of(cell.role)]
            assert len(roles) == len(set(roles))
            assert all(sum(cell.counts) >= minimum for cell in own)
            if own and cells is found.first:
                levels = [vote for vote in votes if vote.ballot == "first" and vote.answer.indicator == item]
                assert sum(sum(cell.counts) for cell in own) == sum(
                    vote.answer.level is not None for vote in levels
                )
    for each in comments(votes, found, {}):
        assert each.role is None or sum(found.people.get(role, 0) for role in roles_of(each.role)) >= minimum
