"""What may go wrong when one asks what was recorded on a day."""

from __future__ import annotations

from dxassess.errors.base import DxAssessError


class DayAhead(DxAssessError):
    """Nothing was recorded yet on a day to come. values: day, today."""
