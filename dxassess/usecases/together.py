"""Over the rounds: whether the people of a company come to see it more alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.meeting import RecognitionPoint, change, series
from dxassess.assessment.model import Round
from dxassess.catalogue.model import Edition
from dxassess.catalogue.narrow import is_pulse
from dxassess.errors import RoundDamaged, VotesSecret
from dxassess.storage import Store
from dxassess.usecases.application import Application
from dxassess.usecases.recognition import RoundViews, recognition_of
from dxassess.usecases.result import standings
from dxassess.usecases.rounds import standing


@dataclass(frozen=True, slots=True)
class Together:
    """Rounds of one edition with votes that may be seen, oldest first, each by its first vote; `people` voted in it.

    `change`: the last mean pairwise difference − the one before, in levels; None where there are not two. `others`: rounds
    with votes of another edition, which are not compared.
    """

    edition: Edition
    points: tuple[RecognitionPoint, ...]
    people: tuple[int, ...]
    change: Fraction | None
    others: tuple[Round, ...]


def together(app: Application, store: Store) -> Together | None:
    """All closed rounds with votes, compared within the edition of the newest of them; None while there is none.

    A damaged round is left out here; its own page names it. So is a pulse, in which few items were voted on.
    """
    seen = [views for held in standing(store).closed if (views := _views(app, store, held)) is not None]
    if not seen:
        return None
    edition = seen[-1].edition
    same = [views for views in seen if views.edition.id == edition.id]
    points = series([(views.held, views.first) for views in same])
    others = tuple(views.held for views in seen if views.edition.id != edition.id)
    return Together(edition, points, tuple(views.voters for views in same), change(points), others)


def single_voter(app: Application, store: Store, held: Round) -> bool:
    """Whether the votes of a round are one person's alone; False also while they are secret."""
    try:
        if held.closed:
            return standings(app, store, held).voters == 1
        return recognition_of(app, store, held).voters == 1
    except (VotesSecret, RoundDamaged):
        return False


def single_voters(app: Application, store: Store, rounds: Iterable[Round]) -> tuple[Round, ...]:
    """Those of the rounds in which one person alone voted."""
    return tuple(held for held in rounds if single_voter(app, store, held))


def _views(app: Application, store: Store, held: Round) -> RoundViews | None:
    try:
        views = recognition_of(app, store, held)
    except RoundDamaged:
        return None
    return None if is_pulse(views.edition) or views.is_empty or not views.first.summary.n else views
