"""Inviting: by an open link, or by a personal link each; joining; taking back. No accounts.

A token stands in clear in what `invite_…`, `join` and `move_device` give back, and nowhere else: into an address or a cookie
with it, never into a log or a message.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from dxassess.assessment.model import Round
from dxassess.assessment.voting import Invitation, Participant
from dxassess.catalogue.model import Edition
from dxassess.errors import InvitationUnknown, SeatEnded, SeatUnknown
from dxassess.storage import Store, Token
from dxassess.usecases.application import Application
from dxassess.usecases.roles import RoleChoice, role_choices

_ONCE = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation with its token, which is shown this once: nobody can read it again."""

    invitation: Invitation
    token: Token


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a page of joining shows. `role` and `name` are those of a personal link; else people choose of `roles`, and in a named
    round say their `name`. `device`: it comes from another device of that person."""

    organisation: str
    held: Round
    edition: Edition
    roles: tuple[RoleChoice, ...]
    role: str | None = None
    name: str = ""
    device: bool = False


def invite_openly(store: Store, held: Round, by: str = "") -> Invited:
    """A link for everybody in the room; each person who opens it gets a ballot. Earlier open links go on working. RoundClosed."""
    token = Token.new(store.organisation_id)
    return Invited(store.invite(held.id, token, None, by), token)


def invite_person(store: Store, held: Round, role: str, name: str = "", by: str = "") -> Invited:
    """A link for one person, good for one ballot and to be opened once. In an anonymous round the name is not kept.

    RoundClosed, RoleUnknown, ParticipantNameMissing (named rounds), RoomFull.
    """
    respondent = store.add_participant(held.id, role, name)
    token = Token.new(store.organisation_id)
    return Invited(store.invite(held.id, token, respondent, by), token)


def invite_people(
    store: Store, held: Round, people: Sequence[tuple[str, str]], by: str = ""
) -> tuple[Invited, ...]:
    """As `invite_person` for each (role, name), in the order given."""
    return tuple(invite_person(store, held, role, name, by) for role, name in people)


def invite_again(store: Store, held: Round, who: str, by: str = "") -> Invited:
    """A new link for somebody who lost theirs; it ends the earlier one, and once opened the earlier device.

    `who`: id of their earlier invitation, or of the participant. What was answered before stays and counts, but cannot be
    read from the new device. RoundClosed, RespondentUnknown.
    """
    token = Token.new(store.organisation_id)
    return Invited(store.invite(held.id, token, who, by), token)


def participants_of(store: Store, held: Round) -> tuple[Participant, ...]:
    """Everybody who was invited or has joined, in that order, without names in anonymous rounds. Whom to remove, not how far they are."""
    return store.participants(held.id)


def invitations_of(store: Store, held: Round) -> tuple[Invitation, ...]:
    """The invitations of a round, oldest first, without tokens. Who opened theirs is told in named rounds only."""
    return store.invitations(held.id)


def revoke(store: Store, invitation: Invitation, by: str = "") -> None:
    """Take an invitation back: nobody joins by it any more. Who has joined stays; to end that, `remove_person`."""
    store.revoke(invitation.id, by)


def remove_person(store: Store, held: Round, respondent: str, by: str = "") -> None:
    """Take a person out: their devices vote no more; what they answered on the vote that is open no longer counts.

    A vote that is revealed stays as it is. RoundClosed, RespondentUnknown.
    """
    store.remove_participant(held.id, respondent, by)


def welcome(app: Application, token: str) -> Welcome:
    """What stands on the page a link leads to. InvitationUnknown, InvitationEnded, InvitationUsed."""
    read = invitation_token(token)
    store = app.database.store_at(read)
    held, edition, role, name, device = store.invited(read)
    choices = tuple(choice for choice in role_choices(store, edition) if not choice.hidden)
    return Welcome(store.organisation.name, held, edition, choices, role, name, device)


def is_there(app: Application, token: str, role: str, name: str, once: str = "") -> bool:
    """Whether somebody of this name and role is in the named round of a link already; spelling in width and case aside.

    Not so when the same form (`once`) took that seat. InvitationUnknown, InvitationEnded, InvitationUsed.
    """
    read = invitation_token(token)
    store = app.database.store_at(read)
    held = store.invited(read)[0]
    if _ONCE.fullmatch(once):
        try:
            return store.stands(read.made_with(once)).round != held.id
        except (SeatUnknown, SeatEnded):
            pass
    return any(
        each.role == role and not each.removed and _spelt(each.name) == _spelt(name)
        for each in (store.participants(held.id) if held.named and _spelt(name) else ())
    )


def _spelt(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def invited_to(app: Application, token: str) -> str:
    """Id of the round a link leads to, also where it no longer works. InvitationUnknown."""
    read = invitation_token(token)
    return app.database.store_at(read).invited_to(read)


def new_once() -> str:
    """What makes a form its own: sent twice with the same one, it takes one seat."""
    return secrets.token_urlsafe(32)


def join(
    app: Application, token: str, role: str = "", name: str = "", once: str = "", *, beside: bool = False
) -> Token:
    """Take a seat; gives the secret the device keeps (a cookie): from now on it is the person.

    By a link from another device that one ends, unless this one goes on `beside` it: then either reads what the other answers.

    `once` makes a repeated call harmless: both get the same seat. `role` and `name` count for open links. Who opens an open link again with a seat of that round in the cookie should be
    led to the ballot instead: joining again makes a second person. InvitationUnknown, InvitationEnded, InvitationUsed,
    RoleUnknown, ParticipantNameMissing, RoomFull.
    """
    read = invitation_token(token)
    secret = read.made_with(once) if _ONCE.fullmatch(once) else Token.new(read.organisation)
    app.database.store_at(read).join(read, secret, role, name, beside)
    return secret


def move_device(app: Application, seat: str) -> Token:
    """A link, good once, by which the same person goes on with another device. SeatUnknown, SeatEnded, RoundClosed."""
    secret = seat_secret(seat)
    token = Token.new(secret.organisation)
    app.database.store_at(secret).another_device(secret, token)
    return token


def seat_secret(seat: str) -> Token:
    """The secret of a seat as a device sent it. SeatUnknown for what has not its form."""
    secret = Token.read(seat)
    if secret is None:
        raise SeatUnknown
    return secret


def invitation_token(token: str) -> Token:
    """The token of a link as somebody sent it. InvitationUnknown for what has not its form."""
    read = Token.read(token)
    if read is None:
        raise InvitationUnknown
    return read
