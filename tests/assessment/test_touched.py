"""Indicators that actions were to raise, beside the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from dxassess.assessment.action import Action, Status
from dxassess.assessment.touched import FEW, Side, compared

SINCE, UNTIL = date(2026, 5, 1), date(2026, 8, 1)
DONE = Action("研修", "t", {"t.1": Decimal(1), "t.9": Decimal(1)}, Status.DONE, finished=date(2026, 6, 1))
LEVELS = {f"t.{number}": Fraction(1) for number in range(1, 6)}


def test_only_indicators_with_a_level_in_both_rounds_count():
    after = {**LEVELS, "t.1": Fraction(3), "t.2": Fraction(2)}
    del after["t.5"]
    found = compared(LEVELS, after, [DONE], SINCE, UNTIL)
    assert found.touched == Side(1, Fraction(2))
    assert found.untouched == Side(3, Fraction(1, 3))
    assert (found.difference, found.actions) == (Fraction(5, 3), (DONE,))
    assert found.touched.is_few and found.untouched.is_few and not Side(FEW, None).is_few


def test_an_action_counts_when_it_was_done_after_the_first_round_up_to_the_second():
    days = [date(2026, 5, 1), date(2026, 5, 2), date(2026, 8, 1), date(2026, 8, 2)]
    found = [compared(LEVELS, LEVELS, [replace(DONE, finished=day)], SINCE, UNTIL).touched.n for day in days]
    assert found == [0, 1, 1, 0]
    assert compared(LEVELS, LEVELS, [replace(DONE, status=Status.DOING)], SINCE, UNTIL).touched.n == 0


def test_without_anything_on_a_side_there_is_no_difference():
    nothing = compared(LEVELS, LEVELS, [replace(DONE, lifts={"t.9": Decimal(1)})], SINCE, UNTIL)
    assert (nothing.touched.mean, nothing.difference, nothing.actions) == (None, None, ())
    everything = replace(DONE, lifts=dict.fromkeys(LEVELS, Decimal(1)))
    assert compared(LEVELS, LEVELS, [everything], SINCE, UNTIL).untouched == Side(0, None)
    assert compared(LEVELS, LEVELS, [everything], SINCE, UNTIL).difference is None
