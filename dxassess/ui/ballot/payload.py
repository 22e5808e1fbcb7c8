"""What a ballot's script is given, and what it sends back: plain JSON. Levels travel as places on the scale."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from dxassess.assessment.model import Answer, Recorded, State
from dxassess.assessment.voting import Seat
from dxassess.catalogue.model import Edition, Indicator, Level
from dxassess.errors import BallotNotUnderstood
from dxassess.text import Words, sentences
from dxassess.ui.routes import VOTE
from dxassess.usecases.answering import TEXT_LIMIT
from dxassess.usecases.ballot import BallotSheet

_TEXTS = ("evidence", "comment")
_KEY = re.compile(r"[0-9a-f]{32}")
_OWN = "ballot."

Vote = tuple[str, Mapping[str, object], int | None, str]
"""Indicator, change (field → value), the sequence that was seen, the key."""


def ballot_data(sheet: BallotSheet, words: Words) -> dict[str, object]:
    """Everything the script draws a ballot from."""
    edition = sheet.edition
    address = f"{VOTE}/{sheet.held.id}"
    return {
        "seat": _tag(sheet.seat),
        "ballot": sheet.ballot,
        **standing(sheet),
        "votes": f"{address}/votes?lang={words.language}",
        "look": f"{address}/phase",
        "limit": TEXT_LIMIT,
        "levels": [
            {"value": words.level(level.value), "name": words.of(level.name)}
            for level in edition.scale.levels
        ],
        "reasons": [{"id": reason.id, "label": words.of(reason)} for reason in edition.head.not_applicable],
        "items": [_item(sheet, item, words) for item in sheet.asked],
        "answers": {
            item.id: answer_data(edition, sheet.votes[item.id])
            for item in sheet.asked
            if item.id in sheet.votes
        },
        "words": _words(words),
    }


def standing(sheet: BallotSheet) -> dict[str, object]:
    """Where the workshop stands: what a waiting phone asks again and again."""
    workshop = sheet.workshop
    if sheet.held.closed:
        return {"phase": "closed", "version": 0}
    return {"phase": workshop.phase if workshop else "soon", "version": workshop.version if workshop else 0}


def _tag(seat: Seat) -> str:
    """Under which the phone keeps what waits: another person's phone memory is never sent as this one's."""
    return hashlib.sha256(f"{seat.round}:{seat.respondent}".encode()).hexdigest()[:16]


def _words(words: Words) -> dict[str, str]:
    """Every sentence of `ballot.yaml`, its placeholders still in it."""
    return {
        key.removeprefix(_OWN): said[words.language]
        for key, said in sentences().items()
        if key.startswith(_OWN)
    }


def _item(sheet: BallotSheet, item: Indicator, words: Words) -> dict[str, object]:
    edition, first = sheet.edition, sheet.first.get(item.id)
    return {
        "id": item.id,
        "code": item.code,
        "title": words.of(item.title),
        "group": words.of(edition.group_of[item.id].title),
        "question": words.of(item.question),
        "guidance": words.of(item.guidance) if item.guidance else "",
        "conditions": [words.of(condition) for condition in item.conditions],
        "wording": words(_whose_words(item)),
        "levels": [_level_text(edition, item, level, words) for level in edition.scale.values],
        "first": _first(first.answer, words) if first and sheet.ballot == "second" else "",
        "first_place": place_of(edition, first.answer.level) if first and sheet.ballot == "second" else None,
    }


def _whose_words(item: Indicator) -> str:
    if item.wording.question == "official":
        return "ballot.wording_official"
    return "ballot.wording" if item.wording.title == "official" else "ballot.wording_own"


def _level_text(edition: Edition, item: Indicator, level: Level, words: Words) -> str:
    described = item.levels.get(level)
    if described is None:
        described = edition.scale.levels[edition.scale.position(level)].character
    return words.of(described) if described else ""


def _first(answer: Answer, words: Words) -> str:
    if answer.level is not None:
        return words.level(answer.level)
    return words(f"answering.state_{answer.state}")


def answer_data(edition: Edition, recorded: Recorded) -> dict[str, object]:
    """One own vote as the script keeps it."""
    answer = recorded.answer
    return {
        "state": str(answer.state),
        "level": place_of(edition, answer.level),
        "target": place_of(edition, answer.target),
        "reason": answer.reason,
        "evidence": answer.evidence,
        "comment": answer.comment,
        "sequence": recorded.sequence,
    }


def place_of(edition: Edition, level: Level | None) -> int | None:
    """The place of a level on the scale."""
    return None if level is None else edition.scale.position(level)


def read_vote(edition: Edition, sent: object) -> Vote:
    """A vote as the script sends it. BallotNotUnderstood for anything else, so that nothing is guessed."""
    if not isinstance(sent, dict) or set(sent) != {"item", "key", "based_on", "change"}:
        raise BallotNotUnderstood
    item, key, seen, change = sent["item"], sent["key"], sent["based_on"], sent["change"]
    if (
        not isinstance(item, str)
        or not isinstance(key, str)
        or not _KEY.fullmatch(key)
        or not isinstance(change, dict)
    ):
        raise BallotNotUnderstood
    if seen is not None and (type(seen) is not int or not 0 < seen < 2**63):
        raise BallotNotUnderstood
    return item, {str(name): _value(edition, name, value) for name, value in change.items()}, seen, key


def _value(edition: Edition, name: Any, value: Any) -> object:
    if name in ("level", "target"):
        return _level(edition, value)
    if name == "state" and value in set(State):
        return State(value)
    if name in _TEXTS and isinstance(value, str):
        return value
    if name == "reason" and (value is None or isinstance(value, str)):
        return value
    raise BallotNotUnderstood


def _level(edition: Edition, place: Any) -> Level | None:
    if place is None:
        return None
    if type(place) is not int or not 0 <= place < len(edition.scale.values):
        raise BallotNotUnderstood
    return edition.scale.values[place]
