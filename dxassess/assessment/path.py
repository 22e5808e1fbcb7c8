"""Which actions to take: the set that lifts an average most within what there is, or reaches a goal at least cost.

Solved exactly, as a mixed-integer programme, by HiGHS (https://highs.dev; Huangfu and Hall, "Parallelizing the dual revised
simplex method", Mathematical Programming Computation 10, 2018).

What actions add to an indicator adds up and ends at the top of the scale. Indicators without a level today count nowhere, as in
every mean. The tree is the edition's own: `mean`, `weighted_mean`, `sum` and `min` alike. Costs are those of the first year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dxassess.assessment.action import AHEAD, Action, Status
from dxassess.assessment.left_out import LeftOut, Limits, is_late, left_out, lifted
from dxassess.assessment.model import Answer, State
from dxassess.assessment.scoring import exact, operands, score
from dxassess.catalogue.model import Edition, Section

__all__ = ["Goal", "LeftOut", "Limits", "Path", "best", "currents_of", "lifted", "value_of"]

THOUSAND = 1_000
TOLERANCE = 1e-6
"""HiGHS works in floating-point numbers, to this accuracy; the result is computed again exactly."""
DAY, ONE_MORE = 1.0, 0.5
"""What a person-day and a further action count for in yen: of sets that cost the same, the one with less work is the cheaper."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A floor to reach: sections (by id) and indicators (by id) and the value each must have at least."""

    floors: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Path:
    """The actions to take, what they cost, and the levels they lead to, exactly.

    `reached` is False where no set of actions reaches the goal within the limits; then nothing is chosen.
    """

    chosen: tuple[Action, ...]
    left_out: tuple[LeftOut, ...]
    yen: int
    days: Decimal
    levels: Mapping[str, Fraction]
    value: Fraction | None
    reached: bool = True


def currents_of(answers: Mapping[str, Answer]) -> dict[str, Fraction]:
    """The levels of today by indicator id, of those that have one."""
    return {
        one: exact(answer.level)
        for one, answer in answers.items()
        if answer.state is State.ANSWERED and answer.level is not None
    }


def value_of(edition: Edition, levels: Mapping[str, Fraction], section: str) -> Fraction | None:
    """The value of a section at these levels; None where none below it has a level."""
    return score(edition, {one: [level] for one, level in levels.items()})[section].value


def best(
    edition: Edition,
    currents: Mapping[str, Fraction],
    actions: Sequence[Action],
    section: str,
    limits: Limits,
    goal: Goal | None = None,
) -> Path:
    """The set of actions that lifts `section` most within `limits`, the cheapest of those that lift it as much.

    With a `goal`, the cheapest set that reaches it, and of those that cost the same the one that lifts `section` most.
    Actions that are done are in the levels already; stopped ones are left alone.
    """
    open_ones = [action for action in actions if action.status in AHEAD]
    done = [action for action in actions if action.status is Status.DONE]
    offered = [action for action in open_ones if not is_late(action, limits)]
    model = _Model(edition, currents, offered, done, limits, goal)
    taken = model.cheapest(section) if goal else model.highest(section)
    chosen = [] if taken is None else [action for action in offered if action.id in taken]
    levels = lifted(edition, currents, chosen)
    return Path(
        tuple(chosen),
        tuple(left_out(edition, currents, open_ones, chosen, done, limits)),
        sum(action.first_year for action in chosen),
        sum((action.effort or Decimal() for action in chosen), Decimal()),
        levels,
        value_of(edition, levels, section),
        taken is not None,
    )


