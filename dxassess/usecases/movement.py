"""Why a number moved between two closed rounds, and the note in words on the later of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from dxassess.assessment.account import done_between
from dxassess.assessment.change_note import Fact, Reopened, Told, WithinNoise, change_note
from dxassess.assessment.composition import named_voices, shown_voices
from dxassess.assessment.model import Round
from dxassess.assessment.movement import Movement, Side, movement
from dxassess.assessment.scoring import Mark, current_mark, current_marks, score, target_marks
from dxassess.catalogue.model import Edition
from dxassess.catalogue.narrow import as_asked, is_pulse
from dxassess.storage import Store
from dxassess.usecases.application import Application
from dxassess.usecases.comparison import compare
from dxassess.usecases.progress import asks, readable
from dxassess.usecases.result import Standings
from dxassess.usecases.rounds import reopenings, standing

View = Literal["agreed", "votes"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two closed rounds side by side. `before` is None where the later is the first there is.

    `rounds` are all that may be chosen as the later one, in their order (those of one day by their number), and `earlier` as the
    earlier one; `damaged` ones are named instead.
    `views`: whether the votes of both may be looked at as well. `reopened`: which of the two were opened again once closed.
    `passed`: the newest round, where it was passed over because nothing before it is like it.
    """

    after: Standings
    before: Standings | None
    rounds: tuple[Round, ...]
    earlier: tuple[Round, ...]
    damaged: tuple[Round, ...]
    views: tuple[View, ...]
    reopened: tuple[Reopened, ...]
    passed: Round | None = None

    @property
    def edition(self) -> Edition:
        """The edition of the later round."""
        return self.after.edition

    @property
    def nodes(self) -> tuple[str, ...]:
        """What may be taken apart: averages, groups and key questions."""
        head = self.edition.head
        keys = (item.id for item in self.edition.scored if item.kind == "key")
        return tuple(dict.fromkeys((*head.averages, *head.groups, *keys)))

    @property
    def empty(self) -> tuple[Round, ...]:
        """Those of the two in which no indicator has a level."""
        both = (self.before, self.after)
        return tuple(
            each.held for each in both if each and not each.today[each.edition.head.tree.id].counts.n
        )


def pair_of(
    app: Application, store: Store, after: str | None = None, before: str | None = None
) -> Pair | tuple[Round, ...]:
    """The two rounds (by id) to lay side by side: by default the newest closed one that has one like it before
    it, and the last of these. Like: of the same edition and scale, and asking what it asks.

    An id that cannot be chosen counts as left out. Without a closed round that can be read: the damaged ones.
    """
    shown, damaged = readable(app, store, standing(store).closed)
    if not shown:
        return damaged
    named = next((found for found in shown if found.held.id == after), None)
    later = named or next((each for each in reversed(shown) if _fitting(shown, each)), shown[-1])
    earlier = _comparable(shown[: shown.index(later)], later.edition)
    fitting = _fitting(shown, later) or earlier
    chosen = next((found for found in earlier if found.held.id == before), fitting[-1] if fitting else None)
    first = _as_asked(chosen, later.edition) if chosen and is_pulse(later.edition) else chosen
    return Pair(
        later,
        first,
        tuple(found.held for found in shown),
        tuple(found.held for found in earlier),
        damaged,
        _views(app, store, first, later),
        _reopened(store, first, later),
        None if named or later is shown[-1] else shown[-1].held,
    )


def _fitting(shown: list[Standings], later: Standings) -> list[Standings]:
    """The rounds before one that are like it."""
    edition = later.edition
    return [each for each in _comparable(shown[: shown.index(later)], edition) if asks(each.edition, edition)]


def _comparable(earlier: list[Standings], asked: Edition) -> list[Standings]:
    """Never a pulse beside a full round; beside a pulse whatever asked its items."""
    if is_pulse(asked):
        return [found for found in earlier if asks(found.edition, asked)]
    return [found for found in earlier if not is_pulse(found.edition)]


def _as_asked(found: Standings, asked: Edition) -> Standings:
    """A round as if it had asked the items of a pulse alone."""
    edition, answers = as_asked(found.edition, asked), found.answers.values()
    today, targets = score(edition, current_marks(answers)), score(edition, target_marks(answers))
    return replace(found, edition=edition, today=today, targets=targets)


