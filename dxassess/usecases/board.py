"""The facilitator's board: everything one projected page shows of a workshop, as it is now; it remembers nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dxassess.assessment.agenda import Agenda, AgendaItem, agenda
from dxassess.assessment.decision import Decision, newest
from dxassess.assessment.histogram import Cell
from dxassess.assessment.model import Answer, Recorded, Round
from dxassess.assessment.recognition import ItemRecognition
from dxassess.assessment.voting import Comment, Turnout, Workshop
from dxassess.catalogue.model import Edition, Indicator
from dxassess.errors import RoundDamaged
from dxassess.storage import Store
from dxassess.usecases.application import Application, edition_of
from dxassess.usecases.recognition import RoundViews, recognition_of, votes_key
from dxassess.usecases.workshop import the_workshop

HEAVIEST = 9


@dataclass(frozen=True, slots=True)
class Focus:
    """The item on the board. `place` is where it stands on the agenda, None where it is not on it.

    `first` and `second`: the votes by role (or group) as they may be seen. `high` and `low`: what those wrote who gave the
    highest and the lowest level; `said`: everything else that was written, and all of it in an anonymous round. `last`: what
    was agreed last round. `agreed`: what stands as agreed now (its `sequence` goes back with `decide`); `decision` beside it.
    """

    indicator: Indicator
    place: AgendaItem | None
    recognition: ItemRecognition | None
    first: tuple[Cell, ...]
    second: tuple[Cell, ...]
    high: tuple[Comment, ...]
    low: tuple[Comment, ...]
    said: tuple[Comment, ...]
    last: Answer | None
    agreed: Recorded | None
    decision: Decision | None
    since: datetime | None
    spent: timedelta


@dataclass(frozen=True, slots=True)
class Board:
    """What the board shows. `views` and `agenda` are None while the votes are secret; `decided`: newest decision by indicator."""

    held: Round
    edition: Edition
    workshop: Workshop
    turnout: tuple[Turnout, ...]
    views: RoundViews | None
    agenda: Agenda | None
    decided: Mapping[str, Decision]
    focus: Focus | None

    @property
    def order(self) -> tuple[str, ...]:
        """Ids of the indicators in the order the room goes through them: talks, then those left out, then the accepted."""
        if self.agenda is None:
            return ()
        groups = (self.agenda.talks, self.agenda.left_out, self.agenda.accepted)
        return (*(item.indicator for group in groups for item in group), *self.agenda.unclear)

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role (or group) that stands on some indicator in either vote, in one order for all items."""
        if self.views is None:
            return ()
        again = {cell.role: None for cell in self.views.votes.second}
        return tuple(dict.fromkeys([*self.views.roles, *again]))

    @property
    def to_vote_again(self) -> tuple[str, ...]:
        """The indicators a second vote asks unless somebody chooses others: those the rule says must be discussed, or else
        those on the agenda."""
        if self.agenda is None:
            return ()
        talks = self.agenda.talks
        apart = tuple(each.indicator for each in talks if each.advice and each.advice.verdict == "discuss")
        return apart or tuple(each.indicator for each in talks)

    @property
    def agreed(self) -> int:
        """How many indicators have a decision."""
        return len(self.decided)

    def beside(self, step: int) -> str | None:
        """The indicator `step` places after (or before, −) the one in focus; the first when none is; None past the ends."""
        if self.focus is None:
            return self.order[0] if self.order else None
        here = self.order.index(self.focus.indicator.id) + step
        return self.order[here] if 0 <= here < len(self.order) else None


def board(app: Application, store: Store, held: Round) -> Board:
    """The board of a round, all of one moment; cheap while nothing changes. WorkshopMissing, RoundDamaged."""
    with store.one_moment() as now:
        workshop = the_workshop(now, held)
        decided = newest(now.decisions(held.id))
        there = now.turnout(held.id)
        if workshop.phase == "first":
            return Board(held, edition_of(now, held), workshop, there, None, None, decided, None)
        views = recognition_of(app, now, held)
        plan = _agenda(app, now, held, workshop, views)
        focus = _focus(app, now, held, workshop, views, plan, decided)
        return Board(held, views.edition, workshop, there, views, plan, decided, focus)


