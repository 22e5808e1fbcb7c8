"""The heat table: a level is a shade with its number, what has none is a sign without a shade."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dxassess.assessment.comparison import ItemAt
from dxassess.assessment.model import State
from dxassess.figures import heat, style


def test_a_level_is_its_number_on_its_shade(scale, words):
    assert heat.cell(ItemAt(State.ANSWERED, Fraction(2)), scale, words) == heat.HeatCell("2", 2)
    assert heat.cell(ItemAt(State.ANSWERED, Fraction(0)), scale, words) == heat.HeatCell("0", 0)
    assert heat.cell(ItemAt(State.ANSWERED, Fraction(5, 2)), scale, words) == heat.HeatCell("2.50", 2)


@pytest.mark.parametrize("state", [*style.STATE_SIGNS, None])
def test_what_has_no_level_is_a_sign_of_its_own_and_no_shade(scale, words, state):
    cells = {each: heat.cell(ItemAt(each), scale, words) for each in (*style.STATE_SIGNS, None)}
    assert cells[state].shade is None
    assert cells[state].text.strip()
    assert len({cell.text for cell in cells.values()}) == 4


def test_every_number_can_be_read_on_its_shade(scale):
    for levels in (scale, scale.model_copy(update={"levels": scale.levels[:1] * 11})):
        shades = heat.shades(levels)
        assert len(shades) == len(levels.levels)
        assert all(heat.contrast(shade.ink, shade.colour) >= 4.5 for shade in shades)
    assert heat.contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_columns_carry_quarter_and_year_and_rounds_of_one_quarter_are_counted(words, held):
    rounds = [held(2026, 1, "a"), held(2026, 2, "b"), held(2026, 2, "c")]
    heads = heat.heads(rounds, words)
    assert [quarter for quarter, _ in heads] == ["Q1", "Q2(1)", "Q2(2)"]
    assert "26" in heads[0][1]