def movement_of(
    app: Application, store: Store, found: Pair, node: str, view: View = "agreed"
) -> Movement | None:
    """The way of a node (one of `found.nodes`) from the earlier round to the later; None without an earlier one."""
    if found.before is None:
        return None
    first, last = found.before, found.after
    versions = [(each.held.id, each.held.version) for each in (first, last)]
    key = ("movement", app.database.place, store.organisation_id, *versions, node, view)
    return app.closed.get(
        key, lambda: movement(_side(app, store, first, view), _side(app, store, last, view), node)
    )


def note_of(app: Application, store: Store, found: Pair) -> tuple[Fact, ...]:
    """The change note on the later of two rounds since the earlier, about its first average by the agreed levels."""
    node, now = found.edition.head.averages[0], found.after
    told = Told(now.held, now.edition, now.today, now.targets)
    way = movement_of(app, store, found, node)
    if found.before is None or way is None:
        return change_note(told, node, way, (), found.reopened)
    since, until = found.before.held.held_on, now.held.held_on
    actions = [action for _, action in done_between(store.actions(), now.edition.id, since, until)]
    return change_note(
        told, node, way, actions, found.reopened, _noise(app, store, (found.before.held, now.held), way)
    )


def _noise(app: Application, store: Store, rounds: tuple[Round, Round], way: Movement) -> WithinNoise | None:
    """Of how many indicators that moved the votes say that it was noise; None where they say nothing of any."""
    beside = compare(app, store, rounds[1].id, [held.id for held in rounds])
    moved = [one for part in way.of("moved") for one in part.inputs]
    if beside is None or not moved:
        return None
    verdicts = Counter(beside.verdict(one.indicator.id, one.by) for one in moved)
    judged = len(moved) - verdicts["unsaid"]
    return WithinNoise(verdicts["within"], judged) if judged else None


def _side(app: Application, store: Store, found: Standings, view: View) -> Side:
    if view == "agreed":
        return Side(found.edition, found.today)
    key = (
        "votes",
        app.database.place,
        store.organisation_id,
        found.held.id,
        found.held.version,
        found.edition.hash,
    )
    return app.closed.get(key, lambda: _voted(store, found.held, found.edition))


def _voted(store: Store, held: Round, edition: Edition) -> Side:
    """A closed round by the mean of its first votes; of an anonymous one only what may be seen of them."""
    return _by_name(store, held, edition) if held.named else _by_what_is_shown(store, held, edition)


def _by_name(store: Store, held: Round, edition: Edition) -> Side:
    names = {person.id: person.name for person in store.respondents(held.id)}
    first = store.answers(held.id, "first")
    votes = [
        (each.answer.indicator, names.get(each.respondent, ""), each.role, mark)
        for each in first
        if isinstance(mark := current_mark(each.answer), int | float)
    ]
    return Side(edition, score(edition, current_marks(each.answer for each in first)), named_voices(votes))


def _by_what_is_shown(store: Store, held: Round, edition: Edition) -> Side:
    cells = [cell for cell in store.revealed(held.id).first if cell.field == "current"]
    marks: dict[str, list[Mark]] = {}
    for cell in cells:
        for level, n in zip(edition.scale.values, cell.counts, strict=True):
            marks.setdefault(cell.indicator, []).extend([level] * n)
    unseen = frozenset(item.id for item in edition.scored if not marks.get(item.id))
    return Side(edition, score(edition, marks), shown_voices(cells, edition.scale), unseen)


def _views(app: Application, store: Store, before: Standings | None, after: Standings) -> tuple[View, ...]:
    if before is None:
        return ("agreed",)
    sides = (_side(app, store, each, "votes") for each in (before, after))
    has_votes = all(side.scores[side.edition.head.tree.id].counts.n for side in sides)
    return ("agreed", "votes") if has_votes else ("agreed",)


def _reopened(store: Store, *both: Standings | None) -> tuple[Reopened, ...]:
    found: list[Reopened] = []
    for held in (each.held for each in both if each):
        events = reopenings(store, held)
        if events:
            found.append(Reopened(held, len(events), events[-1]))
    return tuple(found)
