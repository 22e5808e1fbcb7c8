"""The rhythm: the fiscal year with what was held and is planned, the next round, and how a planned one is kept and started."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dxassess.assessment.model import FiscalQuarter, Round, local_day
from dxassess.assessment.rhythm import (
    AHEAD,
    EARLIEST,
    PlannedRound,
    Quarter,
    ahead,
    check_day,
    done_as,
    fiscal_year,
    fitting_days,
)
from dxassess.assessment.voting import MINIMUM
from dxassess.storage import Store
from dxassess.usecases.application import Application
from dxassess.usecases.pulse import checked_items, full_rounds, pulse_edition, without_pulses
from dxassess.usecases.rounds import (
    Standing,
    last_like,
    named_round,
    quarter_for,
    standing,
    this_quarter,
    today,
)

RECORDS = 50
"""How many of the newest records are looked at for the day they were made."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The fiscal year of `today` by quarters; `now` is today's quarter, `share` how much of the year is over, in whole per cent.

    `waiting` are the planned rounds by day, `done` those (by id) that may have been held as a round started another way, `days` where further rounds would fit; `clock_back` is the day of the newest record
    where it lies after today.
    """

    today: date
    now: FiscalQuarter
    quarters: tuple[Quarter, ...]
    share: int
    waiting: tuple[PlannedRound, ...]
    days: tuple[date, ...]
    where: Standing
    clock_back: date | None
    done: Mapping[str, Round] = field(default_factory=dict)

    @property
    def next(self) -> PlannedRound | None:
        """The planned round that comes first, of those that were not held another way."""
        return next((each for each in self.waiting if each.id not in self.done), None)


def rhythm(app: Application, store: Store) -> Rhythm:
    """Where the organisation stands in its fiscal year."""
    now, quarter, where = today(app, store), this_quarter(app, store), standing(store)
    month = store.organisation.first_month
    whole = without_pulses(store, where.rounds)
    full = full_rounds(store, where.rounds, app.editions.values())
    pulses = tuple(held for held in where.rounds if held not in whole)
    sections = tuple(held for held in whole if held not in full)
    planned = store.planned_rounds()
    year = fiscal_year(quarter.year, month, full, pulses, planned, sections)
    first, last = year[0].period.first, year[-1].period.last
    share = 100 * ((now - first).days + 1) // ((last - first).days + 1)
    days = fitting_days(now, month, full, pulses, planned, sections)
    back = _clock_back(store, where, now)
    done = _done(store, planned, full, pulses)
    return Rhythm(now, quarter, year, share, ahead(planned), days, where, back, done)


def next_planned(app: Application, store: Store) -> PlannedRound | None:
    """The planned round that comes first, of those that were not held another way."""
    return rhythm(app, store).next


def plan_round(app: Application, store: Store, wanted: PlannedRound, by: str = "") -> PlannedRound:
    """Plan a round, or change one that is planned. It is one of an edition at hand, on a day from 2000 to three years ahead.

    EditionUnknown, RoundTitleMissing, TextTooLong, TextNotStorable, and the RhythmErrors.
    """
    check_day(wanted.day, today(app, store))
    edition = app.edition(wanted.edition)
    if wanted.kind == "pulse":
        checked_items(edition, wanted.items)
        order = [item.code for item in edition.scored]
        items = tuple(sorted(set(wanted.items), key=order.index))
    else:
        items = ()
    return store.keep_planned(replace(wanted, items=items, title=" ".join(wanted.title.split())), by)


def drop_planned(store: Store, planned: PlannedRound, by: str = "") -> None:
    """Give a planned round up. PlannedUnknown, PlannedOver, PlannedChanged."""
    store.drop_planned(planned.id, planned.version, by)


def settle_planned(store: Store, planned: PlannedRound, held: Round, by: str = "") -> None:
    """Say that a planned round was held as this one. RoundUnknown, PlannedUnknown, PlannedOver, PlannedChanged."""
    store.settle_planned(planned.id, planned.version, held.id, by)


def start_planned(
    app: Application,
    store: Store,
    planned: PlannedRound,
    by: str = "",
    *,
    named: bool = True,
    minimum: int = MINIMUM,
) -> Round:
    """Start a planned round today, whatever day it was planned for, and only once. `named` and `minimum` as in `start_round`.

    EditionUnknown, TextTooLong, MinimumTooSmall, and the RhythmErrors: of a pulse what `pulse_edition` raises.
    """
    now = today(app, store)
    named_round(app, store, planned.title, now)
    if planned.kind == "pulse":
        asked = pulse_edition(app, store, planned.edition, planned.items)
    else:
        asked = app.edition(planned.edition)
    quarter, previous = quarter_for(store, now), last_like(store, asked)
    place = (planned.id, planned.version)
    return store.start_planned(*place, asked, now, quarter, previous, by, named, minimum)


def planning_days(app: Application, store: Store) -> tuple[date, date]:
    """The first and the last day a round can be planned for."""
    return EARLIEST, today(app, store) + AHEAD


def _done(
    store: Store, planned: Sequence[PlannedRound], full: Sequence[Round], pulses: Sequence[Round]
) -> dict[str, Round]:
    """The planned rounds, by id, that may have been held as a round started another way; each round stands for one of them."""
    taken = {each.round for each in planned}
    organisation = store.organisation
    found: dict[str, Round] = {}
    for each in ahead(planned):
        assert each.made
        rounds = [held for held in (pulses if each.kind == "pulse" else full) if held.id not in taken]
        since = min(each.day, local_day(each.made, organisation.timezone))
        held = done_as(each, rounds, since, organisation.first_month)
        if held:
            found[each.id] = held
            taken.add(held.id)
    return found


def _clock_back(store: Store, where: Standing, now: date) -> date | None:
    """The day of the newest record, where the clock of the computer says it is still to come by more than a day."""
    known = [event.recorded for event in store.events(RECORDS)]
    known += [held.closed_at for held in where.closed if held.closed_at]
    if not known:
        return None
    day = local_day(max(known), store.organisation.timezone)
    return day if day > now + timedelta(days=1) else None
