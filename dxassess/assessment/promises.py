"""What was promised for a quarter and what became of it: actions by their due day, evidence, owners. Pure; days come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar
from zoneinfo import ZoneInfo

from dxassess.assessment.account import done_on
from dxassess.assessment.action import UNDER_WAY, Action, Status, Version
from dxassess.assessment.hints import is_high
from dxassess.assessment.model import Answer, Round, State
from dxassess.assessment.period import Period
from dxassess.catalogue.model import Edition, Indicator

Outcome = Literal["kept", "late", "moved", "stopped", "overdue", "open"]
WhyOwnerless = Literal["no_action", "no_owner"]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Share(Generic[Thing]):
    """The things that ask for a look, of the `m` there are."""

    things: tuple[Thing, ...]
    m: int

    @property
    def n(self) -> int:
        """How many they are."""
        return len(self.things)


@dataclass(frozen=True, slots=True)
class Promise:
    """An action that was to be done by `due`, a day of the quarter, and what became of that as far as the log tells: kept (done by that
    day), late (done after it), moved (given a day beyond the quarter before it was done), stopped, overdue (its day is over and it is not
    done), or open."""

    action: Action
    due: date
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class StaleEvidence:
    """An item whose evidence has stood in these words since a round held on `since`."""

    item: Indicator
    since: Round


@dataclass(frozen=True, slots=True)
class Ownerless:
    """An item below its target that nobody moves: no action is running, or none of those that are has an owner."""

    item: Indicator
    why: WhyOwnerless


def overdue(actions: Iterable[Action], today: date) -> Share[Action]:
    """Running actions that should be done by now, the oldest day first; of all running ones that have a day."""
    dated = [each for each in actions if each.status in UNDER_WAY and each.due is not None]
    late = [each for each in dated if each.is_overdue(today)]
    return Share(tuple(sorted(late, key=lambda each: (each.due or today, each.number))), len(dated))


def promises(
    histories: Iterable[Sequence[Version]], quarter: Period, timezone: str, today: date
) -> tuple[Promise, ...]:
    """The promises of a quarter, by day: actions that were running, or done, and due in it in any version kept by its last day.

    `histories` are the versions of each action, oldest first; of several days in the quarter the last one counts. An idea
    promises nothing.
    """
    zone = ZoneInfo(timezone)
    found: list[Promise] = []
    for versions in histories:
        known = [each for each in versions if each.when.astimezone(zone).date() <= quarter.last]
        days = [each.action.due for each in known if _promises(each.action, quarter)]
        if days and days[-1] is not None:
            now = versions[-1].action
            found.append(Promise(now, days[-1], _outcome(now, days[-1], quarter, today)))
    return tuple(sorted(found, key=lambda each: (each.due, each.action.title)))


def kept(found: Sequence[Promise]) -> Share[Promise]:
    """Those that were kept, of all."""
    return Share(tuple(each for each in found if each.outcome == "kept"), len(found))


def stale_evidence(
    edition: Edition, told: Sequence[tuple[Round, Mapping[str, Answer]]], today: date
) -> Share[StaleEvidence]:
    """Items whose evidence stands in the same words since a round held more than a year before `today`; of those with evidence.

    `told` are the closed rounds in the order held, with their answers. A round that did not ask an item says nothing of it.
    """
    limit = _year_before(today)
    found: list[StaleEvidence] = []
    count = 0
    for item in edition.scored:
        written = [(held, said[item.id].evidence.strip()) for held, said in told if item.id in said]
        if not written or not written[-1][1]:
            continue
        count += 1
        since = _since(written)
        if since.held_on < limit:
            found.append(StaleEvidence(item, since))
    return Share(tuple(found), count)


def without_evidence(edition: Edition, answers: Mapping[str, Answer]) -> Share[Indicator]:
    """Items in the upper half of the scale without evidence; of all items there."""
    high = [
        item
        for item in edition.scored
        if (said := answers.get(item.id)) is not None
        and said.state is State.ANSWERED
        and said.level is not None
        and is_high(edition.scale, said.level)
    ]
    return Share(tuple(item for item in high if not answers[item.id].evidence.strip()), len(high))


def without_owner(
    edition: Edition, answers: Mapping[str, Answer], actions: Iterable[Action]
) -> Share[Ownerless]:
    """Items below their target that no running action with an owner raises; of all items below their target."""
    running = [each for each in actions if each.edition == edition.id and each.status in UNDER_WAY]
    below = [item for item in edition.scored if _is_below(answers.get(item.id))]
    found: list[Ownerless] = []
    for item in below:
        mine = [each for each in running if item.id in each.lifts]
        if not mine:
            found.append(Ownerless(item, "no_action"))
        elif not any(each.owner for each in mine):
            found.append(Ownerless(item, "no_owner"))
    return Share(tuple(found), len(below))


def _promises(action: Action, quarter: Period) -> bool:
    running = action.status in (*UNDER_WAY, Status.DONE)
    return running and action.due is not None and quarter.first <= action.due <= quarter.last


def _outcome(now: Action, due: date, quarter: Period, today: date) -> Outcome:
    if now.status is Status.DONE:
        return "kept" if (done_on(now) or due) <= due else "late"
    if now.status is Status.STOPPED:
        return "stopped"
    if now.due is None or now.due > quarter.last:
        return "moved"
    return "overdue" if now.due < today else "open"


def _since(written: Sequence[tuple[Round, str]]) -> Round:
    """The round from which on the newest words stand unchanged."""
    newest, text = written[-1]
    for held, words in reversed(written[:-1]):
        if words != text:
            break
        newest = held
    return newest


def _year_before(day: date) -> date:
    """The same day a year before; of 29 February the 28th."""
    return (
        day.replace(year=day.year - 1, day=28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year - 1)
    )


def _is_below(said: Answer | None) -> bool:
    if said is None or said.state is not State.ANSWERED:
        return False
    return said.level is not None and said.target is not None and said.level < said.target
