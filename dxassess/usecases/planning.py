"""Planning: in which order to raise the indicators, what the next level of one takes, and the actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from dxassess.assessment.action import Action, PlanNode, Status
from dxassess.assessment.model import Answer, Round, State
from dxassess.assessment.path import Goal, Limits, Path, best, currents_of
from dxassess.assessment.priorities import (
    MIDDLE,
    Priority,
    Terms,
    Weights,
    are_tied,
    both,
    ranked,
    stability,
    sub_questions_first,
)
from dxassess.assessment.scoring import exact
from dxassess.assessment.suggestion import GATE
from dxassess.catalogue.model import Bilingual, Edition, Indicator, Level, Option
from dxassess.errors import ActionFinishedAhead, ActionUnknown, RoundDamaged, VotesSecret
from dxassess.storage import Store
from dxassess.usecases.application import Application, edition_of
from dxassess.usecases.outlook import Step, steps_of
from dxassess.usecases.recognition import recognition_of
from dxassess.usecases.result import standings
from dxassess.usecases.rounds import TITLE_LIMIT, today

TOP = 5
WhyNot = Literal["no_level", "no_target"]
Aim = Literal["highest", "mean", "keys"]
AIMS: tuple[Aim, ...] = ("highest", "mean", "keys")


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to begin. `left_out` are indicators that cannot stand in the order, and why; `stable` is the share of weightings in
    which the first five stay the first five; `said` what the organisation says of sections and indicators, by id; `apart` by how many
    levels two people differ, of the indicators that were voted on."""

    held: Round
    edition: Edition
    answers: Mapping[str, Answer]
    order: tuple[Priority, ...]
    left_out: tuple[tuple[Indicator, WhyNot], ...]
    stable: Fraction
    said: Mapping[str, PlanNode]
    apart: Mapping[str, Fraction]

    @property
    def is_tied(self) -> bool:
        """Whether the first ones are no better than those that follow."""
        return are_tied(self.order, self.top)

    @property
    def top(self) -> int:
        """How many are meant by the first ones."""
        return min(TOP, len(self.order))


@dataclass(frozen=True, slots=True)
class NextLevel:
    """What the next level of an indicator takes. `level` is None at the top of the scale, or where there is no level yet.

    `missing` leads to it; `later` are questions of the edition that tell higher levels apart.
    """

    now: Level | None
    level: Level | None
    words: Bilingual | None
    ticked: tuple[Option, ...]
    missing: tuple[Option, ...]
    later: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """The set of actions that was found, and what it does: to the edition's first average, then to each group.

    `items` have a level and are in these values. `is_met`: the goal is reached without any action. `most`: the highest first average
    within the limits where the goal cannot be reached; None where it can, or where not even the limits can be kept.
    """

    path: Path
    steps: tuple[Step, ...]
    items: int
    is_met: bool
    most: Fraction | None

    @property
    def first(self) -> Step:
        """The first average, which the search was about."""
        return self.steps[0]


def plan(app: Application, store: Store, held: Round, weights: Weights) -> Plan:
    """The order of a round's indicators under these weights, from its agreed answers and, once revealed, its votes. RoundDamaged."""
    found = standings(app, store, held)
    edition, answers = found.edition, found.answers
    said = {each.node: each for each in store.plan_nodes(edition.id)}
    apart = _differences(app, store, held)
    currents = currents_of(answers)
    targets = {one: exact(each.target) for one, each in answers.items() if each.target is not None}
    terms = [
        Terms(
            item.id,
            max(Fraction(), targets[item.id] - currents[item.id]),
            apart.get(item.id, Fraction()),
            importance_of(edition, said, item),
            effort_of(said, item),
        )
        for item in edition.scored
        if item.id in currents and item.id in targets
    ]
    own = {one: needed for one, each in said.items() if (needed := _below(each.needs, currents, targets))}
    needs = both(sub_questions_first(edition, currents, targets), own)
    out = tuple(_left_out(edition, answers, currents, targets))
    stable = stability(terms, weights, needs, TOP)
    return Plan(held, edition, answers, tuple(ranked(terms, weights, needs)), out, stable, said, apart)


def importance_of(edition: Edition, said: Mapping[str, PlanNode], item: Indicator) -> int:
    """The indicator's own importance, else that of its group, else the middle; 1–5."""
    own, group = said.get(item.id), edition.group_of.get(item.id)
    over = said.get(group.id) if group else None
    return (own and own.importance) or (over and over.importance) or MIDDLE


def is_important(found: Plan, item: Indicator) -> bool:
    """Whether anybody has said how important an indicator or its group is."""
    group = found.edition.group_of.get(item.id)
    said = (found.said.get(item.id), found.said.get(group.id) if group else None)
    return any(each and each.importance for each in said)


def effort_of(said: Mapping[str, PlanNode], item: Indicator) -> int:
    """How hard the indicator is to raise, 1–5; the middle where nobody has said."""
    own = said.get(item.id)
    return (own and own.effort) or MIDDLE


