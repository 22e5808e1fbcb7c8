"""What may go wrong in the effect ledger: a KPI, a measured value, or an hourly rate as it cannot be kept."""

from __future__ import annotations

from dxassess.errors.base import DxAssessError


class KpiError(DxAssessError):
    """Something of the effect ledger as it cannot be kept; nothing of it was."""


class KpiNameMissing(KpiError):
    """No values."""


class KpiNameTaken(KpiError):
    """Tables find a KPI by its name. values: name."""


class KpiUnitMissing(KpiError):
    """values: name."""


class KpiBaselineIncomplete(KpiError):
    """A baseline without its day, or the other way round: nobody could tell which periods count. values: name."""


class KpiUnknown(KpiError):
    """Not of this organisation, or never made. No values."""


class KpiMeasured(KpiError):
    """It has values, which another kind, unit, frequency or direction would turn into others. values: name."""


class KpiChanged(KpiError):
    """Somebody else changed it since it was read. values: name, by, when."""


class AmountNotUnderstood(KpiError):
    """values: name, value, unit."""


class AmountNegative(KpiError):
    """values: name, amount, unit."""


class AmountOverHundred(KpiError):
    """A share of more than the whole. values: name, amount."""


class AmountTooLarge(KpiError):
    """values: name, most."""


class DayUnlikely(KpiError):
    """In the future, or long ago. values: name, day, earliest, latest."""


class HourlyRateUnlikely(KpiError):
    """values: yen, most."""
