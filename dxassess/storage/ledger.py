"""What a store can be asked and told of the effect ledger: KPIs, their values, and what an hour is worth."""

from __future__ import annotations

from collections.abc import Sequence

from dxassess.assessment.kpi import Kpi, Reading
from dxassess.storage import checks, kpis
from dxassess.storage.bound import Bound


class Ledger(Bound):
    """The part of a store that measures effects."""

    def kpis(self) -> tuple[Kpi, ...]:
        """All KPIs, the retired ones too, in the order they were made."""
        return self._recalled("kpis", kpis.every)

    def keep_kpi(self, kpi: Kpi, by: str) -> Kpi:
        """Keep a new KPI (without id), or a changed one that is still at the version it was read with; gives it as it is kept.

        The KpiErrors, among them KpiUnknown and KpiChanged.
        """
        who = checks.short(by)
        with self._writing() as scope:
            return kpis.keep(scope, kpi, who)

    def readings(self) -> tuple[Reading, ...]:
        """Every value ever recorded, of all KPIs, in the order they were; the newest of a KPI and a day counts."""
        return self._recalled("readings", kpis.readings)

    def record_readings(self, readings: Sequence[Reading], by: str) -> tuple[Reading, ...]:
        """Append values, all or none; gives them as they are kept. KpiUnknown, and what `kpi.check_amount` raises."""
        who = checks.short(by)
        with self._writing() as scope:
            return kpis.record(scope, readings, who)

    def hourly_rate(self) -> int | None:
        """What an hour is worth, in yen; None where nobody has said."""
        return self._recalled("hourly_rate", kpis.rate)

    def set_hourly_rate(self, yen: int | None, by: str) -> None:
        """Say what an hour is worth, in whole yen; None forgets it. HourlyRateUnlikely."""
        who = checks.short(by)
        with self._writing() as scope:
            kpis.set_rate(scope, yen, who)
