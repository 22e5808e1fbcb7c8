"""What an action alone does to an average."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dxassess.assessment.action import Action
from dxassess.assessment.impact import impact
from dxassess.catalogue.model import Edition

LEVELS = {"tiny.1": Fraction(1), "tiny.2": Fraction(2), "tiny.2-1": Fraction(0)}


def of(tiny: Edition, levels: dict[str, Fraction], **lifts: str) -> Fraction | None:
    named = {f"tiny.{code.strip('_').replace('_', '-')}": Decimal(lift) for code, lift in lifts.items()}
    return impact(tiny, levels, Action("x", "tiny", named), "all")


def test_a_lift_counts_as_much_as_its_item_does_in_the_average(tiny: Edition) -> None:
    assert of(tiny, LEVELS, _1="0.5") == Fraction(1, 6)
    assert of(tiny, LEVELS, _1="0.5", _2_1="1") == Fraction(1, 2)
    assert of(tiny, LEVELS) == 0


def test_it_ends_at_the_top_of_the_scale_and_lifts_nothing_without_a_level(tiny: Edition) -> None:
    assert of(tiny, LEVELS, _2="3") == Fraction(1, 3)
    assert of(tiny, LEVELS, _1_1="3") == 0
    assert of(tiny, {}, _1="1") is None
