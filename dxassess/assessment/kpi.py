"""What an organisation measures to see whether its actions had an effect, and the values it measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from dxassess.assessment.names import folded
from dxassess.assessment.period import Frequency
from dxassess.errors.effects import (
    AmountNegative,
    AmountOverHundred,
    AmountTooLarge,
    DayUnlikely,
    HourlyRateUnlikely,
    KpiBaselineIncomplete,
    KpiNameMissing,
    KpiNameTaken,
    KpiUnitMissing,
)

Kind = Literal["hours", "yen", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Better = Literal["lower", "higher"]

UNITS: Mapping[Kind, str] = {"hours": "時間", "yen": "円"}
"""The unit of what is summed up; anything else says its own."""
_SPELLINGS: Mapping[Kind, tuple[str, ...]] = {
    "hours": ("時間", "h", "hour", "hours"),
    "yen": ("円", "yen", "jpy", "¥"),
    "other": (),
}
EARLIEST = date(2000, 1, 1)
LARGEST = 10**15
HIGHEST_RATE = 1_000_000


@dataclass(frozen=True, slots=True)
class Kpi:
    """One thing that is measured. An amount is that of one whole period of its `frequency`: the hours of that month.

    `kind`: hours and yen add up over the periods, anything else is only followed. `baseline` is the amount of one period before
    anything was done, measured on `baseline_on`; `target` the amount wanted by `target_on`. A `retired` one is no longer measured
    and keeps its values. `id` and `number` are the store's; `version` rises with each change.
    """

    name: str
    kind: Kind = "hours"
    unit: str = ""
    better: Better = "lower"
    frequency: Frequency = "monthly"
    owner: str = ""
    department: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    retired: bool = False
    id: str = ""
    number: int = 0
    version: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether what was gained in several periods may be summed up."""
        return self.kind != "other"

    @property
    def spellings(self) -> tuple[str, ...]:
        """How its unit may be written in a table."""
        return tuple(dict.fromkeys((self.unit, *_SPELLINGS[self.kind])))

    @property
    def target_behind(self) -> bool:
        """Whether the target lies on the wrong side of the baseline: reaching it would make things worse."""
        if self.baseline is None or self.target is None:
            return False
        return self.turned(Fraction(self.target) - Fraction(self.baseline)) < 0

    def turned(self, change: Fraction) -> Fraction:
        """A change of the amount as a gain: positive is better."""
        return change if self.better == "higher" else -change

    def gain(self, amount: Decimal) -> Fraction | None:
        """By how much an amount of one period is better than the baseline; None without a baseline."""
        return None if self.baseline is None else self.turned(Fraction(amount) - Fraction(self.baseline))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured of a KPI (by id): the amount of the period that `day` lies in. None takes an earlier one of that day back.

    `who`, `recorded` (UTC) and `sequence` are the store's.
    """

    kpi: str
    day: date
    amount: Decimal | None
    note: str = ""
    who: str = ""
    recorded: datetime | None = None
    sequence: int = 0


def checked(kpi: Kpi, others: Iterable[Kpi]) -> Kpi:
    """The KPI, where it can be kept beside the `others` of the organisation; otherwise one of the KpiErrors."""
    name = folded(kpi.name)
    if not name:
        raise KpiNameMissing
    if any(folded(other.name) == name for other in others if other.id != kpi.id):
        raise KpiNameTaken(name=kpi.name)
    if not folded(kpi.unit):
        raise KpiUnitMissing(name=kpi.name)
    if (kpi.baseline is None) != (kpi.baseline_on is None):
        raise KpiBaselineIncomplete(name=kpi.name)
    for amount in (kpi.baseline, kpi.target):
        check_amount(kpi, amount)
    return kpi


def check_amount(kpi: Kpi, amount: Decimal | None) -> None:
    """Raises AmountTooLarge, AmountNegative (for hours and shares), AmountOverHundred (for what is measured in %)."""
    if amount is None:
        return
    share = folded(kpi.unit) == "%"
    if abs(amount) >= LARGEST:
        raise AmountTooLarge(name=kpi.name, most=LARGEST)
    if amount < 0 and (kpi.kind == "hours" or share):
        raise AmountNegative(name=kpi.name, amount=amount, unit=kpi.unit)
    if amount > 100 and share:
        raise AmountOverHundred(name=kpi.name, amount=amount)


def check_day(kpi: Kpi, day: date, today: date) -> None:
    """A day something was measured on is not in the future, nor before 2000: DayUnlikely."""
    if not EARLIEST <= day <= today:
        raise DayUnlikely(name=kpi.name, day=day, earliest=EARLIEST, latest=today)


def check_rate(yen: int) -> None:
    """What an hour is worth, in whole yen: 1 up to a million, or HourlyRateUnlikely."""
    if not 0 < yen <= HIGHEST_RATE:
        raise HourlyRateUnlikely(yen=yen, most=HIGHEST_RATE)
