"""Rounds: start, close, reopen, and what to do next."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dxassess.assessment.model import Event, FiscalQuarter, Round, fiscal_quarter, local_day
from dxassess.assessment.voting import MINIMUM, Phase
from dxassess.catalogue.model import Edition
from dxassess.catalogue.narrow import as_asked, covers, narrowed
from dxassess.errors import RoundDateUnlikely, RoundTitleMissing, TextTooLong
from dxassess.storage import Store
from dxassess.usecases.application import Application, edition_of

TITLE_LIMIT = 120
MINIMUM_LIMIT = 50
EARLIEST = date(2000, 1, 1)
AHEAD = timedelta(days=366)

NextStep = Literal[
    "create_organisation",
    "start_first_round",
    "answer_first",
    "answer",
    "collect_votes",
    "talk",
    "close",
    "look",
    "look_and_start_next",
    "start_planned",
]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an organisation stands: its rounds in order, the open one, the newest closed one."""

    rounds: tuple[Round, ...]

    @property
    def running(self) -> Round | None:
        """The newest open round."""
        return self.open[-1] if self.open else None

    @property
    def last_closed(self) -> Round | None:
        return next((held for held in reversed(self.rounds) if held.closed), None)

    @property
    def open(self) -> tuple[Round, ...]:
        return tuple(held for held in self.rounds if not held.closed)

    @property
    def closed(self) -> tuple[Round, ...]:
        return tuple(held for held in self.rounds if held.closed)

    def named(self, round_id: str | None) -> Round | None:
        """The round of that id, or None."""
        return next((held for held in self.rounds if held.id == round_id), None)


def standing(store: Store) -> Standing:
    """All rounds of the organisation, in order of the day they were held."""
    return Standing(store.rounds())


def today(app: Application, store: Store) -> date:
    """Today, where the organisation is."""
    return local_day(app.now(), store.organisation.timezone)


def quarter_for(store: Store, day: date) -> FiscalQuarter:
    """The fiscal quarter of a day by the organisation's own year."""
    return fiscal_quarter(day, store.organisation.first_month)


def this_quarter(app: Application, store: Store) -> FiscalQuarter:
    """The fiscal quarter of today, where the organisation is."""
    return quarter_for(store, today(app, store))


def months_of(store: Store, quarter: FiscalQuarter) -> tuple[int, int]:
    """The first and the last month, 1–12, of a fiscal quarter of the organisation."""
    before = store.organisation.first_month - 1 + 3 * (quarter.quarter - 1)
    return before % 12 + 1, (before + 2) % 12 + 1


def start_round(
    app: Application,
    store: Store,
    edition_id: str,
    title: str,
    held_on: date,
    previous: str | None,
    by: str = "",
    *,
    named: bool = True,
    minimum: int = MINIMUM,
    section: str | None = None,
) -> Round:
    """Start a round with the edition's texts of today; `previous` is the round whose answers are offered as "last time".

    With a `section` (by id) the round asks that section alone, such as one department.
    An anonymous round (`named=False`) shows no group of fewer than `minimum` people (`MINIMUM` or more). Raises EditionUnknown,
    RoundTitleMissing, TextTooLong, RoundUnknown, RoundDateUnlikely (before 2000 or over a year ahead), MinimumTooSmall.
    """
    clean = named_round(app, store, title, held_on)
    quarter = quarter_for(store, held_on)
    whole = app.edition(edition_id)
    edition = narrowed(whole, section) if section else whole
    return store.start_round(clean, edition, held_on, quarter, previous, by, named, minimum)


def last_like(store: Store, edition: Edition) -> str | None:
    """The newest closed round (its id) that asked what this edition asks, or more; None where there is none."""
    closed = reversed(standing(store).closed)
    return next((held.id for held in closed if covers(edition_of(store, held), edition)), None)


def editions_to_choose(app: Application, store: Store) -> dict[str, Edition]:
    """The editions a round can be started with, by id: that of the newest round first, published ones before one's own."""
    rounds = standing(store).rounds
    last = rounds[-1].edition if rounds else None
    found = sorted(
        app.editions.values(), key=lambda each: (each.id != last, each.head.status == "own", each.id)
    )
    return {edition.id: edition for edition in found}


def correct_round(
    app: Application, store: Store, held: Round, title: str, held_on: date, by: str = ""
) -> Round:
    """Give an open round another title and day; the quarter follows from the day. Before and after stay in the log.

    Raises RoundTitleMissing, TextTooLong, RoundDateUnlikely, RoundClosed, RoundChanged when somebody else was first.
    """
    return store.correct_round(held.id, held.version, named_round(app, store, title, held_on), held_on, by)


def named_round(app: Application, store: Store, title: str, held_on: date) -> str:
    """The title as it is kept, where title and day are such as a round can have. RoundTitleMissing, TextTooLong, RoundDateUnlikely."""
    clean = " ".join(unicodedata.normalize("NFC", title).split())
    if not clean:
        raise RoundTitleMissing
    if len(clean) > TITLE_LIMIT:
        raise TextTooLong(length=len(clean), limit=TITLE_LIMIT)
    latest = today(app, store) + AHEAD
    if not EARLIEST <= held_on <= latest:
        raise RoundDateUnlikely(date=held_on, earliest=EARLIEST, latest=latest)
    return clean


def close_round(store: Store, held: Round, by: str) -> Round:
    """Freeze a round. Raises RoundChanged when somebody else was first."""
    return store.close_round(held.id, held.version, by)


def reopen_round(store: Store, held: Round, by: str, reason: str) -> Round:
    """Open a closed round again; the reason stays in the log. Raises RoundReasonMissing, RoundChanged."""
    return store.reopen_round(held.id, held.version, by, reason)


def reopenings(store: Store, held: Round) -> tuple[Event, ...]:
    """When a round was opened again, oldest first; the reason stands in `detail["reason"]`."""
    return store.events_of(held.id, "round_reopened") if held.reopened else ()


def next_step(
    where: Standing | None,
    answered: int,
    items: int,
    quarter: FiscalQuarter,
    phase: Phase | None = None,
    *,
    is_due: bool = False,
) -> NextStep:
    """The one thing to do next, from what is there: no organisation, no round, items open, all answered, all closed.

    With all closed it is to start the planned round that is due (`is_due`); without one, in the `quarter` of the newest closed round, to
    look at it together; later, to start the next. `phase`: where the
    workshop of the running round stands, None without one; what is voted on is not answered at one screen meanwhile.
    """
    if where is None:
        return "create_organisation"
    if not where.rounds:
        return "start_first_round"
    if where.running is None and is_due:
        return "start_planned"
    if where.running is None:
        return "look" if where.rounds[-1].quarter >= quarter else "look_and_start_next"
    if phase in ("first", "second"):
        return "collect_votes"
    if phase == "talk":
        return "talk"
    if answered >= items:
        return "close"
    return "answer" if answered else "answer_first"


def edition_state(app: Application, store: Store, held: Round) -> Literal["same", "changed", "gone"]:
    """Whether the folder of today still has the texts the round started with."""
    edition = app.editions.get(held.edition)
    if edition is None:
        return "gone"
    asked = as_asked(edition, edition_of(store, held))
    return "same" if asked.hash == held.edition_hash else "changed"
