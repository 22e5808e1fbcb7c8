"""The dates of the organisation as a calendar file: planned rounds, when actions are due, when KPIs are to be recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dxassess.assessment.action import UNDER_WAY, Action, Status
from dxassess.assessment.kpi import Kpi
from dxassess.assessment.period import FREQUENCIES, Frequency, period_of, stretch
from dxassess.assessment.rhythm import PlannedRound
from dxassess.exchange.calendar_file import Entry, calendar_file
from dxassess.storage import Store
from dxassess.text import Words
from dxassess.usecases.application import Application
from dxassess.usecases.rounds import today

OVER = (Status.DONE, Status.STOPPED)
KPI_DAYS = timedelta(days=365)
"""How far ahead the days of KPIs are written."""


def calendar(app: Application, store: Store, words: Words) -> bytes:
    """The calendar file. Of people it says the titles they wrote and the owner of an action or a KPI, no notes.

    What was dropped, stopped, retired, or is over before its day, is marked as cancelled, so that it leaves a calendar that had it; so are
    the days ahead an action or a KPI once had, as the log knows them.
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
        if action.due and action.status in UNDER_WAY:
            yield _action(action, action.due, words)
        elif (day := _once_due(store, action)) and day >= now:
            yield replace(_action(action, day, words), cancelled=True)
    for kpi in store.kpis():
        yield from _kpi(kpi, _frequencies(store, kpi), now, month, words)


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
    )


def _once_due(store: Store, action: Action) -> date | None:
    """The day an action that is not under way stood in a calendar for: its last one while it was, else the one it is over before."""
    versions = store.action_versions(action.id) if action.version > 1 else ()
    days = (each.action.due for each in reversed(versions) if each.action.status in UNDER_WAY)
    return next((day for day in days if day), action.due if action.status in OVER else None)


def _frequencies(store: Store, kpi: Kpi) -> tuple[Frequency, ...]:
    """How often a KPI was ever to be measured; how it is today comes first."""
    changes = store.events_of(kpi.id, "kpi_changed") if kpi.version > 1 else ()
    before = [change.detail["before"] for change in changes]
    ever = {kpi.frequency, *(each["frequency"] for each in before if isinstance(each, dict))}
    return tuple(
        sorted((each for each in FREQUENCIES if each in ever), key=lambda each: each != kpi.frequency)
    )


def _kpi(kpi: Kpi, frequencies: Sequence[Frequency], now: date, month: int, words: Words) -> Iterator[Entry]:
    """A day once only: as it is measured today, and cancelled where only a former frequency has it."""
    title = _owned(words("rhythm.calendar_kpi", name=kpi.name), kpi.owner, words)
    days: dict[date, bool] = {}
    for frequency in frequencies:
        first, last = (period_of(day, frequency, month) for day in (now, now + KPI_DAYS))
        for period in stretch(first, last, frequency, month):
            days.setdefault(period.last, kpi.retired or frequency != kpi.frequency)
    for day, cancelled in days.items():
        yield Entry(f"kpi-{kpi.id}-{day:%Y%m%d}@dxassess", day, title, kpi.version - 1, cancelled)


def _owned(title: str, owner: str, words: Words) -> str:
    return words("rhythm.calendar_owned", title=title, owner=owner) if owner else title
