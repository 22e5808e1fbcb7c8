"""What the organisation promised for a quarter, and what asks for a look today: overdue actions, KPIs, evidence, items without owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dxassess.assessment.account import Account
from dxassess.assessment.action import Action, Version
from dxassess.assessment.carried import Carried
from dxassess.assessment.model import FiscalQuarter, Round
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
from dxassess.catalogue.narrow import is_pulse
from dxassess.storage import Store
from dxassess.usecases.application import Application
from dxassess.usecases.effects import book
from dxassess.usecases.pulse import bases, newest_picture
from dxassess.usecases.result import sound_standings, standings
from dxassess.usecases.rounds import standing, this_quarter, today

Which = Literal["this", "before"]


@dataclass(frozen=True, slots=True)
class Items:
    """What is said of the items of `base`, the newest closed full round, with the pulses and the rounds for one section after it laid
    over. `sources`: from which rounds how many of the levels are then, the newest first; empty where all are those of `base`."""

    base: Round
    edition: Edition
    sources: tuple[tuple[Round, int], ...]
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
    closed = [found for held in standing(store).closed if (found := sound_standings(app, store, held))]
    newest = next((each.held.edition for each in reversed(closed) if not is_pulse(each.edition)), "")
    stand = bases(store, [each.held for each in closed], newest)
    if not stand:
        return None
    base = standings(app, store, stand[-1])
    edition, laid = base.edition, newest_picture(app, store, base)
    answers = laid.answers if laid else base.answers
    told = [(each.held, each.answers) for each in closed if each.edition.id == edition.id]
    return Items(
        base.held,
        edition,
        _sources(base.held, edition, laid) if laid else (),
        stale_evidence(edition, told, now),
        without_evidence(edition, answers),
        without_owner(edition, answers, store.actions()),
    )


def _sources(base: Round, edition: Edition, laid: Carried) -> tuple[tuple[Round, int], ...]:
    root = laid.nodes[edition.head.tree.id]
    found = tuple(each for each in ((laid.held, root.measured), *root.sources) if each[1])
    return found if any(held.id != base.id for held, _ in found) else ()