def seconds_left(app: Application, focus: Focus) -> int | None:
    """What is left of the minutes of the item in focus; below 0 when they are used up, None where it has none."""
    if focus.place is None or not focus.place.minutes or focus.since is None:
        return None
    return int((timedelta(minutes=focus.place.minutes) - (app.now() - focus.since)).total_seconds())


def focus_on(store: Store, held: Round, indicator: Indicator | None) -> Workshop:
    """Put an item on the board, for all who look at it; its timer starts. The last one counts. WorkshopMissing, RoundClosed."""
    return store.remember_board(held.id, focus=None if indicator is None else indicator.id)


def set_talk(store: Store, held: Round, minutes: int | None = None, rule: bool | None = None) -> Workshop:
    """How many minutes the whole talk has (0–1440), whether the rule from practice is on; None leaves as it is."""
    memory: dict[str, object] = {}
    if minutes is not None:
        memory["minutes"] = min(max(minutes, 0), 1440)
    if rule is not None:
        memory["practice_rule"] = rule
    return store.remember_board(held.id, **memory)


def set_importance(store: Store, held: Round, indicator: Indicator, weight: int) -> Workshop:
    """How much an indicator matters to the room: its disagreement counts `weight` times (0–9, 1 when nothing is said) on the agenda."""
    return store.remember_board(held.id, importance={indicator.id: min(max(weight, 0), HEAVIEST)})


def _agenda(app: Application, store: Store, held: Round, workshop: Workshop, views: RoundViews) -> Agenda:
    weights = tuple(sorted(workshop.importance.items()))
    key = (*votes_key("agenda", app, store, held), workshop.minutes, workshop.rule, weights)
    return app.closed.get(key, lambda: _planned(store, held, workshop, views))


def _planned(store: Store, held: Round, workshop: Workshop, views: RoundViews) -> Agenda:
    return agenda(
        views.first.items,
        views.edition.scale,
        workshop.minutes,
        importance=workshop.importance,
        evidence=store.evidenced(held.id),
        rule=workshop.rule,
    )


def _focus(
    app: Application,
    store: Store,
    held: Round,
    workshop: Workshop,
    views: RoundViews,
    plan: Agenda,
    decided: Mapping[str, Decision],
) -> Focus | None:
    item = views.edition.indicators.get(workshop.focus or "")
    if item is None:
        return None
    placed = (*plan.talks, *plan.left_out, *plan.accepted)
    found = next((each for each in views.first.items if each.indicator == item.id), None)
    key = votes_key("comments", app, store, held)
    written = app.closed.get(key, lambda: store.comments(held.id))
    high, low, said = _apart([each for each in written if each.indicator == item.id], found)
    spent = timedelta() if workshop.focused is None else app.now() - workshop.focused
    return Focus(
        item,
        next((each for each in placed if each.indicator == item.id), None),
        found,
        _cells(views.votes.first, item.id),
        _cells(views.votes.second, item.id),
        high,
        low,
        said,
        _last(store, held, item),
        store.voice(held.id).recorded.get(item.id),
        decided.get(item.id),
        workshop.focused,
        spent,
    )


def _cells(cells: tuple[Cell, ...], indicator: str) -> tuple[Cell, ...]:
    return tuple(cell for cell in cells if (cell.indicator, cell.field) == (indicator, "current"))


def _apart(
    said: Sequence[Comment], found: ItemRecognition | None
) -> tuple[tuple[Comment, ...], tuple[Comment, ...], tuple[Comment, ...]]:
    """Comments of the highest level, of the lowest, and the others; without a spread there are only others."""
    low, high = (found.everyone.low, found.everyone.high) if found else (None, None)
    if low is None or low == high:
        return (), (), tuple(said)
    first = [each for each in said if each.ballot == "first"]
    top = tuple(each for each in first if each.level == high)
    bottom = tuple(each for each in first if each.level == low)
    return top, bottom, tuple(each for each in said if each not in (*top, *bottom))


def _last(store: Store, held: Round, item: Indicator) -> Answer | None:
    """What was agreed in the round before, of the same edition; None where its content no longer fits its hash."""
    if held.previous is None:
        return None
    try:
        before = store.voice(held.previous)
    except RoundDamaged:
        return None
    return before.answers.get(item.id) if before.held.edition == held.edition else None
