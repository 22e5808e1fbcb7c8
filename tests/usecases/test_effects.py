"""The ledger: its sums recomputed from the raw CSV by hand, what is missing, and what moved beside what did not."""

from __future__ import annotations

import csv
import io
import uuid
from calendar import monthrange
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.catalogue.load import load_edition
from dxassess.storage import open_database
from dxassess.text import Words
from dxassess.usecases import close_round, start_round
from dxassess.usecases.demo import fill_demo
from dxassess.usecases.effects import book, movements, steps_csv
from dxassess.usecases.kpis import values_csv
from tests.usecases.conftest import new_application, new_house

ROOT = Path(__file__).parents[2]
JA = Words("ja")
HOURS = Kpi("入力の時間", "hours", "時間", baseline=Decimal(100), baseline_on=date(2026, 3, 31))


def month_ends(first: date, count: int) -> list[date]:
    found = []
    for number in range(count):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        found.append(date(year, month + 1, monthrange(year, month + 1)[1]))
    return found


def by_hand(raw: bytes, baselines: dict[str, tuple[Fraction, date, int]], first_month: int, today: date):
    """The gains by KPI and fiscal quarter from the exported values alone: monthly KPIs, one value a month.

    `baselines`: amount, day, and 1 where less is better, else -1.
    """
    sums: dict[tuple[str, int, int], Fraction] = defaultdict(Fraction)
    for row in list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))[1:]:
        name, day, amount = row[0], date.fromisoformat(row[1]), Fraction(row[2])
        if name not in baselines:
            continue
        baseline, since, sign = baselines[name]
        last = day.replace(day=monthrange(day.year, day.month)[1])
        if last <= since or last > today:
            continue
        months = (last.year * 12 + last.month - 1) - (first_month - 1)
        sums[name, months // 12, months % 12 // 3 + 1] += sign * (baseline - amount)
    return sums


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory):
    """A program with room for many organisations."""
    database = open_database(str(tmp_path_factory.mktemp("ledger") / "x.sqlite"))
    yield new_application(database, load_edition(ROOT / "tests" / "data" / "tiny"))
    database.close()


@settings(max_examples=25, deadline=None)
@given(
    values=st.lists(st.decimals(0, 500, places=2), min_size=1, max_size=14),
    first_month=st.integers(1, 12),
    yen=st.lists(st.integers(0, 900_000), max_size=8),
)
def test_the_sums_are_those_of_the_raw_csv(ledgers, values, first_month, yen):
    house = new_house(ledgers, uuid.uuid4().hex)
    house.store.update_organisation(first_month=first_month)
    money = Kpi("費用", "yen", "円", "higher", baseline=Decimal(1000), baseline_on=date(2026, 3, 15))
    kept = [house.store.keep_kpi(each, "x") for each in (HOURS, money)]
    for kpi, amounts in zip(kept, (values, yen), strict=True):
        days = month_ends(date(2025, 11, 1), len(amounts))
        house.store.record_readings(
            [Reading(kpi.id, day, Decimal(amount)) for day, amount in zip(days, amounts, strict=True)], "x"
        )
    house.store.set_hourly_rate(3000, "x")
    found = book(house.app, house.store)
    baselines = {
        "入力の時間": (Fraction(100), date(2026, 3, 31), 1),
        "費用": (Fraction(1000), date(2026, 3, 15), -1),
    }
    sums = by_hand(values_csv(house.store, "ja"), baselines, first_month, found.today)
    hours = sum((each for (name, *_), each in sums.items() if name == "入力の時間"), Fraction())
    gained = sum((each for (name, *_), each in sums.items() if name == "費用"), Fraction())
    assert found.total().measured.hours == hours
    assert found.total().measured.yen == gained
    told = {(each.quarter.year, each.quarter.quarter): each.measured.hours for each in found.quarters}
    for (name, year, quarter), gain in sums.items():
        if name == "入力の時間":
            assert told[year, quarter] == gain


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample company, on 26 November 2026."""
    edition = load_edition(ROOT / "indicators" / "dx2019")
    database = open_database(str(tmp_path_factory.mktemp("sample") / "x.sqlite"))
    organisation = fill_demo(database, edition)
    app = new_application(database, edition)
    yield app, database.store(organisation.id)
    database.close()


def test_the_sums_of_the_sample_company_are_those_of_its_raw_values(sample):
    app, store = sample
    found = book(app, store)
    baselines = {
        kpi.name: (Fraction(kpi.baseline), kpi.baseline_on, 1)
        for kpi in store.kpis()
        if kpi.kind in ("hours", "yen")
    }
    sums = by_hand(values_csv(store, "ja"), baselines, 4, found.today)
    hours = sum(gain for (name, *_), gain in sums.items() if "費用" not in name)
    yen = sum(gain for (name, *_), gain in sums.items() if "費用" in name)
    assert (found.total().measured.hours, found.total().measured.yen) == (hours, yen) == (1470, 395_500)
    assert found.total().expected.hours == 11 * 110 + 5 * 35
    assert found.cost().n == 4
    assert (found.cost().one_off, found.cost().yearly, found.cost().unsaid) == (3_300_000, 1_020_000, 1)
    assert [each.kpi.name for each in found.stale] == ["納期回答の転記にかかる時間"]
    assert [(action.title, why) for action, why in found.without] == [
        ("企画書に三者の責任者名をそろえる", "no_kpi")
    ]


def test_every_step_of_the_sums_stands_in_the_exported_calculation(sample):
    app, store = sample
    found = book(app, store)
    head, *rows = csv.reader(io.StringIO(steps_csv(found, JA).decode("utf-8-sig")))
    gain, adds = head.index(JA("effects.step_gain")), head.index(JA("effects.step_adds_up"))
    unit = head.index(JA("effects.step_unit"))
    added = [row for row in rows if row[adds] == JA("effects.adds_up_yes") and row[gain]]
    assert sum(Fraction(row[gain]) for row in added if row[unit] == "時間") == 1470
    assert sum(Fraction(row[gain]) for row in added if row[unit] == "円") == 395_500


def test_what_moved_is_laid_beside_what_no_action_touched(house, tiny):
    house.hold({"1": 1, "2": 1, "2-1": 1}, date(2026, 1, 10))
    done = Action("研修", "tiny", {"tiny.1": Decimal(1)}, Status.DONE, finished=date(2026, 3, 1))
    house.store.keep_action(done, tiny, "x")
    late = replace(done, title="あとの研修", lifts={"tiny.2": Decimal(1)}, finished=date(2026, 9, 1))
    house.store.keep_action(late, tiny, "x")
    house.hold({"1": 3, "2": 2, "2-1": 1}, date(2026, 6, 10))
    (found,) = movements(house.app, house.store)
    assert (found.found.touched.n, found.found.touched.mean) == (1, 2)
    assert (found.found.untouched.n, found.found.untouched.mean) == (2, Fraction(1, 2))


def test_a_round_of_one_section_stands_between_two_whole_ones_and_hides_neither(house, tiny):
    first = house.hold({"1": 1, "2": 1}, date(2026, 1, 10))
    part = start_round(house.app, house.store, "tiny", "人だけ", date(2026, 4, 1), None, section="people")
    house.say(part, "1", 2)
    part = close_round(house.store, part, "")
    last = house.hold({"1": 3, "2": 2}, date(2026, 6, 10))
    found = movements(house.app, house.store)
    assert [(each.before, each.after) for each in found] == [(first, last), (first, part)]
    assert (found[1].found.untouched.n, found[1].found.untouched.mean) == (1, 1)
