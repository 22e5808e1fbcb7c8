"""As of: what was recorded by the end of a day, beside what is recorded of the same things today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dxassess.assessment.account import Account, account
from dxassess.assessment.action import Action, differing
from dxassess.assessment.asof import Difference, Then, day_end, differences
from dxassess.assessment.explanation import Explanation, explain
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.model import Answer, Round, Voice, local_day
from dxassess.assessment.period import period_of, previous
from dxassess.assessment.scoring import Scores, current_marks, score, target_marks
from dxassess.catalogue.model import Edition
from dxassess.errors import DayAhead
from dxassess.storage import Store
from dxassess.usecases.application import Application
from dxassess.usecases.result import Standings
from dxassess.usecases.rounds import today

KPI_FIELDS = tuple(
    name for name in Kpi.__dataclass_fields__ if name not in ("kind", "id", "number", "version")
)
"""What people say of a KPI, in this order; of what kind it is its unit tells."""


@dataclass(frozen=True, slots=True)
class RoundThen:
    """A round as it was told then, with its numbers, beside the round, the answers and the numbers of `today`.

    `reasons`: why that was agreed which stood then, by indicator, where a reason was written down.
    """

    then: Standings
    now: Round
    answers: Mapping[str, Answer]
    reasons: Mapping[str, str]
    today: Scores
    changed: tuple[Difference, ...]

    @property
    def held(self) -> Round:
        """The round as it was."""
        return self.then.held

    def explain(self, node: str, *, targets: bool = False) -> Explanation:
        """How a number of then was made."""
        return explain(self.then.targets if targets else self.then.today, self.then.edition, node)


@dataclass(frozen=True, slots=True)
class KpiThen:
    """A KPI as it stood then, beside its definition of today.

    `corrected`: where the newest value of then is recorded otherwise today, what is (its amount None: it was taken back).
    `changed`: the fields that differ today.
    """

    then: Account
    now: Kpi
    corrected: Reading | None
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionThen:
    """An action as it was then, beside how it is today; `overdue` as of then; `changed`: the fields that differ today."""

    then: Action
    now: Action
    overdue: bool
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AsOf:
    """What was recorded by the end of `day`. `began`: the day the record began, `blocked`: that of the first line that is not in
    it, both by the clock. `titles`: of all actions by id, as then where they were there; `editions` by id, for the numbers of the indicators."""

    day: date
    today: date
    began: date | None
    blocked: date | None
    then: Then
    rounds: tuple[RoundThen, ...]
    kpis: tuple[KpiThen, ...]
    actions: tuple[ActionThen, ...]
    titles: Mapping[str, str]
    editions: Mapping[str, Edition]
    rate_now: int | None
    name_now: str

    @property
    def is_empty(self) -> bool:
        """Nothing that this page shows had been recorded."""
        found = self.then
        return not (self.rounds or found.damaged or self.kpis or self.actions or found.untold or found.rate)

    @property
    def newest(self) -> RoundThen | None:
        """The newest round of then."""
        return self.rounds[-1] if self.rounds else None

    @property
    def closed(self) -> int:
        """How many rounds were closed then."""
        return sum(each.held.closed for each in self.rounds)

    @property
    def stale(self) -> int:
        """How many KPIs had missing values then."""
        return sum(each.then.standing == "stale" for each in self.kpis)

    @property
    def overdue(self) -> int:
        """How many actions should have been done by then."""
        return sum(each.overdue for each in self.actions)


def as_of(app: Application, store: Store, day: date) -> AsOf:
    """What was recorded by the end of a day where the organisation is, all read at one moment. DayAhead for a day to come."""
    now = today(app, store)
    if day > now:
        raise DayAhead(day=day, today=now)
    with store.one_moment() as moment:
        owner = moment.organisation
        then = moment.as_of(day_end(day, owner.timezone))
        rounds_now = {held.id: held for held in moment.rounds()}
        voices = {held.id: moment.voice(held.id) for held in then.rounds}
        kpis = {kpi.id: kpi for kpi in moment.kpis()}
        readings, actions, rate = moment.readings(), moment.actions(), moment.hourly_rate()
    first_month = then.first_month or owner.first_month
    editions = {voice.edition.id: voice.edition for voice in voices.values()} | dict(app.editions)
    by_id = {action.id: action for action in actions}
    return AsOf(
        day=day,
        today=now,
        began=_day(then.reached.began, owner.timezone),
        blocked=_day(then.reached.next, owner.timezone),
        then=then,
        rounds=tuple(
            _round(then, then.voices[held.id], rounds_now[held.id], voices[held.id]) for held in then.rounds
        ),
        kpis=tuple(_kpi(then, kpi, kpis[kpi.id], readings, first_month, day) for kpi in then.kpis),
        actions=tuple(_action(action, by_id[action.id], day) for action in then.actions),
        titles={action.id: action.title for action in (*actions, *then.actions)},
        editions=editions,
        rate_now=rate,
        name_now=owner.name,
    )


def usual_day(app: Application, store: Store) -> date:
    """The last day of the fiscal quarter before this one."""
    first_month = store.organisation.first_month
    running = period_of(today(app, store), "quarterly", first_month)
    return previous(running, "quarterly", first_month).last


def closing_days(store: Store) -> tuple[tuple[date, tuple[str, ...]], ...]:
    """The days rounds were closed on, the newest first, with the titles these rounds have today; also of those reopened since."""
    zone = store.organisation.timezone
    found: dict[date, dict[str, None]] = {}
    with store.one_moment() as moment:
        for held in moment.rounds():
            for event in moment.events_of(held.id, "round_closed"):
                found.setdefault(local_day(event.recorded, zone), {})[held.title] = None
    return tuple((day, tuple(found[day])) for day in sorted(found, reverse=True))


def _day(moment: datetime | None, timezone: str) -> date | None:
    return local_day(moment, timezone) if moment else None


def _round(whole: Then, then: Voice, held: Round, now: Voice) -> RoundThen:
    edition, answers = then.edition, then.answers
    standings = Standings(
        then.held,
        edition,
        answers,
        score(edition, current_marks(answers.values())),
        score(edition, target_marks(answers.values())),
    )
    today_now = score(edition, current_marks(now.answers.values()))
    stood = {each.sequence for each in then.recorded.values()}
    reasons = {
        each.indicator: each.reason
        for each in whole.decisions[then.held.id]
        if each.reason and each.answer.sequence in stood
    }
    return RoundThen(standings, held, now.answers, reasons, today_now, differences(answers, now.answers))


def _kpi(
    then: Then, kpi: Kpi, now: Kpi, readings: tuple[Reading, ...], first_month: int, day: date
) -> KpiThen:
    found = account(kpi, then.readings, then.actions, first_month, day)
    newest = found.latest.reading if found.latest else None
    later = [each for each in readings if newest and (each.kpi, each.day) == (kpi.id, newest.day)]
    corrected = later[-1] if newest and later and later[-1].amount != newest.amount else None
    changed = tuple(name for name in KPI_FIELDS if getattr(kpi, name) != getattr(now, name))
    return KpiThen(found, now, corrected, changed)


def _action(then: Action, now: Action, day: date) -> ActionThen:
    return ActionThen(then, now, then.is_overdue(day), differing(then, now))
