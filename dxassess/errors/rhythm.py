"""What may go wrong with the rhythm: a pulse that cannot be asked, a planned round as it cannot be kept."""

from __future__ import annotations

from dxassess.errors.base import DxAssessError


class RhythmError(DxAssessError):
    """A pulse or a planned round as it cannot be; nothing was started or kept."""


class PulseEmpty(RhythmError):
    """No item was chosen. No values."""


class PulseBeforeRound(RhythmError):
    """No closed full round asks these items: there is nothing to carry forward. values: edition."""


class PulseAsksAll(RhythmError):
    """It asks everything the full round asks. values: n."""


class PulseItemUnknown(RhythmError):
    """No scored item of the edition. values: item, edition."""


class PlannedDayUnlikely(RhythmError):
    """values: day, earliest, latest."""


class PlannedDayTaken(RhythmError):
    """A round of the same edition is planned, or was held, on that day. values: day, title."""


class PlannedUnknown(RhythmError):
    """Not of this organisation, or never made. No values."""


class PlannedOver(RhythmError):
    """It was started or dropped already. values: title."""


class PlannedChanged(RhythmError):
    """Somebody else changed it since it was read. values: title, by, when."""
