"""What a paper ballot would change of what is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dxassess.assessment.model import Answer, Respondent, State
from dxassess.assessment.paper import Difference, PaperBallot, PaperDifferences, amended, differences
from dxassess.catalogue.model import Edition

WHO = Respondent("b" * 32, "it", "佐藤")
ONE, TWO, THREE, FOUR = "tiny.1", "tiny.1-1", "tiny.2", "tiny.2-1"


def level(indicator: str, value: float, **more: object) -> Answer:
    return Answer(indicator, State.ANSWERED, value, **more)  # type: ignore[arg-type]


def paper(*answers: Answer, digest: str = "d" * 64) -> PaperBallot:
    return PaperBallot("a.xlsx", digest, "r" * 32, "first", WHO, {each.indicator: each for each in answers})


def compared(tiny: Edition, ballot: PaperBallot, *stored: Answer) -> PaperDifferences:
    return differences(tiny, ballot, {each.indicator: each for each in stored})


def test_each_item_is_new_given_before_or_blank_and_only_what_differs_is_written(tiny: Edition) -> None:
    ballot = paper(level(ONE, 2), level(TWO, 3), Answer(FOUR, State.CANNOT_SAY))
    found = compared(tiny, ballot, level(ONE, 1), Answer(FOUR, State.CANNOT_SAY))
    assert found.without_values.codes == {
        "new": ("1-1",),
        "given": ("1", "2-1"),
        "same": (),
        "blank": ("2",),
    }
    assert found.without_values.changes == 3
    assert found.rows == (Difference("1", "current", 1, 2), Difference("1-1", "current", None, 3))
    assert found.answers == (level(ONE, 2), level(TWO, 3))


def test_every_part_of_an_answer_is_compared(tiny: Edition) -> None:
    before = level(ONE, 1, target=2, evidence="議事録", comment="a")
    said = Answer(ONE, State.NOT_APPLICABLE, reason="no-business", target=3, evidence="台帳", comment="b")
    assert compared(tiny, paper(said), before).rows == (
        Difference("1", "current", 1, State.NOT_APPLICABLE),
        Difference("1", "target", 2, 3),
        Difference("1", "reason", None, "no-business"),
        Difference("1", "evidence", "議事録", "台帳"),
        Difference("1", "comment", "a", "b"),
    )


def test_blank_takes_nothing_away() -> None:
    before = level(ONE, 3, target=2, evidence="a", comment="b", conditions=frozenset("x"))
    assert amended(before, Answer(ONE)) == before
    assert amended(before, Answer(ONE, comment="c")) == replace(before, comment="c")
    assert amended(before, level(ONE, 0)) == replace(before, level=0)
    assert amended(before, Answer(ONE, State.CANNOT_SAY)) == replace(
        before, state=State.CANNOT_SAY, level=None
    )


def test_a_level_of_nothing_is_not_blank(tiny: Edition) -> None:
    found = compared(tiny, paper(level(ONE, 0), level(TWO, 1, target=0)), level(TWO, 1, target=2))
    assert found.rows == (Difference("1", "current", None, 0), Difference("1-1", "target", 2, 0))


def test_a_row_of_nothing_is_blank_and_a_stored_answer_of_nothing_is_none(tiny: Edition) -> None:
    found = compared(tiny, paper(Answer(ONE), level(TWO, 1)), level(ONE, 2), Answer(TWO))
    assert found.without_values.codes["blank"] == ("1", "2", "2-1")
    assert found.without_values.codes["new"] == ("1-1",)


def test_importing_what_it_says_leaves_nothing_to_change(tiny: Edition) -> None:
    ballot = paper(level(ONE, 2, target=3), Answer(TWO, comment="a"), Answer(FOUR, State.CANNOT_SAY))
    before = {ONE: level(ONE, 1, evidence="b")}
    first = differences(tiny, ballot, before)
    after = {
        each.indicator: amended(before.get(each.indicator, Answer(each.indicator)), each)
        for each in first.answers
    }
    again = differences(tiny, ballot, after)
    assert (again.answers, again.rows) == ((), ())
    assert again.without_values.codes["given"] == ("1", "1-1", "2-1")
    known = differences(tiny, ballot, after, is_in=True)
    assert (known.without_values.codes["given"], known.without_values.codes["same"]) == (
        (),
        ("1", "1-1", "2-1"),
    )
    other = differences(tiny, ballot, {**after, ONE: level(ONE, 0)}, is_in=True)
    assert other.without_values.codes["given"] == ("1", "1-1", "2-1")


def test_a_key_belongs_to_one_item_of_one_file_upon_what_stood() -> None:
    ballot = paper(level(ONE, 2))
    other = replace(ballot, digest="e" * 64)
    keys = {ballot.key(ONE, None), ballot.key(TWO, None), ballot.key(ONE, 7), other.key(ONE, None)}
    assert len(keys) == 4
    assert ballot.key(ONE, 7) == replace(ballot, file="b.xlsx").key(ONE, 7)


@pytest.mark.parametrize("value", [3, 2, 1])
def test_without_values_nothing_tells_what_was_voted(tiny: Edition, value: int) -> None:
    ballot = paper(level(ONE, value, comment=f"秘密{value}"), digest="d" * 64)
    one = compared(tiny, ballot, level(ONE, 0)).without_values
    assert one == compared(tiny, paper(level(ONE, 1)), level(ONE, 0)).without_values
    assert "秘密" not in repr(one)
