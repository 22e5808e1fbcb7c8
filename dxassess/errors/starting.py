"""What may go wrong with a small start: a task or a note as it cannot be kept."""

from __future__ import annotations

from dxassess.errors.base import DxAssessError


class StartError(DxAssessError):
    """A task to begin with, or what was learnt from a wave, as it cannot be kept; nothing of it was."""


class CandidateNameMissing(StartError):
    """No values."""


class CandidateGradeOff(StartError):
    """values: grade, least, most."""


class CandidateHoursUnlikely(StartError):
    """values: hours, most."""


class WaveOff(StartError):
    """values: wave, least, most."""


class WaveNoteMissing(StartError):
    """Nothing was written. No values."""


class CandidateUnknown(StartError):
    """Not of this organisation, never made, or withdrawn. No values."""


class CandidateChanged(StartError):
    """Somebody else changed it since it was read. values: name, by, when."""
