"""A small start: tasks with their grades, where to begin, the three waves and what was learnt from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from dxassess.assessment.action import Action
from dxassess.assessment.waves import (
    ROOM,
    Candidate,
    Place,
    WaveNote,
    Weights,
    proposed_waves,
    ranked,
    stability,
)
from dxassess.catalogue.model import Edition
from dxassess.storage import Store
from dxassess.text import Words
from dxassess.usecases.application import Application
from dxassess.usecases.planning import keep_action

STARTERS: Mapping[str, tuple[str, ...]] = {
    "accounting": ("invoices", "expenses", "receipts", "closing"),
    "hr": ("attendance", "payroll", "joining", "year_end"),
    "general": ("approvals", "supplies", "mail"),
    "legal": ("contract_check", "contract_store"),
    "purchasing": ("quotes", "orders", "acceptance"),
    "systems": ("accounts", "questions", "devices"),
}
"""Typical tasks by department; their names stand in `text/start.yaml`. They come without grades."""
USUAL = ("accounting", "hr")
"""Where most companies begin."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where to begin. `stable` is the share of weightings in which the first `top` stay the first `top`, None where that says
    nothing; `waves` by number, 1–3."""

    candidates: tuple[Candidate, ...]
    order: tuple[Place, ...]
    stable: Fraction | None
    top: int
    waves: Mapping[int, tuple[Candidate, ...]]
    notes: tuple[WaveNote, ...]

    @property
    def ungraded(self) -> tuple[Candidate, ...]:
        """The tasks that have no grade, and so no place in the order."""
        return tuple(each for each in self.candidates if not each.is_graded)

    @property
    def proposed(self) -> tuple[Candidate, ...]:
        """What stands in a wave by its rank alone, put into that wave."""
        return tuple(
            replace(each, wave=wave)
            for wave, members in self.waves.items()
            for each in members
            if each.wave is None
        )

    @property
    def charted(self) -> tuple[Candidate, ...]:
        """What has its place by effect and difficulty of linking, in order."""
        return tuple(each.candidate for each in self.order if _has_place(each.candidate))

    @property
    def uncharted(self) -> tuple[Candidate, ...]:
        """What lacks one of the two."""
        return tuple(each for each in self.candidates if not _has_place(each))

    @property
    def tied(self) -> bool:
        """Whether any two tasks have the same score."""
        return any(each.tied for each in self.order)


def small_start(store: Store, weights: Weights, room: tuple[int, int] = ROOM) -> Start:
    """The tasks in order under these weights, and the three waves with at most `room` in the first and in the second."""
    candidates = store.candidates()
    order = ranked(candidates, weights)
    waves = proposed_waves(candidates, order, room)
    stable = stability(candidates, weights, room[0])
    return Start(candidates, tuple(order), stable, room[0], waves, store.wave_notes())


def add_starters(
    store: Store, words: Words, departments: Iterable[str], by: str = ""
) -> tuple[Candidate, ...]:
    """Add the typical tasks of these departments (keys of `STARTERS`), without grades; those that are there already are not."""
    there = {(each.name, each.department) for each in store.candidates()}
    wanted = (
        (words(f"start.starter.{task}"), words(f"start.group.{department}"))
        for department in departments
        for task in STARTERS[department]
    )
    return store.keep_candidates([Candidate(*each) for each in wanted if each not in there], by)


def keep_candidate(store: Store, candidate: Candidate, by: str = "") -> Candidate:
    """Keep a new or a changed task. The StartErrors."""
    return store.keep_candidate(candidate, by)


def withdraw_candidate(store: Store, candidate: Candidate, by: str = "") -> None:
    """Take a task off the list; it stays in the log. CandidateUnknown, CandidateChanged."""
    store.withdraw_candidate(candidate.id, candidate.version, by)


def settle_waves(store: Store, found: Start, by: str = "") -> None:
    """Keep the waves as they are proposed. CandidateUnknown, CandidateChanged."""
    store.keep_candidates(found.proposed, by)


def learn(store: Store, wave: int, text: str, by: str = "") -> None:
    """Write down what was learnt in a wave (1–3). WaveOff, WaveNoteMissing."""
    store.add_wave_note(wave, text, by)


def next_after(candidates: Sequence[Candidate], candidate: Candidate) -> Candidate:
    """The task to grade after this one: the next without a grade, from the top again; without any, the next of the list."""
    others = [each for each in candidates if each.id != candidate.id]
    later = [each for each in others if each.number > candidate.number] + others
    return next((each for each in later if not each.is_graded), later[0] if later else candidate)


def newest_edition(store: Store) -> Edition | None:
    """The edition of the newest round, None before there is one."""
    rounds = store.rounds()
    return store.edition(rounds[-1].edition_hash) if rounds else None


def action_of(store: Store, edition: Edition, candidate: Candidate) -> Action | None:
    """The action that was made of a task: the first of its name and department."""
    wanted = (edition.id, candidate.name, candidate.department)
    return next(
        (each for each in store.actions() if (each.edition, each.title, each.department) == wanted), None
    )


def make_action(
    app: Application, store: Store, edition: Edition, candidate: Candidate, by: str = ""
) -> Action:
    """An idea for an action with the name and the department of a task. The ActionErrors."""
    action = Action(candidate.name, edition.id, department=candidate.department)
    return keep_action(app, store, edition, action, by)


def _has_place(candidate: Candidate) -> bool:
    return candidate.effect is not None and candidate.linking is not None
