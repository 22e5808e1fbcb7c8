"""What a company does to raise its levels. One action serves many indicators; money is in yen, effort in person-days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from dxassess.assessment.circles import way
from dxassess.assessment.names import seen
from dxassess.catalogue.model import Edition
from dxassess.errors import (
    ActionAmountUnlikely,
    ActionCostNegative,
    ActionCycle,
    ActionDatesReversed,
    ActionDayUnlikely,
    ActionError,
    ActionLiftUnlikely,
    ActionLinkUnknown,
    ActionNotOfEdition,
    ActionReasonMissing,
    ActionTitleMissing,
    IndicatorCycle,
    IndicatorUnknown,
)


class Status(StrEnum):
    """How far an action is. A stopped one says why."""

    IDEA = "idea"
    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    STOPPED = "stopped"


UNDER_WAY = (Status.PLANNED, Status.DOING)
AHEAD = (Status.IDEA, Status.PLANNED, Status.DOING)
"""What may still be chosen: neither done nor given up."""
MOST_DAYS, MOST_YEN = 1_000_000, 10**15 - 1
"""Amounts beyond which somebody mistyped: person-days; yen, and the change of a KPI."""
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `lifts`: by how many levels it is expected to raise each indicator, by id.

    `effort` in person-days, `one_off` and `yearly` in yen; None where nobody has said. `needs`: actions that must be done as
    well; `excludes`: actions of which only one is done. `finished`: the day a done one was done. `effects`: by how much it is
    expected to change a KPI (by id) in each of its periods, in the KPI's unit, with its sign. `id` and `number` are the store's;
    `version` rises with each change.
    """

    title: str
    edition: str
    lifts: Mapping[str, Decimal] = field(default_factory=dict)
    status: Status = Status.IDEA
    owner: str = ""
    department: str = ""
    start: date | None = None
    due: date | None = None
    effort: Decimal | None = None
    one_off: int | None = None
    yearly: int | None = None
    needs: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()
    reason: str = ""
    finished: date | None = None
    effects: Mapping[str, Decimal] = field(default_factory=dict)
    id: str = ""
    number: int = 0
    version: int = 0

    @property
    def first_year(self) -> int:
        """What it costs in its first year, in yen; what nobody has said counts as nothing."""
        return (self.one_off or 0) + (self.yearly or 0)

    def is_overdue(self, today: date) -> bool:
        """Whether it should be done by now and is not. An idea promises nothing yet."""
        return self.status in UNDER_WAY and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote about how an action goes; `when` in UTC."""

    text: str
    who: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """An action as somebody kept it; `when` in UTC."""

    action: Action
    who: str
    when: datetime


@dataclass(frozen=True, slots=True)
class PlanNode:
    """What an organisation says of a section or an indicator (by its id) when it plans: how important it is and how hard to
    raise, 1 (low) to 5 (high), by when its target is to be reached, and which indicators must come before it. None: nothing said."""

    node: str
    importance: int | None = None
    effort: int | None = None
    due: date | None = None
    needs: frozenset[str] = frozenset()


def checked(
    action: Action, edition: Edition, others: Iterable[Action], before: Action | None = None
) -> Action:
    """The action, where it can be kept beside the `others` of the organisation; otherwise the first of its `faults`."""
    for fault in faults(action, edition, others, before):
        raise fault
    return action


def faults(
    action: Action, edition: Edition, others: Iterable[Action], before: Action | None = None
) -> Iterator[ActionError]:
    """Everything for which an action cannot be kept beside the `others` of the organisation.

    `before` is the action as it is kept now: an indicator it raised then may have left the edition since.
    """
    if not seen(action.title):
        yield ActionTitleMissing()
    yield from _faults_of_days(action)
    yield from _faults_of_amounts(action)
    if action.status is Status.STOPPED and not seen(action.reason):
        yield ActionReasonMissing()
    yield from _faults_of_lifts(action, edition, before.lifts if before else {})
    yield from _faults_of_links(action, {other.id: other for other in others if other.id != action.id})


def _faults_of_days(action: Action) -> Iterator[ActionError]:
    for day in (action.start, action.due, action.finished):
        if day and not EARLIEST <= day <= LATEST:
            yield ActionDayUnlikely(day=day, earliest=EARLIEST, latest=LATEST)
    if action.start and action.due and action.due < action.start:
        yield ActionDatesReversed(start=action.start, due=action.due)


def _faults_of_amounts(action: Action) -> Iterator[ActionError]:
    said: list[tuple[Decimal | int | None, int]] = [
        (action.effort, MOST_DAYS),
        (action.one_off, MOST_YEN),
        (action.yearly, MOST_YEN),
    ]
    for amount, most in said:
        if amount is not None and not _within(amount, most):
            yield ActionAmountUnlikely(amount=amount, most=most)
        elif amount is not None and amount < 0:
            yield ActionCostNegative(amount=amount)
    for change in action.effects.values():
        if not _within(change, MOST_YEN):
            yield ActionAmountUnlikely(amount=change, most=MOST_YEN)


def _within(amount: Decimal | int, most: int) -> bool:
    return Decimal(amount).is_finite() and abs(Decimal(amount)) <= most


def checked_node(said: PlanNode, edition: Edition, others: Iterable[PlanNode]) -> PlanNode:
    """What is said of a node, where it can be kept beside what was said before, of it and of the others.

    Raises IndicatorUnknown where what it newly needs is no scored indicator of the edition, IndicatorCycle where an indicator would have to
    come before itself; a key question comes after its sub-questions in any case.
    """
    before = {other.node: other.needs for other in others}
    needs = {node: set(those) for node, those in before.items() if node != said.node}
    scored = {item.id: item.code for item in edition.scored}
    for item in edition.scored:
        if item.parent:
            needs.setdefault(item.parent, set()).add(item.id)
    for need in sorted(said.needs - before.get(said.node, frozenset())):
        if need not in scored or said.node not in scored:
            raise IndicatorUnknown(edition=edition.id, indicator=need)
        circle = [] if need == said.node else way(need, said.node, needs)
        if circle is not None:
            raise IndicatorCycle(codes=[scored.get(each, each) for each in (said.node, *circle)])
    return said


def refusals(
    wanted: Sequence[Action], edition: Edition, others: Iterable[Action]
) -> list[tuple[Action, ActionError]]:
    """Which of these actions cannot be kept together, with everything for which; none where all can.

    `others` are those of the organisation as they stand; a wanted one takes the place of the one with its id. New ones may name
    each other by ids that nobody else has.
    """
    before = {other.id: other for other in others}
    together = {**before, **{action.id: action for action in wanted}}.values()
    return [
        (action, fault)
        for action in wanted
        for fault in faults(action, edition, together, before.get(action.id))
    ]


def by_day(actions: Iterable[Action]) -> tuple[list[Action], list[Action]]:
    """The actions with a day, earliest first by their start (or else their due day), and those without any."""
    known = list(actions)
    dated = [action for action in known if action.start or action.due]
    dated.sort(key=lambda action: (action.start or action.due, action.due or action.start))
    return dated, [action for action in known if not (action.start or action.due)]


FIELDS = tuple(
    name for name in Action.__dataclass_fields__ if name not in ("edition", "id", "number", "version")
)
"""What people say of an action, in this order."""


def differing(before: Action, after: Action) -> tuple[str, ...]:
    """The names of the fields in which two versions of an action differ."""
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))


def _faults_of_lifts(
    action: Action, edition: Edition, before: Mapping[str, Decimal]
) -> Iterator[ActionError]:
    scored = {indicator.id for indicator in edition.scored}
    span = edition.scale.values[-1] - edition.scale.values[0]
    for indicator, lift in action.lifts.items():
        if before.get(indicator) == lift and action.edition == edition.id:
            continue
        if action.edition != edition.id or indicator not in scored:
            yield ActionNotOfEdition(indicator=indicator, edition=edition.id)
        elif not lift.is_finite() or not 0 < lift <= span:
            yield ActionLiftUnlikely(indicator=edition.indicators[indicator].code, lift=lift, most=span)


def _faults_of_links(action: Action, others: Mapping[str, Action]) -> Iterator[ActionError]:
    if not action.needs | action.excludes <= others.keys():
        yield ActionLinkUnknown()
    needs = {each: other.needs for each, other in others.items()}
    circles = (way(need, action.id, needs) for need in sorted(action.needs))
    circle = next(filter(None, circles), None)
    if circle:
        yield ActionCycle(titles=[action.title, *(others[each].title for each in circle)])
