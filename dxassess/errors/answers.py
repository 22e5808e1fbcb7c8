"""What may go wrong with an answer: one that cannot be kept as given."""

from __future__ import annotations

from dxassess.errors.base import DxAssessError


class AnswerError(DxAssessError):
    """An answer that cannot be kept as given."""


class IndicatorUnknown(AnswerError):
    """values: indicator, edition."""


class LevelOffScale(AnswerError):
    """values: value, allowed."""


class MeasureNotUnderstood(AnswerError):
    """values: value, unit, decimals."""


class ReasonUnknown(AnswerError):
    """values: reason, allowed."""


class ConditionUnknown(AnswerError):
    """values: condition, allowed."""


class TextTooLong(AnswerError):
    """values: length, limit."""


class TextNotStorable(AnswerError):
    """A character no export could carry: NUL, other control characters, half of a surrogate pair. values: character."""


class StaleAnswer(AnswerError):
    """Somebody else changed the same field since it was read. values: indicator."""


class AnswerUnknown(AnswerError):
    """values: sequence."""


class AnswerKeyTaken(AnswerError):
    """The key of this call already stands beside another answer. No values."""
