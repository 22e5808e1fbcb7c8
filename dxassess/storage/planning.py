"""What a store can be asked and told of planning: actions, and what is said of sections and indicators."""

from __future__ import annotations

from dxassess.assessment.action import Action, PlanNode
from dxassess.catalogue.model import Edition
from dxassess.storage import checks, plans
from dxassess.storage.bound import Bound


class Planning(Bound):
    """The part of a store that plans."""

    def actions(self) -> tuple[Action, ...]:
        """All actions, in the order they were made."""
        return self._recalled("actions", plans.every)

    def keep_action(self, action: Action, edition: Edition, by: str) -> Action:
        """Keep a new action (without id), or a changed one that is still at the version it was read with; gives it as it is kept.

        `edition` is the one its indicators belong to. The ActionErrors, among them ActionUnknown and ActionChanged.
        """
        who = checks.short(by)
        with self._writing() as scope:
            return plans.keep(scope, action, edition, who)

    def plan_nodes(self, edition: str) -> tuple[PlanNode, ...]:
        """What is said of the sections and indicators of an edition (by its id) when planning."""
        return self._recalled(f"plan_nodes:{edition}", lambda scope: plans.nodes(scope, edition))

    def set_plan_node(self, edition: Edition, said: PlanNode, by: str) -> None:
        """Say how important a section or indicator of an edition is, how hard to raise, by when, and what must come first.

        Nothing at all forgets what was said. Raises IndicatorUnknown, IndicatorCycle.
        """
        who = checks.short(by)
        with self._writing() as scope:
            plans.set_node(scope, edition, said, who)
