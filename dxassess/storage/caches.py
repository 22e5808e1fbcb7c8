"""What is kept in memory beside the database: editions by the hash of their text, closed rounds once verified, and what
was read last of an organisation: itself, its rounds, what its one voice says.

An organisation's counter rises with everything it writes, in whatever process. So what was read stays true as long as
the counter stands still, and one small question tells.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import select

from dxassess.assessment.model import AGREED, Recorded, Respondent, Voice
from dxassess.catalogue.model import Edition, edition_from_text
from dxassess.errors import DatabaseDamaged, EditionUnknown
from dxassess.storage.content import EDITION_TEXT, Frozen, freeze, verified
from dxassess.storage.schema import editions
from dxassess.storage.scope import TENANT, Scope

ANSWERS_KEPT = 40_000
ROUNDS_SPOKEN = 1_000
ONE_VOICE = "organisation"
"""The role of the respondent through whom an organisation speaks with one voice."""
ORGANISATIONS_KEPT = 64
FACTS_KEPT = 40

Read = TypeVar("Read")

_STORED = (
    select(editions.c.edition)
    .where(editions.c.organisation == TENANT)
    .distinct()
    .order_by(editions.c.edition)
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a closed round says with one voice, once verified: little beside the votes, so that far more rounds are kept of it."""

    head: Mapping[Any, Any]
    speaker: Respondent
    said: tuple[Recorded, ...]
    decisions: tuple[Mapping[Any, Any], ...]


@dataclass(slots=True)
class Known:
    """What was read of an organisation when its counter stood at `counter`, by name; a voice by the id of its round."""

    counter: int
    facts: dict[str, Any] = field(default_factory=dict)


class Caches:
    """Shared by all stores of a database. What it gives back was read for, and belongs to, the asking organisation."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._editions: dict[str, Edition] = {}
        self._owners: set[tuple[str, str]] = set()
        self._rounds: OrderedDict[tuple[str, str], Frozen] = OrderedDict()
        self._answers = 0
        self._spoken: OrderedDict[tuple[str, str], Spoken] = OrderedDict()
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._acknowledged: dict[str, int] = {}

    def acknowledged(self, organisation: str) -> int:
        """The highest counter of the organisation that this program was told is kept; 0 before it wrote anything."""
        return self._acknowledged.get(organisation, 0)

    def acknowledge(self, organisation: str, counter: int) -> None:
        """A transaction that left the organisation's counter there is kept."""
        with self._lock:
            self._acknowledged[organisation] = max(counter, self._acknowledged.get(organisation, 0))

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

    def spoken(self, scope: Scope, head: Mapping[Any, Any]) -> Spoken:
        """What the closed round of row `head` says with one voice; raises as `frozen`."""
        key = (scope.organisation, head["round"])
        kept = self._spoken.get(key)
        if kept is not None and kept.head == head:
            return kept
        frozen = self.frozen(scope, head)
        speaker = next(person for person in frozen.respondents if person.role == ONE_VOICE)
        said = tuple(
            each for each in frozen.current if (each.ballot, each.respondent) == (AGREED, speaker.id)
        )
        made = Spoken(head, speaker, said, frozen.decisions)
        with self._lock:
            self._spoken[key] = made
            self._spoken.move_to_end(key)
            while len(self._spoken) > ROUNDS_SPOKEN:
                self._spoken.popitem(last=False)
        return made

    def _keep(self, key: tuple[str, str], frozen: Frozen) -> Frozen:
        with self._lock:
            before = self._rounds.pop(key, None)
            self._rounds[key] = frozen
            self._answers += len(frozen.current) - (len(before.current) if before else 0)
            while self._answers > ANSWERS_KEPT and len(self._rounds) > 1:
                _, dropped = self._rounds.popitem(last=False)
                self._answers -= len(dropped.current)
        return frozen

    def recall(
        self, organisation: str, names: Sequence[str], counter_now: Callable[[], int | None]
    ) -> list[Any] | None:
        """What was remembered under all these names, where `counter_now` says that nothing was written since; else None."""
        if organisation not in self._known:
            return None
        counter = counter_now()
        with self._lock:
            known = self._known.get(organisation)
            if known is None or known.counter != counter or not known.facts.keys() >= set(names):
                return None
            return [known.facts[name] for name in names]

    def remember(self, scope: Scope, name: str, read: Callable[[Scope], Read]) -> Read:
        """What `read` finds in this transaction; read anew only when the organisation wrote something since."""
        counter = scope.counter()
        with self._lock:
            known = self._known.get(scope.organisation)
            if known is not None and known.counter == counter and name in known.facts:
                found: Read = known.facts[name]
                return found
        fact = read(scope)
        with self._lock:
            self._keep_fact(scope.organisation, counter, name, fact)
        return fact

    def _keep_fact(self, organisation: str, counter: int, name: str, fact: object) -> None:
        known = self._known.get(organisation)
        if known is not None and known.counter > counter:
            return
        if known is None or known.counter < counter or len(known.facts) >= FACTS_KEPT:
            known = Known(counter)
        known.facts[name] = fact
        self._known[organisation] = known
        self._known.move_to_end(organisation)
        while len(self._known) > ORGANISATIONS_KEPT:
            self._known.popitem(last=False)

    def heard(self, organisation: str, record: Recorded) -> None:
        """An answer was just kept. What is in memory goes along with it, unless somebody else wrote in between."""
        with self._lock:
            known = self._known.get(organisation)
            if known is None or known.counter != record.sequence - 1:
                return
            known.counter = record.sequence
            voice = known.facts.get(record.round)
            if isinstance(voice, Voice) and (record.ballot, record.respondent) == (AGREED, voice.speaker.id):
                others = {
                    item: kept for item, kept in voice.recorded.items() if item != record.answer.indicator
                }
                said = {**others, record.answer.indicator: record}
                known.facts[record.round] = replace(voice, recorded=said)
