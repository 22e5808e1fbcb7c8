"""The lens on the raters: signs that votes say less than they seem to. They flag, they never drop or change a vote.

For the facilitator only. In an anonymous round nobody is named, and nothing is said that parts a shown group: whoever knows
that some gave the same to everything can take them from what is shown of their group. So personal signs are numbers of
people, and given only where in every group those of each sign are nobody or at least the minimum, and where on every
indicator those of the group who are left are nobody or at least the minimum as well; and only of the first vote, beside
which those of the second could be laid. That a role is identical is not said at all; executives are spoken of when they are at
least the minimum or absent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from dxassess.assessment.anonymity import Group, grouping
from dxassess.assessment.model import Recorded, State
from dxassess.assessment.recognition import Sides
from dxassess.catalogue.model import Edition, Level

STRAIGHT = 8
ZEROS = 3
IDENTICAL = 3
Sign = Literal["straight_lining", "all_lowest", "role_identical", "key_without_executive", "single_person"]
PERSONAL: tuple[Sign, ...] = ("straight_lining", "all_lowest")


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
    edition: Edition,
    records: Iterable[Recorded],
    sides: Sides,
    *,
    named: bool,
    minimum: int,
    groups: Sequence[Group] | None = None,
) -> tuple[Flag, ...]:
    """All signs of one ballot; `records` holds the newest answer per respondent and indicator.

    In an anonymous round with fewer people than `minimum` only `single_person` is left. `groups`: as what its roles are shown,
    where that is fixed.
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
    return found if named else _anonymous(found, given, sides, minimum, groups)


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
    found: Iterable[Flag],
    records: Sequence[Recorded],
    sides: Sides,
    minimum: int,
    groups: Sequence[Group] | None,
) -> tuple[Flag, ...]:
    everything = list(found)
    roles = {each.respondent: each.role for each in records}
    executives = sum(sides.leads(role) for role in roles.values())
    looks = grouping(Counter(roles.values()), minimum).groups if groups is None else groups
    marked = {
        sign: {who for flag in everything if flag.sign == sign for who in flag.respondents}
        for sign in PERSONAL
    }
    personal: list[Flag] = []
    if all(_parts_nothing(records, group, list(marked.values()), minimum) for group in looks):
        personal = [Flag(sign, len(people)) for sign, people in marked.items() if people]
    absent = [
        flag for flag in everything if flag.sign == "key_without_executive" and _enough(executives, minimum)
    ]
    return (*personal, *absent)


def _parts_nothing(
    records: Iterable[Recorded], group: Group, marked: Sequence[set[str]], minimum: int
) -> bool:
    """Whether nobody of a shown group can be told from the others once it is known how many bear each sign."""
    own = [each for each in records if each.role in group]
    people = {each.respondent for each in own}
    rest = Counter(
        each.answer.indicator for each in own if not any(each.respondent in sign for sign in marked)
    )
    return all(_enough(n, minimum) for n in (*(len(people & sign) for sign in marked), *rest.values()))


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
