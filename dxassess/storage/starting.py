"""What a store can be asked and told of a small start: tasks to begin with, and what was learnt from each wave."""

from __future__ import annotations

from collections.abc import Iterable

from dxassess.assessment.waves import Candidate, WaveNote
from dxassess.storage import candidates, checks
from dxassess.storage.bound import Bound


class Starting(Bound):
    """The part of a store that starts small."""

    def candidates(self) -> tuple[Candidate, ...]:
        """All tasks that are not withdrawn, in the order they were added."""
        return self._recalled("candidates", candidates.every)

    def keep_candidate(self, candidate: Candidate, by: str) -> Candidate:
        """Keep a new task (without id), or a changed one that is still at the version it was read with; gives it as it is kept.

        The StartErrors, among them CandidateUnknown and CandidateChanged.
        """
        return self.keep_candidates([candidate], by)[0]

    def keep_candidates(self, wanted: Iterable[Candidate], by: str) -> tuple[Candidate, ...]:
        """Keep several tasks as `keep_candidate` does: all of them, or none and the error."""
        who = checks.short(by)
        with self._writing() as scope:
            return candidates.keep(scope, tuple(wanted), who)

    def withdraw_candidate(self, candidate: str, version: int, by: str) -> None:
        """Take a task (by its id) that is still at this version out; it stays, marked. CandidateUnknown, CandidateChanged."""
        who = checks.short(by)
        with self._writing() as scope:
            candidates.withdraw(scope, candidate, version, who)

    def wave_notes(self) -> tuple[WaveNote, ...]:
        """What was learnt from all waves, in the order it was written down."""
        return self._recalled("wave_notes", candidates.notes)

    def add_wave_note(self, wave: int, text: str, by: str) -> None:
        """Write down what was learnt in a wave (1–3). WaveOff, WaveNoteMissing."""
        who = checks.short(by)
        with self._writing() as scope:
            candidates.add_note(scope, wave, text, who)
