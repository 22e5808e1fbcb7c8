"""What the organisation promised for a quarter, and what asks for a look today: overdue actions, KPIs, evidence, items without owner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dxassess.assessment.account import Account
from dxassess.assessment.action import Action, Version
from dxassess.assessment.model import Answer, FiscalQuarter, Round
from dxassess.assessment.period import Period
from dxassess.assessment.promises import (
    Ownerless,
    Promise,
    Share,
    StaleEvidence,
    overdue,
    promises,
    stale_evidence,
    without_evidence,
    without_owner,
)
from dxassess.assessment.rhythm import before, quarter_period
from dxassess.catalogue.model import Edition, Indicator
from dxassess.catalogue.narrow import covers, is_pulse
from dxassess.errors import RoundDamaged
from dxassess.storage import Store
from dxassess.usecases.application import Application
from dxassess.usecases.effects import book
from dxassess.usecases.pulse import picture
from dxassess.usecases.result import Standings, standings
from dxassess.usecases.rounds import standing, this_quarter, today

Which = Literal["this", "before"]


@dataclass(frozen=True, slots=True)
class Items:
    """What is said of the items of `base`, the newest closed full round, with the pulses after it laid over: `pulse` is the newest of
    these, None where there is none."""

    base: Round
    edition: Edition
    pulse: Round | None
    stale: Share[StaleEvidence]
    bare: Share[Indicator]
    ownerless: Share[Ownerless]


@dataclass(frozen=True, slots=True)
class Promises:
    """The promises of a quarter and their outcomes; what is overdue or stale today; `items` None while no full round is closed."""

    quarter: FiscalQuarter
    period: Period
    due: tuple[Promise, ...]
    overdue: Share[Action]
    kpis: Share[Account]
    items: Items | None


def promises_of(app: Application, store: Store, which: Which = "this") -> Promises:
    """Of this fiscal quarter, or the one before."""
    now, quarter = today(app, store), this_quarter(app, store)
    if which == "before":
        quarter = before(quarter)
    organisation = store.organisation
    period = quarter_period(quarter, organisation.first_month)
    accounts = [each for each in book(app, store).accounts if each.standing != "retired"]
    stale = tuple(each for each in accounts if each.standing == "stale")
    return Promises(
        quarter,
        period,
        promises(_histories(store), period, organisation.timezone, now),
        overdue(store.actions(), now),
        Share(stale, len(accounts)),
        _items(app, store, now),
    )


def _histories(store: Store) -> Iterator[tuple[Version, ...]]:
    with store.one_moment() as moment:
        for action in moment.actions():
            yield moment.action_versions(action.id)


def _items(app: Application, store: Store, now: date) -> Items | None:
    closed = [found for held in standing(store).closed if (found := _readable(app, store, held))]
    base = next((each for each in reversed(closed) if not is_pulse(each.edition)), None)
    if base is None:
        return None
    edition = base.edition
    told = [each for each in closed if is_pulse(each.edition) or covers(each.edition, edition)]
    told = [each for each in told if each.edition.id == edition.id]
    pulse = next(
        (
            each.held
            for each in reversed(closed[closed.index(base) :])
            if each in told and is_pulse(each.edition)
        ),
        None,
    )
    answers = _answers(app, store, base, pulse)
    return Items(
        base.held,
        edition,
        pulse,
        stale_evidence(edition, [(each.held, each.answers) for each in told], now),
        without_evidence(edition, answers),
        without_owner(edition, answers, store.actions()),
    )


def _answers(app: Application, store: Store, base: Standings, pulse: Round | None) -> Mapping[str, Answer]:
    laid = picture(app, store, base.edition, pulse) if pulse else None
    return laid.answers if laid else base.answers


def _readable(app: Application, store: Store, held: Round) -> Standings | None:
    try:
        return standings(app, store, held)
    except RoundDamaged:
        return None
