"""The routes of the ballot: join by a link, vote, ask where the workshop stands."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dxassess.errors import (
    BallotTooLarge,
    DxAssessError,
    InvitationUnknown,
    NotExpected,
    SeatUnknown,
    StorageError,
)
from dxassess.settings import from_environment
from dxassess.text import Language
from dxassess.ui.ballot import joining, page, replies, voting
from dxassess.ui.ballot.guesses import Guesses
from dxassess.ui.ballot.visitor import Visitor
from dxassess.ui.routes import ASSETS, JOIN, VOTE

LARGEST_FORM, LARGEST_VOTE = 10_000, 100_000
A_YEAR = 31_536_000
_log = logging.getLogger(__name__)

Answer = Callable[[Visitor], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def routes() -> dict[str, tuple[Route, ...]]:
    """By the first part of the address: what stands below it."""
    counter = _Counter()
    return {
        JOIN: (counter.page("/{token}", joining.show_join), counter.form("/{token}", joining.join)),
        VOTE: (
            counter.page("/{round}", voting.show_ballot),
            counter.page("/{round}/role", voting.show_role),
            counter.form("/{round}/role", voting.take_role),
            counter.script("/{round}/phase", voting.phase, "GET"),
            counter.script("/{round}/votes", voting.vote, "POST"),
            counter.script("/{round}/device", voting.other_device, "POST"),
        ),
        ASSETS: (Route("/{name}", asset),),
    }


async def asset(request: Request) -> Response:
    """Script and style sheet; their names change with what is in them."""
    found = page.assets().get(request.path_params["name"])
    if found is None:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    content, kind = found
    kept = f"public, max-age={A_YEAR}, immutable"
    answer = Response(content, headers={"content-type": kind, "cache-control": kept})
    return replies.packed(answer, request.headers.getlist("accept-encoding"))


class _Counter:
    """Where requests are taken: each is answered in a thread of its own, every error with its sentence."""

    def __init__(self) -> None:
        self._guesses = Guesses()
        self._usual: Language = "en" if from_environment().language == "en" else "ja"

    def page(self, path: str, answer: Answer) -> Route:
        return Route(path, self._answered(answer, script=False))

    def form(self, path: str, answer: Answer) -> Route:
        return Route(path, self._answered(answer, script=False, most=LARGEST_FORM), methods=["POST"])

    def script(self, path: str, answer: Answer, method: str) -> Route:
        return Route(path, self._answered(answer, script=True, most=LARGEST_VOTE), methods=[method])

    def _answered(self, answer: Answer, *, script: bool, most: int = 0) -> Endpoint:
        """`most`: how many bytes may be sent along."""

        async def answered(request: Request) -> Response:
            visitor = Visitor(request, self._usual)
            try:
                body = await _body(request, most)
                return await run_in_threadpool(_answer, answer, Visitor(request, self._usual, body))
            except (InvitationUnknown, SeatUnknown) as wrong:
                place = request.client.host if request.client else ""
                if await self._guesses.too_many(place):
                    return replies.paused(visitor.words, script=script)
                return _told(visitor, wrong, script)
            except DxAssessError as error:
                return _told(visitor, error, script)
            except Exception as fault:
                _log.exception("A ballot could not be answered")
                return _told(visitor, NotExpected(kind=type(fault).__name__), script)

        return answered


def _answer(answer: Answer, visitor: Visitor) -> Response:
    return replies.packed(answer(visitor), visitor.request.headers.getlist("accept-encoding"))


def _told(visitor: Visitor, error: DxAssessError, script: bool) -> Response:
    """What the machine lacks is told to those who run it, without what was sent."""
    if isinstance(error, StorageError):
        _log.warning("A ballot could not be kept: %s", visitor.words.error(error))
    return (replies.told_script if script else replies.told)(visitor.words, error)


async def _body(request: Request, most: int) -> bytes:
    """What was sent. BallotTooLarge as soon as it is more than `most` bytes."""
    read = b""
    if request.method == "POST":
        async for piece in request.stream():
            read += piece
            if len(read) > most:
                raise BallotTooLarge
    return read
