"""An organisation whose past is written day by day, by a clock that is set by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.usecases import close_round, questionnaire
from tests.usecases.conftest import House

REPORTED = date(2026, 6, 30)
"""What was reported by this day was corrected later."""


class Clock:
    """Stands still at three in the afternoon of a day in Tokyo."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(6), UTC)


class Past:
    """A house and its clock."""

    def __init__(self, app, began: date = date(2026, 4, 1), name: str = "甲社") -> None:
        self.clock = Clock(began)
        made = app.database.create_organisation(name, "manufacturing", "up_to_300", 4, now=self.clock)
        self.house = House(app, app.database.store(made.id, self.clock))
        self.store, self.edition = self.house.store, next(iter(app.editions.values()))

    def on(self, *day: int) -> Past:
        """From now on it is this day."""
        self.clock.day = date(*day)
        return self


def corrected(app) -> Past:
    """A round, a KPI, and two actions as reported at the end of June; in September all of them were corrected."""
    past = Past(app)
    house, store = past.house, past.store
    past.on(2026, 5, 1)
    held = house.start(date(2026, 5, 1), title="春の回")
    house.say(held, "1", 1, target=3, evidence="議事録")
    house.say(held, "2", 2)
    asked = questionnaire(store, held)
    two = past.edition.by_code["2"]
    words = {"reason": "議論で一致", "dissent": (), "idea": "", "by": "山田"}
    answer = replace(asked.answer(two), level=2)
    store.decide(held.id, answer, based_on=asked.sequence(two), key="decided", **words)
    kpi = store.keep_kpi(
        Kpi("入力時間", baseline=Decimal(100), baseline_on=date(2026, 3, 31), owner="佐藤"), "佐藤"
    )
    store.record_readings([Reading(kpi.id, date(2026, 4, 30), Decimal(90))], "佐藤")
    store.set_hourly_rate(3000, "佐藤")
    first = store.keep_action(
        Action("研修", "tiny", {"tiny.1": Decimal(1)}, Status.DOING, "佐藤", "人事", due=date(2026, 6, 1)),
        past.edition,
        "佐藤",
    )
    store.keep_action(
        Action("自動化", "tiny", one_off=100, yearly=20, effort=Decimal(5), needs=frozenset({first.id})),
        past.edition,
        "佐藤",
    )
    past.on(2026, 5, 20)
    closed = close_round(store, held, "山田")
    past.on(2026, 9, 1)
    opened = store.reopen_round(closed.id, closed.version, "山田", "根拠の取り違え")
    renamed = store.correct_round(opened.id, opened.version, "春の回（訂正）", date(2026, 4, 30), "山田")
    house.say(renamed, "1", 2, evidence="規程")
    house.say(renamed, "1-1", 3)
    close_round(store, renamed, "山田")
    store.record_readings([Reading(kpi.id, date(2026, 4, 30), Decimal(95))], "佐藤")
    store.keep_kpi(replace(kpi, owner="鈴木", target=Decimal(50)), "佐藤")
    store.set_hourly_rate(3500, "佐藤")
    done = replace(first, status=Status.DONE, finished=date(2026, 8, 31), due=date(2026, 9, 30))
    store.keep_action(done, past.edition, "佐藤")
    return past
