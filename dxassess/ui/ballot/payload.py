"""What a ballot's script is given, and what it sends back: plain JSON. A level is the number it has on the scale."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dxassess.assessment.model import Ballot, Recorded, State
from dxassess.assessment.voting import Seat
from dxassess.catalogue.model import Edition, Indicator, Level
from dxassess.errors import BallotNotUnderstood
from dxassess.text import Words, sentences
from dxassess.ui.routes import VOTE
from dxassess.usecases.answering import TEXT_LIMIT
from dxassess.usecases.ballot import BallotSheet, BallotStanding

BALLOTS: tuple[Ballot, ...] = ("first", "second")
_SPOKEN = "ballot.phone."
_KEY = re.compile(r"[0-9a-f]{32}")
_ID = re.compile(r"[A-Za-z0-9._-]{1,200}")
_FIELDS = frozenset({"ballot", "item", "key", "based_on", "change"})
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote as the script sends it: a change (field → value) to what was seen, and the ballot it was given for."""

    ballot: Ballot
    indicator: str
    change: Mapping[str, object]
    based_on: int | None
    key: str


def ballot_data(sheet: BallotSheet, words: Words, address: Callable[[str], str]) -> dict[str, object]:
    """Everything the script draws a ballot from. `address` gives a path in the language spoken."""
    edition = sheet.edition
    here = f"{VOTE}/{sheet.held.id}"
    return {
        "seat": _tag(sheet.seat),
        "ballot": sheet.ballot,
        **standing_data(sheet.standing),
        "look": address(f"{here}/phase"),
        "votes": address(f"{here}/votes"),
        "device": address(f"{here}/device"),
        "role": {"name": words.of(sheet.role), "change": address(f"{here}/role")},
        "limit": TEXT_LIMIT,
        "levels": [
            {"value": level.value, "label": words.level(level.value), "name": words.of(level.name)}
            for level in edition.scale.levels
        ],
        "reasons": [{"id": reason.id, "label": words.of(reason)} for reason in edition.head.not_applicable],
        "items": [_item(sheet, item, words) for item in sheet.asked],
        "answers": {
            item.id: answer_data(sheet.votes[item.id]) for item in sheet.asked if item.id in sheet.votes
        },
        "words": spoken(words),
    }


def standing_data(found: BallotStanding) -> dict[str, object]:
    """Where the workshop stands: what a waiting phone asks again and again."""
    return {"phase": found.phase, "version": found.version}


def spoken(words: Words) -> dict[str, str]:
    """What the script says, placeholders still in it."""
    return {
        key.removeprefix(_SPOKEN): said[words.language]
        for key, said in sentences().items()
        if key.startswith(_SPOKEN)
    }


def _tag(seat: Seat) -> str:
    """Under which the phone keeps what waits: another person's phone memory is never sent as this one's."""
    return hashlib.sha256(f"{seat.round}:{seat.respondent}".encode()).hexdigest()[:16]


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
        "first": answer_data(first) if first and sheet.ballot == "second" else None,
    }


def _whose_words(item: Indicator) -> str:
    if item.wording.question == "official":
        return "ballot.wording_official"
    return "ballot.wording_title_official" if item.wording.title == "official" else "ballot.wording_own"


def _level_text(edition: Edition, item: Indicator, level: Level, words: Words) -> str:
    described = item.levels.get(level)
    if described is None:
        described = edition.scale.levels[edition.scale.position(level)].character
    return words.of(described) if described else ""


def answer_data(recorded: Recorded) -> dict[str, object]:
    """One own vote as the script keeps it."""
    answer = recorded.answer
    return {
        "state": str(answer.state),
        "level": answer.level,
        "target": answer.target,
        "reason": answer.reason,
        "evidence": answer.evidence,
        "comment": answer.comment,
        "sequence": recorded.sequence,
    }


def read_vote(sent: object) -> Vote:
    """A vote as the script sends it. BallotNotUnderstood for anything else, so that nothing is guessed."""
    if not isinstance(sent, dict) or set(sent) != _FIELDS:
        raise BallotNotUnderstood
    seen, change = sent["based_on"], sent["change"]
    if not _is_sequence(seen) or not isinstance(change, dict):
        raise BallotNotUnderstood
    return Vote(
        _ballot(sent["ballot"]),
        _text(sent["item"], _ID),
        {name: _value(name, value) for name, value in change.items()},
        seen,
        _text(sent["key"], _KEY),
    )


def _ballot(value: object) -> Ballot:
    for ballot in BALLOTS:
        if ballot == value:
            return ballot
    raise BallotNotUnderstood


def _is_sequence(seen: object) -> bool:
    return seen is None or (type(seen) is int and 0 < seen <= _LARGEST)


def _text(value: object, form: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise BallotNotUnderstood
    return value


def _value(name: str, value: object) -> object:
    if name in ("level", "target") and (value is None or _is_number(value)):
        return value
    if name == "state" and isinstance(value, str) and value in set(State):
        return State(value)
    if name in ("evidence", "comment") and isinstance(value, str):
        return value
    if name == "reason" and (value is None or (isinstance(value, str) and _ID.fullmatch(value))):
        return value
    raise BallotNotUnderstood


def _is_number(value: object) -> bool:
    """Not `true`, not NaN, nothing without an end."""
    return type(value) is int or (isinstance(value, float) and math.isfinite(value))
