"""When the targets are reached if the pace of the last rounds goes on: for the averages and the groups of one line of rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dxassess.assessment.arrival import LEAST_ROUNDS, MOST_ROUNDS, Arrival, arrival
from dxassess.assessment.progress import Point
from dxassess.assessment.scoring import score
from dxassess.catalogue.model import Edition, Section
from dxassess.storage import Store
from dxassess.usecases.application import Application
from dxassess.usecases.progress import Progress


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
    """The course of every average and group of these rounds, once computed for these closed rounds."""
    key = (
        "courses",
        app.database.place,
        store.organisation_id,
        *((held.id, held.version) for held in found.rounds),
    )
    return app.closed.get(key, lambda: _courses(found))


def _courses(found: Progress) -> tuple[Course, ...]:
    edition = found.edition
    sections = dict.fromkeys([*edition.head.averages, *edition.head.groups])
    return tuple(_course(found, edition.sections[section]) for section in sections)


def _course(found: Progress, section: Section) -> Course:
    edition = found.edition
    lines = {item: found.lines[item] for item in (edition.by_code[code].id for code in section.codes())}
    rounds, items = _compared(lines, len(found.rounds))
    points = [
        (found.rounds[at].held_on, _value(edition, section, {item: lines[item][at].value for item in items}))
        for at in rounds
    ]
    target = _target(edition, section, [lines[item][rounds[-1]] for item in items] if rounds else [], items)
    step = _value(edition, section, dict.fromkeys(items, Fraction(1))) / len(items) if items else Fraction()
    made = arrival(points, target, len(items), len(lines), step)
    return Course(section, tuple(points), target, len(items), len(lines), made)


def _compared(lines: Mapping[str, Sequence[Point]], count: int) -> tuple[list[int], list[str]]:
    """Which rounds (by place), and the indicators with a level in all of them.

    The newest rounds with a level; of these, as long as fewer than half of the indicators are in all, the newest three or more.
    """
    rounds = [at for at in range(count) if any(points[at].value is not None for points in lines.values())]
    rounds = rounds[-MOST_ROUNDS:]
    while len(rounds) > LEAST_ROUNDS and 2 * len(_in_all(lines, rounds)) < len(lines):
        rounds = rounds[1:]
    return (rounds, items) if (items := _in_all(lines, rounds)) else ([], [])


def _in_all(lines: Mapping[str, Sequence[Point]], rounds: Sequence[int]) -> list[str]:
    return [item for item, points in lines.items() if all(points[at].value is not None for at in rounds)]


def _target(
    edition: Edition, section: Section, newest: Sequence[Point], items: Sequence[str]
) -> Fraction | None:
    if all(point.target is None for point in newest):
        return None
    aims = [point.value if point.target is None else point.target for point in newest]
    return _value(edition, section, dict(zip(items, aims, strict=True)))


def _value(edition: Edition, section: Section, levels: Mapping[str, Fraction | None]) -> Fraction:
    marks = {item: [level] for item, level in levels.items() if level is not None}
    value = score(edition, marks)[section.id].value
    assert value is not None
    return value
