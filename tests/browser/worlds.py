"""What is in the database when a visitor comes: nothing, a round half answered after a closed one, or the sample company."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from pathlib import Path

from dxassess.assessment.action import Action, Status
from dxassess.assessment.kpi import Kpi, Reading
from dxassess.assessment.model import Answer, Round, State
from dxassess.assessment.rhythm import PlannedRound
from dxassess.assessment.waves import Candidate
from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition
from dxassess.storage import Database, Store, open_database
from dxassess.usecases.rounds import quarter_for
from tests.browser.program import ROOT, Program

ORGANISATION = "Ｍ＆Ｎ"
TITLES = ("①", "②" + "0" * 59)
"""The second is one long word, as nothing may push a page sideways."""


def open_program(world: str, folder: Path) -> Program:
    """The program, not started yet, before an `empty`, `running` or `demo` database."""
    program = Program(folder, demo=world == "demo")
    if world == "running":
        database = open_database(str(program.database))
        fill(database, load_edition(ROOT / "indicators" / "dx2019"))
        database.close()
    return program


def fill(database: Database, edition: Edition) -> tuple[Store, Round, Round]:
    """One organisation, a closed round and one half answered; names and words in no language at all."""
    organisation = database.create_organisation(ORGANISATION, "manufacturing", "up_to_300", 4)
    store = database.store(organisation.id)
    closed = start(store, edition, TITLES[0], date(2026, 6, 15), None)
    answer(store, closed, edition, skip=0)
    closed = store.close_round(closed.id, closed.version, "")
    running = start(store, edition, TITLES[1], date(2026, 9, 15), closed.id)
    answer(store, running, edition, skip=15)
    plan(store, edition)
    return store, closed, running


def plan(store: Store, edition: Edition) -> None:
    """An action of each status, a measured KPI, a graded task and a note of each kind; their names are as long as names get."""
    long, item = TITLES[1], edition.scored[0].id
    kpi = store.keep_kpi(
        Kpi(long, "hours", owner=long, department=long, baseline=Decimal(10), baseline_on=date(2026, 6, 30)),
        "",
    )
    store.record_readings([Reading(kpi.id, date(2026, 9, 30), Decimal(4), "※")], "")
    for status in Status:
        kept = store.keep_action(
            Action(
                f"{status.value[0]}{long}",
                edition.id,
                {item: Decimal(1)},
                status,
                owner=long,
                due=date(2026, 10, 1),
                effort=Decimal(5),
                one_off=10**12,
                reason="※",
                effects={kpi.id: Decimal(-3)},
            ),
            edition,
            "",
        )
        store.add_note(kept.id, long, "")
    store.keep_candidate(Candidate(long, long, 5, 4, 3, 2, 1, Decimal(100)), "")
    store.add_wave_note(1, long, "")
    store.keep_planned(PlannedRound(long, edition.id, date(2027, 1, 20), note="※"), "")
    codes = tuple(each.code for each in edition.scored[:3])
    store.keep_planned(PlannedRound(long, edition.id, date(2027, 2, 17), "pulse", codes), "")


def start(store: Store, edition: Edition, title: str, day: date, previous: str | None) -> Round:
    return store.start_round(title, edition, day, quarter_for(store, day), previous, "")


def answer(store: Store, held: Round, edition: Edition, skip: int) -> None:
    """Levels and targets for all scored indicators but the last `skip`; one cannot be said, one does not apply."""
    voice = store.agreed(held.id).id
    for place, item in enumerate(edition.scored[: len(edition.scored) - skip]):
        level = (place * 3 + place // 7 + skip) % 6
        said = Answer(
            item.id, State.ANSWERED, level, target=min(5, level + 2), evidence="※" if place % 3 else ""
        )
        if place == 4:
            said = Answer(item.id, State.CANNOT_SAY)
        if place == 9:
            said = Answer(item.id, State.NOT_APPLICABLE, reason="no-such-business")
        store.append(held.id, voice, said, key=uuid.uuid4().hex, based_on=None)


def words_of_people(program: Program) -> set[str]:
    """Everything in a database that people wrote themselves, longest first to strike out."""
    database = open_database(str(program.database))
    found: set[str] = set()
    for organisation in database.organisations():
        store = database.store(organisation.id)
        found.add(organisation.name)
        for held in store.rounds():
            found |= {held.title, held.closed_by}
            for recorded in store.answers(held.id):
                found |= {recorded.answer.evidence, recorded.answer.comment}
            found |= {one.name for one in store.respondents(held.id)}
            for decision in store.decisions(held.id):
                said = (each for one in decision.dissent for each in (one.who, one.why))
                found |= {decision.reason, decision.idea, decision.by, *said}
        found |= words_of_planners(store)
    database.close()
    return {line for text in found for line in text.splitlines() if line.strip()}


def words_of_planners(store: Store) -> set[str]:
    """What people wrote in planning, measuring and beginning small."""
    found: set[str] = set()
    for action in store.actions():
        found |= {action.title, action.owner, action.department, action.reason}
        found |= {said for note in store.notes(action.id) for said in (note.text, note.who)}
    for kpi in store.kpis():
        found |= {kpi.name, kpi.unit, kpi.owner, kpi.department}
    for reading in store.readings():
        found |= {reading.note, reading.who}
    for candidate in store.candidates():
        found |= {candidate.name, candidate.department}
    for planned in store.planned_rounds():
        found |= {planned.title, planned.note}
    return found | {said for note in store.wave_notes() for said in (note.text, note.who)}
