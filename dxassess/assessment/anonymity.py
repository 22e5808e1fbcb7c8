"""Which votes of an anonymous round may be seen: never fewer than a minimum of people, neither shown nor by subtraction.

Everything an anonymous round shows is computed from the cells that `shown` returns, and from nothing else. The rules:

1. The roles are grouped once, at the first reveal, by who has voted then (`grouping`). The second ballot and every later
   look use that grouping; a vote that comes after the reveal of its ballot is refused or not counted.
2. Inside a view the groups are disjoint and hold everybody, so every sum and difference of them, the whole included, is a
   union of groups. A group below the minimum is merged with the other small ones; when that is still too small (one small
   group alone would be the whole minus the others) the smallest of the others joins. If only the whole is left it is shown
   as the whole; below the minimum nothing is.
3. The same holds again for every indicator, because people leave blanks: a group of five of whom two gave a level has no
   distribution of its own there. Merging per indicator only ever joins groups, never parts them.
4. The second ballot is shown beside the first, so the two may not be subtracted either (`shown_again`). Per indicator the
   groups of the first are joined further until what second minus first speaks of is nobody or at least the minimum, both
   with every vote given anew unknown and with nobody having changed their mind. With `standing` (who does not vote again
   keeps the first vote) that means: in each group nobody votes anew or at least the minimum do, and the same for newcomers.
   It holds for the people who said anything, and once more for those who gave a level in either vote, since the number of
   those who cannot say is shown beside the levels. Where even the whole does not satisfy this, the second ballot of that indicator is not shown.

What is not covered: if all of a shown group gave the same level, that level is everyone's; and who is in a group knows the
own vote. Both are the reason to raise the minimum, not to change the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dxassess.assessment.histogram import Cell, Field
from dxassess.assessment.model import Recorded, State
from dxassess.assessment.scoring import current_mark, target_mark

SMALLEST_MINIMUM = 2
JOINED = "+"
Group = tuple[str, ...]
Subject = tuple[str, Field]


@dataclass(frozen=True, slots=True)
class Grouping:
    """How the people of a round may be looked at: disjoint groups of roles. `hidden`: too few people for any view at all.

    `merged` names the groups that stand for several roles; the screen says so. A grouping of one group is the whole.
    """

    groups: tuple[Group, ...]
    minimum: int

    @property
    def hidden(self) -> bool:
        """Nothing may be shown."""
        return not self.groups

    @property
    def merged(self) -> tuple[Group, ...]:
        """The groups made of several roles."""
        return tuple(group for group in self.groups if len(group) > 1)


@dataclass(frozen=True, slots=True)
class Turnover:
    """The people of one role and indicator between two ballots: same vote stands, voted again, left, came new."""

    kept: int = 0
    again: int = 0
    gone: int = 0
    new: int = 0


Own = Mapping[str, Cell]
Moved = Mapping[str, Turnover]
Changes = Mapping[Subject, Moved]


def group_id(group: Group) -> str:
    """The name of a group in cells and records: the role's id, or the roles' ids joined by `+`."""
    return JOINED.join(group)


def roles_of(group: str) -> Group:
    """The roles a `group_id` stands for."""
    return tuple(group.split(JOINED))


def grouping(people: Mapping[str, int], minimum: int) -> Grouping:
    """The groups of a round from the number of people per role who voted; roles nobody voted in stay out.

    Taken once, at the first reveal, and kept. ValueError when `minimum` is below 2 (a group of one is a person).
    """
    if minimum < SMALLEST_MINIMUM:
        raise ValueError(minimum)
    voted = [(role,) for role, n in people.items() if n]
    size = partial(_total, people)
    return Grouping(_joined(voted, size, lambda group: size(group) >= minimum), minimum)


def shown(cells: Iterable[Cell], groups: Grouping) -> tuple[Cell, ...]:
    """The cells of one ballot that may be seen, as (indicator, field) allows; `role` is a `group_id`.

    A group counts when at least the minimum of its people gave a level; where nobody of a group said anything it is none.
    """
    found: list[Cell] = []
    for own in _by_subject(cells):
        found += _released(own, groups.groups, partial(_enough, own, groups.minimum))
    return tuple(found)


def shown_again(
    first: Iterable[Cell],
    cells: Iterable[Cell],
    changes: Sequence[Changes],
    groups: Grouping,
) -> tuple[Cell, ...]:
    """The cells of the second ballot that may be seen beside `first`, which is what `shown` gave for the first ballot.

    `changes` comes from `turnover`, of everybody and of those who gave a level. Groups of the first are only ever joined.
    """
    before: dict[Subject, list[Group]] = {}
    for cell in first:
        before.setdefault((cell.indicator, cell.field), []).append(roles_of(cell.role))
    found: list[Cell] = []
    for own in _by_subject(cells):
        subject = next((cell.indicator, cell.field) for cell in own.values())
        seen = before.get(subject, [])
        moved = [each.get(subject, {}) for each in changes]
        safe = partial(_safe, own, groups.minimum, seen, moved)
        found += _released(own, (*seen, *groups.groups), safe)
    return tuple(found)


def standing(first: Iterable[Recorded], second: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """The second ballot of the indicators that were voted on again: who did not vote again keeps the first vote.

    `first` and `second` hold the newest answer per respondent and indicator. Everybody keeps the role of the first ballot.
    Kept votes carry the ballot `second` and their old sequence number.
    """
    before = list(first)
    roles = {each.respondent: each.role for each in before}
    again = [replace(each, role=roles.get(each.respondent, each.role)) for each in second]
    voted = {(each.respondent, each.answer.indicator) for each in again}
    indicators = {indicator for _, indicator in voted}
    kept = [
        replace(each, ballot="second")
        for each in before
        if each.answer.indicator in indicators and (each.respondent, each.answer.indicator) not in voted
    ]
    return (*again, *kept)


def turnover(first: Iterable[Recorded], second: Iterable[Recorded], *, levels: bool = False) -> Changes:
    """Who stayed, voted again, left or came, by (indicator, field) and role. `second` is what `standing` returns, or the
    second ballot alone; the same sequence number is the same vote. `levels`: only who gave a level in either of them."""
    before, after = _said(first), _said(second)
    found: dict[Subject, dict[str, Turnover]] = {}
    for indicator, field, respondent in sorted(before.keys() | after.keys()):
        one, other = (each.get((indicator, field, respondent)) for each in (before, after))
        if levels and not any(_gave_level(each, field) for each in (one, other)):
            continue
        role = one.role if one else other.role if other else ""
        roles = found.setdefault((indicator, field), {})
        roles[role] = _counted(roles.get(role, Turnover()), one, other)
    return found


def _joined(
    units: Sequence[Group], size: Callable[[Group], int], fits: Callable[[Group], bool]
) -> tuple[Group, ...]:
    """Disjoint groups that all fit, made of `units` by joining as few as this simple way needs; () when none can."""
    order = [role for unit in units for role in unit]
    groups = list(units)
    while small := [group for group in groups if not fits(group)]:
        fine = [group for group in groups if group not in small]
        if fine and len(small) == 1:
            small.append(fine.pop(fine.index(min(fine, key=size))))
        if len(small) == 1:
            return ()
        groups = [*fine, _union(small, order)]
    return tuple(groups)


def _union(groups: Iterable[Group], order: Sequence[str]) -> Group:
    return tuple(sorted((role for group in groups for role in group), key=order.index))


def _total(people: Mapping[str, int], group: Group) -> int:
    return sum(people[role] for role in group)


def _by_subject(cells: Iterable[Cell]) -> list[Own]:
    found: dict[Subject, dict[str, Cell]] = {}
    for cell in cells:
        found.setdefault((cell.indicator, cell.field), {})[cell.role] = cell
    return list(found.values())


def _units(groups: Iterable[Group], own: Own) -> list[Group]:
    """Disjoint groups to start from: the first that hold a role, then roles that are in none."""
    units: list[Group] = []
    for group in (*groups, *((role,) for role in own)):
        if not any(role in unit for unit in units for role in group):
            units.append(group)
    return units


def _released(own: Own, groups: Sequence[Group], fits: Callable[[Group], bool]) -> list[Cell]:
    units = [unit for unit in _units(groups, own) if _people(own, unit)]
    return [_merged(own, group) for group in _joined(units, partial(_levels, own), fits)]


def _enough(own: Own, minimum: int, group: Group) -> bool:
    return _levels(own, group) >= minimum


def _safe(own: Own, minimum: int, seen: Sequence[Group], moved: Sequence[Moved], group: Group) -> bool:
    rest = [n for each in moved for n in _smallest_rest(group, seen, each)]
    return _enough(own, minimum, group) and all(n == 0 or n >= minimum for n in rest)


def _merged(own: Own, group: Group) -> Cell:
    cells = _of(own, group)
    counts = tuple(sum(column) for column in zip(*(cell.counts for cell in cells), strict=True))
    return replace(
        cells[0],
        role=group_id(group),
        counts=counts,
        cannot_say=sum(cell.cannot_say for cell in cells),
        not_applicable=sum(cell.not_applicable for cell in cells),
    )


def _of(own: Own, group: Group) -> list[Cell]:
    return [own[role] for role in group if role in own]


def _levels(own: Own, group: Group) -> int:
    return sum(sum(cell.counts) for cell in _of(own, group))


def _people(own: Own, group: Group) -> int:
    return sum(sum(cell.counts) + cell.cannot_say + cell.not_applicable for cell in _of(own, group))


def _smallest_rest(group: Group, seen: Iterable[Group], moved: Moved) -> tuple[int, int]:
    """How few people the second view of a group says something about once views of the first are taken from it.

    First if changed votes are new unknowns, then if nobody changed their mind. 0: it says nothing the first did not say.
    Each group of the first is taken away where fewer left than stayed: what remains of it is the smaller of the two.
    """
    parts = [_sum(moved, part) for part in seen if set(part) <= set(group)]
    if not parts:
        return 0, 0
    whole = _sum(moved, group)
    votes = whole.again + whole.new + sum(min(part.gone, part.kept) for part in parts)
    return votes, whole.new + sum(min(part.gone, part.kept + part.again) for part in parts)


def _sum(moved: Moved, group: Group) -> Turnover:
    there = [moved[role] for role in group if role in moved]
    return Turnover(
        sum(each.kept for each in there),
        sum(each.again for each in there),
        sum(each.gone for each in there),
        sum(each.new for each in there),
    )


def _said(recorded: Iterable[Recorded]) -> dict[tuple[str, Field, str], Recorded]:
    found: dict[tuple[str, Field, str], Recorded] = {}
    for each in recorded:
        if current_mark(each.answer) is not None:
            found[each.answer.indicator, "current", each.respondent] = each
        if target_mark(each.answer) is not None:
            found[each.answer.indicator, "target", each.respondent] = each
    return found


def _gave_level(record: Recorded | None, field: Field) -> bool:
    if record is None:
        return False
    mark = current_mark(record.answer) if field == "current" else target_mark(record.answer)
    return mark is not None and not isinstance(mark, State)


def _counted(so_far: Turnover, one: Recorded | None, other: Recorded | None) -> Turnover:
    if other is None:
        return replace(so_far, gone=so_far.gone + 1)
    if one is None:
        return replace(so_far, new=so_far.new + 1)
    if one.sequence == other.sequence:
        return replace(so_far, kept=so_far.kept + 1)
    return replace(so_far, again=so_far.again + 1)
