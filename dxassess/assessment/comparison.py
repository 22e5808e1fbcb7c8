"""Rounds of one edition side by side: every item in each of them, what rose and fell, which targets were reached.

Exact. Items of all revisions are matched by their id. Levels of different scales, and of different editions, are never subtracted:
`comparison` refuses such columns. An item without a level in one of two rounds has no change between them, and says why by its states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate, groupby, pairwise

from dxassess.assessment.account import done_between
from dxassess.assessment.action import Action
from dxassess.assessment.model import Answer, Round, State
from dxassess.assessment.scoring import (
    Counts,
    Mark,
    NodeScore,
    Scores,
    current_mark,
    exact,
    score,
    target_mark,
)
from dxassess.catalogue.model import Bilingual, Edition, Indicator

MOST = 5
"""How many rises (and falls) are listed; equal ones stand together, so that there can be more."""


@dataclass(frozen=True, slots=True)
class Column:
    """One round: what it asked, the agreed answers by indicator id, and every node's value made of them."""

    held: Round
    edition: Edition
    answers: Mapping[str, Answer]
    today: Scores


@dataclass(frozen=True, slots=True)
class ItemAt:
    """An item in one round. `state` is None where the round did not ask it."""

    state: State | None = None
    level: Fraction | None = None
    target: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item over the rounds, named as in the last round that asked it.

    `at` has one entry per round. `named` are the names it had before, oldest first; `reworded`: its question or a level got other words
    since the first of these rounds that asked it. `gone`: the last round does not ask it.
    """

    item: Indicator
    group: str
    at: tuple[ItemAt, ...]
    named: tuple[Bilingual, ...] = ()
    reworded: bool = False
    gone: bool = False

    @property
    def change(self) -> Fraction | None:
        """The last round's level − the first's; None where either has none."""
        return _minus(self.at[-1].level, self.at[0].level)

    @property
    def steps(self) -> tuple[Fraction | None, ...]:
        """The change from each round to the next."""
        return tuple(_minus(after.level, before.level) for before, after in pairwise(self.at))


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section over the rounds: its values (`at`, None where it has none), and what the first and the last stand on.

    `change` is the difference of these two. `like`: the difference when only the `shared` items count that have a level in both, put
    together as in the last round. None where a value is missing. `alike`: both stand on the same items, put together alike.
    """

    section: str
    at: tuple[Fraction | None, ...]
    first_counts: Counts
    last_counts: Counts
    alike: bool
    shared: int
    like: Fraction | None

    @property
    def first(self) -> Fraction | None:
        """The value in the first round."""
        return self.at[0]

    @property
    def last(self) -> Fraction | None:
        """The value in the last round."""
        return self.at[-1]

    @property
    def revised(self) -> bool:
        """Both stand on the same number of items, all shared: what differs is how a revision puts them together, such as weights."""
        return not self.alike and self.first_counts.n == self.last_counts.n == self.shared

    @property
    def change(self) -> Fraction | None:
        """The last value − the first."""
        return _minus(self.last, self.first)


@dataclass(frozen=True, slots=True)
class Rank:
    """Items that moved by the same number of levels."""

    change: Fraction
    lines: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The items that moved furthest; `more` further ones moved by `then` levels at most (None where all are listed)."""

    ranks: tuple[Rank, ...]
    more: int
    then: Fraction | None


@dataclass(frozen=True, slots=True)
class Finished:
    """An action done between the first and the last round, with the items of these rounds it was to raise."""

    action: Action
    day: date
    lines: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds or more of one edition, oldest first; `edition` is what the last of them asked.

    `lines` are its items in their order, then those only earlier rounds asked. `sections` are its averages and groups, by id.
    """

    edition: Edition
    rounds: tuple[Round, ...]
    lines: tuple[ItemLine, ...]
    sections: Mapping[str, SectionLine]

    @property
    def items(self) -> tuple[ItemLine, ...]:
        """The items of the last round."""
        return tuple(line for line in self.lines if not line.gone)

    @property
    def risen(self) -> tuple[ItemLine, ...]:
        """Items at a higher level than in the first round."""
        return tuple(line for line in self.lines if line.change is not None and line.change > 0)

    @property
    def fallen(self) -> tuple[ItemLine, ...]:
        """Items at a lower level."""
        return tuple(line for line in self.lines if line.change is not None and line.change < 0)

    @property
    def same(self) -> tuple[ItemLine, ...]:
        """Items at the same level."""
        return tuple(line for line in self.lines if line.change == 0)

    @property
    def apart(self) -> tuple[ItemLine, ...]:
        """Items that cannot be compared: they lack a level in the first or the last round."""
        return tuple(line for line in self.lines if line.change is None)


