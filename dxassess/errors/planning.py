"""What may go wrong in planning: an action as it cannot be kept."""

from __future__ import annotations

from dxassess.errors.base import DxAssessError, ProblemsError


class ActionError(DxAssessError):
    """An action as it cannot be kept; nothing of it was."""


class ActionTitleMissing(ActionError):
    """No values."""


class ActionDatesReversed(ActionError):
    """values: start, due."""


class ActionCostNegative(ActionError):
    """values: amount."""


class ActionAmountUnlikely(ActionError):
    """values: amount, most."""


class ActionDayUnlikely(ActionError):
    """values: day, earliest, latest."""


class ActionFinishedAhead(ActionError):
    """Done on a day that is still to come. values: day."""


class ActionReasonMissing(ActionError):
    """Stopped without saying why. No values."""


class ActionNotOfEdition(ActionError):
    """An indicator that is not a scored one of the action's edition. values: indicator, edition."""


class ActionLiftUnlikely(ActionError):
    """values: indicator, lift, most. The indicator by its number."""


class ActionLinkUnknown(ActionError):
    """It needs or excludes an action that is not there. No values."""


class ActionCycle(ActionError):
    """Actions that need each other in a circle. values: titles. In the order of the circle."""


class ActionUnknown(ActionError):
    """Not of this organisation, or never made. No values."""


class ActionChanged(ActionError):
    """Somebody else changed it since it was read. values: title, by, when."""


class IndicatorCycle(DxAssessError):
    """An indicator that would have to come before itself. values: codes. In the order of the circle."""


class ActionNoteMissing(ActionError):
    """Nothing was written. No values."""


class ActionsRefused(ActionError, ProblemsError):
    """Of several changes made together some cannot be kept; none was. No values."""
