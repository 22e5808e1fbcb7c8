"""Everything an organisation's data can be asked and told; bound to one organisation, whose id every query carries.

An id of another organisation is treated exactly as one that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from dxassess.assessment.histogram import Cell
from dxassess.assessment.model import (
    AGREED,
    Answer,
    Ballot,
    Event,
    FiscalQuarter,
    Organisation,
    Recorded,
    Respondent,
    Round,
    Voice,
)
from dxassess.assessment.voting import MINIMUM
from dxassess.catalogue.model import Edition
from dxassess.errors import AnswerUnknown, MinimumTooSmall, StaleAnswer
from dxassess.storage import (
    answers,
    checks,
    content,
    directory,
    log,
    readings,
    rebuild,
    rounds,
    rows,
    seating,
)
from dxassess.storage.ledger import Ledger
from dxassess.storage.looking_back import LookingBack
from dxassess.storage.planning import Planning
from dxassess.storage.rhythm import Rhythm
from dxassess.storage.room import Room
from dxassess.storage.scope import LARGEST_SEQUENCE, Scope
from dxassess.storage.starting import Starting


class Store(Room, Planning, Starting, Ledger, Rhythm, LookingBack):
    """What one organisation keeps. All methods raise errors of the tree in `errors.py`, StorageError among them."""

    @contextmanager
    def one_moment(self) -> Iterator[Store]:
        """A store whose readings all see the same moment of the database, and share one transaction."""
        with self._reading() as scope:
            yield _Moment(self, scope)

    @property
    def organisation_id(self) -> str:
        """Whose data this is; nothing is read for it."""
        return self._organisation

    @property
    def organisation(self) -> Organisation:
        """The organisation as it is now. OrganisationUnknown."""
        return self._recalled("organisation", directory.one)

    def update_organisation(
        self,
        name: str | None = None,
        industry: str | None = None,
        size: str | None = None,
        first_month: int | None = None,
    ) -> Organisation:
        """Change what is given. OrganisationNameMissing, OrganisationNameTaken. Rounds keep the quarter they have."""
        given = {"name": name, "industry": industry, "size": size, "first_month": first_month}
        with self._writing() as scope:
            return directory.change(
                scope, {field: value for field, value in given.items() if value is not None}
            )

    def start_round(
        self,
        title: str,
        edition: Edition,
        held_on: date,
        quarter: FiscalQuarter,
        previous: str | None,
        by: str,
        named: bool = True,
        anonymity_minimum: int = MINIMUM,
    ) -> Round:
        """A new open round with the text of its edition and the organisation's one voice.

        `anonymity_minimum`: how many people the smallest group has that is shown. MinimumTooSmall, RoundTitleMissing;
        RoundUnknown for `previous`.
        """
        if anonymity_minimum < MINIMUM:
            raise MinimumTooSmall(minimum=anonymity_minimum, least=MINIMUM)
        who = checks.short(by)
        with self._writing() as scope:
            return rounds.start(
                scope, title, edition, held_on, quarter, previous, who, named, anonymity_minimum
            )

    def rounds(self) -> tuple[Round, ...]:
        """All rounds, by the day they were held, then by when they were started."""
        return self._recalled("rounds", rounds.all_rounds)

    def round(self, round_id: str) -> Round:
        """One round. RoundUnknown."""
        with self._reading() as scope:
            return rows.to_round(rounds.head(scope, round_id))

    def edition(self, digest: str) -> Edition:
        """The edition with this hash, from the text a round stored. EditionUnknown."""
        with self._reading() as scope:
            return self._caches.edition(scope, digest)

    def agreed(self, round_id: str) -> Respondent:
        """The organisation's one voice in a round."""
        with self._reading() as scope:
            return rounds.agreed(scope, self._caches, round_id)

    def voice(self, round_id: str) -> Voice:
        """What the one voice says in a round, read in one transaction. RoundUnknown, RoundDamaged."""
        return self.voices(round_id)[0]

    def voices(self, *round_ids: str) -> tuple[Voice, ...]:
        """What the one voice says in each of these rounds, all at the same moment. RoundUnknown, RoundDamaged."""
        known = self._caches.recall(self._organisation, round_ids, self._counter)
        if known is not None:
            return tuple(known)
        with self._reading() as scope:
            return tuple(readings.voice(scope, self._caches, round_id) for round_id in round_ids)

    def add_respondent(self, round_id: str, role: str, name: str = "") -> Respondent:
        """Somebody who answers in an open round. RoundClosed, RoleUnknown."""
        with self._writing() as scope:
            return rounds.add_respondent(scope, self._caches, round_id, role, name)

    def respondents(self, round_id: str) -> tuple[Respondent, ...]:
        """Everybody in a round, the one voice first."""
        with self._reading() as scope:
            return rounds.respondents_of(scope, self._caches, round_id)

    def append(
        self,
        round_id: str,
        respondent_id: str,
        answer: Answer,
        *,
        key: str,
        ballot: Ballot = AGREED,
        based_on: int | None,
        merge: answers.Merge | None = None,
    ) -> Recorded:
        """Keep one answer durably before returning.

        `based_on` is the sequence of the answer the writer had read, None for none. When another one stands by now,
        what `merge` makes of it is kept; if that is nothing, StaleAnswer, and the refused answer is in the log. With a
        `key` that was used before, the answer already there is returned and nothing is written. RoundClosed,
        RespondentUnknown, IndicatorUnknown, LevelOffScale, MeasureNotUnderstood, TextNotStorable, TextTooLong.
        """
        kept = checks.answer_text(answer)
        with self._writing() as scope:
            entry = (respondent_id, ballot, kept, checks.short(key))
            result = answers.append(scope, self._caches, round_id, entry, based_on, merge)
        if isinstance(result, StaleAnswer):
            raise result
        if ballot == AGREED:
            self._caches.heard(self._organisation, result)
        return result

    def append_many(self, round_id: str, entries: Sequence[answers.Entry]) -> tuple[Recorded, ...]:
        """Keep many answers (respondent, ballot, answer, key), all or none, on top of what stands."""
        kept = [
            (who, ballot, checks.answer_text(answer), checks.short(key))
            for who, ballot, answer, key in entries
        ]
        with self._writing() as scope:
            return answers.append_many(scope, self._caches, round_id, kept)

    def answers(
        self, round_id: str, ballot: Ballot | None = None, respondent: str | None = None
    ) -> tuple[Recorded, ...]:
        """The newest answer per ballot, respondent and indicator, by sequence. RoundDamaged for a closed round that changed."""
        with self._reading() as scope:
            found = readings.current(scope, self._caches, round_id)
        return tuple(
            record
            for record in found
            if (ballot is None or record.ballot == ballot)
            and (respondent is None or record.respondent == respondent)
        )

    def answer(
        self, round_id: str, respondent_id: str, indicator: str, ballot: Ballot = AGREED
    ) -> Recorded | None:
        """The newest answer of one place, or None."""
        with self._reading() as scope:
            return readings.current_one(scope, self._caches, round_id, respondent_id, indicator, ballot)

    def recorded(self, sequence: int) -> Recorded:
        """One version of an answer. AnswerUnknown."""
        if not 0 < sequence <= LARGEST_SEQUENCE:
            raise AnswerUnknown(sequence=sequence)
        with self._reading() as scope:
            return readings.by_sequence(scope, self._caches, sequence)

    def history(self, round_id: str, indicator: str) -> tuple[Recorded, ...]:
        """Every version of every answer to an indicator, oldest first."""
        with self._reading() as scope:
            return readings.history(scope, self._caches, round_id, indicator)

    def histograms(self, round_id: str) -> tuple[Cell, ...]:
        """How often each level was given, on the ballots that may be read: as frozen for a closed round, counted now for an open one.

        Of an anonymous round only the agreed voice: what may be seen of its votes is `revealed`.
        """
        with self._reading() as scope:
            return readings.cells(scope, self._caches, round_id)

    def close_round(self, round_id: str, version: int, by: str) -> Round:
        """Freeze a round that is still as the caller read it; otherwise RoundChanged with who changed it and when.

        Its workshop is over with that: votes are revealed, links stop working.
        """
        who = checks.short(by)
        with self._writing() as scope:
            closed = rounds.close(scope, self._caches, round_id, version, who)
            seating.revoke_all(scope, round_id)
            return closed

    def reopen_round(self, round_id: str, version: int, by: str, reason: str) -> Round:
        """Open a closed round again. RoundReasonMissing, RoundNotClosed, RoundChanged, RoundDamaged."""
        who = checks.short(by)
        with self._writing() as scope:
            return rounds.reopen(scope, round_id, version, who, reason)

    def correct_round(self, round_id: str, version: int, title: str, held_on: date, by: str) -> Round:
        """Give an open round another title and day, and with it its quarter. RoundTitleMissing, RoundClosed, RoundChanged."""
        who = checks.short(by)
        with self._writing() as scope:
            return rounds.correct(scope, round_id, version, title, held_on, who)

    def verify(self, round_id: str) -> None:
        """Read a closed round anew and compare it with its hash: RoundDamaged. An open round has nothing to compare."""
        with self._reading() as scope:
            found = rounds.head(scope, round_id)
            if found["status"] == "closed":
                content.verified(scope, found)

    def events(self, limit: int = 100) -> tuple[Event, ...]:
        """The log, newest first."""
        with self._reading() as scope:
            return log.newest(scope, limit)

    def events_of(self, subject: str, what: str) -> tuple[Event, ...]:
        """What happened of one kind to one thing, such as `round_reopened` to a round; oldest first."""
        with self._reading() as scope:
            return log.of(scope, subject, what)

    def rebuild_current(self) -> int:
        """Make the table of current answers anew from all answers. Returns how many stand."""
        with self._writing() as scope:
            return rebuild.rebuild(scope)


class _Moment(Store):
    """A store that reads through one transaction that is already open."""

    def __init__(self, store: Store, scope: Scope) -> None:
        super().__init__(store._access, store._caches, store._organisation)
        self._scope = scope

    @contextmanager
    def _reading(self) -> Iterator[Scope]:
        yield self._scope

    def _counter(self) -> int:
        return self._scope.counter()
