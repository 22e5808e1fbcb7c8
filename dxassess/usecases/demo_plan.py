"""What the sample company plans, does and measures, as told in `demo_plan.yaml`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from dxassess.assessment.action import Action, PlanNode, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.waves import TERMS, Candidate
from dxassess.catalogue.model import Edition
from dxassess.storage import Store
from dxassess.usecases.demo_story import Story
from dxassess.yamlfile import read_yaml

MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


def fill_plan(store: Store, edition: Edition, years: int, today: date, host: str) -> None:
    """Everything of `demo_plan.yaml`, moved back by whole years; what was cut short before is finished, what is there is left alone.

    Nothing is measured that lies ahead of `today`.
    """
    told = _Plan(edition, years, today)
    for said in told.said():
        if said.node not in {each.node for each in store.plan_nodes(edition.id)}:
            store.set_plan_node(edition, said, host)
    if store.hourly_rate() is None:
        store.set_hourly_rate(story()["hourly_rate"], host)
    _fill_kpis(store, told, host)
    _fill_candidates(store, told, host)
    _fill_actions(store, told, host)


@cache
def story() -> Story:
    """`demo_plan.yaml` as it stands. RuntimeError when it cannot be read."""
    document, problems = read_yaml(Path(__file__).with_name("demo_plan.yaml"))
    if document is None:
        raise RuntimeError(problems)
    data: Story = document.data
    return data


class _Plan:
    """The story with its days moved back, in values of the program."""

    def __init__(self, edition: Edition, years: int, today: date) -> None:
        self.edition = edition
        self.years = years
        self.today = today

    def day(self, told: str | None) -> date | None:
        if told is None:
            return None
        day = date.fromisoformat(told)
        return day.replace(year=day.year - self.years, day=min(day.day, 28) if day.month == 2 else day.day)

    def node(self, name: str) -> str:
        """A group's id, or that of the indicator with this number."""
        return self.edition.by_code[name].id if name in self.edition.by_code else name

    def said(self) -> Iterator[PlanNode]:
        for name, told in story()["said"].items():
            needs = frozenset(self.node(need) for need in told.get("needs", ()))
            yield PlanNode(
                self.node(name), told.get("importance"), told.get("effort"), self.day(told.get("due")), needs
            )

    def kpi(self, told: Story) -> Kpi:
        return Kpi(
            told["name"],
            told["kind"],
            told.get("unit", ""),
            told["better"],
            told["frequency"],
            told["owner"],
            told["department"],
            _number(told["baseline"]),
            self.day(told["baseline_on"]),
            _number(told["target"]),
            self.day(told["target_on"]),
        )

    def readings(self, kpi: Kpi, told: Story) -> Iterator[Reading]:
        first = self.day(told["first"])
        assert first
        for number, value in enumerate(told["values"]):
            day = _months_on(first, number * MONTHS[kpi.frequency])
            if value is not None and day <= self.today:
                yield Reading(kpi.id, day, _number(value))

    def candidates(self) -> Iterator[Candidate]:
        for told in story()["candidates"]:
            grades = dict(zip(TERMS, told["grades"], strict=True))
            yield Candidate(
                told["name"],
                told["department"],
                hours=_number(told["hours"]),
                wave=told.get("wave"),
                **grades,
            )

    def action(self, told: Story, kpis: dict[str, str], known: dict[str, str]) -> Action:
        days: dict[str, Any] = {name: self.day(told.get(name)) for name in ("start", "due", "finished")}
        return Action(
            told["title"],
            self.edition.id,
            {self.node(code): Decimal(str(lift)) for code, lift in told["lifts"].items()},
            Status(told["status"]),
            told["owner"],
            told["department"],
            effort=_number(told["effort"]),
            one_off=told.get("one_off"),
            yearly=told.get("yearly"),
            needs=frozenset(known[title] for title in told.get("needs", ())),
            excludes=frozenset(known[title] for title in told.get("excludes", ())),
            reason=told.get("reason", ""),
            effects={kpis[name]: Decimal(change) for name, change in told.get("effects", {}).items()},
            **days,
        )


def _fill_kpis(store: Store, told: _Plan, host: str) -> None:
    known = {kpi.name: kpi for kpi in store.kpis()}
    for each in story()["kpis"]:
        kpi = known.get(each["name"]) or store.keep_kpi(told.kpi(each), host)
        if not any(reading.kpi == kpi.id for reading in store.readings()):
            store.record_readings(list(told.readings(kpi, each)), kpi.owner)


def _fill_candidates(store: Store, told: _Plan, host: str) -> None:
    if not store.candidates():
        store.keep_candidates(list(told.candidates()), host)
    if not store.wave_notes():
        for wave, notes in story()["learnt"].items():
            for note in notes:
                store.add_wave_note(wave, note, host)


def _fill_actions(store: Store, told: _Plan, host: str) -> None:
    kpis = {kpi.name: kpi.id for kpi in store.kpis()}
    for each in story()["actions"]:
        known = {action.title: action.id for action in store.actions()}
        if each["title"] in known:
            continue
        kept = store.keep_action(told.action(each, kpis, known), told.edition, host)
        for note in each.get("notes", ()):
            store.add_note(kept.id, note, each["owner"])


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _months_on(day: date, months: int) -> date:
    """The last day of the month so many months after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
