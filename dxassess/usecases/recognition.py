"""Recognition: how differently the people of one round see their company, and what the talk changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.agreement import RolePair
from dxassess.assessment.anonymity import Grouping, roles_of
from dxassess.assessment.meeting import Meeting, meetings
from dxassess.assessment.model import Round
from dxassess.assessment.recognition import (
    ItemRecognition,
    Recognition,
    Sides,
    on_what,
    recognition,
    section_votes,
)
from dxassess.assessment.reliability import Alpha, alpha
from dxassess.assessment.revealed import Revealed
from dxassess.catalogue.model import Edition
from dxassess.errors import VotesSecret
from dxassess.storage import Store
from dxassess.usecases.application import Application, edition_of
from dxassess.usecases.roles import RoleChoice, role_choices, sides_of

PICKS = 3
FEW = 5


@dataclass(frozen=True, slots=True)
class RoundViews:
    """What the recognition page shows of a round whose votes are revealed.

    `ranked` holds the indicators somebody gave a level to, the largest part due to roles first. `apart_on` are those on
    which the two furthest roles differ most. `votes`: what may be seen of them, and everything here is made from that;
    `names`: every role there is a name for. `meetings`: first against second vote, once that is revealed.
    """

    held: Round
    edition: Edition
    votes: Revealed
    names: tuple[RoleChoice, ...]
    sides: Sides
    first: Recognition
    ranked: tuple[ItemRecognition, ...]
    apart_on: tuple[tuple[str, RolePair], ...]
    meetings: tuple[Meeting, ...]

    @property
    def people(self) -> Mapping[str, int]:
        """How many people of each role voted first."""
        return self.votes.people

    @property
    def groups(self) -> Grouping | None:
        """How the roles of an anonymous round are shown together; None in a named round."""
        return self.votes.groups

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
    """How differently the roles see a round whose votes are revealed: a closed one, or an open one after its reveal.

    Computed once per version of the round, and of its workshop while it is open. VotesSecret before the reveal, RoundDamaged.

    The second vote is taken as it stands: who did not vote again on an indicator keeps the first vote there.
    """
    return app.closed.get(votes_key("recognition", app, store, held), lambda: _views(store, held))


def votes_key(name: str, app: Application, store: Store, held: Round) -> tuple[object, ...]:
    """Under what something made from revealed votes is kept. VotesSecret before the reveal.

    Revealed votes change with a step of the workshop alone; those of a closed round not at all.
    """
    place = (name, app.database.place, store.organisation_id, held.id, held.version)
    if held.closed:
        return place
    workshop = store.workshop(held.id)
    if workshop is None or workshop.phase == "first":
        raise VotesSecret(title=held.title)
    return (*place, workshop.version)


def reliability_of(app: Application, store: Store, held: Round) -> tuple[tuple[str, Alpha], ...]:
    """Krippendorff's alpha of the first vote, for every section the edition has an average of, and every group of several indicators. As `recognition_of`."""
    views = recognition_of(app, store, held)
    return app.closed.get(votes_key("reliability", app, store, held), lambda: _reliability(views))


def _views(store: Store, held: Round) -> RoundViews:
    edition = edition_of(store, held)
    votes = store.revealed(held.id)
    both = sides_of(store, edition)
    found = recognition(edition, votes.first, "first", both)
    again = recognition(edition, votes.second, "second", both)
    furthest = found.summary.furthest
    return RoundViews(
        held,
        edition,
        votes,
        role_choices(store, edition),
        both,
        found,
        ranked(found),
        on_what(found, furthest.first, furthest.second, PICKS) if furthest else (),
        meetings(found, again),
    )


def ranked(found: Recognition) -> tuple[ItemRecognition, ...]:
    """The indicators with a level, largest part due to roles first; those without such a part after them, by difference."""
    voted = (item for item in found.items if item.everyone.n)
    return tuple(sorted(voted, key=_rank, reverse=True))


def _rank(item: ItemRecognition) -> tuple[bool, Fraction, Fraction]:
    due, mean = item.differences.due_to_roles, item.differences.mean
    return due is not None, due or Fraction(), Fraction(-1) if mean is None else mean


def _reliability(views: RoundViews) -> tuple[tuple[str, Alpha], ...]:
    edition = views.edition
    several = [group.id for group in edition.groups if len(list(group.codes())) > 1]
    return tuple(
        (section, alpha(section_votes(edition, views.first, section)))
        for section in dict.fromkeys((*edition.head.averages, *several))
    )
