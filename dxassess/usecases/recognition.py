"""Recognition: how differently the people of one round see their company, and what the talk changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.agreement import RolePair
from dxassess.assessment.anonymity import (
    Grouping,
    grouping,
    roles_of,
    shown,
    shown_again,
    standing,
    turnover,
)
from dxassess.assessment.histogram import Cell, histograms
from dxassess.assessment.meeting import Meeting, meetings
from dxassess.assessment.model import Recorded, Round
from dxassess.assessment.recognition import (
    ItemRecognition,
    Recognition,
    Sides,
    on_what,
    recognition,
    section_votes,
)
from dxassess.assessment.reliability import Alpha, alpha
from dxassess.catalogue.model import Edition
from dxassess.storage import Store
from dxassess.usecases.application import Application, edition_of

PICKS = 3
FEW = 5


@dataclass(frozen=True, slots=True)
class RoundViews:
    """What the recognition page shows of a closed round.

    `ranked` holds the indicators somebody gave a level to, the largest part due to roles first. `apart_on` are those on
    which the two furthest roles differ most. `people` by role who voted; in an anonymous round `groups` says how they
    may be looked at, and everything here is made from what may be seen. `meetings`: first against second vote.
    """

    held: Round
    edition: Edition
    people: Mapping[str, int]
    groups: Grouping | None
    first: Recognition
    ranked: tuple[ItemRecognition, ...]
    apart_on: tuple[tuple[str, RolePair], ...]
    meetings: tuple[Meeting, ...]

    @property
    def voters(self) -> int:
        """How many people voted."""
        return sum(self.people.values())

    @property
    def is_empty(self) -> bool:
        """Nobody voted alone in this round."""
        return not self.people

    @property
    def hidden(self) -> bool:
        """People voted, but too few for anything to be shown."""
        return self.groups is not None and self.groups.hidden and not self.is_empty

    @property
    def merged(self) -> tuple[str, ...]:
        """Groups of roles that are shown together, somewhere or everywhere, because one of them is too small."""
        return tuple(role for role in self.roles if len(roles_of(role)) > 1)

    @property
    def small(self) -> tuple[str, ...]:
        """Roles with so few people that chance alone parts them far on a single indicator."""
        return tuple(role for role, n in self.people.items() if n < FEW)

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role (or group) that stands on some indicator, in the edition's order, further ones after them."""
        found = {view.role: None for item in self.first.items for view in item.roles}
        place = {role.id: at for at, role in enumerate(self.edition.head.roles)}
        return tuple(sorted(found, key=lambda role: place.get(roles_of(role)[0], len(place))))


def recognition_of(app: Application, store: Store, held: Round) -> RoundViews:
    """How differently the roles see a closed round; computed once per version of it.

    Only closed rounds are read: whose votes may be seen while a round is open is the workshop's to say, so an open round is
    refused here (ValueError) whatever was voted in it. Raises RoundDamaged.

    The second vote is taken as it stands: who did not vote again on an indicator keeps the first vote there.
    """
    if not held.closed:
        raise ValueError(held.id)
    key = ("recognition", app.database.place, store.organisation_id, held.id, held.version)
    return app.closed.get(key, lambda: _views(store, held))


def reliability_of(app: Application, store: Store, held: Round) -> tuple[tuple[str, Alpha], ...]:
    """Krippendorff's alpha of the first vote, for every section the edition has an average of. As `recognition_of`."""
    views = recognition_of(app, store, held)
    key = ("reliability", app.database.place, store.organisation_id, held.id, held.version)
    return app.closed.get(key, lambda: _reliability(views))


def sides(edition: Edition) -> Sides:
    """Which roles of an edition lead and which do the work."""
    roles = edition.head.roles
    return Sides(
        frozenset(role.id for role in roles if role.stands == "executive"),
        frozenset(role.id for role in roles if role.stands == "field"),
    )


def _views(store: Store, held: Round) -> RoundViews:
    edition = edition_of(store, held)
    first, again = store.answers(held.id, ballot="first"), store.answers(held.id, ballot="second")
    people = Counter(role for _, role in sorted({(each.respondent, each.role) for each in first}))
    groups = None if held.named else grouping(people, held.anonymity_minimum)
    own = [cell for cell in store.histograms(held.id) if cell.ballot == "first"]
    seen = own if groups is None else list(shown(own, groups))
    found = recognition(edition, seen, "first", sides(edition))
    furthest = found.summary.furthest
    return RoundViews(
        held,
        edition,
        people,
        groups,
        found,
        ranked(found),
        on_what(found, furthest.first, furthest.second, PICKS) if furthest else (),
        _meetings(edition, found, seen, first, again, groups),
    )


def ranked(found: Recognition) -> tuple[ItemRecognition, ...]:
    """The indicators with a level, largest part due to roles first; those without such a part after them, by difference."""
    voted = (item for item in found.items if item.everyone.n)
    return tuple(sorted(voted, key=_rank, reverse=True))


def _rank(item: ItemRecognition) -> tuple[bool, Fraction, Fraction]:
    due, mean = item.differences.due_to_roles, item.differences.mean
    return due is not None, due or Fraction(), Fraction(-1) if mean is None else mean


def _meetings(
    edition: Edition,
    found: Recognition,
    seen: list[Cell],
    first: tuple[Recorded, ...],
    again: tuple[Recorded, ...],
    groups: Grouping | None,
) -> tuple[Meeting, ...]:
    stands = standing(first, again)
    cells = histograms(stands, edition.scale)
    if groups is not None:
        cells = shown_again(seen, cells, turnover(first, stands), groups)
    return meetings(found, recognition(edition, cells, "second", sides(edition)))


def _reliability(views: RoundViews) -> tuple[tuple[str, Alpha], ...]:
    edition = views.edition
    return tuple(
        (section, alpha(section_votes(edition, views.first, section))) for section in edition.head.averages
    )