def comparison(columns: Sequence[Column]) -> Comparison:
    """These rounds side by side, in the order given. ValueError for none, and for different editions or scales."""
    if len({(column.edition.id, column.edition.scale.values) for column in columns}) != 1:
        raise ValueError([column.held.id for column in columns])
    last = columns[-1].edition
    earlier = [item.id for column in columns for item in column.edition.scored]
    asked = dict.fromkeys((*(item.id for item in last.scored), *earlier))
    return Comparison(
        last,
        tuple(column.held for column in columns),
        tuple(_line(columns, one) for one in asked),
        _sections(columns),
    )


def ranking(lines: Iterable[ItemLine], most: int = MOST) -> Ranking:
    """Items that moved one way, the furthest first, equal ones together: at least `most` items where there are so many, no tie ever cut.

    Items without a change stay out.
    """
    moved = [(line.change, line) for line in lines if line.change is not None]
    moved.sort(key=lambda each: -abs(each[0]))
    ranks = [
        Rank(change, tuple(line for _, line in tied))
        for change, tied in groupby(moved, key=lambda each: each[0])
    ]
    before = accumulate((len(rank.lines) for rank in ranks), initial=0)
    shown = [rank for rank, listed in zip(ranks, before, strict=False) if listed < most]
    left = ranks[len(shown) :]
    return Ranking(tuple(shown), sum(len(rank.lines) for rank in left), abs(left[0].change) if left else None)


def finished_between(actions: Iterable[Action], found: Comparison) -> tuple[Finished, ...]:
    """The edition's actions that were done after the first round's day, up to the last one's; the earliest first.

    It tells no cause: an item can move for other reasons, and be raised by several actions.
    """
    since, until = found.rounds[0].held_on, found.rounds[-1].held_on
    return tuple(
        Finished(action, day, tuple(line for line in found.lines if line.item.id in action.lifts))
        for day, action in done_between(actions, found.edition.id, since, until)
    )


def _line(columns: Sequence[Column], indicator: str) -> ItemLine:
    asking = [column for column in columns if indicator in column.edition.group_of]
    seen = [column.edition.indicators[indicator] for column in asking]
    newest = seen[-1]
    titles = {(each.title.ja, each.title.en): each.title for each in seen if each.title != newest.title}
    return ItemLine(
        newest,
        asking[-1].edition.group_of[indicator].id,
        tuple(_at(column, indicator) for column in columns),
        tuple(titles.values()),
        (seen[0].question, seen[0].levels) != (newest.question, newest.levels),
        asking[-1] is not columns[-1],
    )


def _at(column: Column, indicator: str) -> ItemAt:
    if indicator not in column.edition.group_of:
        return ItemAt()
    answer = column.answers.get(indicator, Answer(indicator))
    return ItemAt(answer.state, _number(current_mark(answer)), _number(target_mark(answer)))


def _number(mark: Mark | None) -> Fraction | None:
    return None if mark is None or isinstance(mark, State) else exact(mark)


def _sections(columns: Sequence[Column]) -> dict[str, SectionLine]:
    """Each average and group of the last round over all of them."""
    first, last = columns[0], columns[-1]
    both: dict[str, tuple[Fraction, Fraction]] = {}
    for item in last.edition.scored:
        before, after = _at(first, item.id).level, _at(last, item.id).level
        if before is not None and after is not None:
            both[item.id] = before, after
    like = [score(last.edition, {one: [pair[end]] for one, pair in both.items()}) for end in (0, 1)]
    return {
        section: _section(columns, section, (like[0][section], like[1][section]))
        for section in dict.fromkeys((*last.edition.head.averages, *last.edition.head.groups))
    }


def _section(columns: Sequence[Column], section: str, like: tuple[NodeScore, NodeScore]) -> SectionLine:
    nodes = [column.today.get(section) for column in columns]
    first, last = (node.counts if node else Counts() for node in (nodes[0], nodes[-1]))
    values = tuple(node.value if node else None for node in nodes)
    shared, change = like[1].counts.n, _minus(like[1].value, like[0].value)
    alike = first.n == last.n == shared and _minus(values[-1], values[0]) == change
    return SectionLine(section, values, first, last, alike, shared, change)


def _minus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other