class _Model:
    """The programme: a binary for each action, what each indicator gains, and the value of each section above them."""

    def __init__(
        self,
        edition: Edition,
        currents: Mapping[str, Fraction],
        offered: Sequence[Action],
        done: Sequence[Action],
        limits: Limits,
        goal: Goal | None,
    ) -> None:
        import highspy

        self.status = highspy.HighsModelStatus
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.silent()
        self.solver.setOptionValue("mip_rel_gap", 0.0)
        self.solver.setOptionValue("mip_abs_gap", 1e-9)
        self.edition, self.currents, self.offered = edition, currents, offered
        self.take = {action.id: self.solver.addBinary() for action in offered}
        self._link(done, limits.running)
        self.value: dict[str, Any] = {}
        self._levels()
        self._sections()
        self.cost = self._total({action.id: _weighed(action) / THOUSAND for action in offered})
        self.effort = self.cost + ONE_MORE / THOUSAND * self.solver.qsum(self.take.values())
        self._bound(limits, goal)

    def _total(self, amounts: Mapping[str, float]) -> Any:
        return self.solver.qsum(amount * self.take[one] for one, amount in amounts.items()) + 0.0

    def _link(self, done: Sequence[Action], running: bool) -> None:
        is_done = {action.id for action in done}
        barred = {other for action in done for other in action.excludes}
        for action in self.offered:
            if action.id in barred:
                self.solver.addConstr(self.take[action.id] <= 0)
            if running and action.status is Status.DOING:
                self.solver.addConstr(self.take[action.id] >= 1)
            for need in action.needs - is_done:
                if need in self.take:
                    self.solver.addConstr(self.take[action.id] <= self.take[need])
                else:
                    self.solver.addConstr(self.take[action.id] <= 0)
            for other in action.excludes:
                if other in self.take:
                    self.solver.addConstr(self.take[action.id] + self.take[other] <= 1)
                elif other in is_done:
                    self.solver.addConstr(self.take[action.id] <= 0)

    def _levels(self) -> None:
        top = exact(self.edition.scale.values[-1])
        for one, level in self.currents.items():
            lifts = {action.id: float(action.lifts[one]) for action in self.offered if one in action.lifts}
            gain = self.solver.addVariable(lb=0.0, ub=float(top - level))
            self.solver.addConstr(gain <= self._total(lifts))
            self.value[one] = gain + float(level)

    def _sections(self) -> None:
        """What is maximised pushes every value up, so that `at most` is enough to make it exact."""
        scores = score(self.edition, {one: [level] for one, level in self.currents.items()})
        for section in reversed(list(self.edition.head.tree.walk())):
            parts = [node for node in operands(self.edition, section, scores) if node.value is not None]
            if parts:
                self.value[section.id] = self._aggregate(section, {p.id: p.weight for p in parts})

    def _aggregate(self, section: Section, weights: Mapping[str, Fraction]) -> Any:
        if section.aggregate == "min":
            least = self.solver.addVariable(lb=-self.solver.inf)
            for part in weights:
                self.solver.addConstr(least <= self.value[part])
            return least + 0.0
        if section.aggregate == "weighted_mean":
            divisor = float(sum(weights.values()))
            return (
                self.solver.qsum(float(w) / divisor * self.value[part] for part, w in weights.items()) + 0.0
            )
        divisor = len(weights) if section.aggregate == "mean" else 1
        return self.solver.qsum((1 / divisor) * self.value[part] for part in weights) + 0.0

    def _bound(self, limits: Limits, goal: Goal | None) -> None:
        if limits.yen is not None:
            yen = self._total({action.id: action.first_year / THOUSAND for action in self.offered})
            self.solver.addConstr(yen <= limits.yen / THOUSAND)
        if limits.days is not None:
            days = self._total({action.id: float(action.effort or 0) for action in self.offered})
            self.solver.addConstr(days <= float(limits.days))
        for one, floor in (goal.floors if goal else {}).items():
            if one in self.value:
                self.solver.addConstr(self.value[one] >= float(floor) - TOLERANCE)

    def highest(self, section: str) -> set[str] | None:
        """The actions that lift the section most, and of such sets the one that costs least."""
        if section not in self.value:
            return set()
        return self._in_turn((self.value[section], True), (self.effort, False))

    def cheapest(self, section: str) -> set[str] | None:
        """The actions that cost least, and of such sets the one that lifts the section most."""
        highest = [(self.value[section], True)] if section in self.value else []
        return self._in_turn((self.cost, False), *highest, (self.effort, False))

    def _in_turn(self, *aims: tuple[Any, bool]) -> set[str] | None:
        """One aim after the other, each kept while the next is sought, from what was found so far."""
        taken: set[str] = set()
        for aim, is_up in aims:
            (self.solver.maximize if is_up else self.solver.minimize)(aim)
            if self.solver.getModelStatus() != self.status.kOptimal:
                return None
            found = self.solver.getInfo().objective_function_value
            so_far = self.solver.getSolution()
            taken = {one for one, each in self.take.items() if self.solver.val(each) > 0.5}
            self.solver.addConstr(aim >= found - TOLERANCE if is_up else aim <= found + TOLERANCE)
            self.solver.setSolution(so_far)
        return taken


def _weighed(action: Action) -> float:
    return action.first_year + DAY * float(action.effort or 0)
