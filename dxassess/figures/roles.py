"""How roles look wherever several stand side by side: a colour and a shape each, so that neither is needed alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dxassess.figures.lettering import escaped, width
from dxassess.figures.style import OTHER_ROLE, ROLES, RoleMark

FURTHER: tuple[RoleMark, ...] = (
    OTHER_ROLE,
    RoleMark("#E69F00", "star", "★"),
    RoleMark("#56B4E9", "triangle-down", "▼"),
    RoleMark("#000000", "cross", "✚"),
    RoleMark("#5B6773", "hexagon", "⬢"),
)
"""For roles the house does not know and for groups of roles, in the order they come; from the sixth on they repeat."""
KEY_ROOM = 26.0


def role_marks(roles: Sequence[str]) -> Mapping[str, RoleMark]:
    """The mark of each role: its own where the house knows it, else the next that is free."""
    further = [role for role in roles if role not in ROLES]
    return {
        role: ROLES[role] if role in ROLES else FURTHER[further.index(role) % len(FURTHER)] for role in roles
    }


def role_key(labels: Mapping[str, str]) -> tuple[str, ...]:
    """Lines that explain the marks of roles in their shapes and colours, no wider than a phone."""
    marks = role_marks(list(labels))
    found: list[list[str]] = [[]]
    room = KEY_ROOM
    for role, label in labels.items():
        if found[-1] and room < width(label) + 1.5:
            found.append([])
            room = KEY_ROOM
        room -= width(label) + 2.5
        mark = marks[role]
        found[-1].append(f'<span style="color:{mark.colour}"><b>{mark.sign}</b></span> {escaped(label)}')
    return tuple(" &nbsp; ".join(line) for line in found)
