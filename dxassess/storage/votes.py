"""Votes as they may be seen: what leaves here was let through by `assessment.revealed` or `assessment.raters`."""

from __future__ import annotations

from dxassess.assessment import raters
from dxassess.assessment import revealed as rules
from dxassess.assessment.model import AGREED, Ballot, Recorded
from dxassess.assessment.raters import Flag
from dxassess.assessment.recognition import Sides
from dxassess.assessment.revealed import Revealed
from dxassess.assessment.voting import MINIMUM, Comment, Workshop
from dxassess.catalogue.model import Level
from dxassess.errors import VotesSecret
from dxassess.storage import workshops
from dxassess.storage.caches import Caches
from dxassess.storage.readings import unrevealed
from dxassess.storage.rounds import head, respondents_of
from dxassess.storage.scope import Scope
from dxassess.storage.sight import sight
from dxassess.storage.sound import Head


def revealed(scope: Scope, caches: Caches, round_id: str) -> Revealed:
    """The revealed votes of a round. VotesSecret while none is revealed."""
    found = head(scope, round_id)
    return _revealed(scope, caches, found, _votes(scope, caches, found))


def comments(scope: Scope, caches: Caches, round_id: str, indicator: str | None) -> tuple[Comment, ...]:
    """What people wrote beside revealed votes. VotesSecret."""
    found = head(scope, round_id)
    votes = _votes(scope, caches, found)
    names = {person.id: person.name for person in respondents_of(scope, caches, round_id)}
    return rules.comments(votes, _revealed(scope, caches, found, votes), names, indicator)


def evidenced(scope: Scope, caches: Caches, round_id: str) -> dict[str, frozenset[Level]]:
    """The levels of the first vote somebody gave evidence for. VotesSecret."""
    found = head(scope, round_id)
    votes = _votes(scope, caches, found)
    return rules.evidenced(votes, _revealed(scope, caches, found, votes))


def flags(scope: Scope, caches: Caches, round_id: str, sides: Sides, ballot: Ballot) -> tuple[Flag, ...]:
    """The lens on the raters of a revealed ballot. VotesSecret."""
    found = head(scope, round_id)
    votes = [record for record in _votes(scope, caches, found, ballot) if record.ballot == ballot]
    edition = caches.edition(scope, found["edition_hash"])
    named = found["consent"] == "named"
    held = _workshop(scope, caches, found)
    groups = held.groups if held else None
    return raters.flags(edition, votes, sides, named=named, minimum=_minimum(found), groups=groups)


def _votes(scope: Scope, caches: Caches, found: Head, ballot: Ballot = "first") -> list[Recorded]:
    allowed = sight(scope, found).revealed
    if ballot not in allowed:
        raise VotesSecret(title=found["title"])
    everything = unrevealed(scope, caches, found)
    return [record for record in everything if record.ballot in allowed and record.ballot != AGREED]


def _revealed(scope: Scope, caches: Caches, found: Head, votes: list[Recorded]) -> Revealed:
    edition = caches.edition(scope, found["edition_hash"])
    held = _workshop(scope, caches, found)
    return rules.revealed(
        votes,
        edition.scale,
        sight(scope, found).revealed,
        held.groups if held else None,
        named=found["consent"] == "named",
        minimum=_minimum(found),
    )


def _workshop(scope: Scope, caches: Caches, found: Head) -> Workshop | None:
    """Of a closed round as verified."""
    if found["status"] != "closed":
        return workshops.find(scope, found["round"])
    row = caches.frozen(scope, found).workshop
    return None if row is None else workshops.to_workshop(row)


def _minimum(found: Head) -> int:
    return max(MINIMUM, int(found["anonymity_minimum"]))
