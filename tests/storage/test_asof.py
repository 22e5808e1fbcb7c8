"""What was recorded by a moment is told exactly as it was told then, whatever is corrected later."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.model import Answer, State, fiscal_quarter

ITEM, OTHER = "tiny.1", "tiny.2"
START = datetime(2026, 4, 1, tzinfo=UTC)
DAY_LONG = timedelta(days=1)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Company:
    """An organisation that does one thing a day, and remembers what it told on the evening of each."""

    def __init__(self, database, edition):
        self.clock = Clock()
        made = database.create_organisation(f"甲社 {uuid.uuid4().hex}", "it", "small", 4, now=self.clock)
        self.store = database.store(made.id, self.clock)
        self.edition, self.days = edition, 0
        self.told = {}

    def evening(self):
        """The day is over: what is told of it, by its end."""
        self.clock.now += DAY_LONG
        self.told[self.clock.now] = told(self.store)
        return self.clock.now

    # -- what may happen on a day

    def start(self, number):
        day = date(2026, 4, 1) + timedelta(days=number * 40)
        quarter = fiscal_quarter(day, self.store.organisation.first_month)
        self.store.start_round(f"回{number}", self.edition, day, quarter, None, "山田")

    def _round(self, number, closed):
        found = [held for held in self.store.rounds() if held.closed is closed]
        return found[number % len(found)] if found else None

    def say(self, number):
        if held := self._round(number, closed=False):
            item = self.edition.scored[number % len(self.edition.scored)].id
            level = (None, 0, 1, 2, 3)[number % 5]
            answer = Answer(item, State.CANNOT_SAY if level is None else State.ANSWERED, level)
            agreed = self.store.agreed(held.id).id
            entry = (agreed, "agreed", replace(answer, evidence=f"根拠{number % 3}"), uuid.uuid4().hex)
            self.store.append_many(held.id, [entry])

    def correct(self, number):
        if held := self._round(number, closed=False):
            day = held.held_on + timedelta(days=(number % 5 - 2) * 50)
            self.store.correct_round(held.id, held.version, f"名前{number % 4}", day, "山田")

    def close(self, number):
        if held := self._round(number, closed=False):
            self.store.close_round(held.id, held.version, f"山田{number % 2}")

    def reopen(self, number):
        if held := self._round(number, closed=True):
            self.store.reopen_round(held.id, held.version, "山田", "直す")

    def add_kpi(self, number):
        self.store.keep_kpi(Kpi(f"指標{uuid.uuid4().hex}", owner=f"担当{number}"), "山田")

    def change_kpi(self, number):
        if known := self.store.kpis():
            kpi = known[number % len(known)]
            target = None if number % 3 else Decimal(number)
            self.store.keep_kpi(replace(kpi, target=target, retired=number % 2 == 0), "山田")

    def measure(self, number):
        if known := self.store.kpis():
            kpi = known[number % len(known)]
            amount = None if number % 4 == 0 else Decimal(number)
            self.store.record_readings([Reading(kpi.id, date(2026, 5, 1 + number % 3), amount)], "山田")

    def add_action(self, number):
        known = frozenset(each.id for each in self.store.actions()[:1])
        action = Action(f"施策{number}", self.edition.id, {ITEM: Decimal(1)}, needs=known)
        self.store.keep_action(action, self.edition, "山田")

    def change_action(self, number):
        if known := self.store.actions():
            action = known[number % len(known)]
            status = list(Status)[number % 4]
            change = {"owner": f"担当{number % 2}", "one_off": number, "due": date(2026, 5, 1 + number % 9)}
            self.store.keep_action(replace(action, status=status, **change), self.edition, "山田")

    def rate(self, number):
        self.store.set_hourly_rate(number * 100 or None, "山田")

    def rename(self, number):
        self.store.update_organisation(name=f"乙社 {uuid.uuid4().hex}", first_month=number % 12 + 1)


DEEDS = [name for name in vars(Company) if not name.startswith("_") and name != "evening"]


def told(store):
    """Everything a person could read of an organisation now, but for its votes."""
    organisation = store.organisation
    return {
        "name": organisation.name,
        "first_month": organisation.first_month,
        "rounds": store.rounds(),
        "voices": {held.id: store.voice(held.id) for held in store.rounds()},
        "kpis": store.kpis(),
        "readings": store.readings(),
        "actions": store.actions(),
        "rate": store.hourly_rate(),
    }


def told_then(store, end):
    """The same as of a moment."""
    then = store.as_of(end)
    assert (then.damaged, then.untold) == ((), ())
    return {name: getattr(then, name) for name in told(store)}


@pytest.fixture
def company(database, tiny):
    return Company(database, tiny)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 11)), max_size=30))
def test_as_of_each_day_is_exactly_what_was_told_on_its_evening(database, tiny, deeds):
    company = Company(database, tiny)
    company.evening()
    for deed, number in deeds:
        getattr(company, deed)(number)
        company.evening()
    for end, known in company.told.items():
        then = told_then(company.store, end)
        month = then.pop("first_month")
        assert month in (known.pop("first_month"), None)
        assert then == known
