"""Reading a list of guests somebody pasted: a name and a role per line, as two columns come out of a spreadsheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dxassess.usecases.roles import RoleChoice

GUESTS_LIMIT = 300
_BETWEEN = re.compile(r"\t|,|、|，|;|；")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to be invited: a role's id, and a name, empty where only roles were given."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Misread:
    """A line that could not be taken: no role we know, no name in a named round, or beyond the limit."""

    line: int
    text: str
    because: Literal["role", "name", "limit"]


def read_guests(
    text: str, roles: Sequence[RoleChoice], *, named: bool
) -> tuple[tuple[Guest, ...], tuple[Misread, ...]]:
    """The guests, and the lines that could not be taken. Blank lines fall away; people may share a name.

    A role is known by its name in either language or by its id, however wide its letters; it may stand before or behind
    the name.
    """
    known = {
        _folded(word): role.id for role in roles if not role.hidden for word in (role.id, role.ja, role.en)
    }
    guests: list[Guest] = []
    misread: list[Misread] = []
    for number, line in _lines(text):
        guest = _guest(_parts(line), known)
        because = _refusal(guest, len(guests), named)
        if guest and not because:
            guests.append(guest)
        else:
            misread.append(Misread(number, line.strip(), because or "role"))
    return tuple(guests), tuple(misread)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(text.splitlines(), start=1) if _parts(line))


def _parts(line: str) -> list[str]:
    return [" ".join(part.split()) for part in _BETWEEN.split(line) if part.strip()]


def _guest(parts: Sequence[str], known: Mapping[str, str]) -> Guest | None:
    """The last column that names a role is the role, what stands before it the name, or else what stands behind it."""
    for place in reversed(range(len(parts))):
        role = known.get(_folded(parts[place]))
        if role:
            return Guest(role, " ".join(parts[:place] or parts[place + 1 :]))
    return None


def _refusal(guest: Guest | None, so_far: int, named: bool) -> Literal["role", "name", "limit"] | None:
    if guest is None:
        return "role"
    if so_far >= GUESTS_LIMIT:
        return "limit"
    return "name" if named and not guest.name else None


def _folded(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in wide if not sign.isspace() and unicodedata.category(sign) != "Cf")
