"""What a store can be asked and told of the rhythm: the rounds that are planned."""

from __future__ import annotations

from datetime import date

from dxassess.assessment.model import FiscalQuarter, Round
from dxassess.assessment.rhythm import PlannedRound
from dxassess.assessment.voting import MINIMUM
from dxassess.catalogue.model import Edition
from dxassess.errors import MinimumTooSmall
from dxassess.storage import checks, planned, rounds
from dxassess.storage.bound import Bound


class Rhythm(Bound):
    """The part of a store that plans when to measure."""

    def planned_rounds(self) -> tuple[PlannedRound, ...]:
        """All rounds that were ever planned, also those started or dropped, by their day."""
        return self._recalled("planned_rounds", planned.every)

    def keep_planned(self, wanted: PlannedRound, by: str) -> PlannedRound:
        """Keep a new planned round (without id), or a changed one still at the version it was read with; gives it as it is kept.

        PlannedDayTaken, PlannedUnknown, PlannedOver, PlannedChanged, RoundTitleMissing, TextTooLong, TextNotStorable.
        """
        who = checks.short(by)
        with self._writing() as scope:
            return planned.keep(scope, wanted, who)

    def drop_planned(self, planned_id: str, version: int, by: str) -> PlannedRound:
        """Give a planned round up; it stays, marked. PlannedUnknown, PlannedOver, PlannedChanged."""
        who = checks.short(by)
        with self._writing() as scope:
            return planned.drop(scope, planned_id, version, who)

    def settle_planned(self, planned_id: str, version: int, round_id: str, by: str) -> PlannedRound:
        """Mark a planned round as held: as this round, which was started another way.

        RoundUnknown, PlannedUnknown, PlannedOver, PlannedChanged.
        """
        who = checks.short(by)
        with self._writing() as scope:
            return planned.settle(scope, planned_id, version, round_id, who)

    def start_planned(
        self,
        planned_id: str,
        version: int,
        edition: Edition,
        held_on: date,
        quarter: FiscalQuarter,
        previous: str | None,
        by: str,
        named: bool = True,
        anonymity_minimum: int = MINIMUM,
    ) -> Round:
        """Start the round that was planned, once: the round and the mark that it was started, or neither.

        PlannedUnknown, PlannedOver, PlannedChanged, MinimumTooSmall; RoundUnknown for `previous`.
        """
        if anonymity_minimum < MINIMUM:
            raise MinimumTooSmall(minimum=anonymity_minimum, least=MINIMUM)
        who = checks.short(by)
        with self._writing() as scope:
            scope.lock()
            found = planned.waiting(scope, planned_id, version)
            made = rounds.start(
                scope, found.title, edition, held_on, quarter, previous, who, named, anonymity_minimum
            )
            planned.mark_started(scope, planned_id, version, made.id, who)
            return made
