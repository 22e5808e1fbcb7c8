from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.histogram import Cell, histograms
from dxassess.assessment.model import Answer, Ballot, Recorded, State
from dxassess.catalogue.model import Bilingual, Edition, Scale, ScaleLevel

NAME = Bilingual(ja="名", en="name")
HALVES = Scale(levels=tuple(ScaleLevel(value=value, name=NAME) for value in (0, 0.5, 1)))


def _recorded(answer: Answer, role: str = "it", ballot: Ballot = "first", sequence: int = 1) -> Recorded:
    return Recorded(answer, sequence, "r", ballot, f"p{sequence}", role, datetime(2026, 4, 1, tzinfo=UTC))


def test_a_cell_counts_answers_by_place_on_the_scale() -> None:
    answers = [
        Answer("t.1", State.ANSWERED, level=0.5, target=1),
        Answer("t.1", State.ANSWERED, level=0.5),
        Answer("t.1", State.ANSWERED, level=1),
        Answer("t.1", State.CANNOT_SAY, target=1),
        Answer("t.1", State.NOT_APPLICABLE),
        Answer("t.1", State.OPEN),
    ]
    assert histograms(map(_recorded, answers), HALVES) == (
        Cell("first", "it", "t.1", "current", (0, 2, 1), 1, 1),
        Cell("first", "it", "t.1", "target", (0, 0, 2), 0, 1),
    )


def test_cells_are_sorted_by_ballot_role_indicator_and_field() -> None:
    answer = Answer("t.1", State.ANSWERED, level=1, target=1)
    other = Answer("t.2", State.ANSWERED, level=1)
    cells = histograms(
        [
            _recorded(other),
            _recorded(answer),
            _recorded(answer, "ceo"),
            _recorded(answer, "organisation", "agreed"),
        ],
        HALVES,
    )
    assert [(cell.ballot, cell.role, cell.indicator, cell.field) for cell in cells] == [
        ("agreed", "organisation", "t.1", "current"),
        ("agreed", "organisation", "t.1", "target"),
        ("first", "ceo", "t.1", "current"),
        ("first", "ceo", "t.1", "target"),
        ("first", "it", "t.1", "current"),
        ("first", "it", "t.1", "target"),
        ("first", "it", "t.2", "current"),
    ]


def test_a_level_off_the_scale_is_not_counted_silently() -> None:
    with pytest.raises(ValueError):
        histograms([_recorded(Answer("t.1", State.ANSWERED, level=2))], HALVES)


def test_nothing_said_makes_no_cell() -> None:
    assert histograms([_recorded(Answer("t.1", evidence="まだ"))], HALVES) == ()


@given(st.lists(st.tuples(st.sampled_from(list(State)), st.integers(0, 5)), max_size=30))
def test_every_voice_that_says_something_is_in_exactly_one_place(
    framework: Callable[..., Edition], said: list[tuple[State, int]]
) -> None:
    scale = framework({"id": "all", "items": ["1"]}).scale
    answers = [Answer("t.1", state, level=level) for state, level in said]
    cells = histograms(map(_recorded, answers), scale)
    current = sum(sum(c.counts) + c.cannot_say + c.not_applicable for c in cells if c.field == "current")
    assert current == sum(state is not State.OPEN for state, _ in said)
