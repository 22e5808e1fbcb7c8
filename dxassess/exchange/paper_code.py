"""The line on a paper ballot that says whose it is. It stands in a cell, so that every spreadsheet program keeps it.

Whose ballot it is, is never guessed: the ids tell which organisation, round, vote and edition it was made for, and the tag,
long, random and given out once, which person. Whoever has the tag can vote as that person, so it is never told elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

KIND = "dxassess-paper/1"
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class PaperCode:
    """Whose ballot it is: ids of organisation and round, `vote` (first or second), `edition` (its hash), and the tag."""

    organisation: str
    round: str
    vote: str
    edition: str
    tag: str

    def __str__(self) -> str:
        """`dxassess-paper/1 organisation=… round=…`: one line of ASCII."""
        said = (f"{field.name}={getattr(self, field.name)}" for field in fields(self))
        return " ".join((KIND, *said))


def is_code(text: str) -> bool:
    """Whether a cell holds such a line, whole or damaged."""
    return text.lstrip().startswith(KIND.partition("/")[0] + "/")


def code_of(text: str) -> PaperCode | None:
    """What the line says; None when a part of it is missing or it is of another kind."""
    kind, *said = text[:LONGEST].split()
    values = dict(part.split("=", 1) for part in said if "=" in part)
    names = [field.name for field in fields(PaperCode)]
    if kind != KIND or list(values) != names or len(said) != len(names):
        return None
    return PaperCode(**values)
