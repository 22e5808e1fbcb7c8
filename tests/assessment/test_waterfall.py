"""The bars of a waterfall are few, in the order of the steps, and add up exactly."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.movement import Input, Movement, Part
from dxassess.assessment.waterfall import FEWEST_MOVED, MOST, bars, rows
from dxassess.catalogue.model import Edition

KINDS_AROUND = ("revision", "not_applicable", "unanswered", "who", "answered", "applicable", "added")


@pytest.fixture(scope="module")
def made(framework: Callable[..., Edition]) -> Callable[..., Movement]:
    edition = framework({"id": "all", "items": [str(number) for number in range(60)]})

    def build(moved: list[Fraction], around: tuple[str, ...] = ()) -> Movement:
        at, parts = Fraction(2), []
        first = [kind for kind in around if kind in KINDS_AROUND[:3]]
        last = [kind for kind in around if kind in KINDS_AROUND[3:]]
        for kind, number, change in [
            *((kind, 0, Fraction(1, 3)) for kind in first),
            *(("moved", number, change) for number, change in enumerate(moved)),
            *((kind, 0, Fraction(-1, 7)) for kind in last),
        ]:
            indicator = edition.indicators[f"t.{number}"]
            parts.append(Part(kind, at, at + change, (Input(indicator, None, None, Fraction(1)),)))
            at += change
        return Movement("all", None, None, None, tuple(parts))

    return build


def codes(bar) -> str:
    return " ".join(one.indicator.code for one in bar.inputs)


def test_few_items_stand_alone_in_the_order_of_the_form(made) -> None:
    found = bars(made([Fraction(1, 4), Fraction(-1), Fraction(1, 2)], ("revision", "who")))
    assert [(bar.kind, codes(bar)) for bar in found] == [
        ("revision", "0"),
        ("moved", "0"),
        ("moved", "1"),
        ("moved", "2"),
        ("who", "0"),
    ]
    assert [bar.start for bar in found] == [
        2,
        Fraction(7, 3),
        Fraction(31, 12),
        Fraction(19, 12),
        Fraction(25, 12),
    ]


def test_of_many_items_the_largest_stand_alone_and_the_others_are_one_bar_with_their_exact_sum(made) -> None:
    moved = [Fraction(1, 35)] * 30
    moved[3], moved[15] = Fraction(-2, 35), Fraction(3, 35)
    found = bars(made(moved))
    assert len(found) == MOST
    assert {codes(bar) for bar in found} >= {"3", "15"}
    each = rows(made(moved))
    assert [codes(bar) for bar in each] == [code for bar in found for code in codes(bar).split()]
    assert (each[: MOST - 1], each[-1].end) == (found[:-1], found[-1].end)
    rest = found[-1]
    assert (len(rest.inputs), rest.change) == (30 - (MOST - 1), Fraction(30 - (MOST - 1), 35))


def test_without_parts_there_are_no_bars(made) -> None:
    assert bars(made([])) == ()


@given(
    st.lists(st.fractions(-3, 3), max_size=59),
    st.sets(st.sampled_from(KINDS_AROUND)),
)
def test_bars_run_from_the_first_value_to_the_last(made, moved, around) -> None:
    found = made(moved, tuple(kind for kind in KINDS_AROUND if kind in around))
    shown = bars(found)
    assert len(shown) <= max(MOST, len(around) + FEWEST_MOVED)
    ends = [Fraction(2), *(bar.end for bar in shown)]
    assert [bar.start for bar in shown] == ends[:-1]
    assert ends[-1] == (found.parts[-1].after if found.parts else 2)
    assert sum(len(bar.inputs) for bar in shown) == len(found.parts)
    each = rows(found)
    assert len(each) == len(found.parts)
    assert {bar.end for bar in shown} <= {bar.end for bar in each}
