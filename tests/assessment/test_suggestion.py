from __future__ import annotations

from collections.abc import Callable

import pytest

from dxassess.assessment.suggestion import suggest
from dxassess.catalogue.model import Edition, Gate, Suggestion

GATES = Suggestion(
    any_condition=1,
    gates=(
        Gate(id="strategy", ja="戦略", en="strategy", level=2, needs="any"),
        Gate(id="company", ja="横断", en="company", level=3, needs="all"),
        Gate(id="measured", ja="測定", en="measured", level=4, needs="all"),
    ),
)


@pytest.mark.parametrize(
    ("ticked", "level"),
    [
        ("", None),
        ("gate.strategy", None),
        ("a", 1),
        ("a b", 1),
        ("a gate.strategy", 2),
        ("a gate.company", 1),
        ("a gate.strategy gate.company", 2),
        ("a b gate.strategy gate.company", 3),
        ("a b gate.strategy gate.measured", 2),
        ("a b gate.strategy gate.company gate.measured", 4),
        ("a strategy", 1),
        ("x gate.strategy", None),
    ],
)
def test_conditions_open_the_scale_and_gates_climb_it_in_order(
    framework: Callable[..., Edition], ticked: str, level: int | None
) -> None:
    indicator = framework({"id": "all", "items": ["1"]}, conditions="ab").indicators["t.1"]
    assert suggest(indicator, GATES, frozenset(ticked.split())) == level


def test_an_edition_without_suggestions_suggests_nothing(framework: Callable[..., Edition]) -> None:
    indicator = framework({"id": "all", "items": ["1"]}, conditions="ab").indicators["t.1"]
    assert suggest(indicator, None, frozenset("ab")) is None


def test_an_indicator_without_conditions_is_suggested_no_level(framework: Callable[..., Edition]) -> None:
    indicator = framework({"id": "all", "items": ["1"]}).indicators["t.1"]
    assert suggest(indicator, GATES, frozenset({"gate.strategy"})) is None
