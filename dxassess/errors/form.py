"""What may go wrong when a workbook becomes an edition: a file that is none, an id that is taken, a folder that cannot be written."""

from __future__ import annotations

from dxassess.errors.base import DxAssessError, ProblemsError


class FormError(DxAssessError):
    """A workbook that did not become an edition; nothing of it was written."""


class FormNotUnderstood(FormError, ProblemsError):
    """values: file."""


class FormIdShipped(FormError):
    """An edition of the program itself is never replaced. values: edition."""


class FormIdOff(FormError):
    """values: edition."""


class FormIdMissing(FormError):
    """No values."""


class FormTitleMissing(FormError):
    """No values."""


class FormNotWritten(FormError):
    """values: folder, reason."""


class FormSeenOtherwise(FormError):
    """The edition was changed since the differences were shown. values: edition."""


class FormChoiceOff(FormError):
    """A choice about a workbook as it cannot be meant. values: choice, allowed."""


class CrosswalkRefused(FormError, ProblemsError):
    """Rows of a table of counterparts that cannot be read; nothing of it was taken. values: file."""
