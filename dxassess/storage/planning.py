"""What a store can be asked and told of planning: actions, and what is said of sections and indicators."""

from __future__ import annotations

from collections.abc import Sequence

from dxassess.assessment.action import Action, Note, PlanNode, Version
from dxassess.catalogue.model import Edition
from dxassess.errors import ActionNoteMissing
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
        return self.keep_actions([action], edition, by)[0]

    def keep_actions(self, wanted: Sequence[Action], edition: Edition, by: str) -> tuple[Action, ...]:
        """Keep several actions as `keep_action` does, all or none; those without a version are new.

        New ones may name each other by ids made up for it. As `keep_action`; of several that cannot be kept the first is named.
        """
        who = checks.short(by)
        with self._writing() as scope:
            return plans.keep(scope, wanted, edition, who)

    def action_versions(self, action: str) -> tuple[Version, ...]:
        """Every version of an action as it was kept, oldest first; none of one that is not there."""
        with self._reading() as scope:
            return plans.versions(scope, action)

    def notes(self, action: str) -> tuple[Note, ...]:
        """What was written about how an action goes, newest first."""
        with self._reading() as scope:
            return plans.notes(scope, action)

    def add_note(self, action: str, text: str, by: str) -> None:
        """Write how an action goes; what is written stays. ActionNoteMissing, ActionUnknown, TextTooLong, TextNotStorable."""
        kept, who = checks.storable(text).strip(), checks.short(by)
        if not kept:
            raise ActionNoteMissing
        with self._writing() as scope:
            plans.add_note(scope, action, kept, who)

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
