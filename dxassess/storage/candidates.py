"""Tasks to begin with, and what was learnt from each wave. Each function runs inside one transaction.

A row holds how a task is now; how it was before stands in the log, whole, with who changed it and when. A withdrawn task
stays, marked, and is no longer told. Notes are only appended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select, update
from uuid_utils import uuid7

from dxassess.assessment.waves import TERMS, Candidate, WaveNote, checked, checked_wave
from dxassess.errors import CandidateChanged, CandidateUnknown, WaveNoteMissing
from dxassess.storage import checks, log
from dxassess.storage.schema_planning import candidates, wave_notes
from dxassess.storage.scope import TENANT, Scope

_CHANGES = ("candidate_added", "candidate_changed", "candidate_withdrawn")
_ALL = (
    select(candidates)
    .where(candidates.c.organisation == TENANT, candidates.c.withdrawn.is_(None))
    .order_by(candidates.c.number)
)
_SAME = update(candidates).where(
    candidates.c.organisation == TENANT,
    candidates.c.withdrawn.is_(None),
    candidates.c.candidate == bindparam("which"),
    candidates.c.version == bindparam("read_version"),
)
_NOTES = select(wave_notes).where(wave_notes.c.organisation == TENANT).order_by(wave_notes.c.sequence)


def every(scope: Scope) -> tuple[Candidate, ...]:
    """All tasks that are not withdrawn, in the order they were added."""
    return tuple(_to_candidate(row) for row in scope.execute(_ALL).mappings())


def keep(scope: Scope, wanted: Sequence[Candidate], by: str) -> tuple[Candidate, ...]:
    """Keep new tasks (without id), and changed ones that are still as they were read; all of them or none. The StartErrors."""
    scope.lock()
    known = {each.id: each for each in every(scope)}
    return tuple(_keep(scope, checked(_tidy(each)), known, by) for each in wanted)


def withdraw(scope: Scope, candidate: str, version: int, by: str) -> None:
    """Mark a task as withdrawn, where it is still at this version. CandidateUnknown, CandidateChanged."""
    scope.lock()
    before = next((each for each in every(scope) if each.id == candidate), None)
    if before is None:
        raise CandidateUnknown
    _change(scope, before, version, {"withdrawn": scope.now})
    scope.log("candidate_withdrawn", before.id, by, {"before": _said(before), "after": None})


def notes(scope: Scope) -> tuple[WaveNote, ...]:
    """What was learnt from all waves, in the order it was written down."""
    return tuple(WaveNote(row.wave, row.text, row.who, row.recorded) for row in scope.execute(_NOTES))


def add_note(scope: Scope, wave: int, text: str, by: str) -> None:
    """Write down what was learnt in a wave (1–3). WaveOff, WaveNoteMissing."""
    said = checks.storable(text).strip()
    row = {"wave": checked_wave(wave), "text": said, "who": by, "recorded": scope.now}
    if not said:
        raise WaveNoteMissing
    scope.insert(wave_notes, [{**row, "sequence": scope.take()}])
    scope.log("wave_note_added", f"wave:{wave}", by, {"before": None, "after": said})


def _keep(scope: Scope, clean: Candidate, known: Mapping[str, Candidate], by: str) -> Candidate:
    if not clean.id:
        made = replace(clean, id=uuid7().hex, number=scope.lock() + 1, version=1)
        row = {**_plain(made), "candidate": made.id, "number": made.number, "version": made.version}
        scope.insert(candidates, [row])
        scope.log("candidate_added", made.id, by, {"before": None, "after": _said(made)})
        return made
    if clean.id not in known:
        raise CandidateUnknown
    before = known[clean.id]
    if replace(clean, number=before.number) == before:
        return before
    _change(scope, before, clean.version, _plain(clean))
    kept = replace(clean, number=before.number, version=clean.version + 1)
    scope.log("candidate_changed", kept.id, by, {"before": _said(before), "after": _said(kept)})
    return kept


def _change(scope: Scope, before: Candidate, version: int, row: Mapping[str, object]) -> None:
    """Change the row of a task that is still at this version. CandidateChanged."""
    place = {"which": before.id, "read_version": version}
    if scope.execute(_SAME.values(**row, version=version + 1), **place).rowcount != 1:
        raise CandidateChanged(name=before.name, **log.last_change(scope, before.id, *_CHANGES))


def _tidy(candidate: Candidate) -> Candidate:
    return replace(
        candidate,
        name=" ".join(checks.short(candidate.name).split()),
        department=" ".join(checks.short(candidate.department).split()),
    )


def _plain(candidate: Candidate) -> dict[str, Any]:
    return {
        "name": candidate.name,
        "department": candidate.department,
        **dict(zip(TERMS, candidate.grades, strict=True)),
        "hours": None if candidate.hours is None else str(candidate.hours),
        "wave": candidate.wave,
    }


def _said(candidate: Candidate) -> dict[str, object]:
    """The whole task as the log keeps it."""
    return {**_plain(candidate), "version": candidate.version}


def _to_candidate(row: Mapping[Any, Any]) -> Candidate:
    return Candidate(
        name=row["name"],
        department=row["department"],
        **{term: row[term] for term in TERMS},
        hours=None if row["hours"] is None else Decimal(row["hours"]),
        wave=row["wave"],
        id=row["candidate"],
        number=row["number"],
        version=row["version"],
    )
