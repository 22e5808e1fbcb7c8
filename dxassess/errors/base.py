"""The root of the errors, and problems: what several errors are made of."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where, what, and the values its sentence needs.

    `code` names the sentence `problem.<code>` in `text/`; `line` counts from 1, 0 when no line is to blame. In a workbook
    the place is a `cell` (`C5`), "" when no cell is to blame.
    """

    code: str
    file: str
    line: int = 0
    values: dict[str, object] = field(default_factory=dict)
    cell: str = ""


def printable(text: str, longest: int) -> str:
    """What somebody wrote, fit for one line of a message: cut to `longest` characters, unseen ones spelled out, `<U+200B>`."""
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(letter if letter.isprintable() else f"<U+{ord(letter):04X}>" for letter in cut)


def reason_of(error: Exception) -> str:
    """Why the system refused a file, as the name of its number (`ENOENT`), which `text/reason.yaml` puts into words."""
    return errno.errorcode.get(getattr(error, "errno", None) or 0, type(error).__name__)


class DxAssessError(Exception):
    """Root of the tree. `values` fill the placeholders of the class's sentence."""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(f"{type(self).__name__}: {values}")


class ProblemsError(DxAssessError):
    """Several problems, all reported at once. `problems` is never empty; `count` says more when not all are listed."""

    def __init__(self, problems: Sequence[Problem], **values: object) -> None:
        self.problems = tuple(problems)
        super().__init__(**{"count": len(self.problems), **values})
