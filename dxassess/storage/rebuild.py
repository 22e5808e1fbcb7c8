"""The table of current answers is derived: here it is made anew from all answers."""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select

from dxassess.storage.schema import answers, current_answers
from dxassess.storage.scope import TENANT, Scope

_FORGET_CURRENT = delete(current_answers).where(current_answers.c.organisation == TENANT)
_PLACE_COLUMNS = ("organisation", "round", "ballot", "respondent", "indicator")
_HOW_MANY = select(func.count()).select_from(current_answers).where(current_answers.c.organisation == TENANT)
_REBUILD = insert(current_answers).from_select(
    [*_PLACE_COLUMNS, "sequence"],
    select(*(answers.c[name] for name in _PLACE_COLUMNS), func.max(answers.c.sequence))
    .where(answers.c.organisation == TENANT)
    .group_by(*(answers.c[name] for name in _PLACE_COLUMNS)),
)


def rebuild(scope: Scope) -> int:
    """Make `current_answers` anew from the answers. Returns how many stand."""
    scope.lock()
    scope.execute(_FORGET_CURRENT)
    scope.execute(_REBUILD)
    return int(scope.execute(_HOW_MANY).scalar_one())
