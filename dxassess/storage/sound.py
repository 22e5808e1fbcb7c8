"""Whether the row of a round is what was asked for and does not contradict itself: a flipped bit may make it otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dxassess.errors import DatabaseDamaged, RoundDamaged
from dxassess.storage.scope import Scope

Head = Mapping[Any, Any]


def asked_for(scope: Scope, row: Head, round_id: str) -> Head:
    """In a damaged index one key leads to another's row: DatabaseDamaged, lest a round be shown under another's id."""
    if (row["organisation"], row["round"]) != (scope.organisation, round_id):
        raise DatabaseDamaged(place=scope.place)
    return row


def sound(row: Head) -> Head:
    """A row whose status contradicts itself was changed on the disk: RoundDamaged, lest it pass for an open round."""
    frozen = row["content_hash"] is not None
    if row["status"] != ("closed" if frozen else "open") or (row["closed"] is not None) != frozen:
        raise RoundDamaged(title=row["title"])
    return row


def local(moment: datetime, found: Head) -> datetime:
    """A moment for a person to read: in the time zone the round was started in."""
    return moment.astimezone(ZoneInfo(found["timezone"]))
