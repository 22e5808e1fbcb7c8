"""What was recorded by a moment: how far the record goes, and what things were then, by the log of their changes.

Everything an organisation keeps is numbered by one counter, its sequence. The order is that of the sequence, never that of the
clock. So a moment is turned into a sequence once (`reached`), and from there on only sequences are compared: a thing was what the
last change up to that sequence made of it. A later change, whatever it says, is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from dxassess.assessment.action import Action
from dxassess.assessment.decision import Decision
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.model import Answer, Event, Round, Voice, fiscal_quarter

CORRECTED, CLOSED, REOPENED = "round_corrected", "round_closed", "round_reopened"
ROUND_CHANGES = (CORRECTED, CLOSED, REOPENED)
FIELDS = (
    "state",
    "level",
    "target",
    "amount",
    "target_amount",
    "reason",
    "conditions",
    "evidence",
    "comment",
)
"""What an answer says, in the order in which differences are named."""

Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the record goes that was written by a moment.

    `sequence`: the last one of the longest beginning of the record of which everything was written before the moment, as far as
    the clock tells; 0 where not even the first was. `behind`: how many of the lines after it bear a moment before the end all the
    same, because a clock was set back, or two clocks differ: their place is behind a line with a later moment, and they are left
    out. `next`: the moment of the line after it; None where there is none. `began`: that of the first line; None in an empty record.
    """

    sequence: int
    behind: int
    next: datetime | None
    began: datetime | None


@dataclass(frozen=True, slots=True)
class Then:
    """What an organisation had recorded by a moment.

    `first_month`: the month its fiscal year opened in; None where the record does not tell. `voices`: what the one voice said in
    each round, by the round's id, with the round as it was; `decisions` why, of each round, oldest first. `damaged`: rounds whose content no longer fits its hash, as they are
    called now. `kpis`, `actions`: as they were; `readings`: every value recorded by then; `rate`: yen per hour. `untold`: what is
    called so today and was there then, but whose changes are not all in the log, so that nobody can tell what it was.
    """

    reached: Reached
    name: str
    first_month: int | None
    rounds: tuple[Round, ...]
    voices: Mapping[str, Voice]
    decisions: Mapping[str, tuple[Decision, ...]]
    damaged: tuple[Round, ...]
    kpis: tuple[Kpi, ...]
    readings: tuple[Reading, ...]
    actions: tuple[Action, ...]
    rate: int | None
    untold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """An indicator of which something else is recorded today than was then; None where nothing was said of it."""

    indicator: str
    then: Answer | None
    now: Answer | None
    fields: tuple[str, ...]


def day_end(day: date, timezone: str) -> datetime:
    """The first moment (UTC) that is no longer in a calendar day where the organisation is. OverflowError for the last day there is."""
    begins = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(timezone))
    return begins.astimezone(UTC)


def reached(lines: Iterable[tuple[int, datetime]], end: datetime) -> Reached:
    """How far the record, given as (sequence, moment written) in any order, was written before `end`."""
    known = sorted(lines)
    place = next((place for place, (_, moment) in enumerate(known) if moment >= end), len(known))
    began = known[0][1] if known else None
    if place == len(known):
        return Reached(known[-1][0] if known else 0, 0, None, began)
    behind = sum(moment < end for _, moment in known[place:])
    return Reached(known[place][0] - 1, behind, known[place][1], began)


def last_by(sequence: int, said: Iterable[tuple[int, Said]]) -> Said | None:
    """Of what was said at several sequences, in their order, the last by this one; None where nothing was."""
    return next((value for at, value in reversed(list(said)) if at <= sequence), None)


def round_then(now: Round, first_month: int, log: Sequence[Event], sequence: int) -> Round:
    """A round as it was, from what it is now and all of its changes, oldest first; it must have been started by then.

    Title and day are what the first later correction found; `first_month` opens the fiscal year it was started in.
    """
    by_then = [event for event in log if event.sequence <= sequence]
    found = next((_before(event) for event in log[len(by_then) :] if event.what == CORRECTED), None)
    turns = [event for event in by_then if event.what != CORRECTED]
    closed = turns[-1] if turns and turns[-1].what == CLOSED else None
    held_on = date.fromisoformat(found["held_on"]) if found else now.held_on
    return replace(
        now,
        title=found["title"] if found else now.title,
        held_on=held_on,
        quarter=fiscal_quarter(held_on, first_month) if found else now.quarter,
        closed=closed is not None,
        closed_at=closed.recorded if closed else None,
        closed_by=closed.who if closed else "",
        content_hash=str(closed.detail["content_hash"]) if closed else None,
        reopened=sum(event.what == REOPENED for event in turns),
        version=1 + len(by_then),
    )


def _before(event: Event) -> Mapping[str, Any]:
    found = event.detail["before"]
    assert isinstance(found, dict)
    return found


def first_month_then(
    now: int, changes: Sequence[tuple[int, int]], rounds: Iterable[tuple[int, int]], sequence: int
) -> int | None:
    """The month the fiscal year opened in, from what it is now, its changes (sequence, month) and what rounds noted when they were started.

    The log says what it became, not what it was before the first change: then a round that was started before tells, or nobody does.
    """
    if not changes or changes[0][0] <= sequence:
        return last_by(sequence, changes) if changes else now
    return next((month for at, month in rounds if at < changes[0][0]), None)


def differences(then: Mapping[str, Answer], now: Mapping[str, Answer]) -> tuple[Difference, ...]:
    """What the one voice says otherwise today than then, by indicator, with the names of the fields that differ."""
    return tuple(
        Difference(indicator, then.get(indicator), now.get(indicator), fields)
        for indicator in dict.fromkeys((*then, *now))
        if (fields := _differing(then.get(indicator), now.get(indicator)))
    )


def _differing(then: Answer | None, now: Answer | None) -> tuple[str, ...]:
    blank = Answer("")
    return tuple(name for name in FIELDS if getattr(then or blank, name) != getattr(now or blank, name))
