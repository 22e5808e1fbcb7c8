"""Joining: from a link to a seat. The secret of a seat lives in a cookie of the device, one per round, which no script can read.

Looking at a link changes nothing, so that a messenger may preview it; only the button takes the seat.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from dxassess.assessment.model import Round
from dxassess.errors import (
    InvitationEnded,
    InvitationUsed,
    ParticipantNameMissing,
    RoleUnknown,
    SeatEnded,
    SeatUnknown,
    TextNotStorable,
    TextTooLong,
)
from dxassess.storage import Token
from dxassess.text import Words
from dxassess.ui.ballot import page, replies
from dxassess.ui.ballot.visitor import COOKIE, Visitor
from dxassess.usecases import ballot, invitations
from dxassess.usecases.invitations import Welcome

COOKIE_SECONDS = 60 * 86_400
_ASK_AGAIN = (RoleUnknown, ParticipantNameMissing, TextTooLong, TextNotStorable)


def show_join(visitor: Visitor) -> Response:
    """The page a link leads to; who has a seat in that round already is led to their ballot."""
    try:
        found = invitations.welcome(visitor.app, visitor.token)
    except (InvitationUsed, InvitationEnded):
        return _to_own_ballot(visitor, invitations.invited_to(visitor.app, visitor.token))
    sitting = _sitting(visitor, found.held.id)
    if sitting is not None and found.role is None:
        return replies.lead_on(visitor.ballot(found.held.id))
    return replies.html(_page(visitor, found, sitting=sitting or ""))


def join(visitor: Visitor) -> Response:
    """Take a seat: the secret becomes a cookie, and the token leaves the address."""
    sent = visitor.form()
    round_id = invitations.invited_to(visitor.app, visitor.token)
    try:
        found = invitations.welcome(visitor.app, visitor.token)
        if found.role is None and _sitting(visitor, round_id) is not None:
            return replies.lead_on(visitor.ballot(round_id))
    except InvitationUsed:
        pass  # the same form sent twice has its seat: `join` knows
    except InvitationEnded:
        return _to_own_ballot(visitor, round_id)
    given = sent.get("role", ""), sent.get("name", ""), sent.get("once", "")
    if _is_somebody_else(visitor, sent):
        return replies.html(
            _page(visitor, found, "", given[1], role=given[0], again=True), HTTPStatus.CONFLICT
        )
    try:
        secret = invitations.join(visitor.app, visitor.token, *given, beside=sent.get("beside") == "1")
    except InvitationUsed:
        return _to_own_ballot(visitor, round_id)
    except _ASK_AGAIN as error:
        again = _page(visitor, found, visitor.words.error(error), sent.get("name", ""))
        return replies.html(again, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _seated(visitor, round_id, secret)


def _is_somebody_else(visitor: Visitor, sent: Mapping[str, str]) -> bool:
    """Whether the name was given by somebody before, and this person has not said that they are another."""
    if sent.get("again") == "1":
        return False
    try:
        said = (sent.get(name, "") for name in ("role", "name", "once"))
        return invitations.is_there(visitor.app, visitor.token, *said)
    except (InvitationUsed, InvitationEnded):
        return False


def _seated(visitor: Visitor, round_id: str, secret: Token) -> Response:
    answer = replies.lead_on(visitor.ballot(round_id))
    secure = visitor.request.url.scheme == "https"
    kept = {"max_age": COOKIE_SECONDS, "path": "/", "httponly": True, "secure": secure}
    answer.set_cookie(COOKIE + round_id, secret.clear, samesite="lax", **kept)  # type: ignore[arg-type]
    return answer


def _to_own_ballot(visitor: Visitor, round_id: str) -> Response:
    """To the ballot this device has for the round of a link that no longer works. InvitationUsed or InvitationEnded where it has none."""
    if _sitting(visitor, round_id) is None:
        invitations.welcome(visitor.app, visitor.token)
    return replies.lead_on(visitor.ballot(round_id))


def _sitting(visitor: Visitor, round_id: str) -> str | None:
    """As whom this device votes in a round, in words; None where it does not."""
    try:
        sheet = ballot.ballot_of(visitor.app, visitor.seat_in(round_id))
    except (SeatUnknown, SeatEnded):
        return None
    return sheet.seat.name or visitor.words.of(sheet.role)


def _page(
    visitor: Visitor,
    found: Welcome,
    problem: str = "",
    name: str = "",
    sitting: str = "",
    *,
    role: str = "",
    again: bool = False,
) -> str:
    words = visitor.words
    top = page.Top(found.organisation, found.held.title)
    said = words("ballot.join.there", name=name) if again else problem
    form = page.JoinForm(promise(words, found.held), invitations.new_once(), said, name, again)
    if found.role is None:
        roles = {each.id: words.of(each) for each in found.roles}
        return page.open_page(words, top, form, roles, asks_name=found.held.named, role=role)
    own = next((words.of(each) for each in found.roles if each.id == found.role), found.role)
    key = "ballot.join.personal" if found.name else "ballot.join.personal_role"
    other = visitor.ballot(found.held.id) if sitting else ""
    who = words(key, name=found.name, role=own)
    return page.personal_page(words, top, form, who, sitting, other, is_device=found.device)


def promise(words: Words, held: Round) -> str:
    """What everybody in a round can rely on."""
    if held.named:
        return words("ballot.secret_named")
    return words("ballot.secret_anonymous", minimum=held.anonymity_minimum)
