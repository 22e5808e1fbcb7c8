"""What a single action would do: by how much it lifts a value of the edition's tree, all else as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from dxassess.assessment.action import Action
from dxassess.assessment.path import lifted, value_of
from dxassess.catalogue.model import Edition


def impact(
    edition: Edition, currents: Mapping[str, Fraction], action: Action, section: str
) -> Fraction | None:
    """By how much this action alone lifts a section (by id), exactly; None where nothing below it has a level.

    `currents` are the levels of today by indicator id. What it adds ends at the top of the scale, and an indicator without a
    level counts nowhere, as in every mean.
    """
    now = value_of(edition, currents, section)
    then = value_of(edition, lifted(edition, currents, [action]), section)
    return None if now is None or then is None else then - now
