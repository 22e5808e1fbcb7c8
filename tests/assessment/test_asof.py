"""A moment becomes a sequence once; from there on a thing is what the last change up to it made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.asof import (
    CLOSED,
    CORRECTED,
    REOPENED,
    Reached,
    day_end,
    differences,
    first_month_then,
    last_by,
    reached,
    round_then,
)
from dxassess.assessment.model import Answer, Event, FiscalQuarter, Round, State, fiscal_quarter, local_day

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONES = ("Asia/Tokyo", "UTC", "America/New_York", "America/Sao_Paulo", "Pacific/Apia", "Pacific/Kiritimati")

moments = st.integers(-5, 5).map(lambda hours: NOON + hours * HOUR)
records = st.lists(moments, max_size=12).map(lambda found: list(enumerate(found, start=1)))


# --- how far the record goes


@given(records, moments)
def test_what_is_reached_is_the_longest_beginning_written_before_the_moment(record, end):
    found = reached(record, end)
    beginning = record[: found.sequence]
    assert all(moment < end for _, moment in beginning)
    assert found.sequence == len(record) or record[found.sequence][1] >= end
    assert found.behind == sum(moment < end for _, moment in record[found.sequence :])
    assert found.next == next((moment for _, moment in record[found.sequence :]), None)
    assert found.began == (record[0][1] if record else None)


@given(records, moments, moments)
def test_a_later_moment_never_reaches_less(record, one, other):
    early, late = sorted((one, other))
    assert reached(record, early).sequence <= reached(record, late).sequence


@given(st.lists(moments, max_size=12).map(sorted), moments)
def test_of_a_clock_that_only_goes_forward_nothing_is_left_out(found, end):
    record = list(enumerate(found, start=1))
    after = next((moment for moment in found if moment >= end), None)
    began = found[0] if found else None
    assert reached(reversed(record), end) == Reached(sum(moment < end for moment in found), 0, after, began)


def test_numbers_that_others_took_leave_no_gap_behind():
    assert reached([(3, NOON), (9, NOON + HOUR)], NOON + HOUR).sequence == 8
    assert reached([(3, NOON), (9, NOON)], NOON + HOUR).sequence == 9
    assert reached([(3, NOON), (9, NOON)], NOON) == Reached(2, 0, NOON, NOON)


def test_what_was_written_after_the_clock_was_set_back_is_left_out_and_counted():
    record = [(1, NOON), (2, NOON + 5 * HOUR), (3, NOON + HOUR), (4, NOON + HOUR), (5, NOON + 6 * HOUR)]
    assert reached(record, NOON + 2 * HOUR) == Reached(1, 2, NOON + 5 * HOUR, NOON)
    assert reached(record, NOON + 6 * HOUR) == Reached(4, 0, NOON + 6 * HOUR, NOON)


@given(st.dates(date(2000, 1, 1), date(2199, 12, 30)), st.sampled_from(ZONES))
def test_a_day_ends_with_its_last_moment_where_the_organisation_is(day, zone):
    end = day_end(day, zone)
    assert local_day(end - timedelta(microseconds=1), zone) <= day < local_day(end, zone)


@pytest.mark.parametrize("day", [date(2011, 12, 29), date(2011, 12, 30)])
def test_a_day_that_a_zone_left_out_ends_as_it_begins(day):
    assert day_end(day, "Pacific/Apia") == datetime(2011, 12, 30, 10, tzinfo=UTC)


# --- what a thing was


def test_the_last_word_by_a_sequence_counts():
    said = [(2, "a"), (5, "b"), (9, "c")]
    assert [last_by(at, iter(said)) for at in (1, 2, 4, 5, 8, 9, 99)] == [None, "a", "a", "b", "b", "c", "c"]


ROUND = Round("r", "回0", "tiny", 1, "hash", date(2026, 5, 1), FiscalQuarter(2026, 1))

deeds = st.lists(
    st.one_of(
        st.tuples(st.just(CORRECTED), st.integers(0, 3), st.dates(date(2025, 1, 1), date(2027, 12, 31))),
        st.tuples(st.just(CLOSED), st.integers(0, 3), st.none()),
        st.tuples(st.just(REOPENED), st.integers(0, 3), st.none()),
    ),
    max_size=12,
)


def turned(held, sequence, what, number, day):
    """A round after a change, and the line the log keeps of it; None for a change that cannot be."""
    moment = NOON + sequence * HOUR
    if (what == REOPENED) is not held.closed:
        return None
    if what == CORRECTED:
        after = replace(
            held, title=f"回{number}", held_on=day, quarter=fiscal_quarter(day, 4), version=held.version + 1
        )
        named = [{"title": each.title, "held_on": each.held_on.isoformat()} for each in (held, after)]
        return after, Event(sequence, what, held.id, "山田", moment, {"before": named[0], "after": named[1]})
    if what == CLOSED:
        by, digest = f"山田{number}", f"hash {sequence}"
        change = {"closed": True, "closed_at": moment, "closed_by": by, "content_hash": digest}
        after = replace(held, version=held.version + 1, **change)
        return after, Event(sequence, what, held.id, by, moment, {"title": "", "content_hash": digest})
    change = {"closed": False, "closed_at": None, "closed_by": "", "content_hash": None}
    after = replace(held, version=held.version + 1, reopened=held.reopened + 1, **change)
    return after, Event(sequence, what, held.id, "x", moment, {"reason": "", "content_hash": ""})


@given(deeds)
def test_a_round_as_of_each_step_is_exactly_what_it_was_at_that_step(wanted):
    held, log, was = ROUND, [], {10: ROUND}
    for step, (what, number, day) in enumerate(wanted):
        sequence = 11 + 3 * step
        if done := turned(held, sequence, what, number, day):
            held, line = done
            log.append(line)
        was[sequence] = was[sequence + 1] = held
    assert {at: round_then(held, 4, log, at) for at in was} == was


def test_before_the_first_change_a_round_is_what_that_change_found():
    after, line = turned(ROUND, 20, CORRECTED, 7, date(2026, 9, 1))
    assert (after.title, after.quarter) == ("回7", FiscalQuarter(2026, 2))
    assert round_then(after, 4, [line], 19) == ROUND
    assert round_then(after, 4, [line], 20) == after


# --- the month the fiscal year opened in


@pytest.mark.parametrize(
    ("changes", "rounds", "at", "month"),
    [
        ([], [], 5, 4),
        ([(10, 7)], [], 10, 7),
        ([(10, 7), (20, 1)], [], 15, 7),
        ([(10, 7), (20, 1)], [], 99, 1),
        ([(10, 7)], [(6, 3)], 5, 3),
        ([(10, 7)], [(12, 7)], 5, None),
        ([(10, 7)], [], 5, None),
    ],
)
def test_the_month_the_year_opened_in_is_told_where_the_record_tells_it(changes, rounds, at, month):
    assert first_month_then(4, changes, rounds, at) == month


# --- then and now


def test_what_is_said_otherwise_today_is_named_with_its_fields():
    then = {
        "a": Answer("a", State.ANSWERED, 1, 2, evidence="議事録"),
        "b": Answer("b", State.ANSWERED, 2),
        "c": Answer("c", State.CANNOT_SAY),
    }
    now = {
        "a": Answer("a", State.ANSWERED, 2, 2, evidence="規程"),
        "b": Answer("b", State.ANSWERED, 2),
        "c": Answer("c", State.ANSWERED, 0),
        "d": Answer("d", State.ANSWERED, 3),
        "e": Answer("e"),
    }
    found = {each.indicator: each.fields for each in differences(then, now)}
    assert found == {"a": ("level", "evidence"), "c": ("state", "level"), "d": ("state", "level")}
    new = differences(then, now)[-1]
    assert (new.then, new.now) == (None, now["d"])


answers = st.dictionaries(
    st.sampled_from("abc"),
    st.builds(
        Answer,
        st.just("x"),
        st.sampled_from(State),
        st.integers(0, 2) | st.none(),
        comment=st.sampled_from(["", "c"]),
    ),
)


@given(answers, answers)
def test_differences_are_the_same_from_both_sides_and_none_of_what_is_alike(then, now):
    there = {each.indicator: each.fields for each in differences(then, now)}
    back = {each.indicator: each.fields for each in differences(now, then)}
    assert there == back
    assert differences(then, then) == ()
