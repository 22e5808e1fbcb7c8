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
from dxassess.assessment.model import Answer, FiscalQuarter, State, fiscal_quarter

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

    def decide(self, number):
        if held := self._round(number, closed=False):
            item = self.edition.scored[number % len(self.edition.scored)].id
            stands = self.store.voice(held.id).recorded.get(item)
            words = {"reason": f"理由{number}", "dissent": (), "idea": "", "by": "山田"}
            self.store.decide(
                held.id,
                Answer(item, State.ANSWERED, number % 4),
                based_on=stands.sequence if stands else None,
                key=uuid.uuid4().hex,
                **words,
            )

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
        "decisions": {held.id: store.decisions(held.id) for held in store.rounds()},
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


def changed_once(company, change):
    """The ends of the days before and of the change; what each told stays."""
    before = company.evening()
    change()
    after = company.evening()
    company.evening()
    then, later = (told_then(company.store, end) for end in (before, after))
    assert (then, later) == (company.told[before], company.told[after])
    assert then != later
    return then, later


def test_the_title_and_the_day_of_a_round_are_those_of_then(company):
    company.start(0)
    (held,) = company.store.rounds()
    day = date(2026, 9, 1)
    then, later = changed_once(
        company, lambda: company.store.correct_round(held.id, held.version, "別名", day, "山田")
    )
    assert [(each["rounds"][0].title, each["rounds"][0].held_on) for each in (then, later)] == [
        ("回0", held.held_on),
        ("別名", day),
    ]
    assert then["rounds"][0].quarter == FiscalQuarter(2026, 1)


def say(company, level, **rest):
    held = company.store.rounds()[-1]
    answer = Answer(ITEM, State.ANSWERED, level, **rest)
    entry = (company.store.agreed(held.id).id, "agreed", answer, uuid.uuid4().hex)
    company.store.append_many(held.id, [entry])


@pytest.mark.parametrize("change", [{"level": 2}, {"target": 3}, {"evidence": "規程"}, {"comment": "※"}])
def test_level_target_and_evidence_are_those_of_then(company, change):
    company.start(0)
    first = {"level": 1, "target": 2, "evidence": "議事録"}
    say(company, **first)
    then, later = changed_once(company, lambda: say(company, **(first | change)))
    found = [next(iter(each["voices"].values())).answers[ITEM] for each in (then, later)]
    assert found == [
        Answer(ITEM, State.ANSWERED, **first),
        Answer(ITEM, State.ANSWERED, **(first | change)),
    ]


def test_a_correction_of_a_closed_round_is_not_seen_before_it_was_made(company):
    company.start(0)
    say(company, 1)
    company.close(0)
    before = company.evening()
    company.reopen(0)
    between = company.evening()
    say(company, 3)
    company.close(1)
    company.evening()
    then, opened = company.store.as_of(before), company.store.as_of(between)
    (held,), (open_then,) = then.rounds, opened.rounds
    assert (held.closed, held.closed_by, open_then.closed) == (True, "山田0", False)
    assert [each.voices[held.id].answers[ITEM].level for each in (then, opened)] == [1, 1]
    assert company.store.as_of(company.clock.now).voices[held.id].answers[ITEM].level == 3
    assert company.store.voice(held.id).answers[ITEM].level == 3


@pytest.mark.parametrize(
    "change",
    [
        {"name": "別の名"},
        {"target": Decimal(3)},
        {"owner": "鈴木"},
        {"retired": True},
        {"baseline": Decimal(5), "baseline_on": date(2026, 3, 31)},
    ],
)
def test_a_kpi_is_defined_as_it_was_then(company, change):
    kept = company.store.keep_kpi(Kpi("指標", target=Decimal(2), owner="佐藤"), "佐藤")
    then, later = changed_once(company, lambda: company.store.keep_kpi(replace(kept, **change), "鈴木"))
    assert then["kpis"] == (kept,)
    assert later["kpis"] == (replace(kept, version=2, **change),)


@pytest.mark.parametrize("amount", [Decimal(7), None], ids=["corrected", "taken back"])
def test_a_value_that_was_corrected_later_is_the_one_of_then(company, amount):
    kpi = company.store.keep_kpi(Kpi("指標"), "佐藤")
    day = date(2026, 3, 31)
    company.store.record_readings([Reading(kpi.id, day, Decimal(5))], "佐藤")
    then, later = changed_once(
        company, lambda: company.store.record_readings([Reading(kpi.id, day, amount)], "鈴木")
    )
    assert [each.amount for each in then["readings"]] == [5]
    assert [each.amount for each in later["readings"]] == [5, amount]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "別の名"},
        {"status": Status.DOING},
        {"status": Status.DONE, "finished": date(2026, 4, 2)},
        {"status": Status.STOPPED, "reason": "やめた"},
        {"owner": "鈴木", "department": "人事"},
        {"start": date(2026, 4, 2), "due": date(2026, 4, 3)},
        {"effort": Decimal("2.5")},
        {"one_off": 100, "yearly": 200},
        {"lifts": {OTHER: Decimal(1)}},
        {"needs": "first"},
        {"excludes": "first"},
    ],
    ids=str,
)
def test_an_action_is_what_it_was_then(company, change):
    first = company.store.keep_action(Action("先", "tiny"), company.edition, "佐藤")
    kept = company.store.keep_action(
        Action("施策", "tiny", {ITEM: Decimal(1)}, owner="佐藤", due=date(2026, 5, 1)),
        company.edition,
        "佐藤",
    )
    change = {name: frozenset({first.id}) if value == "first" else value for name, value in change.items()}
    then, later = changed_once(
        company,
        lambda: company.store.keep_action(replace(kept, **change), company.edition, "鈴木"),
    )
    assert then["actions"] == (first, kept)
    assert later["actions"] == (first, replace(kept, version=2, **change))


