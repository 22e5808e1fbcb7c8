from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.model import (
    Answer,
    FiscalQuarter,
    Organisation,
    Recorded,
    Respondent,
    Round,
    State,
    Voice,
    fiscal_quarter,
    local_day,
)
from dxassess.catalogue.model import Edition

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("moment", "zone", "first_month", "quarter"),
    [
        ("2027-03-31T14:59:59Z", "Asia/Tokyo", 4, FiscalQuarter(2026, 4)),
        ("2027-03-31T15:00:00Z", "Asia/Tokyo", 4, FiscalQuarter(2027, 1)),
        ("2027-03-31T15:00:00Z", "UTC", 4, FiscalQuarter(2026, 4)),
        ("2027-12-31T15:00:00Z", "Asia/Tokyo", 4, FiscalQuarter(2027, 4)),
        ("2028-02-29T03:00:00Z", "Asia/Tokyo", 4, FiscalQuarter(2027, 4)),
        ("2027-06-30T21:00:00Z", "Europe/Berlin", 7, FiscalQuarter(2026, 4)),
        ("2027-06-30T22:00:00Z", "Europe/Berlin", 7, FiscalQuarter(2027, 1)),
    ],
)
def test_the_quarter_is_that_of_the_day_where_the_organisation_is(
    moment: str, zone: str, first_month: int, quarter: FiscalQuarter
) -> None:
    assert fiscal_quarter(local_day(datetime.fromisoformat(moment), zone), first_month) == quarter


@pytest.mark.parametrize(
    ("day", "first_month", "quarter"),
    [
        (date(2026, 3, 31), 4, FiscalQuarter(2025, 4)),
        (date(2026, 4, 1), 4, FiscalQuarter(2026, 1)),
        (date(2026, 11, 22), 4, FiscalQuarter(2026, 3)),
        (date(2026, 12, 31), 1, FiscalQuarter(2026, 4)),
        (date(2026, 1, 1), 1, FiscalQuarter(2026, 1)),
        (date(2026, 11, 30), 12, FiscalQuarter(2025, 4)),
        (date(2026, 12, 1), 12, FiscalQuarter(2026, 1)),
        (date.min, 4, FiscalQuarter(0, 4)),
        (date.max, 4, FiscalQuarter(9999, 3)),
    ],
)
def test_a_fiscal_year_is_named_after_the_calendar_year_it_starts_in(
    day: date, first_month: int, quarter: FiscalQuarter
) -> None:
    assert fiscal_quarter(day, first_month) == quarter


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2900, 1, 1)), st.integers(1, 12))
def test_the_day_after_is_in_the_same_quarter_or_opens_the_next(day: date, first_month: int) -> None:
    here, after = (fiscal_quarter(each, first_month) for each in (day, day + timedelta(days=1)))
    following = FiscalQuarter(here.year + here.quarter // 4, here.quarter % 4 + 1)
    assert after == here or (after == following and (day + timedelta(days=1)).day == 1)
    assert here <= after


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_fiscal_year_starts_in_a_month_from_1_to_12(month: int) -> None:
    with pytest.raises(ValueError):
        fiscal_quarter(date(2026, 4, 1), month)


def test_a_moment_without_zone_has_no_day() -> None:
    with pytest.raises(ValueError):
        local_day(datetime(2026, 4, 1), "Asia/Tokyo")


@pytest.mark.parametrize(
    ("moment", "zone"),
    [
        (datetime(9999, 12, 31, 23, tzinfo=UTC), "Asia/Tokyo"),
        (datetime(1, 1, 1, tzinfo=UTC), "America/New_York"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9))), "UTC"),
    ],
)
def test_a_moment_at_the_edge_of_the_calendar_has_no_day(moment: datetime, zone: str) -> None:
    with pytest.raises(ValueError):
        local_day(moment, zone)


def test_an_unknown_zone_is_not_guessed() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        local_day(datetime(2026, 4, 1, tzinfo=UTC), "Mars/Olympus")


def test_half_past_one_twice_in_new_york_is_two_moments_of_one_day() -> None:
    new_york = ZoneInfo("America/New_York")
    first, second = (datetime(2026, 11, 1, 1, 30, tzinfo=new_york, fold=fold) for fold in (0, 1))
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert local_day(first, "America/New_York") == local_day(second, "America/New_York") == date(2026, 11, 1)
    assert local_day(first, "Asia/Tokyo") == date(2026, 11, 1)


def test_the_same_moment_written_with_another_offset_is_the_same_day() -> None:
    tokyo = datetime(2027, 4, 1, 0, 0, tzinfo=timezone(timedelta(hours=9)))
    assert (
        local_day(tokyo, "Asia/Tokyo") == local_day(tokyo.astimezone(UTC), "Asia/Tokyo") == date(2027, 4, 1)
    )


def test_time_zones_come_with_the_program_where_the_system_has_none() -> None:
    code = (
        "import zoneinfo; from datetime import UTC, datetime\n"
        "from dxassess.assessment.model import fiscal_quarter, local_day\n"
        "day = local_day(datetime(2027, 3, 31, 15, tzinfo=UTC), 'Asia/Tokyo')\n"
        "print(zoneinfo.TZPATH, day, fiscal_quarter(day, 4).year)"
    )
    environment = os.environ | {"PYTHONTZPATH": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["()", "2027-04-01", "2027"]


def test_what_is_not_said_of_an_organisation_or_a_round_is_as_usual_in_japan() -> None:
    organisation = Organisation(id="1", name="会社", industry="", size="")
    assert (organisation.first_month, organisation.timezone, organisation.sample) == (4, "Asia/Tokyo", False)
    held = Round("1", "第1回", "t", 1, "0" * 64, date(2026, 4, 1), FiscalQuarter(2026, 1))
    assert (held.version, held.reopened, held.closed, held.anonymity_minimum) == (1, 0, False, 3)


def test_a_voice_says_its_newest_answers(framework: Callable[..., Edition]) -> None:
    held = Round("1", "第1回", "t", 1, "0" * 64, date(2026, 4, 1), FiscalQuarter(2026, 1))
    answer = Answer("t.1", State.CANNOT_SAY)
    recorded = Recorded(answer, 7, "1", "agreed", "p", "organisation", datetime(2026, 4, 1, tzinfo=UTC))
    edition = framework({"id": "all", "items": ["1"]})
    assert Voice(held, edition, Respondent("p", "organisation"), {"t.1": recorded}).answers == {"t.1": answer}
