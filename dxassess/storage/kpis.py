"""KPIs, the values measured of them, and the hourly rate. Each function runs inside one transaction.

A row holds how a KPI is now; how it was before stands in the log. Values are only appended: the newest one of a KPI and a day counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from uuid_utils import uuid7

from dxassess.assessment.kpi import UNITS, Kpi, Reading, check_amount, check_rate, checked
from dxassess.errors.effects import KpiChanged, KpiMeasured, KpiUnknown
from dxassess.storage import checks, log
from dxassess.storage.schema_effects import hourly_rates, kpi_values, kpis
from dxassess.storage.scope import TENANT, Scope

_ALL = select(kpis).where(kpis.c.organisation == TENANT).order_by(kpis.c.number)
_SAME = update(kpis).where(
    kpis.c.organisation == TENANT,
    kpis.c.kpi == bindparam("which"),
    kpis.c.version == bindparam("read_version"),
)
CHANGES = ("kpi_added", "kpi_changed")
_VALUES = select(kpi_values).where(kpi_values.c.organisation == TENANT).order_by(kpi_values.c.sequence)
_RATE = select(hourly_rates).where(hourly_rates.c.organisation == TENANT)
_FORGET_RATE = delete(hourly_rates).where(hourly_rates.c.organisation == TENANT)


def every(scope: Scope) -> tuple[Kpi, ...]:
    """All KPIs, the retired ones too, in the order they were made."""
    return tuple(_to_kpi(row) for row in scope.execute(_ALL).mappings())


def keep(scope: Scope, kpi: Kpi, by: str) -> Kpi:
    """Keep a new KPI (without id), or a changed one that is still as it was read. The KpiErrors, among them KpiUnknown, KpiChanged."""
    number = scope.lock() + 1
    others = every(scope)
    clean = checked(_tidy(kpi), others)
    if not clean.id:
        made = replace(clean, id=uuid7().hex, number=number, version=1)
        scope.insert(kpis, [_row(made)])
        scope.log("kpi_added", made.id, by, {"after": _said(made)})
        return made
    before = next((each for each in others if each.id == clean.id), None)
    if before is None:
        raise KpiUnknown
    if _way(before) != _way(clean) and any(each.kpi == before.id for each in readings(scope)):
        raise KpiMeasured(name=before.name)
    kept = replace(clean, number=before.number, version=clean.version + 1)
    row = {name: value for name, value in _row(kept).items() if name not in ("kpi", "number")}
    if scope.execute(_SAME.values(**row), which=kept.id, read_version=clean.version).rowcount != 1:
        raise KpiChanged(name=before.name, **log.last_change(scope, before.id, *CHANGES))
    scope.log("kpi_changed", kept.id, by, {"before": _said(before), "after": _said(kept)})
    return kept


def readings(scope: Scope) -> tuple[Reading, ...]:
    """Every value ever recorded, of all KPIs, in the order they were."""
    return tuple(_to_reading(row) for row in scope.execute(_VALUES).mappings())


def record(scope: Scope, given: Sequence[Reading], by: str) -> tuple[Reading, ...]:
    """Append values, all or none, and tell the log of each KPI what changed. KpiUnknown, and what `check_amount` raises."""
    if not given:
        return ()
    scope.lock()
    known = {each.id: each for each in every(scope)}
    for reading in given:
        if reading.kpi not in known:
            raise KpiUnknown
        check_amount(known[reading.kpi], reading.amount)
    stood = {(each.kpi, each.day): each.amount for each in readings(scope)}
    first = scope.take(len(given))
    kept = tuple(
        replace(
            each, note=checks.storable(each.note).strip(), who=by, recorded=scope.now, sequence=first + place
        )
        for place, each in enumerate(given)
    )
    scope.insert(kpi_values, [_value_row(each) for each in kept])
    for kpi in dict.fromkeys(each.kpi for each in kept):
        mine = [each for each in kept if each.kpi == kpi]
        detail = {
            "before": {each.day.isoformat(): _text(stood.get((kpi, each.day))) for each in mine},
            "after": {each.day.isoformat(): _text(each.amount) for each in mine},
        }
        scope.log("kpi_measured", kpi, by, detail)
    return kept


def rate(scope: Scope) -> int | None:
    """What an hour is worth, in yen; None where nobody has said."""
    row = scope.first(_RATE)
    return None if row is None else int(row.yen)


def set_rate(scope: Scope, yen: int | None, by: str) -> None:
    """Say what an hour is worth; None forgets it. HourlyRateUnlikely."""
    if yen is not None:
        check_rate(yen)
    scope.lock()
    before = rate(scope)
    if before == yen:
        return
    scope.execute(_FORGET_RATE)
    if yen is not None:
        scope.insert(hourly_rates, [{"yen": yen}])
    scope.log("hourly_rate_set", scope.organisation, by, {"before": before, "after": yen})


def _way(kpi: Kpi) -> tuple[str, ...]:
    """How a value of it is read."""
    return kpi.kind, kpi.unit, kpi.frequency, kpi.better


def _tidy(kpi: Kpi) -> Kpi:
    return replace(
        kpi,
        name=" ".join(checks.short(kpi.name).split()),
        unit=UNITS.get(kpi.kind) or checks.short(kpi.unit),
        owner=checks.short(kpi.owner),
        department=checks.short(kpi.department),
    )


def _row(kpi: Kpi) -> dict[str, object]:
    return {
        **_plain(kpi),
        "kpi": kpi.id,
        "number": kpi.number,
        "version": kpi.version,
        "baseline_on": kpi.baseline_on,
        "target_on": kpi.target_on,
        "retired": kpi.retired,
    }


def _said(kpi: Kpi) -> dict[str, object]:
    """The whole KPI as the log keeps it."""
    days = {"baseline_on": kpi.baseline_on, "target_on": kpi.target_on}
    written = {name: day.isoformat() if day else None for name, day in days.items()}
    return {**_plain(kpi), **written, "retired": kpi.retired, "version": kpi.version}


def _plain(kpi: Kpi) -> dict[str, object]:
    return {
        "name": kpi.name,
        "kind": kpi.kind,
        "unit": kpi.unit,
        "better": kpi.better,
        "frequency": kpi.frequency,
        "owner": kpi.owner,
        "department": kpi.department,
        "baseline": _text(kpi.baseline),
        "target": _text(kpi.target),
    }


def _value_row(reading: Reading) -> dict[str, object]:
    return {
        "sequence": reading.sequence,
        "kpi": reading.kpi,
        "day": reading.day,
        "amount": _text(reading.amount),
        "note": reading.note,
        "who": reading.who,
        "recorded": reading.recorded,
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _to_kpi(row: Mapping[Any, Any]) -> Kpi:
    return Kpi(
        name=row["name"],
        kind=row["kind"],
        unit=row["unit"],
        better=row["better"],
        frequency=row["frequency"],
        owner=row["owner"],
        department=row["department"],
        baseline=_number(row["baseline"]),
        baseline_on=row["baseline_on"],
        target=_number(row["target"]),
        target_on=row["target_on"],
        retired=row["retired"],
        id=row["kpi"],
        number=row["number"],
        version=row["version"],
    )


def from_log(kpi: str, said: Mapping[str, Any]) -> Kpi:
    """A KPI as a line of its log wrote it down, without its number."""
    days = {
        name: date.fromisoformat(said[name]) if said[name] else None for name in ("baseline_on", "target_on")
    }
    return _to_kpi({**said, **days, "kpi": kpi, "number": 0})


def _to_reading(row: Mapping[Any, Any]) -> Reading:
    return Reading(
        kpi=row["kpi"],
        day=row["day"],
        amount=_number(row["amount"]),
        note=row["note"],
        who=row["who"],
        recorded=row["recorded"],
        sequence=row["sequence"],
    )
