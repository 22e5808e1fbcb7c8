"""Which level the ticked conditions suggest. It suggests and never sets: the level is what the group agrees on."""

from __future__ import annotations

from dxassess.catalogue.model import Gate, Indicator, Level, Suggestion

GATE = "gate."


def suggest(indicator: Indicator, suggestion: Suggestion | None, ticked: frozenset[str]) -> Level | None:
    """The level suggested by `ticked`: ids of the indicator's conditions, and of gates as `gate.<id>`.

    None without a suggestion in the edition or without a ticked condition. Then `any_condition`, and gate after gate
    for as long as each is ticked and has the conditions it needs.
    """
    conditions = {condition.id for condition in indicator.conditions}
    if suggestion is None or not conditions & ticked:
        return None
    level = suggestion.any_condition
    for gate in suggestion.gates:
        if not _passed(gate, conditions, ticked):
            break
        level = gate.level
    return level


def _passed(gate: Gate, conditions: set[str], ticked: frozenset[str]) -> bool:
    return GATE + gate.id in ticked and (gate.needs == "any" or conditions <= ticked)
