"""What is kept in memory beside the database: editions by the hash of their text, closed rounds once verified, and what
the one voice says.

An organisation's counter rises with everything it writes, in whatever process. So what was read stays true as long as
the counter stands still, and one small question tells.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from dxassess.assessment.model import AGREED, Recorded, Voice
from dxassess.catalogue.model import Edition, edition_from_text
from dxassess.errors import DatabaseDamaged, EditionUnknown
from dxassess.storage.content import EDITION_TEXT, Frozen, freeze, verified
from dxassess.storage.schema import editions
from dxassess.storage.scope import TENANT, Scope

ANSWERS_KEPT = 40_000
ORGANISATIONS_KEPT = 64
VOICES_KEPT = 40

_STORED = (
    select(editions.c.edition)
    .where(editions.c.organisation == TENANT)
    .distinct()
    .order_by(editions.c.edition)
)


@dataclass(slots=True)
class Said:
    """What the one voice of an organisation says, by round, as it was when the counter stood at `counter`."""

    counter: int
    voices: dict[str, Voice] = field(default_factory=dict)


class Caches:
    """Shared by all stores of a database. What it gives back was read for, and belongs to, the asking organisation."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._editions: dict[str, Edition] = {}
        self._owners: set[tuple[str, str]] = set()
        self._rounds: OrderedDict[tuple[str, str], Frozen] = OrderedDict()
        self._answers = 0
        self._said: OrderedDict[str, Said] = OrderedDict()

    def edition(self, scope: Scope, digest: str) -> Edition:
        """An edition this organisation's rounds stored. EditionUnknown, or DatabaseDamaged when its text was changed."""
        owner = (scope.organisation, digest)
        if owner in self._owners:
            return self._editions[digest]
        text = scope.execute(EDITION_TEXT, hash=digest).scalar()
        if text is None:
            raise EditionUnknown(edition=digest, known=tuple(scope.execute(_STORED).scalars()))
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            raise DatabaseDamaged(place=scope.place)
        found = self._editions.get(digest) or edition_from_text(text)
        with self._lock:
            self._editions.setdefault(digest, found)
            self._owners.add(owner)
        return self._editions[digest]

    def frozen(self, scope: Scope, head: Mapping[Any, Any]) -> Frozen:
        """The closed round of row `head`, verified; free of charge the second time. RoundDamaged when it does not fit."""
        key = (scope.organisation, head["round"])
        with self._lock:
            kept = self._rounds.get(key)
            if kept is not None and kept.head == head:
                self._rounds.move_to_end(key)
                return kept
        content = verified(scope, head)
        return self._keep(key, freeze(content, self.edition(scope, head["edition_hash"])))

    def _keep(self, key: tuple[str, str], frozen: Frozen) -> Frozen:
        with self._lock:
            before = self._rounds.pop(key, None)
            self._rounds[key] = frozen
            self._answers += len(frozen.current) - (len(before.current) if before else 0)
            while self._answers > ANSWERS_KEPT and len(self._rounds) > 1:
                _, dropped = self._rounds.popitem(last=False)
                self._answers -= len(dropped.current)
        return frozen

    def voice(self, scope: Scope, round_id: str, read: Callable[[], Voice]) -> Voice:
        """What the one voice says in a round; read anew only when the organisation wrote something since."""
        counter = scope.counter()
        with self._lock:
            said = self._said.get(scope.organisation)
            if said is not None and said.counter == counter and round_id in said.voices:
                return said.voices[round_id]
        voice = read()
        with self._lock:
            self._remember(scope.organisation, counter, round_id, voice)
        return voice

    def _remember(self, organisation: str, counter: int, round_id: str, voice: Voice) -> None:
        said = self._said.get(organisation)
        if said is not None and said.counter > counter:
            return
        if said is None or said.counter < counter or len(said.voices) >= VOICES_KEPT:
            said = Said(counter)
        said.voices[round_id] = voice
        self._said[organisation] = said
        self._said.move_to_end(organisation)
        while len(self._said) > ORGANISATIONS_KEPT:
            self._said.popitem(last=False)

    def heard(self, organisation: str, record: Recorded) -> None:
        """An answer was just kept. What is in memory goes along with it, unless somebody else wrote in between."""
        with self._lock:
            said = self._said.get(organisation)
            if said is None or said.counter != record.sequence - 1:
                return
            said.counter = record.sequence
            voice = said.voices.get(record.round)
            if voice is not None and (record.ballot, record.respondent) == (AGREED, voice.speaker.id):
                others = {
                    item: kept for item, kept in voice.recorded.items() if item != record.answer.indicator
                }
                said.voices[record.round] = replace(
                    voice, recorded={**others, record.answer.indicator: record}
                )
