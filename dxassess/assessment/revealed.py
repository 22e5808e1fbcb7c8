"""What may be seen of revealed votes: everything in a named round, in an anonymous one only what its groups let through.

Goes in: the newest answer per respondent and indicator. Comes out: nothing that holds a single answer of an anonymous round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dxassess.assessment.anonymity import (
    Grouping,
    group_id,
    grouping,
    roles_of,
    shown,
    shown_again,
    standing,
    turnover,
)
from dxassess.assessment.histogram import Cell, histograms
from dxassess.assessment.model import Ballot, Recorded, State
from dxassess.assessment.scoring import current_mark, target_mark
from dxassess.assessment.voting import Comment
from dxassess.catalogue.model import Level, Scale


@dataclass(frozen=True, slots=True)
class Revealed:
    """The votes of a round as they may be seen; in an anonymous round `role` of a cell is a group.

    `people`: how many of a role voted first. `groups`: None in a named round. `first`: cells of the first ballot. `second`: of
    the second, of the indicators voted on again, where who did not vote again, or took the second vote back, counts with the first; empty while it is secret.
    """

    ballots: frozenset[Ballot]
    people: Mapping[str, int]
    groups: Grouping | None
    first: tuple[Cell, ...]
    second: tuple[Cell, ...]


def voted(record: Recorded) -> bool:
    """Whether an answer says anything that counts."""
    return current_mark(record.answer) is not None or target_mark(record.answer) is not None


def people(first: Iterable[Recorded]) -> dict[str, int]:
    """How many people of each role said anything that counts."""
    known = {(record.respondent, record.role) for record in first if voted(record)}
    return dict(Counter(role for _, role in sorted(known)))


def revealed(
    records: Iterable[Recorded],
    scale: Scale,
    ballots: frozenset[Ballot],
    fixed: tuple[tuple[str, ...], ...] | None,
    *,
    named: bool,
    minimum: int,
) -> Revealed:
    """What of these answers may be seen. `ballots`: those that are revealed; `fixed`: the groups of the first reveal, if any."""
    kept = [record for record in records if record.ballot in ballots]
    first = [record for record in kept if record.ballot == "first"]
    again = [record for record in kept if record.ballot == "second" and voted(record)]
    counted, stands = people(first), standing(first, again)
    cells, later = histograms(first, scale), histograms(stands, scale)
    if named:
        return Revealed(ballots, counted, None, cells, later)
    groups = Grouping(fixed, minimum) if fixed is not None else grouping(counted, minimum)
    seen = shown(cells, groups)
    beside = shown_again(seen, later, [turnover(first, stands), turnover(first, stands, levels=True)], groups)
    return Revealed(ballots, counted, groups, seen, beside)


def comments(
    records: Iterable[Recorded], seen: Revealed, names: Mapping[str, str], indicator: str | None = None
) -> tuple[Comment, ...]:
    """What people wrote beside revealed votes, highest level first; in an anonymous round sorted by the text alone.

    `indicator`: of this one only. `names`: by respondent, in named rounds. Nothing where too few people voted.
    """
    written = [
        record
        for record in records
        if record.ballot in seen.ballots - {"agreed"}
        and indicator in (None, record.answer.indicator)
        and (record.answer.comment or record.answer.evidence)
    ]
    if seen.groups is None:
        return tuple(_signed(record, names) for record in sorted(written, key=_height))
    if seen.groups.hidden:
        return ()
    unsigned = (each for record in written for each in _unsigned(record, _group(record, seen)))
    return tuple(sorted(unsigned, key=lambda each: (each.indicator, each.comment, each.evidence)))


def evidenced(records: Iterable[Recorded], seen: Revealed) -> dict[str, frozenset[Level]]:
    """By indicator, the levels somebody gave evidence for in the first vote.

    In an anonymous round only where at least the minimum of people gave evidence, lest one text be tied to one level.
    """
    found: dict[str, list[Level]] = {}
    for record in records:
        level = record.answer.level
        counts = (
            record.ballot == "first"
            and record.ballot in seen.ballots
            and record.answer.state is State.ANSWERED
        )
        if counts and level is not None and record.answer.evidence:
            found.setdefault(record.answer.indicator, []).append(level)
    least = 0 if seen.groups is None else seen.groups.minimum
    return {indicator: frozenset(levels) for indicator, levels in found.items() if len(levels) >= least}


def _height(record: Recorded) -> tuple[str, float, int]:
    level = record.answer.level
    return record.answer.indicator, -float("-inf" if level is None else level), record.sequence


def _signed(record: Recorded, names: Mapping[str, str]) -> Comment:
    said = record.answer
    name = names.get(record.respondent, "")
    return Comment(said.indicator, record.ballot, record.role, said.level, said.comment, said.evidence, name)


def _unsigned(record: Recorded, group: str | None) -> Sequence[Comment]:
    """Comment and evidence apart, so that one does not tell who wrote the other."""
    said = record.answer
    parts = ((said.comment, ""), ("", said.evidence))
    return [
        Comment(said.indicator, record.ballot, group, None, comment, evidence)
        for comment, evidence in parts
        if comment or evidence
    ]


def _group(record: Recorded, seen: Revealed) -> str | None:
    """The widest group that is shown for the indicator and holds the role."""
    shown_groups = {
        roles_of(cell.role)
        for cell in (*seen.first, *seen.second)
        if cell.indicator == record.answer.indicator and record.role in roles_of(cell.role)
    }
    return group_id(max(shown_groups, key=len)) if shown_groups else None
