"""Addresses of invitations, as phones in the room open them; fresh ones are kept in this session and nowhere else."""

from __future__ import annotations

from dxassess.ui.addresses import phones_can_reach, room_address
from dxassess.ui.context import Here
from dxassess.ui.routes import JOIN
from dxassess.ui.visit import visit
from dxassess.usecases.invitations import Invited


def address_of(here: Here, invited: Invited) -> str:
    """The link of a fresh invitation."""
    language = "" if here.words.language == here.app.settings.language else f"?lang={here.words.language}"
    return f"{room_address(here.app.settings)}{JOIN}/{invited.token.clear}{language}"


def keep_link(here: Here, invited: Invited) -> None:
    """Remember the open link of a round as long as this session lives."""
    visit().links[invited.invitation.round] = address_of(here, invited)


def fresh_link(round_id: str) -> str | None:
    """The open link this session made for a round, if it did."""
    return visit().links.get(round_id)


def only_here(here: Here) -> bool:
    """Whether no phone can open any link, because the program listens on this machine alone."""
    return not phones_can_reach(here.app.settings)
