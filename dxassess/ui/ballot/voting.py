"""Voting: the ballot of this device, its votes, its role, its way to another device."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from dxassess.errors import RoleFixed, SeatUnknown, StaleAnswer
from dxassess.ui.ballot import page, replies
from dxassess.ui.ballot.payload import answer_data, ballot_data, read_vote, standing_data
from dxassess.ui.ballot.visitor import Visitor
from dxassess.ui.qr import qr_picture
from dxassess.ui.routes import JOIN
from dxassess.usecases import ballot, invitations
from dxassess.usecases.ballot import BallotSheet, BallotStanding


def show_ballot(visitor: Visitor) -> Response:
    """The ballot of this device."""
    sheet = _own_sheet(visitor)
    data = ballot_data(sheet, visitor.words, visitor.address)
    return replies.html(page.ballot_page(visitor.words, _top(visitor, sheet), data))


def phase(visitor: Visitor) -> Response:
    """Where the workshop stands."""
    return replies.data(standing_data(_standing(visitor)))


def vote(visitor: Visitor) -> Response:
    """Keep one vote; what is kept comes back. One that another screen changed first comes back as it is now, with status 409."""
    sent = read_vote(visitor.json())
    try:
        kept = ballot.cast(
            visitor.app,
            visitor.own_seat,
            sent.indicator,
            sent.change,
            sent.based_on,
            sent.key,
            sent.ballot,
            visitor.round,
        )
    except StaleAnswer:
        newer = _own_sheet(visitor).votes[sent.indicator]
        return replies.data({"answer": answer_data(newer)}, HTTPStatus.CONFLICT)
    return replies.data({"answer": answer_data(kept)})


def other_device(visitor: Visitor) -> Response:
    """A link, good once, by which the same person goes on with another device."""
    token = invitations.move_device(visitor.app, _own_seat(visitor))
    address = f"{visitor.place}{visitor.address(f'{JOIN}/{token.clear}')}"
    return replies.data({"address": address, "qr": qr_picture(address)})


def show_role(visitor: Visitor) -> Response:
    """Choose another role, as long as nothing was answered."""
    sheet = _own_sheet(visitor)
    back = visitor.ballot(sheet.held.id)
    if sheet.first or sheet.votes:
        return replies.told(visitor.words, RoleFixed(), back)
    roles = {role.id: visitor.words.of(role) for role in sheet.roles}
    return replies.html(page.role_page(visitor.words, _top(visitor, sheet), roles, sheet.seat.role, back))


def take_role(visitor: Visitor) -> Response:
    """Another role, as long as nothing was answered."""
    back = visitor.ballot(visitor.round)
    try:
        ballot.change_role(visitor.app, _own_seat(visitor), visitor.form().get("role", ""))
    except RoleFixed as fixed:
        return replies.told(visitor.words, fixed, back)
    return replies.lead_on(back)


def _standing(visitor: Visitor) -> BallotStanding:
    """SeatUnknown also for a seat of another round."""
    found = ballot.standing_of(visitor.app, visitor.own_seat)
    if found.round != visitor.round:
        raise SeatUnknown
    return found


def _own_seat(visitor: Visitor) -> str:
    """The secret of this device where it is one of the round in the address. SeatUnknown."""
    _standing(visitor)
    return visitor.own_seat


def _own_sheet(visitor: Visitor) -> BallotSheet:
    """SeatUnknown also for a seat of another round."""
    sheet = ballot.ballot_of(visitor.app, visitor.own_seat)
    if sheet.held.id != visitor.round:
        raise SeatUnknown
    return sheet


def _top(visitor: Visitor, sheet: BallotSheet) -> page.Top:
    words = visitor.words
    if sheet.held.closed:
        return page.Top(sheet.organisation, sheet.held.title)
    who = words("ballot.as_who", who=sheet.seat.name or words.of(sheet.role))
    promise = words("ballot.short_named" if sheet.held.named else "ballot.short_anonymous")
    return page.Top(sheet.organisation, sheet.held.title, who, promise)
