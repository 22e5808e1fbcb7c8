"""Actions: changed many at once, as a table for a spreadsheet, what each would do alone, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise

from dxassess.assessment.action import AHEAD, MOST_YEN, Action, Note, Status, Version, differing, refusals
from dxassess.assessment.impact import impact
from dxassess.assessment.model import Round
from dxassess.assessment.path import currents_of
from dxassess.catalogue.model import Edition
from dxassess.errors import ActionsRefused, DxAssessError, Problem
from dxassess.exchange.action_table import Fit, Row, read_actions, write_actions
from dxassess.figures.matrix import Point
from dxassess.storage import Store, tidy_action
from dxassess.text import Language, Words
from dxassess.usecases.application import Application
from dxassess.usecases.planning import actions_of, dated
from dxassess.usecases.result import standings
from dxassess.usecases.rounds import today

__all__ = [
    "MOST_YEN",
    "Impacts",
    "Row",
    "Table",
    "Turn",
    "action_table",
    "add_note",
    "change_actions",
    "edited",
    "history_of",
    "impacts",
    "mark_of",
    "notes_of",
    "points_of",
    "read_table",
    "take_table",
]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of actions as it was read, against the actions as they stood then."""

    rows: tuple[Row, ...]

    @property
    def added(self) -> tuple[Row, ...]:
        """The rows that make a new action."""
        return tuple(row for row in self.rows if row.before is None)

    @property
    def changed(self) -> tuple[Row, ...]:
        """The rows that change one."""
        return tuple(row for row in self.rows if row.changes)

    @property
    def unchanged(self) -> int:
        """How many rows change nothing."""
        return len(self.rows) - len(self.added) - len(self.changed)


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody changed in an action: `before` is None where they made it; `fields` those that differ."""

    version: Version
    before: Action | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impacts:
    """What the actions ahead would do alone to an average of the edition, exactly, by action id.

    `average` is its section's id. Where it has no value, no action has one either.
    """

    average: str
    lifts: Mapping[str, Fraction]


def change_actions(
    app: Application, store: Store, edition: Edition, wanted: Sequence[Action], by: str = ""
) -> tuple[Action, ...]:
    """Keep several changed actions, all or none. ActionsRefused names each that cannot be kept, ActionChanged one that somebody
    else changed since it was read."""
    fit, standing = _fit(app, store), store.actions()
    refused: list[tuple[Action, DxAssessError]] = []
    sound: list[Action] = []
    for action in wanted:
        try:
            sound.append(fit(action))
        except DxAssessError as error:
            refused.append((action, error))
    refused += refusals(sound, edition, standing)
    if refused:
        titles = {action.id: action.title for action in standing}
        raise ActionsRefused(
            [_problem(titles.get(action.id, action.title), error) for action, error in refused]
        )
    return store.keep_actions(sound, edition, by)


def edited(action: Action, cells: Mapping[str, object]) -> Action:
    """The action after some of its cells (by field) were typed over: days as ISO text, numbers as they were typed, None for blank."""
    return replace(action, **{name: _typed(name, value) for name, value in cells.items()})  # type: ignore[arg-type]


def mark_of(actions: Sequence[Action]) -> str:
    """A short text that is another one once any of these actions was changed, or there are others."""
    seen = ",".join(f"{action.id}:{action.version}" for action in actions)
    return sha256(seen.encode()).hexdigest()[:16]


def action_table(store: Store, edition: Edition, words: Words) -> bytes:
    """The actions of an edition for a spreadsheet, as UTF-8 with a byte order mark."""
    return write_actions(actions_of(store, edition), store.actions(), edition, words)


def read_table(
    app: Application, store: Store, edition: Edition, file: str, raw: bytes, language: Language
) -> Table:
    """What a table of actions would add and change; nothing is written. TableProblems names everything that is wrong by its row."""
    return Table(read_actions(file, raw, edition, store.actions(), _fit(app, store), language))


def take_table(store: Store, edition: Edition, table: Table, by: str = "") -> int:
    """Keep what was read, all or none; how many actions were added or changed. ActionChanged where somebody was faster."""
    wanted = [row.after for row in table.rows if row.before is None or row.changes]
    return len(store.keep_actions(wanted, edition, by)) if wanted else 0


def impacts(app: Application, store: Store, held: Round, actions: Sequence[Action]) -> Impacts:
    """What each of the actions that are still ahead would do alone to the edition's first average. RoundDamaged."""
    found = standings(app, store, held)
    average = found.edition.head.averages[0]
    currents = currents_of(found.answers)
    lifts = {
        action.id: impact(found.edition, currents, action, average)
        for action in actions
        if action.status in AHEAD
    }
    return Impacts(average, {one: lift for one, lift in lifts.items() if lift is not None})


def points_of(known: Impacts, ahead: Sequence[Action]) -> tuple[list[Action], list[Point]]:
    """The actions whose effort and impact are known, and their places by both, numbered from 1."""
    shown = [action for action in ahead if action.effort is not None and action.id in known.lifts]
    return shown, [
        Point(number, action.title, action.effort or Decimal(), known.lifts[action.id])
        for number, action in enumerate(shown, start=1)
    ]


def notes_of(store: Store, action: Action) -> tuple[Note, ...]:
    """What was written about how an action goes, newest first."""
    return store.notes(action.id)


def add_note(store: Store, action: Action, text: str, by: str = "") -> None:
    """Write how an action goes; it stays as it is. ActionNoteMissing, ActionUnknown, TextTooLong, TextNotStorable."""
    store.add_note(action.id, text, by)


def history_of(store: Store, action: Action) -> tuple[Turn, ...]:
    """Who made and changed an action and what, newest first; keeping it as it was is no change."""
    kept = store.action_versions(action.id)
    changes = [
        Turn(after, before.action, differing(before.action, after.action)) for before, after in pairwise(kept)
    ]
    made = [Turn(version, None, ()) for version in kept[:1]]
    return tuple(turn for turn in reversed([*made, *changes]) if turn.fields or turn.before is None)


def _fit(app: Application, store: Store) -> Fit:
    """An action as it is kept: its texts tidied, and a day for what is done, today where none is said."""
    now = today(app, store)
    return lambda action: tidy_action(dated(action, now))


def _problem(title: str, error: DxAssessError) -> Problem:
    return Problem(f"error.{type(error).__name__}", title or "–", values=error.values)


def _typed(name: str, value: object) -> object:
    if name in ("start", "due"):
        return date.fromisoformat(str(value)[:10]) if value else None
    if name == "status":
        return Status(str(value))
    if name == "effort":
        return None if value is None else Decimal(str(value))
    if name in ("one_off", "yearly"):
        return None if value is None else int(float(str(value)))
    return "" if value is None else str(value)
