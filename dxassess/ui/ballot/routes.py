"""The routes of the ballot: join by a link, vote, and ask where the workshop stands.

The secret of a seat lives in a cookie of the device, one per round, which no script can read. Every answer names what is
wrong in the person's language; none says anything about anybody else.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dxassess.assessment.model import Round
from dxassess.errors import (
    AnswerError,
    BallotNotUnderstood,
    BallotTooLarge,
    DxAssessError,
    InvitationUsed,
    NotExpected,
    ParticipantNameMissing,
    RoleUnknown,
    RoundClosed,
    SeatEnded,
    SeatUnknown,
    StaleAnswer,
    StorageError,
    VoteNotAsked,
    VoteNotOpen,
    VoteOver,
)
from dxassess.settings import from_environment
from dxassess.text import LANGUAGES, Words
from dxassess.ui.ballot import page
from dxassess.ui.ballot.payload import answer_data, ballot_data, read_vote, standing
from dxassess.ui.routes import VOTE
from dxassess.usecases import ballot as voting
from dxassess.usecases import invitations
from dxassess.usecases.invitations import Welcome

COOKIE = "dx-"
COOKIE_DAYS = 60
LARGEST_VOTE = 100_000
LARGEST_FORM = 10_000
_STATUS: tuple[tuple[tuple[type[DxAssessError], ...], HTTPStatus], ...] = (
    ((SeatUnknown, SeatEnded), HTTPStatus.UNAUTHORIZED),
    ((VoteOver, VoteNotOpen, RoundClosed), HTTPStatus.GONE),
    ((StaleAnswer,), HTTPStatus.CONFLICT),
    ((BallotTooLarge,), HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ((AnswerError, VoteNotAsked, BallotNotUnderstood), HTTPStatus.UNPROCESSABLE_ENTITY),
    ((StorageError,), HTTPStatus.SERVICE_UNAVAILABLE),
    ((NotExpected,), HTTPStatus.INTERNAL_SERVER_ERROR),
)
_log = logging.getLogger(__name__)

Answering = Callable[[Request, Words], Awaitable[Response]]


def routes() -> dict[str, tuple[Route, ...]]:
    """By the first part of the address: what stands below it."""
    return {
        "/j": (Route("/{token}", _answered(show_join)), Route("/{token}", _answered(join), methods=["POST"])),
        "/b": (
            Route("/{round}", _answered(show_ballot)),
            Route("/{round}/phase", _answered_as_data(phase)),
            Route("/{round}/votes", _answered_as_data(vote), methods=["POST"]),
        ),
        "/static-ballot": (Route("/{name}", asset),),
    }


# -- joining


async def show_join(request: Request, words: Words) -> Response:
    """The page a link leads to; who has a seat in that round already is led to their ballot."""
    try:
        found = await run_in_threadpool(invitations.welcome, _application(), _token(request))
    except InvitationUsed:
        return await _to_own_ballot(request, words) or _told(words, InvitationUsed())
    seat = _seat(request, found.held.id)
    taken = await run_in_threadpool(_is_taken, seat) if seat else False
    if taken:
        return _go_to_ballot(found.held.id, words)
    return _page(_joining(words, found))


async def join(request: Request, words: Words) -> Response:
    """Take a seat: the secret becomes a cookie, and the token leaves the address."""
    sent = await _form(request)
    try:
        found = await run_in_threadpool(invitations.welcome, _application(), _token(request))
        role, name = sent.get("role", ""), sent.get("name", "")
        secret = await run_in_threadpool(invitations.join, _application(), _token(request), role, name)
    except InvitationUsed:
        return await _to_own_ballot(request, words) or _told(words, InvitationUsed())
    except (RoleUnknown, ParticipantNameMissing) as error:
        return _page(
            _joining(words, found, words.error(error), sent.get("name", "")), HTTPStatus.UNPROCESSABLE_ENTITY
        )
    response = _go_to_ballot(found.held.id, words)
    secure = request.url.scheme == "https"
    response.set_cookie(
        COOKIE + found.held.id,
        secret.clear,
        max_age=COOKIE_DAYS * 86_400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=secure,
    )
    return response


def _joining(words: Words, found: Welcome, problem: str = "", name: str = "") -> str:
    head = page.top(words, [found.organisation, found.held.title], _other(words))
    promise = words("ballot.secret_named") if found.held.named else _anonymous(words, found.held)
    if found.role is None:
        roles = {role.id: words.of(role) for role in found.roles}
        return page.join_page(
            words, head, promise, roles, asks_name=found.held.named, problem=problem, name=name
        )
    role = next((words.of(role) for role in found.roles if role.id == found.role), found.role)
    key = "ballot.join_personal" if found.name else "ballot.join_personal_role"
    return page.personal_page(words, head, promise, words(key, name=found.name, role=role), problem)


def _anonymous(words: Words, held: Round) -> str:
    return words("ballot.secret_anonymous", minimum=held.anonymity_minimum)


async def _to_own_ballot(request: Request, words: Words) -> Response | None:
    """The ballot this device has a seat for, where its personal link was opened before."""
    for name, seat in request.cookies.items():
        if name.startswith(COOKIE) and await run_in_threadpool(_is_taken, seat):
            return _go_to_ballot(name.removeprefix(COOKIE), words)
    return None


def _is_taken(seat: str) -> bool:
    try:
        return not voting.ballot_of(_application(), seat).held.closed
    except (SeatUnknown, SeatEnded):
        return False


def _go_to_ballot(round_id: str, words: Words) -> Response:
    return RedirectResponse(
        f"{VOTE}/{round_id}{_other_than_usual(words)}", HTTPStatus.SEE_OTHER, {"cache-control": "no-store"}
    )


# -- voting


async def show_ballot(request: Request, words: Words) -> Response:
    """The ballot of this device."""
    sheet = await run_in_threadpool(voting.ballot_of, _application(), _own_seat(request))
    who = words("ballot.as_who", who=sheet.seat.name or words.of(sheet.role))
    promise = words("ballot.secret_short_named" if sheet.held.named else "ballot.secret_short_anonymous")
    head = page.top(words, [sheet.held.title, who, promise], _other(words))
    return _page(page.ballot_page(words, head, ballot_data(sheet, words)))


async def phase(request: Request, _words: Words) -> Response:
    """Where the workshop stands."""
    return _data(standing(await run_in_threadpool(voting.ballot_of, _application(), _own_seat(request))))


async def vote(request: Request, _words: Words) -> Response:
    """Keep one vote; what is kept comes back. A vote somebody else changed first comes back as it is now, with status 409."""
    seat = _own_seat(request)
    sent = _read_json(await _body(request, LARGEST_VOTE))
    sheet = await run_in_threadpool(voting.ballot_of, _application(), seat)
    item, change, seen, key = read_vote(sheet.edition, sent)
    try:
        kept = await run_in_threadpool(voting.cast, _application(), seat, item, change, seen, key)
    except StaleAnswer:
        newer = await run_in_threadpool(voting.ballot_of, _application(), seat)
        return _data(
            {"stale": True, "answer": answer_data(newer.edition, newer.votes[item])}, HTTPStatus.CONFLICT
        )
    return _data({"answer": answer_data(sheet.edition, kept)})


async def asset(request: Request) -> Response:
    """Script and style sheet; their names change with what is in them."""
    found = page.assets().get(request.path_params["name"])
    if found is None:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    content, kind = found
    return Response(
        content, headers={"content-type": kind, "cache-control": "public, max-age=31536000, immutable"}
    )


# -- what all of them share


def _answered(answer: Answering) -> Callable[[Request], Awaitable[Response]]:
    """An error becomes a page with its sentence."""
    return _guarded(answer, _told)


def _answered_as_data(answer: Answering) -> Callable[[Request], Awaitable[Response]]:
    """An error becomes its sentence as JSON."""
    return _guarded(answer, lambda words, error: _data({"error": words.error(error)}, _status(error)))


def _guarded(
    answer: Answering, tell: Callable[[Words, DxAssessError], Response]
) -> Callable[[Request], Awaitable[Response]]:
    """One outside our tree is a fault of the program: it is logged too, without what was sent."""

    async def answered(request: Request) -> Response:
        words = _spoken(request)
        try:
            return await answer(request, words)
        except DxAssessError as error:
            return tell(words, error)
        except Exception as fault:
            _log.exception("A ballot could not be answered")
            return tell(words, NotExpected(kind=type(fault).__name__))

    return answered


def _told(words: Words, error: DxAssessError) -> Response:
    title = "ballot.again_title" if isinstance(error, SeatUnknown | SeatEnded) else "ballot.trouble_title"
    return _page(page.message(words, words(title), words.error(error)), _status(error))


def _status(error: DxAssessError) -> HTTPStatus:
    return next((status for kinds, status in _STATUS if isinstance(error, kinds)), HTTPStatus.NOT_FOUND)


def _page(text: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return HTMLResponse(text, status, page.HEADERS)


def _data(said: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return JSONResponse(said, status, {"cache-control": "no-store"})


def _application() -> Any:
    from dxassess.ui.context import application

    return application()


def _spoken(request: Request) -> Words:
    asked = request.query_params.get("lang")
    usual = from_environment().language
    return Words(next((each for each in LANGUAGES if each == (asked or usual)), "ja"))


def _other(words: Words) -> str:
    return "?lang=en" if words.language == "ja" else "?lang=ja"


def _other_than_usual(words: Words) -> str:
    return "" if words.language == from_environment().language else f"?lang={words.language}"


def _token(request: Request) -> str:
    return str(request.path_params["token"])


def _seat(request: Request, round_id: str) -> str | None:
    return request.cookies.get(COOKIE + round_id)


def _own_seat(request: Request) -> str:
    """The secret this device keeps for the round of the address. SeatUnknown."""
    seat = _seat(request, request.path_params["round"])
    if seat is None:
        raise SeatUnknown
    return seat


async def _body(request: Request, most: int) -> bytes:
    """What was sent. BallotTooLarge as soon as it is more than `most` bytes."""
    read = b""
    async for piece in request.stream():
        read += piece
        if len(read) > most:
            raise BallotTooLarge
    return read


async def _form(request: Request) -> dict[str, str]:
    from urllib.parse import parse_qsl

    text = (await _body(request, LARGEST_FORM)).decode("utf-8", "replace")
    return dict(parse_qsl(text))


def _read_json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BallotNotUnderstood from None
