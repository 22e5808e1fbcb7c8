"""A calendar file as other programs read it: whole days, one name per thing, nothing that people write is read as anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.exchange.calendar_file import Entry, calendar_file

MADE = datetime(2026, 11, 26, 3, 4, 5, tzinfo=UTC)
ONE = Entry("planned-1@dxassess", date(2026, 12, 1), "自己診断：第6回", 2)


def read(raw: bytes) -> icalendar.Calendar:
    found = icalendar.Calendar.from_ical(raw)
    assert isinstance(found, icalendar.Calendar)
    return found


def test_an_entry_comes_back_whole() -> None:
    calendar = read(calendar_file("甲社 DX の予定", [ONE], MADE))
    assert (str(calendar["VERSION"]), str(calendar["METHOD"]), str(calendar["X-WR-CALNAME"])) == (
        "2.0",
        "PUBLISH",
        "甲社 DX の予定",
    )
    (event,) = calendar.events
    assert (str(event["UID"]), str(event["SUMMARY"]), event["SEQUENCE"], str(event["STATUS"])) == (
        ONE.uid,
        ONE.title,
        2,
        "CONFIRMED",
    )
    assert (event.start, event.end, event["DTSTAMP"].dt) == (date(2026, 12, 1), date(2026, 12, 2), MADE)
    assert set(event) == {
        *("UID", "SUMMARY", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "DTSTAMP", "TRANSP"),
    }


def test_a_cancelled_entry_says_so_and_a_changed_one_counts_up() -> None:
    moved = replace(ONE, day=date(2026, 12, 24), sequence=3, cancelled=True)
    (event,) = read(calendar_file("x", [moved], MADE)).events
    assert (str(event["STATUS"]), event["SEQUENCE"], event.start) == ("CANCELLED", 3, date(2026, 12, 24))


def test_a_calendar_of_nothing_is_a_calendar() -> None:
    assert read(calendar_file("x", [], MADE)).events == []


@pytest.mark.parametrize(
    "title",
    [
        "甲、乙,丙;丁\\n戊\\",
        "題名\r\nEND:VEVENT\r\nBEGIN:VALARM",
        "<b>太字</b> & {会議} %s",
        '"引用":コロン',
        "長い題名" * 60,
        "😀👨‍👩‍👧" * 30,
    ],
)
def test_what_people_write_stays_text_and_no_line_is_longer_than_75_octets(title: str) -> None:
    raw = calendar_file(title, [replace(ONE, title=title)], MADE)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    (event,) = read(raw).events
    assert str(event["SUMMARY"]) == " ".join(title.split())
    for line in raw.split(b"\r\n"):
        line.decode("utf-8")


@given(st.text(st.characters(exclude_categories=["C"]), max_size=200))
def test_any_title_comes_back(title: str) -> None:
    (event,) = read(calendar_file("x", [replace(ONE, title=title)], MADE)).events
    assert str(event["SUMMARY"]) == " ".join(title.split())
