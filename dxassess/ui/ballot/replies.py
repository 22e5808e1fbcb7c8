"""What a device is answered: pages, data, and for every error its sentence, without a word about anybody else."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import HTMLResponse, RedirectResponse, Response

from dxassess.errors import (
    AnswerError,
    BallotNotUnderstood,
    BallotTooLarge,
    DxAssessError,
    IndicatorUnknown,
    InvitationEnded,
    InvitationUsed,
    NotExpected,
    RoleFixed,
    RoundClosed,
    SeatEnded,
    SeatUnknown,
    StaleAnswer,
    StorageError,
    VoteNotAsked,
    VoteNotOpen,
    VoteOver,
)
from dxassess.text import Words
from dxassess.ui.ballot import page
from dxassess.ui.compression import takes_gzip

NO_STORE = {"cache-control": "no-store"}
PAUSE_SECONDS = 60
LEVEL, SMALLEST = 4, 1000  # 9, as Streamlit would, takes three times as long for 5 % less
_STATUS: tuple[tuple[tuple[type[DxAssessError], ...], HTTPStatus], ...] = (
    ((SeatUnknown, SeatEnded), HTTPStatus.UNAUTHORIZED),
    ((VoteOver, VoteNotOpen, RoundClosed, InvitationEnded, InvitationUsed), HTTPStatus.GONE),
    ((StaleAnswer, RoleFixed), HTTPStatus.CONFLICT),
    ((BallotTooLarge,), HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (
        (AnswerError, IndicatorUnknown, VoteNotAsked, BallotNotUnderstood),
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
    ((StorageError,), HTTPStatus.SERVICE_UNAVAILABLE),
    ((NotExpected,), HTTPStatus.INTERNAL_SERVER_ERROR),
)
_TITLES: tuple[tuple[tuple[type[DxAssessError], ...], str], ...] = (
    ((SeatUnknown, SeatEnded), "ballot.trouble.again"),
    ((RoleFixed,), "ballot.trouble.kept"),
)


def html(text: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A page of ours; what cannot be written down stands there as a question mark."""
    return HTMLResponse(text.encode("utf-8", "replace"), status, NO_STORE)


def data(said: Mapping[str, object], status: HTTPStatus = HTTPStatus.OK) -> Response:
    """An answer for the script."""
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Response(body, status, NO_STORE, "application/json")


def packed(answer: Response, accepted: list[str]) -> Response:
    """An answer compressed where the browser takes it (`accepted`: its Accept-Encoding headers) and it is worth the while.

    Done where the answer is made, in its own thread, and not for everybody in turn on the thread of the server.
    """
    if len(answer.body) >= SMALLEST:
        answer.headers["vary"] = "Accept-Encoding"
        if takes_gzip(accepted):
            answer.body = gzip.compress(answer.body, LEVEL, mtime=0)
            answer.headers["content-encoding"] = "gzip"
            answer.headers["content-length"] = str(len(answer.body))
    return answer


def lead_on(address: str) -> Response:
    """On to another page of ours."""
    return RedirectResponse(address, HTTPStatus.SEE_OTHER, NO_STORE)


def told(words: Words, error: DxAssessError, back: str = "") -> Response:
    """The page of an error; `back` is where its link leads."""
    title = next((key for kinds, key in _TITLES if isinstance(error, kinds)), "ballot.trouble.title")
    return html(page.message(words, words(title), sentence(words, error), back), status_of(error))


def told_script(words: Words, error: DxAssessError) -> Response:
    """The sentence of an error, for the script to show."""
    return data({"error": sentence(words, error)}, status_of(error))


def paused(words: Words, *, script: bool) -> Response:
    """Too many links that do not fit."""
    said = words("ballot.trouble.too_many")
    status = HTTPStatus.TOO_MANY_REQUESTS
    answer = (
        data({"error": said}, status)
        if script
        else html(page.message(words, words("ballot.trouble.title"), said), status)
    )
    answer.headers["retry-after"] = str(PAUSE_SECONDS)
    return answer


def sentence(words: Words, error: DxAssessError) -> str:
    """What a person in the room is told. Of the machine it runs on they learn nothing."""
    if isinstance(error, StorageError):
        return words("ballot.trouble.storage")
    if isinstance(error, NotExpected):
        return words("ballot.trouble.unexpected")
    return words.error(error)


def status_of(error: DxAssessError) -> HTTPStatus:
    """The HTTP status of an error; not found, where nothing else fits."""
    return next((status for kinds, status in _STATUS if isinstance(error, kinds)), HTTPStatus.NOT_FOUND)
