"""A pulse: a round between full rounds that asks focus items alone. What it may ask, what to suggest, and how it starts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dxassess.assessment.action import UNDER_WAY, Action
from dxassess.assessment.bridge import is_part
from dxassess.assessment.carried import Carried, Told, carried
from dxassess.assessment.model import Round
from dxassess.assessment.voting import MINIMUM
from dxassess.catalogue.model import Edition, Indicator
from dxassess.catalogue.narrow import covers, is_pulse, pulse
from dxassess.errors import RoundDamaged
from dxassess.errors.rhythm import PulseAsksAll, PulseBeforeRound, PulseEmpty, PulseItemUnknown
from dxassess.storage import Store
from dxassess.usecases.application import Application, edition_of
from dxassess.usecases.result import Standings, standings
from dxassess.usecases.rounds import Standing, last_like, named_round, quarter_for, standing

FOCUS = 5
"""How many items are suggested at most for their distance to the target."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What a pulse could ask: the newest closed full round of an edition, its items, and which of them are worth asking again:
    those with a running action, then those farthest from their target by the newest levels."""

    base: Round
    edition: Edition
    items: tuple[Indicator, ...]
    running: tuple[str, ...]
    farthest: tuple[str, ...]

    @property
    def suggested(self) -> tuple[str, ...]:
        """The suggested codes in the order of the edition; never all there are."""
        wanted = {*self.running, *self.farthest}
        codes = tuple(item.code for item in self.items if item.code in wanted)
        return codes if len(codes) < len(self.items) else self.farthest[: len(self.items) - 1]


def is_pulse_round(store: Store, held: Round) -> bool:
    """Whether a round asks focus items alone."""
    return is_pulse(edition_of(store, held))


def without_pulses(store: Store, rounds: Collection[Round]) -> tuple[Round, ...]:
    """Those of the rounds that are no pulses."""
    return tuple(held for held in rounds if not is_pulse_round(store, held))


def full_rounds(store: Store, rounds: Collection[Round], today: Iterable[Edition] = ()) -> tuple[Round, ...]:
    """Those of the rounds that ask a whole framework: no pulses, none for one section of what another round, or an edition of
    `today`, asks whole."""
    asked = {held.edition_hash: edition_of(store, held) for held in (*standing(store).rounds, *rounds)}
    known = (*today, *asked.values())
    return tuple(held for held in rounds if not is_part(asked[held.edition_hash], known))


def full_round(store: Store, where: Standing, held: Round) -> Round | None:
    """The round itself, or for a pulse the newest full round of its edition, closed ones first; None where there is none.

    What needs every item, such as the plan, is made from that one.
    """
    if not is_pulse_round(store, held):
        return held
    mine = [each for each in full_rounds(store, where.rounds) if each.edition == held.edition]
    closed = [each for each in mine if each.closed]
    return next(reversed(closed or mine), None)


def bases(store: Store, closed: Collection[Round], edition_id: str) -> tuple[Round, ...]:
    """The closed rounds of an edition (by id) a pulse can stand on, in the order held: the full ones; without any, those for one
    section."""
    mine = [held for held in closed if held.edition == edition_id]
    return full_rounds(store, mine) or without_pulses(store, mine)


def focus(app: Application, store: Store, edition_id: str) -> Focus | None:
    """What a pulse of an edition (by id) could ask; None while no full round of it on its scale is closed, or the newest cannot be read."""
    today, closed = app.editions.get(edition_id), standing(store).closed
    stand = bases(
        store, [held for held in closed if not today or _fits(edition_of(store, held), today)], edition_id
    )
    if not stand:
        return None
    try:
        found = standings(app, store, stand[-1])
    except RoundDamaged:
        return None
    newest = newest_picture(app, store, found) or found
    actions = [each for each in store.actions() if each.edition == edition_id]
    return Focus(
        found.held,
        found.edition,
        found.edition.scored,
        _with_actions(found.edition, actions),
        _farthest(
            found.edition,
            {item: node.value for item, node in newest.today.items()},
            {item: node.value for item, node in newest.targets.items()},
        ),
    )


def pulse_edition(app: Application, store: Store, edition_id: str, codes: Collection[str]) -> Edition:
    """What a pulse of these items (by code) asks, with today's texts of the edition.

    EditionUnknown, PulseEmpty, PulseItemUnknown, PulseBeforeRound (no closed full round asks all of them), PulseAsksAll.
    """
    whole = app.edition(edition_id)
    checked_items(whole, codes)
    asked = pulse(whole, codes)
    wide = [
        held
        for held in without_pulses(store, standing(store).closed)
        if covers(edition := edition_of(store, held), asked) and _fits(edition, whole)
    ]
    stand = bases(store, wide, edition_id)
    if not stand:
        raise PulseBeforeRound(edition=whole.id)
    if set(edition_of(store, stand[-1]).head.tree.codes()) <= set(codes):
        raise PulseAsksAll(n=len(codes))
    return asked


def checked_items(edition: Edition, codes: Collection[str]) -> None:
    """Raises PulseEmpty, PulseItemUnknown for a code that is no scored item of the edition, PulseAsksAll for all of them."""
    if not codes:
        raise PulseEmpty
    scored = {item.code for item in edition.scored}
    for code in codes:
        if code not in scored:
            raise PulseItemUnknown(item=code, edition=edition.id)
    if scored <= set(codes):
        raise PulseAsksAll(n=len(scored))


def start_pulse(
    app: Application,
    store: Store,
    edition_id: str,
    codes: Sequence[str],
    title: str,
    held_on: date,
    by: str = "",
    *,
    named: bool = True,
    minimum: int = MINIMUM,
) -> Round:
    """Start a pulse; its "last time" is the newest closed round, full or pulse, that asked all of its items.

    As `pulse_edition`, and RoundTitleMissing, TextTooLong, RoundDateUnlikely, MinimumTooSmall.
    """
    clean = named_round(app, store, title, held_on)
    asked = pulse_edition(app, store, edition_id, codes)
    previous = last_like(store, asked)
    return store.start_round(clean, asked, held_on, quarter_for(store, held_on), previous, by, named, minimum)


def newest_picture(app: Application, store: Store, base: Standings) -> Carried | None:
    """What the closed rounds after `base` make of its answers: those of its edition that ask a part of it, laid over it.

    None where there is none that can be read: `base` is to be taken as it is.
    """
    closed = standing(store).closed
    after = closed[[each.id for each in closed].index(base.held.id) + 1 :]
    parts = (held for held in reversed(after) if _fits(edition_of(store, held), base.edition))
    made = (picture(app, store, base.edition, held) for held in parts)
    return next((each for each in made if each), None)


def picture(app: Application, store: Store, edition: Edition, held: Round) -> Carried | None:
    """The whole picture of an edition after a closed round of a part of it, such as a pulse: the newest round before it that asks all
    `edition` asks, with the pulses and the rounds for one section since laid over, those on its scale.

    None where no such round stands before it, or that one or `held` cannot be read.
    """
    closed = standing(store).closed
    told: list[Round] = [held]
    for each in reversed(closed[: [each.id for each in closed].index(held.id)]):
        asked = edition_of(store, each)
        if _fits(asked, edition):
            told.append(each)
            if covers(asked, edition):
                break
    else:
        return None
    read = [told_of for each in reversed(told) if (told_of := _told(app, store, each))]
    ends = (told[-1], held)
    if any(end not in [each for each, _ in read] for end in ends):
        return None
    versions = tuple((each.id, each.version) for each, _ in read)
    key = (app.database.place, store.organisation_id, "carried", edition.hash, versions)
    return app.closed.get(key, lambda: carried(edition, read))


def _told(app: Application, store: Store, held: Round) -> Told | None:
    """A closed round with its answers; None where it is damaged."""
    try:
        return held, standings(app, store, held).answers
    except RoundDamaged:
        return None


def _fits(asked: Edition, edition: Edition) -> bool:
    """Levels of the one can stand beside those of the other: the same framework on the same scale."""
    return asked.id == edition.id and asked.scale.values == edition.scale.values


def _with_actions(edition: Edition, actions: Sequence[Action]) -> tuple[str, ...]:
    lifted = {one for action in actions if action.status in UNDER_WAY for one in action.lifts}
    return tuple(item.code for item in edition.scored if item.id in lifted)


def _farthest(
    edition: Edition, today: dict[str, Fraction | None], targets: dict[str, Fraction | None]
) -> tuple[str, ...]:
    """The codes with the largest distance to their target, at most `FOCUS`, the largest first."""
    gaps = [
        (target - now, item.code)
        for item in edition.scored
        if (now := today[item.id]) is not None and (target := targets[item.id]) is not None and target > now
    ]
    gaps.sort(key=lambda pair: -pair[0])
    return tuple(code for _, code in gaps[:FOCUS])
