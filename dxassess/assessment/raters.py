"""The lens on the raters: signs that votes say less than they seem to. They flag, they never drop or change a vote.

For the facilitator only. In an anonymous round nobody is named, and nothing is said that parts a shown group: personal signs
are one number of people, given when they and all the others are at least the minimum (or the others nobody); that a role is
identical is not said at all, since its votes could be taken from a group it is merged into; executives are spoken of when
they are at least the minimum or absent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from dxassess.assessment.model import Recorded, State
from dxassess.assessment.recognition import Sides
from dxassess.catalogue.model import Edition, Level

STRAIGHT = 8
ZEROS = 3
IDENTICAL = 3
PERSONAL = ("straight_lining", "all_lowest")
Sign = Literal["straight_lining", "all_lowest", "role_identical", "key_without_executive", "single_person"]


@dataclass(frozen=True, slots=True)
class Flag:
    """One sign. `people` counts those it is about (0 for an indicator nobody of the executives voted on).

    `respondents` are their ids in a named round, empty in an anonymous one; `level` what they all gave. `same_minute`: for
    `role_identical`, whether every answer of theirs also came in the same minute.
    """

    sign: Sign
    people: int
    respondents: tuple[str, ...] = ()
    role: str | None = None
    indicator: str | None = None
    level: Level | None = None
    same_minute: bool = False


def flags(
    edition: Edition, records: Iterable[Recorded], sides: Sides, *, named: bool, minimum: int
) -> tuple[Flag, ...]:
    """All signs of one ballot; `records` holds the newest answer per respondent and indicator.

    In an anonymous round with fewer people than `minimum` only `single_person` is left.
    """
    given = [
        each for each in records if _level(each) is not None and each.answer.indicator in edition.indicators
    ]
    people = {each.respondent for each in given}
    alone = single_person(given)
    if not named and len(people) < minimum:
        return tuple(Flag(flag.sign, flag.people) for flag in alone)
    lowest = edition.scale.values[0]
    found: tuple[Flag, ...] = (
        *straight_lining(given, lowest),
        *all_lowest(given, lowest),
        *role_identical(given),
        *key_without_executive(edition, given, sides),
        *alone,
    )
    return found if named else _anonymous(found, given, sides, minimum)


def straight_lining(records: Iterable[Recorded], lowest: Level, least: int = STRAIGHT) -> tuple[Flag, ...]:
    """Who gave one and the same level to everything, at least `least` indicators. All on the lowest is a sign of its own."""
    return tuple(
        Flag("straight_lining", 1, (who,), own[0].role, level=_level(own[0]))
        for who, own in _by_respondent(records).items()
        if len(own) >= least and _one_level(own) and _level(own[0]) != lowest
    )


def all_lowest(records: Iterable[Recorded], lowest: Level, least: int = ZEROS) -> tuple[Flag, ...]:
    """Who gave the lowest level to everything, at least `least` indicators: "send 0 when unsure" is published advice."""
    return tuple(
        Flag("all_lowest", 1, (who,), own[0].role, level=lowest)
        for who, own in _by_respondent(records).items()
        if len(own) >= least and _one_level(own) and _level(own[0]) == lowest
    )


def role_identical(records: Iterable[Recorded], least: int = IDENTICAL) -> tuple[Flag, ...]:
    """Roles of two people or more who all gave the same levels to the same indicators, at least `least` of them."""
    found: list[Flag] = []
    for role, people in _by_role(records).items():
        sheets = [{each.answer.indicator: _level(each) for each in own} for own in people.values()]
        if len(people) >= 2 and len(sheets[0]) >= least and all(sheet == sheets[0] for sheet in sheets):
            found.append(
                Flag("role_identical", len(people), tuple(people), role, same_minute=_together(people))
            )
    return tuple(found)


def key_without_executive(edition: Edition, records: Iterable[Recorded], sides: Sides) -> tuple[Flag, ...]:
    """Key indicators that have levels, but none of an executive. Nothing where the edition names no executive role."""
    if not sides.executive:
        return ()
    voices: dict[str, list[Recorded]] = {}
    for each in records:
        voices.setdefault(each.answer.indicator, []).append(each)
    return tuple(
        Flag("key_without_executive", 0, indicator=indicator.id)
        for indicator in edition.scored
        if indicator.kind == "key"
        and indicator.id in voices
        and not any(sides.leads(each.role) for each in voices[indicator.id])
    )


def single_person(records: Iterable[Recorded]) -> tuple[Flag, ...]:
    """A ballot filled in by one person alone."""
    people = {each.respondent: each.role for each in records}
    if len(people) != 1:
        return ()
    ((who, role),) = people.items()
    return (Flag("single_person", 1, (who,), role),)


def _anonymous(
    found: Iterable[Flag], records: Sequence[Recorded], sides: Sides, minimum: int
) -> tuple[Flag, ...]:
    everyone = len({each.respondent for each in records})
    executives = len({each.respondent for each in records if sides.leads(each.role)})
    counted = Counter(flag.sign for flag in found if flag.sign in PERSONAL)
    personal = [
        Flag(sign, n) for sign, n in counted.items() if n >= minimum and _enough(everyone - n, minimum)
    ]
    absent = [flag for flag in found if flag.sign == "key_without_executive" and _enough(executives, minimum)]
    return (*personal, *absent)


def _enough(people: int, minimum: int) -> bool:
    return people == 0 or people >= minimum


def _level(record: Recorded) -> Level | None:
    return record.answer.level if record.answer.state is State.ANSWERED else None


def _by_respondent(records: Iterable[Recorded]) -> dict[str, list[Recorded]]:
    found: dict[str, list[Recorded]] = {}
    for each in records:
        if _level(each) is not None:
            found.setdefault(each.respondent, []).append(each)
    return found


def _by_role(records: Iterable[Recorded]) -> dict[str, dict[str, list[Recorded]]]:
    found: dict[str, dict[str, list[Recorded]]] = {}
    for who, own in _by_respondent(records).items():
        found.setdefault(own[0].role, {})[who] = own
    return found


def _one_level(own: Sequence[Recorded]) -> bool:
    return len({_level(each) for each in own}) == 1


def _together(people: Mapping[str, Sequence[Recorded]]) -> bool:
    moments: dict[str, set[datetime]] = {}
    for own in people.values():
        for each in own:
            minute = each.recorded.astimezone(UTC).replace(second=0, microsecond=0)
            moments.setdefault(each.answer.indicator, set()).add(minute)
    return all(len(minutes) == 1 for minutes in moments.values())
