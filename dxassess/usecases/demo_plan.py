"""What the sample company plans, does and measures, as told in `demo_plan.yaml`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, partial
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
Step = tuple[date, Callable[[], None]]
"""What is done on a day."""
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


def plan_steps(on: Callable[[date], Store], told: Plan) -> Iterator[Step]:
    """Everything of `demo_plan.yaml`: what to do on which day, with the store `on` gives for it. What is there is left alone."""
    yield told.last, partial(_say, on(told.last), told)
    for each in story()["kpis"]:
        yield from _kpi(on, told, each)
    yield from _candidates(on, told)
    for each in story()["planned"]:
        yield from _planned(on, told, each)
    for each in story()["actions"]:
        yield from _action(on, told, each)


def is_whole(store: Store, told: Plan) -> bool:
    """Whether all of it is there, or was before people changed it."""
    actions = store.actions()
    values = sum(len(list(told.readings("", each))) for each in story()["kpis"])
    notes = sum(len(each.get("notes", {})) for each in story()["actions"])
    return (
        len(actions) >= len(story()["actions"])
        and len(store.planned_rounds()) >= len(story()["planned"])
        and len(store.readings()) >= values
        and sum(len(store.notes(action.id)) for action in actions) >= notes
    )


@cache
def story() -> Story:
    """`demo_plan.yaml` as it stands. RuntimeError when it cannot be read."""
    document, problems = read_yaml(Path(__file__).with_name("demo_plan.yaml"))
    if document is None:
        raise RuntimeError(problems)
    data: Story = document.data
    return data


class Plan:
    """The story in values of the program; nothing is measured that lies ahead of `today`.

    The days move back by whole years until the last round is that of `last`.
    """

    def __init__(self, edition: Edition, last: date, today: date) -> None:
        self.edition = edition
        self.last = last
        self.years = date.fromisoformat(rounds()["held_on"][-1]).year - last.year
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

    def readings(self, kpi: str, told: Story) -> Iterator[Reading]:
        first = self.known_day(told["first"])
        for number, value in enumerate(told["values"]):
            day = _months_on(first, number * MONTHS[told["frequency"]])
            if value is not None and day <= self.today:
                yield Reading(kpi, day, _number(value))

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
            effects={
                kpis[name]: Decimal(change)
                for name, change in told.get("effects", {}).items()
                if name in kpis
            },
            **days,
        )


def _say(store: Store, told: Plan) -> None:
    host = rounds()["host"]
    for said in told.said():
        if said.node not in {each.node for each in store.plan_nodes(told.edition.id)}:
            store.set_plan_node(told.edition, said, host)
    if store.hourly_rate() is None:
        store.set_hourly_rate(story()["hourly_rate"], host)


def _kpi(on: Callable[[date], Store], told: Plan, each: Story) -> Iterator[Step]:
    wanted = told.kpi(each)

    def known(store: Store) -> Kpi | None:
        return next((kpi for kpi in store.kpis() if kpi.name == wanted.name), None)

    def make(store: Store) -> None:
        if known(store) is None:
            store.keep_kpi(wanted, wanted.owner)

    def measure(store: Store, reading: Reading) -> None:
        kpi = known(store)
        if kpi and not any((one.kpi, one.day) == (kpi.id, reading.day) for one in store.readings()):
            store.record_readings([replace(reading, kpi=kpi.id)], kpi.owner)

    day = told.known_day(each.get("kept_on", each["baseline_on"]))
    yield day, lambda: make(on(day))
    for reading in told.readings("", each):
        counted = reading.day + COUNTED
        yield counted, partial(lambda when, value: measure(on(when), value), counted, reading)


def _candidates(on: Callable[[date], Store], told: Plan) -> Iterator[Step]:
    host = rounds()["host"]

    def list_them(store: Store) -> None:
        if not store.candidates():
            store.keep_candidates(list(told.candidates()), host)

    def learn(store: Store, wave: int, notes: Sequence[str]) -> None:
        known = {note.text for note in store.wave_notes()}
        for note in notes:
            if note not in known:
                store.add_wave_note(wave, note, host)

    listed = told.known_day(story()["listed_on"])
    yield listed, lambda: list_them(on(listed))
    for wave, learnt in story()["learnt"].items():
        day = told.known_day(learnt["on"])
        yield day, partial(lambda when, *what: learn(on(when), *what), day, wave, learnt["notes"])


def _planned(on: Callable[[date], Store], told: Plan, each: Story) -> Iterator[Step]:
    """A round that is to come, written down on its day."""
    kept = told.known_day(each["kept_on"])

    def plan(store: Store) -> None:
        if each["title"] not in {planned.title for planned in store.planned_rounds()}:
            day = told.known_day(each["day"])
            wanted = PlannedRound(each["title"], told.edition.id, day, note=each["note"])
            store.keep_planned(wanted, rounds()["host"])

    yield kept, lambda: plan(on(kept))


def _action(on: Callable[[date], Store], told: Plan, each: Story) -> Iterator[Step]:
    """An action is written down, begun and done (or given up) each on its day, and noted upon in between."""
    kept, status = told.known_day(each["kept_on"]), Status(each["status"])
    yield kept, partial(_add, on, told, each, kept)
    if status in (Status.DOING, Status.DONE, Status.STOPPED):
        begun = told.known_day(each["start"])
        yield begun, partial(_turn, on, told, each, begun, Status.PLANNED, status=Status.DOING)
    if status in (Status.DONE, Status.STOPPED):
        over = told.known_day(each.get("finished") or each["stopped_on"])
        end = {"status": status, "finished": told.day(each.get("finished")), "reason": each.get("reason", "")}
        yield over, partial(_turn, on, told, each, over, Status.DOING, **end)
    for said, text in each.get("notes", {}).items():
        day = told.known_day(said)
        yield day, partial(_note, on, each, day, text)


def _known(store: Store, each: Story) -> Action | None:
    return next((action for action in store.actions() if action.title == each["title"]), None)


def _wanted(store: Store, told: Plan, each: Story) -> Action:
    """The action as it ends, with what it does to the KPIs there are by now."""
    kpis = {kpi.name: kpi.id for kpi in store.kpis()}
    return told.action(each, kpis, {action.title: action.id for action in store.actions()})


def _add(on: Callable[[date], Store], told: Plan, each: Story, day: date) -> None:
    store = on(day)
    if _known(store, each) is None:
        action = _wanted(store, told, each)
        status = Status.IDEA if action.status is Status.IDEA else Status.PLANNED
        first = replace(action, status=status, finished=None, reason="")
        store.keep_action(first, told.edition, rounds()["host"])


def _turn(
    on: Callable[[date], Store], told: Plan, each: Story, day: date, before: Status, **change: Any
) -> None:
    store = on(day)
    action = _known(store, each)
    if action and action.status is before:
        after = replace(action, effects=_wanted(store, told, each).effects, **change)
        store.keep_action(after, told.edition, each["owner"])


def _note(on: Callable[[date], Store], each: Story, day: date, text: str) -> None:
    store = on(day)
    action = _known(store, each)
    if action and text not in {note.text for note in store.notes(action.id)}:
        store.add_note(action.id, text, each["owner"])


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _months_on(day: date, months: int) -> date:
    """The last day of the month so many months after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
