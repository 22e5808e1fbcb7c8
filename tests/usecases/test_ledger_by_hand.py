"""Every sum of the ledger can be made again from the exported values alone, with nothing but a calendar and exact fractions."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dxassess.assessment.kpi import KINDS, UNITS, Kpi, Reading
from dxassess.assessment.period import FREQUENCIES
from dxassess.catalogue.load import load_edition
from dxassess.text import Words
from dxassess.usecases.demo import fill_demo
from dxassess.usecases.effects import book, steps_csv
from dxassess.usecases.kpis import values_csv
from tests.usecases.conftest import TODAY, House, new_application, new_house
from tests.usecases.ledger_by_hand import by_quarter, rows_of, up_to

ROOT = Path(__file__).parents[2]
WORDS = Words("ja")
ENDS = [
    date(2026, 1, 31),
    date(2026, 3, 30),
    date(2026, 3, 31),
    date(2026, 6, 29),
    date(2026, 6, 30),
    date(2026, 10, 31),
]
DAYS = st.sampled_from([*ENDS, TODAY]) | st.dates(date(2024, 11, 1), TODAY)
AMOUNTS = st.decimals(0, 10**6, places=3)


@st.composite
def kpis(draw):
    kind = draw(st.sampled_from(KINDS))
    baseline = draw(st.none() | AMOUNTS)
    return Kpi(
        "",
        kind,
        UNITS.get(kind, "件"),
        draw(st.sampled_from(("lower", "higher"))),
        draw(st.sampled_from(FREQUENCIES)),
        baseline=baseline,
        baseline_on=None if baseline is None else draw(DAYS),
        retired=draw(st.booleans()),
    )


def same(house: House, told, rate):
    """What the use case says of every quarter is what the exported values come to."""
    found = book(house.app, house.store)
    sums = by_quarter(values_csv(house.store, "ja"), told, found.first_month, found.today)
    said = {(each.quarter.year, each.quarter.quarter): each for each in found.quarters}
    assert set(sums) <= set(said)
    for quarter, each in said.items():
        assert (each.measured.hours, each.measured.yen) == sums.get(quarter, (0, 0))
        hours, yen = up_to(sums, quarter)
        assert (each.measured_so_far.hours, each.measured_so_far.yen) == (hours, yen)
        assert each.measured_so_far.valued(rate) == yen + hours * (rate or 0)
    whole = found.total().measured
    assert (whole.hours, whole.yen) == up_to(sums, (9999, 4))
    year = {quarter: gained for quarter, gained in sums.items() if quarter[0] == found.year}
    this = found.total(found.year).measured
    assert (this.hours, this.yen) == up_to(year, (9999, 4))
    return found


def added_up(house: House, found):
    """The calculation that is written out adds up to the same, measured and expected."""
    rows = [row for row in rows_of(steps_csv(found, WORDS)) if row["合計に入る"] == "はい"]
    for each in found.quarters:
        mine = [row for row in rows if row["四半期"] == WORDS.quarter(each.quarter)]
        for unit, measured, expected in (
            ("時間", each.measured.hours, each.expected.hours),
            ("円", each.measured.yen, each.expected.yen),
        ):
            of_unit = [row for row in mine if row["単位"] == unit]
            assert sum(Fraction(row["効果"] or 0) for row in of_unit) == measured
            assert sum(Fraction(row["見込み"]) for row in of_unit) == expected
    total = found.total()
    assert (sum(row["効果"] != "" for row in rows), len(rows)) == (total.n, total.m)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    given_kpis=st.lists(kpis(), min_size=1, max_size=4),
    readings=st.lists(st.tuples(st.integers(0, 3), DAYS, st.none() | AMOUNTS), max_size=30),
    first_month=st.integers(1, 12),
    rate=st.none() | st.integers(1, 10_000),
)
def test_any_values_come_to_the_same_by_hand(app, given_kpis, readings, first_month, rate):
    house = new_house(app, uuid.uuid4().hex, first_month)
    kept = []
    for number, kpi in enumerate(given_kpis):
        named = asdict(kpi) | {"name": f"KPI {number}"}
        kept.append(house.store.keep_kpi(Kpi(**named), ""))
    house.store.record_readings(
        [Reading(kept[number % len(kept)].id, day, amount) for number, day, amount in readings], ""
    )
    house.store.set_hourly_rate(rate, "")
    found = same(house, [asdict(kpi) for kpi in kept], rate)
    added_up(house, found)


def test_the_sample_company_comes_to_the_same_by_hand(sqlite_database):
    edition = load_edition(ROOT / "indicators" / "dx2019")
    app = new_application(sqlite_database, edition)
    house = House(app, sqlite_database.store(fill_demo(sqlite_database, edition).id))
    story = yaml.safe_load((ROOT / "dxassess/usecases/demo_plan.yaml").read_text(encoding="utf-8"))
    told = [{**kpi, "baseline_on": date.fromisoformat(kpi["baseline_on"])} for kpi in story["kpis"]]
    found = same(house, told, story["hourly_rate"])
    added_up(house, found)
    # 請求書 14 months, 勤怠 7, 納期回答 2: baseline × months − what was measured.
    values = {kpi["name"]: kpi["values"] for kpi in story["kpis"]}
    assert found.total().measured.hours == (
        166 * 14
        - sum(values["請求書の入力にかかる時間"])
        + 62 * 7
        - sum(values["勤怠の集計にかかる時間"])
        + 88 * 2
        - sum(values["納期回答の転記にかかる時間"])
    )
    assert found.total().measured.yen == 84_000 * 14 - sum(values["請求書の郵送と保管の費用"])


@pytest.mark.parametrize("amount", ["99999999999999.12345678901234567891", "0.00000000000000000001"])
def test_very_long_amounts_are_written_out_without_rounding(house, amount):
    kpi = house.store.keep_kpi(
        Kpi("時間", baseline=Decimal("999999999999999"), baseline_on=date(2026, 3, 31)), ""
    )
    house.store.record_readings([Reading(kpi.id, date(2026, 4, 30), Decimal(amount))], "")
    added_up(house, same(house, [asdict(kpi)], None))
