"""Which answers of a round may be read by anybody: the one place every reading of single answers goes through.

What was agreed always; a vote once it is revealed, in a named round. Single votes of an anonymous round never, only what
`assessment.revealed` makes of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from dxassess.assessment import voting
from dxassess.assessment.model import AGREED, Ballot, Recorded
from dxassess.storage import workshops
from dxassess.storage.scope import Scope
from dxassess.storage.sound import Head

EVERY: tuple[Ballot, ...] = (AGREED, "first", "second")


@dataclass(frozen=True, slots=True)
class Sight:
    """`revealed`: the ballots whose votes may be counted. `ballots`: those whose single answers may be read."""

    revealed: frozenset[Ballot]
    ballots: frozenset[Ballot]

    def shows(self, record: Recorded) -> bool:
        """Whether this answer may be read."""
        return record.ballot in self.ballots


def sight(scope: Scope, found: Head) -> Sight:
    """What may be read of the round whose row is `found`, as this transaction sees it."""
    if found["status"] == "closed":
        revealed = frozenset(EVERY)
    else:
        revealed = voting.readable(workshops.find(scope, found["round"]))
    named = found["consent"] == "named"
    return Sight(revealed, revealed if named else revealed & {AGREED})