def test_what_an_hour_was_worth_is_that_of_then(company):
    company.rate(3)
    then, later = changed_once(company, lambda: company.rate(4))
    assert (then["rate"], later["rate"]) == (300, 400)
    company.rate(0)
    assert company.store.as_of(company.evening()).rate is None


def test_before_anything_was_recorded_there_is_nothing(company):
    company.start(0)
    then = company.store.as_of(START)
    assert (then.reached.sequence, then.reached.began) == (0, START)
    assert (then.rounds, then.kpis, then.readings, then.actions, then.rate) == ((), (), (), (), None)


def test_a_round_without_answers_is_there_without_any(company):
    company.start(0)
    (held,) = company.store.rounds()
    assert company.store.as_of(company.evening()).voices[held.id].answers == {}


def test_what_is_recorded_after_the_clock_was_set_back_counts_as_later(company):
    company.start(0)
    say(company, 1)
    evening = company.evening()
    company.clock.now += 10 * DAY_LONG
    company.rate(3)
    company.clock.now = START
    say(company, 2)
    company.clock.now += 20 * DAY_LONG
    say(company, 3)
    then = company.store.as_of(evening)
    assert next(iter(then.voices.values())).answers[ITEM].level == 1
    assert (then.reached.behind, then.rate) == (1, None)
    assert company.store.as_of(company.clock.now + DAY_LONG).reached.behind == 0


def test_what_is_recorded_does_not_depend_on_what_other_organisations_record(company, database, tiny):
    company.start(0)
    say(company, 1)
    evening = company.evening()
    other = Company(database, tiny)
    other.clock.now = evening + DAY_LONG
    other.start(1)
    other.rate(5)
    assert told_then(company.store, evening) == company.told[evening]


def test_votes_are_not_told_of_any_day(company, database):
    company.start(0)
    (held,) = company.store.rounds()
    person = company.store.add_respondent(held.id, "it")
    vote = Answer(ITEM, State.ANSWERED, 3, comment="秘密")
    company.store.append_many(held.id, [(person.id, "first", vote, "k")])
    open_then = company.evening()
    company.close(0)
    closed_then = company.evening()
    for end in (open_then, closed_then):
        then = company.store.as_of(end)
        assert then.voices[held.id].answers == {}
        assert "秘密" not in repr(then)


def test_a_store_of_one_moment_tells_the_past_of_that_moment(company):
    company.start(0)
    company.evening()
    with company.store.one_moment() as now:
        assert now.as_of(company.clock.now).rounds == now.rounds()


# --- what was damaged or lost


@pytest.fixture
def own(sqlite_database, tiny):
    """A company on SQLite, whose file somebody may change."""
    return Company(sqlite_database, tiny)


def spoil(company, *statements):
    """Change what is kept behind the program's back."""
    with company.store._writing() as scope:
        raw = scope.connection.exec_driver_sql
        for (name,) in raw("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw(f'DROP TRIGGER "{name}"')
        for statement in statements:
            assert raw(statement).rowcount


def test_a_round_that_was_damaged_is_named_and_not_told_of_any_day(own):
    own.start(0)
    say(own, 1)
    own.close(0)
    own.start(1)
    own.clock.now += DAY_LONG
    spoil(own, "UPDATE answers SET level = 3")
    then = own.store.as_of(own.clock.now)
    assert [held.title for held in then.damaged] == ["回0"]
    assert [held.title for held in then.rounds] == ["回1"]
    assert list(then.voices) == [then.rounds[0].id]


@pytest.mark.parametrize(
    ("lost", "named"),
    [("action_added", "施策1"), ("kpi_changed", "指標"), ("round_corrected", "名前1")],
)
def test_of_what_changes_were_lost_nothing_is_guessed(own, lost, named):
    own.start(0)
    own.correct(1)
    own.add_action(1)
    kpi = own.store.keep_kpi(Kpi("指標"), "佐藤")
    own.store.keep_kpi(replace(kpi, owner="鈴木"), "佐藤")
    evening = own.evening()
    spoil(own, f"DELETE FROM events WHERE what = '{lost}'")
    then = own.store.as_of(evening)
    assert then.untold == (named,)
    assert len(then.rounds) + len(then.kpis) + len(then.actions) == 2
    assert own.store.as_of(START).untold == ()
