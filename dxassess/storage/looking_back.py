"""What a store can be asked of the past."""

from __future__ import annotations

from datetime import datetime

from dxassess.assessment.asof import Then
from dxassess.storage import asof
from dxassess.storage.bound import Bound


class LookingBack(Bound):
    """The part of a store that tells what it told before."""

    def as_of(self, end: datetime) -> Then:
        """What was recorded before a moment (UTC), all read in one transaction; later changes are not looked at.

        Rounds whose content no longer fits its hash are named, not read. DatabaseDamaged.
        """
        with self._reading() as scope:
            return asof.at(scope, self._caches, end)
