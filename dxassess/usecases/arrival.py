"""When the targets are reached if the pace of the last rounds goes on: for the averages and the groups of one line of rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dxassess.assessment.arrival import LEAST_ROUNDS, MOST_ROUNDS, Arrival, Basis, arrival
from dxassess.assessment.progress import Point
from dxassess.assessment.scoring import value_of
from dxassess.catalogue.model import Edition, Section
from dxassess.storage import Store
from dxassess.usecases.application import Application
from dxassess.usecases.comparison import compare
from dxassess.usecases.progress import Progress
from dxassess.usecases.rounds import today


@dataclass(frozen=True, slots=True)
class Course:
    """A section's course: its value in each of the last rounds over the same `items` (of `asked`), its target over them, and when it arrives.

    An indicator without a target counts there with the level it has; `target` is None where none of them has one.
    """

    section: Section
    points: tuple[tuple[date, Fraction], ...]
    target: Fraction | None
    items: int
    asked: int
    arrival: Arrival


def courses(app: Application, store: Store, found: Progress) -> tuple[Course, ...]:
    """The course of every average and group of these rounds as it looks today, computed once a day for these closed rounds."""
    day = today(app, store)
    rounds = ((held.id, held.version) for held in found.rounds)
    key = ("courses", app.database.place, store.organisation_id, day, *rounds)
    return app.closed.get(key, lambda: tuple(_courses(app, store, found, day)))


def _courses(app: Application, store: Store, found: Progress, day: date) -> Iterator[Course]:
    edition = found.edition
    for name in dict.fromkeys([*edition.head.averages, *edition.head.groups]):
        section = edition.sections[name]
        lines = {item: found.lines[item] for item in (edition.by_code[code].id for code in section.codes())}
        rounds, items = _compared(lines, len(found.rounds))
        points = tuple(
            (
                found.rounds[at].held_on,
                _value(edition, name, {item: lines[item][at].value for item in items}),
            )
            for at in rounds
        )
        target = _target(edition, name, {item: lines[item][rounds[-1]] for item in items})
        basis = Basis(
            len(items),
            len(lines),
            _step(edition, name, items),
            _is_reached(edition, name, {item: line[-1] for item, line in lines.items()}),
            _is_noise(app, store, found, name, rounds, points),
        )
        made = arrival(points, target, basis, day)
        yield Course(section, points, target, len(items), len(lines), made)


def _is_noise(
    app: Application,
    store: Store,
    found: Progress,
    section: str,
    rounds: Sequence[int],
    points: Sequence[tuple[date, Fraction]],
) -> bool:
    """Whether the way from the first of these rounds to the newest is no more than who happened to answer, or the votes went the other way."""
    if len(rounds) < LEAST_ROUNDS:
        return False
    ends = [found.rounds[rounds[0]].id, found.rounds[rounds[-1]].id]
    like = next((held.id for held, edition in found.choices if edition is found.edition), ends[-1])
    beside = compare(app, store, like, ends)
    return beside is not None and beside.verdict(section, points[-1][1] - points[0][1]) in (
        "within",
        "against",
    )


def _compared(lines: Mapping[str, Sequence[Point]], count: int) -> tuple[list[int], list[str]]:
    """Which rounds (by place), and the indicators with a level in all of them.

    The newest rounds with a level; of these, as long as fewer than half of the indicators are in all, the newest three or more.
    """
    rounds = [at for at in range(count) if any(points[at].value is not None for points in lines.values())]
    rounds = rounds[-MOST_ROUNDS:]
    while len(rounds) > LEAST_ROUNDS and 2 * len(_in_all(lines, rounds)) < len(lines):
        rounds = rounds[1:]
    items = _in_all(lines, rounds) if rounds else []
    return (rounds, items) if items else ([], [])


def _in_all(lines: Mapping[str, Sequence[Point]], rounds: Sequence[int]) -> list[str]:
    return [item for item, points in lines.items() if all(points[at].value is not None for at in rounds)]


def _target(edition: Edition, section: str, newest: Mapping[str, Point]) -> Fraction | None:
    if all(point.target is None for point in newest.values()):
        return None
    aims = {item: point.value if point.target is None else point.target for item, point in newest.items()}
    return _value(edition, section, aims)


def _is_reached(edition: Edition, section: str, newest: Mapping[str, Point]) -> bool:
    """Whether the newest round is at its target, over everything it has a level of."""
    known = {item: point for item, point in newest.items() if point.value is not None}
    target = _target(edition, section, known)
    value = value_of(
        edition, section, {item: point.value for item, point in known.items() if point.value is not None}
    )
    return target is not None and value is not None and value >= target


def _step(edition: Edition, section: str, items: Sequence[str]) -> Fraction:
    """By how much the section moves when one of the items moves by a level, on average of them."""
    return _value(edition, section, dict.fromkeys(items, Fraction(1))) / len(items) if items else Fraction()


def _value(edition: Edition, section: str, levels: Mapping[str, Fraction | None]) -> Fraction:
    value = value_of(edition, section, {item: level for item, level in levels.items() if level is not None})
    assert value is not None
    return value
