"""A calendar file (RFC 5545) of whole days, for the calendars people already look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//dxassess//dxassess//JA"


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole day in a calendar. `uid` stays the same for the same thing; `sequence` rises with each change of it, so that reading
    a newer file moves the entry. A `cancelled` one is taken out where it was read before."""

    uid: str
    day: date
    title: str
    sequence: int = 0
    cancelled: bool = False


def calendar_file(name: str, entries: Iterable[Entry], made: datetime) -> bytes:
    """The calendar as UTF-8 text with lines of at most 75 octets. `name` is what it is called; `made` the moment it is made (UTC).

    The library is only read when there is something to write: it would cost every start a tenth of a second.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(name))
    for entry in entries:
        calendar.add_component(_event(entry, made))
    return bytes(calendar.to_ical())


def _event(entry: Entry, made: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _line(entry.title))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


def _line(text: str) -> str:
    """Text of one line, as titles are."""
    return " ".join(text.split())