def next_level(edition: Edition, item: Indicator, answer: Answer | None) -> NextLevel:
    """The next level of the scale with its text; which conditions are ticked and which are not, those that lead there."""
    ticked = answer.conditions if answer else frozenset()
    gates = edition.head.suggestion.gates if edition.head.suggestion else ()
    now = answer.level if answer and answer.state is State.ANSWERED else None
    above = [value for value in edition.scale.values if now is not None and value > now]
    level = above[0] if above else None
    passed = [gate for gate in gates if GATE + gate.id in ticked]
    ahead = [gate for gate in gates if gate not in passed]
    near = [gate for gate in ahead if level is None or gate.level <= level]
    return NextLevel(
        now,
        level,
        item.levels.get(level) if level is not None else None,
        (*(each for each in item.conditions if each.id in ticked), *passed),
        (*(each for each in item.conditions if each.id not in ticked), *near),
        tuple(gate for gate in ahead if gate not in near),
    )


def say_of_node(store: Store, edition: Edition, said: PlanNode, by: str = "") -> None:
    """Say how important a section or indicator is, how hard to raise, and by when its target is to be reached."""
    store.set_plan_node(edition, said, by)


def first_draft(edition: Edition, item: Indicator, title: str) -> Action:
    """An action to begin with: an idea that raises one indicator by one level; a long title is cut to what one may hold."""
    return Action(title[:TITLE_LIMIT], edition.id, {item.id: Decimal(1)})


def as_written(number: float) -> Decimal:
    """A number somebody typed, as it stands there: 0.1 is 1/10."""
    return Decimal(str(number))


def actions_of(store: Store, edition: Edition) -> tuple[Action, ...]:
    """The actions for an edition, in the order they were made."""
    return tuple(action for action in store.actions() if action.edition == edition.id)


def whole_edition(app: Application, store: Store, held: Round) -> Edition:
    """The edition actions belong to, which is the whole of it, also where a round asks one department alone."""
    return app.editions.get(held.edition) or edition_of(store, held)


def keep_action(app: Application, store: Store, edition: Edition, action: Action, by: str = "") -> Action:
    """Keep a new or a changed action; one that is done without a day was done today. The ActionErrors."""
    if action.edition != edition.id:
        raise ActionUnknown
    return store.keep_action(dated(action, today(app, store)), edition, by)


def dated(action: Action, now: date) -> Action:
    """The action with a day on which it was done, where it is done and none was said: today. ActionFinishedAhead."""
    if action.status is not Status.DONE:
        return action
    if action.finished and action.finished > now:
        raise ActionFinishedAhead(day=action.finished)
    return replace(action, finished=action.finished or now)


def goals(edition: Edition) -> tuple[float, float, float]:
    """Between which values a goal may lie, with the usual one, the upper middle of the scale, between them."""
    values = edition.scale.values
    return float(values[0]), float(values[len(values) // 2]), float(values[-1])


def best_way(store: Store, found: Plan, limits: Limits, aim: Aim, floor: Decimal) -> Way:
    """The best set of the edition's actions within the limits: the highest first average, or the cheapest way to bring it, or
    every key question that has a level, to `floor`."""
    edition, answers = found.edition, found.answers
    section = edition.head.averages[0]
    currents = currents_of(answers)
    keys = [item.id for item in edition.scored if item.kind == "key" and item.id in currents]
    floors = {"highest": [], "mean": [section], "keys": keys}[aim]
    goal = Goal(dict.fromkeys(floors, Fraction(floor))) if floors else None
    actions = actions_of(store, edition)
    path = best(edition, currents, actions, section, limits, goal)
    most = None if path.reached or goal is None else best(edition, currents, actions, section, limits)
    steps = tuple(steps_of(edition, answers, path.levels))
    met = bool(goal) and path.reached and not path.chosen
    return Way(path, steps, len(currents), met, most.value if most and most.reached else None)


def overdue(app: Application, store: Store) -> tuple[Action, ...]:
    """Actions that should be done by now."""
    now: date = today(app, store)
    return tuple(action for action in store.actions() if action.is_overdue(now))


def _below(
    needed: Iterable[str], currents: Mapping[str, Fraction], targets: Mapping[str, Fraction]
) -> list[str]:
    """Of what an indicator needs, those that have not reached their own target."""
    return sorted(one for one in needed if one in currents and currents[one] < targets.get(one, 0))


def _differences(app: Application, store: Store, held: Round) -> dict[str, Fraction]:
    """The mean difference of two people by indicator; nothing while the votes are secret."""
    try:
        views = recognition_of(app, store, held)
    except (VotesSecret, RoundDamaged):
        return {}
    return {
        item.indicator: item.differences.mean
        for item in views.first.items
        if item.differences.mean is not None
    }


def _left_out(
    edition: Edition,
    answers: Mapping[str, Answer],
    currents: Mapping[str, Fraction],
    targets: Mapping[str, Fraction],
) -> list[tuple[Indicator, WhyNot]]:
    found: list[tuple[Indicator, WhyNot]] = []
    for item in edition.scored:
        answer = answers.get(item.id)
        if answer is not None and answer.state is State.NOT_APPLICABLE:
            continue
        if item.id not in currents:
            found.append((item, "no_level"))
        elif item.id not in targets:
            found.append((item, "no_target"))
    return found
