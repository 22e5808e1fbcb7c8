"""What the sample company plans, does and measures, as told in `demo_plan.yaml`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from dxassess.assessment.action import Action, PlanNode, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.rhythm import PlannedRound
from dxassess.assessment.waves import TERMS, Candidate
from dxassess.catalogue.model import Edition
from dxassess.storage import Store
from dxassess.usecases.demo_story import Story
from dxassess.usecases.demo_story import story as rounds
from dxassess.yamlfile import read_yaml

COUNTED = timedelta(days=4)
"""How long after the end of a period its value is written down."""
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


def fill_plan(on: Callable[[date], Store], edition: Edition, last: date, today: date) -> None:
    """Everything of `demo_plan.yaml`, each thing as if written on its day, which `on` gives a store for.

    The days move back by whole years until the last round is that of `last`; nothing is measured that lies ahead of `today`. What was
    cut short before is finished, what is there is left alone.
    """
    told = _Plan(edition, date.fromisoformat(rounds()["held_on"][-1]).year - last.year, today)
    store, host = on(last), rounds()["host"]
    for said in told.said():
        if said.node not in {each.node for each in store.plan_nodes(edition.id)}:
            store.set_plan_node(edition, said, host)
    if store.hourly_rate() is None:
        store.set_hourly_rate(story()["hourly_rate"], host)
    _fill_kpis(on, told, store)
    _fill_candidates(on, told, store, host)
    _fill_rounds(on, told, store, host)
    _fill_actions(on, told, store)


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
        return day.replace(year=day.year - self.years)

    def known_day(self, told: str) -> date:
        """A day of the story that is always told."""
        day = self.day(told)
        assert day
        return day

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


def _fill_kpis(on: Callable[[date], Store], told: _Plan, store: Store) -> None:
    known = {kpi.name: kpi for kpi in store.kpis()}
    for each in story()["kpis"]:
        wanted = told.kpi(each)
        kpi = known.get(wanted.name) or on(wanted.baseline_on or told.today).keep_kpi(wanted, wanted.owner)
        done = {reading.day for reading in store.readings() if reading.kpi == kpi.id}
        for reading in told.readings(kpi, each):
            if reading.day not in done:
                on(reading.day + COUNTED).record_readings([reading], kpi.owner)


def _fill_candidates(on: Callable[[date], Store], told: _Plan, store: Store, host: str) -> None:
    first = on(told.known_day(story()["listed_on"]))
    if not store.candidates():
        first.keep_candidates(list(told.candidates()), host)
    if not store.wave_notes():
        for wave, learnt in story()["learnt"].items():
            for note in learnt["notes"]:
                on(told.known_day(learnt["on"])).add_wave_note(wave, note, host)


def _fill_rounds(on: Callable[[date], Store], told: _Plan, store: Store, host: str) -> None:
    known = {planned.title for planned in store.planned_rounds()}
    for each in story()["planned"]:
        if each["title"] not in known:
            day = told.known_day(each["day"])
            wanted = PlannedRound(each["title"], told.edition.id, day, note=each["note"])
            on(told.known_day(each["kept_on"])).keep_planned(wanted, host)


def _fill_actions(on: Callable[[date], Store], told: _Plan, store: Store) -> None:
    kpis = {kpi.name: kpi.id for kpi in store.kpis()}
    for each in story()["actions"]:
        known = {action.title: action.id for action in store.actions()}
        if each["title"] in known:
            continue
        then = on(told.known_day(each["kept_on"]))
        kept = then.keep_action(told.action(each, kpis, known), told.edition, rounds()["host"])
        for day, note in each.get("notes", {}).items():
            on(told.known_day(day)).add_note(kept.id, note, each["owner"])


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _months_on(day: date, months: int) -> date:
    """The last day of the month so many months after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
