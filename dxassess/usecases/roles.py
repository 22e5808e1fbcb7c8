"""Roles: those of an edition, and an organisation's own beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dxassess.assessment.recognition import Sides
from dxassess.assessment.voting import OwnRole
from dxassess.catalogue.model import Edition
from dxassess.storage import Store
from dxassess.text import Language

Stands = Literal["executive", "field"]


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role with its words: an edition's in both languages, an organisation's own in the one it was given in."""

    id: str
    ja: str
    en: str
    stands: Stands | None = None
    hidden: bool = False

    def __getitem__(self, language: Language) -> str:
        return self.ja if language == "ja" else self.en


def role_choices(store: Store, edition: Edition) -> tuple[RoleChoice, ...]:
    """All roles there are names for, the edition's first; `hidden` ones only name old votes and are not offered."""
    theirs = (RoleChoice(role.id, role.ja, role.en, role.stands) for role in edition.head.roles)
    own = (RoleChoice(role.id, role.name, role.name, role.stands, role.hidden) for role in store.own_roles())
    return (*theirs, *own)


def role_named(choices: Iterable[RoleChoice], role: str) -> RoleChoice:
    """The words of one role; a role nobody knows any more is called by its id."""
    return next((choice for choice in choices if choice.id == role), RoleChoice(role, role, role))


def sides_of(store: Store, edition: Edition) -> Sides:
    """Which roles lead and which do the work, of the edition and of the organisation's own."""
    choices = role_choices(store, edition)
    return Sides(
        frozenset(role.id for role in choices if role.stands == "executive"),
        frozenset(role.id for role in choices if role.stands == "field"),
    )


def add_role(
    store: Store,
    name: str,
    stands: Stands | None = None,
    by: str = "",
    *,
    beside: Iterable[Edition] = (),
) -> OwnRole:
    """A further role, usable in open rounds and those to come; named unlike the roles of the editions it is used `beside`.

    RoleNameMissing, RoleNameTaken, TextTooLong.
    """
    taken = [words for edition in beside for role in edition.head.roles for words in (role.ja, role.en)]
    return store.add_role(name, stands, by, taken)


def hide_role(store: Store, role_id: str, by: str = "") -> None:
    """No longer offer one's own role; where it was used it stays and is named. RoleUnknown."""
    store.hide_role(role_id, by)
