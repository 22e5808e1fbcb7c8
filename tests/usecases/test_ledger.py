"""The ledger of an organisation, made again by hand from the file it came from; today is 22 November 2026."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi
from dxassess.assessment.period import period_of
from dxassess.text import Words
from dxassess.usecases.effects import book, called, movements, steps_csv
from dxassess.usecases.kpis import keep_kpi, record, set_rate, take_table
from dxassess.usecases.planning import keep_action

MARCH = date(2026, 3, 31)
CSV = """KPI,日付,値
入力,2026-02-28,130
入力,2026-04-30,110
入力,2026-05-31,100.25
入力,2026-08-31,"1,00"
""".replace('"1,00"', "70")


def filled(house):
    hours = keep_kpi(house.app, house.store, Kpi("入力", baseline=Decimal(120), baseline_on=MARCH))
    share = keep_kpi(
        house.app,
        house.store,
        Kpi("紙", "other", "%", baseline=Decimal(80), baseline_on=MARCH, target=Decimal(90)),
    )
    take_table(house.app, house.store, CSV.encode("cp932"), "a.csv")
    record(house.app, house.store, hours, date(2026, 11, 20), "1")
    record(house.app, house.store, share, date(2026, 10, 31), "60")
    set_rate(house.store, "3000")
    return hours, share


def test_the_sums_are_those_of_the_raw_file(house, tiny):
    hours, share = filled(house)
    done = Action(
        "自動",
        "tiny",
        status=Status.DONE,
        finished=date(2026, 8, 10),
        effects={hours.id: Decimal(-40)},
        one_off=9,
    )
    keep_action(house.app, house.store, tiny, done)
    keep_action(
        house.app, house.store, tiny, replace(done, title="研修", effects={}, finished=date(2026, 2, 1))
    )
    found = book(house.app, house.store)

    by_hand = Fraction()
    for row in csv.DictReader(io.StringIO(CSV)):
        if row["日付"] > "2026-03-31":
            by_hand += 120 - Fraction(row["値"])
    whole = found.total()
    assert whole.measured.hours == by_hand == Fraction("79.75")
    assert whole.measured.valued(found.rate) == by_hand * 3000
    assert (whole.expected.hours, whole.n, whole.m) == (120, 3, 7)
    assert found.quarters[-1].measured_so_far == whole.measured
    assert (found.year, found.total(2025).m) == (2026, 0)
    assert [found.not_counted(why) for why in ("before", "running", "no_baseline")] == [1, 1, 0]
    assert (found.cost().n, found.cost(2026).n, found.cost(2025).n) == (2, 2, 1)
    assert [(action.title, why) for action, why in found.without] == [("研修", "no_kpi")]
    assert found.stale == ()
    assert [each.standing for each in found.accounts] == ["fresh", "fresh"]
    assert found.accounts[1].kpi.target_behind and found.accounts[1].kpi == share


def test_every_period_behind_the_sums_can_be_written_out_and_added_up(house, tiny):
    hours, _ = filled(house)
    more = Action(
        "手戻り", "tiny", status=Status.DONE, finished=date(2026, 10, 1), effects={hours.id: Decimal(5)}
    )
    keep_action(house.app, house.store, tiny, more)
    found = book(house.app, house.store)
    for language in ("ja", "en"):
        words = Words(language)
        rows = list(csv.DictReader(io.StringIO(steps_csv(found, words).decode("utf-8-sig"))))
        added = [row for row in rows if row[words("effects.step_adds_up")] == words("effects.adds_up_yes")]
        gains = [Fraction(row[words("effects.step_gain")] or 0) for row in added]
        expected = [Fraction(row[words("effects.step_expected")]) for row in added]
        assert (sum(gains), sum(expected)) == (found.total().measured.hours, -5)
        assert len(rows) == 14


def test_a_period_is_called_as_people_call_it():
    day = date(2026, 11, 22)
    ja, en = Words("ja"), Words("en")
    said = [
        (called(period_of(day, each, 4), each, 4, ja), called(period_of(day, each, 4), each, 4, en))
        for each in ("monthly", "quarterly", "yearly")
    ]
    assert said == [
        ("2026年11月", "November 2026"),
        ("2026年度 第3四半期", "FY2026 Q3"),
        ("2026年度", "FY2026"),
    ]


def test_an_empty_house_has_an_empty_book(house):
    found = book(house.app, house.store)
    assert (found.accounts, found.quarters, found.without, found.rate) == ((), (), (), None)
    assert movements(house.app, house.store) == ()


def test_indicators_with_a_done_action_stand_beside_the_others_between_each_two_rounds(house, tiny):
    first = house.hold({"1": 1, "1-1": 2, "2": 0, "2-1": 1}, date(2026, 5, 1))
    second = house.hold({"1": 2, "1-1": 2, "2": 1}, date(2026, 8, 1), previous=first)
    third = house.hold({"1": 2, "1-1": 3, "2": 1}, date(2026, 11, 1), previous=second)
    done = Action("研修", "tiny", {"tiny.1": Decimal(1)}, Status.DONE, finished=date(2026, 6, 1))
    keep_action(house.app, house.store, tiny, done)
    newest, before = movements(house.app, house.store)
    assert (newest.before, newest.after, before.before, before.after) == (second, third, first, second)
    assert (before.found.touched.n, before.found.touched.mean) == (1, 1)
    assert (before.found.untouched.n, before.found.untouched.mean) == (2, Fraction(1, 2))
    assert (newest.found.touched.n, newest.found.actions) == (0, ())


def test_a_damaged_round_is_left_out(house, flipped):
    first = house.hold({"1": 1}, date(2026, 5, 1))
    house.hold({"1": 2}, date(2026, 8, 1), previous=first)
    other = flipped(house, first)
    assert movements(other.app, other.store) == ()
