"""The dates of the organisation as a calendar file: planned rounds, when actions are due, when KPIs are to be recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dxassess.assessment.action import UNDER_WAY, Action, Status
from dxassess.assessment.kpi import Kpi
from dxassess.assessment.period import period_of, stretch
from dxassess.assessment.rhythm import PlannedRound
from dxassess.exchange.calendar_file import Entry, calendar_file
from dxassess.storage import Store
from dxassess.text import Words
from dxassess.usecases.application import Application
from dxassess.usecases.rounds import today

KPI_DAYS = timedelta(days=365)
"""How far ahead the days of KPIs are written."""


def calendar(app: Application, store: Store, words: Words) -> bytes:
    """The calendar file. Of people it says the titles they wrote and the owner of an action or a KPI, no notes.

    What was dropped, stopped, retired, or is over before its day, is marked as cancelled, so that it leaves a calendar that had it.
    """
    name = words("rhythm.calendar_name", name=store.organisation.name)
    return calendar_file(name, entries(app, store, words), app.now())


def entries(app: Application, store: Store, words: Words) -> Iterator[Entry]:
    """All days: rounds, actions, KPIs."""
    now, month = today(app, store), store.organisation.first_month
    for planned in store.planned_rounds():
        if planned.state == "planned" or planned.day > now:
            yield _planned(planned, words)
    for action in store.actions():
        if action.due and (action.status in UNDER_WAY or (_is_over(action) and action.due >= now)):
            yield _action(action, action.due, words)
    for kpi in store.kpis():
        yield from _kpi(kpi, now, month, words)


def _planned(planned: PlannedRound, words: Words) -> Entry:
    title = words(f"rhythm.calendar_{planned.kind}", title=planned.title)
    return Entry(
        f"planned-{planned.id}@dxassess", planned.day, title, planned.version - 1, planned.state != "planned"
    )


def _action(action: Action, due: date, words: Words) -> Entry:
    title = words("rhythm.calendar_action", title=action.title)
    return Entry(
        f"action-{action.id}@dxassess",
        due,
        _owned(title, action.owner, words),
        action.version - 1,
        _is_over(action),
    )


def _is_over(action: Action) -> bool:
    return action.status in (Status.DONE, Status.STOPPED)


def _kpi(kpi: Kpi, now: date, month: int, words: Words) -> Iterator[Entry]:
    title = _owned(words("rhythm.calendar_kpi", name=kpi.name), kpi.owner, words)
    first, last = (period_of(day, kpi.frequency, month) for day in (now, now + KPI_DAYS))
    for period in stretch(first, last, kpi.frequency, month):
        yield Entry(
            f"kpi-{kpi.id}-{period.last:%Y%m%d}@dxassess", period.last, title, kpi.version - 1, kpi.retired
        )


def _owned(title: str, owner: str, words: Words) -> str:
    return words("rhythm.calendar_owned", title=title, owner=owner) if owner else title
