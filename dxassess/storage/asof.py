"""What was recorded by a moment: read from the tables and the log in one transaction, put together by `assessment.asof`.

Looked at are the log, what was agreed and why, and what was measured. Votes are not: what is told here is the one voice alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import bindparam, select

from dxassess.assessment.action import Action
from dxassess.assessment.asof import (
    ROUND_CHANGES,
    Reached,
    Then,
    first_month_then,
    last_by,
    reached,
    round_then,
)
from dxassess.assessment.decision import Decision
from dxassess.assessment.kpi import Kpi
from dxassess.assessment.model import AGREED, Event, Recorded, Respondent, Round, Voice
from dxassess.errors import RoundDamaged
from dxassess.storage import content, decisions, directory, kpis, plans, rows
from dxassess.storage.caches import Caches
from dxassess.storage.readings import WITH_ROLE
from dxassess.storage.rounds import all_rounds, head, speaker
from dxassess.storage.schema import answers, events, rounds
from dxassess.storage.schema_effects import kpi_values
from dxassess.storage.schema_voting import decisions as decided
from dxassess.storage.scope import TENANT, Scope

_LOGGED = select(events.c.sequence, events.c.recorded).where(events.c.organisation == TENANT)
_AGREED = select(answers.c.sequence, answers.c.recorded).where(
    answers.c.organisation == TENANT, answers.c.ballot == AGREED
)
_MEASURED = select(kpi_values.c.sequence, kpi_values.c.recorded).where(kpi_values.c.organisation == TENANT)
_DECIDED = select(decided.c.sequence, decided.c.recorded).where(decided.c.organisation == TENANT)
_STARTED = (
    select(rounds.c.round, rounds.c.number, rounds.c.first_month)
    .where(rounds.c.organisation == TENANT)
    .order_by(rounds.c.number)
)
_CHANGES = (
    select(events)
    .where(events.c.organisation == TENANT, events.c.what.in_(bindparam("kinds", expanding=True)))
    .order_by(events.c.sequence)
)
_SAID = WITH_ROLE.where(
    answers.c.round == bindparam("round_id"),
    answers.c.ballot == AGREED,
    answers.c.respondent == bindparam("respondent"),
    answers.c.sequence <= bindparam("last"),
).order_by(answers.c.sequence)

Planned = TypeVar("Planned", Action, Kpi)


def at(scope: Scope, caches: Caches, end: datetime) -> Then:
    """What the organisation had recorded before a moment (UTC). Damaged rounds are named, not read."""
    until = _reached(scope, end)
    last = until.sequence
    owner = directory.one(scope)
    named = list(_changes(scope, "organisation_created", "organisation_changed"))
    rates = _changes(scope, "hourly_rate_set")
    held, lost_rounds = _rounds(scope, last)
    voices, damaged = _voices(scope, caches, held, last)
    measured, lost_kpis = _planned(scope, kpis.every(scope), kpis.CHANGES, _kpi, last)
    acted, lost_actions = _planned(scope, plans.every(scope), plans.CHANGES, _action, last)
    return Then(
        reached=until,
        name=last_by(last, _said(named, "name")) or owner.name,
        first_month=first_month_then(
            owner.first_month, list(_said(named, "first_month")), _months(scope), last
        ),
        rounds=tuple(each for each in held if each.id in voices),
        voices=voices,
        decisions={one: _decisions(scope, caches, one, last) for one in voices},
        damaged=damaged,
        kpis=measured,
        readings=tuple(each for each in kpis.readings(scope) if each.sequence <= last),
        actions=acted,
        rate=last_by(last, _said(rates, "after")),
        untold=(*lost_rounds, *lost_kpis, *lost_actions),
    )


def _reached(scope: Scope, end: datetime) -> Reached:
    lines = (scope.execute(lines) for lines in (_LOGGED, _AGREED, _DECIDED, _MEASURED))
    return reached(((row.sequence, row.recorded) for found in lines for row in found), end)


def _changes(scope: Scope, *kinds: str) -> Iterator[Event]:
    return map(rows.to_event, scope.execute(_CHANGES, kinds=kinds).mappings())


def _said(changes: Iterable[Event], name: str) -> Iterator[tuple[int, Any]]:
    """What was said of one thing, with the sequence it was said at."""
    return ((event.sequence, event.detail[name]) for event in changes if name in event.detail)


def _by_subject(changes: Iterable[Event]) -> Mapping[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in changes:
        found.setdefault(event.subject, []).append(event)
    return found


def _months(scope: Scope) -> list[tuple[int, int]]:
    return [(row.number, row.first_month) for row in scope.execute(_STARTED)]


def _rounds(scope: Scope, last: int) -> tuple[list[Round], list[str]]:
    """The rounds that were started by then, by the day they were then said to be held; titles of those whose changes are lost."""
    log = _by_subject(_changes(scope, *ROUND_CHANGES))
    known = {held.id: held for held in all_rounds(scope)}
    found: list[Round] = []
    lost: list[str] = []
    for row in scope.execute(_STARTED):
        now, changes = known[row.round], log.get(row.round, [])
        if row.number > last:
            continue
        if now.version != 1 + len(changes):
            lost.append(now.title)
        else:
            found.append(round_then(now, row.first_month, changes, last))
    return sorted(found, key=lambda held: held.held_on), lost


def _voices(
    scope: Scope, caches: Caches, held: Sequence[Round], last: int
) -> tuple[dict[str, Voice], tuple[Round, ...]]:
    voices: dict[str, Voice] = {}
    damaged: list[Round] = []
    for each in held:
        try:
            voices[each.id] = _voice(scope, caches, each, last)
        except RoundDamaged:
            damaged.append(each)
    return voices, tuple(damaged)


def _voice(scope: Scope, caches: Caches, then: Round, last: int) -> Voice:
    """What the one voice had said of a round by then; of a round that is closed now only once its content was found to fit its hash."""
    found = head(scope, then.id)
    edition = caches.edition(scope, found["edition_hash"])
    who = speaker(scope, caches, found)
    said: Iterable[Recorded]
    if found["status"] == "closed" and not _moved(caches.spoken(scope, found).said, last):
        said = caches.spoken(scope, found).said
    elif found["status"] == "closed":
        said = content.verified(scope, found).recorded(edition)
    else:
        asked = {"round_id": then.id, "respondent": who.id, "last": last}
        said = (rows.to_recorded(row, who.role, edition) for row in scope.execute(_SAID, **asked).mappings())
    mine = [each for each in said if _is_agreed(each, who) and each.sequence <= last]
    return Voice(then, edition, who, {each.answer.indicator: each for each in mine})


def _decisions(scope: Scope, caches: Caches, round_id: str, last: int) -> tuple[Decision, ...]:
    return tuple(each for each in decisions.listed(scope, caches, round_id) if each.sequence <= last)


def _moved(agreed: Iterable[Recorded], last: int) -> bool:
    """Whether any of it was agreed after a sequence."""
    return any(each.sequence > last for each in agreed)


def _is_agreed(record: Recorded, who: Respondent) -> bool:
    return (record.ballot, record.respondent) == (AGREED, who.id)


def _planned(
    scope: Scope,
    now: Iterable[Planned],
    kinds: Sequence[str],
    read: Callable[[Event], Planned],
    last: int,
) -> tuple[tuple[Planned, ...], list[str]]:
    """Actions or KPIs as they were, each as the last line of its log by then wrote it down; what those are called of which lines are lost."""
    log = _by_subject(_changes(scope, *kinds))
    found: list[Planned] = []
    lost: list[str] = []
    for each in now:
        lines = log.get(each.id, [])
        said = last_by(last, ((event.sequence, event) for event in lines))
        if each.number > last:
            continue
        if said is None or len(lines) != each.version:
            lost.append(each.title if isinstance(each, Action) else each.name)
        else:
            found.append(replace(read(said), number=each.number))
    return tuple(found), lost


def _action(event: Event) -> Action:
    return plans.to_version(_row(event)).action


def _kpi(event: Event) -> Kpi:
    return kpis.from_log(event.subject, _row(event)["detail"]["after"])


def _row(event: Event) -> Mapping[str, Any]:
    return {
        "subject": event.subject,
        "who": event.who,
        "recorded": event.recorded,
        "detail": event.detail,
    }
