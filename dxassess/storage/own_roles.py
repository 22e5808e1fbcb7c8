"""An organisation's own roles beside those of an edition: added, hidden, never forgotten, for old rounds still name them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import bindparam, select, update

from dxassess.assessment.voting import OwnRole
from dxassess.catalogue.model import Edition
from dxassess.errors import RoleNameMissing, RoleNameTaken, RoleUnknown
from dxassess.storage import checks
from dxassess.storage.schema_voting import own_roles
from dxassess.storage.scope import TENANT, Scope

PREFIX = "own-"

_MINE = own_roles.c.organisation == TENANT
_ALL = select(own_roles).where(_MINE).order_by(own_roles.c.number)
_SHOW = update(own_roles).where(_MINE, own_roles.c.role == bindparam("role_id"))


def every(scope: Scope) -> tuple[OwnRole, ...]:
    """All of them, also those hidden from new rounds, in the order they were added."""
    return tuple(
        OwnRole(row.role, row.name, row.stands, row.hidden is not None) for row in scope.execute(_ALL)
    )


def allowed(scope: Scope, edition: Edition) -> tuple[str, ...]:
    """Ids of the roles people may take: the edition's and the organisation's own that are not hidden."""
    own = (role.id for role in every(scope) if not role.hidden)
    return (*(role.id for role in edition.head.roles), *own)


def refuse_unknown(scope: Scope, edition: Edition, role: str) -> None:
    """RoleUnknown for a role nobody may take."""
    known = allowed(scope, edition)
    if role not in known:
        raise RoleUnknown(role=role, allowed=known)


def add(
    scope: Scope, name: str, stands: Literal["executive", "field"] | None, by: str, taken: Iterable[str]
) -> OwnRole:
    """A further role; one that was hidden under the same name and side comes back. RoleNameMissing, RoleNameTaken."""
    number = scope.lock() + 1
    kept = " ".join(checks.short(name).split())
    if not checks.folded(kept):
        raise RoleNameMissing
    same = [role for role in every(scope) if checks.folded(role.name) == checks.folded(kept)]
    others = {checks.folded(other) for other in taken}
    if checks.folded(kept) in others or any(not role.hidden for role in same):
        raise RoleNameTaken(name=kept)
    before = next((role for role in same if role.stands == stands), None)
    if before is not None:
        scope.execute(_SHOW.values(hidden=None), role_id=before.id)
        scope.log("role_added", before.id, by, {"name": before.name})
        return OwnRole(before.id, before.name, before.stands)
    role = OwnRole(f"{PREFIX}{number}", kept, stands)
    row = {"role": role.id, "number": number, "name": kept, "stands": stands, "added": scope.now}
    scope.insert(own_roles, [row])
    scope.log("role_added", role.id, by, {"name": kept, "stands": stands})
    return role


def hide(scope: Scope, role_id: str, by: str) -> None:
    """No longer offered; where it was used it stays. RoleUnknown."""
    scope.lock()
    known = {role.id: role for role in every(scope)}
    if role_id not in known:
        raise RoleUnknown(role=role_id, allowed=tuple(known))
    if not known[role_id].hidden:
        scope.execute(_SHOW.values(hidden=scope.now), role_id=role_id)
        scope.log("role_hidden", role_id, by, {"name": known[role_id].name})
