"""What was promised for a quarter and what became of it: each a count of so many, and the list behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from dxassess.assessment.action import Action, Status, Version
from dxassess.assessment.model import Answer, Round, State
from dxassess.assessment.period import Period
from dxassess.assessment.promises import (
    Ownerless,
    Promise,
    StaleEvidence,
    kept,
    overdue,
    promises,
    stale_evidence,
    without_evidence,
    without_owner,
)
from dxassess.catalogue.model import Edition

TODAY = date(2026, 11, 26)
AUTUMN = Period(date(2026, 10, 1), date(2026, 12, 31))
OCTOBER, NOVEMBER, JANUARY = date(2026, 10, 20), date(2026, 11, 10), date(2027, 1, 20)
TREE = {"id": "all", "items": ["1", "2", "3"]}


def action(
    title: str = "施策", due: date | None = None, status: Status = Status.DOING, **rest: Any
) -> Action:
    return Action(title, "t", status=status, due=due, **rest)


def version(what: Action, day: date) -> Version:
    return Version(what, "佐藤", datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


def outcome(*versions: Version, today: date = OCTOBER) -> list[str]:
    return [each.outcome for each in promises([versions], AUTUMN, "Asia/Tokyo", today)]


def test_running_actions_past_their_day_are_named_oldest_first() -> None:
    late, later = action("遅", date(2026, 11, 1)), action("もっと遅", date(2026, 1, 1), Status.PLANNED)
    others = [
        action(due=TODAY),
        action(due=None),
        action(due=date(2026, 1, 1), status=Status.IDEA),
        action(due=date(2026, 1, 1), status=Status.DONE),
    ]
    found = overdue([late, *others, later], TODAY)
    assert (found.things, found.n, found.m) == ((later, late), 2, 3)


def done(on: date | None, due: date = NOVEMBER) -> Action:
    return action(due=due, status=Status.DONE, finished=on)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (done(NOVEMBER), "kept"),
        (done(OCTOBER), "kept"),
        (done(None), "kept"),
        (done(date(2026, 11, 11)), "late"),
        (action(due=NOVEMBER), "open"),
        (action(due=NOVEMBER, status=Status.IDEA), "open"),
        (action(due=NOVEMBER, status=Status.STOPPED), "stopped"),
        (action(due=JANUARY), "moved"),
        (action(due=None), "moved"),
        (done(NOVEMBER, JANUARY), "kept"),
        (done(JANUARY, JANUARY), "late"),
        (action(due=JANUARY, status=Status.DONE), "late"),
        (action(due=date(2026, 9, 1)), "overdue"),
    ],
)
def test_a_promise_is_kept_late_moved_stopped_or_open(now: Action, expected: str) -> None:
    assert outcome(version(action(due=NOVEMBER), OCTOBER), version(now, JANUARY)) == [expected]


@pytest.mark.parametrize(
    ("today", "expected"),
    [(OCTOBER, "open"), (NOVEMBER, "open"), (date(2026, 11, 11), "overdue"), (JANUARY, "overdue")],
)
def test_a_promise_whose_day_is_over_is_not_one_still_to_come(today: date, expected: str) -> None:
    assert outcome(version(action(due=NOVEMBER), OCTOBER), today=today) == [expected]


def test_of_several_days_in_the_quarter_the_last_one_counts() -> None:
    later = date(2026, 12, 20)
    history = [
        version(action(due=NOVEMBER), OCTOBER),
        version(action(due=later), NOVEMBER),
        version(done(date(2026, 12, 1), later), JANUARY),
    ]
    (found,) = promises([history], AUTUMN, "Asia/Tokyo", TODAY)
    assert found == Promise(history[-1].action, later, "kept")


@pytest.mark.parametrize(
    "history",
    [
        [version(action(due=NOVEMBER, status=Status.IDEA), OCTOBER)],
        [version(action(due=JANUARY), OCTOBER)],
        [version(action(due=None), OCTOBER)],
        [version(action(due=NOVEMBER), JANUARY)],
        [version(action(due=NOVEMBER, status=Status.STOPPED), OCTOBER)],
        [],
    ],
)
def test_ideas_other_days_and_what_was_entered_afterwards_are_no_promises(history: list[Version]) -> None:
    assert outcome(*history) == []


def test_a_promise_made_on_the_last_evening_of_the_quarter_counts_where_the_organisation_is() -> None:
    last = Version(action(due=NOVEMBER), "x", datetime(2026, 12, 31, 14, 59, tzinfo=UTC))
    over = replace(last, when=datetime(2026, 12, 31, 15, 0, tzinfo=UTC))
    assert (outcome(last), outcome(over)) == (["open"], [])


def test_promises_go_by_day_and_the_kept_ones_are_counted() -> None:
    first, second = version(done(NOVEMBER), NOVEMBER), version(action("乙", OCTOBER), OCTOBER)
    found = promises([[first], [second]], AUTUMN, "Asia/Tokyo", OCTOBER)
    assert [each.outcome for each in found] == ["open", "kept"]
    assert (kept(found).n, kept(found).m) == (1, 2)


def held(make: SimpleNamespace, number: int, day: date) -> Round:
    return replace(make.round(number), held_on=day)


def answer(item: str, evidence: str = "", **rest: Any) -> dict[str, Answer]:
    return {f"t.{item}": Answer(f"t.{item}", State.ANSWERED, evidence=evidence, **rest)}


def test_evidence_that_stands_unchanged_since_over_a_year_is_named_with_its_round(
    framework: Callable[..., Edition], make: SimpleNamespace
) -> None:
    edition = framework(TREE)
    old, middle, new = (
        held(make, number, day)
        for number, day in enumerate([date(2025, 8, 1), date(2025, 12, 1), date(2026, 8, 1)], start=1)
    )
    told = [
        (old, answer("1", "議事録 ") | answer("2", "議事録") | answer("3", "議事録")),
        (middle, answer("1", "議事録") | answer("2", "新しい議事録")),
        (new, answer("1", "議事録") | answer("2", "新しい議事録") | answer("3")),
    ]
    found = stale_evidence(edition, told, TODAY)
    assert (found.things, found.m) == ((StaleEvidence(edition.by_code["1"], old),), 2)
    assert stale_evidence(edition, told, date(2026, 8, 1)).n == 0
    assert stale_evidence(edition, told[1:], TODAY).n == 0
    assert stale_evidence(edition, [], TODAY).m == 0


def test_a_round_that_did_not_ask_an_item_says_nothing_of_its_evidence(
    framework: Callable[..., Edition], make: SimpleNamespace
) -> None:
    edition, old = framework(TREE), held(make, 1, date(2025, 1, 1))
    pulse = held(make, 2, date(2026, 10, 1))
    found = stale_evidence(edition, [(old, answer("1", "議事録")), (pulse, answer("2", "写真"))], TODAY)
    assert [each.item.code for each in found.things] == ["1"]
    assert found.m == 2


@pytest.mark.parametrize(
    ("today", "day", "stale"),
    [
        (date(2028, 2, 29), date(2027, 2, 28), False),
        (date(2028, 2, 29), date(2027, 2, 27), True),
        (TODAY, date(2025, 11, 26), False),
        (TODAY, date(2025, 11, 25), True),
    ],
)
def test_a_year_is_a_year_by_the_calendar(
    framework: Callable[..., Edition], make: SimpleNamespace, today: date, day: date, stale: bool
) -> None:
    told = [(held(make, 1, day), answer("1", "議事録"))]
    assert bool(stale_evidence(framework(TREE), told, today).n) is stale


def test_high_levels_without_evidence_are_named(framework: Callable[..., Edition]) -> None:
    edition = framework(TREE)
    told = answer("1", level=3) | answer("2", "写真", level=5) | answer("3", level=2)
    found = without_evidence(edition, told)
    assert ([item.code for item in found.things], found.m) == (["1"], 2)
    none = {"t.1": Answer("t.1", State.CANNOT_SAY, level=5), "t.2": Answer("t.2", State.ANSWERED)}
    assert without_evidence(edition, none).m == 0


def test_items_below_their_target_that_nobody_moves_are_named_with_the_reason(
    framework: Callable[..., Edition],
) -> None:
    edition = framework({"id": "all", "items": ["1", "2", "3", "4", "5", "6"]})
    told = {f"t.{code}": Answer(f"t.{code}", State.ANSWERED, 1, 3) for code in "1234"}
    told["t.5"] = Answer("t.5", State.ANSWERED, 3, 3)
    told["t.6"] = Answer("t.6", State.CANNOT_SAY, None, 3)
    actions = [
        action(owner="佐藤", lifts={"t.1": 1}),
        action(owner="", lifts={"t.1": 1, "t.2": 1}),
        action(owner="佐藤", lifts={"t.3": 1}, status=Status.IDEA),
        replace(action(owner="佐藤", lifts={"t.4": 1}), edition="other"),
    ]
    found = without_owner(edition, told, actions)
    items = edition.by_code
    assert found.things == (
        Ownerless(items["2"], "no_owner"),
        Ownerless(items["3"], "no_action"),
        Ownerless(items["4"], "no_action"),
    )
    assert found.m == 4
